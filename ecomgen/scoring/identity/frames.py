"""Small working copies: the product as it should be and as it is, on one grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.morphology import eroded
from ecomgen.types import BoolMask, Box, Float, Pixels, Placement, Transform

LONG_SIDE = 448  # of the product on the grid: label text of a 1024 picture is still legible, and it is quick
MARGIN = 0.06  # of the product's long side, kept around it
MOST_COVERED, FAINT = 0.25, 0.02  # of the product, that may go unseen; of a pixel, that covers it
GREY = 0.5
SOLID = 250  # alpha from which a pixel shows the product alone


@dataclass(frozen=True, kw_only=True, eq=False)
class Frame:
    """A product on its own: sRGB floats in [0, 1], alpha in [0, 1]."""

    rgb: Float  # HxWx3
    alpha: Float  # HxW


@dataclass(frozen=True, kw_only=True, eq=False)
class Pair:
    """The product as it should be and the picture on the same grid; `transform` maps the grid to picture pixels."""

    front: Frame
    picture: Float  # HxWx3, sRGB in [0, 1]
    transform: Transform

    @property
    def alpha(self) -> Float:
        return self.front.alpha

    @property
    def solid(self) -> BoolMask:
        """The opaque part, less one pixel of its edge; the whole of a product too thin for that."""
        opaque = self.alpha >= SOLID / 255
        inner = eroded(opaque, 1)
        return next((mask for mask in (inner, opaque) if mask.sum() >= 64), self.alpha > 0)

    @property
    def size(self) -> float:
        """The product's longest side on this grid, in pixels."""
        return float(extent(self.alpha > 0).longest)


def extent(mask: BoolMask) -> Box:
    """The box of what is true; all of it where nothing is."""
    return Box.of(mask) if mask.any() else Box(0, 0, mask.shape[1], mask.shape[0])


def cropped(rgba: Pixels) -> Box:
    """The product's box with its margin."""
    box = extent(rgba[..., 3] > 8)
    return box.grown(round(MARGIN * box.longest) + 2, rgba.shape)


def onto(corner: Sequence[float], step: NDArray[np.float64]) -> Transform:
    """From cells, each `step` (2) pixels wide and high and the first in the `corner`, to pixels."""
    return np.column_stack([np.diag(step), np.array(corner) + (step - 1) / 2])


def grid(frame: Frame, crop: Box) -> Transform:
    """From the pixels of a frame to those of the picture that it was cropped from."""
    rows, columns = frame.alpha.shape
    return onto(crop[:2], np.array([crop.width / columns, crop.height / rows]))


def homogeneous(transform: Transform) -> NDArray[np.float64]:
    """As 3x3, which can be inverted and comes before another."""
    return np.vstack([transform, [0, 0, 1]])


def shrunk(pixels: Float, scale: float) -> Float:
    """HxW(xC) floats made smaller (scale ≤ 1) without aliasing; at least one pixel a side."""
    if scale >= 1:
        return pixels
    return cv2.resize(pixels, _size(pixels.shape, scale), interpolation=cv2.INTER_AREA).astype(np.float32)


def _size(shape: tuple[int, ...], scale: float) -> tuple[int, int]:
    """Width and height of a copy of HxW, at least one pixel each."""
    return max(round(shape[1] * scale), 1), max(round(shape[0] * scale), 1)


def in_square(
    frame: Frame, alpha: Float, side: int, filled: float = 1.0, enlarging: int = cv2.INTER_AREA
) -> tuple[Float, Float, tuple[slice, slice]]:
    """The product so large that its longer side has that share of a square of `side` pixels: rgb, `alpha`, and where
    they lie in its middle."""
    box = extent(alpha > 0.5)
    scale = filled * side / box.longest
    size, way = _size((box.height, box.width), scale), cv2.INTER_AREA if scale < 1 else enlarging
    small, rgb = (np.asarray(cv2.resize(one[box.slices], size, interpolation=way)) for one in (alpha, frame.rgb))
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    return rgb, small, np.s_[top : top + size[1], left : left + size[0]]


def on_grey(frame: Frame, alpha: Float, side: int) -> tuple[Float, Float]:
    """The product centred on a grey square: rgb side x side x 3 in [0, 1], and its alpha."""
    rgb, small, inside = in_square(frame, alpha, side)
    square, matte = np.full((side, side, 3), GREY, np.float32), np.zeros((side, side), np.float32)
    square[inside] = rgb * small[..., None] + GREY * (1 - small[..., None])
    matte[inside] = small
    return square, matte


def frame_of(rgba: Pixels, long_side: float = LONG_SIDE) -> Frame:
    """The product cropped with a margin and shrunk until its longest side is at most `long_side`."""
    piece = rgba[cropped(rgba).slices].astype(np.float32) / 255
    piece[..., :3] *= piece[..., 3:]
    small = shrunk(piece, long_side / extent(rgba[..., 3] > 8).longest)
    alpha = small[..., 3]
    return Frame(rgb=np.clip(small[..., :3] / np.maximum(alpha, 1e-3)[..., None], 0, 1), alpha=alpha)


def over(front: Frame, picture: Float) -> Float:
    """The product laid over `picture`, HxWx3 of the same size."""
    alpha = front.alpha[..., None]
    return (front.rgb * alpha + picture * (1 - alpha)).astype(np.float32)


def pair_at(picture: Pixels, placement: Placement) -> Pair:
    """Product and picture at the known place; a picture of another size than the canvas is taken as a resized one."""
    height, width = picture.shape[:2]
    product = _resized(placement.product, width, height)
    crop = cropped(product)
    front = frame_of(product[crop.slices])
    back = picture[crop.slices][..., :3].astype(np.float32) / 255
    back = cv2.resize(back, front.alpha.shape[::-1], interpolation=cv2.INTER_AREA).astype(np.float32)
    return Pair(front=front, picture=back, transform=grid(front, crop))


def pair_by(picture: Pixels, front: Frame, transform: Transform) -> Pair:
    """Product and picture where `transform` (2x3, frame to picture) says; the picture's edge is continued."""
    scale = float(np.sqrt(abs(np.linalg.det(transform[:, :2]))))
    small = shrunk(picture[..., :3].astype(np.float32) / 255, 1 / scale)
    ratio = np.array([small.shape[1] / picture.shape[1], small.shape[0] / picture.shape[0]])
    shown = transform * ratio[:, None]
    shown[:, 2] += (ratio - 1) / 2
    size = front.alpha.shape[::-1]
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    back = cv2.warpAffine(small, shown, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return Pair(front=front, picture=np.clip(back, 0, 1).astype(np.float32), transform=transform)


def behind(pair: Pair, cover: Float) -> Pair:
    """`pair` without what is covered (HxW of the picture, in [0, 1]) of the product, if that is not too much."""
    size = pair.alpha.shape[::-1]
    over = cv2.warpAffine(cover, pair.transform, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    over = cv2.dilate(over, np.ones((3, 3), np.uint8))
    if float((over * pair.alpha).sum()) > MOST_COVERED * float(pair.alpha.sum()):
        return pair
    return replace(pair, front=replace(pair.front, alpha=np.where(over > FAINT, 0, pair.alpha).astype(np.float32)))


def _resized(rgba: Pixels, width: int, height: int) -> Pixels:
    if rgba.shape[:2] == (height, width):
        return rgba
    premultiplied = rgba.astype(np.float32)
    premultiplied[..., :3] *= premultiplied[..., 3:] / 255
    small = cv2.resize(premultiplied, (width, height), interpolation=cv2.INTER_AREA)
    small[..., :3] /= np.maximum(small[..., 3:] / 255, 1e-3)
    return np.clip(np.round(small), 0, 255).astype(np.uint8)
