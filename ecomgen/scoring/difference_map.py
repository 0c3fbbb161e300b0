"""Where a picture differs from the product: a coarse grid that travels with the scores, and a picture of it."""

from __future__ import annotations

import cv2
import numpy as np

from ecomgen.scoring.calibration import calibration
from ecomgen.scoring.identity.frames import Pair, extent, onto
from ecomgen.scoring.identity.patches import Cells, as_grid
from ecomgen.scoring.identity.registered import Deviations
from ecomgen.types import BoolMask, Box, Difference, Float, Pixels, Transform

LONGEST = 32  # cells a side
FINE = 6  # samples a side of each cell
SHOWN = 0.1  # share of a cell that must lie on the product
USUAL = (0.3, 0.7)  # how unlike the parts of honest other views are, and what is quite different
HEAT = np.array([(72, 30, 130), (196, 54, 108), (244, 132, 50), (252, 220, 90)], np.float32)  # none … all
CALM = 0.55  # of the picture's own colour that stays
STRONGEST = 0.85  # how much the heat covers
FRAME = (255, 255, 255)


def of_comparison(pair: Pair, comparison: Deviations) -> Difference:
    """Of a product laid over its photo: 1 - the product of what its parts would score at each place alone."""
    alike = np.ones_like(comparison.structure)
    for name in ("structure", "detail", "colour"):
        part = calibration().registered[name]
        alike *= np.exp(-np.maximum(getattr(comparison, name) - part.free, 0) / part.scale)
    return on_picture(1 - alike, pair.solid.astype(np.float32), pair.transform, aligned=True)


def on_picture(unlike: Float, weight: Float, transform: Transform, *, aligned: bool) -> Difference:
    """`unlike` and `weight` (HxW, both in [0, 1]) as cells of the picture; `transform` maps to its pixels."""
    box = _covered(weight.shape, transform)
    step = box.longest / LONGEST
    columns, rows = (max(round(side / step), 1) for side in (box.width, box.height))
    scale = np.array([columns * FINE / box.width, rows * FINE / box.height])
    cells = transform * scale[:, None]
    cells[:, 2] -= np.array([box.x0, box.y0]) * scale
    layers = (cv2.warpAffine(layer, cells, (columns * FINE, rows * FINE)) for layer in (unlike * weight, weight))
    amount, share = (cv2.resize(layer, (columns, rows), interpolation=cv2.INTER_AREA) for layer in layers)
    mean = np.where(share > SHOWN, amount / np.maximum(share, 1e-3), 0)
    percent = np.clip(np.round(mean * 100), 0, 100).astype(int)
    return Difference(box=box, grid=tuple(tuple(row) for row in percent.tolist()), aligned=aligned)


def of_patches(cells: Cells, unlike: Float, mask: BoolMask) -> Difference:
    """Of another view: how little each part of the product under `mask` (HxW) has of a counterpart."""
    values, weight = as_grid(cells, np.clip((unlike - USUAL[0]) / (USUAL[1] - USUAL[0]), 0, 1))
    box = extent(mask)
    corner = box.x0 - (box.longest - box.width) / 2, box.y0 - (box.longest - box.height) / 2
    return on_picture(values, weight, onto(corner, np.full(2, box.longest / cells.side)), aligned=False)


def _covered(shape: tuple[int, ...], transform: Transform) -> Box:
    """The upright box in the picture around a grid's corners."""
    height, width = shape
    corners = np.array([(x, y, 1) for x in (0, width) for y in (0, height)]) @ transform.T
    (left, top), (right, bottom) = np.floor(corners.min(axis=0)), np.ceil(corners.max(axis=0))
    return Box(int(left), int(top), max(int(right), int(left) + 1), max(int(bottom), int(top) + 1))


def heat_map(picture: Pixels, difference: Difference | None) -> Pixels:
    """HxWx3 with the difference laid over it, from violet to yellow, the rest paler; unchanged where there is none."""
    if difference is None:
        return picture.copy()
    heat = _spread(difference, *picture.shape[:2])
    grey = cv2.cvtColor(np.ascontiguousarray(picture[..., :3]), cv2.COLOR_RGB2GRAY)[..., None].astype(np.float32)
    calm = CALM * picture[..., :3] + (1 - CALM) * grey
    place = heat * (len(HEAT) - 1)
    lower = np.minimum(place.astype(int), len(HEAT) - 2)
    colour = HEAT[lower] + (place - lower)[..., None] * (HEAT[lower + 1] - HEAT[lower])
    weight = (STRONGEST * np.clip(heat * 2, 0, 1))[..., None]
    shown = np.round(calm * (1 - weight) + colour * weight).astype(np.uint8)
    box, thick = difference.box, max(round(max(picture.shape[:2]) / 512), 1)
    framed = cv2.rectangle(shown, (box.x0, box.y0), (box.x1, box.y1), FRAME, thick, cv2.LINE_AA)
    return np.asarray(framed, dtype=np.uint8)


def _spread(difference: Difference, height: int, width: int) -> Float:
    """The grid as a smooth layer of the picture, HxW in [0, 1]."""
    box, grid = difference.box, np.array(difference.grid, np.float32) / 100
    scale = np.array([box.width / grid.shape[1], box.height / grid.shape[0]])
    placed = onto(box[:2], scale)
    padded = cv2.copyMakeBorder(grid, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    placed[:, 2] -= scale
    return np.clip(cv2.warpAffine(padded, placed, (width, height), flags=cv2.INTER_CUBIC), 0, 1)
