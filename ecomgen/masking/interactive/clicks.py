"""A click moves the coherent piece of the photo around it into the mask, or out of it.

A graph cut over small patches weighs what the mask says now against the click: strong where the way from it crosses no
change of colour, and as far as the click lies from the mask's edge, for a click is made in the middle of what is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from ecomgen.masking.cache import held, key_of
from ecomgen.masking.graphcut.graph_cut import links, minimum_cuts
from ecomgen.masking.graphcut.superpixels import Division, divide
from ecomgen.masking.morphology import box_of
from ecomgen.masking.refinement import resized, shrink
from ecomgen.types import Box, Point

if TYPE_CHECKING:
    from ecomgen.masking.graphcut.superpixels import Floats, Superpixels
    from ecomgen.types import BoolMask, Pixels

SIDE = 448  # pixels of the crop's copy
PATCHES = Division(patches=1200)
ROOM = 0.15  # of the size of mask, box and clicks together, left around them
TRUST = 0.6  # log-odds a pixel of what the mask says already
PULL = 3.0  # log-odds a pixel next to a click
FADE = 12.0  # CIELAB units on the way from a click, over which it loses its pull
NOISE = 3.0  # CIELAB units from patch to patch that are no change of colour
REACH = 2.0  # times the click's distance from the mask's edge
NEAREST = 4.0  # pixels of the copy: the least such distance
OUTLINE = 15.0


def correct(photo: Pixels, mask: BoolMask, points: Sequence[Point], box: Box | None = None) -> BoolMask:
    """The mask after the last of the clicks; the earlier ones, already in the mask, stay as they are.

    Args:
        photo: uint8 HxWx3.
        mask: bool HxW.
        points: clicks in the photo, at least one.
        box: nothing outside it is product, unless it was clicked.

    Returns:
        bool HxW; differs from `mask` only in the piece that the last click is in.
    """
    crop = _crop(mask, points, box)
    here = crop.slices
    look = _look(photo[here], mask[here])
    moved = _moved(look, [_brought(point, crop, look.scale) for point in points], _outside(look, crop, box))
    if not moved.any():
        return mask
    corrected = mask.copy()
    shape = crop.height, crop.width
    rim = cv2.dilate(moved.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    corrected[here] = np.where(resized(rim, shape), resized(look.mask ^ moved, shape), mask[here])
    return corrected


@dataclass(frozen=True, kw_only=True, eq=False)
class _Look:
    """The crop's small copy: its patches, and the mask as it was."""

    patches: Superpixels
    mask: BoolMask
    share: Floats  # of each patch that is in the mask
    scale: float  # pixels of the copy per pixel of the photo

    @property
    def centres(self) -> Floats:
        """x and y of each patch, in pixels of the copy."""
        return self.patches.centres * self.mask.shape[::-1]


def _crop(mask: BoolMask, points: Sequence[Point], box: Box | None) -> Box:
    """The mask, the clicks and the drawn box, with some room around them."""
    corners = ((box.x0, box.y0), (box.x1, box.y1)) if box else ()
    whole = box_of(mask).including([*((point.x, point.y) for point in points), *corners])
    return whole.grown(ROOM * max(whole.width, whole.height) + 4, mask.shape)


def _look(photo: Pixels, mask: BoolMask) -> _Look:
    small = shrink(photo, SIDE)
    key = key_of("patches", small, PATCHES.patches)
    patches = held(key, lambda: divide(small, PATCHES), lambda made: made.nbytes)
    shrunk = resized(mask, small.shape)
    share = patches.average(shrunk)
    return _Look(patches=patches, mask=shrunk, share=share, scale=small.shape[1] / photo.shape[1])


def _brought(point: Point, crop: Box, scale: float) -> Point:
    """The click on the crop's copy."""
    return Point(int((point.x + 0.5 - crop.x0) * scale), int((point.y + 0.5 - crop.y0) * scale), point.inside)


def _outside(look: _Look, crop: Box, box: Box | None) -> BoolMask:
    """The patches that a box forbids."""
    if box is None:
        return np.zeros(look.patches.count, dtype=bool)
    x, y = look.centres.T
    left, top = (box.x0 - crop.x0) * look.scale, (box.y0 - crop.y0) * look.scale
    right, bottom = (box.x1 - crop.x0) * look.scale, (box.y1 - crop.y0) * look.scale
    return (x < left) | (x > right) | (y < top) | (y > bottom)


def _moved(look: _Look, points: Sequence[Point], outside: BoolMask) -> BoolMask:
    """The pixels of the copy that change sides with the last click."""
    patches, last = look.patches, points[-1]
    product, rest = np.zeros_like(outside), outside.copy()
    for point in points:
        patch = patches.labels[point.y, point.x]
        product[patch], rest[patch] = point.inside, not point.inside
    likely = TRUST * (2 * look.share - 1) + (1 if last.inside else -1) * _pull(look, last)
    unary, edges = patches.areas * likely, links(patches, OUTLINE)
    cuts = minimum_cuts(patches, unary[None], edges[None], product=product[None], rest=rest[None])
    changed = (cuts[0] != (look.share > 0.5))[patches.labels]
    pieces = cv2.connectedComponents(changed.astype(np.uint8), connectivity=8)[1]
    own = pieces[last.y, last.x]
    piece = (pieces == own) & bool(own)
    return piece & (look.mask != last.inside)


def _pull(look: _Look, point: Point) -> Floats:
    """What the click says of each patch, in log-odds a pixel."""
    patches = look.patches
    steps = np.maximum(patches.differences - NOISE, 0) + 1e-6
    graph = coo_matrix((steps, (patches.left, patches.right)), (patches.count, patches.count)).tocsr()
    colours = dijkstra(graph, directed=False, indices=patches.labels[point.y, point.x])
    away = np.hypot(*(look.centres - (point.x, point.y)).T) / (REACH * _depth(look.mask, point))
    return PULL * np.exp(-colours / FADE - away**2 / 2)


def _depth(mask: BoolMask, point: Point) -> float:
    """How far the click is from where the mask now ends; the photo's frame is no end."""
    same = (~mask if point.inside else mask).astype(np.uint8)
    framed = np.pad(same, 1, constant_values=1)
    distance = cv2.distanceTransform(framed, cv2.DIST_L2, 5)[point.y + 1, point.x + 1]
    return max(NEAREST, float(min(distance, max(mask.shape))))
