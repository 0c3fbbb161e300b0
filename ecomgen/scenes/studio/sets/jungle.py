"""A jungle: dark leaves on all sides, a rock or wet earth, a shaft of sun."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ecomgen.scenes.studio.props.dressing import undergrowth
from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage

JUNGLE = Scenery(
    grounds=("moss", "undergrowth"),
    layers=("jungle",),
    stands=("stone", "slate", ""),
    hours=("afternoon", "noon"),
    blur=(0.04, 0.06),
    drop=0.14,
    dapple=0.7,
    overhang=0.9,
)


def build(shot: Shot) -> Stage:
    wild = tuple(name for name in shot.wish.props if name != "palm")  # here palms grow, and stand in no vase
    shot = replace(shot, wish=replace(shot.wish, props=wild))
    return outdoors(shot, JUNGLE).adding(*undergrowth(shot))
