"""A terrace at sunset: boards or stone tiles, the sea or hills behind, sometimes a string of lamps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.places.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot
    from ecomgen.scenes.studio.stage import Stage


def build(shot: Shot) -> Stage:
    layers = ("sea",) if shot.rng.random() < 0.5 else ("hills", "bokeh")
    terrace = Scenery(
        grounds=("deck",), layers=layers, hours=("golden", "golden", "dusk"), props=("plant",), aperture=0.03
    )
    return outdoors(shot, terrace)
