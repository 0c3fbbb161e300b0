"""A table in a living room: shelves, a sofa or a lamp behind, light from a window that is not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    props = (shot.pick("books", "cup", "vase", "plant", "eucalyptus"),)
    return indoors(shot, Chamber(surfaces=("oak", "walnut", "teak", "birch"), window=0.0, props=props, sunny=0.65))
