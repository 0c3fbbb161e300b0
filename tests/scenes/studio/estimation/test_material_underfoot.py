"""How far the material goes that a product stands on: up to a cloth's edge, over grain, joints and light."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ecomgen.scenes.studio.estimation import material_underfoot
from ecomgen.scenes.studio.stage.frame import Frame, frame_for
from ecomgen.types import Box

SIDE, BASE = 240, 150
BOX = Box(90, 60, 150, BASE)


@pytest.fixture
def frame() -> Frame:
    return frame_for(SIDE, SIDE, BOX, BASE, elevation=20)


@pytest.fixture
def alpha() -> np.ndarray:
    found = np.zeros((SIDE, SIDE), np.uint8)
    found[BOX.slices] = 255
    return found


def table() -> np.ndarray:
    """Brown boards with grain along them, joints, noise, and light that fades to a side."""
    rng = np.random.default_rng(4)
    grain = cv2.GaussianBlur(rng.normal(0, 30, (SIDE, SIDE)).astype(np.float32), (0, 0), sigmaX=20, sigmaY=0.7)
    photo = np.float32([150, 115, 80]) + 3 * grain[..., None] + rng.normal(0, 4, (SIDE, SIDE, 3))
    photo[10::34], photo[11::34] = 60, 60
    return photo * np.linspace(1.1, 0.7, SIDE)[None, :, None]


def share(photo: np.ndarray, alpha: np.ndarray, frame: Frame) -> np.ndarray:
    found = material_underfoot.share(np.clip(photo, 0, 255).astype(np.uint8), [alpha], frame)
    assert found.shape == (SIDE, SIDE, 1) and found.min() >= 0 and found.max() <= 1
    return found[..., 0]


def test_grain_joints_and_fading_light_are_no_borders(alpha: np.ndarray, frame: Frame) -> None:
    assert share(table(), alpha, frame)[BASE:, 60:180].mean() > 0.97


def test_a_soft_shadow_is_no_border(alpha: np.ndarray, frame: Frame) -> None:
    lit = 1 - 0.4 * np.clip((np.arange(SIDE) - 160) / 40, 0, 1)
    assert share(np.float32([150, 115, 80]) * lit[:, None, None] + np.zeros((SIDE, SIDE, 1)), alpha, frame).min() > 0.9


def test_it_ends_at_the_edge_of_a_cloth_before_the_product_and_of_one_under_it(alpha: np.ndarray, frame: Frame) -> None:
    before, under = table(), table()
    before[170:230, 40:200] = (225, 220, 210)
    under[100:170, 40:200] = (225, 220, 210)
    beyond = share(before, alpha, frame)
    assert beyond[BASE + 3 : 168, 60:180].mean() > 0.97 and beyond[172:228, 42:198].max() < 0.03
    within = share(under, alpha, frame)
    assert within[BASE + 3 : 168, 60:180].mean() > 0.97 and within[172:, 42:198].max() < 0.03


def test_where_nothing_is_seen_to_touch_the_ground_all_of_it_counts(frame: Frame) -> None:
    assert (share(table(), np.zeros((SIDE, SIDE), np.uint8), frame) == 1).all()
