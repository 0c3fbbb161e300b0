"""Ready settings with a picture of each: the strip of step 2, and a few to begin with where no picture is made yet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ecomgen.web import locale
from ecomgen.web.locale import english
from ecomgen.web.markup import ASSETS, esc, file_url

PICTURES = ASSETS / "looks"
STARTERS = ("Wooden table", "Pale pink", "Terracotta", "Linen", "Snow", "Beach")  # as different as can be


def strip() -> str:
    """All of them in a row that scrolls, or can be spread out."""
    return (
        f'<div class="looks-head"><p class="label">{esc(locale.LOOKS_TITLE)}</p><button type="button"'
        f' class="plain-button" data-unfold data-other="{esc(locale.LOOKS_FEWER)}">'
        f"{esc(locale.LOOKS_ALL)}</button></div>"
        f'<div class="looks" role="group" aria-label="{esc(locale.LOOKS_TITLE)}">'
        f"{''.join(_look(*one, 'exampled') for one in _every())}</div>"
    )


def starters() -> str:
    """A few, large, each of which is made at a click."""
    chosen = "".join(_look(*one, "started") for one in _every() if one[0] in STARTERS)
    return f'<div class="starters" role="group" aria-label="{esc(locale.EMPTY_TITLE)}">{chosen}</div>'


def look_picture(title: str) -> Path:
    """The thumbnail of a look by its English name; `docs/looks.py` makes them."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return PICTURES / f"{plain.replace(' ', '-')}.webp"


def _every() -> Iterator[tuple[str, str, str]]:
    """English name, title, and words of each."""
    for text, title in locale.LOOKS.items():
        yield english.LOOKS[text], title, text


def _look(name: str, title: str, text: str, event: str) -> str:
    return (
        f'<button type="button" class="look" data-trigger="{event}" data-value="{esc(text)}" title="{esc(text)}">'
        f'<img src="{esc(file_url(look_picture(name)))}" alt="" loading="lazy"><span>{esc(title)}</span></button>'
    )
