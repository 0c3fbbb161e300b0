"""Fresh snow under firs or mountains, in cold clear light or under clouds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.places.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.building.shot import Shot
    from ecomgen.scenes.studio.building.stage import Stage


def build(shot: Shot) -> Stage:
    layers = ("pines",) if shot.rng.random() < 0.65 else ("mountains", "pines")
    return outdoors(
        shot,
        Scenery(
            grounds=("snow",),
            layers=layers,
            hours=("morning", "afternoon", "noon"),
            blur=(0.016, 0.032),
            exposure=-0.02,
            white_sky=0.6,
            veil=1.9,
        ),
    )
