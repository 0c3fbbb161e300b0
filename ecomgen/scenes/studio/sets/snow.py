"""Fresh snow; fir branches lie in it and hang over it where they are wished for."""

from __future__ import annotations

from ecomgen.scenes.studio.declarations.sets import Landscape
from ecomgen.scenes.studio.primitives.types import Stage
from ecomgen.scenes.studio.props.families.nature.conifers import fallen_branches, hanging_branches
from ecomgen.scenes.studio.sets import outdoors
from ecomgen.scenes.studio.stage.shot import Shot

FIR = "pine branch"


def build(shot: Shot, plan: Landscape) -> Stage:
    if FIR not in shot.wish.props:
        return outdoors.build(shot, plan)
    others = tuple(name for name in shot.wish.props if name != FIR)
    stage = outdoors.build(shot.wishing(props=others), plan)
    return stage.adding(*fallen_branches(shot, stage.things[0].shape), *hanging_branches(shot))
