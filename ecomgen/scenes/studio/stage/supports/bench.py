"""A bench of slats, with a back where nothing is asked for behind it."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, block, joined
from ecomgen.scenes.studio.primitives.types import Thing
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports.footprint import FRONT
from ecomgen.scenes.studio.stage.surfaces import material

SLAT, GAP, THICK = 0.085, 0.013, 0.03  # metres: how deep one is, what is open beside it, how thick it is
SEAT, LEAST = 0.42, 0.5  # how deep the seat is, in metres; how far it goes on behind the product, in units
BACK = 0.14, 0.26, 0.38  # metres above the seat: the middles of the back's slats
LEAN = 10.0  # degrees by which the back leans away


def bench(shot: Shot, surface: str, *, backed: bool) -> list[Thing]:
    """The bench, its seat the last thing, running out of the picture at the sides."""
    step, thick = (SLAT + GAP) * shot.units_per_metre, THICK * shot.units_per_metre
    near = FRONT + shot.uniform(0.05, 0.2)
    deep = step * np.ceil(max(SEAT * shot.units_per_metre, near + shot.reach + LEAST) / step)
    half = 1.25 * shot.frame.half_width(near - deep) + 0.5
    slat = block(2 * half, thick, SLAT * shot.units_per_metre, 0.005 * shot.units_per_metre)
    seat = [slat.moved(0, -thick, near - at) for at in np.arange(0.5 * step, deep, step).tolist()]
    made = [_planed(shot, surface, joined(seat), 2 * half, deep)]
    if backed:
        upright = slat.turned(x=90 - LEAN)
        tilt = np.tan(np.radians(LEAN))
        back = [
            upright.moved(0, at * shot.units_per_metre, near - deep - at * shot.units_per_metre * tilt) for at in BACK
        ]
        made.insert(0, _planed(shot, surface, joined(back), 2 * half, step * len(back)))
    return made


def _planed(shot: Shot, surface: str, shape: Shape, width: float, depth: float) -> Thing:
    return Thing(shape.draped(width, depth), material(shot, surface, width, depth))
