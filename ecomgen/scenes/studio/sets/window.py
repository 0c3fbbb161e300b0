"""A table by a window; where snow was asked for, it lies on all that is seen through the panes."""

from __future__ import annotations

from dataclasses import replace

from ecomgen.scenes.studio.declarations.sets import Room
from ecomgen.scenes.studio.grounds import GROUNDS
from ecomgen.scenes.studio.primitives.types import Stage
from ecomgen.scenes.studio.sets import indoors
from ecomgen.scenes.studio.stage.shot import Shot


def build(shot: Shot, plan: Room) -> Stage:
    wish = shot.wish
    if "snow" not in (wish.surface, wish.ground) and wish.season != "winter":
        return indoors.build(shot, plan)
    surface = None if wish.surface in GROUNDS else wish.surface
    seen = tuple(dict.fromkeys((shot.turn("pines", "trees"), *wish.background)))
    told = replace(
        wish,
        surface=surface,
        ground=None,
        season="winter",
        background=seen,
        furniture=("window wall",),
        support="shelf",
    )
    return indoors.build(replace(shot, wish=told), plan)
