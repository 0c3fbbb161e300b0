"""A colour as the words around it bend and mix it; the names themselves are in the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecomgen.scenes.studio.prompt.vocabulary import Modifier


def modified(colour: str, modifier: Modifier) -> str:
    """`colour`, #rrggbb, as a word before it bends it ("pastel", "deep", "neon")."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    grey = sum(channels) / 3
    livelier = [grey + (value - grey) * modifier.chroma for value in channels]
    end = 1.0 if modifier.towards_white > 0 else 0.0
    mixed = [min(max(value + (end - value) * abs(modifier.towards_white), 0.0), 1.0) for value in livelier]
    return "#" + "".join(f"{round(255 * value):02x}" for value in mixed)


def blended(first: str, second: str) -> str:
    """`first`, #rrggbb, with a quarter of `second` in it."""
    pairs = ((int(first[k : k + 2], 16), int(second[k : k + 2], 16)) for k in (1, 3, 5))
    return "#" + "".join(f"{round(0.75 * a + 0.25 * b):02x}" for a, b in pairs)
