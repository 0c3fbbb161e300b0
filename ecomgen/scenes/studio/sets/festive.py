"""A festive table with fir branches on it, whatever else is asked for."""

from __future__ import annotations

from dataclasses import replace

from ecomgen.scenes.studio.declarations.sets import Room
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.primitives.types import Stage
from ecomgen.scenes.studio.sets import indoors
from ecomgen.scenes.studio.stage.shot import Shot


def build(shot: Shot, plan: Room) -> Stage:
    return indoors.build(replace(shot, wish=_with_fir(shot.wish)), plan)


def _with_fir(wish: Wish) -> Wish:
    """Fir beside whatever else is asked for; where it is itself, on both sides. The tree is the one with lights."""
    wish = replace(wish, background=tuple(name for name in wish.background if name not in ("trees", "pines")))
    if "pine branch" in wish.props:
        return replace(wish, amount=wish.amount or "many")
    return replace(wish, props=(*wish.props, "pine branch")) if wish.props and wish.dressing != "none" else wish
