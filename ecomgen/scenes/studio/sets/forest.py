"""A forest floor: moss or fallen leaves, a slice of wood or a rock, light between the trunks; or a bamboo grove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.props.greenery import grove
from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    grounds = (
        ("leaves",)
        if shot.wish.season == "autumn"
        else ("moss",)
        if "bamboo" in shot.wish.background
        else ("moss", "moss", "leaves")
    )
    forest = Scenery(
        grounds=grounds,
        layers=("woods",),
        stands=("", "stone", "weathered"),
        drop=0.1,
        dapple=0.5,
        overhang=0.2,
    )
    stage = outdoors(shot, forest)
    return stage.adding(*grove(shot)) if "bamboo" in shot.wish.background else stage
