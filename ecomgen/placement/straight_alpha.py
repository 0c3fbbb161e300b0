"""Straight-alpha RGBA resized, turned and laid over one another, in premultiplied linear light."""

from __future__ import annotations

import math

import numpy as np

from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.types import Box, Float, Pixels

OPAQUE = 254.5 / 255


def resize_rgba(rgba: Pixels, scale: float, bleed: Pixels | None = None) -> Pixels:
    """Resize straight-alpha RGBA (HxWx4 uint8) in premultiplied linear light, so that no hidden colour leaks in.

    `bleed` (HxWx3) gives the colours of pixels that come out fully transparent; without it they are black.
    """
    import cv2

    height, width = rgba.shape[:2]
    # a half is rounded up: to the even number, no one scale might give both sides again
    size = (max(1, math.floor(width * scale + 0.5)), max(1, math.floor(height * scale + 0.5)))
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


def over(front: Pixels, behind: Pixels) -> Pixels:
    """Straight-alpha `front` over `behind`, both HxWx4, mixed in linear light; the front's opaque pixels stay exact."""
    top, below = front[..., 3:].astype(np.float32) / 255, behind[..., 3:].astype(np.float32) / 255
    colour = top * to_linear(front[..., :3]) + (1 - top) * below * to_linear(behind[..., :3])
    mixed = _straight(np.dstack([colour, top + (1 - top) * below]))
    return np.where(front[..., 3:] == 255, front, np.where(front[..., 3:] == 0, behind, mixed))


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
