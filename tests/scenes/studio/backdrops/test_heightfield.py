"""Far land is seen as land is: what is near hides what is far, the sun's side is lit, and nothing stands above it."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.backdrops import heightfield
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.types import Box

SKY, FOOT = (9.0, 9.0, 9.0), -0.1
FLAT = np.ones((heightfield.CELLS, heightfield.CELLS), np.float32)


def painting() -> Painting:
    return Painting(frame_for(96, 96, Box(30, 24, 66, 78), 78, elevation=11), SKY)


def by_distance(seen: heightfield.Seen) -> np.ndarray:
    return np.repeat(np.broadcast_to(seen.distance, seen.x.shape)[..., None], 3, -1)


def painted(rise: float) -> np.ndarray:
    """The distance that each pixel shows, where a step as high as `rise` stands at the distance 3."""
    picture = painting()
    heightfield.painted(
        picture,
        heightfield.Relief(heights=FLAT, side=10.0),
        foot=FOOT,
        rise=lambda distance: rise * (np.abs(distance - 3) < 0.2),
        sun=(1.0, 1.0),
        colour=by_distance,
    )
    return picture.light[:, picture.shape[1] // 2, 0]


def test_level_land_ends_below_the_horizon_and_leaves_the_sky() -> None:
    picture, shown = painting(), painted(0.0)
    above = picture.y[:, 0] > 0
    assert (shown[above] == SKY[0]).all()
    land = shown[(picture.y[:, 0] < FOOT / heightfield.FARTHEST - 0.01) & (picture.y[:, 0] > FOOT + 0.01)]
    assert (np.diff(land) <= 0).all()  # downwards ever nearer
    assert land[0] > 3.5
    assert land[-1] < 1.3


def test_what_is_near_and_high_hides_what_lies_behind() -> None:
    shown = painted(0.6)
    assert shown[shown < SKY[0]].max() < 3.2


def test_the_sun_lights_the_flank_that_faces_it() -> None:
    ramp = np.broadcast_to(np.linspace(0, 1, heightfield.CELLS, dtype=np.float32), FLAT.shape)  # rises to the right
    relief = heightfield.Relief(heights=ramp, side=1.0)
    inner = slice(50, -50)
    from_left, from_right = (relief.lit(side, steep=0.5)[inner, inner].mean() for side in (-1.0, 1.0))
    assert from_left > 1.2 * from_right


def test_land_of_each_kind_is_a_field_of_heights_that_the_seed_repeats() -> None:
    for make in (
        lambda rng: heightfield.ridged(rng, broad=0.3, rough=0.03),
        lambda rng: heightfield.rolling(rng, broad=0.2),
        lambda rng: heightfield.crested(rng, broad=0.25),
    ):
        one, same, other = (make(np.random.default_rng(seed)) for seed in (4, 4, 5))
        assert one.shape == (heightfield.CELLS, heightfield.CELLS)
        assert np.ptp(one) > 0.4
        assert np.array_equal(one, same)
        assert not np.allclose(one, other)
