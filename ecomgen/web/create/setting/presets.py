"""Ready settings with a picture of each: the strip of step 2, and a few to begin with where no picture is made yet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ecomgen.web import locale
from ecomgen.web.locale import english
from ecomgen.web.markup import ASSETS, chip, esc, file_url

PICTURES = ASSETS / "looks"
STARTERS = ("Wooden table", "Pale pink", "Terracotta", "Linen", "Snow", "Beach")  # as different as can be


def strip() -> str:
    """All of them in a row that scrolls, or can be spread out."""
    tiles = "".join(tile(file_url(look_picture(name)), title, text, "exampled") for name, title, text in _every())
    return tiled(locale.LOOKS_TITLE, tiles)


def starters() -> str:
    """A few, large, each of which is made at a click."""
    chosen = "".join(
        tile(file_url(look_picture(name)), title, text, "started") for name, title, text in _every() if name in STARTERS
    )
    return row(locale.EMPTY_TITLE, chosen, "starters")


def look_picture(name: str) -> Path:
    """The thumbnail of a setting by its English title, or of a look that ships; `docs/looks.py` makes them."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return PICTURES / f"{plain.replace(' ', '-')}.webp"


def tiled(title: str, tiles: str) -> str:
    """Tiles under a title, in a row that scrolls or spread out."""
    unfold = chip(locale.LOOKS_ALL, kind="plain-button", unfold="", other=locale.LOOKS_FEWER)
    return f'<div class="looks-head"><p class="label">{esc(title)}</p>{unfold}</div>{row(title, tiles)}'


def row(title: str, tiles: str, kind: str = "looks") -> str:
    """Tiles beside one another."""
    return f'<div class="{kind}" role="group" aria-label="{esc(title)}">{tiles}</div>'


def tile(picture: str, title: str, value: str, event: str, hint: str = "", *, pressed: bool | None = None) -> str:
    """A picture, by its address, with a title, to be clicked; `pressed` where it stays chosen."""
    shown = f'<img src="{esc(picture)}" alt="" loading="lazy"><span>{esc(title)}</span>'
    return chip("", event, value, kind="look", sign=shown, title=hint or value, pressed=pressed)


def _every() -> Iterator[tuple[str, str, str]]:
    """English name, title, and words of each."""
    for text, title in locale.LOOKS.items():
        yield english.LOOKS[text], title, locale.translated(text)
