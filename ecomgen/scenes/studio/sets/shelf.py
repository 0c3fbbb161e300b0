"""A shelf on a wall: a board, the wall close behind, a few things beside."""

from __future__ import annotations

from ecomgen.scenes.studio.props.arrangement import dressed
from ecomgen.scenes.studio.props.gobos import cast
from ecomgen.scenes.studio.sets import fabric
from ecomgen.scenes.studio.sets.chance import names
from ecomgen.scenes.studio.sets.declaration import Studio
from ecomgen.scenes.studio.sets.indoors import FILL
from ecomgen.scenes.studio.stage import lights, supports
from ecomgen.scenes.studio.stage.shapes import wall
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, chosen, paint
from ecomgen.scenes.studio.stage.types import Material, Stage, Thing


def build(shot: Shot, plan: Studio) -> Stage:
    if shot.wish.surface in CLOTHS:  # as shops lay out what is small and dear
        return fabric.build(shot, plan)
    far = min(-shot.between(1.0, 1.3), -shot.reach - 0.2)
    half = shot.frame.half_width(far) * 2
    colour = paint(shot.wish.backdrop_colour, shot.companion())
    behind = Thing(shape=wall(-half, half, -6, 12, far), material=Material(colour=colour))
    board = supports.table(shot, chosen(shot, *plan.surfaces), far=far + 0.02, thickness=0.09)
    props = names(shot, plan.props)
    hour = lights.daylight(shot, *plan.hours)
    soft = lights.towards(-shot.side, azimuth=20, height=58)  # clear of the sun, which its square would shade
    key = lights.softbox(soft, size=1.6, strength=1.2, colour=lights.kelvin(hour.kelvin + 400))
    sun = lights.sun_from(shot, hour, azimuth=shot.span("azimuth", 50, 72, wider=14), height=shot.height(30, 40))
    walls = () if shot.wish.wall else (behind,)
    things = (board, *walls, cast(shot, sun), *dressed(shot, props, far=far + 0.02))
    return Stage(things=things, lamps=(key, sun), dome=FILL, aperture=0.03)
