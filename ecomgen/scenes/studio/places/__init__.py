"""The sets, one file each: a `build(shot)` that returns a stage. A new set is a new file and a line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot
    from ecomgen.scenes.studio.stage import Stage

PLACES = ("sweep", "window", "garden", "beach")
USUAL = "sweep"


def build(shot: Shot) -> Stage:
    """The stage of the wished place, else the usual one."""
    name = shot.wish.place if shot.wish.place in PLACES else USUAL
    return import_module(f"{__name__}.{name}").build(shot)
