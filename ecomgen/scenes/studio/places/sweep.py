"""A seamless sweep in any colour, lit by a softbox, a window or a spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio import lights, supports
from ecomgen.scenes.studio.props.gobos import leaves, window_bars
from ecomgen.scenes.studio.stage import Dome, Softbox, Stage, Sun
from ecomgen.scenes.studio.surfaces import paint

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot


def build(shot: Shot) -> Stage:
    wish = shot.wish
    colour = paint(wish.backdrop_colour or wish.surface_colour, shot.palette.companion(shot.rng))
    paper = supports.sweep(shot, colour, far=-shot.between(1.6, 2.8), radius=shot.between(0.9, 1.8))
    style = {"soft": "softbox", "hard": "bars", "dappled": "leaves"}.get(wish.hardness or "") or shot.pick(
        "softbox", "softbox", "bars", "leaves"
    )
    fill = Dome(zenith=(0.5, 0.5, 0.52), horizon=(0.42, 0.42, 0.43), nadir=(0.3, 0.3, 0.3))
    if style == "softbox":
        return Stage(things=(paper,), lamps=_softboxes(shot), dome=fill, aperture=0.02)
    hour = lights.daylight(shot, "afternoon", "morning", "golden")
    sun = lights.sun_from(shot, hour, azimuth=shot.between(55, 80), height=shot.between(32, 42))
    gobo = leaves(shot, sun) if style == "leaves" else window_bars(shot, sun)
    return Stage(things=(paper, gobo), lamps=(sun,), dome=fill, aperture=0.02)


def _softboxes(shot: Shot) -> tuple[Softbox | Sun, ...]:
    """A large key at the side, and often a spot that makes the wall glow behind the product."""
    warmth = lights.kelvin(shot.between(4900, 6100))
    direction = lights.towards(shot.side, azimuth=shot.between(50, 85), height=shot.between(38, 58))
    key = lights.softbox(direction, size=shot.between(1.1, 2.4), strength=1.7, colour=warmth)
    x = -shot.side * shot.between(0.2, 1.6)
    glow = Softbox(
        position=(x, 5.5, -1.0),
        target=(x * 0.4, 1.0, -3.6),
        width=1.2,
        height=1.2,
        radiance=lights.dimmed(warmth, shot.between(4, 16)),
    )
    return key, glow
