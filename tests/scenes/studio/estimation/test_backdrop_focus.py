"""How far a photo is out of focus from row to row, by pictures whose blur is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ecomgen.scenes.studio.estimation.backdrop_focus import BLURRED, SHARP, at, bands, blur_of, sharp_row
from ecomgen.scenes.studio.estimation.backdrop_photo import read
from ecomgen.types import Backdrop

SIDE = 900


def floor(near: float, far: float = 0.0, *, grain: float = 0.0) -> np.ndarray:
    """A tiled floor that is blurred by so many pixels, its lower third and what is above it."""
    rng = np.random.default_rng(3)
    tiles = cv2.resize(rng.uniform(70, 190, (60, 60, 3)), (2 * SIDE, 2 * SIDE), interpolation=cv2.INTER_NEAREST)
    turned = cv2.getRotationMatrix2D((SIDE, SIDE), 30, 1)
    tiles = cv2.warpAffine(tiles, turned, (2 * SIDE, 2 * SIDE))[SIDE // 2 : -SIDE // 2, SIDE // 2 : -SIDE // 2]
    parts = [cv2.GaussianBlur(tiles, (0, 0), blur) if blur else tiles for blur in (far, near)]
    whole = np.concatenate([parts[0][: 2 * SIDE // 3], parts[1][2 * SIDE // 3 :]]) + rng.normal(0, grain, tiles.shape)
    return np.clip(whole, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("blur", [2.0, 4.0])
@pytest.mark.parametrize("grain", [0.0, 1.0])
def test_blur_is_told_in_pixels_with_a_cameras_grain_too(blur: float, grain: float) -> None:
    blurs = bands(floor(blur, grain=grain))
    assert at(blurs, 0.25) < SHARP and at(blurs, 0.75) == pytest.approx(blur, rel=0.35)


def test_what_shows_no_edges_is_not_said_to_be_blurred() -> None:
    plain = np.full((SIDE, SIDE, 3), 120, np.uint8)
    assert np.isnan(bands(plain)).all() and at(bands(plain), 0.8) == 0
    assert blur_of(plain, np.ones((SIDE, SIDE), bool)) == 0


def test_the_nearest_row_in_focus_is_taken_where_the_usual_one_is_not() -> None:
    row = sharp_row(bands(floor(4.0)), 0.8, 0.2, 0.95)
    assert row is not None and 0.55 < row < 0.68
    assert sharp_row(bands(floor(0.0)), 0.8, 0.2, 0.95) is None, "it is in focus already"
    assert sharp_row(bands(floor(4.0)), 0.8, 0.7, 0.95) is None, "there is no ground in focus"


def test_a_product_stands_by_rule_where_the_backdrop_is_in_focus() -> None:
    sky = np.full((SIDE // 3, SIDE, 3), 210, np.uint8)
    photos = [read(Backdrop(pixels=np.concatenate([sky, floor(near)[SIDE // 3 :]])), {}) for near in (0.0, 5.0)]
    assert photos[0].focus is None and photos[1].base == photos[1].focus
    assert photos[1].focus is not None and at(bands(floor(5.0)), photos[1].focus) < BLURRED
    assert read(Backdrop(pixels=sky), photos[1].parameters()) == photos[1]
