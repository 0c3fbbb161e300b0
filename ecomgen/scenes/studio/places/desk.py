"""A desk: notebooks, a cup, an office behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.places.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.building.shot import Shot
    from ecomgen.scenes.studio.building.stage import Stage


def build(shot: Shot) -> Stage:
    if "tools" in shot.wish.furniture:
        return indoors(shot, Chamber(surfaces=("weathered", "oak", "teak"), window=0.35, sunny=0.3, props=("cup",)))
    props = (shot.pick("books", "plant"), shot.pick("notebook", "cup", "pens"))
    return indoors(shot, Chamber(surfaces=("birch", "oak", "white", "walnut"), furniture=("office",), props=props))
