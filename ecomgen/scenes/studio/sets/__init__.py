"""The sets, one file each, with a `build(shot)` that returns a stage. A new set is a new file and a line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage

PLACES = (
    *("sweep", "podium", "paper", "fabric", "flatlay", "night"),
    *("window", "room", "kitchen", "bathroom", "desk", "cafe", "festive", "floor", "shelf"),
    *(
        "garden",
        "beach",
        "snow",
        "forest",
        "jungle",
        "mountains",
        "lake",
        "pool",
        "city",
        "street",
        "field",
        "terrace",
        "desert",
        "clouds",
    ),
)


def build(shot: Shot) -> Stage:
    """The stage of the shot's place."""
    return import_module(f"{__name__}.{shot.wish.place}").build(shot)
