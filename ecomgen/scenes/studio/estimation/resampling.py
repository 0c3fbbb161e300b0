"""Copies of photos at the sizes at which they are read."""

from __future__ import annotations

import cv2
import numpy as np

from ecomgen.color import LUMA, to_linear
from ecomgen.morphology import stretched
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.types import BoolMask, Pixels


def squeezed(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """A photo averaged down to a size, width first."""
    return np.asarray(cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA), np.uint8)


def at_most(pixels: Pixels, longest: int) -> Pixels:
    """A photo whose longer side has no more pixels than that."""
    scale = min(1.0, longest / max(pixels.shape[:2]))
    return squeezed(pixels, (max(round(pixels.shape[1] * scale), 1), max(round(pixels.shape[0] * scale), 1)))


def by_product(pixels: Pixels, mask: BoolMask, side: int, least: int) -> tuple[Pixels, BoolMask, float]:
    """A photo in which the product has so many pixels on its larger `side`, where that is, and by what it was scaled.

    The photo has at `least` so many pixels a side.
    """
    rows, columns = np.nonzero(mask)
    scale = side / max(np.ptp(rows), np.ptp(columns), 1)
    size = (max(round(mask.shape[1] * scale), least), max(round(mask.shape[0] * scale), least))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    return np.asarray(small, np.uint8), stretched(mask, size), scale


def smooth_tone(pixels: Pixels, darkest: float) -> Values:
    """Log luminance over what is `darkest`, without grain, HxW."""
    tone = np.log((to_linear(pixels) @ LUMA).astype(np.float32) + darkest)
    return np.asarray(cv2.GaussianBlur(cv2.medianBlur(tone, 5), (0, 0), 2.5), np.float32)
