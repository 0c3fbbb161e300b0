"""The gettext catalogues, one a language: `ecomgen/locale/LANG/LC_MESSAGES/ecomgen.po`, read when first needed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

FOLDER = Path(__file__).parents[2] / "locale"
APOSTROPHE, SIGN = re.compile(r"(?<=\w)'(?=[\w{«])"), re.compile(r" (?=[:;?!»])|(?<=«) ")
SOURCE = "en"  # what the texts in the code are written in


@dataclass(frozen=True)
class Plural:
    """A text that is another for one thing than for more; `{count}` is how many."""

    one: str
    more: str
    code: str = SOURCE

    def format(self, *, count: float, **values: Any) -> str:
        """The form that goes with the count in this language, filled."""
        form = translations(self.code).ngettext(self.one, self.more, math.ceil(count))
        return form.format(count=Figure(count, self.code), **values)


@dataclass(frozen=True)
class Figure:
    """A number that is written as the language does, however it is formatted."""

    value: float
    code: str

    def __format__(self, spec: str) -> str:
        return figures(format(self.value, spec), self.code)

    def __str__(self) -> str:
        return format(self)

    __repr__ = __str__


def figures(text: str, code: str) -> str:
    """A number as English writes it, 1,504.5 or 5%, with the signs of the language."""
    before_percent = str(Locale.parse(code).percent_formats[None].suffix[1]).rstrip("%")
    signs = {".": get_decimal_symbol(code), ",": get_group_symbol(code), "%": f"{before_percent}%"}
    return text.translate(str.maketrans(signs))


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
    return translations(code).gettext(text) if text else text


@cache
def templates(code: str) -> tuple[str, ...]:
    """The English texts that have values or name options, and a translation."""
    found = getattr(translations(code), "_catalog", {})
    return tuple(text for text in found if isinstance(text, str) and "{" in text)


@cache
def translations(code: str) -> NullTranslations:
    """English texts and theirs; empty and doubtful (fuzzy) entries are left out."""
    path = FOLDER / code / "LC_MESSAGES" / "ecomgen.po"
    if not path.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        read = read_po(file, locale=code)
    if code == "fr":
        for one in read:
            one.string = _printed(one.string)
    write_mo(compiled, read)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _printed(text: Any) -> Any:
    """French as it is printed: its apostrophe, and no line that begins with a sign or ends with an opening quote."""
    if isinstance(text, tuple):  # the forms of a number
        return tuple(map(_printed, text))
    return SIGN.sub("\u00a0", APOSTROPHE.sub("’", text))
