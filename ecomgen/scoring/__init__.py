"""Is it still the product, did the scene extend it, does it show what was asked for, and is it well made?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ecomgen.scoring.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ecomgen.types import BoolMask, Difference, Float, ModelUsed, Pixels, Placement, Scores, Transform

__all__ = [
    "LOW",
    "Subject",
    "grounded",
    "heat_map",
    "judge",
    "least",
    "models_used",
    "read_again",
    "refound",
    "technical",
    "threshold",
]

LOW = 0.5  # the quality, or a part of it, below which it is worth a sentence


def judge(
    picture: Pixels,
    subject: Subject,
    *,
    placement: Placement | None = None,
    remask: Callable[[Pixels], BoolMask | None] | None = None,
    redrawn: bool = False,
    cover: Float | None = None,
) -> Scores:
    """See `ecomgen.scoring.picture_scores.judge`."""
    from ecomgen.scoring import picture_scores

    return picture_scores.judge(picture, subject, placement=placement, remask=remask, redrawn=redrawn, cover=cover)


def read_again(scores: Scores, picture: Pixels, subject: Subject, mask: BoolMask | None = None) -> Scores:
    """The scores with how well the text on a product that was drawn anew still reads, where rapidocr is here."""
    from ecomgen.scoring import printed_text

    reading = printed_text.compared(picture, tuple(subject.cutouts), mask)
    if reading is None:
        return scores
    findings = (*scores.findings, *reading.findings)
    return replace(scores, character_error_rate=reading.error, findings=findings)


def refound(picture: Pixels, placement: Placement) -> Transform | None:
    """How the placed product lies in a picture that shows its very photo (canvas to picture); None where none does."""
    from ecomgen.scoring.identity import likeness

    return likeness.refound(picture, placement)


def technical(picture: Pixels) -> tuple[float, tuple[str, ...]]:
    """See `ecomgen.scoring.picture_scores.technical`."""
    from ecomgen.scoring import picture_scores

    return picture_scores.technical(picture)


def least(whole: Scores, products: Sequence[Scores], confidence: float) -> Scores:
    """See `ecomgen.scoring.picture_scores.least`."""
    from ecomgen.scoring import picture_scores

    return picture_scores.least(whole, products, confidence)


def threshold(level: float | str | None, subject: Subject, *, placed: bool = False) -> float:
    """See `ecomgen.scoring.calibration.threshold`."""
    from ecomgen.scoring import calibration

    return calibration.threshold(level, subject, placed=placed)


def heat_map(picture: Pixels, difference: Difference | None) -> Pixels:
    """See `ecomgen.scoring.difference_map.heat_map`."""
    from ecomgen.scoring import difference_map

    return difference_map.heat_map(picture, difference)


def grounded(picture: Pixels, placement: Placement) -> float | None:
    """See `ecomgen.scoring.edge.grounded`."""
    from ecomgen.scoring import edge

    return edge.grounded(picture, placement)


def models_used() -> tuple[ModelUsed, ...]:
    """The learnt models on which scores rest on this machine."""
    from ecomgen import models

    kinds = ("identity", "dino", "clip", "litert")
    return tuple(models.used(name) for kind in kinds if (name := models.first_here(kind)))
