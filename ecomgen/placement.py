"""Where the product stands on the canvas: one place for all candidates of a run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ecomgen import channels
from ecomgen.bleed import LARGEST, bleed
from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.errors import NoProduct, UsageError
from ecomgen.messages import Message
from ecomgen.types import (
    BoolMask,
    Box,
    Canvas,
    Composition,
    Cutout,
    Float,
    Pixels,
    Place,
    Placement,
    ReferenceImage,
    Spot,
)

ENLARGED = 1.25  # times the photo's size, beyond which a larger photo is asked for
MIN_SIDE, MAX_SIDE = 64, 8192
SEAM = 0.006  # of the photo's longer side: the width of the soft rim around a replaced region
OPAQUE = 254.5 / 255
CROWDED = 0.25  # of the canvas's area, that the product's box may take in a scene
USUAL = Composition()
EDGE = 0.03  # of the canvas's width, that a product moved aside keeps from the edge
TOGETHER, TOGETHER_CROWDED = 0.86, 0.36  # of the room's width and the canvas's area, that several take
BETWEEN = 0.12  # of a product's usual width: the gap to the next in a row
SMALLEST = 0.5  # of a product's own size: no smaller is it beside one that was placed by hand
ALLOWED = 0.005  # of the canvas, by which a place may miss what a channel allows
LEAST_SEEN = 0.1  # of a product that is placed by hand; with less in the picture, the place is a slip
GROUND = 0.83  # a standing product touches the ground at this share of the canvas's height
RUNS_OFF = Message(
    "the photo's frame cuts the product off, so it runs off the picture on the same side; {--place} stands it elsewhere"
)


def canvas_for(size: tuple[int, int] | None, channel: str | None, default: tuple[int, int]) -> Canvas:
    """The canvas from `--size` (width, height), from `--channel`, or the recipe's own size.

    Raises:
        UsageError: both are given, the channel is unknown, or a side is outside 64–8192 pixels.
    """
    if size and channel:
        raise UsageError(
            "{--size} and {--channel} exclude each other: a channel brings its own size. Give one of them."
        )
    if channel:
        return channels.get(channel).canvas()
    width, height = size or (min(default[0], MAX_SIDE), min(default[1], MAX_SIDE))
    if not (MIN_SIDE <= width <= MAX_SIDE and MIN_SIDE <= height <= MAX_SIDE):
        raise UsageError(
            "A side of {width}×{height} is outside {least}–{most} pixels: choose another size.",
            width=width,
            height=height,
            least=MIN_SIDE,
            most=MAX_SIDE,
        )
    return Canvas(width=width, height=height)


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
    box = _box_of(cutout)
    if place is not None:
        return _told(_at(place, cutout, canvas), fitted(cutout, canvas, place))
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
    own = _box_of(cutout)
    scale = min(box["width"] * canvas.width / own.width, box["height"] * canvas.height / own.height)
    return fitted(cutout, canvas, Place(box["across"], box["base"], scale * own.height / canvas.height))


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
    parts = tuple(_at(place, cutout, canvas) for cutout, place in zip(cutouts, stood, strict=True))
    layer = np.zeros((canvas.height, canvas.width, 4), np.uint8)
    for _, part in sorted(enumerate(parts), key=lambda one: (one[1].contact_y, -one[0])):
        layer = _over(part.product, layer)
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


def spots(placed: Placement) -> tuple[Spot, ...]:
    """Where in the picture each product is seen, the main one first."""
    if not placed.parts:
        return (Spot(box=placed.box),)
    shares: dict[int, Float] = {}
    free = np.ones(placed.product.shape[:2], np.float32)
    for part in _nearest(placed):
        alpha = part.product[..., 3].astype(np.float32) / 255
        shares[id(part)] = free * alpha
        free = free * (1 - alpha)
    return tuple(Spot(box=part.box, share=shares[id(part)]) for part in placed.parts)


def _nearest(together: Placement) -> list[Placement]:
    """Several products, each before those that it hides."""
    return sorted(together.parts, key=lambda part: -part.contact_y)


def _over(front: Pixels, behind: Pixels) -> Pixels:
    """Straight-alpha `front` over `behind`, both HxWx4, mixed in linear light; the front's opaque pixels stay exact."""
    top, below = front[..., 3:].astype(np.float32) / 255, behind[..., 3:].astype(np.float32) / 255
    colour = top * to_linear(front[..., :3]) + (1 - top) * below * to_linear(behind[..., :3])
    mixed = _straight(np.dstack([colour, top + (1 - top) * below]))
    return np.where(front[..., 3:] == 255, front, np.where(front[..., 3:] == 0, behind, mixed))


def _row(cutouts: Sequence[Cutout], canvas: Canvas, heights: Sequence[float] = ()) -> tuple[Place, ...]:
    """Side by side on one line from left to right, in their true `heights`, else each as large as the others by the
    area of its box."""
    room, (across, up) = _room(canvas), _relative_sizes(cutouts, heights)
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


def _relative_sizes(cutouts: Sequence[Cutout], heights: Sequence[float]) -> tuple[list[float], list[float]]:
    """How wide and how high the products are beside one another: as the `heights` tell, else of boxes of one area."""
    boxes = [_box_of(cutout) for cutout in cutouts]
    up = [*heights] or [(box.height / box.width) ** 0.5 for box in boxes]
    return [height * box.width / box.height for height, box in zip(up, boxes, strict=True)], up


def _beside(
    cutouts: Sequence[Cutout], canvas: Canvas, places: Sequence[Place | None], heights: Sequence[float]
) -> tuple[Place, ...]:
    """The given `places`, and for the others some on the line of the first of them, where more room is beside them all:
    in sizes that go with its own, smaller where they would not fit and no `heights` tell otherwise."""
    room, (across, up) = _room(canvas), _relative_sizes(cutouts, heights)
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


def fitted(cutout: Cutout, canvas: Canvas, place: Place) -> Place:
    """The place nearest to `place` that this canvas allows: within its fill, clear of what must stay free.

    Raises:
        NoProduct: the cut-out is empty.
    """
    across, down = _turned_size(cutout, place.turn)
    room, wide, high = _room(canvas), canvas.width, canvas.height
    most = min(canvas.fill * min(wide / across, high / down), (room.width - 1) / across, (room.height - 1) / down)
    wished = place.height * high / _box_of(cutout).height
    scale = most if canvas.background is not None else min(wished, most)
    across, down = across * scale, down * scale
    x = min(max(place.x * wide, room.x0 + across / 2), room.x1 - across / 2)
    y = min(max(place.y * high, room.y0 + down), room.y1)
    if canvas.background is not None:
        x, y = wide / 2, (high + down) / 2
    height = scale * _box_of(cutout).height / high
    return Place(round(x / wide, 6), round(y / high, 6), round(height, 6), place.turn)


def _told(placed: Placement, allowed: Place) -> Placement:
    """With a note, where a place that was given is not one that the channel allows."""
    channel = placed.canvas.channel
    if channel is None or placed.place is None or np.allclose(placed.place, allowed, atol=ALLOWED):
        return placed
    note = Message("{--place} is not within the rules of {channel}: an export moves the product", channel=channel)
    return replace(placed, notes=(*placed.notes, note))


def _at(place: Place, cutout: Cutout, canvas: Canvas) -> Placement:
    box = _box_of(cutout)
    scale = place.height * canvas.height / box.height
    crop = cutout.rgba[box.slices]
    product = turned_rgba(crop, scale, place.turn) if place.turn % 360 else resize_rgba(crop, scale)
    height, width = product.shape[:2]
    left, bottom = round(place.x * canvas.width - width / 2), round(place.y * canvas.height)
    return _laid(product, (left, bottom - height), canvas, scale, place)


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


def _box_of(cutout: Cutout) -> Box:
    box = cutout.box
    if box.width < 1 or box.height < 1:
        raise NoProduct("The mask is empty: mark the product with {--box} X0,Y0,X1,Y1, or give a {--mask} FILE.")
    return box


def _same_size(box: Box, width: int, height: int) -> float:
    """The scale in the middle of all those that make a box so wide and high, which no rounding can lead astray."""
    sides = (width, box.width), (height, box.height)
    least = max(0.0 if side == 1 else (side - 0.5) / before for side, before in sides)  # less than one is one
    most = min((side + 0.5) / before for side, before in sides)
    return (least + most) / 2


def _turned_size(cutout: Cutout, turn: float) -> tuple[float, float]:
    """Width and height of the product, turned, in the photo's pixels; what is turned is soft at its edge."""
    box = _box_of(cutout)
    rows, columns = np.nonzero(cutout.rgba[box.slices][..., 3])
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    across, down = columns * cosine - rows * sine, columns * sine + rows * cosine
    soft = 2 if turn % 360 else 1
    return float(np.ptp(across)) + soft, float(np.ptp(down)) + soft


def place_surroundings(reference: ReferenceImage, mask: BoolMask, canvas: Canvas) -> Placement:
    """For mode "replace": the photo cut to the canvas, opaque everywhere but where the mask says."""
    scale = max(canvas.width / reference.width, canvas.height / reference.height)
    layer = resize_rgba(np.dstack([reference.pixels, _outside(mask)]), scale, bleed=reference.pixels)
    left = (layer.shape[1] - canvas.width) // 2
    top = (layer.shape[0] - canvas.height) // 2
    layer = np.ascontiguousarray(layer[top : top + canvas.height, left : left + canvas.width])
    hole = layer[..., 3] < 128
    if not hole.any():
        raise NoProduct(
            "What is to be replaced lies outside this canvas: choose a {--size} nearer to the photo's shape."
        )
    box = Box.of(hole)
    return Placement(canvas=canvas, product=layer, box=box, scale=scale, contact_y=box.y1)


def _outside(mask: BoolMask) -> Pixels:
    """255 outside the mask, 0 inside, with a soft rim outside it, so that the new meets the kept without a seam."""
    from ecomgen.morphology import depth

    return to_bytes(depth(~mask) / max(1.5, SEAM * max(mask.shape)))


def resize_rgba(rgba: Pixels, scale: float, bleed: Pixels | None = None) -> Pixels:
    """Resize straight-alpha RGBA (HxWx4 uint8) in premultiplied linear light, so that no hidden colour leaks in.

    `bleed` (HxWx3) gives the colours of pixels that come out fully transparent; without it they are black.
    """
    import cv2

    height, width = rgba.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    if size == (width, height):
        return rgba.copy()
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    resized = cv2.resize(_premultiplied(rgba), size, interpolation=kind)
    under = None if bleed is None else to_linear(cv2.resize(bleed, size, interpolation=kind))
    return _straight(resized, under)


def turned_rgba(rgba: Pixels, scale: float, turn: float) -> Pixels:
    """Turned clockwise by `turn` degrees and resized at once, as `resize_rgba` does it, cropped to what is left.

    Each pixel is read from the photo but once: made smaller, it is the mean of as many samples as fall into it.
    """
    import cv2

    height, width = rgba.shape[:2]
    fine = max(1, math.ceil(1 / scale))  # samples along a pixel's side
    angle, grown = math.radians(turn), scale * fine
    cosine, sine = grown * math.cos(angle), grown * math.sin(angle)
    corners = np.array([(0, 0), (width, 0), (0, height), (width, height)]) @ np.array([[cosine, sine], [-sine, cosine]])
    low = corners.min(0)
    size = (np.ceil(np.ptp(corners, axis=0) / fine).astype(int) + 1) * fine
    half = 0.5 * (cosine - sine) - low[0] - 0.5, 0.5 * (sine + cosine) - low[1] - 0.5  # pixels are read at their middle
    matrix = np.array([[cosine, -sine, half[0]], [sine, cosine, half[1]]])
    kind = cv2.INTER_LINEAR if fine > 1 else cv2.INTER_CUBIC
    warped = cv2.warpAffine(_premultiplied(rgba), matrix, (int(size[0]), int(size[1])), flags=kind)
    mixed = cv2.resize(warped, (int(size[0]) // fine, int(size[1]) // fine), interpolation=cv2.INTER_AREA)
    turned = _straight(mixed)
    alpha = turned[..., 3]
    return np.ascontiguousarray(turned[Box.of(alpha).slices]) if alpha.any() else turned[:1, :1]


def _premultiplied(rgba: Pixels) -> Float:
    """In linear light, HxWx4, as `_straight` undoes it."""
    alpha = rgba[..., 3:].astype(np.float32) / 255
    return np.dstack([to_linear(rgba[..., :3]) * alpha, alpha])


def _straight(mixed: Float, under: Float | None = None) -> Pixels:
    """Premultiplied linear RGBA as straight sRGB bytes; `under` are the colours where it is fully transparent."""
    coverage = mixed[..., 3]
    colour = mixed[..., :3] / np.maximum(coverage, 1 / 1024)[..., None]  # before clipping, so that ringing cancels out
    if under is not None:
        colour = np.where(coverage[..., None] > 1 / 255, colour, under)
    coverage = np.where(coverage >= OPAQUE, 1, coverage)
    return np.dstack([to_bytes(to_srgb(colour)), to_bytes(coverage)])


def _room(canvas: Canvas) -> Box:
    """The whole pixels inside what must stay free."""
    left, top, right, bottom = canvas.safe_area
    return Box(
        math.ceil(left * canvas.width),
        math.ceil(top * canvas.height),
        math.floor((1 - right) * canvas.width),
        math.floor((1 - bottom) * canvas.height),
    )


def _scale(box: Box, canvas: Canvas, wanted: Composition) -> float:
    """The wanted size times the canvas's fill along the limiting side; a compact product gets less, not to crowd it."""
    room = _room(canvas)
    limit = canvas.fill * min(canvas.width / box.width, canvas.height / box.height)
    limit = min(limit, room.width / box.width, room.height / box.height)
    if canvas.background is not None:
        return limit
    usual = wanted.size * min(limit, (CROWDED * canvas.width * canvas.height / (box.width * box.height)) ** 0.5)
    most = max(LARGEST, canvas.fill)
    return min(usual, min(most, wanted.widest) * room.width / box.width, most * room.height / box.height)


def _left(canvas: Canvas, width: int, across: float) -> int:
    """With its middle at the share `across` of the width, or as near to that as what must stay free allows."""
    room = _room(canvas)
    slack = max(0, room.width - width)
    margin = min(round(EDGE * canvas.width), slack // 2)
    wanted = (canvas.width - width) // 2 if across == 0.5 else round(across * canvas.width - width / 2)
    return int(np.clip(wanted, room.x0 + margin, room.x0 + slack - margin))


def _top(canvas: Canvas, height: int, wanted_by: Composition) -> int:
    room = _room(canvas)
    in_the_middle = wanted_by.centred or canvas.background is not None
    wanted = (canvas.height - height) // 2 if in_the_middle else round(_base(wanted_by) * canvas.height) - height
    return int(np.clip(wanted, room.y0, room.y0 + max(0, room.height - height)))


def _base(wanted_by: Composition) -> float:
    return GROUND if wanted_by.base is None else wanted_by.base


def _lowest(layer: Pixels, box: Box) -> int:
    """The row just below the product's lowest solid pixels."""
    rows = np.nonzero((layer[..., 3] >= 128).any(axis=1))[0]
    return int(rows.max()) + 1 if rows.size else box.y1
