"""What a diffusion model is given to start from: its working size, the first image, and the region to generate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    from ecomgen.types import BoolMask, Canvas, Placement

CELL = 8  # pixels a side that one latent stands for, in every Stable Diffusion
_OPAQUE = 250  # of 255; resampling leaves an opaque interior a little below
_WALL, _FLOOR = 205, 178  # sRGB grey levels
_SHADOW = 0.35  # how much of the light the first image's contact shadow takes


class Size(NamedTuple):
    """In pixels."""

    width: int
    height: int


def working_size(canvas: Canvas, native: Size) -> Size:
    """The size to generate at: the canvas's ratio, the area the model was trained on, whole latent cells."""
    scale = math.sqrt(native.width * native.height / (canvas.width * canvas.height))
    width, height = (max(4 * CELL, CELL * round(side * scale / CELL)) for side in (canvas.width, canvas.height))
    return Size(width, height)


def to_size(rgba: NDArray[np.uint8], size: Size) -> Image.Image:
    """An RGBA picture resampled with premultiplied colours, so that transparent pixels lend none of theirs."""
    return Image.fromarray(rgba).convert("RGBa").resize(size, Image.Resampling.LANCZOS).convert("RGBA")


def backdrop(placement: Placement, size: Size) -> Image.Image:
    """A plain photographer's corner, RGB: a light grey wall, a slightly darker floor, a soft shadow at the contact.

    The floor begins above the row on which the product stands, so that it stands on it.
    """
    scale = size.height / placement.canvas.height
    rows = np.arange(size.height, dtype=np.float32)
    contact = placement.contact_y * scale
    horizon, blend = contact - 0.08 * size.height, 0.06 * size.height
    floor = 1 / (1 + np.exp(-np.clip((rows - horizon) / blend * 4, -30, 30)))
    grey = _WALL + (_FLOOR - _WALL) * floor
    levels = grey[:, None] * (1 - _SHADOW * _contact_shadow(placement, size, contact))
    return Image.fromarray(np.repeat(levels[..., None].round().astype(np.uint8), 3, axis=2))


def _contact_shadow(placement: Placement, size: Size, contact: float) -> NDArray[np.float32]:
    """HxW in [0, 1]: an ellipse as wide as the product, flat on the floor."""
    scale = size.width / placement.canvas.width
    centre = (placement.box.x0 + placement.box.x1) / 2 * scale
    radius = max(placement.box.width * scale * 0.5, 1.0)
    x = (np.arange(size.width, dtype=np.float32)[None, :] - centre) / radius
    y = (np.arange(size.height, dtype=np.float32)[:, None] - contact) / (radius * 0.25)
    return np.exp(-2 * (x**2 + y**2)).astype(np.float32)


def over_backdrop(placement: Placement, size: Size) -> Image.Image:
    """The first image where the product is kept: the product in the plain corner. RGB."""
    return _over(to_size(placement.product, size), backdrop(placement, size))


def over_blur(placement: Placement, size: Size) -> Image.Image:
    """The first image where the surroundings are kept: their colours, blurred, fill the hole. RGB."""
    known = to_size(placement.product, size)
    return _over(known, _spread(np.asarray(known)).resize(size, Image.Resampling.BICUBIC))


def _spread(rgba: NDArray[np.uint8]) -> Image.Image:
    """The opaque pixels' colours carried into the transparent ones by normalised blurring, one pixel a latent cell."""
    from scipy.ndimage import gaussian_filter

    height, width = rgba.shape[0] // CELL, rgba.shape[1] // CELL
    weight = rgba[..., 3:].astype(np.float32) / 255
    known = np.concatenate([rgba[..., :3] * weight, weight], axis=2)
    cells = known.reshape(height, CELL, width, CELL, 4).mean((1, 3))
    blurred = gaussian_filter(cells, sigma=(max(cells.shape) / 16,) * 2 + (0,), mode="nearest")
    blurred += 1e-3 * cells.mean((0, 1))  # far from anything known, the mean
    colours = blurred[..., :3] / np.maximum(blurred[..., 3:], 1e-6)
    return Image.fromarray(colours.clip(0, 255).round().astype(np.uint8))


def region(placement: Placement, size: Size) -> Image.Image:
    """The region to generate, mode L: white where the model paints.

    The rule: a latent cell is kept only where the product (with mode "replace", the surroundings) covers all of it. A
    cell holds one value for 8x8 pixels, so that a cell on the edge would carry the first image's plain background into
    the picture as a rim. The region thus reaches up to a cell into the product, where its own pixels cover the seam.
    """
    alpha = np.asarray(to_size(placement.product, size).getchannel("A"))
    return Image.fromarray(np.where(kept_cells(alpha), 0, 255).astype(np.uint8))


def kept_cells(alpha: NDArray[np.uint8]) -> BoolMask:
    """HxW: the pixels of latent cells that are opaque throughout. Height and width are multiples of the cell."""
    height, width = alpha.shape
    cells = alpha.reshape(height // CELL, CELL, width // CELL, CELL).min((1, 3)) >= _OPAQUE
    return cells.repeat(CELL, 0).repeat(CELL, 1)


def _over(front: Image.Image, back: Image.Image) -> Image.Image:
    back = back.copy()
    back.paste(front, mask=front.getchannel("A"))
    return back
