"""Where a mask is: growing and shrinking it, the parts that hang together, and what is nearest to a hole in it.

The photo's frame is no edge.
"""

from __future__ import annotations

from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.types import BoolMask, Matte

Number = TypeVar("Number", bound=np.generic)


def grow(mask: BoolMask, radius: float | Matte) -> BoolMask:
    """All pixels at most `radius` from the mask; it may differ from pixel to pixel.

    Whatever the radius, the price is one distance transform.
    """
    return ~shrink(~mask, radius)


def shrink(mask: BoolMask, radius: float | Matte) -> BoolMask:
    """The mask's pixels farther than `radius` from everything else in the photo."""
    if mask.all():
        return mask.copy()
    return depth(mask) > radius


def depth(mask: BoolMask) -> Matte:
    """How many pixels each of a mask's is away from everything else in the photo, float32 HxW; 0 outside the mask."""
    return np.asarray(cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5), np.float32)


def close(mask: BoolMask, radius: float) -> BoolMask:
    """Morphological closing by a disc: gaps narrower than twice the radius are bridged."""
    return shrink(grow(mask, radius), radius) | mask


def dilated(mask: BoolMask, pixels: int) -> BoolMask:
    """Grown by a square: so many pixels to every side and corner."""
    return np.asarray(cv2.dilate(mask.astype(np.uint8), _square(pixels))) > 0


def eroded(mask: BoolMask, pixels: int) -> BoolMask:
    """Shrunk by a square: so many pixels from every side and corner."""
    return np.asarray(cv2.erode(mask.astype(np.uint8), _square(pixels))) > 0


def _square(pixels: int) -> NDArray[np.uint8]:
    return np.ones((2 * pixels + 1, 2 * pixels + 1), np.uint8)


def parts(mask: BoolMask, neighbours: int = 8) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The number of the connected part that each pixel is of, and the parts' areas; the rest is 0, and has no area."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=neighbours)
    areas = np.asarray(stats)[:, cv2.CC_STAT_AREA].astype(np.int64)
    areas[0] = 0
    return np.asarray(labels, np.int32), areas


def frame(values: NDArray[Number]) -> NDArray[Number]:
    """What lies along the four sides of HxW; corners twice."""
    return np.concatenate([values[0], values[-1], values[:, 0], values[:, -1]])


def disc(radius: int) -> NDArray[np.uint8]:
    """The pixels of a disc, so many to every side of its centre."""
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.uint8)


def touching(mask: BoolMask, other: BoolMask) -> BoolMask:
    """The connected parts of a mask (of 8 neighbours each) that share a pixel with another."""
    count, found = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
    labels = np.asarray(found, np.int32)
    met = np.zeros(count, bool)
    met[labels[mask & other]] = True
    return met[labels]


def stretched(mask: BoolMask, size: tuple[int, int]) -> BoolMask:
    """At another size, width first; each pixel is that of the nearest."""
    return cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0


def filled(values: NDArray[Number], hole: BoolMask) -> NDArray[Number]:
    """HxW or HxWxC, in a hole (HxW) what is nearest outside it."""
    from scipy.ndimage import distance_transform_edt

    nearest: Any = distance_transform_edt(hole, return_distances=False, return_indices=True)
    return values[tuple(nearest)]
