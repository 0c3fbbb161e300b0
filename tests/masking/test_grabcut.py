"""The masker without weights, on drawn products and on the shared photos."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from masking.pictured import grain, iou, photo_of
from PIL import Image

from ecomgen.masking import find_mask
from ecomgen.types import BoolMask, Box, MaskRequest, Pixels

SHARED = Path(__file__).parents[3] / "shared"


def test_a_mug_is_found_with_its_handle_open(mug: tuple[Pixels, BoolMask]) -> None:
    picture, truth = mug
    mask = find_mask(photo_of(picture), MaskRequest(masker="grabcut"))
    assert iou(mask.pixels, truth) > 0.95
    assert not mask.pixels[155, 232]
    assert mask.confidence > 0.6


def test_a_label_in_the_backgrounds_colour_is_no_opening(mug: tuple[Pixels, BoolMask]) -> None:
    picture, truth = mug
    picture[145:165, 155:185] = grain(np.full((20, 30, 3), (120, 125, 130), np.uint8))
    mask = find_mask(photo_of(picture), MaskRequest(masker="grabcut"))
    assert mask.pixels[155, 170]
    assert not mask.pixels[155, 232]
    assert iou(mask.pixels, truth) > 0.95


def test_the_same_photo_gives_the_same_mask(mug: tuple[Pixels, BoolMask]) -> None:
    first, second = (find_mask(photo_of(mug[0]), MaskRequest(masker="grabcut")) for _ in range(2))
    assert np.array_equal(first.pixels, second.pixels)


def two_products() -> tuple[Pixels, BoolMask, BoolMask]:
    picture = np.full((300, 400, 3), (90, 110, 90), np.uint8)
    big, small = np.zeros((300, 400), np.uint8), np.zeros((300, 400), np.uint8)
    cv2.circle(big, (190, 150), 70, 1, -1)
    cv2.rectangle(small, (320, 30), (380, 90), 1, -1)
    picture[big > 0] = (210, 170, 30)
    picture[small > 0] = (30, 60, 200)
    return grain(picture), big > 0, small > 0


def test_a_box_chooses_the_product() -> None:
    picture, big, small = two_products()
    free = find_mask(photo_of(picture), MaskRequest(masker="grabcut"))
    boxed = find_mask(photo_of(picture), MaskRequest(masker="grabcut", box=Box(312, 22, 388, 98)))
    assert iou(free.pixels, big) > 0.95
    assert iou(boxed.pixels, small) > 0.95


def test_a_box_may_be_the_whole_photo(mug: tuple[Pixels, BoolMask]) -> None:
    mask = find_mask(photo_of(mug[0]), MaskRequest(masker="grabcut", box=Box(0, 0, 360, 300)))
    assert iou(mask.pixels, mug[1]) > 0.9


def test_nothing_outside_the_box_is_product(mug: tuple[Pixels, BoolMask]) -> None:
    box = Box(110, 80, 190, 230)
    mask = find_mask(photo_of(mug[0]), MaskRequest(masker="grabcut", box=box))
    outside = mask.pixels.copy()
    outside[box.y0 : box.y1, box.x0 : box.x1] = False
    assert outside.mean() < 0.002


def test_candidates_differ_and_the_chosen_one_is_used() -> None:
    picture = np.full((150, 200, 3), (110, 115, 120), np.uint8)
    cv2.rectangle(picture, (40, 90), (160, 130), (60, 110, 60), -1)
    cv2.circle(picture, (95, 60), 32, (210, 60, 40), -1)
    picture = grain(picture)
    mask = find_mask(photo_of(picture), MaskRequest(masker="grabcut"))
    assert 2 <= len(mask.candidates) <= 5
    other = find_mask(photo_of(picture), MaskRequest(masker="grabcut", chosen=1))
    assert other.chosen == 1
    assert iou(mask.pixels, other.pixels) < 0.98
    assert iou(other.pixels, mask.candidates[1].pixels) > 0.9


def test_a_large_photo_is_masked_at_its_own_size(mug: tuple[Pixels, BoolMask]) -> None:
    picture = cv2.resize(mug[0], (2160, 1800), interpolation=cv2.INTER_CUBIC)
    truth = cv2.resize(mug[1].astype(np.uint8), (2160, 1800)) > 0
    mask = find_mask(photo_of(picture), MaskRequest(masker="grabcut"))
    assert mask.pixels.shape == (1800, 2160)
    assert iou(mask.pixels, truth) > 0.95


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared photos are not beside this checkout")
@pytest.mark.parametrize("number", [0, 6, 13])
def test_real_products_are_found(number: int) -> None:
    entry = json.loads((SHARED / "masks" / "index.json").read_text("utf-8"))[number]
    photo = np.asarray(Image.open(SHARED / "photos" / entry["subject"] / entry["photo"]).convert("RGB"))
    truth = np.asarray(Image.open(SHARED / "masks" / entry["mask"])) > 127
    assert iou(find_mask(photo_of(photo), MaskRequest(masker="grabcut")).pixels, truth) > 0.85
