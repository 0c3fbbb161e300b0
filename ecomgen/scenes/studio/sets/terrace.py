"""A terrace at sunset: boards or stone tiles, the sea or hills behind, sometimes a string of lamps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    far = shot.pick("sea", "hills", "hedge", "city")
    lamps = ("string_lights",) if shot.rng.random() < 0.6 else ()
    props = (shot.pick("plant", "lantern", "wine glass"),) if shot.rng.random() < 0.5 else ()
    terrace = Scenery(
        grounds=("deck", "deck", "paving"),
        layers=(far, *lamps),
        hours=("golden", "golden", "dusk"),
        props=props,
        aperture=0.05,
        overhang=0.25,
    )
    return outdoors(shot, terrace)
