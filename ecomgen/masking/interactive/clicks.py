"""A click moves the coherent piece of the photo around it into the mask, or out of it, and nothing else.

A graph cut over small patches weighs what speaks for each patch to change sides (`click_evidence`); of what it gives
only the connected piece that holds the click is changed, so that a click never does anything elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen.masking.graphcut.graph_cut import links, minimum_cuts
from ecomgen.masking.interactive.click_evidence import Look, for_the_click, nearest
from ecomgen.masking.morphology import box_of
from ecomgen.masking.refinement import resized, shrink
from ecomgen.types import Box, Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecomgen.masking.interactive.click_evidence import Network
    from ecomgen.types import BoolMask, Matte, Pixels

SIDE = 448  # pixels of the crop's copy
ROOM = 0.25  # of the size of mask, box and clicks together, left around them
OUTLINE = 15.0
BAND, BLUR = 3.0, 0.7  # pixels: how far from a patch's edge pixels decide for themselves, and how smoothly
MOST = 6.0  # log-odds a pixel at which evidence is held


def correct(
    photo: Pixels,
    mask: BoolMask,
    points: Sequence[Point],
    box: Box | None = None,
    network: Network | None = None,
    start: BoolMask | None = None,
    proposal: BoolMask | None = None,
) -> BoolMask:
    """The mask after the last of the clicks; the earlier ones, already in the mask, stay as they are.

    Args:
        photo: uint8 HxWx3.
        mask: bool HxW.
        points: clicks in the photo, at least one.
        box: nothing outside it is product, unless it was clicked.
        network: is told of the clicks; without it colours alone decide.
        start: the mask before the first of the clicks: all are judged on one crop, and what an earlier click has moved
            is not moved back by one that lies farther from it.
        proposal: another mask of the product, which is right at every click.

    Returns:
        bool HxW; differs from `mask` only in one connected piece, which holds the last click.
    """
    if bool(mask[points[-1].y, points[-1].x]) == points[-1].inside:
        return mask
    crop = _crop(box_of(mask if start is None else start), points, box, mask.shape)
    here = crop.slices
    small = shrink(photo[here], SIDE)
    now, other = resized(mask[here], small.shape), None if proposal is None else resized(proposal[here], small.shape)
    look = Look(photo=small, mask=now, network=network, proposal=other)
    frame = _Frame(crop=crop, shape=small.shape[:2])
    brought = [frame.brought(point) for point in points]
    settled = None if start is None or len(points) < 2 else resized(start[here], small.shape) ^ look.mask
    moved = _moved(look, brought, frame.outside(look, box), settled)
    corrected = mask.copy()
    corrected[here] = _applied(look, moved, mask[here], frame, points)
    return corrected


@dataclass(frozen=True, kw_only=True)
class _Frame:
    """A part of a photo, and the size of its copy: rows, columns."""

    crop: Box
    shape: tuple[int, ...]

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels of the copy per pixel of the photo, across and down."""
        return self.shape[1] / self.crop.width, self.shape[0] / self.crop.height

    def brought(self, point: Point) -> Point:
        """The click on the copy."""
        across, down = self.scale
        return Point(
            int((point.x + 0.5 - self.crop.x0) * across), int((point.y + 0.5 - self.crop.y0) * down), point.inside
        )

    def outside(self, look: Look, box: Box | None) -> BoolMask:
        """The patches that a box forbids."""
        if box is None:
            return np.zeros(look.patches.count, dtype=bool)
        (x, y), (across, down) = (look.patches.centres * self.shape[::-1]).T, self.scale
        left, top = (box.x0 - self.crop.x0) * across, (box.y0 - self.crop.y0) * down
        right, bottom = (box.x1 - self.crop.x0) * across, (box.y1 - self.crop.y0) * down
        return (x < left) | (x > right) | (y < top) | (y > bottom)


def _crop(extent: Box, points: Sequence[Point], box: Box | None, size: tuple[int, ...]) -> Box:
    """The product, the drawn box and the clicks, with some room around them: the same for all clicks on the product."""
    corners = ((box.x0, box.y0), (box.x1 - 1, box.y1 - 1)) if box else ()
    whole = extent.including([*corners, *((point.x, point.y) for point in points)])
    return whole.grown(ROOM * max(whole.width, whole.height) + 4, size)


def _moved(look: Look, points: Sequence[Point], outside: BoolMask, settled: BoolMask | None) -> BoolMask:
    """The pixels of the copy that change sides with the last click."""
    patches, last = look.patches, points[-1]
    there = look.share > 0.5 if last.inside else look.share < 0.5
    moves = np.arange(patches.count) == look.patch(last)
    opponents = [point for point in points if point.inside != last.inside]
    stays = outside & ~there if last.inside else np.zeros_like(outside)
    stays[[look.patch(point) for point in opponents]] = True
    evidence = for_the_click(look, points)
    odds = np.clip(evidence, -MOST, MOST)
    if settled is not None and opponents:
        odds[settled & (nearest(opponents, settled.shape) < nearest([last], settled.shape))] = -MOST
    stays &= ~moves
    unary, edges = patches.areas * np.where(there, MOST, patches.average(odds)), links(patches, OUTLINE)
    cut = minimum_cuts(patches, unary[None], edges[None], product=moves[None], rest=stays[None])[0]
    reached = _with_edges(cut[patches.labels], np.where(stays[patches.labels], -MOST, odds))
    reached = (reached & np.isfinite(evidence)) | moves[patches.labels]
    return _piece(reached & (look.mask != last.inside), last)


def _with_edges(reached: BoolMask, odds: Matte) -> BoolMask:
    """What was reached patch by patch, its edge where the pixels' own evidence changes sides."""
    bytes_ = reached.astype(np.uint8)
    away = cv2.distanceTransform(bytes_, cv2.DIST_L2, 5) + cv2.distanceTransform(1 - bytes_, cv2.DIST_L2, 5)
    return np.where(away <= BAND, cv2.GaussianBlur(odds.astype(np.float32), (0, 0), BLUR) > 0, reached)


def _piece(pixels: BoolMask, point: Point) -> BoolMask:
    """The connected part that holds a point; empty where there is none."""
    if not pixels[point.y, point.x]:
        return np.zeros_like(pixels)
    here = box_of(pixels).slices
    parts = cv2.connectedComponents(pixels[here].astype(np.uint8), connectivity=8)[1]
    found = np.zeros_like(pixels)
    found[here] = parts == parts[point.y - here[0].start, point.x - here[1].start]
    return found


def _applied(look: Look, moved: BoolMask, mask: BoolMask, frame: _Frame, points: Sequence[Point]) -> BoolMask:
    """The mask in the frame, at the photo's size, with what moved on the copy; what was clicked is exact."""
    rim = resized(cv2.dilate(moved.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0, mask.shape)
    last, *earlier = (
        Point(x - frame.crop.x0, y - frame.crop.y0, inside) for x, y, inside in (points[-1], *points[:-1])
    )
    changed = rim & (resized(look.mask ^ moved, mask.shape) == last.inside)
    dot = 1 / min(frame.scale)
    changed |= _disc(last, dot, mask.shape)
    for point in earlier:
        if point.inside != last.inside:
            apart = float(np.hypot(point.x - last.x, point.y - last.y))
            changed &= ~_disc(point, min(dot, apart / 3), mask.shape)
    return mask ^ _piece(changed & (mask != last.inside), last)


def _disc(point: Point, radius: float, shape: tuple[int, ...]) -> BoolMask:
    disc = np.zeros(shape, np.uint8)
    return cv2.circle(disc, (point.x, point.y), int(radius), 1, -1) > 0
