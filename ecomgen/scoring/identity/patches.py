"""Another view, patch by patch: which parts of the product in the picture have no counterpart in any reference.

Both products are cut to squares of one size and divided into cells: colour (Lab, exposure evened out) and oriented
gradients. Each cell of the picture looks for the reference cell that is most like it, nearly in the same place, for a
turn of the product moves its parts only so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ecomgen.color import to_lab
from ecomgen.types import BoolMask, Float

CELL = 8  # pixels a side
REACH = 0.3  # of the square's side: how far a part may have moved
BINS = 8  # of orientation
COLOUR = 22.0  # ΔE that counts as much as quite other gradients
FLAT = 12.0  # gradient, in lightness, below which orientation means little
FAR = 0.35  # price of the farthest move
FREE = 0.25  # distance that two views of one product usually have
WORST = 0.25  # the share of the cells on which the figure rests


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """What each cell looks like (NxD), where its middle is (Nx2, in cells), and the grid's side."""

    looks: Float
    places: Float
    side: int


def cells_of(square: Float, inside: BoolMask) -> Cells:
    """The cells of a square (SxSx3 sRGB in [0, 1]) that lie mostly on the product."""
    lab = to_lab(square)
    side = square.shape[0] // CELL
    share = cv2.resize(inside.astype(np.float32), (side, side), interpolation=cv2.INTER_AREA)
    kept = share > min(0.5, float(share.max()) * 0.99)
    weight = np.maximum(share, 1e-3)[..., None]
    colour = cv2.resize(lab * inside[..., None], (side, side), interpolation=cv2.INTER_AREA) / weight
    colour[..., 0] = (colour[..., 0] - np.median(colour[kept][:, 0])) / 2
    looks = np.concatenate([colour / COLOUR, _gradients(lab[..., 0], side)], axis=-1)[kept]
    return Cells(looks=looks, places=np.argwhere(kept).astype(np.float32), side=side)


def _gradients(lightness: Float, side: int) -> Float:
    """Oriented gradients of each cell and its neighbours, side x side x `BINS`."""
    dx, dy = (cv2.Sobel(lightness, cv2.CV_32F, *order, scale=0.125) for order in ((1, 0), (0, 1)))
    size, angle = cv2.cartToPolar(dx, dy)
    place = np.asarray(angle, np.float32) / np.float32(np.pi) * BINS
    near = np.abs((place[..., None] - np.arange(BINS) + BINS / 2) % BINS - BINS / 2)
    layers = size[..., None] * np.maximum(1 - near, 0)
    pooled = cv2.resize(layers.astype(np.float32), (side, side), interpolation=cv2.INTER_AREA)
    pooled = cv2.GaussianBlur(pooled, (3, 3), 0.8)
    return pooled / (np.linalg.norm(pooled, axis=-1, keepdims=True) + FLAT / 4)


def unlike(picture: Cells, references: Sequence[Cells]) -> Float:
    """For each cell of the picture, how unlike the best counterpart in any reference is, in [0, 1)."""
    best = np.min([_nearest(picture, one) for one in references], axis=0)
    return 1 - np.exp(-np.maximum(best - FREE, 0))


def _nearest(picture: Cells, reference: Cells) -> Float:
    """Distance to the best counterpart; moving costs a little, and more than `REACH` is not allowed."""
    apart = np.linalg.norm(picture.looks[:, None] - reference.looks[None], axis=-1)
    moved = np.linalg.norm(picture.places[:, None] - reference.places[None], axis=-1) / (REACH * picture.side)
    return np.where(moved <= 1, apart + FAR * moved, np.inf).min(axis=1, initial=4.0)


def matched(reference: Cells, picture: Cells) -> float:
    """How well the two products' parts find each other, in [0, 1], judged by the worst quarter of either."""
    return float(min(_worst(unlike(picture, [reference])), _worst(unlike(reference, [picture]))))


def _worst(badness: Float) -> float:
    return 1 - float(np.sort(badness)[-max(int(WORST * len(badness)), 1) :].mean())


def as_grid(picture: Cells, values: Float) -> tuple[Float, Float]:
    """Values of cells back on their square, and 1 where there is a cell: both side x side."""
    grid, there = (np.zeros((picture.side, picture.side), np.float32) for _ in range(2))
    rows, columns = picture.places.astype(int).T
    grid[rows, columns], there[rows, columns] = values, 1
    return grid, there
