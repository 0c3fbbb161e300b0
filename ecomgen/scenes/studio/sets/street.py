"""A street with house fronts and passers-by out of focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    return outdoors(shot, Scenery(grounds=("cobbles", "asphalt"), layers=("street",), blur=(0.035, 0.06)))
