"""Sizes, and what of a picture is kept: RGBA layers, latent cells, and the region that the model paints."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ecomgen.morphology import dilated
from ecomgen.types import BoolMask, Box, Canvas, Pixels

CELL = 8  # pixels a side that one latent stands for, in every Stable Diffusion and in FLUX
_OPAQUE = 250  # of 255; resampling leaves an opaque interior a little below
_BAND = 0.03  # of the shorter side: how far the second pass reaches out from what is kept
_LEAST = 4  # cells a side that the networks need


class Size(NamedTuple):
    """In pixels."""

    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Softness:
    """How the painted region meets what is kept, in latent cells."""

    grow: int = 0
    feather: int = 0


def working_size(shape: Canvas | Box, native: Size, cell: int = CELL) -> Size:
    """The size to generate at: the ratio of `shape`, the area that the model was trained on, whole cells."""
    scale = math.sqrt(native.width * native.height / (shape.width * shape.height))
    width, height = (max(_LEAST * CELL, cell * round(side * scale / cell)) for side in (shape.width, shape.height))
    return Size(width, height)


def to_size(rgba: NDArray[np.uint8], size: Size) -> Image.Image:
    """An RGBA picture resampled with premultiplied colours, so that transparent pixels lend none of theirs."""
    return Image.fromarray(rgba).convert("RGBa").resize(size, Image.Resampling.LANCZOS).convert("RGBA")


def over(front: Pixels, back: Pixels) -> Pixels:
    """`front` (HxWx4, straight alpha) laid over `back` (HxWx3) for the model to look at: HxWx3."""
    weight = front[..., 3:].astype(np.float32) / 255
    return (front[..., :3] * weight + back[..., :3] * (1 - weight)).round().astype(np.uint8)


def resized(pixels: Pixels, size: Size) -> Pixels:
    """HxWx3 at another size."""
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))


def region(alpha: NDArray[np.uint8], softness: Softness) -> Image.Image:
    """The region to generate, mode L: 255 where the model paints, 0 where it keeps, between them where it does both.

    The rule, in latent cells of 8x8 pixels: a cell is kept only where `alpha` covers all of it, since a cell holds one
    value, and one on the edge would carry the first image's plain background into the picture as a rim. `grow` takes
    further cells, layer by layer, from what is kept. `feather` lets the next layers inwards fade evenly from painted to
    kept. The region thus reaches only into what is kept, whose own pixels cover the seam in the end.
    """
    depth = _depth(_whole_cells(alpha)) - softness.grow
    paint = np.clip(1 - depth / (softness.feather + 1), 0, 1)
    return _from_cells((paint * 255).round().astype(np.uint8))


def border(alpha: NDArray[np.uint8]) -> Image.Image | None:
    """The band that a second pass repaints, mode L: the cells round what is kept, none of what is; None: no band."""
    kept = _whole_cells(alpha)
    reach = max(2, round(_BAND * min(kept.shape)))
    band = dilated(kept, reach) & ~kept
    return _from_cells(band.astype(np.uint8) * 255) if band.any() else None


def _whole_cells(alpha: NDArray[np.uint8]) -> BoolMask:
    """One value a latent cell: whether it is opaque throughout. Height and width are multiples of the cell."""
    height, width = alpha.shape
    return alpha.reshape(height // CELL, CELL, width // CELL, CELL).min((1, 3)) >= _OPAQUE


def _depth(kept: BoolMask) -> NDArray[np.float32]:
    """How many layers of kept cells lie between a cell and the painted region, itself included; 0 in the region."""
    from scipy.ndimage import distance_transform_cdt

    if kept.all():  # no painted cell to measure from
        return np.full(kept.shape, np.inf, np.float32)
    return np.asarray(distance_transform_cdt(kept, metric="chessboard"), np.float32)


def _from_cells(cells: NDArray[np.uint8]) -> Image.Image:
    return Image.fromarray(cells.repeat(CELL, 0).repeat(CELL, 1))
