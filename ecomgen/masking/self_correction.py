"""The masker doubts its own answer: what is doubtful in it is clicked, and clicks are kept that make a good mask
likelier."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ecomgen.masking.cleanup import clean
from ecomgen.masking.confidence import evidence_of, log_odds, signs
from ecomgen.masking.doubts import clicks
from ecomgen.masking.interactive.corrections import piece_by_piece
from ecomgen.types import MaskCandidate, MaskRequest, Point, ReferenceImage

ROUNDS = 2  # of clicks, one upon the other
CLICKS = 2  # that are tried in a round
GAIN = 0.4  # log-odds of a good mask: a click that adds less changes nothing
BELIEVED = 0.0  # log-odds, below which what comes of it is offered, but not preferred


@dataclass(frozen=True, kw_only=True, eq=False)
class Answer:
    """A candidate, the log-odds that it is good, and the clicks that may mend it."""

    candidate: MaskCandidate
    odds: float
    clicks: tuple[Point, ...] = ()


def corrected(reference: ReferenceImage, candidates: tuple[MaskCandidate, ...]) -> tuple[MaskCandidate, ...]:
    """The candidates, best first, and what clicks into the doubtful places of the first make of it, where that is
    likelier good: before the first if it is to be believed, else after it."""
    first = best = _judged(reference, candidates[0])
    others = [one.pixels for one in candidates[1:]]
    for _ in range(ROUNDS):
        requests = (MaskRequest(points=(click,)) for click in best.clicks[:CLICKS])
        tries = [piece_by_piece(reference, best.candidate, request, others) for request in requests]
        likeliest = max((_judged(reference, one) for one in tries), key=lambda one: one.odds, default=best)
        if likeliest.odds < best.odds + GAIN:
            break
        best = likeliest
    if best is first:
        return candidates
    mended = replace(best.candidate, predicted_iou=candidates[0].predicted_iou)
    return (mended, *candidates) if best.odds >= BELIEVED else (candidates[0], mended, *candidates[1:])


def _judged(reference: ReferenceImage, candidate: MaskCandidate) -> Answer:
    evidence = evidence_of(reference.pixels, clean(candidate.pixels, reference.pixels).pixels)
    if evidence is None:
        return Answer(candidate=candidate, odds=float("-inf"))
    return Answer(candidate=candidate, odds=log_odds(signs(evidence)), clicks=clicks(evidence))
