"""A flat lay: everything lies on one surface and is seen from straight above."""

from __future__ import annotations

from ecomgen.scenes.studio.declarations.sets import Studio
from ecomgen.scenes.studio.primitives.shapes import wall
from ecomgen.scenes.studio.primitives.types import Dome, Stage, Sun, Thing
from ecomgen.scenes.studio.props.arrangement import laid
from ecomgen.scenes.studio.props.gobos import cast
from ecomgen.scenes.studio.sets.chance import names
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import cloths
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, chosen, material

PAINTED = ("paper", "plaster")  # what lies below in a colour of which no more is told
FILL = Dome(zenith=(0.24, 0.24, 0.25), horizon=(0.21, 0.21, 0.215), nadir=(0.18, 0.18, 0.18))


def build(shot: Shot, plan: Studio) -> Stage:
    frame = shot.frame
    width, depth = 2.4 * frame.right, 1.2 * (frame.top - frame.bottom)
    middle = (frame.top + frame.bottom) / 2
    left, bottom, right, upper = -width / 2, middle - depth / 2, width / 2, middle + depth / 2
    surface = chosen(shot, *(PAINTED if shot.wish.backdrop_colour else plan.surfaces))
    shot = shot.wishing(surface_colour=shot.wish.surface_colour or shot.wish.backdrop_colour)
    if surface in CLOTHS:
        top = cloths.facing(shot, surface, (left, bottom, right, upper))
    else:
        flat = wall(left, right, bottom, upper, 0.0)
        top = Thing(flat, material(shot, surface, width, depth))
    hour = lights.daylight(shot, *plan.hours)
    slant = (shot.side * shot.uniform(0.45, 0.75), shot.uniform(0.35, 0.6), 0.75)
    sun = Sun(towards=slant, spread=shot.uniform(4, 9), irradiance=lights.dimmed(lights.kelvin(hour.kelvin), 2.6))
    things = [top, *laid(shot, names(shot, plan.props))]
    if shot.wish.hardness == "dappled" or shot.rng.random() < 0.35:
        things.append(cast(shot, sun))
    return Stage(things=tuple(things), lamps=(sun,), dome=FILL, aperture=0.0, upward=(0.0, 0.0, 1.0))
