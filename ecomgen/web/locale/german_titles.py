"""Titles of recipes, models, channels and languages, and their licences, in German. As `german_core`."""

from __future__ import annotations

SAID = {
    # Recipes
    "Studio: physically based rendering, no weights": "Studio: physikalisch gerendert, ohne Gewichte",
    "FLUX.1 Fill [dev] inpainting": "FLUX.1 Fill [dev], Inpainting",
    "Stable Diffusion 1.5 inpainting": "Stable Diffusion 1.5, Inpainting",
    "Stable Diffusion 2 inpainting": "Stable Diffusion 2, Inpainting",
    "Stable Diffusion XL inpainting": "Stable Diffusion XL, Inpainting",
    "Stable Diffusion 1.5 image to image": "Stable Diffusion 1.5, Bild zu Bild",
    "Stable Diffusion XL image to image": "Stable Diffusion XL, Bild zu Bild",
    "Stable Diffusion 1.5 inpainting that follows the product by its edges": (
        "Stable Diffusion 1.5, Inpainting entlang der Kanten des Produkts"
    ),
    "Stable Diffusion 1.5 inpainting that follows the product by a depth map from its outline": (
        "Stable Diffusion 1.5, Inpainting nach einer Tiefenkarte aus dem Umriss des Produkts"
    ),
    "Drafts in four steps: Stable Diffusion 1.5 inpainting with LCM-LoRA": (
        "Entwürfe in vier Schritten: Stable Diffusion 1.5, Inpainting mit LCM-LoRA"
    ),
    "Drafts in four steps: Stable Diffusion XL image to image with LCM-LoRA": (
        "Entwürfe in vier Schritten: Stable Diffusion XL, Bild zu Bild mit LCM-LoRA"
    ),
    "Stable Diffusion 1.5 image to image with the product's photos beside the prompt (IP-Adapter)": (
        "Stable Diffusion 1.5, Bild zu Bild mit den Produktfotos neben der Beschreibung (IP-Adapter)"
    ),
    "Stable Diffusion XL image to image with the product's photos beside the prompt (IP-Adapter)": (
        "Stable Diffusion XL, Bild zu Bild mit den Produktfotos neben der Beschreibung (IP-Adapter)"
    ),
    "Background generation: Stable Diffusion 2 inpainting with Yahoo's ControlNet": (
        "Hintergründe: Stable Diffusion 2, Inpainting mit Yahoos ControlNet"
    ),
    "Qwen3-VL 2B: many languages": "Qwen3-VL 2B: viele Sprachen",
    "SmolVLM 500M: small, English": "SmolVLM 500M: klein, Englisch",
    # Models
    "SAM 2.1 Hiera large": "SAM 2.1 Hiera, groß",
    "SAM 2.1 Hiera tiny": "SAM 2.1 Hiera, winzig",
    "Grounding DINO tiny": "Grounding DINO, winzig",
    "OWLv2 base, patch 16, ensemble": "OWLv2, mittel (base, patch 16, ensemble)",
    "DINOv2 base": "DINOv2, mittel",
    "DINOv2 small": "DINOv2, klein",
    "MobileNet v1 embedding for LiteRT: the identity score without DINOv2": (
        "MobileNet v1 für LiteRT: Produkttreue ohne DINOv2"
    ),
    "ecomgen's own cut-out network": "Das eigene Netz von ecomgen zum Freistellen",
    "ecomgen's own network for the camera's height": "Das eigene Netz von ecomgen für die Kamerahöhe",
    "ecomgen's own network for telling a product from near-identical others": (
        "Das eigene Netz von ecomgen, das ein Produkt von fast gleichen unterscheidet"
    ),
    "Salient-object-aware background generation (Yahoo, arXiv 2404.10157): "
    "the ControlNet of Stable Diffusion 2 inpainting": (
        "Hintergründe um das Produkt (Yahoo, arXiv 2404.10157): ControlNet für Stable Diffusion 2, Inpainting"
    ),
    "ControlNet 1.1 canny for Stable Diffusion 1.5": "ControlNet 1.1 für Kanten, zu Stable Diffusion 1.5",
    "ControlNet 1.1 depth for Stable Diffusion 1.5": "ControlNet 1.1 für Tiefe, zu Stable Diffusion 1.5",
    "IP-Adapter plus for Stable Diffusion XL": "IP-Adapter plus, zu Stable Diffusion XL",
    "IP-Adapter plus for Stable Diffusion 1.5": "IP-Adapter plus, zu Stable Diffusion 1.5",
    "LCM-LoRA for Stable Diffusion XL": "LCM-LoRA, zu Stable Diffusion XL",
    "LCM-LoRA for Stable Diffusion 1.5": "LCM-LoRA, zu Stable Diffusion 1.5",
    "SDXL's VAE, mended so that it does not overflow in half precision": (
        "VAE für SDXL, das auch mit halber Genauigkeit nicht überläuft"
    ),
    "TAESD for Stable Diffusion XL: live previews": "TAESD für Stable Diffusion XL: Vorschau während der Arbeit",
    "TAESD for Stable Diffusion 1.x and 2.x: live previews": (
        "TAESD für Stable Diffusion 1.x und 2.x: Vorschau während der Arbeit"
    ),
    "TAESD for FLUX.1: live previews": "TAESD für FLUX.1: Vorschau während der Arbeit",
    # Licences
    "FLUX.1 [dev] Non-Commercial License: not for commercial pictures without a licence from Black Forest Labs": (
        "FLUX.1 [dev] Non-Commercial License: gewerbliche Bilder nur mit einer Lizenz von Black Forest Labs"
    ),
    "CreativeML OpenRAIL-M; the LoRA: CreativeML Open RAIL++-M": (
        "CreativeML OpenRAIL-M; das LoRA: CreativeML Open RAIL++-M"
    ),
    "CreativeML OpenRAIL-M; the adapter: Apache-2.0": "CreativeML OpenRAIL-M; der Adapter: Apache-2.0",
    "CreativeML Open RAIL++-M; the adapter: Apache-2.0": "CreativeML Open RAIL++-M; der Adapter: Apache-2.0",
    "Apache-2.0; the base model: CreativeML Open RAIL++-M": "Apache-2.0; das Grundmodell: CreativeML Open RAIL++-M",
    # Channels
    "Amazon, main picture": "Amazon, Hauptbild",
    "Amazon, further picture": "Amazon, weiteres Bild",
    "Google Merchant Center, main picture": "Google Merchant Center, Hauptbild",
    "Shopify, product picture": "Shopify, Produktbild",
    "Etsy, listing photo": "Etsy, Angebotsfoto",
    "eBay, listing photo": "eBay, Angebotsfoto",
    "Walmart Marketplace, main picture": "Walmart Marketplace, Hauptbild",
    "Instagram, square post": "Instagram, quadratisch",
    "Instagram, portrait post": "Instagram, Hochformat",
    "Instagram story, 9:16": "Instagram-Story, 9:16",
    "Facebook, feed": "Facebook, Feed",
    "Pinterest, standard pin": "Pinterest, Standard-Pin",
    "TikTok, photo post": "TikTok, Fotobeitrag",
    "Web banner, 16:9": "Web-Banner, 16:9",
    "A4 print, 300 dpi": "A4-Druck, 300 dpi",
    # Languages
    "English": "Englisch",
    "German": "Deutsch",
    "French": "Französisch",
    "Spanish": "Spanisch",
    "Italian": "Italienisch",
    "Portuguese": "Portugiesisch",
    "Dutch": "Niederländisch",
    "Polish": "Polnisch",
    "Swedish": "Schwedisch",
    "Danish": "Dänisch",
    "Norwegian": "Norwegisch",
    "Finnish": "Finnisch",
    "Icelandic": "Isländisch",
    "Estonian": "Estnisch",
    "Latvian": "Lettisch",
    "Lithuanian": "Litauisch",
    "Czech": "Tschechisch",
    "Slovak": "Slowakisch",
    "Slovenian": "Slowenisch",
    "Croatian": "Kroatisch",
    "Serbian": "Serbisch",
    "Bosnian": "Bosnisch",
    "Macedonian": "Mazedonisch",
    "Albanian": "Albanisch",
    "Bulgarian": "Bulgarisch",
    "Romanian": "Rumänisch",
    "Hungarian": "Ungarisch",
    "Greek": "Griechisch",
    "Turkish": "Türkisch",
    "Ukrainian": "Ukrainisch",
    "Russian": "Russisch",
    "Irish": "Irisch",
    "Maltese": "Maltesisch",
    "Catalan": "Katalanisch",
    "Basque": "Baskisch",
    "Galician": "Galicisch",
    "Arabic": "Arabisch",
    "Hebrew": "Hebräisch",
    "Persian": "Persisch",
    "Hindi": "Hindi",
    "Bengali": "Bengalisch",
    "Urdu": "Urdu",
    "Thai": "Thailändisch",
    "Vietnamese": "Vietnamesisch",
    "Indonesian": "Indonesisch",
    "Malay": "Malaiisch",
    "Chinese": "Chinesisch",
    "Japanese": "Japanisch",
    "Korean": "Koreanisch",
}
