"""What a picture is compared with, and what may be compared at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecomgen.errors import BadInput
from ecomgen.types import Cutout, Pixels

SMALLEST_SIDE = 16


@dataclass(frozen=True, kw_only=True, eq=False)
class Subject:
    """The product as its references show it, hero first, and what was asked for in words."""

    cutouts: tuple[Cutout, ...]
    prompt: str = ""
    confidence: float = 1.0  # [0, 1], in the cut-out that is taken for the product


def refuse_unfit(picture: Pixels, subject: Subject) -> None:
    """Raises BadInput for a picture that is not HxWx3 or HxWx4 uint8 of at least 16 pixels a side, and for a subject of
    which no reference shows any product."""
    if picture.ndim != 3 or picture.shape[2] not in (3, 4) or picture.dtype != np.uint8:
        raise BadInput("A picture to score must be RGB or RGBA with 8 bits a channel; convert it first.")
    if min(picture.shape[:2]) < SMALLEST_SIDE:
        raise BadInput(
            "A picture to score needs at least {least} pixels a side; choose a larger one.", least=SMALLEST_SIDE
        )
    if not any(cutout.rgba[..., 3].any() for cutout in subject.cutouts):
        raise BadInput("No reference shows a product to compare with; give at least one photo with a mask.")
