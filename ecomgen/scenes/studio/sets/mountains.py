"""High pastures: a rock before mountains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage

MOUNTAINS = Scenery(
    grounds=("grass", "grass", "gravel"),
    layers=("mountains",),
    stands=("stone", "granite", "weathered"),
    hours=("morning", "afternoon", "afternoon", "golden"),
    blur=(0.014, 0.026),
    aperture=0.042,
)


def build(shot: Shot) -> Stage:
    return outdoors(shot, MOUNTAINS)
