"""A floor by a wall: boards, a rug, a plant, low sun through a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    gym = "gym" in shot.wish.furniture
    floor = Chamber(
        surfaces=("floorboards",) if gym else ("floorboards", "rug"),
        on_floor=True,
        furniture=("sofa", "sideboard", "plant"),
        props=(shot.pick("yoga mat", "dumbbells") if gym else shot.pick("plant", "basket", "cushion"),),
    )
    return indoors(shot, floor)
