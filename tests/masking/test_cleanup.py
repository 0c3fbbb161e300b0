"""Pinholes are closed, openings stay open, stray parts go."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomgen.masking.cleanup import PINHOLE_LIMIT, clean


def disc(size: int = 200, radius: int = 80) -> np.ndarray:
    return cv2.circle(np.zeros((size, size), np.uint8), (size // 2, size // 2), radius, 1, -1) > 0


def test_pinholes_are_filled_and_counted() -> None:
    whole = disc()
    pricked = whole.copy()
    pricked[90:93, 90:93] = pricked[120, 70] = False
    cleaned = clean(pricked)
    assert np.array_equal(cleaned.pixels, whole)
    assert cleaned.filled == 10


@pytest.mark.parametrize("radius", [12, 20, 60])
def test_an_opening_stays_open(radius: int) -> None:
    ring = disc() & ~disc(radius=radius)
    assert not clean(ring).pixels[100, 100]


def test_a_gap_to_the_outside_is_no_hole() -> None:
    open_ring = disc() & ~disc(radius=60)
    open_ring[95:106, 100:] = False
    assert not clean(open_ring).pixels[100, 100]


def test_stray_parts_go_and_a_pair_stays() -> None:
    pair = np.zeros((100, 200), dtype=bool)
    pair[20:80, 10:60] = pair[20:80, 100:150] = True
    stray = pair.copy()
    stray[2:6, 180:190] = True
    cleaned = clean(stray)
    assert np.array_equal(cleaned.pixels, pair)
    assert cleaned.notes
    assert np.array_equal(clean(stray, keep_all=True).pixels, stray)


@settings(max_examples=40)
@given(
    x=st.integers(40, 260), y=st.integers(40, 160), across=st.integers(15, 39), down=st.integers(15, 39),
    hole=st.integers(1, 12),
)  # fmt: skip
def test_a_drawn_outline_stays_and_only_small_holes_are_filled(
    x: int, y: int, across: int, down: int, hole: int
) -> None:
    product = cv2.ellipse(np.zeros((200, 300), np.uint8), (x, y), (across, down), 0, 0, 360, 1, -1) > 0
    holed = product.copy()
    holed[y : y + hole, x : x + hole] = False
    filled = hole * hole <= PINHOLE_LIMIT * holed.sum()
    assert np.array_equal(clean(holed, keep_all=True).pixels, product if filled else holed)


def basket() -> np.ndarray:
    """A mesh whose every opening is small: a two-hundredth of the product."""
    mesh = np.zeros((300, 400), dtype=bool)
    mesh[50:250, 50:350] = True
    for y in range(60, 230, 24):
        for x in range(60, 330, 24):
            mesh[y : y + 16, x : x + 15] = False
    return mesh


def test_the_many_openings_of_a_mesh_stay_open() -> None:
    mesh = basket()
    photo = np.where(mesh[..., None], np.uint8([150, 90, 40]), np.uint8([120, 150, 160]))
    cleaned = clean(mesh, photo)
    assert cleaned.filled <= 4 * 96, "the corners of 96 openings may be rounded"
    assert (~cleaned.pixels & ~mesh)[50:250, 50:350].sum() > 0.98 * (~mesh)[50:250, 50:350].sum()


def test_a_label_that_was_left_out_is_filled_and_that_can_be_switched_off() -> None:
    whole = disc()
    holed = whole.copy()
    holed[80:110, 70:120] = False
    photo = np.where(whole[..., None], np.uint8([150, 40, 40]), np.uint8([120, 150, 160]))
    photo[80:110, 70:120] = (250, 250, 200)
    cleaned = clean(holed, photo)
    assert np.array_equal(cleaned.pixels, whole)
    assert cleaned.filled == 1500
    assert "--no-fill" in cleaned.notes[0]
    assert np.array_equal(clean(holed, photo, fill=False).pixels, holed)


@pytest.mark.parametrize("size", [(300, 400), (1017, 1356)])
def test_a_label_in_the_grounds_colour_but_far_from_it_is_no_opening(size: tuple[int, int]) -> None:
    """In a small photo as in a large one, which is judged on a smaller copy."""
    sand, wood = np.uint8([205, 185, 150]), np.uint8([90, 60, 40])
    photo = np.full((*size, 3), sand)
    product = np.zeros(size, dtype=bool)
    product[size[0] // 6 : -size[0] // 6, size[1] // 6 : -size[1] // 6] = True
    photo[product] = wood
    label = cv2.circle(np.zeros(size, np.uint8), (size[1] // 2, size[0] // 2), size[0] // 15, 1, -1) > 0
    photo[label] = sand
    holed = product & ~label
    assert np.array_equal(clean(holed, photo).pixels, product)


@pytest.mark.parametrize(("seen", "filled"), [("grass", False), ("sand", False), ("label", True)])
def test_an_opening_shows_what_lies_beside_it_or_elsewhere_round_the_product(seen: str, *, filled: bool) -> None:
    """A handle over the one tuft of grass on a beach."""
    colours = {"sand": (205, 185, 150), "grass": (70, 130, 50), "label": (250, 250, 252)}
    product = cv2.rectangle(np.zeros((300, 400), np.uint8), (100, 60), (280, 260), 1, -1) > 0
    product[120:200, 240:270] = False
    photo = np.full((300, 400, 3), colours["sand"], np.uint8)
    photo[130:200, 282:296] = colours["grass"]
    photo[product] = (40, 40, 60)
    photo[120:200, 240:270] = colours[seen]
    assert bool(clean(product, photo).pixels[160, 255]) is filled


@pytest.mark.parametrize(("ground", "filled"), [("calm", True), ("as busy", False)])
def test_a_printed_label_in_the_grounds_colours_is_no_opening(ground: str, *, filled: bool) -> None:
    product = cv2.rectangle(np.zeros((300, 400), np.uint8), (100, 60), (300, 260), 1, -1) > 0
    label = cv2.rectangle(np.zeros((300, 400), np.uint8), (200, 190), (270, 235), 1, -1) > 0
    stripes = np.where((np.indices((300, 400)).sum(0) // 3 % 2)[..., None], np.uint8([90] * 3), np.uint8([210] * 3))
    fading = np.repeat(np.linspace(90, 210, 400, dtype=np.uint8)[None, :, None], 3, axis=2)
    photo = np.where(label[..., None] | (ground != "calm"), stripes, fading)
    photo[product & ~label] = (150, 40, 40)
    assert bool(clean(product & ~label, photo).pixels[212, 235]) is filled
