"""A mask is trusted as far as it is right: a whole one is, a torn one is not, and it is said where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from masking.pictured import photo_of
from PIL import Image

from ecomgen import samples
from ecomgen.masking import confidence, find_mask
from ecomgen.masking.confidence import judged
from ecomgen.types import DOUBTED, BoolMask, Box, MaskRequest, Pixels

SAMPLES = [sample.name for sample in samples.every()]


def seen(name: str) -> tuple[Pixels, BoolMask]:
    sample = samples.get(name)
    photo, matte = np.asarray(Image.open(sample.photos[0]).convert("RGB")), np.asarray(Image.open(sample.mattes[0]))
    return photo, matte > 127


def halves(mask: BoolMask) -> dict[str, BoolMask]:
    rows, columns = np.indices(mask.shape)
    down, across = np.median(rows[mask]), np.median(columns[mask])
    return {"top": mask & (rows < down), "left": mask & (columns < across), "right": mask & (columns >= across)}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_whole_mask_is_trusted(name: str) -> None:
    found = judged(*seen(name))
    assert found.confidence > DOUBTED
    assert not {"left-out", "taken-in", "opening"} & {one.kind for one in found.doubts}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("half", ["top", "left", "right"])
def test_half_a_product_is_doubted_where_the_rest_is_missing(name: str, half: str) -> None:
    photo, whole = seen(name)
    torn = halves(whole)[half]
    found = judged(photo, torn)
    assert found.confidence < DOUBTED
    there, missing = np.zeros_like(whole), whole & ~torn
    for one in found.doubts:
        there[one.box.slices] |= one.kind == "left-out"
    assert np.count_nonzero(there & missing) > 0.5 * np.count_nonzero(missing)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_mask_that_somebody_corrected_is_trusted_more_than_the_same_mask_alone(name: str) -> None:
    photo, whole = seen(name)
    assert judged(photo, whole, before=whole).confidence > judged(photo, whole).confidence
    torn = halves(whole)["top"]
    assert judged(photo, torn, before=torn).confidence < judged(photo, whole, before=whole).confidence


def test_what_is_no_product_is_doubted() -> None:
    photo, whole = seen("mug")
    ground = whole.copy()
    ground[-photo.shape[0] // 5 :] = True
    found = judged(photo, ground)
    assert found.confidence < DOUBTED
    assert "taken-in" in {one.kind for one in found.doubts}


def test_what_stands_apart_is_doubted_and_the_rest_is_offered_alone() -> None:
    photo, whole = seen("bottle")
    two = photo_of(np.concatenate([photo, photo[:, ::-1]], axis=1))
    found = find_mask(two, MaskRequest(masker="lite"))
    assert "apart" in {one.kind for one in found.doubts}
    both, alone = (np.count_nonzero(one.pixels) / np.count_nonzero(whole) for one in found.candidates[:2])
    assert both == pytest.approx(2, rel=0.05) and alone == pytest.approx(1, rel=0.05)
    assert "apart" not in {one.kind for one in judged(two.pixels, found.candidates[1].pixels).doubts}


def test_the_larger_photo_is_judged_alike_and_boxes_are_in_its_pixels() -> None:
    photo, whole = seen("mug")
    torn = halves(whole)["top"]
    small, large = (
        judged(photo, torn),
        judged(np.kron(photo, np.ones((2, 2, 1), np.uint8)), np.kron(torn, np.ones((2, 2), bool))),
    )
    assert large.confidence == pytest.approx(small.confidence, abs=0.1)
    for one, twice in zip(small.doubts[:1], large.doubts[:1], strict=True):
        assert np.abs(np.array(one.box) * 2 - np.array(twice.box)).max() < 0.05 * photo.shape[0]


def test_a_doubted_mask_says_so_and_one_that_was_drawn_is_what_it_is(tmp_path: Path) -> None:
    photo, whole = seen("mug")
    torn = halves(whole)["top"]
    file = tmp_path / "torn.png"
    Image.fromarray(torn.astype(np.uint8) * 255).save(file)
    drawn = find_mask(photo_of(photo), MaskRequest(file=file))
    assert drawn.confidence == 1 and not drawn.doubts and not drawn.doubted
    found = find_mask(
        photo_of(photo), MaskRequest(masker="lite", box=Box(*np.array([0, 0, *photo.shape[1::-1]]).tolist()))
    )
    assert found.doubted == (found.confidence < DOUBTED)
    assert found.doubted == any("doubtful" in warning for warning in found.warnings)
    doubtful = replace(found, confidence=0.1)
    assert doubtful.doubted and doubtful.trust == 0.1
    confirmed = replace(doubtful, confirmed=True)
    assert not confirmed.doubted and confirmed.trust == 1


def test_where_nobody_can_look_a_mask_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    photo, whole = seen("mug")
    assert judged(photo, whole & False).confidence == 0, "no pixel of it is left on the copy"
    monkeypatch.setattr(confidence.models, "first_here", lambda _: None)
    assert judged(photo, whole).confidence == 0
    mask = find_mask(photo_of(photo), MaskRequest(masker="grabcut"))
    assert mask.doubted and any("doubtful" in warning for warning in mask.warnings)
