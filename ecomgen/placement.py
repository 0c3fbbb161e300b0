"""Where the product stands on the canvas: one place for all candidates of a run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ecomgen import channels
from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.errors import NoProduct, UsageError
from ecomgen.messages import Message
from ecomgen.types import Box, Canvas, Composition, Cutout, Mask, Placement, ReferenceImage

if TYPE_CHECKING:
    from ecomgen.types import BoolMask, Pixels

MIN_SIDE, MAX_SIDE = 64, 8192
SEAM = 0.006  # of the photo's longer side: the width of the soft rim around a replaced region
OPAQUE = 254.5 / 255
CROWDED = 0.3  # of the canvas's area, that the product's box may take in a scene
USUAL = Composition()
LARGEST = 0.92  # of the room there is, however close the picture is wanted
EDGE = 0.03  # of the canvas's width, that a product moved aside keeps from the edge
GROUND = 0.83  # a standing product touches the ground at this share of the canvas's height


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


def place_product(cutout: Cutout, canvas: Canvas, composition: Composition = USUAL) -> Placement:
    """Stand the product on the canvas: scaled to the canvas's fill, where `composition` wants it, on its lowest points.

    On a background that a channel demands, the product is centred in height too, whatever the composition.

    Raises:
        NoProduct: the cut-out is empty.
    """
    box = cutout.box
    if box.width < 1 or box.height < 1:
        raise NoProduct("The mask is empty: mark the product with {--box} X0,Y0,X1,Y1, or give a {--mask} FILE.")
    requested = composition if canvas.background is None else USUAL
    scale = _scale(box, canvas, requested.size)
    product = resize_rgba(cutout.rgba[box.y0 : box.y1, box.x0 : box.x1], scale)
    height, width = product.shape[:2]
    left = _left(canvas, width, requested.across)
    top = _top(canvas, height, centred=requested.centred)
    layer = np.zeros((canvas.height, canvas.width, 4), np.uint8)
    layer[top : top + height, left : left + width] = product
    notes = (
        ()
        if scale <= 1.25
        else (Message("the product is enlarged {scale:.1f} times: a larger photo would be sharper", scale=scale),)
    )
    placed = Box(left, top, left + width, top + height)
    return Placement(
        canvas=canvas, product=layer, box=placed, scale=scale, contact_y=_lowest(layer, placed), notes=notes
    )


def place_surroundings(reference: ReferenceImage, mask: Mask, canvas: Canvas) -> Placement:
    """For mode "replace": the photo cut to the canvas, opaque everywhere but where the mask says."""
    scale = max(canvas.width / reference.width, canvas.height / reference.height)
    layer = resize_rgba(np.dstack([reference.pixels, _outside(mask.pixels)]), scale, bleed=reference.pixels)
    left = (layer.shape[1] - canvas.width) // 2
    top = (layer.shape[0] - canvas.height) // 2
    layer = np.ascontiguousarray(layer[top : top + canvas.height, left : left + canvas.width])
    rows, columns = np.nonzero(layer[..., 3] < 128)
    if not rows.size:
        raise NoProduct(
            "What is to be replaced lies outside this canvas: choose a {--size} nearer to the photo's shape."
        )
    box = Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
    return Placement(canvas=canvas, product=layer, box=box, scale=scale, contact_y=box.y1)


def _outside(mask: BoolMask) -> Pixels:
    """255 outside the mask, 0 inside, with a soft rim outside it, so that the new meets the kept without a seam."""
    import cv2

    distance = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5)
    rim = max(1.5, SEAM * max(mask.shape))
    return to_bytes(distance / rim)


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
    alpha = rgba[..., 3].astype(np.float32) / 255
    premultiplied = np.dstack([to_linear(rgba[..., :3]) * alpha[..., None], alpha])
    resized = cv2.resize(premultiplied, size, interpolation=kind)
    coverage = resized[..., 3]
    colour = (
        resized[..., :3] / np.maximum(coverage, 1 / 1024)[..., None]
    )  # before clipping, so that ringing cancels out
    if bleed is not None:
        under = to_linear(cv2.resize(bleed, size, interpolation=kind))
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


def _scale(box: Box, canvas: Canvas, size: float) -> float:
    """`size` times the canvas's fill along the limiting side; a compact product gets less, or it crowds the scene."""
    room = _room(canvas)
    limit = canvas.fill * min(canvas.width / box.width, canvas.height / box.height)
    limit = min(limit, room.width / box.width, room.height / box.height)
    if canvas.background is not None:
        return limit
    usual = size * min(limit, (CROWDED * canvas.width * canvas.height / (box.width * box.height)) ** 0.5)
    most = max(LARGEST, canvas.fill)
    return min(usual, most * room.width / box.width, most * room.height / box.height)


def _left(canvas: Canvas, width: int, across: float) -> int:
    """With its middle at the share `across` of the width, or as near to that as what must stay free allows."""
    room = _room(canvas)
    slack = max(0, room.width - width)
    margin = min(round(EDGE * canvas.width), slack // 2)
    wanted = (canvas.width - width) // 2 if across == 0.5 else round(across * canvas.width - width / 2)
    return int(np.clip(wanted, room.x0 + margin, room.x0 + slack - margin))


def _top(canvas: Canvas, height: int, *, centred: bool) -> int:
    room = _room(canvas)
    in_the_middle = centred or canvas.background is not None
    wanted = (canvas.height - height) // 2 if in_the_middle else round(GROUND * canvas.height) - height
    return int(np.clip(wanted, room.y0, room.y0 + max(0, room.height - height)))


def _lowest(layer: Pixels, box: Box) -> int:
    """The row just below the product's lowest solid pixels."""
    rows = np.nonzero((layer[..., 3] >= 128).any(axis=1))[0]
    return int(rows.max()) + 1 if rows.size else box.y1
