"""A festive table: tree lights behind, baubles, presents and candles beside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ecomgen.scenes.studio.places.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.building.shot import Shot
    from ecomgen.scenes.studio.building.stage import Stage


def build(shot: Shot) -> Stage:
    if "pine branch" in shot.wish.props:  # branches lie on both sides
        shot = replace(shot, wish=replace(shot.wish, amount=shot.wish.amount or "many"))
    festive = Chamber(
        surfaces=("walnut", "weathered", "white"),
        furniture=("fir tree",),
        props=(shot.pick("gifts", "candle"), "pine branch", "baubles"),
        window=0.0,
        sunny=0,
        flashed=True,
    )
    return indoors(shot, festive)
