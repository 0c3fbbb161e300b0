"""A roof or a wall before a skyline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage

CITY = Scenery(
    grounds=("deck", "paving"),
    layers=("city",),
    hours=("golden", "dusk", "golden", "morning"),
    blur=(0.022, 0.045),
    aperture=0.05,
)


def build(shot: Shot) -> Stage:
    return outdoors(shot, CITY)
