"""What steers a ControlNet, drawn from the placed product, and what an IP-Adapter is shown of its photos."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ecomgen.recipes import Followed
from ecomgen.types import Box, Pixels, View

_SOLID = 128  # of 255: alpha from which on a pixel counts as the product's
_EDGES = (60, 160)  # Canny's thresholds
_MOST_VIEWS = 4  # photos that an IP-Adapter looks at; each costs tokens in every step
_MARGIN = 0.08  # white round the product, of its longer side
_FAR, _NEAR = 30, 150  # depth levels of the wall and of the floor's front edge; brighter is nearer
_ABOVE = 0.08  # of the height: how far above the product's foot the floor ends
_RELIEF = 70  # by how much the product's middle stands out


def masked_picture(picture: Pixels, mask: Image.Image) -> NDArray[np.float32]:
    """HxWx3 in [0, 1], and -1 where the model paints: what ControlNets trained to inpaint follow."""
    painted = np.asarray(mask)[..., None] >= _SOLID
    return np.where(painted, np.float32(-1), picture.astype(np.float32) / 255)


def control_picture(kind: Followed, known: Pixels, contact: float) -> Image.Image:
    """The picture that a ControlNet follows, RGB, at the size of `known`.

    Args:
        kind: its edges, a depth map, or the mask, white where the model paints; of a set that nobody knows the normals
            are those of a wall and a floor.
        known: HxWx4, the placed product at the size at which is generated.
        contact: the row on which the product stands.
    """
    if kind == "normal":
        return Image.fromarray(_normals(known, contact))
    drawn = {"canny": _edges, "depth": _depth, "mask": _mask}[kind](known, contact)
    return Image.fromarray(np.repeat(drawn[..., None], 3, axis=2))


def _edges(known: Pixels, _: float) -> Pixels:
    """White edges on black: the product's outline and what is drawn on it (Canny, 1986)."""
    import cv2

    inside = known[..., 3] >= _SOLID
    drawn = cv2.Canny(np.ascontiguousarray(np.where(inside[..., None], known[..., :3], 128)), *_EDGES)
    outline = cv2.morphologyEx(inside.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    return np.where(outline > 0, 255, drawn).astype(np.uint8)


def _depth(known: Pixels, contact: float) -> Pixels:
    """A wall, a floor that comes nearer towards the lower edge, and the product's outline inflated into a relief."""
    import cv2

    height, width = known.shape[:2]
    horizon = min(max(contact - _ABOVE * height, 0), height - 1)
    share = np.clip((np.arange(height) - horizon) / max(height - horizon, 1), 0, 1)
    ground = np.repeat((_FAR + (_NEAR - _FAR) * share)[:, None], width, axis=1)
    inside = (known[..., 3] >= _SOLID).astype(np.uint8)
    distance = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
    swelling = np.sqrt(np.clip(distance / max(float(distance.max()), 1.0), 0, 1))  # round, like a ball's section
    stands = ground[min(max(round(contact) - 1, 0), height - 1), 0]
    return np.where(inside > 0, stands + _RELIEF * swelling, ground).clip(0, 255).round().astype(np.uint8)


def _normals(known: Pixels, contact: float) -> Pixels:
    """The wall and the product face the camera, the floor looks up."""
    height, width = known.shape[:2]
    floor = np.arange(height)[:, None] > contact - _ABOVE * height
    turned = np.where((floor & (known[..., 3] < _SOLID))[..., None], (128, 255, 128), (128, 128, 255))
    return np.broadcast_to(turned, (height, width, 3)).astype(np.uint8)


def _mask(known: Pixels, _: float) -> Pixels:
    return np.where(known[..., 3] >= _SOLID, 0, 255).astype(np.uint8)


def reference_pictures(views: Sequence[View]) -> list[Image.Image]:
    """The product of each photo on a white square, so that the adapter hears of it and not of its old background."""
    return [_on_white(view) for view in views[:_MOST_VIEWS] if view.mask.any()]


def _on_white(view: View) -> Image.Image:
    box = Box.of(view.mask)
    side = round(box.longest * (1 + 2 * _MARGIN))
    square = np.full((side, side, 3), 255, np.uint8)
    top, left = (side - box.height) // 2, (side - box.width) // 2
    inside = view.mask[box.slices]
    square[top : top + box.height, left : left + box.width][inside] = view.pixels[box.slices][inside]
    return Image.fromarray(square)
