"""A burning candle: wax with a molten hollow, a wick, and a flame that tapers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.stage.shapes import lathe, tube
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.types import Colour

FLAME = Material(colour=(1.0, 0.8, 0.5), glow=(14.0, 7.0, 2.2))
THROUGH = (0.55, 0.27, 0.085)  # light that comes through the wax at its rim
CHARRED = Material(colour=(0.02, 0.018, 0.015))
TALL, WIDE = 0.125, 0.055  # of the flame; at its widest it is 0.4 times as thick as this


def burning(radius: float, high: float, colour: Colour, *, x: float = 0.0, z: float = 0.0) -> list[Thing]:
    """A candle of this size, standing on y = 0, in units."""
    hollow = high - 0.3 * radius
    wax = [
        *((0, 0), (radius, 0), (radius, high - 0.12 * radius), (0.95 * radius, high - 0.02 * radius)),
        *((0.88 * radius, high), (0.78 * radius, high - 0.06 * radius)),
        *((0.55 * radius, hollow + 0.03 * radius), (0, hollow)),
    ]
    height = np.linspace(0, 1, 30)
    thick = WIDE * np.sqrt(height) * (1 - height) ** 0.9
    flame = lathe([(float(r), float(TALL * t)) for r, t in zip(thick, height, strict=True)])
    bend = np.linspace(0, 1, 8)
    wick = tube(np.stack([0.006 * bend**2, 0.05 * bend, 0 * bend], -1), np.full(8, 0.004), segments=6)
    return [
        _wax(wax, colour, x, z),
        Thing(shape=wick.moved(x, hollow, z), material=CHARRED),
        Thing(shape=flame.moved(x + 0.005, hollow + 0.03, z), material=FLAME),
    ]


def _wax(profile: list[tuple[float, float]], colour: Colour, x: float, z: float) -> Thing:
    """The candle's body, whose upper part is lit through by the flame."""
    radius, high = profile[2]
    wall = [(radius, float(level)) for level in np.linspace(0, high, 48)]
    outline = [(0.0, 0.0), *wall, *profile[3:]]
    depth = (high - np.array([level for _, level in outline])) / radius
    lit = np.clip(1 - depth / 4.3, 0, 1)[::-1, None, None] ** 2  # a lathe's texture begins at its top
    glow = np.repeat(lit * THROUGH, 2, axis=1).astype(np.float32)
    material = Material(colour=colour, roughness=0.45, sheen=0.3, glow=glow)
    return Thing(shape=lathe(outline).moved(x, 0, z), material=material)
