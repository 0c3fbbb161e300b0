"""Fresh snow under firs or mountains, in cold clear light or under clouds; fir branches lie in it where wished."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ecomgen.scenes.studio.props.conifers import fallen_branches, hanging_branches
from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage

FIR = "pine branch"


def build(shot: Shot) -> Stage:
    layers = ("pines",) if shot.rng.random() < 0.65 else ("mountains", "pines")
    scenery = Scenery(
        grounds=("snow",),
        layers=layers,
        hours=("morning", "afternoon", "noon"),
        blur=(0.016, 0.032),
        exposure=-0.02,
        white_sky=0.2,
        veil=2.6,
    )
    if FIR not in shot.wish.props:
        return outdoors(shot, scenery)
    others = tuple(name for name in shot.wish.props if name != FIR)
    stage = outdoors(replace(shot, wish=replace(shot.wish, props=others)), scenery)
    return stage.adding(*fallen_branches(shot, stage.things[0].shape), *hanging_branches(shot))
