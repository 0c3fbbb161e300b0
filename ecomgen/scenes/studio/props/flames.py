"""A burning candle: wax with a molten hollow, a wick, and a flame that tapers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.building.shapes import lathe, tube
from ecomgen.scenes.studio.building.stage import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.building.stage import Colour

FLAME = Material(colour=(1.0, 0.8, 0.5), glow=(14.0, 7.0, 2.2))
CHARRED = Material(colour=(0.02, 0.018, 0.015))
TALL, WIDE = 0.125, 0.055  # of the flame; at its widest it is 0.4 times as thick as this


def burning(radius: float, high: float, colour: Colour, *, x: float = 0.0, z: float = 0.0) -> list[Thing]:
    """A candle of this size, standing on y = 0, in units."""
    hollow = high - 0.3 * radius
    wax = [
        (0, 0),
        (radius, 0),
        (radius, high - 0.12 * radius),
        (0.95 * radius, high - 0.02 * radius),
        (0.88 * radius, high),
        (0.78 * radius, high - 0.06 * radius),
        (0.55 * radius, hollow + 0.03 * radius),
        (0, hollow),
    ]
    height = np.linspace(0, 1, 30)
    thick = WIDE * np.sqrt(height) * (1 - height) ** 0.9
    flame = lathe([(float(r), float(TALL * t)) for r, t in zip(thick, height, strict=True)])
    bend = np.linspace(0, 1, 8)
    wick = tube(np.stack([0.006 * bend**2, 0.05 * bend, 0 * bend], -1), np.full(8, 0.004), segments=6)
    return [
        Thing(shape=lathe(wax).moved(x, 0, z), material=Material(colour=colour, roughness=0.45, sheen=0.3)),
        Thing(shape=wick.moved(x, hollow, z), material=CHARRED),
        Thing(shape=flame.moved(x + 0.005, hollow + 0.03, z), material=FLAME),
    ]
