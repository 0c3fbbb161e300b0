"""From product and scene to a finished picture: one light, a shadow to stand on, the product's own pixels on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.compositing import tone
from ecomgen.compositing.paste import composite
from ecomgen.compositing.shadow import contact_shadow
from ecomgen.messages import Message

if TYPE_CHECKING:
    from ecomgen.types import Harmonise, Pixels

Grounded = Callable[[np.ndarray], float | None]
FLOATING = 0.5  # of being grounded, below which a shadow is laid


@dataclass(frozen=True, kw_only=True, eq=False)
class Composed:
    """A picture (HxWx3) and what was done for it, in words."""

    pixels: Pixels
    notes: tuple[str, ...] = ()


def compose(
    product: Pixels,
    scene: Pixels,
    *,
    harmonise: Harmonise = "off",
    grounded: Grounded | None = None,
) -> Composed:
    """`product` (HxWx4) over `scene` (HxWx3).

    Args:
        harmonise: whose tone may change. With "product" the picture no longer has the product's exact values.
        grounded: tells of a finished picture whether the product stands on its ground, in [0, 1], None where nothing
            can be told; where it does not, a soft contact shadow is laid under it. None lays none.
    """
    notes: list[str] = []
    change = tone.Tone() if harmonise == "off" else tone.between(product, scene)
    if not change.is_none:
        change = change if harmonise == "scene" else tone.inverse(change)
        product, scene = (product, change.on(scene)) if harmonise == "scene" else (change.on(product), scene)
        notes.append(change.told(harmonise))
    picture = composite(product, scene)
    if grounded is not None and _floats(grounded(picture)):
        picture = composite(product, shaded(scene, product))
        notes.append(Message("the scene had no contact shadow under the product, so a soft one was laid"))
    return Composed(pixels=picture, notes=tuple(notes))


def _floats(value: float | None) -> bool:
    return value is not None and value < FLOATING


def shaded(scene: Pixels, product: Pixels) -> Pixels:
    """The scene with the product's contact shadow on it, darkened in linear light."""
    left = 1 - contact_shadow(product)[..., None]
    return to_bytes(to_srgb(to_linear(scene) * left))
