"""A roof or a wall before a skyline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.places.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot
    from ecomgen.scenes.studio.stage import Stage

CITY = Scenery(
    grounds=("asphalt",),
    layers=("city",),
    stands=("concrete", "granite"),
    hours=("afternoon", "golden", "dusk"),
    blur=(0.03, 0.06),
)


def build(shot: Shot) -> Stage:
    return outdoors(shot, CITY)
