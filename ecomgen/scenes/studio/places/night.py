"""Night with neon: a wet dark floor, glowing tubes, a city's lamps out of focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio import lights, supports
from ecomgen.scenes.studio.backdrops.landscapes import landscape
from ecomgen.scenes.studio.palette import from_oklch, hexadecimal
from ecomgen.scenes.studio.props.dressing import dressed
from ecomgen.scenes.studio.shapes import tube
from ecomgen.scenes.studio.stage import Dome, Material, Stage, Thing
from ecomgen.scenes.studio.surfaces import chosen

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot
    from ecomgen.scenes.studio.stage import Colour

DARK = Dome(zenith=(0.10, 0.11, 0.16), horizon=(0.12, 0.12, 0.18), nadir=(0.05, 0.05, 0.07))


def build(shot: Shot) -> Stage:
    wished = shot.wish.backdrop_colour
    first = hexadecimal(wished) if wished else from_oklch(0.68, 0.24, shot.between(300, 370))
    second = from_oklch(0.72, 0.17, float(shot.rng.choice([205, 250, 150, 60])))
    floor = supports.floor(shot, chosen(shot, "wet", "wet", "black marble"), far=-8.0)
    tubes = [_tube(shot, first, -shot.side), _tube(shot, second, shot.side)]
    front = lights.towards(shot.side, azimuth=40, height=48)
    key = lights.softbox(front, size=1.4, strength=0.8, colour=(1, 1, 1.05))
    rims = [_rim(-shot.side, first), _rim(shot.side, second)]
    city = landscape(shot, lights.TIMES["night"], ("city",), blur=shot.between(0.06, 0.10))
    return Stage(
        things=(floor, *tubes, *dressed(shot, ())),
        lamps=(key, *rims),
        dome=DARK,
        backdrop=city.backdrop(16.0),
        aperture=0.025,
        exposure=-0.35,
    )


def _full(tint: Colour) -> Colour:
    return lights.dimmed(tint, 1 / max(tint))


def _rim(side: float, tint: Colour):
    direction = lights.towards(side, azimuth=115, height=25)
    return lights.softbox(direction, size=1.2, strength=2.6, colour=_full(tint))


def _tube(shot: Shot, tint: Colour, side: float) -> Thing:
    """A leaning, glowing tube behind the product, on one side."""
    z = -1.4
    x = shot.frame.at(shot.frame.product_x + side * (0.5 * shot.frame.product_width + shot.between(0.15, 0.5)), z)
    along = np.linspace(0, 1, 12)
    high, lean = shot.between(1.1, 1.7), shot.between(-0.25, 0.25)
    path = np.stack([x + lean * along, 0.08 + high * along, np.full(12, z)], -1)
    glow = lights.dimmed(_full(tint), 9.0)
    return Thing(shape=tube(path, np.full(12, 0.022)), material=Material(colour=(0.9, 0.9, 0.9), glow=glow))
