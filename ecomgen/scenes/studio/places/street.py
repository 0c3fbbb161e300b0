"""A street with house fronts and passers-by out of focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.places.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.building.shot import Shot
    from ecomgen.scenes.studio.building.stage import Stage


def build(shot: Shot) -> Stage:
    return outdoors(shot, Scenery(grounds=("cobbles", "asphalt"), layers=("street",), blur=(0.035, 0.06)))
