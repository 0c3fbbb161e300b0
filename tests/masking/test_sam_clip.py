"""Segment Anything and CLIP on small random weights, through the loaders that real weights take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from masking.pictured import photo_of

from ecomgen.errors import WeightsCorrupt, WeightsMissing
from ecomgen.masking import best_masker, cache, find_mask
from ecomgen.masking.sam import segmenter
from ecomgen.models.clip import load_clip
from ecomgen.types import BoolMask, Box, MaskRequest, Pixels, Point

Put = Callable[[], Path]


def test_without_weights_sam_clip_says_what_to_pull(mug: tuple[Pixels, BoolMask]) -> None:
    with pytest.raises(WeightsMissing, match="ecomgen models pull sam-vit-b"):
        find_mask(photo_of(mug[0]), MaskRequest(masker="sam-clip"))


def test_words_need_clip(with_sam: Put, mug: tuple[Pixels, BoolMask]) -> None:
    with_sam()
    with pytest.raises(WeightsMissing, match="ecomgen models pull clip-vit-b-32"):
        find_mask(photo_of(mug[0]), MaskRequest(masker="sam-clip", product="mug"))


def test_proposals_carry_every_number(with_sam: Put, with_clip: Put, mug: tuple[Pixels, BoolMask]) -> None:
    with_sam(), with_clip()
    photo = photo_of(mug[0])
    assert best_masker(photo)[0] == "sam-clip"
    mask = find_mask(photo, MaskRequest(product="red mug"))
    assert mask.masker == "sam-clip"
    assert 1 <= len(mask.candidates) <= 5
    for candidate in mask.candidates:
        assert candidate.pixels.shape == mask.pixels.shape == (300, 360)
        assert candidate.clip_score is not None
        assert 0 <= candidate.clip_score <= 1
        assert candidate.predicted_iou is not None
        assert 0 < candidate.area_fraction < 1
    assert [used.id for used in mask.models] == ["small-sam", "small-clip", "ecomgen-cutout", "ecomgen-fusion"]
    assert all(len(used.sha256) == 64 for used in mask.models)


def test_our_own_network_draws_sam_a_box(
    with_sam: Put, mug: tuple[Pixels, BoolMask], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_sam()
    asked: list[Box | None] = []
    prompted = segmenter.SegmentAnything.prompted

    def noted(sam: segmenter.SegmentAnything, photo: Pixels, *, box: Box | None = None, points: Any = ()) -> Any:
        asked.append(box)
        return prompted(sam, photo, box=box, points=points)

    monkeypatch.setattr(segmenter.SegmentAnything, "prompted", noted)
    cache.forget()
    photo = np.roll(mug[0], 5, axis=1)  # not one that is remembered
    find_mask(photo_of(photo), MaskRequest(masker="sam-clip"))
    (box,) = asked
    assert box is not None
    assert box.overlap(Box.of(np.roll(mug[1], 5, axis=1))) > 0.7


def test_a_box_asks_the_predictor(with_sam: Put, mug: tuple[Pixels, BoolMask]) -> None:
    with_sam()
    mask = find_mask(photo_of(mug[0]), MaskRequest(masker="sam-clip", box=Box(110, 80, 280, 230)))
    assert len(mask.candidates) <= 3
    assert mask.candidates[0].clip_score is None
    assert any("--product" in warning for warning in mask.warnings)


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", None])
def test_a_broken_checkpoint_is_named(with_sam: Put, mug: tuple[Pixels, BoolMask], content: bytes | None) -> None:
    path = with_sam()
    path.write_bytes(path.read_bytes()[:5000] if content is None else content)
    with pytest.raises(WeightsCorrupt, match="sam"):
        find_mask(photo_of(mug[0]), MaskRequest(masker="sam-clip"))


def test_weights_of_another_architecture_are_refused(with_sam: Put, mug: tuple[Pixels, BoolMask]) -> None:
    import torch

    torch.save({"something": torch.zeros(3)}, with_sam())
    with pytest.raises(WeightsCorrupt, match="manifest"):
        find_mask(photo_of(mug[0]), MaskRequest(masker="sam-clip"))


def test_touching_parts_are_also_offered_as_one() -> None:
    from ecomgen.masking.sam.segmenter import Proposal, distinct, unions

    cap, bottle, far = (np.zeros((100, 100), dtype=bool) for _ in range(3))
    cap[20:30, 40:60] = bottle[30:80, 35:65] = far[0:10, 0:10] = True
    parts = [Proposal(pixels=each, predicted_iou=0.9, stability=0.9) for each in (cap, bottle, far)]
    joined = unions(parts)
    assert len(joined) == 1
    assert np.array_equal(joined[0].pixels, cap | bottle)
    assert len(distinct([*parts, *parts])) == 3


def test_views_hide_the_neighbour() -> None:
    from ecomgen.masking.sam.clip_ranking import GREY, context_view, tight_view

    photo = np.full((80, 100, 3), (255, 0, 0), np.uint8)
    mask = np.zeros((80, 100), dtype=bool)
    mask[30:60, 40:60] = True
    photo[mask] = (0, 200, 0)
    tight = tight_view(photo, mask)
    assert tight.shape[0] == tight.shape[1]
    assert set(map(tuple, tight.reshape(-1, 3))) == {(0, 200, 0), (GREY, GREY, GREY)}
    context = context_view(photo, mask)
    assert context.shape[0] > tight.shape[0]
    assert np.abs(context.astype(int)[0, 0] - GREY).max() < 60


@pytest.fixture
def little(mug: tuple[Pixels, BoolMask]) -> Pixels:
    """The mug at a third of its size: how often a network runs does not depend on it."""
    return cv2.resize(mug[0], (120, 100), interpolation=cv2.INTER_AREA)


class Passes:
    """Counts how often a module has been run."""

    def __init__(self, module: Any) -> None:
        self.count = 0
        module.register_forward_hook(self._seen)

    def _seen(self, *_: object) -> None:
        self.count += 1


def test_a_second_text_costs_the_text_tower_alone(with_sam: Put, with_clip: Put, little: Pixels) -> None:
    with_sam(), with_clip()
    cache.forget()  # what another test has left in memory is not on this one's disk
    photo = photo_of(little)
    first = find_mask(photo, MaskRequest(masker="sam-clip", product="red mug"))
    encoder = Passes(segmenter.opened().model.image_encoder)
    pictures, words = (Passes(part) for part in _towers())
    find_mask(photo, MaskRequest(masker="sam-clip", product="grey table"))
    assert (encoder.count, pictures.count) == (0, 0)
    assert words.count > 0
    cache.forget()
    again = find_mask(photo, MaskRequest(masker="sam-clip", product="red mug"))
    assert (encoder.count, pictures.count) == (0, 0)
    assert np.array_equal(again.pixels, first.pixels)
    assert [each.clip_score for each in again.candidates] == [each.clip_score for each in first.candidates]


def _towers() -> tuple[Any, Any]:
    model = load_clip("small-clip").model
    return model.visual, model.transformer


def test_a_click_costs_one_pass_of_the_decoder(with_sam: Put, little: Pixels) -> None:
    with_sam()
    cache.forget()
    photo = photo_of(little)
    before = find_mask(photo, MaskRequest(masker="sam-clip"))
    model = segmenter.opened().model
    encoder, decoder = Passes(model.image_encoder), Passes(model.mask_decoder)
    points = (Point(57, 50), Point(7, 7, False))
    after = find_mask(photo, MaskRequest(masker="sam-clip", points=points))
    assert (encoder.count, decoder.count) == (0, 1)
    assert len(after.candidates) == len(before.candidates)
    assert after.candidates[after.chosen].stability_score is not None


def test_another_photo_is_not_taken_for_the_first(with_sam: Put, little: Pixels) -> None:
    with_sam()
    cache.forget()
    find_mask(photo_of(little), MaskRequest(masker="sam-clip"))
    encoder = Passes(segmenter.opened().model.image_encoder)
    find_mask(photo_of(255 - little), MaskRequest(masker="sam-clip"))
    assert encoder.count == 1
