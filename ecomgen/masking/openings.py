"""Holes in a mask: a mug handle's opening shows the ground and stays open, a label in the ground's colour is filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen.masking.morphology import grow
from ecomgen.masking.refining import resized, shrink
from ecomgen.masking.superpixels import lab

if TYPE_CHECKING:
    from ecomgen.types import BoolMask, Pixels

side = 640  # pixels of the copy on which holes are judged
ring = 0.25  # of the product's size, around it, in which its background is known
largest_hole = 0.2  # of the product's area, that may be filled
foreign = 9.0  # CIELAB distance from which a hole's colours are not the background's


def holes(pixels: BoolMask) -> BoolMask:
    """What the mask encloses: background that cannot reach the photo's border."""
    outside = np.pad((~pixels).astype(np.uint8), 1, constant_values=1)
    cv2.floodFill(outside, None, (0, 0), 2)
    return outside[1:-1, 1:-1] == 1


def false_holes(photo: Pixels, mask: BoolMask) -> BoolMask:
    """The holes that are no openings: a muzzle, a label.

    An opening shows what lies around the product, and the wall between it and the outside, or the next opening of a
    mesh, is thinner than it is wide.

    Args:
        photo: uint8 HxWx3.
        mask: bool HxW, not empty.
    """
    inside = holes(mask)
    if not inside.any():
        return inside
    small = shrink(photo, side)
    product, hollow = resized(mask, small.shape), resized(inside, small.shape)
    outside = ~(product | hollow)
    colours, area = lab(small), np.count_nonzero(product)
    around = _mixture(colours[grow(product, ring * area**0.5) & outside])
    count, labels = cv2.connectedComponents(hollow.astype(np.uint8), connectivity=4)
    filled = np.zeros_like(hollow)
    for number in range(1, count):
        hole = labels == number
        small_enough = np.count_nonzero(hole) <= largest_hole * area
        if small_enough and (
            _is_deep(hole, outside | (hollow & ~hole)) or _strangeness(colours[hole], around) > foreign
        ):
            filled |= hole
    return _parts_under(inside, filled)


def _parts_under(inside: BoolMask, marked: BoolMask) -> BoolMask:
    """The full-size holes of which the small copy's mark covers the most."""
    count, labels = cv2.connectedComponents(inside.astype(np.uint8), connectivity=4)
    mark = cv2.resize(marked.astype(np.uint8), inside.shape[::-1], interpolation=cv2.INTER_NEAREST)
    at = np.asarray(labels, dtype=np.int32)[inside]  # holes are few pixels of many
    chosen = np.bincount(at, mark[inside], minlength=count) > 0.5 * np.bincount(at, minlength=count)
    filled = np.zeros_like(inside)
    filled[inside] = chosen[at]
    return filled


def _is_deep(hole: BoolMask, outside: BoolMask) -> bool:
    """Farther from the outside than it is wide."""
    if not outside.any():
        return True
    rows, columns = np.flatnonzero(hole.any(axis=1)), np.flatnonzero(hole.any(axis=0))
    alone = np.pad(hole[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.uint8), 1)
    width = 2 * float(cv2.distanceTransform(alone, cv2.DIST_L2, 5).max())
    reach = int(width) + 2  # what lies farther off makes no difference
    here = tuple(slice(max(0, int(line[0]) - reach), int(line[-1]) + 1 + reach) for line in (rows, columns))
    if not outside[here].any():
        return True
    wall = np.asarray(cv2.distanceTransform((~outside[here]).astype(np.uint8), cv2.DIST_L2, 5))[hole[here]].min()
    return bool(wall > width)


def _mixture(colours: np.ndarray) -> np.ndarray:
    """Up to 400 of the colours, evenly taken."""
    return colours[:: max(1, len(colours) // 400)]


def _strangeness(colours: np.ndarray, known: np.ndarray) -> float:
    """Median distance in CIELAB from a colour to the nearest tenth of the known ones; 0 where none is known."""
    if not len(known):
        return 0.0
    from scipy.spatial.distance import cdist

    some = _mixture(colours)
    weight = np.array((0.7, 1, 1), np.float32)
    distances = cdist(some * weight, known * weight)
    return float(np.median(np.quantile(distances, 0.1, axis=1)))
