"""What the core says is told in the language of the screen, and the table of its sentences fits the core."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ecomgen
from ecomgen.errors import BadPhoto
from ecomgen.request import Request
from ecomgen.web import words
from ecomgen.web.saying import sentence, told
from ecomgen.web.words import german_core

CORE = Path(ecomgen.__file__).parent
SEEN = (  # what somebody at the screen can meet on any machine, without weights, a graphics card or the command line
    "catalogue/reading.py",
    "channels.py",
    "exporting/archive.py",
    "lab/matrix.py",
    "lab/experiment.py",
    "masking/__init__.py",
    "masking/alpha.py",
    "masking/checking.py",
    "masking/file.py",
    "masking/grabcut.py",
    "masking/lite.py",
    "masking/matte.py",
    "placement.py",
    "pointing.py",
    "preparing.py",
    "references/loading.py",
    "replaying.py",
    "request.py",
    "runlog/database.py",
    "runlog/originals.py",
    "scene_lock.py",
    "words/request.py",
)


@pytest.fixture
def german() -> Iterator[None]:
    token = words.spoken_here.set("de")
    yield
    words.spoken_here.reset(token)


def template(node: ast.AST) -> str | None:
    """The text of a string with {} for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def templates(file: Path) -> set[str]:
    found = {template(node) for node in ast.walk(ast.parse(file.read_text("utf-8")))}
    return {text for text in found if text}


def raised(file: Path) -> set[str]:
    """The sentences of the errors that a file raises itself."""
    calls = (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Raise))
    errors = (node.exc for node in calls if isinstance(node.exc, ast.Call) and node.exc.args)
    found = {template(error.args[0]) for error in errors}
    return {text for text in found if text and text.endswith(".")}


def test_no_sentence_is_kept_that_the_core_does_not_say() -> None:
    said = set().union(*(templates(file) for file in CORE.rglob("*.py") if "web" not in file.parts))
    assert {text for text in german_core.SAID if text not in said} == set()


def test_every_error_that_the_screen_can_meet_is_there() -> None:
    met = set().union(*(raised(CORE / file) for file in SEEN))
    assert met - set(german_core.SAID) == set()


def test_each_has_gaps_for_what_is_filled_in() -> None:
    for english, theirs in german_core.SAID.items():
        filled = [f"<{number}>" for number in range(english.count("{}"))]
        spoken = theirs.format(*filled)
        assert all(part in spoken for part in filled) or "{1}" in theirs or english.startswith("The box"), english


@pytest.mark.usefixtures("german")
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
    assert sentence(BadPhoto("The mask m cannot be opened: check --mask.")).endswith(f"Prüfen Sie „{words.MASK_FILE}“.")
    assert told("Something new.") == "Something new."


def test_english_stays_as_it_is() -> None:
    assert told("Something {odd} happened.") == "Something {odd} happened."
