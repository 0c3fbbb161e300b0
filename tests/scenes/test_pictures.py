"""What a diffusion model starts from."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ecomgen.scenes.diffusion import pictures
from ecomgen.scenes.diffusion.pictures import CELL, Size
from ecomgen.types import Box, Canvas, Placement

SIDES = st.integers(64, 8192)


def placed(box: Box, colour: tuple[int, int, int] = (200, 30, 30)) -> Placement:
    rgba = np.zeros((120, 160, 4), np.uint8)
    rgba[box.y0 : box.y1, box.x0 : box.x1] = (*colour, 255)
    return Placement(
        canvas=Canvas(width=160, height=120),
        product=rgba,
        box=box,
        scale=1.0,
        contact_y=box.y1 - 1,
    )


@given(SIDES, SIDES)
def test_the_working_size_is_of_whole_cells_and_near_the_native_area(width: int, height: int) -> None:
    size = pictures.working_size(Canvas(width=width, height=height), Size(512, 512))
    assert all(side % CELL == 0 and side >= 4 * CELL for side in size)
    if 1 / 8 < width / height < 8:
        assert abs(size.width * size.height / 512**2 - 1) < 0.06
        assert abs((size.width / size.height) / (width / height) - 1) < 0.06


def test_a_canvas_of_native_size_is_left_alone() -> None:
    assert pictures.working_size(Canvas(width=512, height=512), Size(512, 512)) == (512, 512)


@given(st.integers(0, 80), st.integers(0, 60), st.integers(1, 80), st.integers(1, 60))
def test_only_cells_that_the_product_covers_are_kept(x: int, y: int, width: int, height: int) -> None:
    alpha = np.zeros((120, 160), np.uint8)
    alpha[y : y + height, x : x + width] = 255
    kept = pictures.kept_cells(alpha)
    assert not (kept & (alpha < 255)).any()
    cells = kept.reshape(15, CELL, 20, CELL)
    assert (cells.all((1, 3)) == cells.any((1, 3))).all()
    inside = (slice(y + CELL, max(y + height - CELL, 0)), slice(x + CELL, max(x + width - CELL, 0)))
    assert kept[inside].all()


def test_the_region_is_what_the_product_does_not_cover() -> None:
    region = np.asarray(pictures.region(placed(Box(40, 40, 80, 80)), Size(160, 120)))
    assert (region[40:80, 40:80] == 0).all()
    assert (region == 255).sum() == region.size - 40 * 40


def test_the_first_image_shows_the_product_on_a_darker_floor() -> None:
    first = np.asarray(pictures.over_backdrop(placed(Box(60, 40, 100, 90)), Size(160, 120)))
    assert (first[45:85, 65:95] == (200, 30, 30)).all()
    wall, floor, shadow = (first[row, column].mean() for row, column in ((5, 10), (115, 10), (92, 80)))
    assert wall > floor > shadow


def test_the_hole_is_filled_with_the_colours_around_it() -> None:
    surroundings = placed(Box(0, 0, 160, 120), colour=(20, 120, 220))
    surroundings.product[40:80, 60:100, 3] = 0
    surroundings.product[40:80, 60:100, :3] = 255
    first = np.asarray(pictures.over_blur(surroundings, Size(160, 120))).astype(int)
    assert np.abs(first - (20, 120, 220)).max() <= 1


def test_an_empty_canvas_still_gives_a_picture() -> None:
    nothing = placed(Box(0, 0, 0, 0))
    assert np.asarray(pictures.over_blur(nothing, Size(160, 120))).shape == (120, 160, 3)
    assert (np.asarray(pictures.region(nothing, Size(160, 120))) == 255).all()
