"""A garden, the edge of a field of sunflowers, of which some stand near by, or the bench of a greenhouse."""

from __future__ import annotations

from ecomgen.scenes.studio.declarations.sets import Landscape
from ecomgen.scenes.studio.primitives.types import Stage
from ecomgen.scenes.studio.sets import outdoors
from ecomgen.scenes.studio.stage.shot import Shot


def build(shot: Shot, plan: Landscape) -> Stage:
    if "sunflowers" in shot.wish.background:
        near = tuple(dict.fromkeys((*shot.wish.props, "sunflowers")))
        shot = shot.wishing(props=near, amount=shot.wish.amount or "many")
    wish = shot.wish
    if "greenhouse" in wish.background and not (wish.support or wish.surface or wish.ground):
        shot = shot.wishing(support="table")
    return outdoors.build(shot, plan)
