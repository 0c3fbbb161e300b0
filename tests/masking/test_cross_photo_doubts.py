"""A part of a product that is seen in one of its photos and was left out of another."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
import pytest
from masking.pictured import grain, photo_of

from ecomgen.masking import agree
from ecomgen.masking.proposals import UNCERTAIN
from ecomgen.types import BoolMask, Box, Mask, MaskCandidate, ReferenceImage


class Shot(NamedTuple):
    """A photo of a figure of two materials, where it is, and where its body is without the head."""

    photo: ReferenceImage
    whole: BoolMask
    body: BoolMask


def shot(seed: int, left: int) -> Shot:
    picture = np.full((240, 320, 3), np.random.default_rng(seed).integers(90, 170, 3), np.uint8)
    body, head = np.zeros((240, 320), np.uint8), np.zeros((240, 320), np.uint8)
    cv2.rectangle(body, (left, 110), (left + 110, 210), 1, -1)
    cv2.circle(head, (left + 55, 70), 45, 1, -1)
    picture[head > 0], picture[body > 0] = (40, 60, 200), (200, 60, 40)
    return Shot(photo_of(grain(picture, seed)), (body | head) > 0, body > 0)


@pytest.fixture(scope="module")
def shots() -> list[Shot]:
    return [shot(0, 40), shot(1, 120), shot(2, 90)]


def mask_of(pixels: BoolMask, confidence: float = 0.8) -> Mask:
    candidates = (MaskCandidate(pixels=pixels),)
    return Mask(pixels=pixels, masker="lite", candidates=candidates, confidence=confidence)


def test_a_part_left_out_of_one_photo_is_a_doubt_there(shots: list[Shot]) -> None:
    masks = [mask_of(shots[0].body), *(mask_of(each.whole) for each in shots[1:])]
    torn, *whole = agree([each.photo for each in shots], masks)
    (doubt,) = torn.doubts
    assert doubt.kind == "left-out"
    head = Box(50, 25, 140, 115)
    assert doubt.box.overlap(head) > 0.2
    assert torn.confidence < 0.5
    assert torn.warnings == (UNCERTAIN,)
    assert [(mask.doubts, mask.confidence) for mask in whole] == [((), 0.8)] * 2


def test_whole_masks_do_not_doubt_one_another(shots: list[Shot]) -> None:
    agreed = agree([each.photo for each in shots], [mask_of(each.whole) for each in shots])
    assert [mask.doubts for mask in agreed] == [()] * 3


def test_a_mask_that_is_doubted_itself_makes_nothing_doubtful(shots: list[Shot]) -> None:
    masks = [mask_of(shots[0].body), *(mask_of(each.whole, 0.3) for each in shots[1:])]
    assert agree([each.photo for each in shots], masks)[0].doubts == ()


def test_what_somebody_has_corrected_is_believed(shots: list[Shot]) -> None:
    masks = [replace(mask_of(shots[0].body), corrected=True), *(mask_of(each.whole) for each in shots[1:])]
    assert agree([each.photo for each in shots], masks)[0].doubts == ()
