"""Where the mask's contour lies on an edge that the photo shows, alpha is unknown in a narrow band only.

A contact shadow or a product's own dark border beside the edge would else be taken for more of the product, or less:
over some pixels of shadow a matte cannot tell one from the other.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_lab
from ecomgen.morphology import eroded
from ecomgen.types import BoolMask, Pixels

Plane = NDArray[np.float32]

LENS = 0.7  # pixels by which the photo is blurred before its edges are sought
NEAR = 0.8  # pixels from the contour at which the steepest place must lie
RIVALS = 0.7  # times its steepness that any other place across the contour may have
STEEP = 4.0  # CIELAB units a pixel from which a change is an edge
STRETCH = 4.0  # pixels along the contour over which it must hold
SHARE = 0.7  # of that stretch
DOWNWARD = 0.5  # cosine between the way out and straight down, from which a contour is a foot
NARROW = 2.5  # pixels of band to each side of such an edge


def widths(photo: Pixels, mask: BoolMask, width: float) -> Plane:
    """How wide the band is at each pixel, HxW: `width` pixels to each side of the contour, less where it lies right."""
    contour = mask & ~eroded(mask, 1)
    rows, columns = np.nonzero(contour)
    if width <= NARROW or not len(rows):
        return np.full(mask.shape, width, np.float32)
    normal = _normals(mask, rows, columns)
    change = _across(photo, rows, columns, normal, width)
    right = (_lies_right(change) | (_is_shaded(change) & (normal[:, 1] > DOWNWARD))).astype(np.float32)
    held, length = (_along(mask.shape, rows, columns, values) for values in (right, np.ones_like(right)))
    _, labels = cv2.distanceTransformWithLabels(
        (~contour).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    nearest = np.asarray(labels, np.int32)
    sure = np.zeros(int(nearest.max()) + 1, bool)
    sure[nearest[rows, columns]] = held > SHARE * length
    return np.where(sure[nearest], np.float32(NARROW), np.float32(width))


def _along(shape: tuple[int, ...], rows: NDArray, columns: NDArray, values: Plane) -> Plane:
    """Values of the contour's pixels, each with its neighbours' within some pixels, N."""
    plane = np.zeros(shape, np.float32)
    plane[rows, columns] = values
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), STRETCH), dtype=np.float32)[rows, columns]


def _normals(mask: BoolMask, rows: NDArray, columns: NDArray) -> Plane:
    """Which way is out (x, y) at pixels of the contour, Nx2."""
    distance = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 2.0)
    slope = np.stack([cv2.Sobel(distance, cv2.CV_32F, 1, 0), cv2.Sobel(distance, cv2.CV_32F, 0, 1)], -1)[rows, columns]
    return -slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-6)


def _across(photo: Pixels, rows: NDArray, columns: NDArray, normal: Plane, width: float) -> Plane:
    """How steeply colours change along the contour's normal: a row for each of its pixels, inside first, NxT."""
    steps = np.arange(-width, width + 0.5, 0.5, dtype=np.float32)
    x = (columns[:, None] + normal[:, :1] * steps).astype(np.float32)
    y = (rows[:, None] + normal[:, 1:] * steps).astype(np.float32)
    colours = to_lab(cv2.GaussianBlur(photo, (0, 0), LENS).astype(np.uint8))
    seen = np.stack([_sampled(colours[..., channel], x, y) for channel in range(3)], -1)
    return np.linalg.norm(np.gradient(seen, 0.5, axis=1), axis=-1).astype(np.float32)


def _sampled(plane: Plane, x: Plane, y: Plane) -> Plane:
    """The plane at fractional places; by parts, for OpenCV maps no more than 32,767 rows at once."""
    parts = [
        cv2.remap(plane, x[k : k + 30_000], y[k : k + 30_000], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        for k in range(0, len(x), 30_000)
    ]
    return np.concatenate(parts).astype(np.float32)


def _lies_right(change: Plane) -> NDArray[np.bool_]:
    """Whether the steepest place across the contour, at whose inner side it lies half a pixel off, is alone there."""
    place = _places(change)
    here = change[:, np.abs(place) <= NEAR].max(axis=1)
    elsewhere = change[:, np.abs(place) > NEAR + 1].max(axis=1)
    return (here >= STEEP) & (elsewhere <= RIVALS * here)


def _is_shaded(change: Plane) -> NDArray[np.bool_]:
    """Whether colours change outside the contour only, as where a dark product stands in the shadow of its own foot."""
    place = _places(change)
    outside = change[:, place > NEAR + 1].max(axis=1)
    within = change[:, place <= NEAR].max(axis=1)
    return (outside >= STEEP) & (within <= RIVALS * outside)


def _places(change: Plane) -> Plane:
    """How far outside the contour's edge each column lies, in pixels."""
    return ((np.arange(change.shape[1]) - change.shape[1] // 2) / 2 - 0.5).astype(np.float32)
