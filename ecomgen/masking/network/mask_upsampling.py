"""A network's soft mask made exact at the photo's resolution: by colours where it doubts, by GrabCut along its edge.

Colours are learnt from that part of the photo in which the network does not doubt. A place whose colour is seen on the
product only is likelier product than the network thinks, and grass in the gap of a bench less likely. A spot inside
the product that colours alone would cut out stays: it is a label, not the ground. GrabCut finds edges sharply and frays
where product and ground have one colour; the edge is where both together have it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_lab
from ecomgen.masking.matting.contour import blurred
from ecomgen.masking.openings import holes
from ecomgen.masking.refinement import crop_around, cut, resized, smaller
from ecomgen.masking.signs import log_odds
from ecomgen.morphology import parts, shrink
from ecomgen.types import BoolMask, Box, Matte, Pixels

Floats = NDArray[np.float64]


SIDE = 512  # pixels of the crop's copy
ROOM = 0.15  # of the product's size, left around it
CLEAR = 0.9  # likelihood, and one minus it, from which the network is believed
BAND = 0.008  # of the square root of the product's area: the least that the edge may move
LEAST_AGREEMENT = 0.88  # IoU below which the colours say something else than the network
LARGEST_CHANGE = 0.01  # of the product's area, that colours alone may add or take in one piece
SURE = 0.95  # likelihood, and one minus it, from which a pixel's colour is learnt
HELD = 0.005  # likelihoods are kept so far from 0 and 1
WEIGHT = 0.5  # of the colours' log odds beside the network's own
AGAINST, IN_FAVOUR = 4.0, 2.0  # log odds, at which colours are held: a support is often of the product's own colour
KEPT = 0.7  # mean likelihood from which a spot inside the product is left in it
STEP = 6.0  # CIELAB units a cell of the histograms is wide; lightness counts for less
LIGHTNESS = 0.7
CELLS = 44  # a side, of which colours of sRGB fill a part
EVEN = 1.0  # pixels over which GrabCut's edge fades before it is taken together with the likelihood
RARE = 1e-5  # share of a cell that is never called unseen


def follow_edges(photo: Pixels, soft: Matte) -> BoolMask:
    """The mask at the photo's size, bool HxW, its edge where the colours change.

    Args:
        photo: uint8 HxWx3.
        soft: likelihood in [0, 1], of the photo's proportions and any smaller size; above 0.5 somewhere.
    """
    height, width = photo.shape[:2]
    crop = crop_around(soft > 0.5, (height, width), ROOM)
    here = crop.slices
    small = smaller(photo[here], SIDE)
    start = with_colours(small, _stretched(soft, crop, (height, width), small.shape))
    whole = np.zeros((height, width), dtype=bool)
    both = (start + blurred(_settled(small, start), EVEN)) / 2
    whole[here] = resized(both > 0.5, (crop.height, crop.width))
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
    trimap[(soft > CLEAR) & shrink(start, reach)] = cv2.GC_FGD
    trimap[(soft < 1 - CLEAR) & shrink(~start, reach)] = cv2.GC_BGD
    if not ((trimap == cv2.GC_FGD).any() and (trimap == cv2.GC_BGD).any()):
        return start
    found = cut(photo, trimap)
    if np.count_nonzero(found & start) < LEAST_AGREEMENT * np.count_nonzero(found | start):
        return start
    return _without_large_changes(start, found)


def _without_large_changes(start: BoolMask, found: BoolMask) -> BoolMask:
    """Small moves of the edge are the colours' to decide; whole pieces are the network's."""
    labels, areas = parts(start ^ found, 4)
    limit = LARGEST_CHANGE * np.count_nonzero(start)
    thick = shrink(start ^ found, 0.5 * limit**0.5)
    result = found.copy()
    for number in np.flatnonzero(areas > limit):
        piece = labels == number
        if thick[piece].any():
            result[piece] = start[piece]
    return result


def with_colours(photo: Pixels, soft: Matte) -> Matte:
    """The likelihood with what colours say added to it, HxW in [0, 1].

    Args:
        photo: uint8 HxWx3, the product and some ground around it.
        soft: likelihood, HxW in [0, 1].
    """
    product, rest = soft > SURE, soft < 1 - SURE
    if not (product.any() and rest.any()):
        return soft
    places = _cells(photo)
    ratio = np.log((_density(places[product]) + RARE) / (_density(places[rest]) + RARE))
    odds = log_odds(soft.astype(np.float64), HELD) + WEIGHT * np.clip(ratio, -AGAINST, IN_FAVOUR)[places]
    told = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return _spots_kept(soft, told)


def _cells(photo: Pixels) -> NDArray[np.intp]:
    """The histogram's cell of every pixel."""
    colours = to_lab(photo) * np.array((LIGHTNESS, 1, 1), np.float32) + np.array((0, 128, 128), np.float32)
    down, across, deep = np.clip(colours / STEP, 0, CELLS - 1).astype(np.intp).transpose(2, 0, 1)
    return (down * CELLS + across) * CELLS + deep


def _density(places: NDArray[np.intp]) -> Floats:
    """The share of these pixels that fall into each cell, each spread over its neighbours."""
    from scipy.ndimage import gaussian_filter

    counts = np.bincount(places, minlength=CELLS**3).astype(np.float64).reshape(CELLS, CELLS, CELLS)
    return gaussian_filter(counts, 1.0, truncate=2.0).ravel() / len(places)


def _spots_kept(soft: Matte, told: Matte) -> Matte:
    """`told`, but as the network had it in spots inside the product of which it was not so unsure."""
    found = holes(told > 0.5)
    taken = (found.areas > 0)[found.numbers] & (soft > 0.5)
    count = np.bincount(found.numbers[taken], minlength=len(found.areas))
    likely = np.bincount(found.numbers[taken], weights=soft[taken], minlength=len(found.areas)) / np.maximum(count, 1)
    return np.where(taken & (likely > KEPT)[found.numbers], soft, told)
