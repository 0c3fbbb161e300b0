"""A mask made elsewhere: white is the product."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from ecomgen import picture_file
from ecomgen.errors import BadInput, NoProduct
from ecomgen.masking.proposals import Proposals
from ecomgen.messages import Message
from ecomgen.types import BoolMask, MaskCandidate, MaskRequest, ReferenceImage, Report


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:  # noqa: ARG001
    """One proposal: the mask file, brought to the photo's size where its proportions are the photo's.

    Raises:
        BadInput: the file is missing, not an image, or has other proportions than the photo.
        NoProduct: nothing in it is white.
    """
    if request.file is None:
        raise BadInput("There is no mask file: give one with {--mask}.")
    grey = _grey(picture_file.mask(request.file))
    size = (reference.width, reference.height)
    resized = _fit(grey, size, request.file)
    pixels: BoolMask = np.asarray(resized) >= 128
    if not pixels.any():
        raise NoProduct("The mask {file} has nothing white in it: paint the product white.", file=request.file.name)
    resizing = Message(
        "The mask file was brought from {from_width}x{from_height} to the photo's {width}x{height} pixels.",
        from_width=grey.width,
        from_height=grey.height,
        width=reference.width,
        height=reference.height,
    )
    notes = () if grey.size == size else (resizing,)
    return Proposals(candidates=(MaskCandidate(pixels=pixels),), warnings=notes, drawn=True)


def _grey(image: Image.Image) -> Image.Image:
    """Grey; an RGBA mask without any colour in it is read from its alpha."""
    if image.mode.startswith("I"):
        return Image.fromarray((np.asarray(image).astype(np.float64) / 257).clip(0, 255).astype(np.uint8))
    if "A" not in image.getbands():
        return image.convert("L")
    alpha = image.getchannel("A")
    grey = image.convert("L")
    low, high = grey.getextrema()
    return alpha if low == high else Image.composite(grey, Image.new("L", image.size, 0), alpha)


def _fit(grey: Image.Image, size: tuple[int, int], path: Path) -> Image.Image:
    if grey.size == size:
        return grey
    (mask_width, mask_height), (width, height) = grey.size, size
    if abs(mask_width / mask_height / (width / height) - 1) > 0.02:
        raise BadInput(
            "The mask {file} is {mask_width} by {mask_height} pixels and the photo {width} by "
            "{height}: make the mask the photo's size, or at least of its proportions.",
            file=path.name,
            mask_width=mask_width,
            mask_height=mask_height,
            width=width,
            height=height,
        )
    return grey.resize(size, Image.Resampling.BILINEAR)
