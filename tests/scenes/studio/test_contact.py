"""The dark line under a product."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ecomgen.scenes.studio.rendering.contact import PROFILE, UNDER_CLOUDS, evened, occluded
from ecomgen.scenes.studio.stage.frame import Frame, frame_above, frame_for
from ecomgen.types import Box

SIDE = 200


def block(top: int, bottom: int, left: int = 60, right: int = 140) -> NDArray[np.uint8]:
    alpha = np.zeros((SIDE, SIDE), np.uint8)
    alpha[top:bottom, left:right] = 255
    return alpha


def frame(bottom: int = 160, elevation: float = 15) -> Frame:
    return frame_for(SIDE, SIDE, Box(60, 60, 140, bottom), bottom, elevation=elevation)


def test_it_is_dark_under_a_foot_and_nowhere_else() -> None:
    light = np.ones((SIDE, SIDE, 3), np.float32)
    seen = occluded(light, block(60, 160), frame())
    assert seen[160, 100, 0] < 0.7
    assert seen[160, 100, 0] < seen[165, 100, 0] < seen[185, 100, 0]
    assert seen[185, 100, 0] > 0.9
    assert (seen[:110] == 1).all()
    assert seen[165, 10, 0] == pytest.approx(1)
    assert seen[157, 142, 0] < 0.95, "the ground beside a foot is as dark as that before it"


def test_under_clouds_it_is_dark_far_round_the_foot() -> None:
    light = np.ones((SIDE, SIDE, 3), np.float32)
    sunny, clouded = (occluded(light, block(60, 160), frame(), profile) for profile in (PROFILE, UNDER_CLOUDS))
    assert clouded[168, 100, 0] < 0.9 * sunny[168, 100, 0]
    assert clouded[165, 150, 0] < 0.95 * sunny[165, 150, 0]
    assert clouded[195, 100, 0] > 0.95


def test_what_hangs_over_the_ground_throws_no_contact() -> None:
    """A spout: seen from the side, its lower edge is far above the foot."""
    light = np.ones((SIDE, SIDE, 3), np.float32)
    alpha = np.maximum(block(60, 160, 60, 110), block(60, 90, 110, 140))
    seen = occluded(light, alpha, frame(elevation=12))
    assert seen[160, 80, 0] < 0.7
    assert seen[92, 125, 0] == pytest.approx(1)


def test_a_flat_lay_and_an_empty_canvas_stay_as_they_are() -> None:
    light = np.ones((SIDE, SIDE, 3), np.float32)
    box = Box(60, 60, 140, 160)
    assert (occluded(light, block(60, 160), frame_above(SIDE, SIDE, box)) == 1).all()
    assert (occluded(light, np.zeros((SIDE, SIDE), np.uint8), frame()) == 1).all()


def test_a_paw_that_stands_behind_has_a_dark_line_of_its_own() -> None:
    light = np.ones((SIDE, SIDE, 3), np.float32)
    alpha = np.maximum.reduce([block(60, 130), block(60, 160, 60, 80), block(60, 146, 120, 140)])
    seen = occluded(light, alpha, frame(elevation=25))
    assert seen[160, 70, 0] < 0.6
    assert seen[146, 130, 0] < 0.65
    assert seen[150, 100, 0] > 0.75, "between them it is light"
    assert (seen >= 0).all()


def test_from_a_near_foot_to_a_far_one_the_ground_darkens_without_a_seam() -> None:
    """Beside a forepaw whose outline ends lower than the next one's."""
    light = np.ones((SIDE, SIDE, 3), np.float32)
    alpha = np.maximum.reduce([block(60, 130), block(60, 160, 60, 100), block(60, 140, 100, 140)])
    seen = occluded(light, alpha, frame(elevation=25))[..., 0]
    ground = seen[163:, 90:115]
    assert np.abs(np.diff(ground, axis=1)).max() < 0.06


def test_a_line_that_goes_back_is_as_dark_as_one_across() -> None:
    alpha = np.zeros((SIDE, SIDE), np.uint8)
    for column in range(50, 150):
        toe = 160 if column > 110 else round(160 - 0.6 * (110 - column))
        alpha[toe - 45 : toe, column] = 255
    seen = occluded(np.ones((SIDE, SIDE, 3), np.float32), alpha, frame(elevation=22))[..., 0]
    across, back = seen[150:170, 130].min(), seen[132:152, 80].min()
    assert across < 0.6
    assert 1 - back > 0.92 * (1 - across)


def test_under_a_slanting_edge_the_dark_line_is_not_dashed() -> None:
    rows, columns = np.mgrid[0:200, 0:200]
    foot = 150 + (columns - 40) * 0.06  # rises by a row in some seventeen columns
    inside = (columns >= 40) & (columns < 160)
    alpha = (255 * np.clip(foot - rows, 0, 1) * inside * (rows > 60)).astype(np.uint8)
    below = rows - np.floor(foot)  # whole rows, as the stand-in's outline goes
    light = np.repeat(np.clip(0.1 + 0.3 * below, 0.1, 1.0)[..., None], 3, axis=2).astype(np.float32)

    def unevenness(picture: NDArray[np.float32]) -> float:
        return float(np.std([np.interp(foot[0, x] + 1, np.arange(200), picture[:, x, 0]) for x in range(60, 140)]))

    seen = evened(light, alpha, frame(bottom=158))
    assert unevenness(seen) < 0.5 * unevenness(light)
    assert np.array_equal(seen[:100], light[:100]) and np.array_equal(seen[170:], light[170:])


def test_where_nothing_stands_the_light_stays_as_it_is() -> None:
    light = np.random.default_rng(2).random((200, 200, 3)).astype(np.float32)
    assert np.array_equal(evened(light, np.zeros((200, 200), np.uint8), frame()), light)
