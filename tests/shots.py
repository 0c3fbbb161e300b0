"""Shots of a small picture, for tests that build sets and props without a photo."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.stage.frame import frame_above, frame_for
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.types import Box

BOX = Box(30, 24, 66, 78)


def shot(wish: Wish, seed: int = 1, *, units_per_metre: float = 4.5, box: Box = BOX, elevation: float = 11) -> Shot:
    """96 pixels a side, the product in `box`; the key light comes from the right."""
    above = wish.place == "flatlay"
    frame = frame_above(96, 96, box) if above else frame_for(96, 96, box, box.y1, elevation=elevation)
    return Shot(
        wish=wish, frame=frame, rng=np.random.default_rng(seed), side=1.0, seed=seed, units_per_metre=units_per_metre
    )
