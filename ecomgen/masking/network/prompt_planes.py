"""How a box and clicks are told to the network: as planes of the picture's size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecomgen.types import Box, Matte

    Point = tuple[float, float]  # x, y in pixels

CLICK_RADIUS = 0.025  # of the longer side


def draw_box(box: Box, shape: tuple[int, int]) -> Matte:
    """1 inside the box, 0 outside; `shape` is (rows, columns)."""
    plane = np.zeros(shape, np.float32)
    plane[max(0, box.y0) : max(0, box.y1), max(0, box.x0) : max(0, box.x1)] = 1
    return plane


def draw_clicks(good: Sequence[Point], bad: Sequence[Point], shape: tuple[int, int]) -> Matte:
    """Small discs: 1 around clicks on the product, -1 around clicks beside it."""
    plane = np.zeros(shape, np.float32)
    rows, columns = np.indices(shape)
    for points, value in ((good, 1.0), (bad, -1.0)):
        for x, y in points:
            plane[np.hypot(columns - x, rows - y) <= CLICK_RADIUS * max(shape)] = value
    return plane
