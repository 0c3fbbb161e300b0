"""One product on the canvas: at a place that is given, or by rule."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ecomgen.bleed import LARGEST, bleed
from ecomgen.errors import NoProduct, UsageError
from ecomgen.messages import Message
from ecomgen.placement.canvas import GROUND, safe_box
from ecomgen.placement.straight_alpha import resize_rgba, turned_rgba
from ecomgen.types import Box, Canvas, Composition, Cutout, Pixels, Place, Placement

ENLARGED = 1.25  # times the photo's size, beyond which a larger photo is asked for
CROWDED = 0.25  # of the canvas's area, that the product's box may take in a scene
USUAL = Composition()
EDGE = 0.03  # of the canvas's width, that a product moved aside keeps from the edge
ALLOWED = 0.005  # of the canvas, by which a place may miss what a channel allows
LEAST_SEEN = 0.1  # of a product that is placed by hand; with less in the picture, the place is a slip
RUNS_OFF = Message(
    "the photo's frame cuts the product off, so it runs off the picture on the same side; {--place} stands it elsewhere"
)


def place_product(
    cutout: Cutout, canvas: Canvas, composition: Composition = USUAL, place: Place | None = None
) -> Placement:
    """Stand the product on the canvas: at `place`, or scaled to the canvas's fill, where `composition` wants it, on its
    lowest points.

    By rule, on a background that a channel demands, the product is centred in height too, whatever the composition; in
    a scene it runs off the canvas where its photo's frame cuts it. At a place that is given it may reach beyond the
    canvas.

    Raises:
        NoProduct: the cut-out is empty.
        UsageError: hardly anything of it would be seen at that place.
    """
    box = box_of(cutout)
    if place is not None:
        return _told(standing_at(place, cutout, canvas), fitted(cutout, canvas, place))
    requested = composition if canvas.background is None else USUAL
    beyond = bleed(cutout, canvas, _base(requested))
    scale = beyond.scale or _scale(box, canvas, requested)
    product = resize_rgba(cutout.rgba[box.slices], scale)
    height, width = product.shape[:2]
    usual = _left(canvas, width, requested.across), _top(canvas, height, requested)
    left, top = beyond.corner(usual, (canvas.width - width, canvas.height - height))
    place = Place(
        x=(left + width / 2) / canvas.width,
        y=(top + height) / canvas.height,
        height=round(_same_size(box, width, height) * box.height / canvas.height, 9),
    )
    placed = _laid(product, (left, top), canvas, scale, place)
    return replace(placed, notes=(*placed.notes, RUNS_OFF)) if beyond.sides else placed


def within(cutout: Cutout, canvas: Canvas, box: Mapping[str, float]) -> Place | None:
    """The place at which the product is as large as fits the box: `across`, `base`, `width`, `height` of the canvas.

    None on a background that a channel demands and for what runs off the canvas: they have rules of their own.
    """
    if canvas.background is not None or bleed(cutout, canvas, box["base"]).sides:
        return None
    own = box_of(cutout)
    scale = min(box["width"] * canvas.width / own.width, box["height"] * canvas.height / own.height)
    return fitted(cutout, canvas, Place(box["across"], box["base"], scale * own.height / canvas.height))


def fitted(cutout: Cutout, canvas: Canvas, place: Place) -> Place:
    """The place nearest to `place` that this canvas allows: within its fill, clear of what must stay free.

    Raises:
        NoProduct: the cut-out is empty.
    """
    across, down = _turned_size(cutout, place.turn)
    room, wide, high = safe_box(canvas), canvas.width, canvas.height
    most = min(canvas.fill * min(wide / across, high / down), (room.width - 1) / across, (room.height - 1) / down)
    wished = place.height * high / box_of(cutout).height
    scale = most if canvas.background is not None else min(wished, most)
    across, down = across * scale, down * scale
    x = min(max(place.x * wide, room.x0 + across / 2), room.x1 - across / 2)
    y = min(max(place.y * high, room.y0 + down), room.y1)
    if canvas.background is not None:
        x, y = wide / 2, (high + down) / 2
    height = scale * box_of(cutout).height / high
    return Place(round(x / wide, 6), round(y / high, 6), round(height, 6), place.turn)


def standing_at(place: Place, cutout: Cutout, canvas: Canvas) -> Placement:
    box = box_of(cutout)
    scale = place.height * canvas.height / box.height
    crop = cutout.rgba[box.slices]
    product = turned_rgba(crop, scale, place.turn) if place.turn % 360 else resize_rgba(crop, scale)
    height, width = product.shape[:2]
    left, bottom = round(place.x * canvas.width - width / 2), round(place.y * canvas.height)
    return _laid(product, (left, bottom - height), canvas, scale, place)


def box_of(cutout: Cutout) -> Box:
    box = cutout.box
    if box.width < 1 or box.height < 1:
        raise NoProduct("The mask is empty: mark the product with {--box} X0,Y0,X1,Y1, or give a {--mask} FILE.")
    return box


def _told(placed: Placement, allowed: Place) -> Placement:
    """With a note, where a place that was given is not one that the channel allows."""
    channel = placed.canvas.channel
    if channel is None or placed.place is None or np.allclose(placed.place, allowed, atol=ALLOWED):
        return placed
    note = Message("{--place} is not within the rules of {channel}: an export moves the product", channel=channel)
    return replace(placed, notes=(*placed.notes, note))


def _laid(product: Pixels, corner: tuple[int, int], canvas: Canvas, scale: float, place: Place) -> Placement:
    """`product` (HxWx4) on the canvas with its left upper corner there; what reaches beyond is cut off."""
    left, top = corner
    height, width = product.shape[:2]
    seen = Box(max(left, 0), max(top, 0), min(left + width, canvas.width), min(top + height, canvas.height))
    share = max(seen.width, 0) * max(seen.height, 0) / (width * height)
    if share < LEAST_SEEN:
        raise UsageError(
            "At {--place} {x:g},{y:g},{height:g} the product stands outside the picture: place it nearer.",
            **place._asdict(),
        )
    layer = np.zeros((canvas.height, canvas.width, 4), np.uint8)
    layer[seen.slices] = product[seen.y0 - top : seen.y1 - top, seen.x0 - left : seen.x1 - left]
    notes = []
    if scale > ENLARGED:
        notes.append(Message("the product is enlarged {scale:.1f} times: a larger photo would be sharper", scale=scale))
    if share < 1:
        notes.append(Message("{--place} leaves {share:.0%} of the product outside the picture", share=1 - share))
    return Placement(
        canvas=canvas,
        product=layer,
        box=seen,
        scale=scale,
        contact_y=_lowest(layer, seen),
        place=place,
        notes=tuple(notes),
    )


def _lowest(layer: Pixels, box: Box) -> int:
    """The row just below the product's lowest solid pixels."""
    rows = np.nonzero((layer[..., 3] >= 128).any(axis=1))[0]
    return int(rows.max()) + 1 if rows.size else box.y1


def _same_size(box: Box, width: int, height: int) -> float:
    """The scale in the middle of all those that make a box so wide and high, which no rounding can lead astray."""
    sides = (width, box.width), (height, box.height)
    least = max(0.0 if side == 1 else (side - 0.5) / before for side, before in sides)  # less than one is one
    most = min((side + 0.5) / before for side, before in sides)
    return (least + most) / 2


def _turned_size(cutout: Cutout, turn: float) -> tuple[float, float]:
    """Width and height of the product, turned, in the photo's pixels; what is turned is soft at its edge."""
    box = box_of(cutout)
    rows, columns = np.nonzero(cutout.rgba[box.slices][..., 3])
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    across, down = columns * cosine - rows * sine, columns * sine + rows * cosine
    soft = 2 if turn % 360 else 1
    return float(np.ptp(across)) + soft, float(np.ptp(down)) + soft


def _scale(box: Box, canvas: Canvas, wanted: Composition) -> float:
    """The wanted size times the canvas's fill along the limiting side; a compact product gets less, not to crowd it."""
    room = safe_box(canvas)
    limit = canvas.fill * min(canvas.width / box.width, canvas.height / box.height)
    limit = min(limit, room.width / box.width, room.height / box.height)
    if canvas.background is not None:
        return limit
    usual = wanted.size * min(limit, (CROWDED * canvas.width * canvas.height / (box.width * box.height)) ** 0.5)
    most = max(LARGEST, canvas.fill)
    return min(usual, min(most, wanted.widest) * room.width / box.width, most * room.height / box.height)


def _left(canvas: Canvas, width: int, across: float) -> int:
    """With its middle at the share `across` of the width, or as near to that as what must stay free allows."""
    room = safe_box(canvas)
    slack = max(0, room.width - width)
    margin = min(round(EDGE * canvas.width), slack // 2)
    wanted = (canvas.width - width) // 2 if across == 0.5 else round(across * canvas.width - width / 2)
    return int(np.clip(wanted, room.x0 + margin, room.x0 + slack - margin))


def _top(canvas: Canvas, height: int, wanted_by: Composition) -> int:
    room = safe_box(canvas)
    in_the_middle = wanted_by.centred or canvas.background is not None
    wanted = (canvas.height - height) // 2 if in_the_middle else round(_base(wanted_by) * canvas.height) - height
    return int(np.clip(wanted, room.y0, room.y0 + max(0, room.height - height)))


def _base(wanted_by: Composition) -> float:
    return GROUND if wanted_by.base is None else wanted_by.base
