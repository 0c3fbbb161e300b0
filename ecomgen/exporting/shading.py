"""The shadow beside a product, read from the finished picture alone.

Ground is about as light in a row of the picture on either side of the product: what is darker than that, and reaches
the product, is its shadow. It is an estimate, for pictures whose scene nobody can make again without the product: a
dark thing that touches the product can pass for its shadow, and one that fades into a dark ground is found in part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.types import BoolMask, Pixels

    Shade = NDArray[np.float32]  # HxW in [0, 1)

WORKING = 384  # pixels of the longer side
REACH = 0.7  # of the product's larger side: how far beside it a shadow is looked for
ABOVE, BELOW = 0.55, 0.35  # of its height: how far up from its foot, and down
BESIDE = 0.12  # of the picture's width: how much of each row, beyond that, tells how light the ground is
FADE = 0.2  # of the reach: over which it ends
FAINT = 0.03  # a darkening below this is texture
SEEN = 0.05  # what touches the product at all


def estimated_shadow(picture: Pixels, covered: BoolMask) -> Shade:
    """The share of light that is missing beside the product, HxW in [0, 1); none where no ground is free to compare.

    Args:
        picture: HxWx3, finished.
        covered: HxW, where the product is.
    """
    import cv2

    height, width = covered.shape
    scale = min(1.0, WORKING / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    light = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32).mean(2) + 1
    solid = cv2.resize(covered.astype(np.uint8), size, interpolation=cv2.INTER_AREA).astype(bool)
    small = _small(light, cv2.dilate(solid.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool))
    return np.clip(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), 0, 0.98).astype(np.float32)


def _small(light: Shade, covered: BoolMask) -> Shade:
    """The same at the working size, from the picture's lightness."""
    import cv2

    rows, columns = np.nonzero(covered)
    nothing = np.zeros_like(light)
    if not rows.size or covered.all():
        return nothing
    left, right, foot = int(columns.min()), int(columns.max()) + 1, int(rows.max()) + 1
    tall = foot - int(rows.min())
    reach = round(REACH * max(tall, right - left))
    ground = _ground(light, covered, left - reach, right + reach)
    if ground is None:
        return nothing
    taken = np.clip(1 - cv2.GaussianBlur(_without(light, covered), (0, 0), 1.2) / ground, 0, 1)
    taken = np.clip((taken - FAINT) / (1 - FAINT), 0, 1)
    across = _window(light.shape[1], left - reach, right + reach, FADE * reach)
    down = _window(light.shape[0], foot - round(ABOVE * tall), foot + round(BELOW * tall), 0.1 * tall)
    return _touching((taken * down[:, None] * across).astype(np.float32), covered)


def _ground(light: Shade, covered: BoolMask, left: int, right: int) -> Shade | None:
    """How light each row is left and right of these columns, and between from one to the other; None without either."""
    import cv2

    width = light.shape[1]
    room = max(3, round(BESIDE * width))
    sides = [(slice(max(left - room, 0), max(left, room)), 0.0), (slice(min(right, width - room), width), width - 1.0)]
    told = [(np.median(light[:, part], axis=1), at) for part, at in sides if not covered[:, part].any()]
    if not told:
        return None
    lines = [cv2.GaussianBlur(line[:, None].astype(np.float32), (0, 0), 2.0)[:, 0] for line, _ in told]
    if len(lines) == 1:
        return np.repeat(lines[0][:, None], width, axis=1)
    share = np.linspace(0, 1, width, dtype=np.float32)
    return lines[0][:, None] * (1 - share) + lines[1][:, None] * share


def _without(light: Shade, covered: BoolMask) -> Shade:
    """The lightness with the product's place filled from beside it, so that its own colour does not spread."""
    from scipy.ndimage import distance_transform_edt

    rows, columns = np.asarray(distance_transform_edt(covered, return_distances=False, return_indices=True))
    return light[rows, columns]


def _window(length: int, start: int, stop: int, fade: float) -> Shade:
    """1 between two places, 0 outside, with soft ends."""
    at = np.arange(length, dtype=np.float32)
    inside = np.minimum(at - start, stop - at) / max(fade, 1.0)
    return np.clip(inside, 0, 1)


def _touching(shade: Shade, covered: BoolMask) -> Shade:
    """Only the patches that reach the product."""
    import cv2

    _, labels = cv2.connectedComponents(((shade > SEEN) | covered).astype(np.uint8), connectivity=8)
    labels = np.asarray(labels)
    return np.where(np.isin(labels, np.unique(labels[covered])) & (shade > SEEN), shade, 0).astype(np.float32)
