"""A desk; where it is a workbench, with tools and shavings on it."""

from __future__ import annotations

from ecomgen.scenes.studio.declarations.sets import Room
from ecomgen.scenes.studio.primitives.types import Stage
from ecomgen.scenes.studio.sets import indoors
from ecomgen.scenes.studio.stage.shot import Shot


def build(shot: Shot, plan: Room) -> Stage:
    return indoors.build(_at_work(shot) if "tools" in shot.wish.furniture else shot, plan)


def _at_work(shot: Shot) -> Shot:
    """With tools and shavings on the bench, even where they are cut by the picture's edge."""
    props = tuple(dict.fromkeys((*shot.wish.props, "tools", "shavings")))
    return shot.wishing(props=() if shot.wish.dressing == "none" else props)
