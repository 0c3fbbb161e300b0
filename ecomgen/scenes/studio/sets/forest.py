"""A forest, or a bamboo grove, whose nearest canes are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.props.vegetation import grove
from ecomgen.scenes.studio.sets import outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.sets.declaration import Landscape
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot, plan: Landscape) -> Stage:
    stage = outdoors.build(shot, plan)
    return stage.adding(*grove(shot)) if "bamboo" in shot.wish.background else stage
