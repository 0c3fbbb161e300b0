"""A bathroom shelf of stone or tiles, with towels, a plant or a bottle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    props = (shot.pick("towel", "eucalyptus", "candle", "plant"), shot.pick("bottle", "pebbles", "vase"))
    surfaces = ("marble", "travertine", "terrazzo", "tiles", "green marble")
    return indoors(shot, Chamber(surfaces=surfaces, furniture=("washstand",), props=props, sunny=0.35, warmth=400))
