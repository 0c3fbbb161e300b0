"""What the core says, in German: its English sentences, with {} where something is filled in, and theirs.

The gaps of a German sentence are those of the English one, by their numbers where their order is another. What fills a
gap is told in German too, as far as it is a sentence of the core; `{:raw}` leaves it as it is. What stands neither here
nor in `german_notes` and `german_weights` is shown in English.
"""

from __future__ import annotations

SAID = {
    # Photos
    "{} is fully transparent: there is no product in it. Choose another photo.": (
        "{} ist ganz durchsichtig: Es ist kein Produkt darin. Wählen Sie ein anderes Foto."
    ),
    "{} has {} megapixels; at most {} are read. Save a smaller copy.": (
        "{} hat {} Megapixel; höchstens {} werden gelesen. Speichern Sie eine kleinere Kopie."
    ),
    "{} is only {}×{} pixels; at least {} a side are needed, and 1000 make good pictures. Choose a larger photo.": (
        "{} hat nur {}×{} Pixel; mindestens {} je Seite sind nötig, und 1000 geben gute Bilder. "
        "Wählen Sie ein größeres Foto."
    ),
    "{} is animated or has several pages ({}): save one of them as a photo.": (
        "{} ist bewegt oder hat mehrere Seiten ({}): Speichern Sie eine davon als Foto."
    ),
    "{} is a folder: name the photos in it.": "{} ist ein Ordner: Nennen Sie die Fotos darin.",
    "{} does not exist: check the name and the folder.": "{} gibt es nicht: Prüfen Sie Namen und Ordner.",
    "{} is empty (0 bytes): copy or download it again.": (
        "{} ist leer (0 Byte): Kopieren oder laden Sie die Datei noch einmal."
    ),
    "{} is larger than 1 GiB: save a smaller copy.": "{} ist größer als 1 GiB: Speichern Sie eine kleinere Kopie.",
    "{} cannot be opened ({}): check the name and the permissions.": (
        "{} lässt sich nicht öffnen ({}): Prüfen Sie Namen und Rechte."
    ),
    "{} has far too many pixels to be a photo: save a copy under 120 megapixels.": (
        "{} hat viel zu viele Pixel für ein Foto: Speichern Sie eine Kopie unter 120 Megapixeln."
    ),
    "{} is not a photo that can be read: use {}.": "{} ist kein lesbares Foto: Nehmen Sie {}.",
    "{} is damaged or cut short: copy or export it again.": (
        "{} ist beschädigt oder unvollständig: Kopieren oder exportieren Sie die Datei noch einmal."
    ),
    "There is no photo: give at least one photo of the product.": (
        "Es fehlt ein Foto: Geben Sie mindestens ein Foto des Produkts."
    ),
    "{} photos are too many for one product: give at most {}.": (
        "{} Fotos sind zu viele für ein Produkt: Geben Sie höchstens {}."
    ),
    "The photo {} of this run is gone or was changed: put the original back.": (
        "Das Foto {} dieses Laufs fehlt oder wurde geändert: Legen Sie das Original zurück."
    ),
    "{} was left out: {}": "{} wurde weggelassen: {}",
    # The cut-out
    "There is no mask candidate {}: this photo has {}, counted from 0.": (
        "Einen Vorschlag {} gibt es nicht: Dieses Foto hat {}, gezählt ab 0."
    ),
    "{} has no transparency to use as a mask: choose --masker auto, or give a PNG whose background is transparent.": (
        "{} hat keine Transparenz als Maske: Wählen Sie --masker „Automatisch“, oder geben Sie ein PNG mit "
        "durchsichtigem Hintergrund."
    ),
    "{} is nowhere half opaque: give a cut-out with a solid product in it.": (
        "{} ist nirgends auch nur halb deckend: Geben Sie ein freigestelltes Bild mit einem deckenden Produkt."
    ),
    "{} is fully transparent: give a cut-out that has a product in it.": (
        "{} ist ganz durchsichtig: Geben Sie ein freigestelltes Bild, in dem ein Produkt ist."
    ),
    "There is no masker called {}. Choose one of: auto, {}.": (
        "Ein Verfahren {} zum Freistellen gibt es nicht. Wählen Sie: auto, {}."
    ),
    "The box {} is empty or too thin: give x0,y0,x1,y1 in pixels with x1 > x0 and y1 > y0.": (
        "Der Rahmen {} ist leer oder zu schmal: Ziehen Sie ihn größer."
    ),
    "The box {} reaches outside the photo, which is {} by {} pixels: draw it inside.": (
        "Der Rahmen {} reicht aus dem Foto hinaus, das {} mal {} Pixel hat: Ziehen Sie ihn innerhalb."
    ),
    "The point {},{} lies outside the photo, which is {} by {} pixels: click inside it.": (
        "Der Punkt {},{} liegt außerhalb des Fotos, das {} mal {} Pixel hat: Klicken Sie hinein."
    ),
    "A brush stroke is empty: give at least one place and a width of at least one pixel.": (
        "Ein Pinselstrich ist leer: Malen Sie noch einmal."
    ),
    "The mask is empty: draw a box around the product with --box, or give a mask with --mask.": (
        "Die Maske ist leer: Ziehen Sie mit --box einen Rahmen um das Produkt, oder geben Sie eine Maske mit --mask."
    ),
    "The mask is empty: mark the product with --box X0,Y0,X1,Y1, or give a --mask FILE.": (
        "Die Maske ist leer: Zeigen Sie das Produkt mit --box, oder geben Sie --mask an."
    ),
    "The mask is the whole photo, so nothing of it is background: draw a box around the product with --box, or take a "
    "photo with some room around it.": (
        "Die Maske ist das ganze Foto, nichts davon Hintergrund: Ziehen Sie mit --box einen Rahmen um das Produkt, "
        "oder nehmen Sie ein Foto mit etwas Platz darum."
    ),
    "There is no mask file: give one with --mask.": "Es fehlt eine Maske: Geben Sie eine mit --mask an.",
    "The mask {} has nothing white in it: paint the product white.": (
        "In der Maske {} ist nichts weiß: Malen Sie das Produkt weiß."
    ),
    "The mask {} is {} by {} pixels and the photo {} by {}: make the mask the photo's size, or at least of its "
    "proportions.": (
        "Die Maske {} hat {} mal {} Pixel, das Foto {} mal {}: Machen Sie die Maske so groß wie das Foto, oder "
        "wenigstens im gleichen Verhältnis."
    ),
    "There is no mask file at {}: check the path.": "Unter {} liegt keine Maske: Prüfen Sie den Pfad.",
    "The mask {} cannot be read as an image: save it again as a grey PNG.": (
        "Die Maske {} ist kein lesbares Bild: Speichern Sie sie noch einmal als graues PNG."
    ),
    "The mask {} cannot be opened: check --mask.": "Die Maske {} lässt sich nicht öffnen: Prüfen Sie --mask.",
    "Nothing in the box stands out as a product: draw it a little larger than the product.": (
        "Im Rahmen hebt sich nichts als Produkt ab: Ziehen Sie ihn etwas größer als das Produkt."
    ),
    "Nothing in the photo stands out as a product: draw a box around it with --box.": (
        "Im Foto hebt sich nichts als Produkt ab: Ziehen Sie einen Rahmen darum."
    ),
    "ecomgen's own masking network is not in this installation: reinstall, or choose --masker grabcut.": (
        "Das eigene Netz von ecomgen fehlt in dieser Installation: Installieren Sie neu, oder wählen Sie --masker nach "
        "Farbe."
    ),
    "Nothing is left of the product after cutting it out: draw a box around it with --box.": (
        "Beim Freistellen blieb nichts vom Produkt übrig: Ziehen Sie einen Rahmen darum."
    ),
    "The first photo shows no product that could be found: give its place with --box.": (
        "Auf dem ersten Foto war kein Produkt zu finden: Ziehen Sie einen Rahmen darum."
    ),
    "--point {} is not a point: give X,Y on the product, or X,Y,- beside it, in pixels.": (
        "{} ist kein Punkt: Klicken Sie auf das Produkt oder daneben."
    ),
    'SAM weights are not on this machine: run "ecomgen models pull sam-vit-b", or choose --masker grabcut.': (
        "Die Gewichte von SAM fehlen: Holen Sie sie unter „Einrichtung“, oder wählen Sie --masker nach Farbe."
    ),
    'CLIP weights are not on this machine: run "ecomgen models pull clip-vit-b-32", or choose --masker grabcut.': (
        "Die Gewichte von CLIP fehlen: Holen Sie sie unter „Einrichtung“, oder wählen Sie --masker nach Farbe."
    ),
    # What is asked for
    'The prompt is empty: describe the scene, for example "on a wooden table by a window".': (
        "Die Beschreibung ist leer: Sagen Sie auf Englisch, wo das Produkt steht, zum Beispiel „on a wooden table by a "
        "window“."
    ),
    "The prompt has {} words in {} characters; at most {} characters are read. Shorten it to what the picture should "
    "show.": (
        "Die Beschreibung hat {} Wörter in {} Zeichen; höchstens {} Zeichen werden gelesen. Kürzen Sie sie auf das, "
        "was zu sehen sein soll."
    ),
    "The negative prompt is longer than {} characters: shorten it.": (
        "--negative-prompt ist länger als {} Zeichen: Kürzen Sie den Text."
    ),
    "The prompt or the product's name is not UTF-8 text: type it anew.": (
        "Die Beschreibung oder der Name des Produkts ist kein lesbarer Text: Tippen Sie ihn neu."
    ),
    "{} {} is out of range: choose a number from {} to {}.": "{} {} geht nicht: Wählen Sie eine Zahl von {} bis {}.",
    "{} {} is not known: choose one of {}.": "{} {} ist nicht bekannt: Wählen Sie {}.",
    "--keep {} is more than three times --count {}: raise --count.": (
        "--keep {} ist mehr als das Dreifache von --count {}: Erhöhen Sie --count."
    ),
    "--threshold {} is neither a number nor one of {}.": "--threshold {} ist weder eine Zahl noch eines von {}.",
    "--size and --channel exclude each other: a channel brings its own size. Give one of them.": (
        "Größe und Kanal schließen einander aus: Ein Kanal bringt seine Größe mit. Wählen Sie eines davon."
    ),
    "A side of {}×{} is outside {}–{} pixels: choose another size.": (
        "Eine Seite von {}×{} liegt nicht zwischen {} und {} Pixeln: Wählen Sie eine andere Größe."
    ),
    "What is to be replaced lies outside this canvas: choose a --size nearer to the photo's shape.": (
        "Was ersetzt werden soll, liegt außerhalb des Bildes: Wählen Sie bei --size ein Format näher am Foto."
    ),
    "There is no channel called {}. Choose one of: {}.": "Einen Kanal {} gibt es nicht. Wählen Sie: {}.",
    "The pipeline {} cannot do --mode {}: choose --pipeline {}.": ("{} kann „{}“ nicht: Wählen Sie bei --pipeline {}."),
    "The run {} has no set that could be kept: choose one that this version's studio made.": (
        "Der Lauf {} hat keine Szene, die bleiben könnte: Wählen Sie einen aus dem Studio dieser Version."
    ),
    "--scene-from needs the pipeline {} of that run: leave --pipeline out.": (
        "--scene-from braucht {} wie in jenem Lauf: Wählen Sie bei --pipeline „Automatisch“."
    ),
    "--scene-from {}: the folder's run.json is not that of a run. Choose another run.": (
        "--scene-from {}: Das ist kein Lauf. Wählen Sie einen anderen."
    ),
    "--scene-from {}: the folder's run.json cannot be read. Choose another run.": (
        "--scene-from {}: Dieser Lauf ist nicht lesbar. Wählen Sie einen anderen."
    ),
    "No language is given for the words: name one, for example en.": (
        "Für die Texte fehlt eine Sprache: Wählen Sie eine."
    ),
    "{} attributes are too many: give at most {}.": "{} Angaben sind zu viele: Geben Sie höchstens {}.",
    "The attribute {} cannot be read: write its name and value, as in material=oak.": (
        "Die Angabe {} ist nicht lesbar: Schreiben Sie Namen und Wert, wie in material: oak."
    ),
    "The attribute {} is longer than {} characters: shorten it.": (
        "Die Angabe {} ist länger als {} Zeichen: Kürzen Sie sie."
    ),
    "The attribute {} is not UTF-8 text: type it anew.": "Die Angabe {} ist kein lesbarer Text: Tippen Sie sie neu.",
    "There is nobody to write words: run {}, or set ECOMGEN_LLM_URL to a server.": (
        "Niemand kann hier Texte schreiben: Holen Sie unter „Einrichtung“ ein Modell dafür ({}), oder setzen Sie "
        "ECOMGEN_LLM_URL auf einen Server."
    ),
    "Not all words were written: {}": "Nicht alle Texte wurden geschrieben: {}",
    # Results
    "Identity {} is below the threshold {}{}": "Die Treue {} liegt unter der Schwelle {}{}",
    "The identity cannot be judged: {}": "Die Treue lässt sich nicht beurteilen: {}",
    "It passed, but only the best {} were asked for": "Es besteht, aber nur die besten {} waren gewünscht",
    "Nearly the same picture as the better candidate {}": "Fast das gleiche Bild wie das bessere Bild {}",
    "the product is enlarged {} times: a larger photo would be sharper": (
        "Das Produkt ist {}-fach vergrößert: Ein größeres Foto wäre schärfer"
    ),
    "the scene had no contact shadow under the product, so a soft one was laid": (
        "Unter dem Produkt fehlte ein Schatten, deshalb wurde ein weicher gelegt"
    ),
    "--{} has no effect with the pipeline {}": "--{} bewirkt nichts mit {}",
    "No picture of this run was kept: lower the threshold, then export.": (
        "Kein Bild dieses Laufs wurde behalten: Senken Sie die Schwelle, und laden Sie dann herunter."
    ),
    '{} is gone: make it again with "ecomgen runs replay".': "{} fehlt: Machen Sie den Lauf noch einmal.",
    "There is no format {}: choose {}.": "Ein Format {} gibt es nicht: Wählen Sie {}.",
    "Content credentials are metadata: give either --c2pa or --no-metadata.": (
        "Herkunftsnachweise sind Metadaten: Wählen Sie entweder --c2pa oder --no-metadata."
    ),
    "Only pictures that keep the product have it as a layer: choose another format than psd.": (
        "Nur Bilder, in denen das Produkt bleibt, haben es als Ebene: Wählen Sie ein anderes Format als psd."
    ),
    # Runs
    "The run {} made no picture, so there is nothing to make again.": (
        "Der Lauf {} hat kein Bild gemacht, es gibt also nichts noch einmal zu machen."
    ),
    "The weights of {} here ({}) are not those of the run ({}): get revision {} to make it again.": (
        "Die Gewichte von {} hier ({}) sind nicht die des Laufs ({}): Mit Fassung {} geht es noch einmal."
    ),
    "The run {} is still being made: stop it first.": "Der Lauf {} ist noch in Arbeit: Halten Sie ihn zuerst an.",
    "The run log {} cannot be used ({}): set ECOMGEN_HOME to a folder that can be written.": (
        "Das Laufbuch {} ist nicht benutzbar ({}): Setzen Sie ECOMGEN_HOME auf einen beschreibbaren Ordner."
    ),
    "The run log {} cannot be written ({}): free some space.": (
        "Das Laufbuch {} lässt sich nicht schreiben ({}): Schaffen Sie Platz."
    ),
    "Another run is being made in {}: wait for it, or choose another --out.": (
        "In {} ist ein anderer Lauf in Arbeit: Warten Sie auf ihn."
    ),
    '{} with {}: "ecomgen runs list" shows them.': (
        "Einen Lauf {1} gibt es nicht, oder mehrere: Der Verlauf zeigt alle."
    ),
    "{} cannot be written ({}): free some space or set ECOMGEN_HOME.": (
        "{} lässt sich nicht schreiben ({}): Schaffen Sie Platz, oder setzen Sie ECOMGEN_HOME."
    ),
    # Lab and catalogue
    "No combination could be made: {}": "Keine Kombination war möglich: {}",
    "{} has no number called {}: choose from {}.": "{} hat keine Zahl {}: Wählen Sie aus {}.",
    "These are {} combinations, and a sheet shows at most {}: take some away.": (
        "Das sind {} Kombinationen, und höchstens {} passen auf ein Blatt: Nehmen Sie einige weg."
    ),
    'A brace of the prompt is not closed, or lies in another: write "on {oak|marble}".': (
        "Eine Klammer ist nicht geschlossen, oder sie liegt in einer anderen: Schreiben Sie „on {{oak|marble}}“."
    ),
    "The prompt asks for the list __{}__: give the folder of {}.txt with --lists.": (
        "Die Beschreibung nennt die Liste __{}__: Listen gibt es nur auf der Kommandozeile ({}.txt)."
    ),
    "The list {} is empty: write one alternative a line.": (
        "Die Liste {} ist leer: Schreiben Sie je Zeile eine Alternative."
    ),
    "The list {} cannot be read: make it, with one alternative a line.": (
        "Die Liste {} ist nicht lesbar: Legen Sie sie an, mit einer Alternative je Zeile."
    ),
    "The grid {} cannot be read: write strength=0.4,0.6,0.8 or strength=0.4:0.8:0.2.": (
        "{} ist nicht lesbar: Schreiben Sie strength=0.4,0.6,0.8 oder strength=0.4:0.8:0.2."
    ),
    "{} holds no product: give a CSV file with a column photos, or a folder with one folder of photos for each "
    "product.": (
        "{} enthält kein Produkt: Geben Sie eine CSV-Datei mit der Spalte photos, oder ein Zip mit einem Ordner voll "
        "Fotos je Produkt."
    ),
    "{} has no column photos: its first line must name the columns, photos among them.": (
        "{} hat keine Spalte photos: Die erste Zeile muss die Spalten nennen, auch photos."
    ),
    "There is no photo {}: correct the column photos.": "Ein Foto {} gibt es nicht: Berichtigen Sie die Spalte photos.",
    "{} cannot be read ({}): save it as CSV in UTF-8.": "{} ist nicht lesbar ({}): Speichern Sie als CSV in UTF-8.",
    "{} is not a CSV table ({}, line {}): mend that line.": (
        "{} ist keine CSV-Tabelle ({}, Zeile {}): Berichtigen Sie diese Zeile."
    ),
    "{} cannot be unpacked ({}): make the zip again.": "{} lässt sich nicht entpacken ({}): Packen Sie das Zip neu.",
    "{} {} cannot be read: correct the column {}.": "{} {} ist nicht lesbar: Berichtigen Sie die Spalte {:raw}.",
    "{} is larger than 20 GiB unpacked: give the folder itself instead.": (
        "{} ist entpackt größer als 20 GiB: Teilen Sie den Katalog auf."
    ),
    "the columns {} are not used": "die Spalten {} werden nicht verwendet",
    # Setup
    "device": "Gerät",
    "masks": "Masken",
    "identity": "Produkttreue",
    "words": "Texte",
    "home": "Ordner",
    "free space": "Freier Platz",
    "versions": "Versionen",
    "Stable Diffusion takes minutes per picture on a CPU; the studio does not need a GPU.": (
        "Stable Diffusion braucht auf einer CPU Minuten je Bild; das Studio braucht keine Grafikkarte."
    ),
    "ready, rendering with {}": "bereit, zeichnet mit {}",
    "The studio renders on all CPU cores with LLVM; an NVIDIA GPU would be faster still.": (
        "Das Studio zeichnet auf allen Kernen der CPU; eine Grafikkarte von NVIDIA wäre noch schneller."
    ),
    "Segment Anything proposes, CLIP ranks": "Segment Anything schlägt vor, CLIP ordnet",
    "ecomgen's own small network": "das kleine Netz von ecomgen",
    "GrabCut, the fallback": "nach Farbe (GrabCut), zur Not",
    'For better masks: "ecomgen models pull {}".': 'Für bessere Masken: "ecomgen models pull {}".',
    "structure, colour and {}": "Struktur, Farbe und {}",
    "structure, colour and ecomgen's own small network": "Struktur, Farbe und ecomgens eigenes kleines Netz",
    'For pictures in which the product is re-drawn: "ecomgen models pull {}".': (
        'Für Bilder, in denen das Produkt neu gezeichnet wird: "ecomgen models pull {}".'
    ),
    "written by {}": "von {} geschrieben",
    "nobody to write alt text, title and description": "niemand für Alternativtext, Titel und Beschreibung",
    'Set ECOMGEN_LLM_URL, or "ecomgen models pull {}" ({}).': (
        'ECOMGEN_LLM_URL setzen, oder "ecomgen models pull {}" ({}).'
    ),
    "Set ECOMGEN_HOME to a folder that can be written.": "Setzen Sie ECOMGEN_HOME auf einen beschreibbaren Ordner.",
    "Free some space: a Stable Diffusion checkpoint takes 2 to 7 GB.": (
        "Schaffen Sie Platz: Ein Modell von Stable Diffusion hat 2 bis 7 GB."
    ),
}
