"""Night with neon: a wet dark floor, a glowing tube in a plain form behind the product, a street of signs beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.backdrops.landscapes import landscape
from ecomgen.scenes.studio.building import lights, supports
from ecomgen.scenes.studio.building.finishes import worn
from ecomgen.scenes.studio.building.palette import from_oklch, hexadecimal
from ecomgen.scenes.studio.building.shapes import joined, tube
from ecomgen.scenes.studio.building.stage import Dome, Material, Stage, Thing
from ecomgen.scenes.studio.building.surfaces import chosen
from ecomgen.scenes.studio.grounds import GROUNDS
from ecomgen.scenes.studio.props.dressing import dressed

if TYPE_CHECKING:
    from ecomgen.scenes.studio.building.shapes import Shape
    from ecomgen.scenes.studio.building.shot import Shot
    from ecomgen.scenes.studio.building.stage import Colour, Softbox

DARK = Dome(zenith=(0.03, 0.035, 0.06), horizon=(0.035, 0.035, 0.06), nadir=(0.02, 0.02, 0.03))
PAIRS = ((335.0, 225.0), (350.0, 200.0), (300.0, 210.0), (25.0, 300.0), (195.0, 330.0), (60.0, 345.0))
"""Hues that glow well together."""


def build(shot: Shot) -> Stage:
    one, other = PAIRS[int(shot.rng.integers(len(PAIRS)))]
    wished = shot.wish.backdrop_colour
    first = hexadecimal(wished) if wished else from_oklch(0.66, 0.25, one)
    second = from_oklch(0.68, 0.19, other)
    key = lights.softbox(lights.towards(shot.side, azimuth=50, height=50), size=1.4, strength=0.9, colour=(1, 1, 1.05))
    rims = (_rim(-shot.side, first, 1.7), _rim(shot.side, second, 1.2))
    street = landscape(shot, lights.TIMES["night"], ("neon",), blur=shot.between(0.05, 0.09))
    return Stage(
        things=(*_ground(shot), *_tubes(shot, first, second), *dressed(shot, ())),
        lamps=(key, *rims),
        dome=DARK,
        backdrop=street.backdrop(12.0),
        aperture=0.03,
        exposure=-0.2,
        contrast=1.05,
    )


def _ground(shot: Shot) -> list[Thing]:
    """A wished ground of outdoors, else a floor, wet or polished."""
    if shot.wish.surface in GROUNDS:
        return worn(GROUNDS[str(shot.wish.surface)](shot, 0.0), shot)
    return [supports.floor(shot, chosen(shot, "wet", "wet", "black marble"), far=-8.0)]


def _full(tint: Colour) -> Colour:
    return lights.dimmed(tint, 1 / max(tint))


def _rim(side: float, tint: Colour, strength: float) -> Softbox:
    direction = lights.towards(side, azimuth=112, height=24)
    return lights.softbox(direction, size=1.2, strength=strength, colour=_full(tint))


def _tubes(shot: Shot, first: Colour, second: Colour) -> list[Thing]:
    """A ring, an arch, or bars on both sides, behind the product and larger than it."""
    z = -shot.between(0.9, 1.5)
    x = shot.frame.at(shot.frame.product_x, z)
    half = 0.5 * max(shot.frame.product_width, 0.62 * shot.frame.product_height) + shot.between(0.14, 0.26)
    form = shot.pick("ring", "arch", "bars", "bars")
    if form == "bars":
        return [
            _glowing(_bars(shot, half, -1).moved(x, 0, z), first),
            _glowing(_bars(shot, half, 1).moved(x, 0, z), second),
        ]
    turn = np.linspace(0, 2 * np.pi, 97) if form == "ring" else np.linspace(0, np.pi, 49)
    top = shot.frame.product_height * shot.between(0.5, 0.62) + (0.12 if form == "ring" else 0.1)
    path = np.stack([half * np.cos(turn), max(top, half + 0.1) + half * np.sin(turn), np.zeros_like(turn)], -1)
    if form == "arch":
        leg = [[half, y, 0] for y in np.linspace(0.0, path[0, 1], 16)[:-1]]
        path = np.concatenate([leg, path, np.multiply(leg[::-1], [-1, 1, 1])])
    return [_glowing(tube(path, np.full(len(path), 0.02), segments=20).moved(x, 0, z), first)]


def _bars(shot: Shot, half: float, side: int) -> Shape:
    """Two or three upright tubes of falling height."""
    found = []
    for k in range(int(shot.rng.integers(2, 4))):
        at, high = side * (half + 0.13 * k), shot.between(1.0, 1.5) * (1 - 0.2 * k)
        path = np.stack([np.full(8, at), np.linspace(0.0, high, 8), np.full(8, -0.1 * k)], -1)
        found.append(tube(path, np.full(8, 0.017), segments=20))
    return joined(found)


def _glowing(shape: Shape, tint: Colour) -> Thing:
    return Thing(shape=shape, material=Material(colour=(0.9, 0.9, 0.9), glow=lights.dimmed(_full(tint), 10.0)))
