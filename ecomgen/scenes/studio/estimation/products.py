"""What products usually are, by the nouns of their phrase: how large, and from how high they are photographed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ecomgen.toml_table import Table

Nouns = tuple[str, ...]


ANYTHING = 15.0, 9.0  # degrees: the usual elevation of the camera, and how far photographers stray from it
USUAL_SIZE = 0.22  # metres
LIGHT, HEAVY = 0.6, 1.2  # times what is usual for the size


class Size(Table):
    """Things whose larger side is so long."""

    metres: float
    nouns: Nouns


class Views(Table):
    """Things that are photographed from so high."""

    elevation: float
    stray: float
    nouns: Nouns


class Products(Table):
    """`turned` things are round, so that their base is an ellipse; `rimmed` ones are closed above by a level circle.

    `light` and `heavy` are what things are for their size; `packages` what they come in.
    """

    turned: frozenset[str]
    rimmed: frozenset[str]
    light: frozenset[str]
    heavy: frozenset[str]
    packages: frozenset[str]
    sizes: tuple[Size, ...]
    views: tuple[Views, ...]


@cache
def _products() -> Products:
    return Products.of_file(Path(__file__).with_suffix(".toml"))


def size_in_metres(phrase: str) -> float:
    """The larger side of such a thing, by the last known noun of its phrase that is no package, else by that."""
    known = {noun: size.metres for size in _products().sizes for noun in size.nouns}
    spelt = [name for word in reversed(_words(phrase)) for name in (word.removesuffix("s"), word)]
    nouns = [name for name in spelt if name in known]
    if nouns and nouns[0] in _products().packages:
        nouns = [name for name in nouns if name not in _products().packages] or nouns
    return known[nouns[0]] if nouns else USUAL_SIZE


def weight_of(phrase: str) -> float:
    """How much such a thing presses on what it stands on, for its size: 1 as usual."""
    nouns = _nouns(phrase)
    return LIGHT if not _products().light.isdisjoint(nouns) else HEAVY if not _products().heavy.isdisjoint(nouns) else 1


def usual_view(phrase: str) -> tuple[float, float]:
    """From how high such a thing is usually photographed, and how far photographers stray from that, in degrees, by the
    last known noun of its phrase."""
    known = {noun: (view.elevation, view.stray) for view in _products().views for noun in view.nouns}
    return next((known[noun] for noun in reversed(_nouns(phrase)) if noun in known), ANYTHING)


def is_turned(phrase: str) -> bool:
    return not _products().turned.isdisjoint(_nouns(phrase))


def is_rimmed(phrase: str) -> bool:
    return not _products().rimmed.isdisjoint(_nouns(phrase))


def _nouns(phrase: str) -> list[str]:
    return [word if word in _products().rimmed else word.removesuffix("s") for word in _words(phrase)]


def _words(phrase: str) -> list[str]:
    return re.split(r"[\W_]+", phrase.lower())
