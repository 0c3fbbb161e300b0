"""Which candidates are kept: those still true to the product, best first, no two alike; every other gets its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.types import Candidate, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALIKE = 0.6  # mean ΔE76 of thumbnails below which two pictures are one
THUMBNAIL = 64


def select(candidates: Sequence[Candidate], *, threshold: float, keep: int | None = None) -> tuple[Verdict, ...]:
    """One verdict per candidate, in their order.

    Args:
        candidates: scored pictures of one run.
        threshold: the least identity, in [0, 1]; 0 filters nothing, not even near-duplicates.
        keep: how many to keep at most; None keeps all that pass.
    """
    verdicts: dict[int, Verdict] = {}
    kept: list[tuple[Candidate, NDArray[np.float32]]] = []
    for candidate in sorted(candidates, key=_merit, reverse=True):
        thumbnail = _thumbnail(candidate)
        reason = _fault(candidate, threshold) or (threshold > 0 and _twin(thumbnail, kept)) or _surplus(kept, keep)
        if reason:
            verdicts[candidate.index] = Verdict(status="filtered", reasons=(reason,))
        else:
            kept.append((candidate, thumbnail))
            verdicts[candidate.index] = Verdict(status="kept", rank=len(kept))
    return tuple(verdicts[candidate.index] for candidate in candidates)


def _merit(candidate: Candidate) -> tuple[float, int]:
    overall = candidate.scores.overall
    return (-1.0 if overall is None or np.isnan(overall) else overall), -candidate.index


def _fault(candidate: Candidate, threshold: float) -> str:
    identity = candidate.scores.identity
    if candidate.withheld:
        return candidate.withheld
    if threshold <= 0:
        return ""
    if identity is None or np.isnan(identity):
        reason = candidate.scores.unavailable.get("identity", "no reason was given")
        return f"The identity cannot be judged: {reason}"
    if identity >= threshold:
        return ""
    why = f": {candidate.scores.findings[0]}" if candidate.scores.findings else ""
    return f"Identity {identity:.2f} is below the threshold {threshold:.2f}{why}"


def _twin(thumbnail: NDArray[np.float32], kept: list[tuple[Candidate, NDArray[np.float32]]]) -> str:
    for other, its_thumbnail in kept:
        if float(np.linalg.norm(thumbnail - its_thumbnail, axis=2).mean()) < ALIKE:
            return f"Nearly the same picture as the better candidate {other.index}"
    return ""


def _surplus(kept: list[tuple[Candidate, NDArray[np.float32]]], keep: int | None) -> str:
    if keep is None or len(kept) < keep:
        return ""
    return f"It passed, but only the best {keep} were asked for"


def _thumbnail(candidate: Candidate) -> NDArray[np.float32]:
    import cv2

    small = cv2.resize(candidate.pixels, (THUMBNAIL, THUMBNAIL), interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB).astype(np.float32)
