"""What the model starts from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scenes.diffusion.placed import ask, block, hole, make, view

from ecomgen.errors import UsageError
from ecomgen.scenes.diffusion.first_image import corner, first_image
from ecomgen.types import Box, Canvas, Scene


def test_a_plain_corner_has_a_floor_that_reaches_above_the_contact_and_a_shadow() -> None:
    levels = corner(block((64, 96)))[..., 0].astype(int)
    assert levels.shape == (96, 64)
    assert levels[0, 0] > levels[-1, 0]
    contact = 72
    assert levels[contact, 32] < levels[contact, 0]
    assert levels[contact - 4, 0] < levels[0, 0]


def test_the_photos_background_is_laid_so_that_the_products_meet() -> None:
    placed = replace(block((96, 96)), box=Box(24, 24, 72, 72))
    picture = first_image(ask(1, placement=placed, views=(view(),)), "photo")(1).pixels
    assert picture.shape == (96, 96, 3)
    green = (np.abs(picture.astype(int) - (30, 160, 60)) < 12).all(axis=2)
    rows, columns = np.nonzero(green)
    assert abs(rows.min() - 24) <= 2 and abs(columns.max() - 71) <= 2
    assert picture[0, 0, 0] < picture[-1, 0, 0]  # the gradient of the photo


def test_a_photo_is_needed_for_its_background() -> None:
    with pytest.raises(UsageError, match="--init"):
        first_image(ask(1), "photo")


def test_what_is_replaced_starts_from_the_colours_around_it() -> None:
    picture = first_image(ask(1, placement=hole(), mode="replace"), "auto")(1).pixels
    assert np.abs(picture[20:28, 20:28].astype(int) - (40, 60, 200)).max() <= 3


def test_the_photos_blur_knows_nothing_of_the_product() -> None:
    placed = replace(block((48, 48)), box=Box(12, 12, 36, 36))
    placed.product[12:36, 12:36] = (30, 160, 60, 255)
    picture = first_image(ask(1, placement=placed, views=(view(),)), "blur")(1).pixels.astype(int)
    assert (np.abs(picture - picture.mean(axis=2, keepdims=True)) <= 12).all()  # grey, without the product's green


def test_noise_is_the_same_again() -> None:
    first, again = (first_image(ask(1), "noise")(seed).pixels for seed in (1, 2))
    assert first.std() > 10 and (first == again).all()


def test_the_studio_renders_a_first_image_for_each_seed_and_keeps_the_canvas_small() -> None:
    placed = block((64, 48))
    asked = ask(1, placement=replace(placed, canvas=Canvas(width=64, height=48)), prompt="on a wooden table")
    render = first_image(asked, "studio")
    one = render(1).pixels
    assert one.shape == (48, 64, 3) and one.std() > 5
    with pytest.raises(UsageError, match="--init"):
        first_image(ask(1, mode="redraw"), "studio")


def test_a_render_that_nobody_would_see_is_not_made(tiny_inpaint: Path, renders: list[Scene]) -> None:
    asked = ask(1, 2, parameters={"init": "studio"})
    make(tiny_inpaint, "inpaint", asked, strength=1.0)
    assert not renders
    make(tiny_inpaint, "inpaint", asked, strength=0.6)
    assert len(renders) == 2
