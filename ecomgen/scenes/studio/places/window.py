"""A table by a window: soft light from the side, the room and its window out of focus behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.places.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot
    from ecomgen.scenes.studio.stage import Stage

WINDOW = Chamber(surfaces=("oak", "oak", "walnut", "teak", "pine", "birch"), window=0.65)


def build(shot: Shot) -> Stage:
    return indoors(shot, WINDOW)
