"""The gettext catalogues, one a language: `ecomgen/locale/LANG/LC_MESSAGES/ecomgen.po`, read when first needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parents[2] / "locale"
SOURCE = "en"  # what the texts in the code are written in


def languages() -> tuple[str, ...]:
    """The codes of the languages that have a catalogue, English first."""
    return (SOURCE, *sorted(path.parts[-3] for path in FOLDER.glob("*/LC_MESSAGES/*.po") if path.parts[-3] != SOURCE))


@cache
def native_name(code: str) -> str:
    """What the language calls itself, with a capital: “Deutsch”."""
    name = Locale.parse(code).get_display_name() or code
    return name[:1].upper() + name[1:]


def translated(text: str, code: str) -> str:
    """The text in the language, or as it is where the catalogue lacks it."""
    return texts(code).get(text, text)


@cache
def texts(code: str) -> dict[str, str]:
    """English texts and theirs; empty and doubtful (fuzzy) entries are left out."""
    path = FOLDER / code / "LC_MESSAGES" / "ecomgen.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id and one.string and not one.fuzzy}
