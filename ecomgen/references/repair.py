"""What hides the product, a scratch, a tag or a string: where a mask says it is, and filled from around it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ecomgen import picture_file
from ecomgen.errors import BadInput
from ecomgen.types import BoolMask, Pixels, ReferenceImage

REACH = 4.0  # pixels from which a filled one takes its colour
MOST = 0.4  # of the photo; with more there is nothing left to fill from


def hidden_part(reference: ReferenceImage, mask: Path) -> BoolMask:
    """Where the mask over the photo is white.

    Raises:
        BadInput: the mask cannot be read, is of another shape, or has nothing or nearly everything white.
    """
    hidden = _read(mask, reference)
    share = float(hidden.mean())
    if not 0 < share <= MOST:
        raise BadInput(
            "The mask {file} of {--repair} is white over {share:.0%} of the photo: paint white what is to go, up to "
            "{most:.0%}.",
            file=mask.name,
            share=share,
            most=MOST,
        )
    return hidden


def filled(photo: Pixels, hidden: BoolMask) -> Pixels:
    """HxWx3, filled from its surroundings (Telea, 2004)."""
    import cv2

    bgr = np.ascontiguousarray(photo[..., ::-1])
    made = cv2.inpaint(bgr, hidden.astype(np.uint8) * 255, REACH, cv2.INPAINT_TELEA)
    return np.where(hidden[..., None], np.asarray(made)[..., ::-1], photo)


def _read(path: Path, reference: ReferenceImage) -> BoolMask:
    grey = picture_file.mask(path).convert("L")
    if abs(grey.width / grey.height / (reference.width / reference.height) - 1) > 0.02:
        raise BadInput(
            "The mask {file} of {--repair} has another shape than the photo: draw it over the photo.", file=path.name
        )
    return np.asarray(grey.resize((reference.width, reference.height))) >= 128
