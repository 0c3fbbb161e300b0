"""A desk: notebooks, a cup, an office behind; or a workbench before a wall of tools."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    if "tools" in shot.wish.furniture:
        return indoors(_at_work(shot), Chamber(surfaces=("weathered", "oak", "teak"), window=0.0, sunny=0.3))
    props = (shot.pick("books", "plant"), shot.pick("notebook", "cup", "pens"))
    return indoors(shot, Chamber(surfaces=("birch", "oak", "white", "walnut"), furniture=("office",), props=props))


def _at_work(shot: Shot) -> Shot:
    """With tools and shavings on the bench, even where they are cut by the picture's edge."""
    props = tuple(dict.fromkeys((*shot.wish.props, "tools", "shavings")))
    return replace(shot, wish=replace(shot.wish, props=() if shot.wish.dressing == "none" else props))
