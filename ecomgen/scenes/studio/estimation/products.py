"""What products usually are, by the nouns of their phrase: how large, and from how high they are photographed."""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from pathlib import Path

from ecomgen.scenes.studio.prompt.translation import in_english, kind_of
from ecomgen.toml_table import Table

Nouns = tuple[str, ...]


ANYTHING = 15.0, 9.0  # degrees: the usual elevation of the camera, and how far photographers stray from it
USUAL_SIZE = 0.22001  # metres, of what is not known: no size that is told has five digits
JOINING = frozenset({"of", "with", "for", "in", "at", "from"})
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

    @cached_property
    def metres(self) -> dict[str, float]:
        return {noun: size.metres for size in self.sizes for noun in size.nouns}

    @cached_property
    def known(self) -> frozenset[str]:
        """Every English noun of which something is known."""
        listed = frozenset(noun for table in (*self.sizes, *self.views) for noun in table.nouns)
        return listed | self.turned | self.rimmed | self.light | self.heavy | self.packages


@cache
def _products() -> Products:
    return Products.of_file(Path(__file__).with_suffix(".toml"))


def size_in_metres(phrase: str) -> float | None:
    """The larger side of such a thing, by the last noun that is known and no package, else by the last one known.

    What follows a joining word counts after what stands before it: a cup of tea, a bottle of shampoo.
    """
    words = _nouns(phrase)
    end = next((place for place, word in enumerate(words) if word in JOINING), len(words))
    nouns = [noun for noun in (*words[:end][::-1], *words[end:][::-1]) if noun in _products().metres]
    wares = [noun for noun in nouns if noun not in _products().packages]
    return _products().metres[(wares or nouns)[0]] if nouns else None


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


@lru_cache(maxsize=256)
def _nouns(phrase: str) -> tuple[str, ...]:
    """Its words in English, the one that says what it is at the end; what is known of, as it stands in the table."""
    words = tuple(filter(None, re.split(r"[\W_]+", phrase.lower())))
    english = " ".join(kind_of(word.english) or word.english for word in in_english(words)).split()
    known = _products().known
    return tuple(next((noun for noun in (word, word.removesuffix("s")) if noun in known), word) for word in english)
