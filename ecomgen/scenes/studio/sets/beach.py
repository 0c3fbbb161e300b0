"""A beach: rippled sand, the sea and the sky out of focus, low warm or high clear sun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.props.stones import strewn
from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors
from ecomgen.scenes.studio.stage.surfaces import SURFACES

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage

BEACH = Scenery(
    grounds=("sand",),
    layers=("surf",),
    hours=("afternoon", "morning", "noon", "golden"),
    drop=0.12,
    blur=(0.03, 0.055),
    dapple=0.4,
)


def build(shot: Shot) -> Stage:
    stage = outdoors(shot, BEACH)
    stones = () if shot.wish.surface in SURFACES else strewn(shot, count=int(shot.rng.integers(2, 9)))
    return stage.adding(*stones)
