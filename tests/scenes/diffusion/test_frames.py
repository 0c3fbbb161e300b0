"""Which part of a canvas is made, in which windows, and how windows become one picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes.diffusion.placed import ask, block, hole, make

from ecomgen.scenes.diffusion.frames import Sheet, frame_for, ground_of, window_starts
from ecomgen.scenes.diffusion.regions import Size
from ecomgen.types import Box

NATIVE = Size(64, 64)


@given(st.integers(4, 400), st.integers(4, 64), st.floats(0, 1))
def test_windows_cover_everything_and_each_goes_on_from_what_is_there(cells: int, window: int, middle: float) -> None:
    length, window = 8 * cells, 8 * min(window, cells)
    done = np.zeros(length, bool)
    for number, start in enumerate(window_starts(length, window, middle * length)):
        assert start % 8 == 0 and 0 <= start <= length - window
        part = done[start : start + window]
        assert number == 0 or window < 24 or part.sum() >= window // 4
        part[:] = True
    assert done.all()


def test_a_canvas_of_the_models_shape_is_made_whole() -> None:
    frame = frame_for(block((96, 96)), NATIVE, "auto", "keep")
    assert frame.size == NATIVE and frame.windows == (Box(0, 0, 64, 64),)


@pytest.mark.parametrize("size", [(256, 64), (64, 256)])
def test_a_long_canvas_is_made_in_windows_of_the_models_size_from_the_product_outwards(size: tuple[int, int]) -> None:
    frame = frame_for(block(size), NATIVE, "auto", "keep")
    assert frame.size == Size(*size) and len(frame.windows) > 3
    assert all((window.width, window.height) == NATIVE for window in frame.windows)
    first = frame.windows[0]
    assert abs(first.x0 + 32 - size[0] / 2) <= 8 and abs(first.y0 + 32 - size[1] / 2) <= 8


def test_a_small_hole_is_made_at_the_models_size_and_the_rest_left() -> None:
    placed = hole((512, 384), Box(100, 200, 140, 240))
    frame = frame_for(placed, NATIVE, "auto", "replace")
    assert frame.box.x0 <= 90 and frame.box.x1 >= 150 and frame.box.width < 120
    assert frame_for(placed, NATIVE, "whole", "replace").box == Box(0, 0, 512, 384)


def test_what_is_pasted_back_leaves_the_rest_of_the_canvas_alone(tiny_inpaint: Path) -> None:
    placed = hole((256, 256), Box(40, 40, 60, 60))
    (scene,) = make(tiny_inpaint, "inpaint", ask(1, placement=placed, mode="replace"))
    far = np.ones((256, 256), bool)
    far[:128, :128] = False
    assert (scene.pixels[far] == (40, 60, 200)).all()
    assert (scene.pixels[40:60, 40:60] != (220, 180, 60)).any()
    assert "the part around what is replaced was generated at" in scene.notes[0]


def test_a_window_fades_into_the_one_before() -> None:
    frame = frame_for(block((128, 64)), NATIVE, "windows", "keep")
    sheet = Sheet(ground_of(block((128, 64)), frame), np.zeros((64, 128, 3), np.uint8))
    for number, window in enumerate(frame.windows):
        sheet.paste(window, np.full((64, 64, 3), 40 * number + 40, np.uint8))
    row = sheet.finished()[8].astype(int)[:, 0]
    assert np.abs(np.diff(row)).max() <= 8  # 40 levels apart, with no step between them
    assert row.min() >= 40


def test_windows_make_the_same_picture_again(tiny_inpaint: Path) -> None:
    first, again = (make(tiny_inpaint, "inpaint", ask(3, placement=block((128, 64))))[0] for _ in range(2))
    assert (first.pixels == again.pixels).all()
    assert first.notes == (f"generated in {len(frame_for(block((128, 64)), NATIVE, 'auto', 'keep').windows)} windows",)
