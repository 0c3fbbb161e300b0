"""Is it still the product, did the scene extend it, does it show what was asked for, and is it well made?"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ecomgen.scoring.subject import Subject
from ecomgen.types import BoolMask, ModelUsed, Pixels, Scores

if TYPE_CHECKING:
    from ecomgen.scoring.acceptance import threshold
    from ecomgen.scoring.difference_map import heat_map
    from ecomgen.scoring.edge import grounded
    from ecomgen.scoring.identity.likeness import refound
    from ecomgen.scoring.picture_scores import LOW, judge, least, technical

_HOMES = {
    "LOW": "picture_scores",
    "grounded": "edge",
    "heat_map": "difference_map",
    "judge": "picture_scores",
    "least": "picture_scores",
    "refound": "identity.likeness",
    "technical": "picture_scores",
    "threshold": "acceptance",
}


def __getattr__(name: str) -> Any:
    """Import on first use, so that `import ecomgen.scoring` loads neither OpenCV nor torch."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def read_again(scores: Scores, picture: Pixels, subject: Subject, mask: BoolMask | None = None) -> Scores:
    """The scores with how well the text on a product that was drawn anew still reads, where rapidocr is here."""
    from ecomgen.scoring import printed_text

    side = scores.difference.box.longest if scores.difference else None
    reading = printed_text.compared(picture, tuple(subject.cutouts), mask, side)
    if reading is None:
        return scores
    findings = (*scores.findings, *reading.findings)
    return replace(scores, character_error_rate=reading.error, findings=findings)


def models_used() -> tuple[ModelUsed, ...]:
    """The learnt models on which scores rest on this machine."""
    from ecomgen import models

    kinds = ("identity", "dino", "clip", "litert")
    return tuple(models.used(name) for kind in kinds if (name := models.first_here(kind)))
