"""A low sun is seen in the sky, on the side that it lights."""

from __future__ import annotations

import numpy as np
import pytest

from ecomgen.scenes.studio.backdrops import landscape
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.scenes.studio.stage.lights import TIMES
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.types import Box

FRAME = frame_for(96, 96, Box(30, 24, 66, 78), 78, elevation=11)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_the_sun_stands_over_the_sea_at_sunset_and_in_no_overcast_sky(side: float, seed: int) -> None:
    def seen(wish: Wish) -> np.ndarray:
        shot = Shot(wish=wish, frame=FRAME, rng=np.random.default_rng(seed), side=side, seed=seed)
        return landscape(shot, TIMES["golden"], ["sea"], blur=0.02).light.mean(-1)

    sunny = seen(Wish(place="beach", time="golden"))
    column = int(np.argmax(sunny.max(0)))
    assert sunny.max() > 2.0
    assert np.sign(column - sunny.shape[1] / 2) == side
    assert seen(Wish(place="beach", time="golden", weather="overcast")).max() < 2.0
