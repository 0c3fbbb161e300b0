"""A kitchen worktop, with fruit, bowls or herbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.places.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot
    from ecomgen.scenes.studio.stage import Stage


def build(shot: Shot) -> Stage:
    props = (shot.pick("lemons", "bowl", "oranges", "plant"), shot.pick("bowl", "cup", "bottle"))
    surfaces = ("marble", "oak", "granite", "terrazzo", "birch")
    return indoors(shot, Chamber(surfaces=surfaces, furniture=("cupboards",), props=props, sunny=0.4))
