"""Where colours cannot tell the product from the ground, its contour is a smooth line and not their noise.

How well they tell is Fisher's ratio, between what is surely product and what is surely ground on either side of the
contour: the distance of their mean colours over their spread.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_lab
from ecomgen.masking.refinement import smaller
from ecomgen.morphology import grow, parts, shrink
from ecomgen.types import BoolMask, Matte, Pixels

SIDE = 640  # pixels of the copy on which colours are compared
ASIDE = 0.02  # of the product's size: how far from its contour product and ground are taken for sure
AROUND = 2.0  # times as far: over how much of them colours are averaged
SENSOR = 4.0  # CIELAB units of spread that every photo has
TELLING = 1.0  # Fisher's ratio at which colours are half believed
CALM, SMOOTH = 0.0015, 0.008  # of the product's size: how much the contour is smoothed where colours tell, and cannot
LARGEST_CHANGE = 6.0  # times the smoothing squared: the largest piece that smoothing may take or add


def unclear(photo: Pixels, mask: BoolMask) -> NDArray[np.uint8]:
    """How little colours tell near the mask's contour: uint8 HxW, 0 where they tell all, 255 where nothing.

    Args:
        photo: uint8 HxWx3, sRGB.
        mask: bool HxW, not empty.
    """
    small = smaller(photo, SIDE)
    shape = small.shape[1], small.shape[0]
    coarse = cv2.resize(mask.astype(np.uint8) * 255, shape, interpolation=cv2.INTER_AREA) > 127
    if not coarse.any() or coarse.all():
        return np.zeros(mask.shape, np.uint8)
    step = max(2.0, ASIDE * size_of(coarse))
    colours = to_lab(small)
    product, ground = (_local(colours, sure, AROUND * step) for sure in (shrink(coarse, step), ~grow(coarse, step)))
    distance = ((product[0] - ground[0]) ** 2).sum(axis=2)
    told = distance / (product[1] + ground[1] + SENSOR**2)
    doubt = np.where(product[2] & ground[2], 1 / (1 + (told / TELLING) ** 2), 0)
    even = cv2.GaussianBlur(doubt.astype(np.float32), (0, 0), step)
    return cv2.resize((even * 255).astype(np.uint8), mask.shape[::-1], interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def smoothed(mask: BoolMask, doubt: NDArray[np.uint8]) -> BoolMask:
    """The mask with a contour that is the smoother the more `doubt` there is; no thin part of it is lost."""
    wide = max(1.5, SMOOTH * size_of(mask))
    level = blurred(mask, wide)
    near = (level > 1e-4) & (level < 1 - 1e-4)
    share = doubt[near].astype(np.float32) / 255
    fine = blurred(mask, max(0.7, CALM * size_of(mask)))[near]
    result = mask.copy()
    result[near] = (1 - share) * fine + share * level[near] > 0.5
    return in_small_pieces(mask, result, LARGEST_CHANGE * wide**2)


def in_small_pieces(mask: BoolMask, changed: BoolMask, largest: float) -> BoolMask:
    """The changed mask, but as it was wherever a piece of more than so many pixels was taken or added."""
    labels, areas = parts(changed ^ mask)
    return np.where((areas > largest)[labels], mask, changed)


def likely_alpha(mask: BoolMask, width: float = 1.0) -> Matte:
    """The alpha of a mask whose edge fades over twice `width` pixels; a lens draws no sharper one than the default."""
    return np.clip(0.5 + (blurred(mask, width) - 0.5) * width * np.sqrt(2 * np.pi) / 2, 0, 1).astype(np.float32)


def size_of(mask: BoolMask) -> float:
    """The square root of its area, in pixels."""
    return float(np.count_nonzero(mask)) ** 0.5


def blurred(mask: BoolMask | Matte, sigma: float) -> Matte:
    """A mask or a matte blurred, in [0, 1]; the photo's frame is no edge."""
    return cv2.GaussianBlur(mask.astype(np.float32), (0, 0), sigma, borderType=cv2.BORDER_REPLICATE).astype(np.float32)


def _local(colours: Matte, where: BoolMask, reach: float) -> tuple[Matte, Matte, BoolMask]:
    """Mean and summed variance of the colours of what is `where`, around each pixel; and where there is any of it."""
    weight = cv2.GaussianBlur(where.astype(np.float32), (0, 0), reach)
    held = np.maximum(weight, 1e-6)[..., None]
    mean = cv2.GaussianBlur(colours * where[..., None], (0, 0), reach) / held
    square = cv2.GaussianBlur((colours**2).sum(axis=2) * where, (0, 0), reach)[..., None] / held
    spread = np.maximum(square[..., 0] - (mean**2).sum(axis=2), 0)
    return mean.astype(np.float32), spread.astype(np.float32), weight > 1e-3
