"""SAM 2 (Ravi et al., 2024) proposes, through transformers, and CLIP ranks as it does for SAM."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecomgen import models
from ecomgen.masking.cache import held, key_of
from ecomgen.masking.maskers.sam_clip import answer_with, propose_with
from ecomgen.masking.proposals import Proposals
from ecomgen.masking.sam.segmenter import (
    GOOD_IOU,
    GOOD_STABILITY,
    Proposal,
    distinct,
    is_whole,
    kept,
    points_a_side,
    with_unions,
)
from ecomgen.messages import Message
from ecomgen.types import Box, MaskCandidate, MaskRequest, ModelUsed, Pixels, Point, Progress, ReferenceImage, Report

KIND = "sam2"
WEIGHTS = (KIND, "clip", "lite", "fusion")
AT_ONCE = 32  # points that the decoder answers in one batch
STEADY = 1.0  # logit by which the threshold is moved to see whether a mask is stable


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five masks, best first.

    Raises:
        WeightsMissing, WeightsCorrupt: SAM 2's, or with words for the product CLIP's, weights are not usable.
        NoProduct: SAM 2 found nothing.
    """
    report(Progress(step="mask", done=0, total=3, message=Message("Loading SAM 2")))
    return propose_with(opened(), reference, request, report)


def answer(reference: ReferenceImage, candidate: MaskCandidate, request: MaskRequest) -> MaskCandidate:
    """What SAM 2 makes of a candidate and clicks that correct it: one pass of its decoder."""
    return answer_with(opened(), reference, candidate, request)


@dataclass(frozen=True, kw_only=True, eq=False)
class SegmentAnything2:
    """SAM 2 with its weights; what it is shown are copies, uint8 HxWx3, of at most about 1024 pixels a side."""

    model: Any
    processor: Any
    used: ModelUsed

    def everything(self, photo: Pixels) -> list[Proposal]:
        """All that it sees: distinct, no slivers, and touching ones also joined. It is remembered."""
        key = key_of("sam2-everything", photo, self.used.sha256, points_a_side(photo), GOOD_IOU, GOOD_STABILITY)
        return kept(key, lambda: self._everything(photo))

    def prompted(self, photo: Pixels, *, box: Box | None = None, points: Sequence[Point] = ()) -> list[Proposal]:
        """Its up to three answers to a box and clicks in the copy's pixels, best first, none of them empty."""
        requested: dict[str, Any] = {}
        if box is not None:
            requested["input_boxes"] = [[[float(value) for value in box]]]
        if points:
            requested["input_points"] = [[[[float(point.x), float(point.y)] for point in points]]]
            requested["input_labels"] = [[[int(point.inside) for point in points]]]
        return distinct([each for each in self._answers(photo, requested) if each.pixels.any()])

    def _everything(self, photo: Pixels) -> list[Proposal]:
        found = [
            each
            for points in _grid(photo)
            for each in self._answers(photo, {"input_points": [[[point] for point in points]]})
            if is_whole(each.pixels)
        ]
        good = [each for each in found if each.predicted_iou >= GOOD_IOU and each.stability >= GOOD_STABILITY]
        return with_unions(good or found)

    def _answers(self, photo: Pixels, requested: dict[str, Any]) -> Iterator[Proposal]:
        import torch

        sizes = [list(photo.shape[:2])]
        told = self.processor(original_sizes=sizes, return_tensors="pt", **requested)
        hints = {name: told[name].to(self.model.device) for name in requested}
        with torch.inference_mode():
            answer = self.model(image_embeddings=self._embeddings(photo), multimask_output=True, **hints)
            logits = self.processor.post_process_masks(answer.pred_masks.float().cpu(), sizes, binarize=False)[0]
        threshold = float(getattr(self.processor, "mask_threshold", 0.0))
        scores = answer.iou_scores.float().cpu().numpy().reshape(-1)
        for mask, score in zip(logits.numpy().reshape(-1, *photo.shape[:2]), scores, strict=True):
            yield Proposal(
                pixels=mask > threshold,
                predicted_iou=float(np.nan_to_num(score)),
                stability=_stability(mask, threshold),
            )

    def _embeddings(self, photo: Pixels) -> list[Any]:
        """The features of the photo, kept in memory, so that a click costs one pass of the small decoder."""

        def embed() -> list[Any]:
            import torch

            pixels = self.processor(images=photo, return_tensors="pt")["pixel_values"].to(self.model.device)
            with torch.inference_mode():
                return self.model.get_image_embeddings(pixels)

        key = key_of("sam2-embedding", photo, self.used.sha256, str(self.model.device))
        return held(key, embed, lambda maps: sum(each.nbytes for each in maps))


def opened() -> SegmentAnything2:
    """The best SAM 2 on this machine, loaded once.

    Raises:
        WeightsMissing, WeightsCorrupt: there is none, or it is not whole.
    """
    missing = Message(
        'SAM 2 weights are not on this machine: run "ecomgen models pull sam2-tiny", or choose {--masker} lite.'
    )
    found = models.required(KIND, missing)
    model, processor = models.pretrained(found, "Sam2Model", "Sam2Processor")
    return SegmentAnything2(model=model, processor=processor, used=models.used(found))


def _grid(photo: Pixels) -> Iterator[list[list[float]]]:
    """Points all over the copy, in batches."""
    count = points_a_side(photo)
    height, width = photo.shape[:2]
    steps = (np.arange(count) + 0.5) / count
    points = [[float(x * width), float(y * height)] for y in steps for x in steps]
    for start in range(0, len(points), AT_ONCE):
        yield points[start : start + AT_ONCE]


def _stability(logits: np.ndarray, threshold: float) -> float:
    """IoU of the masks at a higher and a lower threshold."""
    low = np.count_nonzero(logits > threshold - STEADY)
    return float(np.count_nonzero(logits > threshold + STEADY) / low) if low else 0.0
