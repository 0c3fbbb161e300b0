"""What was noticed on the way, in German: how photos, cut-outs and pictures came out, and what is being done.

As `german_core`; `{:raw}` marks a gap whose words stay as they are.
"""

from __future__ import annotations

SAID = {
    # While it is done
    "Looking for the product with {}": "Das Produkt wird mit {} gesucht",
    "Masked with {}": "Gefunden mit {}",
    "Looking for the product": "Das Produkt wird gesucht",
    "Looking for what stands out": "Gesucht wird, was sich abhebt",
    "Refining proposal {}": "Vorschlag {} wird verfeinert",
    "Following the edges": "Die Kanten werden nachgezogen",
    "Looking for the words": "Die genannten Dinge werden gesucht",
    "Cutting out what is in the boxes": "Was in den Rahmen liegt, wird freigestellt",
    "Loading Segment Anything": "Segment Anything wird geladen",
    "Loading SAM 2": "SAM 2 wird geladen",
    "Proposing masks": "Vorschläge werden gemacht",
    "Ranking masks": "Vorschläge werden geordnet",
    "Cutting the product out": "Das Produkt wird freigestellt",
    "The product is cut out": "Das Produkt ist freigestellt",
    "Softening the edge": "Der Rand wird geglättet",
    # The photos
    "The exposure is fine.": "Die Belichtung ist gut.",
    "The highlights are fine.": "Die Lichter sind gut.",
    "The photo is sharp.": "Das Foto ist scharf.",
    "The product is large enough.": "Das Produkt ist groß genug.",
    "The whole product is in the frame.": "Das ganze Produkt ist im Bild.",
    "The product is in one piece; a thing that hides its edge would not be noticed.": (
        "Das Produkt ist ein Stück; was nur seinen Rand verdeckt, fiele nicht auf."
    ),
    "The background is calm.": "Der Hintergrund ist ruhig.",
    "The product is dark: add light from the front or brighten the photo.": (
        "Das Produkt ist dunkel: Geben Sie Licht von vorn, oder hellen Sie das Foto auf."
    ),
    "Parts are blown out to white: lower the exposure.": ("Teile sind zu Weiß ausgefressen: Belichten Sie knapper."),
    "The photo looks blurred: hold still, focus on the product and try again.": (
        "Das Foto wirkt unscharf: Halten Sie still, und stellen Sie auf das Produkt scharf."
    ),
    "The product has few pixels: go closer or use a larger photo.": (
        "Das Produkt hat wenige Pixel: Gehen Sie näher heran, oder nehmen Sie ein größeres Foto."
    ),
    "The frame cuts the product: step back so that all of it shows.": (
        "Der Bildrand schneidet das Produkt an: Gehen Sie zurück, bis alles zu sehen ist."
    ),
    "Something seems to stand in front of the product: take it away, or mark the product with a box.": (
        "Etwas scheint vor dem Produkt zu stehen: Nehmen Sie es weg, oder ziehen Sie einen Rahmen."
    ),
    "The background is busy: a plain one gives a cleaner cut-out; check the mask.": (
        "Der Hintergrund ist unruhig: Ein glatter wird sauberer freigestellt; prüfen Sie das Ergebnis."
    ),
    "Not computed: the product was not found in this photo; give its place with --box.": (
        "Nicht geprüft: Auf diesem Foto wurde das Produkt nicht gefunden; zeigen Sie es mit --box."
    ),
    "{}: {}": "{:raw}: {}",
    "16-bit or float picture ({}) reduced to 8 bits": "Bild mit 16 Bit oder mehr ({:raw}) auf 8 Bit verringert",
    "the EXIF data is damaged and was ignored": "die EXIF-Daten sind beschädigt und blieben unbeachtet",
    "not a TIFF that can be decoded": "kein lesbares TIFF",
    "turned upright by its EXIF orientation": "nach seinen EXIF-Daten aufrecht gedreht",
    "colours converted from {} to sRGB": "Farben von {} nach sRGB umgerechnet",
    "its ICC profile": "seinem ICC-Profil",
    "the ICC profile does not fit the picture and was ignored": "das ICC-Profil passt nicht und blieb unbeachtet",
    "CMYK without a usable profile: colours are approximate": "CMYK ohne brauchbares Profil: Farben nur ungefähr",
    # The cut-out
    "The photo comes with its own transparency, so that is the mask.": (
        "Das Foto bringt seine eigene Transparenz mit; sie ist die Maske."
    ),
    "SAM and CLIP weights are on this machine, and they find a product best.": (
        "Die Gewichte von SAM und CLIP sind da; sie finden ein Produkt am besten."
    ),
    "There are no {} weights on this machine, so {} stands in.": (
        "Auf diesem Rechner fehlen Gewichte ({}), deshalb springt {} ein."
    ),
    " and no ": " und ",
    "Candidate {} was taken, since it looks like the product in the other photos.": (
        "Vorschlag {} wurde genommen, weil er aussieht wie das Produkt auf den anderen Fotos."
    ),
    "Stray parts of {} pixels were left out of the mask.": "Streuteile von {} Pixeln blieben aus der Maske.",
    "Holes of {} pixels inside the product were filled; --no-fill leaves them open.": (
        "Löcher von {} Pixeln im Produkt wurden gefüllt."
    ),
    "The mask file was brought from {}x{} to the photo's {}x{} pixels.": (
        "Die Maske wurde von {}x{} auf die {}x{} Pixel des Fotos gebracht."
    ),
    'grabcut guesses from colours and edges alone. For better masks run "ecomgen models pull sam-vit-b '
    'clip-vit-b-32", or help with --box.': (
        "Nach Farben und Kanten allein ist es geraten. Bessere Masken gibt es mit sam-vit-b und clip-vit-b-32 "
        "(unter „Einrichtung“), oder helfen Sie mit --box."
    ),
    "The mask is uncertain: look at it, choose another candidate, or draw a box around the product.": (
        "Die Freistellung ist unsicher: Sehen Sie sie an, wählen Sie einen anderen Vorschlag, oder ziehen Sie einen "
        "Rahmen um das Produkt."
    ),
    "The mask is uncertain: look at it, choose another candidate, draw a box around the product, or run "
    '"ecomgen models pull sam-vit-b clip-vit-b-32" for better masks.': (
        "Die Freistellung ist unsicher: Sehen Sie sie an, wählen Sie einen anderen Vorschlag, ziehen Sie einen Rahmen "
        "um das Produkt, oder holen Sie sam-vit-b und clip-vit-b-32 unter „Einrichtung“."
    ),
    "Without words for the product (--product) the masks are ranked by place, size and stability alone.": (
        "Ohne Wörter für das Produkt werden die Vorschläge nur nach Ort, Größe und Festigkeit geordnet."
    ),
    # The prompt and the studio
    '"{}" was read as "{}"': "„{:raw}“ wurde als „{:raw}“ gelesen",
    "The channel asks for a plain background, so the prompt's scene was replaced by it, with a rendered shadow.": (
        "Der Kanal verlangt einen einfarbigen Hintergrund; er ersetzt die beschriebene Szene, mit gerechnetem Schatten."
    ),
    "The photos do not show how high the camera stood: {} is what is usual. Where the product seems to slide, "
    "--camera-elevation corrects it.": (
        "Die Fotos zeigen nicht, wie hoch die Kamera stand: {} sind üblich. Wenn das Produkt zu rutschen scheint, "
        "hilft --camera-elevation."
    ),
    "The surroundings were rendered at {}x{} and enlarged; the product was not.": (
        "Die Umgebung wurde in {}x{} gezeichnet und vergrößert, das Produkt nicht."
    ),
    "Picture {} of {}: the set": "Bild {} von {}: die Szene",
    "Picture {} of {}: a draft": "Bild {} von {}: ein Entwurf",
    "Picture {} of {}: {} % of the light": "Bild {} von {}: {} % des Lichts",
    "--{} has no effect with --mode {}": "--{} bewirkt nichts mit --mode {}",
    # Stable Diffusion
    "the device was short of memory: the picture was encoded and decoded in tiles": (
        "der Speicher war knapp: Das Bild wurde in Kacheln gelesen und geschrieben"
    ),
    "the device was short of memory: each network was brought to it only for its work, which is slower": (
        "der Speicher war knapp: Jedes Netz kam nur für seine Arbeit auf das Gerät, das ist langsamer"
    ),
    "the device was short of memory: at most {} at a time instead of {}": (
        "der Speicher war knapp: höchstens {} auf einmal statt {}"
    ),
    'the model\'s arithmetic overflowed and parts are black: set dtype = "float32" in the recipe': (
        "das Modell hat sich verrechnet, Teile sind schwarz: Setzen Sie im Rezept dtype = „float32“"
    ),
    "torch.compile took {} s before the first step{}": "torch.compile brauchte {} s vor dem ersten Schritt{}",
    "; a step then takes {} s": "; ein Schritt dauert dann {} s",
    "{}generated at {}x{}{}, resized to {}x{}": "{}erzeugt mit {}x{}{}, auf {}x{} gebracht",
    "the part around what is replaced was ": "der Teil um das Ersetzte wurde ",
    "generated{}": "erzeugt{}",
    " in {} windows": " in {} Fenstern",
    "The checkpoint's safety checker withheld this scene: it is black": (
        "Der Filter des Modells hat diese Szene zurückgehalten: Sie ist schwarz"
    ),
    # Light
    "the {} was made {} {} and {} stops {}, to stand in one light": (
        "{} wurde {} {} und {} Blenden {} gemacht, damit beide in einem Licht stehen"
    ),
    "scene": "die Szene",
    "product": "das Produkt",
    "warmer": "wärmer",
    "cooler": "kühler",
    "brighter": "heller",
    "darker": "dunkler",
    # Scores
    "no reason was given": "ohne Angabe eines Grundes",
    "There is no prompt to compare with.": "Es gibt keine Beschreibung zum Vergleichen.",
    'No CLIP weights are on this machine; run "ecomgen models pull clip-vit-b-32".': (
        "Die Gewichte von CLIP fehlen; holen Sie clip-vit-b-32 unter „Einrichtung“."
    ),
    "It is not known where the product was put, so what was added to it cannot be measured.": (
        "Wo das Produkt steht, ist nicht bekannt; deshalb ist nicht messbar, was dazukam."
    ),
    "it is not the same view as in any reference, so it is judged by likeness": (
        "es ist eine andere Ansicht als auf den Fotos und wird nach Ähnlichkeit beurteilt"
    ),
    "no mask of the product was at hand, so its place was guessed from its colours": (
        "ohne Maske wurde der Ort des Produkts nach seinen Farben geraten"
    ),
    "the picture is blank": "das Bild ist leer",
    "the picture is blurred": "das Bild ist unscharf",
    "the picture is noisy": "das Bild rauscht",
    "highlights or shadows are clipped": "Lichter oder Schatten sind abgeschnitten",
    "smooth areas show bands": "glatte Flächen zeigen Streifen",
    "a halo shows along the product's edge": "am Rand des Produkts ist ein Saum zu sehen",
    "the product seems to float: there is no contact shadow under it": (
        "das Produkt scheint zu schweben: darunter fehlt ein Schatten"
    ),
    "a second product like it stands in the scene": "in der Szene steht ein zweites Produkt dieser Art",
    "the product is cut off by the picture's edge": "der Bildrand schneidet das Produkt ab",
    "the scene extends the product by about {} of its area": "die Szene erweitert das Produkt um etwa {} seiner Fläche",
    "colour shifted by ΔE {} {} at the {}": "die Farbe ist um ΔE {} {} verschoben, {}",
    "towards {}": "nach {}",
    "to lighter": "ins Hellere",
    "to darker": "ins Dunklere",
    "red": "Rot",
    "orange": "Orange",
    "yellow": "Gelb",
    "green": "Grün",
    "green-blue": "Blaugrün",
    "blue": "Blau",
    "violet": "Violett",
    "magenta": "Magenta",
    "the {} at the {} differs": "{} {} weicht ab",
    "label or pattern": "Schrift oder Muster",
    "surface": "die Oberfläche",
    "fine detail or lettering at the {} is not as in the photo": (
        "feine Einzelheiten oder Schrift {} sind nicht wie auf dem Foto"
    ),
    "the shape is bent or stretched": "die Form ist verbogen oder gestreckt",
    "all hues are turned by about {}°": "alle Farbtöne sind um etwa {}° gedreht",
    "the {} has no counterpart in any reference": "was {} zu sehen ist, zeigt keines der Fotos",
    "the hue is turned by about {}°": "der Farbton ist um etwa {}° gedreht",
    "the outline is bent or dented": "der Umriss ist verbogen oder eingedrückt",
    "it is wider or narrower than in any reference": "es ist breiter oder schmaler als auf den Fotos",
    "fine detail or lettering is blurred away": "feine Einzelheiten oder Schrift sind verwischt",
    "upper left": "oben links",
    "upper centre": "oben in der Mitte",
    "upper right": "oben rechts",
    "middle left": "links in der Mitte",
    "centre": "in der Mitte",
    "middle right": "rechts in der Mitte",
    "lower left": "unten links",
    "lower centre": "unten in der Mitte",
    "lower right": "unten rechts",
    # Runs, lab and catalogue
    "the run was interrupted: the pictures that were finished are here": (
        "der Lauf wurde unterbrochen: Die fertigen Bilder sind da"
    ),
    "the earlier run in this folder was moved to {}": "der frühere Lauf in diesem Ordner liegt jetzt in {:raw}",
    "the selection was made again with the threshold {} before the export": (
        "vor dem Herunterladen wurde mit der Schwelle {} neu ausgewählt"
    ),
    "{} was {}, is {}": "{:raw} war {:raw}, ist {}",
    "not installed": "nicht da",
    "the weights of {} were {}, are {}": "die Gewichte von {:raw} waren {:raw}, sind {}",
    "device was {}, is {}": "das Gerät war {:raw}, ist {:raw}",
    "there was none": "es gab keine",
    "{} without a picture": "{} ohne Bild",
    "Its worker process died, most likely for want of memory: try a smaller size or fewer workers.": (
        "Der Vorgang ist abgebrochen, wohl weil der Speicher nicht reichte: Versuchen Sie kleinere Bilder."
    ),
    "Unexpected {}: {}": "Unerwartet: {:raw}: {:raw}",
    # Texts for the shop
    "the run was cancelled": "der Lauf wurde angehalten",
    "No picture was kept.": "Kein Bild wurde behalten.",
    "the model gave no {}": "das Modell gab keinen Text für: {}",
    "the {} names {}, which stands in none of the given attributes": (
        "{} nennt {:raw}; das steht in keiner der Angaben"
    ),
    "the {} was shortened from {} to {} characters": "{} wurde von {} auf {} Zeichen gekürzt",
    "alt text": "der Alternativtext",
    "title": "der Titel",
    "description": "die Beschreibung",
}
