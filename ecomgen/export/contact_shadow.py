"""The contact shadow round a product's foot, read from the finished picture alone.

Round the foot the ground is taken to be one surface, whose lightness changes evenly (a plane through what lies further
out, fitted without its outliers) and whose hue does not: what is darker there, of the same hue, and reaches the product
is its shadow. It is an estimate, for pictures whose scene nobody can make again without the product. Long shadows are
found only near the product, and on busy ground hardly at all; what is not found stays in the scene.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.morphology import dilated, filled, touching
from ecomgen.types import BoolMask, Pixels

Shade = NDArray[np.float32]  # HxW in [0, 1)

WORKING = 384  # pixels of the longer side
FOOT = 0.15  # of the product's height: its lowest part, which stands
REACH = 0.7  # of its smaller side: how far beside its foot a shadow is looked for
FLAT = 0.25  # height of that place by its width: ground seen at a low angle
RING = 1.6  # how far out the ground is looked at, in reaches
FADE = 0.75  # of the reach, from which on the shadow ends
HUE = 0.035  # how far the same ground may be from its own hue, in shares of the colours' sum
FAINT = 0.05  # a darkening below this is grain
FEWEST = 60  # pixels of ground, without which nothing can be said


@dataclass(frozen=True, kw_only=True, eq=False)
class _Foot:
    """How far each place is from the product's foot, HxW in reaches, and what is free to be looked at."""

    away: NDArray[np.floating]
    free: BoolMask


def estimated_shadow(picture: Pixels, covered: BoolMask) -> Shade:
    """The share of light that is missing at the product's foot, HxW in [0, 1); nothing where no ground can be seen.

    Args:
        picture: HxWx3, finished.
        covered: HxW, where the product is.
    """
    height, width = covered.shape
    scale = min(1.0, WORKING / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    solid = cv2.resize(covered.astype(np.uint8), size, interpolation=cv2.INTER_AREA)
    colours = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32) + 1
    small = _missing(colours, dilated(solid > 0, 1))
    return np.clip(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), 0, 0.98).astype(np.float32)


def _missing(colours: NDArray[np.floating], covered: BoolMask) -> Shade:
    nothing = np.zeros(covered.shape, np.float32)
    foot = _foot(covered)
    if foot is None:
        return nothing
    soft = cv2.GaussianBlur(filled(colours, covered), (0, 0), 1.2)
    light, hue = soft.mean(2), soft / soft.sum(2, keepdims=True)
    ring = foot.free & (foot.away > 1) & (foot.away < RING)
    before = ring & _below(covered)  # ground if anything is
    if before.sum() < FEWEST:
        return nothing
    same = np.abs(hue - np.median(hue[before], axis=0)).max(2) < HUE
    ground = _plane(light, ring & same)
    if ground is None:
        return nothing
    taken = np.clip((1 - light / np.maximum(ground, 1) - FAINT) / (1 - FAINT), 0, 1)
    taken *= same & foot.free
    taken *= np.clip((1 - foot.away) / (1 - FADE), 0, 1)
    at_product = touching((taken > 0) | covered, covered)
    return np.where(at_product, taken, 0).astype(np.float32)


def _foot(covered: BoolMask) -> _Foot | None:
    rows, columns = np.nonzero(covered)
    if not rows.size or covered.all():
        return None
    top, bottom = int(rows.min()), int(rows.max()) + 1
    standing = columns[rows >= bottom - max(1, round(FOOT * (bottom - top)))]
    wide = int(standing.max()) + 1 - int(standing.min())
    reach = 0.5 * wide + REACH * min(wide, bottom - top)
    across = (np.arange(covered.shape[1]) - (standing.min() + wide / 2)) / reach
    down = (np.arange(covered.shape[0]) - (bottom - 0.05 * wide)) / (FLAT * reach)
    return _Foot(away=np.hypot(across[None], down[:, None]), free=~covered)


def _below(covered: BoolMask) -> BoolMask:
    """The rows from the product's lowest on."""
    lowest = int(np.nonzero(covered.any(1))[0].max())
    return np.arange(covered.shape[0])[:, None] >= np.full(covered.shape, lowest)


def _plane(light: NDArray[np.floating], where: BoolMask) -> NDArray[np.floating] | None:
    """The lightness that changes evenly, HxW, through these places, fitted three times without what is far off."""
    rows, columns = np.mgrid[: light.shape[0], : light.shape[1]] / max(light.shape)
    terms = np.stack([np.ones_like(rows), rows, columns], axis=-1)
    ground = None
    for _ in range(3):
        if where.sum() < FEWEST:
            return ground
        factors, *_ = np.linalg.lstsq(terms[where], light[where], rcond=None)
        ground = terms @ factors
        off = np.abs(light - ground)
        where = where & (off <= 2 * np.median(off[where]) + 1)
    return ground
