"""A seamless sweep in any colour, lit by a softbox, a window or a spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio import lights, supports
from ecomgen.scenes.studio.props.dressing import dressed
from ecomgen.scenes.studio.props.gobos import cast
from ecomgen.scenes.studio.stage import Dome, Softbox, Stage, Sun
from ecomgen.scenes.studio.surfaces import SURFACES, paint

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot

FILL = Dome(zenith=(0.5, 0.5, 0.52), horizon=(0.42, 0.42, 0.43), nadir=(0.3, 0.3, 0.3))
PLATE = 0.05  # the thickness of a disc of the wished surface
STYLES = {"soft": "softbox", "hard": "sun", "dappled": "sun"}


def build(shot: Shot) -> Stage:
    wish = shot.wish
    colour = paint(wish.backdrop_colour or wish.surface_colour, shot.palette.companion(shot.rng))
    far = -shot.between(1.6, 2.8)
    paper = supports.sweep(shot, colour, far=far, radius=shot.between(0.9, 1.8))
    things = [paper, *dressed(shot, ())]
    if wish.surface in SURFACES:
        things[0] = paper.moved(0, -PLATE)
        radius = 0.5 * shot.frame.product_width + shot.between(0.4, 0.6)
        things.append(supports.podium(shot, str(wish.surface), radius=radius, height=PLATE))
    style = STYLES.get(wish.hardness or "") or shot.pick("softbox", "softbox", "sun")
    if style == "softbox":
        return Stage(things=tuple(things), lamps=_softboxes(shot), dome=FILL, aperture=0.02)
    hour = lights.daylight(shot, "afternoon", "morning", "golden")
    sun = lights.sun_from(shot, hour, azimuth=shot.between(48, 75), height=shot.between(32, 42))
    return Stage(things=(*things, cast(shot, sun)), lamps=(sun,), dome=FILL, aperture=0.02)


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
