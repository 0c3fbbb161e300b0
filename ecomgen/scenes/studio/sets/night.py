"""Night with neon, as photographed: a soft box lights the product and the wet ground round it, the neon is behind.

The product keeps the light of its photo, so the ground on which it stands is lit alike; tubes and signs glow far behind
and lie in the wet ground as streaks.
"""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.backdrops import landscape
from ecomgen.scenes.studio.declarations.sets import Studio
from ecomgen.scenes.studio.grounds import GROUNDS, underfoot
from ecomgen.scenes.studio.primitives.palette import from_oklch, hexadecimal, is_grey
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Dome, Material, Stage, Thing
from ecomgen.scenes.studio.props.arrangement import arrange_props
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.finishes import finished_ground
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import tables
from ecomgen.scenes.studio.stage.surfaces import chosen

DARK = Dome(zenith=(0.03, 0.035, 0.06), horizon=(0.035, 0.035, 0.06), nadir=(0.02, 0.02, 0.03))
PAIRS = ((335.0, 225.0), (350.0, 200.0), (300.0, 210.0), (25.0, 300.0), (195.0, 330.0), (60.0, 345.0))
"""Hues that glow well together."""


def build(shot: Shot, plan: Studio) -> Stage:
    one, other = PAIRS[int(shot.rng.integers(len(PAIRS)))]
    neon, behind = shot.wish.light_colour, shot.wish.backdrop_colour
    told = neon or (behind if behind and not is_grey(hexadecimal(behind)) else None)
    first = hexadecimal(told) if told else from_oklch(0.66, 0.25, one)
    second = hexadecimal(shot.wish.second_light or neon) if neon else from_oklch(0.68, 0.19, other)
    street = landscape(shot, lights.TIMES[plan.hours[0]], ("neon",), blur=shot.uniform(0.045, 0.07))
    return Stage(
        things=(*_ground(shot, plan), *_tubes(shot, first, second), *arrange_props(shot, ())),
        lamps=(lights.flash(shot),),
        dome=DARK,
        backdrop=street.backdrop(12.0),
        aperture=0.06,
        exposure=0.1,
        flashed=True,
    )


def _ground(shot: Shot, plan: Studio) -> list[Thing]:
    """A wished ground of outdoors, else a floor, wet or polished."""
    if shot.wish.surface in GROUNDS:
        return finished_ground(underfoot(str(shot.wish.surface), shot), shot)
    return [tables.floor(shot, chosen(shot, *plan.surfaces), far=-8.0)]


def _full(tint: Colour) -> Colour:
    return lights.dimmed(tint, 1 / max(tint))


def _tubes(shot: Shot, first: Colour, second: Colour) -> list[Thing]:
    """Upright tubes of falling height, far behind and to the sides of the product, out of focus."""
    frame = shot.frame
    found = []
    for side, tint in ((-shot.order, first), (shot.order, second)):
        z = -shot.uniform(2.6, 4.2)
        inner = frame.product_x + side * (0.5 * frame.product_width + shot.uniform(0.06, 0.2))
        edge = side * frame.right
        x = frame.at(inner + shot.uniform(0.25, 0.8) * (edge - inner), z)
        found.append(_glowing(_bars(shot, side).moved(x, 0, z), tint))
    return found


def _bars(shot: Shot, side: float) -> Shape:
    """Two or three of them, each behind the other and farther out."""
    found = []
    for k in range(int(shot.rng.integers(2, 4))):
        at, high = side * 0.22 * k, shot.uniform(1.5, 2.3) * (1 - 0.2 * k)
        path = xyz(at, np.linspace(0.0, high, 8), -0.3 * k)
        found.append(tube(path, 0.022, segments=20))
    return joined(found)


def _glowing(shape: Shape, tint: Colour) -> Thing:
    return Thing(shape, Material((0.9, 0.9, 0.9), glow=lights.dimmed(_full(tint), 7.0)))
