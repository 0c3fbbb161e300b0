"""Weights, recipes, servers and disks that are not as they should be, in German. As `german_core`."""

from __future__ import annotations

SAID = {
    # What is to be fetched
    "{} is not on this machine. {}": "{} ist nicht auf diesem Rechner. {}",
    "{} is not on this machine. {}, or {}.": "{} ist nicht auf diesem Rechner. {}, oder {}.",
    'Run "ecomgen models pull {}"': "Holen Sie {} unter „Einrichtung“",
    'Run "ecomgen models pull {}"{}.': "Holen Sie {} unter „Einrichtung“{}.",
    'Run "ecomgen models pull {}" to fetch it again.': "Holen Sie {} unter „Einrichtung“ noch einmal.",
    ", or choose --masker grabcut": ", oder wählen Sie --masker nach Farbe",
    "choose --pipeline studio": "wählen Sie bei --pipeline das Studio",
    "set ECOMGEN_LLM_URL to a server": "setzen Sie ECOMGEN_LLM_URL auf einen Server",
    "Nothing lies at {}: correct the path in the recipe": "Unter {} liegt nichts: Berichtigen Sie den Pfad im Rezept",
    "Copy it here again.": "Kopieren Sie es noch einmal hierher.",
    "{} adds what lies at {}, and nothing does: correct the path in it.": (
        "{} braucht, was unter {} liegen soll, und dort ist nichts: Berichtigen Sie den Pfad."
    ),
    "What {} adds": "Was {} dazunimmt",
    "weights": "die Gewichte",
    "{} is incomplete at {}: {} missing. {}": "{} ist unvollständig, unter {} fehlt: {}. {}",
    "{} at {} is not what the manifest says (its checksum differs). {}": (
        "{} unter {} ist nicht, was es sein soll (die Prüfsumme weicht ab). {}"
    ),
    "{} is truncated or damaged at {}. {}": "{} ist unvollständig oder beschädigt, unter {}. {}",
    "{} has changed since it was pulled. {}": "{} hat sich geändert, seit es geholt wurde. {}",
    "There is no model called {}. Choose one of: {}.": "Ein Modell {} gibt es nicht. Wählen Sie: {}.",
    "The manifest {} cannot be read: {}. Correct the file.": (
        "Das Verzeichnis der Modelle {} ist nicht lesbar: {}. Berichtigen Sie die Datei."
    ),
    "The manifest {} is wrong at {}: {}. Correct the file.": (
        "Das Verzeichnis der Modelle {} ist falsch bei {}: {}. Berichtigen Sie die Datei."
    ),
    "ECOMGEN_DEVICE={} is not a device. Choose cuda, cuda:1, mps or cpu.": (
        "ECOMGEN_DEVICE={} ist kein Gerät. Wählen Sie cuda, cuda:1, mps oder cpu."
    ),
    "ECOMGEN_DEVICE={} is not on this machine. Set it to one of: {}.": (
        "ECOMGEN_DEVICE={} gibt es auf diesem Rechner nicht. Setzen Sie: {}."
    ),
    # Fetching
    "the connection was cut": "die Verbindung ist abgerissen",
    'Run "ecomgen models pull {}" again; it goes on where it stopped.': (
        "Drücken Sie noch einmal auf „Holen“; es geht weiter, wo es aufgehört hat."
    ),
    "There is nothing called {} to pull. Choose one of: {}.": "Zu holen gibt es {} nicht. Wählen Sie: {}.",
    "{} did not arrive whole: {}. {}": "{} kam nicht ganz an: {}. {}",
    "{} has none of the files that the manifest names. Correct its `files`.": (
        "{} hat keine der genannten Dateien. Berichtigen Sie `files`."
    ),
    "needs no weights": "braucht keine Gewichte",
    "reads its weights from {}": "liest seine Gewichte aus {}",
    "There is nothing to pull: the pipeline {} {}.": "Es gibt nichts zu holen: {} {}.",
    "What {} sent is not {} (its {} differs). Try again later.": (
        "Was {} geschickt hat, ist nicht {} ({} weicht ab). Versuchen Sie es später."
    ),
    'Accept its licence at https://huggingface.co/{}, then run "hf auth login".': (
        "Nehmen Sie seine Lizenz unter https://huggingface.co/{} an, und melden Sie sich mit „hf auth login“ an."
    ),
    "{} arrived damaged (its sha256 differs) and was not kept. Pull it again.": (
        "{} kam beschädigt an und wurde verworfen. Holen Sie es noch einmal."
    ),
    "{} is not on this machine, and HF_HUB_OFFLINE is set. Unset it to pull.": (
        "{} ist nicht auf diesem Rechner, und HF_HUB_OFFLINE ist gesetzt. Entfernen Sie das, um es zu holen."
    ),
    "{} GiB are needed in {} and {} GiB are free. Make room, or set ECOMGEN_WEIGHTS to another folder.": (
        "{} GiB werden in {} gebraucht, {} GiB sind frei. Schaffen Sie Platz, oder setzen Sie ECOMGEN_WEIGHTS auf "
        "einen anderen Ordner."
    ),
    "The weights folder cannot be written: {}. Set ECOMGEN_WEIGHTS to another.": (
        "Der Ordner der Gewichte ist nicht beschreibbar: {}. Setzen Sie ECOMGEN_WEIGHTS auf einen anderen."
    ),
    "{} has no url in the manifest. Copy it to {}.": "{} hat keine Adresse. Kopieren Sie es nach {}.",
    "{} is not in diffusers format. Name another repository in the recipe.": (
        "{} hat nicht das Format von diffusers. Nennen Sie im Rezept ein anderes."
    ),
    "{} is gated. {}": "{} verlangt eine Zustimmung. {}",
    '{} cannot be fetched: {}. Run "ecomgen models pull {}" again.': (
        "{} lässt sich nicht holen: {}. Drücken Sie bei {} noch einmal auf „Holen“."
    ),
    "{} answers {} {}. Check the url in the manifest.": "{} antwortet {} {}. Prüfen Sie die Adresse.",
    # Recipes
    "The recipe {} names no model. Add [model] with repo or path.": (
        "Das Rezept {} nennt kein Modell. Ergänzen Sie [model] mit repo oder path."
    ),
    "The recipe {} names {}. Give a .safetensors file or a diffusers folder.": (
        "Das Rezept {} nennt {}. Geben Sie eine .safetensors-Datei oder einen Ordner von diffusers an."
    ),
    "The recipe {} has the backend {}: those that write lie in a folder words.": (
        "Das Rezept {} hat das Verfahren {}: Rezepte, die schreiben, liegen in einem Ordner words."
    ),
    "There is no {} called {}. Choose one of: auto, {}.": "{} {} gibt es nicht. Wählen Sie: auto, {}.",
    "pipeline": "Eine Herstellungsart",
    "writer": "Ein Modell für Texte",
    "The recipe {} cannot be read: {}. Correct the file.": (
        "Das Rezept {} ist nicht lesbar: {}. Berichtigen Sie die Datei."
    ),
    "The recipe {} is wrong at {}: {}. Correct the file.": (
        "Das Rezept {} ist falsch bei {}: {}. Berichtigen Sie die Datei."
    ),
    "The recipe {} is wrong at defaults.{}. Correct the file.": (
        "Das Rezept {} ist falsch bei defaults.{}. Berichtigen Sie die Datei."
    ),
    "The recipe {} is wrong at defaults.{}: {}. Correct the file.": (
        "Das Rezept {} ist falsch bei defaults.{}: {}. Berichtigen Sie die Datei."
    ),
    # Cutting out
    'There are no CLIP weights in {}: run "ecomgen models pull clip-vit-b-32", or choose --masker grabcut.': (
        "In {} sind keine Gewichte von CLIP: Holen Sie clip-vit-b-32 unter „Einrichtung“, oder wählen Sie --masker "
        "nach Farbe."
    ),
    '{} does not hold the CLIP model that the manifest describes: run "ecomgen models verify".': (
        "{} enthält nicht das erwartete Modell von CLIP: Holen Sie es unter „Einrichtung“ neu."
    ),
    '{} is not the SAM checkpoint that the manifest describes: run "ecomgen models verify".': (
        "{} ist nicht das erwartete Modell von SAM: Holen Sie es unter „Einrichtung“ neu."
    ),
    'SAM 2 weights are not on this machine: run "ecomgen models pull sam2-tiny", or choose --masker lite.': (
        "Die Gewichte von SAM 2 fehlen: Holen Sie sam2-tiny unter „Einrichtung“, oder wählen Sie --masker "
        "„Automatisch“."
    ),
    '{} does not hold a SAM 2 model: run "ecomgen models verify".': (
        "{} enthält kein Modell von SAM 2: Holen Sie es unter „Einrichtung“ neu."
    ),
    "Segment Anything found no product in the photo: draw a box around it with --box.": (
        "Segment Anything hat auf dem Foto kein Produkt gefunden: Ziehen Sie einen Rahmen darum."
    ),
    '--masker grounded looks for words: name the product, for example --product "red mug".': (
        "Dieses Verfahren sucht nach Wörtern: Sagen Sie, was das Produkt ist, zum Beispiel „red mug“."
    ),
    "Segment Anything found nothing in the boxes: draw a box around the product with --box.": (
        "Segment Anything hat in den Rahmen nichts gefunden: Ziehen Sie selbst einen um das Produkt."
    ),
    'There is no detector for words on this machine: run "ecomgen models pull grounding-dino-tiny", or draw a box with '
    "--box.": (
        "Zum Suchen nach Wörtern fehlt ein Netz: Holen Sie grounding-dino-tiny unter „Einrichtung“, oder ziehen Sie "
        "einen Rahmen."
    ),
    '"{}" was not found in the photo: use other words, or draw a box with --box.': (
        "„{:raw}“ war auf dem Foto nicht zu finden: Nehmen Sie andere Wörter, oder ziehen Sie einen Rahmen."
    ),
    '{} does not hold a detector: run "ecomgen models verify".': (
        "{} enthält kein Netz zum Suchen: Holen Sie es unter „Einrichtung“ neu."
    ),
    '{} is a HEIC photo: run pip install "ecomgen[heic]", or save it as JPEG.': (
        "{} ist ein HEIC-Foto: Speichern Sie es als JPEG, oder installieren Sie „ecomgen[heic]“."
    ),
    # Making and judging
    "The pipeline {} cannot do --mode {}. Choose {}.": "{} kann --mode {} nicht. Wählen Sie {}.",
    "{} cannot use the scheduler {}: name another, or leave it out.": (
        "{} kann den Scheduler {} nicht verwenden: Nennen Sie einen anderen, oder keinen."
    ),
    "{} is not a Stable Diffusion checkpoint. Name one of SD 1.x, 2.x or XL.": (
        "{} ist kein Modell von Stable Diffusion. Nennen Sie eines von SD 1.x, 2.x oder XL."
    ),
    "{} cannot be read ({}). Fetch or copy the model again.": (
        "{} ist nicht lesbar ({}). Holen oder kopieren Sie das Modell noch einmal."
    ),
    "{} cannot be loaded: {}. Fetch or copy the model again.": (
        "{} lässt sich nicht laden: {}. Holen oder kopieren Sie das Modell noch einmal."
    ),
    "{} at {} cannot be loaded: {}. Fetch or copy the model again.": (
        "{} unter {} lässt sich nicht laden: {}. Holen oder kopieren Sie das Modell noch einmal."
    ),
    "A process that made pictures on one of the graphics cards has died: set ECOMGEN_DEVICE=cuda:0 to use one card, "
    "or try again.": (
        "Ein Vorgang auf einer der Grafikkarten ist abgebrochen: Setzen Sie ECOMGEN_DEVICE=cuda:0, oder versuchen Sie "
        "es noch einmal."
    ),
    "The request was stopped.": "Angehalten.",
    "The run was stopped.": "Angehalten.",
    "There is no photo whose background could be the first image: choose another --init.": (
        "Kein Foto hat einen Hintergrund, mit dem begonnen werden könnte: Wählen Sie unter „Beginnt mit“ etwas anderes."
    ),
    "The studio sets a kept product only: choose another --init for --mode {}.": (
        "Das Studio umgibt nur ein Produkt, das bleibt: Wählen Sie bei --mode {} unter „Beginnt mit“ etwas anderes."
    ),
    "A {} of {} leaves no step of {}: use {} steps.": "{} {} lässt von {} Schritten keinen: Nehmen Sie {} Schritte.",
    "strength": "Stärke",
    "border strength": "Zweiter Durchgang am Rand",
    "{} asks for the scheduler {}, which does not exist. Choose one of: {}.": (
        "{} nennt den Scheduler {}, den es nicht gibt. Wählen Sie: {}."
    ),
    "The value of {}. Give another.": "Ein Wert geht nicht: {}. Geben Sie einen anderen.",
    "{} does not fit into the memory of {}{}. Close what else uses it, choose a smaller pipeline, or set "
    "ECOMGEN_DEVICE=cpu.": (
        "{} passt nicht in den Speicher von {}{}. Schließen Sie, was ihn sonst braucht, wählen Sie etwas Kleineres, "
        "oder setzen Sie ECOMGEN_DEVICE=cpu."
    ),
    " (it asks for {} GiB)": " (es braucht {} GiB)",
    '{}: its model was trained to inpaint only. Set backend = "inpaint".': (
        "{}: Das Modell kann nur ergänzen. Setzen Sie backend = „inpaint“."
    ),
    "torch.compile does not work on this machine ({}): leave --compile out.": (
        "Das Übersetzen geht auf diesem Rechner nicht ({}): Lassen Sie es weg."
    ),
    "The studio renders on the GPU; nothing is missing.": "Das Studio zeichnet auf der Grafikkarte; es fehlt nichts.",
    'Rendering is slow on this machine, for want of LLVM: "{}" makes it several times faster.': (
        "Auf diesem Rechner zeichnet das Studio langsam, weil LLVM fehlt: „{:raw}“ macht es mehrfach schneller."
    ),
    "Rendering is slow on this machine, for want of LLVM: install LLVM 17 or later, and set DRJIT_LIBLLVM_PATH to its "
    "library.": (
        "Auf diesem Rechner zeichnet das Studio langsam, weil LLVM fehlt: Installieren Sie LLVM ab Version 17, und "
        "setzen Sie DRJIT_LIBLLVM_PATH auf dessen Bibliothek."
    ),
    "The studio needs Mitsuba, which cannot be loaded: reinstall ecomgen.": (
        "Das Studio braucht Mitsuba, das sich nicht laden lässt: Installieren Sie ecomgen neu."
    ),
    '{} does not hold a DINOv2 model. Run "ecomgen models verify".': (
        "{} enthält kein Modell von DINOv2. Holen Sie es unter „Einrichtung“ neu."
    ),
    '{} does not hold a LiteRT model. Run "ecomgen models verify".': (
        "{} enthält kein Modell für LiteRT. Holen Sie es unter „Einrichtung“ neu."
    ),
    "A threshold is a number from 0 to 1, or one of {}; not {}.": (
        "Die Schwelle ist eine Zahl von 0 bis 1 oder eines von {}; nicht {}."
    ),
    "A picture to score must be RGB or RGBA with 8 bits a channel; convert it first.": (
        "Ein Bild zum Bewerten braucht RGB oder RGBA mit 8 Bit je Kanal; wandeln Sie es zuerst um."
    ),
    "A picture to score needs at least {} pixels a side; choose a larger one.": (
        "Ein Bild zum Bewerten braucht mindestens {} Pixel je Seite; wählen Sie ein größeres."
    ),
    "No reference shows a product to compare with; give at least one photo with a mask.": (
        "Kein Foto zeigt ein Produkt zum Vergleichen; geben Sie mindestens eines mit einer Maske."
    ),
    # Texts for the shop
    "{} does not fit into the memory of {}: close what else uses it, choose a smaller model, or set "
    "ECOMGEN_DEVICE=cpu.": (
        "{} passt nicht in den Speicher von {}: Schließen Sie, was ihn sonst braucht, wählen Sie ein kleineres Modell, "
        "oder setzen Sie ECOMGEN_DEVICE=cpu."
    ),
    "The recipe {} names the file {}: give the model's folder.": (
        "Das Rezept {} nennt die Datei {}: Geben Sie den Ordner des Modells an."
    ),
    "The model of the recipe {} takes no questions: choose one trained to chat.": (
        "Das Modell des Rezepts {} beantwortet keine Fragen: Wählen Sie eines, das dafür trainiert ist."
    ),
    "{} needs a package that is not here: {}.": "{} braucht ein Paket, das fehlt: {}.",
    "The language {} is not known. Choose one of: {}.": "Die Sprache {} ist nicht bekannt. Wählen Sie: {}.",
    "{} names no model: set ECOMGEN_LLM_MODEL to the one that is to write.": (
        "{} nennt kein Modell: Setzen Sie ECOMGEN_LLM_MODEL auf das, das schreiben soll."
    ),
    "ECOMGEN_LLM_URL is not set: set it to the address of a server, as http://127.0.0.1:8000/v1.": (
        "ECOMGEN_LLM_URL ist nicht gesetzt: Setzen Sie es auf die Adresse eines Servers, etwa http://127.0.0.1:8000/v1."
    ),
    "{} does not answer as OpenAI's servers do: check ECOMGEN_LLM_URL.": (
        "{} antwortet nicht wie die Server von OpenAI: Prüfen Sie ECOMGEN_LLM_URL."
    ),
    "{} does not answer ({}): start it, or correct ECOMGEN_LLM_URL.": (
        "{} antwortet nicht ({}): Starten Sie den Server, oder berichtigen Sie ECOMGEN_LLM_URL."
    ),
    "{} does not answer in JSON: check ECOMGEN_LLM_URL.": "{} antwortet nicht in JSON: Prüfen Sie ECOMGEN_LLM_URL.",
    "{} refuses ({}: {}): {}.": "{} lehnt ab ({}: {}): {}.",
    "set ECOMGEN_LLM_MODEL to a model of it that sees pictures": (
        "Setzen Sie ECOMGEN_LLM_MODEL auf eines seiner Modelle, das Bilder sieht"
    ),
    "set ECOMGEN_LLM_KEY": "Setzen Sie ECOMGEN_LLM_KEY",
    "try again later": "Versuchen Sie es später",
    "no reason given": "ohne Grund",
    "ECOMGEN_LLM_URL {} is no address: give one like http://127.0.0.1:8000/v1.": (
        "ECOMGEN_LLM_URL {} ist keine Adresse: Geben Sie eine wie http://127.0.0.1:8000/v1 an."
    ),
    # The disk
    "{} cannot be written ({}): choose another folder with --out.": (
        "{} lässt sich nicht schreiben ({}): Schaffen Sie Platz, oder prüfen Sie die Rechte."
    ),
    "{} cannot be written: choose another folder with --out.": (
        "{} lässt sich nicht schreiben: Schaffen Sie Platz, oder prüfen Sie die Rechte."
    ),
    "{} cannot be written ({}): free some space.": "{} lässt sich nicht schreiben ({}): Schaffen Sie Platz.",
    "{} cannot be deleted ({}): delete it yourself.": "{} lässt sich nicht löschen ({}): Löschen Sie es selbst.",
    "The earlier run in {} cannot be moved ({}): give another --out.": (
        "Der frühere Lauf in {} lässt sich nicht wegräumen ({}): Prüfen Sie die Rechte."
    ),
    "As {} this picture has {} MB, not {}: choose --format webp, avif or jpeg, or a smaller picture.": (
        "Als {} hat dieses Bild {} MB, nicht {}: Wählen Sie WebP oder JPEG, oder ein kleineres Bild."
    ),
    "The run log was written by a newer ecomgen: update this one, or set ECOMGEN_HOME to another folder.": (
        "Das Laufbuch stammt von einem neueren ecomgen: Erneuern Sie dieses, oder setzen Sie ECOMGEN_HOME auf einen "
        "anderen Ordner."
    ),
    "not UTF-8 text": "kein Text in UTF-8",
    "cannot be used": "nicht benutzbar",
}
