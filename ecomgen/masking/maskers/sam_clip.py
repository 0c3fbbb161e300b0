"""Segment Anything proposes, asked everywhere and in the box that ecomgen's own network would draw; CLIP ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from ecomgen import models
from ecomgen.errors import NoProduct
from ecomgen.masking.cache import copy_of, key_of
from ecomgen.masking.interactive.corrections import fit
from ecomgen.masking.maskers import lite
from ecomgen.masking.proposals import LIMIT, Proposals
from ecomgen.masking.refinement import resized
from ecomgen.masking.sam import clip_ranking
from ecomgen.masking.sam.clip_ranking import Likelihood
from ecomgen.masking.sam.segmenter import Proposal, distinct, kept, opened
from ecomgen.messages import Message
from ecomgen.models.clip import load_clip
from ecomgen.morphology import frame
from ecomgen.types import (
    BoolMask,
    Box,
    MaskCandidate,
    MaskRequest,
    ModelUsed,
    Pixels,
    Point,
    Progress,
    ReferenceImage,
    Report,
)

WEIGHTS = ("sam", "clip", *lite.WEIGHTS)
SIDE = 1024  # a 40-megapixel photo must not ask for 20 GiB
USUAL_AREA = 0.2  # of the photo, that a product takes
RANKED_BY_CLIP = 48  # proposals, at most
FRAMED = 0.1  # of the photo's frame, from which a proposal touches it
WORDLESS = Message("Without words for the product (--product) the masks are ranked by place, size and stability alone.")


class Segmenter(Protocol):
    """What proposes: any generation of Segment Anything."""

    @property
    def used(self) -> ModelUsed: ...

    def everything(self, photo: Pixels) -> list[Proposal]: ...

    def prompted(self, photo: Pixels, *, box: Box | None = None, points: Sequence[Point] = ()) -> list[Proposal]: ...


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five masks, best first.

    Raises:
        WeightsMissing, WeightsCorrupt: SAM's, or with words for the product CLIP's, weights are not usable.
        NoProduct: SAM found nothing.
    """
    report(Progress(step="mask", done=0, total=3, message=Message("Loading Segment Anything")))
    return propose_with(opened(), reference, request, report)


def answer(reference: ReferenceImage, candidate: MaskCandidate, request: MaskRequest) -> MaskCandidate:
    """What SAM makes of a candidate and clicks that correct it: one pass of its decoder."""
    return answer_with(opened(), reference, candidate, request)


def propose_with(segmenter: Segmenter, reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """What a segmenter sees in the photo, or in the box, ranked. Raises what `propose` raises."""
    clip_id = _clip_weights() if request.product else None
    photo = copy_of(reference, SIDE)
    report(Progress(step="mask", done=1, total=3, message=Message("Proposing masks")))
    box = request.box and request.box.scaled(photo.shape[1] / reference.width)
    own = None if box else lite.networks_here()
    found = segmenter.prompted(photo, box=box) if box else _everywhere(segmenter, photo, own)
    if not found:
        raise NoProduct("Segment Anything found no product in the photo: draw a box around it with {--box}.")
    report(Progress(step="mask", done=2, total=3, message=Message("Ranking masks")))
    found = sorted(found, key=prior, reverse=True)[:RANKED_BY_CLIP]
    likely = _likelihoods(clip_id, photo, found, request.product)
    used = (segmenter.used, *(models.used(name) for name in (clip_id, *(own or ())) if name))
    return replace(_proposals(reference, found, likely, used), copy=photo)


def _everywhere(segmenter: Segmenter, photo: Pixels, own: lite.Networks | None) -> list[Proposal]:
    """What a segmenter sees in the whole photo, and in the box of what our `own` networks take for the product."""
    found = segmenter.everything(photo)
    if own is None:
        return found
    key = key_of("own-box", photo, segmenter.used.sha256, *(models.used(name).sha256 for name in own))
    return distinct([*found, *kept(key, lambda: _told(segmenter, photo, own))])


def _told(segmenter: Segmenter, photo: Pixels, own: lite.Networks) -> list[Proposal]:
    likeliest = lite.hypotheses(photo, own, None)[:1]
    return [one for guess in likeliest for one in segmenter.prompted(photo, box=Box.of(guess.mask))]


def answer_with(
    segmenter: Segmenter, reference: ReferenceImage, candidate: MaskCandidate, request: MaskRequest
) -> MaskCandidate:
    """A candidate, corrected by clicks.

    The segmenter is told the clicks and the box, drawn or else the candidate's own, wide enough for what was clicked.
    Of its answers the one that is right at most clicks counts, and among those the one that is most sure of itself.
    """
    photo = copy_of(reference, SIDE)
    scale = photo.shape[1] / reference.width
    box = request.box or around(candidate.pixels, request.points)
    points = [Point(int(point.x * scale), int(point.y * scale), point.inside) for point in request.points]
    answers = segmenter.prompted(photo, box=box.scaled(scale), points=points)
    if not answers:
        return candidate
    best = max(answers, key=lambda each: (fit(each.pixels, points), each.predicted_iou))
    return as_candidate(reference, best)


def as_candidate(reference: ReferenceImage, proposal: Proposal, likely: Likelihood | None = None) -> MaskCandidate:
    """A proposal at the photo's size, with its numbers."""
    return MaskCandidate(
        pixels=resized(proposal.pixels, reference.pixels.shape),
        clip_score=None if likely is None else likely.product,
        predicted_iou=proposal.predicted_iou,
        stability_score=proposal.stability,
        marks=_marks(proposal, likely),
    )


def prior(proposal: Proposal) -> float:
    """What speaks for a proposal without words, about [0, 1]; weak beside CLIP's likelihood."""
    pixels = proposal.pixels
    height, width = pixels.shape
    rows, columns = np.nonzero(pixels)
    off_centre = np.hypot(columns.mean() / width - 0.5, rows.mean() / height - 0.5)
    size = np.exp(-((np.log(pixels.mean() / USUAL_AREA) / 1.5) ** 2) / 2)
    own = (np.clip(proposal.predicted_iou, 0, 1) + np.clip(proposal.stability, 0, 1)) / 2
    central = np.exp(-((off_centre / 0.25) ** 2) / 2)
    return float(0.35 * own + 0.35 * central + 0.3 * size - 0.8 * _at_frame(pixels))


def around(pixels: BoolMask, points: Sequence[Point]) -> Box:
    """The box of a mask, not empty, and of the clicks on the product."""
    return Box.of(pixels).including((each.x, each.y) for each in points if each.inside)


def _clip_weights() -> str:
    missing = Message(
        'CLIP weights are not on this machine: run "ecomgen models pull clip-vit-b-32", or choose {--masker} grabcut.'
    )
    return models.required("clip", missing)


def _likelihoods(
    clip_id: str | None, photo: Pixels, found: list[Proposal], product: str
) -> list[Likelihood] | list[None]:
    if clip_id is None:
        return [None] * len(found)
    model = load_clip(clip_id)
    weights = models.used(clip_id).sha256
    views = clip_ranking.seen(model, photo, [each.pixels for each in found], weights)
    return clip_ranking.rank(model, views, product, weights)


def _proposals(
    reference: ReferenceImage,
    found: list[Proposal],
    likely: list[Likelihood] | list[None],
    used: tuple[ModelUsed, ...],
) -> Proposals:
    totals = [
        prior(each) + (0.0 if one is None else one.product - 0.7 * prior(each))
        for each, one in zip(found, likely, strict=True)
    ]
    best = sorted(range(len(found)), key=lambda number: totals[number], reverse=True)[:LIMIT]
    return Proposals(
        candidates=tuple(as_candidate(reference, found[number], likely[number]) for number in best),
        warnings=(WORDLESS,) if likely[best[0]] is None else (),
        models=used,
    )


def _marks(proposal: Proposal, likely: Likelihood | None) -> tuple[str, ...]:
    """What makes a proposal suspect, in words."""
    marks = []
    if _at_frame(proposal.pixels) > FRAMED:
        marks.append("touches the frame")
    if likely is not None and likely.background > likely.product:
        marks.append("looks like background")
    return tuple(marks)


def _at_frame(pixels: BoolMask) -> float:
    """The share of the photo's frame that a mask touches."""
    return float(frame(pixels).mean())
