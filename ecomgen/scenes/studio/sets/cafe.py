"""A café table: a dark room, warm hanging lamps, a cup of coffee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    cafe = Chamber(
        surfaces=("walnut", "marble", "teak", "oak"),
        furniture=("bar",),
        props=("cup",),
        window=float(shot.rng.random() < 0.35) * 0.4,
        warmth=-900,
        sunny=0.25,
    )
    return indoors(shot, cafe)
