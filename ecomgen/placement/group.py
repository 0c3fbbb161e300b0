"""Several products on one canvas: in a row, or beside those that have a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ecomgen.errors import UsageError
from ecomgen.placement.canvas import GROUND, safe_box
from ecomgen.placement.product import LEAST_SEEN, box_of, standing_at
from ecomgen.placement.straight_alpha import over
from ecomgen.types import Box, Canvas, Cutout, Float, Instance, Place, Placement

TOGETHER, TOGETHER_CROWDED = 0.86, 0.36  # of the room's width and the canvas's area, that several take
BETWEEN = 0.12  # of a product's usual width: the gap to the next in a row
SMALLEST = 0.5  # of a product's own size: no smaller is it beside one that was placed by hand


def place_together(
    cutouts: Sequence[Cutout], canvas: Canvas, places: Sequence[Place | None], heights: Sequence[float] = ()
) -> Placement:
    """Several products on one canvas, the main one first; those without a place stand in a row, beside those that have
    one, in the true sizes that their `heights` tell.

    The nearer one, whose base is lower in the picture, hides the farther; the first hides those that stand as near.

    Raises:
        NoProduct: a cut-out is empty.
        UsageError: hardly anything of a product would be seen.
    """
    stood = _beside(cutouts, canvas, places, heights) if any(places) else _row(cutouts, canvas, heights)
    parts = tuple(standing_at(place, cutout, canvas) for cutout, place in zip(cutouts, stood, strict=True))
    layer = np.zeros((canvas.height, canvas.width, 4), np.uint8)
    for _, part in sorted(enumerate(parts), key=lambda one: (one[1].contact_y, -one[0])):
        layer = over(part.product, layer)
    return Placement(
        canvas=canvas,
        product=layer,
        box=Box.around(part.box for part in parts),
        scale=parts[0].scale,
        contact_y=max(part.contact_y for part in parts),
        place=parts[0].place,
        notes=tuple(note for part in parts for note in part.notes),
        parts=parts,
    )


def _row(cutouts: Sequence[Cutout], canvas: Canvas, heights: Sequence[float] = ()) -> tuple[Place, ...]:
    """Side by side on one line from left to right, in their true `heights`, else each as large as the others by the
    area of its box."""
    room, (across, up) = safe_box(canvas), _relative_sizes(cutouts, heights)
    base = round(GROUND * canvas.height) if canvas.background is None else room.y1
    base = min(base, room.y1)
    gap = BETWEEN * sum(across) / len(across)
    wide, high = sum(across) + gap * (len(up) - 1), max(up)
    area = sum(width * height for width, height in zip(across, up, strict=True))
    size = min(TOGETHER * room.width / wide, canvas.fill * canvas.height / high, (base - room.y0) / high)
    size = min(size, (TOGETHER_CROWDED * canvas.width * canvas.height / area) ** 0.5)
    if canvas.background is not None:
        base = (canvas.height + high * size) / 2
    x, places = (room.x0 + room.x1 - wide * size) / 2, []
    for width, height in zip(across, up, strict=True):
        found = (x + width * size / 2) / canvas.width, base / canvas.height, height * size / canvas.height
        places.append(Place(*(round(share, 6) for share in found)))
        x += (width + gap) * size
    return tuple(places)


def _beside(
    cutouts: Sequence[Cutout], canvas: Canvas, places: Sequence[Place | None], heights: Sequence[float]
) -> tuple[Place, ...]:
    """The given `places`, and for the others some on the line of the first of them, where more room is beside them all:
    in sizes that go with its own, smaller where they would not fit and no `heights` tell otherwise."""
    room, (across, up) = safe_box(canvas), _relative_sizes(cutouts, heights)
    given = [(number, place) for number, place in enumerate(places) if place is not None]
    free = [number for number, place in enumerate(places) if place is None]
    size = given[0][1].height * canvas.height / up[given[0][0]]
    half = [(place.x * canvas.width, 0.5 * across[n] * place.height * canvas.height / up[n]) for n, place in given]
    left, right = min(x - wide for x, wide in half), max(x + wide for x, wide in half)
    gap = BETWEEN * size * sum(across) / len(across)
    on_left, needed = left - room.x0 > room.x1 - right, sum(across[n] * size + gap for n in free)
    spare = max(left - room.x0, room.x1 - right)
    over = (given[0][1].y * canvas.height - room.y0) / max(up[n] * size for n in free) if free else 1.0
    shrunk = min(1.0 if heights else max(spare / max(needed, 1), SMALLEST), over, 1.0)
    x, found = (left if on_left else right), list(places)
    for number in free:
        wide = across[number] * size * shrunk
        x += (-1 if on_left else 1) * (gap * shrunk + wide)
        middle = min(max(x + (0.5 if on_left else -0.5) * wide, room.x0 + wide / 2), room.x1 - wide / 2)
        found[number] = Place(
            round(middle / canvas.width, 6), given[0][1].y, round(up[number] * size * shrunk / canvas.height, 6)
        )
    return tuple(place for place in found if place is not None)


def _relative_sizes(cutouts: Sequence[Cutout], heights: Sequence[float]) -> tuple[list[float], list[float]]:
    """How wide and how high the products are beside one another: as the `heights` tell, else of boxes of one area."""
    boxes = [box_of(cutout) for cutout in cutouts]
    up = [*heights] or [(box.height / box.width) ** 0.5 for box in boxes]
    return [height * box.width / box.height for height, box in zip(up, boxes, strict=True)], up


def apart(together: Placement) -> tuple[Placement, ...]:
    """Each of several products where it is seen: without what those before it hide.

    Raises:
        UsageError: one is hidden altogether.
    """
    seen: dict[int, Placement] = {}
    free = np.ones(together.product.shape[:2], bool)
    for part in _nearest(together):
        alpha = np.where(free, part.product[..., 3], 0).astype(np.uint8)
        if (alpha > 127).sum() < LEAST_SEEN * (part.product[..., 3] > 127).sum():
            raise UsageError(
                "A product is hidden behind the others: give it another place with {--with} PHOTO@X,Y,HEIGHT."
            )
        seen[id(part)] = replace(part, product=np.dstack([part.product[..., :3], alpha]))
        free &= part.product[..., 3] == 0
    return tuple(seen[id(part)] for part in together.parts)


def instances(placed: Placement) -> tuple[Instance, ...]:
    """Where in the picture each product is seen, the main one first."""
    if not placed.parts:
        return (Instance(box=placed.box),)
    shares: dict[int, Float] = {}
    free = np.ones(placed.product.shape[:2], np.float32)
    for part in _nearest(placed):
        alpha = part.product[..., 3].astype(np.float32) / 255
        shares[id(part)] = free * alpha
        free = free * (1 - alpha)
    return tuple(Instance(box=part.box, share=shares[id(part)]) for part in placed.parts)


def _nearest(together: Placement) -> list[Placement]:
    """Several products, each before those that it hides."""
    return sorted(together.parts, key=lambda part: -part.contact_y)
