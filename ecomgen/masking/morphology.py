"""Where a mask is; growing and shrinking it by any radius at the price of one distance transform.

The photo's frame is no edge.
"""

from __future__ import annotations

import cv2
import numpy as np

from ecomgen.types import BoolMask, Matte


def grow(mask: BoolMask, radius: float | Matte) -> BoolMask:
    """All pixels at most `radius` from the mask; it may differ from pixel to pixel."""
    return ~shrink(~mask, radius)


def shrink(mask: BoolMask, radius: float | Matte) -> BoolMask:
    """The mask's pixels farther than `radius` from everything else in the photo."""
    if mask.all():
        return mask.copy()
    return np.asarray(cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)) > radius


def close(mask: BoolMask, radius: float) -> BoolMask:
    """Morphological closing by a disc: gaps narrower than twice the radius are bridged."""
    return shrink(grow(mask, radius), radius) | mask
