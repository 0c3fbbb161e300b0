"""What in a mask is doubtful, and where: opinions differ, an opening may be none, the cut follows no edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from ecomgen.bleed import FRAME, ends
from ecomgen.masking.network.inference import Opinions
from ecomgen.masking.openings import holes
from ecomgen.masking.signs import Thumbnail
from ecomgen.messages import Message
from ecomgen.morphology import depth, dilated, eroded, parts, shrink
from ecomgen.types import BoolMask, Box, Doubt, Point

LIMIT = 4  # doubts that are named
LEAST = 0.015  # of the product's area, from which a part is worth a doubt
THIN = 0.012  # of the square root of the product's area: differences thinner than twice this are the edge's
FAINT = 0.25  # of the photo's strong edges, below which there is none
BARE = 0.1  # of the outline, from which a stretch is worth a doubt
SIDES = {"opening": True, "left-out": True, "taken-in": False, "apart": False}  # what a doubt takes for product
APART = 0.05  # of the product's area, from which a part that nothing joins to the rest may be another thing
PEEPHOLE = 0.35  # likelihood from which what is seen through an opening may be product


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """A mask on a small copy of its photo, and what the network thinks of the place: closely, told of the mask's box,
    and from afar. `scale` is the photo's size in sizes of the copy."""

    mask: BoolMask
    seen: Thumbnail
    near: Opinions
    told: Opinions
    far: Opinions
    scale: float


def doubts(evidence: Evidence) -> tuple[Doubt, ...]:
    """The largest first, at most four, with boxes in the photo's pixels."""
    sentences = {
        "left-out": Message("This part may belong to the product, and was left out."),
        "taken-in": Message("This part may not belong to the product."),
        "apart": Message("This stands apart from the rest, and may be another thing."),
        "opening": Message("What was taken for an opening may be part of the product."),
        "no-edge": Message("The cut runs through a surface that shows no edge here."),
        "at-frame": Message("The product is cut off by the photo's frame here."),
    }
    found = _largest_first(evidence)[:LIMIT]
    return tuple(
        Doubt(kind=kind, box=Box.of(where).scaled(evidence.scale), sentence=sentences[kind]) for kind, where in found
    )


def clicks(evidence: Evidence) -> tuple[Point, ...]:
    """In the middle of what is doubtful, the largest first, at most four; on the product where it was left out."""
    found = [(kind, where) for kind, where in _largest_first(evidence) if kind in SIDES]
    return tuple(_click(where, evidence.scale, inside=SIDES[kind]) for kind, where in found[:LIMIT])


def _click(where: BoolMask, scale: float, *, inside: bool) -> Point:
    y, x = np.unravel_index(depth(np.pad(where, 1))[1:-1, 1:-1].argmax(), where.shape)
    return Point(int(x), int(y), inside).scaled(scale, scale)


def _largest_first(evidence: Evidence) -> list[tuple[str, BoolMask]]:
    return sorted(_places(evidence), key=lambda each: -np.count_nonzero(each[1]))


def _places(evidence: Evidence) -> Iterator[tuple[str, BoolMask]]:
    """Every doubt's kind and place."""
    mask, near = evidence.mask, evidence.near
    far = evidence.far.both
    likely = np.where(near.both > 0, np.mean([*near, far], axis=0), far) > 0.5  # beyond the closer look it is 0
    through = holes(mask)
    openings = through.those(through.areas > 0)
    filled = np.maximum(near.photos, near.both) > PEEPHOLE
    for kind, where in (
        ("opening", openings & filled),
        ("left-out", likely & ~mask & ~openings),
        ("taken-in", mask & ~likely),
    ):
        yield from ((kind, part) for part in _parts(where, mask))
    yield from (("apart", part) for part in _apart(mask) if likely[part].mean() > 0.5)
    yield from (("no-edge", part) for part in _edgeless(mask, evidence.seen))
    yield from (("at-frame", part) for part in _cut_off(mask))


def _parts(where: BoolMask, mask: BoolMask) -> Iterator[BoolMask]:
    """Connected parts that are large and thick enough to matter."""
    size = float(np.count_nonzero(mask)) ** 0.5
    labels, areas = parts(shrink(where, max(1.0, THIN * size)))
    for number in np.flatnonzero(areas > LEAST * size**2):
        yield labels == number


def _apart(mask: BoolMask) -> Iterator[BoolMask]:
    """What is not joined to the largest part, and is no speck beside it."""
    labels, areas = parts(mask)
    for number in np.flatnonzero(areas > APART * areas.sum()):
        if number != areas.argmax():
            yield labels == number


def _edgeless(mask: BoolMask, seen: Thumbnail) -> Iterator[BoolMask]:
    """Stretches of the outline, not at the frame, along which nothing in the photo changes."""
    outline = _outline(mask)
    bare = outline & (seen.edges < FAINT)
    count, labels = cv2.connectedComponents(dilated(bare, 1).astype(np.uint8), connectivity=8)
    lengths = np.bincount(np.asarray(labels)[bare], minlength=count)
    for number in np.flatnonzero(lengths > BARE * np.count_nonzero(outline)):
        yield bare & (np.asarray(labels) == number)


def _outline(mask: BoolMask) -> BoolMask:
    edge = mask & ~eroded(mask, 1)
    edge[[0, 1, -2, -1]] = False
    edge[:, [0, 1, -2, -1]] = False
    return edge


def _cut_off(mask: BoolMask) -> Iterator[BoolMask]:
    """Where the photo's frame cuts the mask off, side by side."""
    for side in sorted(ends(mask)):
        where = np.zeros_like(mask)
        where[FRAME[side]] = mask[FRAME[side]]
        yield where
