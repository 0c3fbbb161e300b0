"""A field: stalks or a dirt road, open land to the horizon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    ground, layer = ("soil", "hills") if shot.rng.random() < 0.4 else ("wheat", "wheat")
    field = Scenery(
        grounds=(ground,), layers=(layer,), stands=("", "weathered"), hours=("golden", "afternoon"), drop=0.12
    )
    return outdoors(shot, field)
