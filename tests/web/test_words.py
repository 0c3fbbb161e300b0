"""Every language has every text, with the same things to be filled in, and a language takes nothing but its file."""

from __future__ import annotations

import importlib.util
import string
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

from ecomgen import options
from ecomgen.messages import FLAG
from ecomgen.request import Request
from ecomgen.web import locale
from ecomgen.web.locale import catalogue, english

ROOT = Path(__file__).parents[2]
OTHERS = sorted(set(locale.LANGUAGES) - {locale.USUAL})


@pytest.fixture(scope="module")
def collected() -> ModuleType:
    """`docs/messages.py`, which collects the texts."""
    spec = importlib.util.spec_from_file_location("collected_messages", ROOT / "docs" / "messages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def path_of(code: str) -> Path:
    return catalogue.FOLDER / code / "LC_MESSAGES" / "ecomgen.po"


def gaps(text: str) -> list[tuple[str, str | None, str | None]]:
    """What a text leaves to be filled in, and how."""
    found = [(name, how, kind) for _, name, how, kind in string.Formatter().parse(text) if name is not None]
    return sorted((one for one in found if one[0].isidentifier()), key=str)  # others are a prompt's: {oak|marble}


def known(code: str) -> Iterator[tuple[str, str]]:
    """English texts and theirs; of a text with a plural, each of their forms with the English plural."""
    with path_of(code).open("rb") as file:
        for one in read_po(file, locale=code):
            if isinstance(one.id, (list, tuple)):
                yield from ((one.id[1], form) for form in one.string)
            elif one.id:
                yield one.id, str(one.string)


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_is_up_to_date_and_complete(code: str, collected: ModuleType) -> None:
    template = collected.texts()
    assert path_of(code).read_bytes() == collected.updated(path_of(code), template), "run make messages"
    assert [english for english, theirs in known(code) if not theirs] == []


@pytest.mark.parametrize("code", locale.LANGUAGES)
def test_translations_leave_the_same_to_be_filled_in(code: str) -> None:
    wrong = []
    for text, theirs in known(code):
        wanted, given = set(gaps(text)), set(gaps(theirs))
        foreign = given - wanted or set(FLAG.findall(theirs)) - set(FLAG.findall(text))
        wrong += [(text, theirs)] if foreign or (wanted - given and text not in SHORTER) else []
    assert wrong == []


SHORTER = {  # the screen shows what these leave out
    "Nearly the same picture as the better candidate {number}",
    "The box {box} is empty or too thin: give x0,y0,x1,y1 in pixels with x1 > x0 and y1 > y0.",
    "The box {box} reaches outside the photo, which is {width} by {height} pixels: draw it inside.",
    '{what} with {run!r}: "ecomgen runs list" shows them.',
    'Run "ecomgen models pull {name}" again; it goes on where it stopped.',
}


def test_every_label_is_that_of_an_option() -> None:
    declared = {name.rstrip("_") for name in options.of(Request)}
    assert {*english.OPTIONS} <= declared
    assert {*english.HINTS} <= {*english.OPTIONS}


def test_a_language_takes_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "eo" / "LC_MESSAGES" / "ecomgen.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid ""\nmsgstr ""\n\nmsgid "Generate"\nmsgstr "Krei"\n', "utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    assert catalogue.languages() == ("en", "eo")
    assert catalogue.native_name("eo") == "Esperanto"
    assert catalogue.translated("Generate", "eo") == "Krei"
    assert catalogue.translated("Stop", "eo") == "Stop"


@pytest.mark.parametrize(
    ("code", "none", "one"),
    [
        ("en", "0 settings differ", "1 setting differs"),
        ("de", "0 Einstellungen unterscheiden sich", "1 Einstellung unterscheidet sich"),
        ("fr", "0 réglage diffère", "1 réglage diffère"),
    ],
)
def test_numbers_have_their_forms(code: str, none: str, one: str) -> None:
    text = locale.text("COMPARED", code)
    assert (text.format(count=0), text.format(count=1)) == (none, one)


def test_french_is_set_as_it_is_printed() -> None:
    assert locale.text("QUOTED", "fr").format(text="Échelle") == "«\u00a0Échelle\u00a0»"
    assert catalogue.translated("Licence: {licence}", "fr") == "Licence\u00a0: {licence}"
    assert locale.text("SAMPLE_NAMES", "fr")["bottle"] == "Bouteille d’huile d’olive"


@pytest.mark.parametrize(
    ("cookies", "accepted", "code"),
    [
        (None, None, "en"),
        (None, "de-AT,de;q=0.9,en;q=0.8", "de"),
        (None, "xx-XX,xx;q=0.9,de;q=0.5", "de"),
        ("ecomgen_language=en", "de", "en"),
        ("a=b; ecomgen_language=de", "en", "de"),
        ("ecomgen_language=xx", "en", "en"),
    ],
)
def test_the_browser_or_a_choice_says_which(cookies: str | None, accepted: str | None, code: str) -> None:
    assert locale.preferred(cookies, accepted) == code
