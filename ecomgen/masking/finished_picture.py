"""Where a product that was put into a picture is seen in it now, by a masker that is told its place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecomgen.masking.maskers import lite
from ecomgen.masking.maskers.sam_clip import SIDE as SAM_SIDE
from ecomgen.masking.network.inference import NEAR_SIDE, Looker, around, load
from ecomgen.masking.refinement import resized, smaller
from ecomgen.morphology import depth
from ecomgen.types import BoolMask, Pixels, Placement, Point

POINTS = 3  # on the product, that Segment Anything is told beside its box


def seen(picture: Pixels, placement: Placement, masker: str) -> BoolMask | None:
    """HxW: where the products of a placement are seen in HxWx3; None where none of them is, or nobody can look.

    Args:
        picture: the finished picture, of the canvas's size.
        placement: says of each product where it was put.
        masker: what found it in its photo. Segment Anything looks again if it was that, otherwise our own network.
    """
    find = _by_sam if masker in ("sam-clip", "sam2") else _by_lite
    if find is _by_lite and lite.networks_here() is None:
        return None
    found = [find(picture, one, masker) for one in placement.parts or (placement,)]
    whole = np.logical_or.reduce(found)
    return whole if whole.any() else None


def _by_sam(picture: Pixels, placement: Placement, masker: str) -> BoolMask:
    """What it is surest of, asked by box and points; never all that there is in the picture."""
    from ecomgen.masking.maskers import sam2
    from ecomgen.masking.sam import segmenter

    small = smaller(picture, SAM_SIDE)
    scale = small.shape[1] / picture.shape[1]
    points = inner_points(resized(placement.product[..., 3] > 127, small.shape), POINTS)
    asked = sam2.opened() if masker == "sam2" else segmenter.opened()
    answers = asked.prompted(small, box=placement.box.scaled(scale), points=points)
    if not answers:
        return np.zeros(picture.shape[:2], bool)
    return resized(max(answers, key=lambda each: each.predicted_iou).pixels, picture.shape)


def _by_lite(picture: Pixels, placement: Placement, _: str) -> BoolMask:
    """A closer look once told of the box and once not: what is told sees no plinth, what is not sees beyond the box."""
    small = smaller(picture, lite.CANVAS)
    looker = Looker(load(lite.networks().looks), small)
    box = placement.box.scaled(small.shape[1] / picture.shape[1])
    window = around(box, looker.whole)
    told, untold = (looker.look(window, NEAR_SIDE, box=one).both for one in (box, None))
    return resized(told + untold > 1, picture.shape)


def inner_points(mask: BoolMask, count: int) -> Sequence[Point]:
    """Up to so many pixels of a mask, far inside it and far from one another."""
    free = depth(np.pad(mask, 1))[1:-1, 1:-1]
    rows, columns = np.indices(mask.shape)
    points: list[Point] = []
    while len(points) < count and free.any():
        y, x = np.unravel_index(int(free.argmax()), free.shape)
        points.append(Point(int(x), int(y)))
        away = np.hypot(rows - y, columns - x)
        free = np.minimum(free, np.maximum(away - free[y, x], 0)).astype(np.float32)
    return points
