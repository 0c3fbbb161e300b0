"""A product that a model drew anew elsewhere: found again, and given back its true pixels where they fit."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ecomgen import placement, scoring
from ecomgen.compositing import put_back
from ecomgen.types import Box, Canvas, Cutout, Placement

PAPER = (240, 232, 215)
MOVED = np.array([[0.94, 0.03, 14.0], [-0.03, 0.94, 22.0]])


@pytest.fixture
def placed() -> Placement:
    """A box with a pattern that is different everywhere."""
    rng = np.random.default_rng(3)
    print_ = cv2.resize(
        rng.integers(20, 235, (16, 12, 3)).astype(np.uint8), (180, 240), interpolation=cv2.INTER_NEAREST
    )
    rgba = np.dstack([print_, np.full((240, 180), 255, np.uint8)])
    cutout = Cutout(rgba=rgba, box=Box(0, 0, 180, 240))
    return placement.place_product(cutout, Canvas(width=400, height=400))


def answer(placed: Placement) -> np.ndarray:
    """The product moved, smaller and softer on another ground, with a part of it painted over."""
    product = cv2.GaussianBlur(placed.product, (0, 0), 0.8)
    laid = cv2.warpAffine(product, MOVED, (400, 400), flags=cv2.INTER_CUBIC)
    alpha = laid[..., 3:] / 255
    picture = (laid[..., :3] * alpha + np.array([150, 170, 140]) * (1 - alpha)).astype(np.uint8)
    cv2.circle(picture, (200, 200), 30, (255, 0, 255), -1)
    return picture


def test_true_pixels_come_back_where_they_fit_alone(placed: Placement) -> None:
    picture = answer(placed)
    onto = scoring.refound(picture, placed)
    assert onto is not None and np.abs(onto - MOVED)[:, :2].max() < 0.01
    composed = put_back(placed.product, picture, onto)
    true = cv2.warpAffine(placed.product, MOVED, (400, 400), flags=cv2.INTER_CUBIC)
    inside = cv2.erode(true[..., 3], np.ones((15, 15))) == 255
    rows, columns = np.mgrid[:400, :400]
    spot = np.hypot(rows - 200, columns - 200)
    far, painted = inside & (spot > 45), spot < 22

    def away(one: np.ndarray) -> float:
        return float(np.abs(one.astype(int) - true[..., :3])[far].mean())

    assert away(composed.pixels) < 0.5 * away(picture)
    assert (composed.pixels[painted] == picture[painted]).all(-1).mean() > 0.95  # a square of the print is much like it
    assert np.array_equal(composed.pixels[:20], picture[:20]) and composed.notes


def test_letters_that_are_gone_leave_no_trace(placed: Placement) -> None:
    product = placed.product.copy()
    top, left = (int(line.min()) for line in np.nonzero(product[..., 3]))
    product[top + 40 : top + 120, left + 10 : left + 150, :3] = PAPER
    paper = product.copy()
    cv2.putText(product, "TEA", (left + 20, top + 100), cv2.FONT_HERSHEY_DUPLEX, 2, (40, 30, 30, 255), 3, cv2.LINE_AA)
    answer = cv2.warpAffine(cv2.GaussianBlur(paper, (0, 0), 0.8), MOVED, (400, 400), flags=cv2.INTER_CUBIC)[..., :3]
    composed = put_back(product, answer, MOVED)
    letters = np.abs(product[..., :3].astype(int) - paper[..., :3]).max(-1) > 20
    around = cv2.dilate(cv2.warpAffine(letters.astype(np.float32), MOVED, (400, 400)), np.ones((5, 5))) > 0.1
    assert composed.notes and around.sum() > 500
    assert np.abs(composed.pixels[around].astype(int) - answer[around]).max() <= 3


def test_what_is_not_there_is_not_found(placed: Placement) -> None:
    noise = np.random.default_rng(5).integers(0, 255, (400, 400, 3)).astype(np.uint8)
    assert scoring.refound(noise, placed) is None
