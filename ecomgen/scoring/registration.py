"""Finds where the product stands in a picture, as a similarity (shift, turn, scale): features first, then flow.

Features are SIFT (Lowe 2004) with mutual matches under the ratio test and RANSAC; a plain product, which has none, is
laid by its mask's centre and area. Either is refined by fitting a similarity to the dense optical flow that is left.
Only a similarity is fitted: a stretched or bent product must not be straightened before it is judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen.scoring import light
from ecomgen.scoring.frames import Frame, Pair, pair_by
from ecomgen.scoring.registered import flow_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.types import Pixels

    Float = NDArray[np.float32]
    Transform = NDArray[np.float64]

ROUNDS = 2
POINTS = 1500
NUDGE = (0.12, 0.12, 0.1)  # turn in radians, log of scale, shift in sizes: how far a product may stray from its place


def nudged(pair: Pair, picture: Pixels) -> Pair | None:
    """`pair` after a small turn, scaling and shift that fits better; None where no small one does."""
    moved = _refined(pair, picture)
    return moved if moved is not None and _is_small(pair, moved) else None


def _refined(pair: Pair, picture: Pixels) -> Pair | None:
    for _ in range(ROUNDS):
        step = _similarity_of_flow(pair)
        if step is None:
            return None
        pair = pair_by(picture, pair.front, _after(pair.transform, step))
    return pair


def _similarity_of_flow(pair: Pair) -> Transform | None:
    """The similarity of the grid that the flow from reference to picture amounts to, at textured places."""
    lamp = light.fit(pair.front.rgb, pair.picture, pair.solid)
    lit = Frame(rgb=lamp.on(pair.front.rgb), alpha=pair.alpha)
    expected = np.where(pair.alpha[..., None] > 0, lit.rgb, pair.picture)
    x, y = (cv2.cvtColor((p * 255).astype(np.uint8), cv2.COLOR_RGB2GRAY) for p in (expected, pair.picture))
    if min(x.shape) < 32:
        return None
    flow = flow_between(x, y)
    rows, columns = np.nonzero((cv2.morphologyEx(x, cv2.MORPH_GRADIENT, np.ones((3, 3))) > 12) & (pair.alpha > 0.5))
    if len(rows) < 30:
        return None
    pick = slice(None, None, max(len(rows) // POINTS, 1))
    source = np.column_stack([columns[pick], rows[pick]]).astype(np.float32)
    cv2.setRNGSeed(0)
    found, _ = cv2.estimateAffinePartial2D(source, source + flow[rows[pick], columns[pick]], ransacReprojThreshold=1.5)
    return found


def _after(outer: Transform, inner: Transform) -> Transform:
    """`outer` applied to what `inner` gives."""
    return outer @ np.vstack([inner, [0, 0, 1]])


def _is_small(before: Pair, after: Pair) -> bool:
    inverse = np.linalg.inv(np.vstack([before.transform, [0, 0, 1]]))
    change = inverse @ np.vstack([after.transform, [0, 0, 1]])
    height, width = before.alpha.shape
    centre = np.array([width / 2, height / 2, 1])
    shift = np.linalg.norm((change @ centre - centre)[:2]) / before.size
    turn, grown = np.arctan2(change[1, 0], change[0, 0]), np.log(np.hypot(change[0, 0], change[1, 0]))
    return bool(np.all(np.abs([turn, grown, shift]) <= NUDGE))
