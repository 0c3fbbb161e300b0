"""The edge of a swimming pool: pale stone in the sun, turquoise water behind it, palms or a hedge beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    pool = Scenery(
        grounds=("pool",) if shot.wish.support == "afloat" else ("pool edge",),
        layers=(shot.pick("hedge", "trees", "palms", "house"),),
        hours=("morning", "afternoon", "afternoon"),
        dapple=0.35,
        overhang=0.2,
        blur=(0.05, 0.09),
    )
    return outdoors(shot, pool)
