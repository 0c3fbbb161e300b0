"""What the core says is told in the language of the screen, and the table of its sentences fits the core."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ecomgen
from ecomgen import channels, models, recipes
from ecomgen.captions.languages import LANGUAGES
from ecomgen.errors import BadPhoto
from ecomgen.request import Request
from ecomgen.scoring.identity.explanation import COLUMNS, HUES, ROWS
from ecomgen.web import locale
from ecomgen.web.locale import german, german_titles
from ecomgen.web.messages import sentence, told

CORE = Path(ecomgen.__file__).parent
SAYS = (  # where sentences come from that somebody at the screen can meet
    "catalogue/running.py",
    "catalogue/reading.py",
    "catalogue/journal.py",
    "channels.py",
    "compositing",
    "diagnosis.py",
    "exporting/archive.py",
    "exporting/run_folder.py",
    "generation.py",
    "lab",
    "masking",
    "models",
    "placement.py",
    "pointing.py",
    "preparing.py",
    "recipes.py",
    "references",
    "replaying.py",
    "request.py",
    "runlog/migrating.py",
    "runlog/originals.py",
    "scene_lock.py",
    "scenes/diffusion",
    "scenes/studio/backend.py",
    "scenes/studio/subject.py",
    "scenes/studio/work.py",
    "scenes/studio/prompt/parser.py",
    "scenes/studio/rendering/variants.py",
    "scoring",
    "selection.py",
    "wording.py",
    "words/choosing.py",
    "words/cleaning.py",
    "words/endpoint.py",
    "words/languages.py",
    "words/local.py",
    "words/request.py",
    "words/writing.py",
)
UNSAID = re.compile(  # sentences of these files that nobody reads on the screen
    r"a photo of a|a product photo of|a cut-out of a|patch of grass|(part|detail|label) of a"  # CLIP is asked these
    r"|second \{\}, another|a model needs either|a url needs|\[model\] |it needs either"  # for whoever writes a file
    r"|Required pretrained|out of memory|can't allocate|mitsuba\.set_variant"  # recognised in what libraries say
    r"|touches the frame|looks like background"  # in run.json alone
    r"|\{\} at \{\}$|\"ecomgen models pull \{\}\"|weights not here|ECOMGEN_LLM_URL is not set$|Python \{\}"  # names
    r"|\^\(alt|or AVIF$"
)
NAMES = {"SAM ViT-H", "SAM ViT-L", "SAM ViT-B", "CLIP ViT-L-14 (DataComp XL)", "CLIP ViT-B-32 (LAION-2B)"}
COMPOSED = {"{} and no {}", "alt text", *(f"{row} {column}" for row, column in itertools.product(ROWS, COLUMNS))}


@pytest.fixture
def in_german() -> Iterator[None]:
    token = locale.spoken_here.set("de")
    yield
    locale.spoken_here.reset(token)


def template(node: ast.AST) -> str | None:
    """The text of a string with {} for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def templates(file: Path) -> set[str]:
    """Every text of a file: its strings, without docstrings and without what they are put together from."""
    tree = ast.parse(file.read_text("utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    bare |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    return {text for node in ast.walk(tree) if id(node) not in bare if (text := template(node))}


def files(place: str) -> Iterator[Path]:
    path = CORE / place
    yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def is_sentence(text: str) -> bool:
    """Three words with letters, in no code."""
    spoken = re.findall(r"(?<![\w.])[A-Za-zé']{2,}(?![\w(])", text.replace("{}", " "))
    return len(spoken) > 2 and " " in text and not UNSAID.search(text) and "=" not in re.sub(r"\w+ ?= ?\S", "", text)


def titles() -> set[str]:
    """What is called something: recipes, models, channels and languages, and the licences that say more than a name."""
    found = [recipes.load(path) for shelf in ("", recipes.WORDS) for path in recipes.paths(shelf).values()]
    weighed = [*found, *models.entries().values()]
    licences = {one.licence for one in weighed if ":" in one.licence}
    return licences | {one.title for one in (*weighed, *channels.every())} | set(LANGUAGES.values())


def test_every_title_is_there_but_those_that_are_names_alone() -> None:
    assert titles() - set(german_titles.SAID) == NAMES


def test_no_sentence_is_kept_that_the_core_does_not_say() -> None:
    said = titles() | COMPOSED.union(*(templates(file) for file in CORE.rglob("*.py") if "web" not in file.parts))
    said |= {locale.REFILTERED.replace("{threshold:.2f}", "{}")} | templates(CORE / "web/lane.py")
    assert {text for text in german.SAID if text not in said} == set()


@pytest.mark.parametrize("place", SAYS)
def test_every_sentence_that_the_screen_can_meet_is_there(place: str) -> None:
    said = set().union(*(templates(file) for file in files(place)))
    assert {text for text in said if is_sentence(text)} - set(german.SAID) == set()


def test_every_place_and_hue_of_a_finding_is_there() -> None:
    places = {"centre", *(f"{row} {column}" for row, column in itertools.product(ROWS, COLUMNS))} - {"middle centre"}
    assert places | set(HUES) <= set(german.SAID)


def test_each_has_gaps_for_what_is_filled_in() -> None:
    wrong = []
    for english, theirs in german.SAID.items():
        filled = [f"<{number}>" for number in range(english.count("{}"))]
        spoken = theirs.replace(":raw", "").format(*filled)
        left_out = english.startswith(("The box", 'Run "ecomgen', "{} with {}"))  # what the screen shows anyhow
        wrong += [] if left_out or all(part in spoken for part in filled) else [english]
    assert wrong == []


@pytest.mark.usefixtures("in_german")
def test_an_error_is_told_in_german_with_the_labels_of_the_form() -> None:
    with pytest.raises(BadPhoto) as caught:
        Request(photos=(), prompt="on oak")
    assert sentence(caught.value) == "Es fehlt ein Foto: Geben Sie mindestens ein Foto des Produkts."
    spoken = told("mug.jpg was left out: b.jpg is empty (0 bytes): copy or download it again.")
    assert spoken == (
        "mug.jpg wurde weggelassen: b.jpg ist leer (0 Byte): Kopieren oder laden Sie die Datei noch einmal."
    )
    wide = "The grid x cannot be read: write strength=0.4,0.6,0.8 or strength=0.4:0.8:0.2."
    assert told(wide).startswith("x ist nicht lesbar")
    assert sentence(BadPhoto("The mask m cannot be opened: check --mask.")).endswith(
        f"Prüfen Sie „{locale.MASK_FILE}“."
    )
    assert told("Something new.") == "Something new."


@pytest.mark.usefixtures("in_german")
def test_what_fills_a_gap_is_told_too_unless_it_is_somebody_s_own_words() -> None:
    why = "Identity 0.61 is below the threshold 0.80: colour shifted by ΔE 12 towards green-blue at the upper left"
    assert told(why) == (
        "Die Treue 0.61 liegt unter der Schwelle 0.80: die Farbe ist um ΔE 12 nach Blaugrün verschoben, oben links"
    )
    assert told('"crimson" was read as "red"') == "„crimson“ wurde als „red“ gelesen"
    assert told("mug.png: turned upright by its EXIF orientation") == (
        "mug.png: nach seinen EXIF-Daten aufrecht gedreht"
    )


def test_english_stays_as_it_is_but_for_the_words_of_the_screen() -> None:
    assert told("Identity 0.61 is below the threshold 0.80: blurred").startswith(
        f"{locale.SCORES['identity'][0]} only 0.61"
    )
    assert told("Something {odd} happened.") == "Something {odd} happened."
