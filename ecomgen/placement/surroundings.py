"""A photo's surroundings on the canvas, with a hole for what replaces the rest."""

from __future__ import annotations

import numpy as np

from ecomgen.color import to_bytes
from ecomgen.errors import NoProduct
from ecomgen.placement.straight_alpha import resize_rgba
from ecomgen.types import BoolMask, Box, Canvas, Pixels, Placement, ReferenceImage

SEAM = 0.006  # of the photo's longer side: the width of the soft rim around a replaced region


def place_surroundings(reference: ReferenceImage, mask: BoolMask, canvas: Canvas) -> Placement:
    """For mode "replace": the photo cut to the canvas, opaque everywhere but where the mask says."""
    scale = max(canvas.width / reference.width, canvas.height / reference.height)
    layer = resize_rgba(np.dstack([reference.pixels, _outside(mask)]), scale, bleed=reference.pixels)
    left = (layer.shape[1] - canvas.width) // 2
    top = (layer.shape[0] - canvas.height) // 2
    layer = np.ascontiguousarray(layer[top : top + canvas.height, left : left + canvas.width])
    hole = layer[..., 3] < 128
    if not hole.any():
        raise NoProduct(
            "What is to be replaced lies outside this canvas: choose a {--size} nearer to the photo's shape."
        )
    box = Box.of(hole)
    return Placement(canvas=canvas, product=layer, box=box, scale=scale, contact_y=box.y1)


def _outside(mask: BoolMask) -> Pixels:
    """255 outside the mask, 0 inside, with a soft rim outside it, so that the new meets the kept without a seam."""
    from ecomgen.morphology import depth

    return to_bytes(depth(~mask) / max(1.5, SEAM * max(mask.shape)))
