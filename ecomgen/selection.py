"""Which candidates are kept: those still true to the product, best first, no two alike; every other gets its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.messages import Message
from ecomgen.types import DOUBTED, Candidate, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALIKE = 0.6  # mean ΔE76 of thumbnails below which two pictures are one
VARIETY, ALIKE_AT = 0.08, 6.0  # of overall, that a picture quite like a kept one loses; ΔE at which a third is left
THUMBNAIL = 64


def select(
    candidates: Sequence[Candidate],
    *,
    threshold: float,
    extension: float | str | None = None,
    keep: int | None = None,
    confidence: float = 1.0,
) -> tuple[Verdict, ...]:
    """One verdict per candidate, in their order.

    The best comes first; each next is the best that is left, less what it resembles one that is kept already
    (maximal marginal relevance, Carbonell & Goldstein 1998).

    Args:
        candidates: scored pictures of one run.
        threshold: the least identity, in [0, 1]; 0 filters nothing, not even near-duplicates.
        extension: the most that the scene may have added to the product, as a share of its area; no limit where it is
            no number.
        keep: how many to keep at most; None keeps all that pass.
        confidence: in the cut-out, in [0, 1]; where it is low, every verdict says so, and nothing is filtered for it.
    """
    faults = {one.index: _fault(one, threshold, extension) for one in candidates}
    verdicts = {index: _filtered(fault) for index, fault in faults.items() if fault}
    left = {one.index: one for one in candidates if not faults[one.index]}
    thumbnails = {index: _thumbnail(one) for index, one in left.items()}
    nearest: dict[int, tuple[float, int]] = dict.fromkeys(
        left, (np.inf, -1)
    )  # ΔE to the kept picture most like it, and which that is
    kept = 0
    while left:
        index = max(left, key=lambda number: (_merit(left[number], nearest[number][0]), -number))
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
    found = (verdicts[candidate.index] for candidate in candidates)
    return tuple(replace(verdict, reasons=(*verdict.reasons, *doubt(confidence))) for verdict in found)


def doubt(confidence: float) -> tuple[str, ...]:
    """What is to be said of pictures whose cut-out is trusted so far; nothing where it is trusted."""
    if confidence >= DOUBTED:
        return ()
    return (
        Message(
            "The cut-out is doubtful (confidence {confidence:.2f}): the picture is true to it, but it may have lost or "
            "gained parts",
            confidence=confidence,
        ),
    )


def _filtered(reason: str) -> Verdict:
    return Verdict(status="filtered", reasons=(reason,))


def _merit(candidate: Candidate, nearest: float) -> float:
    overall = candidate.scores.overall
    if overall is None or np.isnan(overall):
        return -1.0
    return overall - VARIETY * float(np.exp(-nearest / ALIKE_AT))


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
        return Message(
            "Identity {identity:.2f} is below the threshold {threshold:.2f}", identity=identity, threshold=threshold
        )
    return Message(
        "Identity {identity:.2f} is below the threshold {threshold:.2f}: {finding}",
        identity=identity,
        threshold=threshold,
        finding=candidate.scores.findings[0],
    )


def _extended(added: float | None, most: float | str | None) -> str:
    if added is None or not isinstance(most, float) or added <= most:
        return ""
    return Message(
        "The scene paints about {added:.0%} of its area on to the product, more than {most:.0%}", added=added, most=most
    )


def _twin(distance: float, other: int) -> str:
    return Message("Nearly the same picture as the better candidate {number}", number=other) if distance < ALIKE else ""


def _distance(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Mean ΔE76 of two thumbnails."""
    step = one - other
    return float(np.sqrt(np.einsum("hwc,hwc->hw", step, step)).mean())


def _thumbnail(candidate: Candidate) -> NDArray[np.float32]:
    import cv2

    small = cv2.resize(candidate.pixels, (THUMBNAIL, THUMBNAIL), interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB).astype(np.float32)
