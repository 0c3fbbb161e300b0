"""Segment Anything proposes, CLIP ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen import models
from ecomgen.errors import NoProduct, WeightsMissing
from ecomgen.masking import clip, sam
from ecomgen.masking.proposals import Proposals, limit
from ecomgen.masking.refining import resized, shrink
from ecomgen.models.clip import load_clip
from ecomgen.types import Box, MaskCandidate, MaskRequest, ModelUsed, Progress, ReferenceImage, Report

if TYPE_CHECKING:
    from ecomgen.masking.sam import Proposal
    from ecomgen.types import Pixels

side = 1024  # a 40-megapixel photo must not ask for 20 GiB
usual_area = 0.2  # of the photo, that a product takes
ranked_by_clip = 48  # proposals, at most
wordless = "Without words for the product (--product) the masks are ranked by place, size and stability alone."


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five masks, best first.

    Raises:
        WeightsMissing, WeightsCorrupt: SAM's, or with words for the product CLIP's, weights are not usable.
        NoProduct: SAM found nothing.
    """
    sam_id = _weights("sam")
    clip_id = _weights("clip") if request.product else None
    report(Progress(step="mask", done=0, total=3, message="Loading Segment Anything"))
    model = sam.load(sam_id)
    photo = shrink(reference.pixels, side)
    report(Progress(step="mask", done=1, total=3, message="Proposing masks"))
    found = _found(model, photo, request.box, photo.shape[1] / reference.width)
    if not found:
        raise NoProduct("Segment Anything found no product in the photo: draw a box around it with --box.")
    report(Progress(step="mask", done=2, total=3, message="Ranking masks"))
    found = sorted(found, key=prior, reverse=True)[:ranked_by_clip]
    scores = _clip_scores(clip_id, photo, found, request.product)
    return _proposals(reference, found, scores, _used(sam_id, clip_id))


def prior(proposal: Proposal) -> float:
    """What speaks for a proposal without words, about [0, 1]; weak beside CLIP's likelihood."""
    pixels = proposal.pixels
    height, width = pixels.shape
    rows, columns = np.nonzero(pixels)
    off_centre = np.hypot(columns.mean() / width - 0.5, rows.mean() / height - 0.5)
    size = np.exp(-((np.log(pixels.mean() / usual_area) / 1.5) ** 2) / 2)
    frame = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]).mean()
    own = (np.clip(proposal.predicted_iou, 0, 1) + np.clip(proposal.stability, 0, 1)) / 2
    return float(0.35 * own + 0.35 * np.exp(-((off_centre / 0.25) ** 2) / 2) + 0.3 * size - 0.8 * frame)


def _weights(kind: str) -> str:
    found = models.first_here(kind)
    if found is None:
        pull = {"sam": "sam-vit-b", "clip": "clip-vit-b-32"}[kind]
        raise WeightsMissing(
            f'{kind.upper()} weights are not on this machine: run "ecomgen models pull {pull}", '
            "or choose --masker grabcut."
        )
    return found


def _found(model: sam.Sam, photo: Pixels, box: Box | None, scale: float) -> list[Proposal]:
    if box is None:
        return sam.everything(model, photo)
    return sam.in_box(model, photo, Box(*(round(value * scale) for value in box)))


def _clip_scores(clip_id: str | None, photo: Pixels, found: list[Proposal], product: str) -> list[float] | list[None]:
    if clip_id is None:
        return [None] * len(found)
    return clip.rank(load_clip(clip_id), photo, [each.pixels for each in found], product)


def _proposals(
    reference: ReferenceImage,
    found: list[Proposal],
    scores: list[float] | list[None],
    used: tuple[ModelUsed, ...],
) -> Proposals:
    totals = [
        prior(each) if score is None else score + 0.3 * prior(each) for each, score in zip(found, scores, strict=True)
    ]
    best = sorted(range(len(found)), key=lambda number: totals[number], reverse=True)[:limit]
    shape = reference.height, reference.width
    candidates = tuple(
        MaskCandidate(
            pixels=resized(found[number].pixels, shape),
            clip_score=scores[number],
            predicted_iou=found[number].predicted_iou,
            stability_score=found[number].stability,
        )
        for number in best
    )
    top = scores[best[0]]
    sure = prior(found[best[0]]) if top is None else top
    warnings = (wordless,) if top is None else ()
    return Proposals(
        candidates=candidates, confidence=round(float(np.clip(sure, 0, 1)), 3), warnings=warnings, models=used
    )


def _used(*ids: str | None) -> tuple[ModelUsed, ...]:
    return tuple(models.used(model_id) for model_id in ids if model_id)
