"""Spray paint on a wall: fields of colour, and letters that nobody can read, outlined and filled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.types import Material, Values

CANS = ("#e4378b", "#17a3b8", "#f5c518", "#6b3fa0", "#ef6c1a", "#3fae49", "#e8e4da", "#d6262b", "#2b5fc4")
BLACK = (0.012, 0.012, 0.014)
SIDE = 1400  # pixels of the larger side that is painted
FIELDS, WORDS, LETTERS = 7, 5, (3, 6)  # of colour; of letters; fewest and most in each
COVER = 0.9  # how much of the wall the paint hides


def sprayed(rng: Generator, wall: Material) -> Material:
    """The wall with paint over it; its relief stays."""
    import cv2

    bricks = np.asarray(wall.colour, np.float32)
    rows, columns = bricks.shape[:2]
    scale = SIDE / max(rows, columns)
    size = round(columns * scale), round(rows * scale)
    under: Values = np.asarray(cv2.resize(bricks, size, interpolation=cv2.INTER_LINEAR), np.float32)
    paint, share = under.copy(), np.zeros(under.shape[:2], np.float32)
    for _ in range(FIELDS):
        _field(rng, paint, share)
    for number in range(WORDS):
        _word(rng, paint, share, number)
    soft = cv2.GaussianBlur(share, (0, 0), 1.5)[..., None] * COVER
    colour = under * (1 - soft) + cv2.GaussianBlur(paint, (0, 0), 0.8) * soft
    return replace(wall, colour=np.clip(colour, 0, 1).astype(np.float32), roughness=0.75)


def _field(rng: Generator, paint: Values, share: Values) -> None:
    """A cloud of one colour with soft edges."""
    import cv2

    rows, columns = share.shape
    cloud = np.zeros_like(share)
    at = rng.uniform(0, columns), rng.uniform(0.1, 0.9) * rows
    for _ in range(9):
        spot = at + rng.normal(0, 0.09, 2) * columns
        cv2.circle(cloud, (int(spot[0]), int(spot[1])), int(rng.uniform(0.03, 0.1) * columns), 1.0, -1, cv2.LINE_AA)
    cloud = cv2.GaussianBlur(cloud, (0, 0), 0.012 * columns)
    paint += (np.asarray(hexadecimal(str(rng.choice(CANS))), np.float32) - paint) * cloud[..., None]
    np.maximum(share, cloud, out=share)


def _word(rng: Generator, paint: Values, share: Values, number: int) -> None:
    """Fat letters side by side, filled from one colour to another, with a black outline and a bright one."""
    import cv2

    rows, columns = share.shape
    high = rng.uniform(0.14, 0.26) * columns
    x, y = rng.uniform(-0.05, 0.7) * columns, (0.12 + 0.8 * ((number + rng.uniform(0, 0.6)) / WORDS)) * rows
    strokes = []
    for _ in range(int(rng.integers(*LETTERS, endpoint=True))):
        corners = np.array([x, y]) + rng.uniform((0, -0.5), (0.62, 0.5), (int(rng.integers(3, 6)), 2)) * high
        strokes.append(_curve(corners))
        x += 0.62 * high
    first, second, rim = (np.asarray(hexadecimal(str(one))) for one in rng.choice(CANS, 3, replace=False))
    for thick, colour in ((0.36, rim), (0.29, np.asarray(BLACK))):
        cv2.polylines(paint, strokes, False, colour.tolist(), max(int(thick * high), 2), cv2.LINE_AA)
        cv2.polylines(share, strokes, False, 1.0, max(int(thick * high), 2), cv2.LINE_AA)
    inside = np.zeros_like(share)
    cv2.polylines(inside, strokes, False, 1.0, max(int(0.2 * high), 2), cv2.LINE_AA)
    fade = np.clip((np.arange(rows)[:, None] - y) / high + 0.5, 0, 1)[..., None]
    paint += ((first * (1 - fade) + second * fade).astype(np.float32) - paint) * inside[..., None]


def _curve(corners: Values) -> NDArray[np.int32]:
    """A stroke of a can through these points, its corners rounded (Chaikin), Nx1x2 pixels."""
    points = corners
    for _ in range(3):
        near, far = 0.75 * points[:-1] + 0.25 * points[1:], 0.25 * points[:-1] + 0.75 * points[1:]
        points = np.concatenate([points[:1], np.stack([near, far], 1).reshape(-1, 2), points[-1:]])
    return points.round().astype(np.int32)[:, None]
