"""Every text of the screen that is not computed, in German."""

from __future__ import annotations

from ecomgen.web.locale import german_core, german_notes, german_titles, german_weights
from ecomgen.web.locale.german_settings import PARAMETERS as PARAMETERS
from ecomgen.web.locale.german_settings import TIMED as TIMED

SAID = german_core.SAID | german_notes.SAID | german_titles.SAID | german_weights.SAID

LANGUAGE = "Deutsch"
LANGUAGE_LABEL = "Sprache"
TITLE = "ecomgen"
TAGLINE = "Ihr Produkt in jeder Umgebung, auf den Pixel getreu."

TAB_CREATE = "Erstellen"
TAB_LAB = "Labor"
TAB_CATALOGUE = "Katalog"
TAB_HISTORY = "Verlauf"
TAB_MACHINE = "Einrichtung"

# Step 1: product
PRODUCT = "Produkt"
PRODUCT_HINT = "Ein bis zehn Fotos desselben Produkts, mit Handy oder Kamera."
DROP_LABEL = "Fotos hierher ziehen, einfügen oder klicken"
SAMPLES = "Oder ein Beispiel:"
SAMPLE_NAMES = {"bottle": "Olivenöl", "mug": "Tasse", "box": "Teeschachtel"}
LOOKING = "Das Foto wird angesehen …"
CUTTING = "Das Produkt wird freigestellt …"
GOOD_PHOTO = "Gutes Foto"
HERO = "Wird für das Bild verwendet"
REMOVE_PHOTO = "{name} entfernen"
PHOTO_SIDE = "Ihr Foto"
CUTOUT_SIDE = "Freigestellt"
SAVE_CUTOUT = "Herunterladen"
SAVE_CUTOUT_HINT = "Das Produkt allein als PNG, in voller Größe, mit durchsichtigem Hintergrund"
DRAW_HINT = "Noch nicht richtig? Klicken Sie darauf, oder ziehen Sie einen Rahmen."
CANVAS_LABEL = "Ihr Foto: Pfeiltasten bewegen ein Kreuz, Eingabe klickt dort, Plus und Minus vergrößern"
TOOLS = "Freistellung auf dem Foto verbessern"
STAGE_TOOLS = {
    "point": ("+", "Produkt", "Auf einen fehlenden Teil des Produkts klicken, oder einen Rahmen darum ziehen"),
    "away": ("–", "Nicht das", "Auf etwas klicken, das nicht zum Produkt gehört"),
    "box": ("□", "Rahmen", "Zwei Klicks oder ziehen: ein Rahmen um das Produkt"),
    "add": ("●", "Malen", "Übermalen, was zum Produkt gehört"),
    "erase": ("○", "Radieren", "Übermalen, was nicht dazugehört"),
}
MOVE = "Das vergrößerte Foto verschieben"
BRUSH = "Pinsel"
ZOOM_IN = "Vergrößern"
ZOOM_OUT = "Verkleinern"
UNDO = "Rückgängig"
START_OVER = "Von vorn"
TOO_MANY_MARKS = "Das sind zu viele Korrekturen für ein Foto: Beginnen Sie von vorn, und malen Sie statt zu klicken."
BAD_MARK = "Diese Korrektur war nicht lesbar: Versuchen Sie es noch einmal."
CAMERA_OPEN = "Kamera"
CAMERA_TAKE = "Foto aufnehmen"
CAMERA_CLOSE = "Schließen"
CAMERA_FAILED = "Der Browser darf keine Kamera benutzen. Erlauben Sie es ihm, oder ziehen Sie ein Foto hierher."
CHECKS = {
    "dark": "Dunkel",
    "overexposed": "Zu hell",
    "blurred": "Unscharf",
    "too_small": "Klein",
    "cropped": "Abgeschnitten",
    "occluded": "Verdeckt",
    "busy_background": "Unruhiger Hintergrund",
}
NO_PHOTO = "Ziehen Sie zuerst ein Foto Ihres Produkts hierher."
SUGGESTIONS = "Andere Vorschläge"
SUGGESTION = "Vorschlag {number}"
FIX_CUTOUT = "Mehr zur Freistellung"
PRODUCT_WORDS = "Was ist es?"
PRODUCT_WORDS_HINT = "Einige Wörter auf Englisch, zum Beispiel: ceramic mug"
MASKER = "Wie das Produkt gefunden wird"
MASKERS = {
    "auto": "Automatisch",
    "sam-clip": "Segment Anything und CLIP",
    "lite": "Das kleine Netz von ecomgen",
    "grabcut": "Nach Farbe (GrabCut)",
    "alpha": "Die Transparenz des Fotos",
}
BOX = "Rahmen"
BOX_HINT = "Links, oben, rechts, unten in Pixeln des ersten Fotos"
MASK_FILE = "Eine fertige Maske: Weiß ist das Produkt"
TOO_MANY = "Zu einem Produkt gehören höchstens {limit} Fotos; {left} wurden weggelassen."

# Step 2: scene
SCENE = "Szene"
SCENE_HINT = "Sagen Sie auf Englisch, wo das Produkt steht und in welchem Licht."
PROMPT = "Umgebung"
PROMPT_PLACEHOLDER = "on a wooden table by a window, soft morning light"
LOOKS_TITLE = "Oder mit einer Vorlage beginnen"
LOOKS_ALL = "Alle zeigen"
LOOKS_FEWER = "Weniger zeigen"
LOOKS = {
    "Holztisch": "on a wooden table by a window, soft morning light",
    "Reines Weiß": "on pure white",
    "Zartrosa": "on a pale pink seamless backdrop, soft shadow",
    "Marmor": "on a marble podium, bright and clean",
    "Nussbaum und Pflanzen": "on a walnut table with plants behind, warm light",
    "Terrakotta": "on a terracotta podium, hard evening sun, leaf shadows",
    "Salbei": "on a sage green seamless backdrop, soft light",
    "Leinen": "on linen fabric, soft window light",
    "Von oben": "flat lay from above on linen with eucalyptus",
    "Buntes Papier": "on coloured paper with geometric shapes, hard light",
    "Küche": "on a kitchen counter, bright morning",
    "Badezimmer": "on a stone shelf in a bathroom, water drops",
    "Café": "on a café table, blurred lights behind",
    "Schreibtisch": "on a desk beside a notebook, calm daylight",
    "Bücherregal": "on a shelf between books and a vase",
    "Wohnzimmer": "on the floor by a sunlit wall, scandinavian",
    "Garten": "on grass in a sunny garden, flowers behind",
    "Wald": "on moss in a forest, sunbeams",
    "Strand": "on a sandy beach at golden hour",
    "Fluss": "on a stone in a river, mist",
    "Terrasse": "on a terrace at sunset, string lights",
    "Schnee": "in the snow with pine branches, soft winter light",
    "Festlich": "on a festive table with candles and gold baubles",
    "Neonnacht": "on wet asphalt at night, neon lights",
}
UNDERSTOOD = "Verstanden"
IGNORED = "Nicht verwendet"
MORE_WORDS = "und {count} weitere"
SHAPE = "Bildformat"
STANDARD = "Standard"
OWN_SIZE = "Eigene Größe …"
SIZE = "Breite × Höhe"
SIZE_HINT = "In Pixeln, zum Beispiel 1200x1500"
COUNT = "Bilder"
PIPELINE = "Hergestellt mit"
AUTOMATIC = "Automatisch"
LICENCE = "Lizenz: {licence}"
WEIGHTS_MISSING = "Die Gewichte fehlen auf diesem Rechner. So holen Sie sie: ecomgen models pull {name}"
WEIGHTS_SHORT = "{title} (Gewichte fehlen)"
NEEDS_MEMORY = "braucht etwa {gib:g} GB Grafikspeicher"
NO_WEIGHTS_NEEDED = "Das eingebaute Studio: läuft auf jedem Rechner, ohne Grafikkarte und Download"
ADVANCED = "Erweitert"
NEGATIVE = "Was nicht ins Bild darf"
NEGATIVE_HINT = "Nur für Stable Diffusion"
SEED = "Startwert"
SEED_HINT = "Leer: jedes Mal neue Bilder"
DICE = "Würfeln"
LOCK = "Behalten"
ALSO_HINT = "Shops und Netzwerke; der Download enthält für jeden eine Fassung"
STEPS = "Schritte"
GUIDANCE = "Guidance"
STRENGTH = "Stärke"
CAMERA = "Kamerahöhe in Grad"
CAMERA_HINT = "0: aus den Fotos gelesen. Höher, wenn das Produkt nach hinten zu rutschen scheint"
SAME_SET = "Szene wie in Lauf"
SAME_SET_HINT = "Kennung eines Laufs: seine Szene, Kamera und sein Licht für dieses Produkt"
OWN_DEFAULT = "Leer: wie im Rezept"
LEVEL = "Wie streng"
LEVEL_HINT = "Wie getreu ein Bild sein muss, um behalten zu werden; auch eine Zahl von 0 bis 1"
LEVELS = {"strict": "Streng", "normal": "Normal", "lenient": "Nachsichtig", "0": "Alles behalten"}
KEEP = "Genau behalten"
KEEP_HINT = "Macht so lange Bilder, bis so viele bestehen; leer: alle, die bestehen"
MODE = "Was sich ändern darf"
MODES = {
    "keep": "Die Umgebung; das Produkt bleibt",
    "replace": "Das Produkt; die Umgebung bleibt",
    "redraw": "Alles, auch das Produkt",
}
HARMONISE_LABEL = "Produkt und Szene in ein Licht bringen"
HARMONISE = {"off": "Nein", "scene": "Die Szene anpassen", "product": "Das Produkt anpassen (ändert seine Farben)"}
CONTACT_SHADOW = "Weicher Schatten unter dem Produkt, wo die Szene keinen hat"

# Advanced, words
WORDS = "Texte für den Shop"
WRITER = "Alternativtext, Titel und Beschreibung"
WRITER_HINT = "Nach den Bildern geschrieben, aus ihnen und den Angaben unten"
NOBODY = "Keine"
WRITTEN_IN = "Sprachen"
ATTRIBUTES = "Angaben zum Produkt"
ATTRIBUTES_HINT = "Je Zeile eine; sonst wird nichts behauptet"
ATTRIBUTES_EXAMPLE = """material: stoneware
size: 0.3 l"""
TEXT_TITLE = "Titel"
TEXT_DESCRIPTION = "Beschreibung"
TEXT_ALT = "Alternativtext, Bild {number}"
COPY = "Kopieren"
COPIED = "Kopiert"

GENERATE = "Bilder erstellen"
GENERATING = "Ihre Bilder entstehen …"

# Advanced, only for Stable Diffusion
DIFFUSION = "Nur für Stable Diffusion"
DIFFUSION_CHOICES = {
    "init": (
        "Beginnt mit",
        {
            "auto": "Automatisch",
            "studio": "Dem Bild des Studios",
            "photo": "Dem Hintergrund des Fotos",
            "blur": "Den Farben des Fotos",
            "noise": "Rauschen",
        },
    ),
    "framing": (
        "Große Bilder",
        {"auto": "Automatisch", "whole": "Ganz, skaliert", "crop": "Nur, was ersetzt wird", "windows": "In Fenstern"},
    ),
}
DIFFUSION_NUMBERS = {
    "mask_grow": ("Übergriff ins Behaltene", "0 bis 16 Zellen von 8 Pixeln"),
    "mask_feather": ("Weicher Rand", "0 bis 16 Zellen von 8 Pixeln"),
    "border_strength": ("Zweiter Durchgang am Rand", "0 bis 1; 0 ist keiner"),
    "reference_scale": ("Gewicht der Fotos", "0 bis 2; bei Rezepten mit Referenz"),
    "control_scale": ("Gewicht des Umrisses", "0 bis 2; bei Rezepten mit Kontrolle"),
}
COMPILE = "Vorher übersetzen: einmal Minuten, dann schneller"

# Step 3: results
RESULTS = "Ergebnisse"
EMPTY_TITLE = "Wo soll es stehen?"
EMPTY_TEXT = "Beschreiben Sie eine Umgebung, oder klicken Sie auf eine von diesen: Darin erscheint Ihr Produkt."
CANCEL = "Anhalten"
CANCELLED_EMPTY = "Angehalten, bevor das erste Bild fertig war."
WAITING = "In der Warteschlange: {ahead} vor Ihnen"
PREPARING = "Das Produkt wird vorbereitet"
STEPS_OF_WORK = {
    "load": "Die Fotos werden gelesen",
    "mask": "Das Produkt wird gesucht",
    "matte": "Der Rand wird geglättet",
    "place": "Es wird platziert",
    "scene": "Die Szene wird aufgebaut",
    "score": "Es wird bewertet",
    "words": "Die Texte werden geschrieben",
}
PICTURE_OF = "Bild {number} von {total}"
TEXT_OF = "Text {number} von {total}"
SECONDS_LEFT = "noch etwa {seconds}"
FINISHING = "Die besten werden ausgewählt"
STOPPING = "Hält nach diesem Schritt an"
SUMMARY = "{kept} von {count} behalten"
STOPPED = "vorzeitig angehalten"
THRESHOLD = "Bilder behalten, die dem Produkt mindestens so treu sind"
THRESHOLD_HINT = "Sortiert sofort neu; nichts wird noch einmal gemacht"
KEPT = "Behalten"
DRAFT = "Entwurf"
FILTERED = "Aussortiert"
BEST = "Bestes"
SCORES = {
    "identity": ("Produkttreue", "Wie getreu das Produkt ist, von 0 bis 1"),
    "extension": ("Nichts dazu", "1, wenn dem Umriss des Produkts nichts hinzugefügt wurde"),
    "adherence": ("Passt zum Text", "Wie gut das Bild der Beschreibung folgt"),
    "quality": ("Qualität", "Schärfe, Rauschen, Lichter, wie das Produkt steht"),
}
NOT_MEASURED = "nicht gemessen"
PICTURE = "Bild {number}, Startwert {seed}"
DOWNLOAD_TITLE = "Dieses Bild als PNG herunterladen"
FULL_SIZE = "Volle Größe"
LIGHTBOX = {
    "title": "Das Bild, vergrößert",
    "earlier": "Voriges Bild",
    "later": "Nächstes Bild",
    "save": "Dieses Bild als PNG herunterladen",
    "close": "Schließen",
}
BEFORE = "Schieben, um das Foto zu sehen"
NOTES = "Gut zu wissen"
EXPORT = "Beste herunterladen"
EXPORT_TOP = "Wie viele"
EXPORT_TOP_HINT = "Alle"
EXPORT_FORMAT = "Als"
EXPORT_CHANNELS = "Für Kanäle (freiwillig)"
MORE_LIKE = ("Mehr davon", "Neue Bilder mit gleichem Text und gleichen Einstellungen")
SAME_SCENE = ("Produkt tauschen", "Gleiche Szene, anderes Produkt")
OTHER_PRODUCT = "Die Szene bleibt. Ziehen Sie nun Fotos des anderen Produkts hierher, und erstellen Sie die Bilder."
HEAT = "Unterschiede"
HEAT_HINT = "Zeigt, wo das Produkt von Ihrem Foto abweicht: dunkel ist gleich, hell ist anders"
TOO_MANY_RUNS = "{count} Ihrer Läufe sind noch nicht fertig: Warten Sie auf einen, oder halten Sie einen an."
RUN_GONE = "Einen Lauf {run} von Ihnen gibt es nicht: Der Verlauf zeigt, welche es gibt."
FORMATS = {"png": "PNG, exakt", "jpeg": "JPEG", "webp": "WebP"}
NOTHING_TO_EXPORT = "Es gibt noch keine Bilder: Erstellen Sie zuerst welche."
COMPOSING = "Die Bilder werden für {title} in voller Größe neu komponiert; das kann Minuten dauern."
EXPORTING = "Komponiert … {share} %"
REFILTERED = "the selection was made again with the threshold {threshold:.2f} before the export"

# Lab
LAB_HINT = (
    "Probieren Sie alle Kombinationen von Wörtern am Produkt von „Erstellen“, nebeneinander, mit gleichen Startwerten."
)
LAB_PROMPT = "Umgebungen"
LAB_PROMPT_HINT = "Alternativen in geschweiften Klammern: on {oak|marble}, {morning light|at dusk}"
LAB_EXAMPLE = "on {oak|white marble}, {morning light|at dusk}"
LAB_GRID = "Auch Zahlen variieren"
LAB_GRID_HINT = "Je Zeile eine, zum Beispiel strength=0.4,0.6,0.8"
LAB_SIDE = "Seitenlänge eines Bildes in Pixeln"
LAB_START = "Vergleichen"
LAB_DOING = "Die Kombinationen werden gemacht"
LAB_EMPTY = "Hier erscheinen alle Kombinationen nebeneinander"
LAB_EMPTY_TEXT = "Drücken Sie „Vergleichen“. Ein Klick auf ein Bild öffnet seinen Lauf."
LAB_BEST = "Welche Wörter am besten sind"
LAB_BEST_HINT = "Mittlere Gesamtwertung der Bilder mit diesen Wörtern, und ihre Streuung"
LAB_NOTHING = "(nichts)"
LAB_SCATTER = "{across} waagrecht, {up} senkrecht; ein Punkt ist ein Bild, ein hohler wurde aussortiert"
LAB_WINNER = "Am besten: {prompt} ({score:.2f})."
LAB_USE = "Damit weiter"
LAB_STOPPED = "Angehalten. Was gemacht ist, bleibt; „Vergleichen“ macht dort weiter."

# Catalogue
CATALOGUE_HINT = (
    "Viele Produkte auf einmal: eine CSV-Tabelle mit ihren Fotos, oder ein Zip mit einem Ordner voll Fotos je Produkt."
)
CATALOGUE_DROP = "CSV-Tabelle mit ihren Fotos, oder ein Zip"
CATALOGUE_DEFAULT = "Für Produkte ohne eigene Angabe"
CATALOGUE_EARLIER = "Oder einen früheren Katalog öffnen"
CATALOGUE_START = "Bilder erstellen"
CATALOGUE_DOWNLOAD = "Alles herunterladen"
CATALOGUE_ONE = "Ziehen Sie eine CSV-Tabelle zusammen mit ihren Fotos hierher, oder ein Zip."
CATALOGUE_GONE = "Diesen Katalog gibt es hier nicht mehr: Ziehen Sie ihn noch einmal hierher."
CATALOGUE_EMPTY = "Noch kein Katalog"
CATALOGUE_EXAMPLE = "Eine Tabelle braucht die Spalte photos; product, prompt, channels und count sind freiwillig."
CATALOGUE_TABLE = """product,photos,prompt,channels
Ceramic mug,mug-1.jpg;mug-2.jpg,on a walnut table,shopify;pinterest
Tea box,tea.jpg,on white marble,amazon-main"""
CATALOGUE_COLUMNS = ("Produkt", "Fotos", "Umgebung", "Stand")
CATALOGUE_READY = "Bereit"
CATALOGUE_WRONG = "Fehler"
CATALOGUE_PROBLEMS = "{count} von {total} können so nicht gemacht werden; die anderen schon."
CATALOGUE_MORE = "und {count} weitere, alle im Bericht"
CATALOGUE_DOING = "Der Katalog wird gemacht"
CATALOGUE_STOPPING = "Hält an; das Produkt in Arbeit wird beim nächsten Mal neu begonnen."
CATALOGUE_STOPPED = "Angehalten. Was gemacht ist, bleibt; ein neuer Start macht weiter."
CATALOGUE_SUMMARY = "{good} von {total} fertig, {pictures} Bilder."
CHANNELS = "Kanäle"

# History
HISTORY_EMPTY = "Noch keine Läufe. Was Sie machen, bleibt hier, mit allem, um es noch einmal zu machen."
NOT_FOUND = "Kein Lauf enthält „{text}“ in Beschreibung, Produkt oder Kennung."
SEARCH = "Suchen"
SEARCH_HINT = "Wörter der Beschreibung, das Produkt oder eine Kennung"
FILTERS = "Eingrenzen"
FILTER_KEPT = {"every": "Alle Läufe", "kept": "Mit behaltenen Bildern", "none": "Ohne"}
FILTER_ANY = "Beliebig"
SINCE = "Vom Tag"
UNTIL = "Bis zum Tag"
NOTHING_FITS = "Kein Lauf passt: Fragen Sie nach weniger."
COMPARE_WITH = "Mit einem anderen Lauf vergleichen"
COMPARED = "{count} Einstellungen unterscheiden sich"
DIFFERS = "anders"
MORE = "Mehr zeigen"
USE = "Diese Einstellungen verwenden"
REPLAY = "Noch einmal machen und vergleichen"
DELETE = "Löschen"
DELETE_SURE = "Endgültig löschen"
DELETE_KEEP = "Behalten"
DELETED = "Der Lauf und seine Bilder sind gelöscht."
CHOOSE_RUN = "Wählen Sie einen Lauf, um seine Bilder und Einstellungen zu sehen."
SETTINGS = "Einstellungen"
WHEN = "Gemacht am"
MOMENT = "%d.%m.%Y, %H:%M"
DEVICE = "Gerät"
PHOTOS = "Fotos"
CUT_WITH = "Freigestellt mit"
SECONDS = "Sekunden"
YES = "ja"
NO = "nein"
REPLAYING = "Jedes Bild wird noch einmal gemacht …"
IDENTICAL = "Jedes Bild kam genauso heraus, Pixel für Pixel."
WITHIN = "Jedes Bild kam innerhalb der Toleranz dieses Geräts gleich heraus."
DIFFERENT = "Manche Bilder kamen auf diesem Rechner anders heraus."
SEED_SAME = "Startwert {seed}: identisch"
SEED_DIFFERS = "Startwert {seed}: weicht um bis zu {difference} von 255 ab"
SEED_UNKNOWN = "Startwert {seed}: anders; das alte Bild fehlt, um wie viel ist deshalb unbekannt"
FILLED = "Fotos und Einstellungen dieses Laufs sind übernommen."

# Setup
MACHINE_HINT = "Was dieser Rechner kann, und was ihn besser machen würde."
MACHINE_LOADING = "Einen Augenblick …"
READY = "Bereit"
CAN_BE_BETTER = "Geht besser"
WEIGHTS = "Gewichte"
WEIGHTS_HINT = "Was geholt werden kann, mit Größe und Lizenz. Ohne Knopfdruck wird nichts geholt."
WEIGHTS_GROUPS = {
    "pictures": "Um Bilder zu machen",
    "parts": "Freistellen, bewerten, steuern",
    "words": "Um Texte zu schreiben",
}
WEIGHTS_COLUMNS = ("Größe", "Lizenz", "Stand")
SIZE_LATER = "–"
ASK_SIZES = "Größen im Netz erfragen"
ABOUT = "etwa {size}"
MISSING = "Fehlt"
FETCH_BELOW = "unten {names} holen"
FETCH_IN_SETUP = "holen Sie {names} unter „{setup}“"
PULL = "Holen"
PULL_LABEL = "{title} holen"
PULL_BEGINS = "Beginnt …"
PULL_FORBIDDEN = "Gewichte lassen sich nur am Rechner selbst oder nach einer Anmeldung holen."
STORAGE = "Speicher"
STORAGE_RUNS = "Läufe und ihre Fotos"
STORAGE_LABS = "Labor"
STORAGE_CATALOGUES = "Kataloge"
STORAGE_WEIGHTS = "Gewichte"
STORAGE_CACHE = "Hochgeladenes und Zwischenspeicher"
STORAGE_FREE = "Frei auf dieser Platte"
KEPT_UPLOADS = "Hochgeladenes und Heruntergeladenes wird nach {hours} Stunden entfernt."
KEPT_FOREVER = "Läufe bleiben, bis Sie sie löschen."
KEPT_DAYS = "Läufe werden nach {days} Tagen entfernt."

QUOTED = "„{text}“"
UNEXPECTED_TITLE = "Das hat nicht geklappt"
WARNING_TITLE = "Bitte beachten"
WRONG_KIND = "{files} geht hier nicht. Was geht: {kinds}."
UNEXPECTED = "Etwas Unerwartetes ist geschehen ({kind}); Näheres steht in dem Fenster, in dem die App gestartet wurde."
