"""A photo without what hides the product, a scratch, a tag or a string: a declared derivative, the photo stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from ecomgen import picture_file
from ecomgen.errors import BadInput, BadPhoto
from ecomgen.messages import Message
from ecomgen.types import BoolMask, ReferenceImage

REACH = 4.0  # pixels from which a filled one takes its colour
MOST = 0.4  # of the photo; with more there is nothing left to fill from


def repaired(reference: ReferenceImage, mask: Path) -> ReferenceImage:
    """The photo, filled from its surroundings where the mask is white (Telea, 2004), with a note that says so.

    Raises:
        BadInput: the mask cannot be read, is of another shape, or has nothing or nearly everything white.
    """
    import cv2

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
    bgr = np.ascontiguousarray(reference.pixels[..., ::-1])
    filled = cv2.inpaint(bgr, hidden.astype(np.uint8) * 255, REACH, cv2.INPAINT_TELEA)
    note = Message(
        "{--repair} filled {share:.1%} of the photo from its surroundings: there the product is not as it was taken",
        share=share,
    )
    pixels = np.where(hidden[..., None], np.asarray(filled)[..., ::-1], reference.pixels)
    return replace(reference, pixels=pixels, notes=(*reference.notes, note))


def _read(path: Path, reference: ReferenceImage) -> BoolMask:
    if not path.exists():
        raise BadInput("There is no mask file at {path}: check the path.", path=path)
    try:
        picture = picture_file.load(path)
        with picture_file.decoding(path):
            grey = picture_file.upright(picture, []).convert("L")
    except BadPhoto as error:
        raise BadInput("The mask {path} cannot be read as an image: save it again as a grey PNG.", path=path) from error
    if abs(grey.width / grey.height / (reference.width / reference.height) - 1) > 0.02:
        raise BadInput(
            "The mask {file} of {--repair} has another shape than the photo: draw it over the photo.", file=path.name
        )
    return np.asarray(grey.resize((reference.width, reference.height))) >= 128
