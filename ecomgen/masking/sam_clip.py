"""Segment Anything proposes, CLIP ranks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ecomgen import models
from ecomgen.errors import NoProduct, WeightsMissing
from ecomgen.masking import clip, sam
from ecomgen.masking.proposals import Proposals, limit
from ecomgen.masking.refining import resized, shrink
from ecomgen.masking.steering import fit
from ecomgen.models.clip import load_clip
from ecomgen.types import Box, MaskCandidate, MaskRequest, ModelUsed, Point, Progress, ReferenceImage, Report

if TYPE_CHECKING:
    from ecomgen.masking.sam import Proposal
    from ecomgen.types import BoolMask, Pixels

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
    weights = models.used(sam_id).sha256
    box = request.box and _scaled(request.box, photo.shape[1] / reference.width)
    found = sam.prompted(model, photo, weights, box=box) if box else sam.everything(model, photo, weights)
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


def answer(reference: ReferenceImage, candidate: MaskCandidate, request: MaskRequest) -> MaskCandidate:
    """What SAM makes of a candidate and clicks that correct it: one pass of its decoder.

    SAM is told the clicks and the box, drawn or else the candidate's own, wide enough for what was clicked. Of its
    three answers the one that is right at most clicks counts, and among those the one that is most sure of itself.
    """
    sam_id = _weights("sam")
    photo = shrink(reference.pixels, side)
    scale = photo.shape[1] / reference.width
    box = request.box or around(candidate.pixels, request.points)
    points = [Point(int(point.x * scale), int(point.y * scale), point.inside) for point in request.points]
    answers = sam.prompted(sam.load(sam_id), photo, models.used(sam_id).sha256, box=_scaled(box, scale), points=points)
    if not answers:
        return candidate
    best = max(answers, key=lambda each: (fit(each.pixels, points), each.predicted_iou))
    return MaskCandidate(
        pixels=resized(best.pixels, reference.pixels.shape),
        predicted_iou=best.predicted_iou,
        stability_score=best.stability,
    )


def around(pixels: BoolMask, points: Sequence[Point]) -> Box:
    """The box of a mask, not empty, and of the clicks on the product."""
    inside = [point for point in points if point.inside]
    rows, columns = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
    across, down = [*columns[[0, -1]], *(each.x for each in inside)], [*rows[[0, -1]], *(each.y for each in inside)]
    return Box(int(min(across)), int(min(down)), int(max(across)) + 1, int(max(down)) + 1)


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(round(value * scale) for value in box))


def _clip_scores(clip_id: str | None, photo: Pixels, found: list[Proposal], product: str) -> list[float] | list[None]:
    if clip_id is None:
        return [None] * len(found)
    model = load_clip(clip_id)
    views = clip.seen(model, photo, [each.pixels for each in found], models.used(clip_id).sha256)
    return clip.rank(model, views, product)


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
