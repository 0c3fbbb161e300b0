"""Which candidates are kept: those still true to the product, best first, no two alike; every other gets its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_lab
from ecomgen.messages import Message
from ecomgen.types import DOUBTED, Candidate, Verdict

ALIKE = 0.6  # mean ΔE76 of thumbnails below which two pictures are one
CHECKED = Message("The cut-out was checked by hand")
COMPOSED = 0.01  # of overall, that the best composition is worth: it decides between pictures as good as each other
BEFORE = 0.04  # of overall, by which in a range the last picture is to be better to come before the first
VARIETY, ALIKE_AT = 0.08, 6.0  # of overall, that a picture quite like a kept one loses; ΔE at which a third is left
THUMBNAIL = 64


def select(
    candidates: Sequence[Candidate],
    *,
    threshold: float,
    extension: float | str | None = None,
    keep: int | None = None,
    confidence: float = 1.0,
    confirmed: bool = False,
    in_range: bool = False,
) -> tuple[Verdict, ...]:
    """One verdict per candidate, in their order.

    The best comes first; each next is the best that is left, less what it resembles one that is kept already
    (maximal marginal relevance, Carbonell & Goldstein 1998). Between pictures as good as each other their composition
    decides; in a range their order does, unless the later one is clearly better. The first is told why it is.

    Args:
        candidates: scored pictures of one run.
        threshold: the least identity, in [0, 1]; 0 filters nothing, not even near-duplicates.
        extension: the most that the scene may have added to the product, as a share of its area; no limit where it is
            no number.
        keep: how many to keep at most; None keeps all that pass.
        confidence: in the cut-out, in [0, 1]; where it is low, every verdict says so, and nothing is filtered for it.
        confirmed: whether somebody has looked at the cut-out, and found it right.
        in_range: other products are made in the same look, and the same of its ideas is to come first for each.
    """
    last = max((one.index for one in candidates), default=0) or 1
    taste = {one.index: -BEFORE * one.index / last if in_range else COMPOSED * _composition(one) for one in candidates}
    faults = {one.index: _fault(one, threshold, extension) for one in candidates}
    verdicts = {index: _filtered(fault) for index, fault in faults.items() if fault}
    left = {one.index: one for one in candidates if not faults[one.index]}
    thumbnails = {index: _thumbnail(one) for index, one in left.items()}
    # ΔE to the kept picture most like it, and which that is
    nearest: dict[int, tuple[float, int]] = dict.fromkeys(left, (np.inf, -1))
    kept = 0
    while left:
        index = max(left, key=lambda number: (_merit(left[number], taste[number], nearest[number][0]), -number))
        del left[index]
        reason = _twin(*nearest[index]) if threshold > 0 else ""
        if reason or (keep is not None and kept >= keep):
            verdicts[index] = _filtered(
                reason or Message("It passed, but only the best {count} were asked for", count=keep)
            )
            continue
        kept += 1
        verdicts[index] = Verdict(status="kept", rank=kept)
        for number in left if keep is None or kept < keep else ():
            nearest[number] = min(nearest[number], (_distance(thumbnails[index], thumbnails[number]), index))
    by_rank = sorted(candidates, key=lambda one: (verdicts[one.index].rank or np.inf, one.index))
    if kept > 1:
        verdicts[by_rank[0].index] = replace(
            verdicts[by_rank[0].index], why_first=_why_first(*by_rank[:2], in_range=in_range)
        )
    doubtful = doubt(confidence, confirmed=confirmed)
    found = (verdicts[candidate.index] for candidate in candidates)
    return tuple(replace(verdict, reasons=(*verdict.reasons, *doubtful)) for verdict in found)


def doubt(confidence: float, *, confirmed: bool = False) -> tuple[str, ...]:
    """What is to be said of pictures whose cut-out is trusted so far; nothing where it is trusted."""
    if confidence >= DOUBTED:
        return ()
    if confirmed:
        return (CHECKED,)
    sentence = Message(
        "The cut-out is doubtful (confidence {confidence:.2f}): the picture is true to it, but it may have lost or "
        "gained parts",
        confidence=confidence,
    )
    return (sentence,)


def _filtered(reason: str) -> Verdict:
    return Verdict(status="filtered", reasons=(reason,))


def _merit(candidate: Candidate, taste: float, nearest: float) -> float:
    overall = candidate.scores.overall
    if overall is None or np.isnan(overall):
        return -1.0
    return overall + taste - VARIETY * float(np.exp(-nearest / ALIKE_AT))


def _composition(candidate: Candidate) -> float:
    """In [0, 1]; 0 where it is not known."""
    return float(np.mean(list(candidate.scores.composition.values()) or [0.0]))


BY_SCORE = {
    "identity": Message("It comes first as the truest to the product"),
    "quality": Message("It comes first as the best made"),
    "extension": Message("It comes first since its scene adds least to the product"),
    "adherence": Message("It comes first since it shows most of the prompt"),
}
BY_COMPOSITION = {
    "calm": Message("As good as the next, it comes first since it is calmer behind the product"),
    "contrast": Message("As good as the next, it comes first since the product stands out more"),
    "room": Message("As good as the next, it comes first since there is calmer room beside the product"),
}
BY_TURN = Message("About as good as the next, it comes first as in all pictures of this look")
BY_NUMBER = Message("As good as the next: choose between them as you like")


def _why_first(first: Candidate, second: Candidate, *, in_range: bool) -> str:
    """What it has before the second: the score that differs most, or where none does, its turn or composition."""
    if in_range and first.index < second.index:
        return BY_TURN
    if in_range or (first.scores.overall or 0) - (second.scores.overall or 0) > COMPOSED:
        leads = {name: (getattr(first.scores, name) or 0) - (getattr(second.scores, name) or 0) for name in BY_SCORE}
        return BY_SCORE[max(leads, key=lambda name: leads[name])]
    mine, other = first.scores.composition, second.scores.composition
    leads = {name: mine[name] - other[name] for name in BY_COMPOSITION if name in mine and name in other}
    best = max(leads, key=lambda name: leads[name], default="")
    return BY_COMPOSITION[best] if leads.get(best, 0) > 0 else BY_NUMBER


def _fault(candidate: Candidate, threshold: float, extension: float | str | None) -> str:
    identity, added = candidate.scores.identity, candidate.scores.added
    if candidate.withheld:
        return candidate.withheld
    if threshold <= 0:
        return ""
    if identity is None or np.isnan(identity):
        reason = candidate.scores.unavailable.get("identity", Message("no reason was given"))
        return Message("The identity cannot be judged: {reason}", reason=reason)
    if identity >= threshold:
        return _extended(added, extension)
    if not candidate.scores.findings:
        return below(identity, threshold)
    return Message(
        "Identity {identity:.2f} is below the threshold {threshold:.2f}: {finding}",
        identity=identity,
        threshold=threshold,
        finding=candidate.scores.findings[0],
    )


def below(identity: float, threshold: float) -> Message:
    """Why a picture is not true enough to the product."""
    return Message(
        "Identity {identity:.2f} is below the threshold {threshold:.2f}", identity=identity, threshold=threshold
    )


def _extended(added: float | None, most: float | str | None) -> str:
    if added is None or not isinstance(most, float) or added <= most:
        return ""
    return Message(
        "The scene paints about {added:.0%} of its area on to the product, more than {most:.0%}", added=added, most=most
    )


def _twin(distance: float, other: int) -> str:
    if distance >= ALIKE:
        return ""
    return Message("Nearly the same picture as the better candidate {number}", number=other + 1)  # people count from 1


def _distance(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Mean ΔE76 of two thumbnails."""
    step = one - other
    return float(np.sqrt(np.einsum("hwc,hwc->hw", step, step)).mean())


def _thumbnail(candidate: Candidate) -> NDArray[np.float32]:
    import cv2

    small = cv2.resize(candidate.pixels, (THUMBNAIL, THUMBNAIL), interpolation=cv2.INTER_AREA)
    return to_lab(small)
