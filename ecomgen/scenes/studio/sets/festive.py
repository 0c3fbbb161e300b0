"""A festive table: tree lights behind, fir branches, baubles, presents and candles beside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.prompt.wish import Wish
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    shot = replace(shot, wish=_with_fir(shot.wish))
    festive = Chamber(
        surfaces=("walnut", "weathered", "white"),
        furniture=("fir tree",),
        props=(shot.pick("gifts", "candle"), "pine branch", "baubles"),
        window=0.0,
        sunny=0,
        flashed=True,
    )
    return indoors(shot, festive)


def _with_fir(wish: Wish) -> Wish:
    """Fir beside whatever else is asked for; where it is itself, on both sides."""
    if "pine branch" in wish.props:
        return replace(wish, amount=wish.amount or "many")
    return replace(wish, props=(*wish.props, "pine branch")) if wish.props and wish.dressing != "none" else wish
