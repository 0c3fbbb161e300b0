"""What is doubtful in a mask is mended where that can be told, and a whole mask stays what it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from masking.test_confidence import SAMPLES, halves, seen

from ecomgen.masking.confidence import judged
from ecomgen.masking.self_correction import corrected
from ecomgen.masking.signs import iou
from ecomgen.types import DOUBTED, BoolMask, MaskCandidate, Pixels, ReferenceImage


def proposals(photo: Pixels, mask: BoolMask) -> tuple[MaskCandidate, ...]:
    reference = ReferenceImage(path=Path("photo.png"), sha256="", pixels=photo)
    return corrected(reference, (MaskCandidate(pixels=mask, predicted_iou=0.7),))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_whole_mask_stays(name: str) -> None:
    photo, whole = seen(name)
    (only,) = proposals(photo, whole)
    assert np.array_equal(only.pixels, whole)


@pytest.mark.parametrize("name", ["bottle", "mug"])
def test_half_a_product_is_mended_and_first_where_that_is_believed(name: str) -> None:
    photo, whole = seen(name)
    torn = halves(whole)["top"]
    offered = [one.pixels for one in proposals(photo, torn)]
    (mended,) = (each for each in offered if each is not torn)
    confidence = judged(photo, mended).confidence
    assert iou(mended, whole) > iou(torn, whole) + 0.1
    assert confidence > judged(photo, torn).confidence
    assert (offered[0] is mended) == (confidence >= DOUBTED)


def test_one_click_makes_a_bottle_whole() -> None:
    photo, whole = seen("bottle")
    torn = halves(whole)["left"]
    best, half = proposals(photo, torn)
    assert iou(best.pixels, whole) > 0.9
    assert half.pixels is torn
