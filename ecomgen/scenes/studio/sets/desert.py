"""A desert: rippled sand, dunes to the horizon, hard warm sun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    hours = ("golden", "afternoon", "golden")
    desert = Scenery(grounds=("sand",), layers=("dunes",), stands=("", "", "stone"), hours=hours, blur=(0.014, 0.03))
    return outdoors(shot, desert)
