"""What colours add to the network's own likelihood."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ecomgen.masking.network.mask_upsampling import follow_edges, with_colours
from ecomgen.masking.signs import iou

RED, GREEN, BLUE = (200, 40, 40), (70, 140, 60), (60, 80, 190)


@pytest.fixture
def scene() -> tuple[np.ndarray, np.ndarray]:
    """A red square on green, of which the network is sure."""
    photo = np.full((120, 160, 3), GREEN, np.uint8)
    photo[30:90, 40:120] = RED
    soft = np.full((120, 160), 0.01, np.float32)
    soft[30:90, 40:120] = 0.99
    return photo, soft


def test_ground_beside_the_product_is_told_by_its_colour(scene: tuple[np.ndarray, np.ndarray]) -> None:
    photo, soft = scene
    soft[50:70, 120:140] = 0.6
    assert with_colours(photo, soft)[55:65, 124:136].max() < 0.5


def test_a_part_in_the_products_colour_is_won_back(scene: tuple[np.ndarray, np.ndarray]) -> None:
    photo, soft = scene
    photo[50:70, 120:140], soft[50:70, 120:140] = RED, 0.4
    assert with_colours(photo, soft)[55:65, 124:136].min() > 0.5


def test_a_colour_never_seen_changes_nothing(scene: tuple[np.ndarray, np.ndarray]) -> None:
    photo, soft = scene
    photo[50:70, 120:140], soft[50:70, 120:140] = BLUE, 0.6
    assert with_colours(photo, soft)[55:65, 124:136] == pytest.approx(0.6, abs=0.05)


@pytest.mark.parametrize(("likely", "stays"), [(0.8, True), (0.6, False)])
def test_a_label_in_the_grounds_colour_stays_and_an_opening_goes(
    scene: tuple[np.ndarray, np.ndarray], likely: float, stays: bool
) -> None:
    photo, soft = scene
    photo[50:70, 70:90], soft[50:70, 70:90] = GREEN, likely
    assert bool(with_colours(photo, soft)[55:65, 75:85].min() > 0.5) is stays


@pytest.mark.parametrize("value", [0.5, 0.99, 0.01])
def test_where_the_network_is_sure_of_one_side_only_nothing_is_learnt(value: float) -> None:
    soft = np.full((20, 30), value, np.float32)
    assert np.array_equal(with_colours(np.full((20, 30, 3), RED, np.uint8), soft), soft)


def test_where_colours_tell_nothing_the_edge_is_nearly_the_networks() -> None:
    """A disc that nothing but the network tells from the blotched ground: GrabCut alone cuts further into it."""
    rows, columns = np.indices((240, 320))
    disc = np.hypot(columns - 160, rows - 120) < 80
    blotches = cv2.GaussianBlur(np.random.default_rng(1).normal(0, 1, (240, 320, 3)), (0, 0), 3)
    photo = np.clip((150, 140, 128) + 20 * blotches / blotches.std(), 0, 255).astype(np.uint8)
    found = follow_edges(photo, cv2.GaussianBlur(disc.astype(np.float32), (0, 0), 2).astype(np.float32))
    assert iou(found, disc) > 0.97
