"""A beach with stones and pebbles strewn over its sand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.props.stones import strewn
from ecomgen.scenes.studio.sets import outdoors
from ecomgen.scenes.studio.stage.surfaces import SURFACES

if TYPE_CHECKING:
    from ecomgen.scenes.studio.sets.declaration import Landscape
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot, plan: Landscape) -> Stage:
    stage = outdoors.build(shot, plan)
    stones = () if shot.wish.surface in SURFACES else strewn(shot, count=int(shot.rng.integers(2, 9)))
    return stage.adding(*stones)
