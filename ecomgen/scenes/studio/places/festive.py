"""A festive table: tree lights behind, baubles, presents and candles beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.places.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.building.shot import Shot
    from ecomgen.scenes.studio.building.stage import Stage


def build(shot: Shot) -> Stage:
    festive = Chamber(
        surfaces=("walnut", "weathered", "white"),
        furniture=("fir tree",),
        props=(shot.pick("gifts", "candle"), shot.pick("baubles", "pine branch")),
        window=0.0,
        sunny=0,
        flashed=True,
    )
    return indoors(shot, festive)
