"""Words to boxes to masks, and SAM 2, on small random weights in the formats of the real ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from masking.pictured import photo_of
from masking.small_detectors import save_grounding_dino, save_mm_grounding_dino, save_owl, save_sam2, save_sam3

from ecomgen.errors import NoProduct, UsageError, WeightsCorrupt, WeightsMissing
from ecomgen.masking import find_mask
from ecomgen.masking.maskers import grounded
from ecomgen.masking.signs import distinct
from ecomgen.types import BoolMask, Box, MaskRequest, Pixels, Point

Put = Callable[[], Path]
BOX = Box(110, 80, 280, 230)


@pytest.fixture(
    params=[save_grounding_dino, save_mm_grounding_dino, save_owl], ids=["grounding-dino", "mm-grounding-dino", "owlv2"]
)
def detector(request: pytest.FixtureRequest, weights: Path) -> Path:
    """A detector's weights, in the manifest."""
    return request.param(weights)


def test_words_find_boxes_and_sam_cuts_them_out(detector: Path, with_sam: Put, mug: tuple[Pixels, BoolMask]) -> None:
    with_sam()
    mask = find_mask(photo_of(mug[0]), MaskRequest(masker="grounded", product="Red mug"))
    assert mask.masker == "grounded"
    assert 1 <= len(mask.candidates) <= 5
    assert mask.pixels.shape == (300, 360)
    assert [used.id for used in mask.models] == [detector.name, "small-sam"]
    assert 0 < mask.confidence <= 1


def test_a_drawn_box_needs_no_words(with_sam: Put, mug: tuple[Pixels, BoolMask]) -> None:
    with_sam()
    mask = find_mask(photo_of(mug[0]), MaskRequest(masker="grounded", box=BOX))
    assert [used.id for used in mask.models] == ["small-sam"]


def test_sam3_cuts_out_what_words_or_a_box_mean(weights: Path, mug: tuple[Pixels, BoolMask]) -> None:
    photo = photo_of(mug[0])
    with pytest.raises(WeightsMissing, match="pull sam3"):
        find_mask(photo, MaskRequest(masker="sam3", product="mug"))
    save_sam3(weights)
    with pytest.raises(UsageError, match="--product"):
        find_mask(photo, MaskRequest(masker="sam3"))
    named = find_mask(photo, MaskRequest(masker="sam3", product="Red mug"))
    assert named.masker == "sam3" and 1 <= len(named.candidates) <= 5
    assert named.pixels.shape == (300, 360) and [used.id for used in named.models] == ["small-sam3"]
    sure = [one.predicted_iou or 0.0 for one in named.candidates]
    assert sure == sorted(sure, reverse=True)
    assert find_mask(photo, MaskRequest(masker="sam3", box=BOX)).candidates


def test_what_is_missing_is_said(with_sam: Put, mug: tuple[Pixels, BoolMask]) -> None:
    photo = photo_of(mug[0])
    with pytest.raises(WeightsMissing, match="sam-vit-b"):
        find_mask(photo, MaskRequest(masker="grounded", product="mug"))
    with_sam()
    with pytest.raises(UsageError, match="--product"):
        find_mask(photo, MaskRequest(masker="grounded"))
    with pytest.raises(WeightsMissing, match="grounding-dino-tiny"):
        find_mask(photo, MaskRequest(masker="grounded", product="mug"))
    with pytest.raises(WeightsMissing, match="sam2-tiny"):
        find_mask(photo, MaskRequest(masker="sam2"))


def test_words_that_are_nowhere_are_said(
    weights: Path, with_sam: Put, mug: tuple[Pixels, BoolMask], monkeypatch: pytest.MonkeyPatch
) -> None:
    save_owl(weights), with_sam()
    monkeypatch.setattr(grounded, "LEAST_SCORE", 1.01)
    with pytest.raises(NoProduct, match="not found"):
        find_mask(photo_of(mug[0]), MaskRequest(masker="grounded", product="mug"))


def test_boxes_on_a_surer_one_are_left_out() -> None:
    surest, nearly_it, other = Box(0, 0, 100, 100), Box(2, 0, 100, 100), Box(50, 50, 90, 90)
    assert distinct([surest, nearly_it, other], grounded.is_same) == [surest, other]


@pytest.mark.parametrize("box", [None, BOX])
def test_sam2_proposes_and_answers_to_clicks(weights: Path, mug: tuple[Pixels, BoolMask], box: Box | None) -> None:
    save_sam2(weights)
    photo = photo_of(mug[0])
    free = find_mask(photo, MaskRequest(masker="sam2", box=box))
    assert 1 <= len(free.candidates) <= 5
    assert free.models[0].id == "small-sam2"
    assert all(each.stability_score is not None and each.predicted_iou is not None for each in free.candidates)
    clicked = find_mask(photo, MaskRequest(masker="sam2", box=box, points=(Point(170, 150), Point(5, 5, False))))
    assert len(clicked.candidates) == len(free.candidates)
    again = find_mask(photo, MaskRequest(masker="sam2", box=box, points=(Point(170, 150), Point(5, 5, False))))
    assert np.array_equal(clicked.pixels, again.pixels)


def test_broken_weights_are_named(weights: Path, mug: tuple[Pixels, BoolMask]) -> None:
    file = save_sam2(weights) / "model.safetensors"
    file.write_bytes(file.read_bytes()[:2000])
    with pytest.raises(WeightsCorrupt):
        find_mask(photo_of(mug[0]), MaskRequest(masker="sam2"))
