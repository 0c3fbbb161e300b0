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
    tiles = "".join(tile(look_picture(name), title, text, "exampled") for name, title, text in _every())
    return tiled(locale.LOOKS_TITLE, tiles)


def starters() -> str:
    """A few, large, each of which is made at a click."""
    chosen = "".join(
        tile(look_picture(name), title, text, "started") for name, title, text in _every() if name in STARTERS
    )
    return f'<div class="starters" role="group" aria-label="{esc(locale.EMPTY_TITLE)}">{chosen}</div>'


def look_picture(name: str) -> Path:
    """The thumbnail of a setting by its English title, or of a look that ships; `docs/looks.py` makes them."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return PICTURES / f"{plain.replace(' ', '-')}.webp"


def tiled(title: str, tiles: str) -> str:
    """Tiles under a title, in a row that scrolls or spread out."""
    return (
        f'<div class="looks-head"><p class="label">{esc(title)}</p><button type="button"'
        f' class="plain-button" data-unfold data-other="{esc(locale.LOOKS_FEWER)}">'
        f"{esc(locale.LOOKS_ALL)}</button></div>"
        f'<div class="looks" role="group" aria-label="{esc(title)}">{tiles}</div>'
    )


def tile(picture: Path, title: str, value: str, event: str, hint: str = "", *, pressed: bool | None = None) -> str:
    """A picture with a title, to be clicked; `pressed` where it stays chosen."""
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    return (
        f'<button type="button" class="look" data-trigger="{event}" data-value="{esc(value)}"'
        f' title="{esc(hint or value)}"{state}>'
        f'<img src="{esc(file_url(picture))}" alt="" loading="lazy"><span>{esc(title)}</span></button>'
    )


def _every() -> Iterator[tuple[str, str, str]]:
    """English name, title, and words of each."""
    for text, title in locale.LOOKS.items():
        yield english.LOOKS[text], title, locale.translated(text)
