"""The line on which a product stands: shadow, moss and gravel fray it in the photo, and a new ground shows the frays.

Colours mean least there, for a product darkens towards its ground and shades it. A retoucher draws one calm line, and
so does this, from the shape alone; legs, laces and straps, which such a line would wear away, stay as they are. Light
that the ground shows under the product is taken off first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from ecomgen.color import to_linear
from ecomgen.masking.matting.contour import blurred, in_small_pieces, likely_alpha, size_of
from ecomgen.masking.refinement import resized, smaller
from ecomgen.morphology import grow, shrink
from ecomgen.types import BoolMask, Box, Matte, Pixels

SIDE = 640  # pixels of the copy on which it is looked for
ZONE = 0.12  # of the product's height, above its lowest point
DOWNWARD = 0.5  # cosine to straight down, from which an edge faces the ground
CALM = 0.014  # of the product's size: how much the line is smoothed
LARGEST_CHANGE = 10.0  # times the smoothing squared: the largest piece that is taken or added
SOFT_EDGE = 2.0  # pixels inside the mask in which the ground shines through
SLIT, COMPARED = 0.02, 0.06  # of the product's size: how high light under it reaches, and where it is compared
GLEAMING, FAINT = 1.15, 0.03  # times the brightest, and linear light beyond that: what the product does not show
NEAR, FAR = 0.02, (0.05, 0.1)  # of the product's size: the ground beside it, and where it is compared
ALONG = 0.1  # of the product's size, over which both are averaged
LEAST_SHADE, FULL_SHADE = 0.1, 0.25  # share of the light that is missing, to be shade at all, and beyond doubt
DISTRUST = 210  # of 255: how little colours are believed along the line


@dataclass(frozen=True, kw_only=True, eq=False)
class Foot:
    """Where the mask's edge faces the ground, `below`, and where it shades it, `shaded`: uint8 HxW, 0 to `distrust`."""

    below: Pixels
    shaded: Pixels


def foot_of(photo: Pixels, mask: BoolMask) -> Foot:
    """The edge on which a mask stands, told by its shape and by the light of the photo around it.

    Args:
        photo: uint8 HxWx3, sRGB.
        mask: bool HxW, not empty.
    """
    small = smaller(photo, SIDE)
    coarse = resized(mask, small.shape)
    below = _below(coarse) if coarse.any() else np.zeros(coarse.shape, np.float32)
    shade = _shaded(small, coarse) if below.any() else below
    return Foot(below=_enlarged(below, mask), shaded=_enlarged(below * shade, mask))


def _enlarged(part: Matte, mask: BoolMask) -> Pixels:
    level = np.round(DISTRUST * part).astype(np.uint8)
    return cv2.resize(level, mask.shape[::-1], interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def _below(mask: BoolMask) -> Matte:
    """1 along the edge that faces down near the mask's lowest point, 0 elsewhere."""
    sigma = max(1.5, CALM * size_of(mask))
    level = blurred(mask, sigma)
    across, down = (cv2.Sobel(level, cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
    steep = cv2.magnitude(across, down)
    box = Box.of(mask)
    facing = (-down > DOWNWARD * steep) & (steep > 1e-3)
    facing[: round(box.y1 - ZONE * box.height)] = False
    return blurred(grow(facing, sigma), sigma) if facing.any() else np.zeros(mask.shape, np.float32)


def _shaded(photo: Pixels, mask: BoolMask) -> Matte:
    """How far the ground beside the mask is darker than farther away, from 0 to 1: what stands on it shades it."""
    size = size_of(mask)
    light = to_linear(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY))
    within, beyond, out = (grow(mask, reach * size) for reach in (NEAR, *FAR))
    beside, away = (_local(light, where, ALONG * size) for where in (within & ~mask, out & ~beyond))
    missing = 1 - beside / np.maximum(away, 1e-3)
    return np.clip((missing - LEAST_SHADE) / (FULL_SHADE - LEAST_SHADE), 0, 1).astype(np.float32)


def _local(light: Matte, where: BoolMask, reach: float) -> Matte:
    weight = np.maximum(blurred(where, reach), 1e-5)
    return (cv2.GaussianBlur(light * where, (0, 0), reach) / weight).astype(np.float32)


def without_gleams(photo: Pixels, mask: BoolMask, foot: Foot) -> BoolMask:
    """The mask without the light that its ground shows between the two: brighter than the product anywhere near."""
    size, clear = size_of(mask), foot.below > DISTRUST // 2
    if SLIT * size < 1 or not clear.any():
        return mask
    here = Box.of(clear).grown(math.ceil(COMPARED * size), mask.shape).slices
    light = cv2.GaussianBlur(to_linear(cv2.cvtColor(photo[here], cv2.COLOR_RGB2GRAY)), (0, 0), 0.7)
    deep = shrink(mask[here], SLIT * size)
    window = np.ones((2 * math.ceil(COMPARED * size) + 1,) * 2, np.uint8)
    brightest = cv2.dilate(np.where(deep, light, np.float32(0)), window)
    gleam = mask[here] & clear[here] & ~deep & (light > GLEAMING * brightest + FAINT) & (brightest > 0)
    result = mask.copy()
    result[here] &= ~grow(gleam & shrink(mask[here], SOFT_EDGE), SOFT_EDGE)
    return result


def calmed(mask: BoolMask, foot: Foot) -> BoolMask:
    """The mask with a calm line where it stands."""
    sigma, clear = CALM * size_of(mask), foot.shaded > DISTRUST // 2
    if sigma < 1 or not clear.any():
        return mask
    here = Box.of(clear).grown(math.ceil(5 * sigma), mask.shape).slices
    part = mask[here]
    thick = grow(shrink(part, 2 * sigma), 4 * sigma)
    result = mask.copy()
    drawn = np.where(clear[here] & thick, blurred(part, sigma) > 0.5, part)
    result[here] = in_small_pieces(part, drawn, LARGEST_CHANGE * sigma**2)
    return result


def standing(alpha: Pixels, foot: Foot, width: float) -> Pixels:
    """The matte with that line once more, since colours have moved it; it fades over `width` pixels."""
    if not foot.shaded.any() or CALM * size_of(alpha > 127) < 1:
        return alpha
    line = likely_alpha(calmed(alpha > 127, foot), max(1.0, width / 2))
    share = foot.shaded.astype(np.float32) / DISTRUST
    return np.round((1 - share) * alpha + share * 255 * line).astype(np.uint8)
