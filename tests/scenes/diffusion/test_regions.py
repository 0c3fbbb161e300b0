"""Sizes, and which latent cells are painted."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ecomgen.scenes.diffusion import regions
from ecomgen.scenes.diffusion.regions import CELL, Size, Softness
from ecomgen.types import Box, Canvas

SIDES = st.integers(64, 8192)


@given(SIDES, SIDES)
def test_the_working_size_is_of_whole_cells_and_near_the_native_area(width: int, height: int) -> None:
    size = regions.working_size(Canvas(width=width, height=height), Size(512, 512))
    assert all(side % CELL == 0 and side >= 4 * CELL for side in size)
    if 1 / 8 < width / height < 8:
        assert abs(size.width * size.height / 512**2 - 1) < 0.06
        assert abs((size.width / size.height) / (width / height) - 1) < 0.06


def test_a_canvas_of_native_size_is_left_alone() -> None:
    assert regions.working_size(Canvas(width=512, height=512), Size(512, 512)) == (512, 512)


def alpha_of(box: Box) -> NDArray[np.uint8]:
    alpha = np.zeros((120, 160), np.uint8)
    alpha[box.y0 : box.y1, box.x0 : box.x1] = 255
    return alpha


def painted(alpha: NDArray[np.uint8], **softness: int) -> NDArray[np.uint8]:
    return np.asarray(regions.region(alpha, Softness(**softness)))


@given(st.integers(0, 80), st.integers(0, 60), st.integers(1, 80), st.integers(1, 60))
def test_only_cells_that_the_product_covers_are_kept(x: int, y: int, width: int, height: int) -> None:
    alpha = alpha_of(Box(x, y, x + width, y + height))
    kept = painted(alpha) == 0
    assert not (kept & (alpha < 255)).any()
    cells = kept.reshape(15, CELL, 20, CELL)
    assert (cells.all((1, 3)) == cells.any((1, 3))).all()
    inside = (slice(y + CELL, max(y + height - CELL, 0)), slice(x + CELL, max(x + width - CELL, 0)))
    assert kept[inside].all()


def test_the_region_is_what_the_product_does_not_cover() -> None:
    region = painted(alpha_of(Box(40, 40, 80, 80)))
    assert (region[40:80, 40:80] == 0).all()
    assert (region == 255).sum() == region.size - 40 * 40


def test_growing_takes_layers_of_cells_from_what_is_kept() -> None:
    grown = painted(alpha_of(Box(40, 40, 80, 80)), grow=1)
    assert (grown == 0).sum() == 24 * 24
    assert (painted(alpha_of(Box(40, 40, 80, 80)), grow=3) == 255).all()


def test_a_feather_fades_evenly_into_what_is_kept() -> None:
    row = painted(alpha_of(Box(40, 40, 80, 80)), feather=2)[60]
    assert [int(row[column]) for column in (36, 44, 52, 60)] == [255, 170, 85, 0]


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_softness_never_paints_less(grow: int, feather: int, more: int) -> None:
    alpha = alpha_of(Box(16, 16, 96, 104))
    assert (painted(alpha, grow=grow + more, feather=feather) >= painted(alpha, grow=grow, feather=feather)).all()


def test_the_border_lies_round_what_is_kept_and_holds_none_of_it() -> None:
    alpha = alpha_of(Box(40, 40, 80, 80))
    band = np.asarray(regions.border(alpha))
    assert (band[40:80, 40:80] == 0).all()
    assert (band[60, 24:40] == 255).all() and (band[60, :24] == 0).all()
    assert regions.border(np.zeros((64, 64), np.uint8)) is None
    assert regions.border(np.full((64, 64), 255, np.uint8)) is None


def test_nothing_kept_is_all_painted() -> None:
    assert (painted(np.zeros((64, 64), np.uint8), feather=2) == 255).all()
    assert (painted(np.full((64, 64), 255, np.uint8), feather=2) == 0).all()
