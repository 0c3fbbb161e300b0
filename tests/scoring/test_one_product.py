"""Photos of two products among each other."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring.drawn import bottle, mug

from ecomgen import samples
from ecomgen.scoring.one_product import strangers


def lit(rgba: np.ndarray, gain: float, angle: float) -> np.ndarray:
    """The product in another light, tilted."""
    middle = (rgba.shape[1] / 2, rgba.shape[0] / 2)
    turned = cv2.warpAffine(rgba, cv2.getRotationMatrix2D(middle, angle, 1), rgba.shape[1::-1])
    return np.dstack([np.clip(turned[..., :3] * gain, 0, 255).astype(np.uint8), turned[..., 3]])


@pytest.fixture(scope="module")
def views() -> dict[str, list[np.ndarray]]:
    def cutout(photo: str, mask: str) -> np.ndarray:
        rgba = np.dstack([cv2.imread(photo)[..., ::-1], cv2.imread(mask, cv2.IMREAD_GRAYSCALE)])
        return cv2.resize(rgba, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)

    every = samples.every()
    return {one.name: [cutout(*map(str, pair)) for pair in zip(one.photos, one.mattes, strict=True)] for one in every}


def test_views_of_one_product_are_not_called_two(views: dict[str, list[np.ndarray]]) -> None:
    assert [strangers(shots) for shots in views.values()] == [set()] * len(views)


@given(st.floats(0.75, 1.2), st.floats(-12, 12), st.integers(0, 2))
def test_light_and_tilt_make_no_other_product(gain: float, angle: float, at: int) -> None:
    shots = [bottle(), lit(bottle(), gain, angle)]
    assert strangers(shots) == set()
    shots.insert(at, mug())
    assert strangers(shots) == ({at} if at else {1, 2})


def test_one_photo_has_no_stranger() -> None:
    assert strangers([bottle()]) == set() == strangers([])
