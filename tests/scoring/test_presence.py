"""Is the product there once and whole."""

from __future__ import annotations

import cv2
import distortions
import drawn
import numpy as np
import pytest

from ecomgen.scoring import judge
from ecomgen.scoring.identity.descriptor import Descriptor
from ecomgen.scoring.identity.frames import frame_of
from ecomgen.scoring.presence import alone, whole

BACK = distortions.backdrop(drawn.SIDE, 2 * drawn.SIDE, 4)


def shown(product: np.ndarray, *beside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The product on the left of a wide picture, others on its right; the picture and the product's mask."""
    clear = np.zeros_like(product)
    left, right = np.hstack([product, clear]), [np.hstack([clear, one]) for one in beside]
    picture = BACK
    for layer in (left, *right):
        picture = distortions.laid_over(layer, picture)
    return picture, left[..., 3] > 127


def moved(product: np.ndarray, scale: float, degrees: float) -> np.ndarray:
    return cv2.warpAffine(product, cv2.getRotationMatrix2D((256, 256), degrees, scale), (512, 512))


def test_one_product_is_alone(product: np.ndarray) -> None:
    picture, mask = shown(product)
    assert alone(picture, mask, Descriptor(frame_of(product))) == 1


def test_a_second_one_is_seen(product: np.ndarray) -> None:
    picture, mask = shown(product, moved(product, 0.8, 5))
    assert alone(picture, mask, Descriptor(frame_of(product))) == 0


def test_another_product_beside_it_is_no_second_one() -> None:
    picture, mask = shown(drawn.bottle(), drawn.mug())
    assert alone(picture, mask, Descriptor(frame_of(drawn.bottle()))) == 1


@pytest.mark.parametrize(("shift", "low", "high"), [(0, 1.0, 1.0), (120, 1.0, 1.0), (-280, 0.0, 0.2)])
def test_a_cut_product_is_not_whole(shift: int, low: float, high: float) -> None:
    mask = np.roll(drawn.bottle()[..., 3] > 127, shift, axis=1)
    mask = mask if shift >= 0 else np.where(np.arange(512) < 200, mask, False)
    assert low <= whole(mask) <= high


def test_it_is_said_in_words() -> None:
    product = drawn.box()
    picture, mask = shown(product, moved(product, 0.9, -4))
    told = judge(picture, drawn.subject(product), remask=lambda _: mask).findings
    assert any("second product" in finding for finding in told), told
