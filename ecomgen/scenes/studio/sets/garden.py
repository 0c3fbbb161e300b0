"""A garden: a lawn with a stone or a board on it, bushes and trees out of focus, sun through leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    if "sunflowers" in shot.wish.background:  # some of the field's stand near by
        near = tuple(dict.fromkeys((*shot.wish.props, "sunflowers")))
        shot = replace(shot, wish=replace(shot.wish, props=near, amount=shot.wish.amount or "many"))
    garden = Scenery(
        grounds=("grass",),
        layers=(shot.pick("hedge", "hedge", "trees"),),
        stands=("stone", "travertine", "weathered", "teak"),
        dapple=0.6,
        overhang=0.25,
    )
    return outdoors(shot, garden)
