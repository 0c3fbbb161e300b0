"""A network's soft mask made exact at the photo's resolution: by colours where it doubts, by GrabCut along its edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen.masking.network.color_model import with_colours
from ecomgen.masking.refinement import crop_around, resized, shrink
from ecomgen.types import Box

if TYPE_CHECKING:
    from ecomgen.types import BoolMask, Matte, Pixels

SIDE = 512  # pixels of the crop's copy
ROOM = 0.15  # of the product's size, left around it
CLEAR = 0.9  # likelihood, and one minus it, from which the network is believed
BAND = 0.02  # of the square root of the product's area: the least that the edge may move
ROUNDS = 2
LEAST_AGREEMENT = 0.88  # IoU below which the colours say something else than the network
LARGEST_CHANGE = 0.01  # of the product's area, that colours alone may add or take in one piece


def follow_edges(photo: Pixels, soft: Matte) -> BoolMask:
    """The mask at the photo's size, its edge where the colours change.

    Args:
        photo: uint8 HxWx3.
        soft: likelihood in [0, 1], of the photo's proportions and any smaller size; above 0.5 somewhere.

    Returns:
        bool HxW.
    """
    height, width = photo.shape[:2]
    crop = crop_around(soft > 0.5, (height, width), ROOM)
    here = crop.slices
    small = shrink(photo[here], SIDE)
    start = with_colours(small, _stretched(soft, crop, (height, width), small.shape))
    whole = np.zeros((height, width), dtype=bool)
    whole[here] = resized(_settled(small, start), (crop.height, crop.width))
    return whole


def _stretched(soft: Matte, crop: Box, size: tuple[int, int], shape: tuple[int, ...]) -> Matte:
    """The part of a soft mask that the crop shows, at the size of the crop's copy."""
    down, across = soft.shape[0] / size[0], soft.shape[1] / size[1]
    columns = (crop.x0 + (np.arange(shape[1]) + 0.5) * crop.width / shape[1]) * across - 0.5
    rows = (crop.y0 + (np.arange(shape[0]) + 0.5) * crop.height / shape[0]) * down - 0.5
    grid = np.meshgrid(columns.astype(np.float32), rows.astype(np.float32))
    return cv2.remap(soft, *grid, interpolation=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)


def _settled(photo: Pixels, soft: Matte) -> BoolMask:
    """What GrabCut says in the band where the network doubts, as far as the two agree."""
    start = soft > 0.5
    trimap = np.where(start, np.uint8(cv2.GC_PR_FGD), np.uint8(cv2.GC_PR_BGD))
    reach = max(2.0, BAND * float(np.count_nonzero(start)) ** 0.5)
    trimap[(soft > CLEAR) & (_depth(start) > reach)] = cv2.GC_FGD
    trimap[(soft < 1 - CLEAR) & (_depth(~start) > reach)] = cv2.GC_BGD
    if not ((trimap == cv2.GC_FGD).any() and (trimap == cv2.GC_BGD).any()):
        return start
    cv2.setRNGSeed(0)
    cut, _, _ = cv2.grabCut(
        photo, trimap, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), ROUNDS, cv2.GC_INIT_WITH_MASK
    )
    found = np.isin(cut, (cv2.GC_FGD, cv2.GC_PR_FGD))
    if np.count_nonzero(found & start) < LEAST_AGREEMENT * np.count_nonzero(found | start):
        return start
    return _without_large_changes(start, found)


def _depth(inside: BoolMask) -> Matte:
    """Distance to the nearest pixel outside; the photo's frame is no edge."""
    return cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 5).astype(np.float32)


def _without_large_changes(start: BoolMask, found: BoolMask) -> BoolMask:
    """Small moves of the edge are the colours' to decide; whole pieces are the network's."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((start ^ found).astype(np.uint8), connectivity=4)
    thick = _depth(start ^ found)
    limit = LARGEST_CHANGE * np.count_nonzero(start)
    result = found.copy()
    for number in range(1, count):
        piece = labels == number
        if stats[number, cv2.CC_STAT_AREA] > limit and thick[piece].max() > 0.5 * limit**0.5:
            result[piece] = start[piece]
    return result
