"""A jungle: dark leaves on all sides, a rock or wet earth, a shaft of sun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.places.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot
    from ecomgen.scenes.studio.stage import Stage

JUNGLE = Scenery(
    grounds=("moss", "soil"),
    layers=("jungle",),
    stands=("stone", "slate", ""),
    hours=("afternoon", "noon"),
    props=("plant",),
    drop=0.14,
    dapple=0.7,
    overhang=0.9,
)


def build(shot: Shot) -> Stage:
    return outdoors(shot, JUNGLE)
