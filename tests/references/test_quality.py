"""The checks find what is wrong with a photo, and only that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from ecomgen import samples
from ecomgen.references import check, hero, load
from ecomgen.types import BoolMask, ReferenceImage


@pytest.fixture(scope="module")
def good() -> tuple[ReferenceImage, BoolMask]:
    sample = samples.every()[0]
    matte = cv2.imread(str(sample.mattes[0]), cv2.IMREAD_GRAYSCALE)
    return load(sample.photos[0]), matte > 127


def verdicts(reference: ReferenceImage, mask: BoolMask | None) -> dict[str, str]:
    return {one.name: one.verdict for one in check(reference, mask)}


def test_a_good_photo_has_nothing_to_fail(good: tuple[ReferenceImage, BoolMask]) -> None:
    assert "fail" not in verdicts(*good).values()


def test_each_fault_is_found(good: tuple[ReferenceImage, BoolMask]) -> None:
    reference, mask = good
    faults = {
        "dark": (reference.pixels * 0.18).astype(np.uint8),
        "overexposed": np.clip(reference.pixels.astype(int) * 4 + 60, 0, 255).astype(np.uint8),
        "blurred": cv2.GaussianBlur(reference.pixels, (0, 0), 9),
    }
    for name, pixels in faults.items():
        found = verdicts(replace(reference, pixels=pixels), mask)
        assert found[name] == "fail", (name, found)


def test_a_product_cut_by_the_frame(good: tuple[ReferenceImage, BoolMask]) -> None:
    reference, mask = good
    rows = np.nonzero(mask.any(axis=1))[0]
    middle = int(rows.mean())
    cut = replace(reference, pixels=np.ascontiguousarray(reference.pixels[:middle]))
    assert verdicts(cut, mask[:middle])["cropped"] == "fail"


def test_a_small_product(good: tuple[ReferenceImage, BoolMask]) -> None:
    reference, mask = good
    size = (reference.width // 6, reference.height // 6)
    small = replace(reference, pixels=cv2.resize(reference.pixels, size, interpolation=cv2.INTER_AREA))
    assert verdicts(small, cv2.resize(mask.astype(np.uint8), size) > 0)["too_small"] in ("warn", "fail")


def test_something_in_front(good: tuple[ReferenceImage, BoolMask]) -> None:
    reference, mask = good
    rows = np.nonzero(mask.any(axis=1))[0]
    hidden = mask.copy()
    middle = int(rows.mean())
    hidden[middle - 30 : middle + 30] = False
    assert verdicts(reference, hidden)["occluded"] != "ok"


def test_without_a_mask_what_needs_it_has_no_value_and_says_why(good: tuple[ReferenceImage, BoolMask]) -> None:
    found = {one.name: one for one in check(good[0])}
    for name in ("cropped", "occluded", "busy_background"):
        assert found[name].value is None and "--box" in found[name].advice
    assert found["blurred"].value is not None


def test_every_verdict_comes_with_one_sentence(good: tuple[ReferenceImage, BoolMask], tmp_path: Path) -> None:
    flat = ReferenceImage(path=tmp_path / "flat.png", sha256="", pixels=np.full((64, 64, 3), 127, np.uint8))
    for reference, mask in (good, (flat, None)):
        for one in check(reference, mask):
            assert one.verdict in ("ok", "warn", "fail") and one.advice.endswith(".")


def test_the_hero_is_the_photo_with_the_fewest_faults(good: tuple[ReferenceImage, BoolMask]) -> None:
    reference, mask = good
    blurred = replace(reference, pixels=cv2.GaussianBlur(reference.pixels, (0, 0), 9))
    pair = [replace(photo, checks=check(photo, mask)) for photo in (blurred, reference)]
    assert hero(pair) == 1
