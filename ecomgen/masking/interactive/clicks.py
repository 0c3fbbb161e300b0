"""A click moves the coherent piece of the photo around it into the mask, or out of it, and nothing else.

A network says of every pixel what it takes it for, told of the mask and of the clicks (`click_answers`); of what would
change sides only the connected piece that holds the click is changed, so that a click never does anything elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from ecomgen.masking.interactive.click_answers import depths, likeness, nearest, smoothed
from ecomgen.masking.refinement import resized, smaller
from ecomgen.morphology import dilated, touching
from ecomgen.types import BoolMask, Box, Matte, Pixels, Point

Network = Callable[[Pixels, BoolMask, Sequence[Point], Box | None], Matte]
"""A small photo, its mask before the last of the clicks, the clicks and the box on it, to the log-odds, HxW, that
each pixel is product."""

SIDE = 448  # pixels of the crop's copy
ROOM = 0.25  # of the size of mask, box and clicks together, left around them
DOT = 1.5  # pixels of the copy around a click, of which it is certain
DEEP, FAR = 2.0, 4.0  # in units of how deep the click lies on its wrong side
DEEPER, FARTHER = 2.0, 0.4  # log-odds a unit beyond them that are asked for: nobody clicks at the rim of what is wrong
SAME_COLOUR = 1.5  # log-odds, where the colour is the one that was clicked
PROPOSED = 1.5  # log-odds, where another proposal is right at every click, for what it says


def correct(
    photo: Pixels,
    mask: BoolMask,
    points: Sequence[Point],
    network: Network,
    *,
    box: Box | None = None,
    start: BoolMask | None = None,
    proposal: BoolMask | None = None,
) -> BoolMask:
    """The mask after the last of the clicks; the earlier ones, already in the mask, stay as they are.

    Args:
        photo: uint8 HxWx3.
        mask: bool HxW.
        points: clicks in the photo, at least one.
        network: says what each pixel is.
        box: the one that was drawn.
        start: the mask before the first of the clicks: all are judged on one crop, and what an earlier click has moved
            is not moved back by one that lies farther from it.
        proposal: another mask of the product, which is right at every click.

    Returns:
        bool HxW; differs from `mask` only in one connected piece, which holds the last click.
    """
    if bool(mask[points[-1].y, points[-1].x]) == points[-1].inside:
        return mask
    crop = _around(mask if start is None else start, points, box)
    here = crop.slices
    small = smaller(photo[here], SIDE)
    now, scale = resized(mask[here], small.shape), (small.shape[1] / crop.width, small.shape[0] / crop.height)
    brought = [point.within(crop).scaled(*scale) for point in points]
    odds = network(small, now, brought, box and box.within(crop).scaled(*scale))
    side = SAME_COLOUR if brought[-1].inside else -SAME_COLOUR
    odds = odds + side * likeness(smoothed(small), brought[-1])
    if proposal is not None:
        odds = odds + PROPOSED * np.where(resized(proposal[here], small.shape), 1, -1)
    settled = None if start is None else resized(start[here], small.shape) ^ now
    moved = moving(odds.astype(np.float32), now, brought, settled)
    corrected = mask.copy()
    corrected[here] = _applied(now, moved, mask[here], [point.within(crop) for point in points], 1 / min(scale))
    return corrected


def moving(odds: Matte, mask: BoolMask, points: Sequence[Point], settled: BoolMask | None = None) -> BoolMask:
    """The connected pixels around the last click that change sides with it.

    Args:
        odds: log-odds, HxW, that each pixel is product.
        mask: bool HxW.
        points: clicks in it.
        settled: what earlier clicks have moved.
    """
    last = points[-1]
    opponents = [point for point in points if point.inside != last.inside]
    depth, signed = depths(mask, last)
    away = nearest([last], mask.shape)
    doubt = DEEPER * np.maximum(signed / depth - DEEP, 0) + FARTHER * np.maximum(away / depth - FAR, 0)
    moves = (odds if last.inside else -odds) > doubt
    if opponents:
        closer = nearest(opponents, mask.shape)
        moves &= closer > DOT
        if settled is not None:
            moves &= ~(settled & (closer < away))
        moves |= away <= np.minimum(DOT, closer / 3)
    else:
        moves |= away <= DOT
    return parts_at(moves & (mask != last.inside), [last])


def _around(mask: BoolMask, points: Sequence[Point], box: Box | None) -> Box:
    """The product, the drawn box and the clicks, with some room around: the same for all clicks on the product."""
    corners = ((box.x0, box.y0), (box.x1 - 1, box.y1 - 1)) if box else ()
    last = points[-1]
    extent = Box.of(mask) if mask.any() else Box(last.x, last.y, last.x + 1, last.y + 1)
    whole = extent.including([*corners, *((point.x, point.y) for point in points)])
    return whole.grown(ROOM * whole.longest + 4, mask.shape)


def parts_at(pixels: BoolMask, points: Sequence[Point]) -> BoolMask:
    """The connected parts that hold one of the points; empty where there is none."""
    found = np.zeros_like(pixels)
    for point in points:
        found[point.y, point.x] = pixels[point.y, point.x]
    if found.any():
        here = Box.of(pixels).slices
        found[here] = touching(pixels[here], found[here])
    return found


def _applied(now: BoolMask, moved: BoolMask, mask: BoolMask, points: Sequence[Point], dot: float) -> BoolMask:
    """The mask in the crop, at the photo's size, with what moved on the copy; what was clicked is exact, within `dot`
    pixels."""
    rim, last, earlier = resized(dilated(moved, 1), mask.shape), points[-1], points[:-1]
    changed = rim & (resized(now ^ moved, mask.shape) == last.inside)
    changed |= _disc(last, dot, mask.shape)
    for point in earlier:
        if point.inside != last.inside:
            apart = float(np.hypot(point.x - last.x, point.y - last.y))
            changed &= ~_disc(point, min(dot, apart / 3), mask.shape)
    return mask ^ parts_at(changed & (mask != last.inside), [last])


def _disc(point: Point, radius: float, shape: tuple[int, ...]) -> BoolMask:
    disc = np.zeros(shape, np.uint8)
    return cv2.circle(disc, (point.x, point.y), int(radius), 1, -1) > 0
