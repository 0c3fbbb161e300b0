"""Plain backgrounds and the painted contact shadow."""

from __future__ import annotations

import numpy as np
import pytest

from ecomgen.compositing import PRESETS, background, contact_shadow


@pytest.mark.parametrize("name", PRESETS)
def test_presets_fill_any_frame(name: str) -> None:
    for width, height in ((1, 1), (64, 48), (3, 200)):
        picture = background(name, width, height)
        assert picture is not None and picture.shape == (height, width, 3) and picture.dtype == np.uint8


def test_white_is_white_and_colours_are_exact() -> None:
    white, colour = background("white", 30, 20), background("#336699", 30, 20)
    assert white is not None and (white == 255).all()
    assert colour is not None and (colour == (0x33, 0x66, 0x99)).all()
    assert background("plaid", 4, 4) is None


def test_gradients_show_no_bands() -> None:
    """In a band, a whole stretch of rows has one value; dithered, no row of a wide picture has."""
    picture = background("gradient", 400, 400)
    assert picture is not None
    assert all(len(np.unique(row[:, 0])) > 1 for row in picture[20:-20])


def product(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    rgba = np.zeros((200, 200, 4), np.uint8)
    for x0, y0, x1, y1 in boxes:
        rgba[y0:y1, x0:x1, 3] = 255
    return rgba


def test_the_shadow_lies_where_the_product_touches() -> None:
    taken = contact_shadow(product((60, 40, 140, 150)))
    assert taken.shape == (200, 200) and taken.min() >= 0 and taken.max() <= 1
    assert taken[150, 100] > 0.4 and taken[152, 100] > taken[160, 100] > taken[190, 100]
    assert taken[:100].max() < 0.02 and taken[150, 10] < 0.02


def test_feet_cast_shadows_and_what_hangs_above_the_ground_does_not() -> None:
    table = product((40, 60, 160, 80), (40, 60, 55, 150), (145, 60, 160, 150))
    taken = contact_shadow(table)
    assert taken[151, 47] > 0.3 and taken[151, 152] > 0.3
    assert taken[151, 100] < 0.5 * taken[151, 47] and taken[84, 100] < 0.05


def test_an_empty_product_casts_none() -> None:
    assert contact_shadow(np.zeros((50, 40, 4), np.uint8)).max() == 0
