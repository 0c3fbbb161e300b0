"""A coarse cut made exact: GrabCut over pixels in a band around its edge, on a crop of the product."""

from __future__ import annotations

import cv2
import numpy as np

from ecomgen.morphology import disc
from ecomgen.types import BoolMask, Box, Pixels

SIDE = 448  # pixels of the crop's copy
ROOM = 0.2  # of the product's size, left around it
INWARD, OUTWARD = 0.08, 0.12  # of the square root of the product's area: how far the edge may move
ROUNDS = 2
HALF = 128  # of 255, above which a pixel of a resized mask belongs to it


def smaller(photo: Pixels, longest: int) -> Pixels:
    """A copy of at most `longest` pixels a side."""
    scale = longest / max(photo.shape[:2])
    if scale >= 1:
        return np.ascontiguousarray(photo)
    size = max(1, round(photo.shape[1] * scale)), max(1, round(photo.shape[0] * scale))
    return np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def refine(photo: Pixels, coarse: BoolMask, allowed: Box | None = None) -> BoolMask:
    """A coarse cut at the photo's size, bool HxW, its edge moved to where the colours change.

    Args:
        photo: uint8 HxWx3.
        coarse: bool, of the photo's proportions and any smaller size, not empty.
        allowed: nothing outside it is product.
    """
    height, width = photo.shape[:2]
    crop = crop_around(coarse, (height, width), ROOM)
    here = crop.slices
    small = smaller(photo[here], SIDE)
    start = resized(_stretched(coarse, crop, width, height), small.shape)
    bounds = (allowed or Box(0, 0, width, height)).within(crop)
    forbidden = ~bounds.scaled(small.shape[1] / crop.width, small.shape[0] / crop.height).drawn(small.shape)
    better = _grabcut(small, start & ~forbidden, forbidden)
    whole = np.zeros((height, width), dtype=bool)
    whole[here] = resized(better, (crop.height, crop.width))
    return whole


def crop_around(mask: BoolMask, size: tuple[int, ...], room: float) -> Box:
    """A mask's box with `room`, of its longer side, around it, in a picture of another size: rows, columns."""
    box, across, down = Box.of(mask), size[1] / mask.shape[1], size[0] / mask.shape[0]
    margin = room * max(box.width * across, box.height * down) + 4
    x0, x1 = int(box.x0 * across - margin), int(box.x1 * across + margin)
    y0, y1 = int(box.y0 * down - margin), int(box.y1 * down + margin)
    return Box(max(0, x0), max(0, y0), min(size[1], x1), min(size[0], y1))


def nearest(values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Values, HxW, at another size: each pixel takes the nearest."""
    rows, columns = (
        ((np.arange(new) + 0.5) * old / new).astype(int) for new, old in zip(shape[:2], values.shape, strict=True)
    )
    return values[rows[:, None], columns[None]]


def _stretched(coarse: BoolMask, crop: Box, width: int, height: int) -> BoolMask:
    """The part of a coarse mask that the crop shows."""
    across, down = coarse.shape[1] / width, coarse.shape[0] / height
    columns = ((np.arange(crop.x0, crop.x1) + 0.5) * across).astype(int).clip(0, coarse.shape[1] - 1)
    rows = ((np.arange(crop.y0, crop.y1) + 0.5) * down).astype(int).clip(0, coarse.shape[0] - 1)
    return coarse[rows[:, None], columns[None]]


def resized(mask: BoolMask, shape: tuple[int, ...]) -> BoolMask:
    """Smaller by areas, larger with a smooth outline instead of stairs."""
    height, width = shape[:2]
    if mask.shape == (height, width):
        return mask
    soft = np.where(mask, np.uint8(255), np.uint8(0))
    if height < mask.shape[0]:
        return cv2.resize(soft, (width, height), interpolation=cv2.INTER_AREA) > HALF
    soft = cv2.GaussianBlur(soft, (0, 0), 0.7)
    return cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR) > HALF


def _grabcut(photo: Pixels, start: BoolMask, forbidden: BoolMask) -> BoolMask:
    size = float(np.count_nonzero(start)) ** 0.5
    bytes_ = start.astype(np.uint8)
    trimap = np.full(start.shape, cv2.GC_BGD, np.uint8)
    trimap[cv2.dilate(bytes_, disc(max(1, round(OUTWARD * size)))) > 0] = cv2.GC_PR_BGD
    trimap[start] = cv2.GC_PR_FGD
    trimap[cv2.erode(bytes_, disc(max(1, round(INWARD * size)))) > 0] = cv2.GC_FGD
    trimap[forbidden] = cv2.GC_BGD
    found = cut(photo, trimap)
    return found if found.any() else start


def cut_rectangle(photo: Pixels, window: tuple[float, float, float, float]) -> BoolMask:
    """GrabCut as its authors meant it: product somewhere in a window (XYXY in [0, 1]), nothing outside it."""
    height, width = photo.shape[:2]
    x0, y0, x1, y1 = window
    trimap = np.full((height, width), cv2.GC_BGD, np.uint8)
    trimap[round(y0 * height) : round(y1 * height), round(x0 * width) : round(x1 * width)] = cv2.GC_PR_FGD
    return cut(photo, trimap)


def cut(photo: Pixels, trimap: np.ndarray) -> BoolMask:
    """Where both sides are known a little, the cut; else what the trimap says."""
    product = np.isin(trimap, (cv2.GC_FGD, cv2.GC_PR_FGD))
    if product.all() or not product.any():
        return product
    cv2.setRNGSeed(0)
    cut, _, _ = cv2.grabCut(
        photo, trimap, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), ROUNDS, cv2.GC_INIT_WITH_MASK
    )
    return np.isin(cut, (cv2.GC_FGD, cv2.GC_PR_FGD))
