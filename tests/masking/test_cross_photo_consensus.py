"""Photos of one product, given together: what is the same in all of them is the product."""

from __future__ import annotations

import cv2
import numpy as np
from masking.pictured import grain, photo_of

from ecomgen.masking import agree
from ecomgen.types import BoolMask, Mask, MaskCandidate, Pixels, ReferenceImage


def scene(product: tuple[int, int, int], other: tuple[int, int, int], seed: int) -> tuple[Pixels, BoolMask, BoolMask]:
    """A product and another thing on a ground of its own."""
    rng = np.random.default_rng(seed)
    picture = np.empty((160, 220, 3), np.uint8)
    picture[:] = rng.integers(60, 200, 3)
    first, second = np.zeros((160, 220), np.uint8), np.zeros((160, 220), np.uint8)
    cv2.circle(first, (60, 80), 40, 1, -1)
    cv2.rectangle(second, (130, 40), (200, 120), 1, -1)
    picture[first > 0], picture[second > 0] = product, other
    return grain(picture, seed), first > 0, second > 0


def found(masks: tuple[BoolMask, ...], confidence: float) -> Mask:
    candidates = tuple(MaskCandidate(pixels=mask) for mask in masks)
    return Mask(pixels=masks[0], masker="grabcut", candidates=candidates, confidence=confidence)


def three(confidence: float = 0.2) -> tuple[list[ReferenceImage], list[Mask], list[BoolMask]]:
    """The product is found first in two photos, and second in one."""
    photos, masks, truths = [], [], []
    for number, other in enumerate([(40, 60, 200), (220, 200, 40), (90, 90, 90)]):
        picture, product, thing = scene((190, 40, 60), other, number)
        photos.append(photo_of(picture))
        order = (product, thing) if number else (thing, product)
        masks.append(found(order, confidence))
        truths.append(product)
    return photos, masks, truths


def test_the_candidate_that_is_in_all_photos_wins() -> None:
    photos, masks, truths = three()
    agreed = agree(photos, masks)
    assert [mask.chosen for mask in agreed] == [1, 0, 0]
    assert all(np.array_equal(mask.pixels, truth) for mask, truth in zip(agreed, truths, strict=True))
    assert any("other photos" in warning for warning in agreed[0].warnings)
    assert agreed[1].warnings == ()


def test_what_somebody_has_pointed_at_stays_and_leads() -> None:
    photos, masks, _ = three()
    agreed = agree(photos[:2], masks[:2], certain=(0,))
    assert agreed[0] is masks[0]


def test_one_photo_agrees_with_itself() -> None:
    photos, masks, _ = three()
    assert agree(photos[:1], masks[:1]) == masks[:1]
