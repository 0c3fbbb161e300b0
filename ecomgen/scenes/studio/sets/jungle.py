"""A jungle: palms grow in it, and stand in no vase."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ecomgen.scenes.studio.props.vegetation import undergrowth
from ecomgen.scenes.studio.sets import outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.sets.declaration import Landscape
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot, plan: Landscape) -> Stage:
    wild = tuple(name for name in shot.wish.props if name != "palm")
    shot = replace(shot, wish=replace(shot.wish, props=wild))
    return outdoors.build(shot, plan).adding(*undergrowth(shot))
