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
        *_wax(wax, colour, x, z),
        Thing(shape=wick.moved(x, hollow, z), material=CHARRED),
        Thing(shape=flame.moved(x + 0.005, hollow + 0.03, z), material=FLAME),
    ]


def _wax(profile: list[tuple[float, float]], colour: Colour, x: float, z: float) -> list[Thing]:
    """The candle's body in rings, the upper ones lit through by the flame."""
    radius, high = profile[2]
    levels = high - radius * np.array([4.0, 3.2, 2.5, 1.9, 1.4, 0.9, 0.45])
    edges = [0.0, *(float(level) for level in levels if level > 0.02)]
    rings = [[(0.0, 0.0), (radius, 0.0)] if low == 0 else [(radius, low)] for low in edges]
    ends = [*([(radius, low)] for low in edges[1:]), profile[2:]]
    made = []
    for number, (start, end) in enumerate(zip(rings, ends, strict=True)):
        share = number / (len(edges) - 1) if len(edges) > 1 else 1.0
        lit = None if number == 0 else (0.55 * share**2, 0.27 * share**2, 0.085 * share**2)
        material = Material(colour=colour, roughness=0.45, sheen=0.3, glow=lit)
        made.append(Thing(shape=lathe([*start, *end]).moved(x, 0, z), material=material))
    return made
