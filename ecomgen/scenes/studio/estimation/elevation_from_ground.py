"""How steeply the camera looked down, read from how far up the photo the product's own ground reaches.

Ground that is seen at some height above the product's foot lies below the horizon, so the camera was at least as high;
ground that fills the photo means that it looked down steeply. Only ground that is textured and alike all round the foot
can be followed: a plain backdrop says nothing about where the floor ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ecomgen.morphology import dilated
from ecomgen.scenes.studio.estimation.elevation_from_base import ELEVATIONS, Belief
from ecomgen.scenes.studio.estimation.resampling import by_product
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.types import BoolMask, Pixels

SIDE = 340  # pixels of the product's larger side at which the ground is read
PATCH = 28  # pixels
TEXTURED = 0.03  # the least contrast of a ground that can be told from a backdrop
ALIKE = np.array([0.08, 0.05, 0.05, 0.25, 0.25])  # below these, differences of tone and texture mean nothing
UNEVEN = np.array([0.25, 0.2, 0.2, 0.5, 0.5])  # a ground that differs more round the foot is not one ground
STRANGE = 2.2  # deviations from the ground at the foot, at which a patch is something else
DISTANCE = 3.4  # of the camera, in the product's larger sides: about what a person keeps
ABOVE, SLACK_BELOW, SLACK_ABOVE = 11.0, 6.0, 11.0  # degrees by which cameras are above the least
DOUBT = 0.06


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How high above the foot the ground is still seen, in the product's larger sides, and whether it ends there."""

    height: float
    ends: bool


def belief(reach: Reach | None) -> Belief:
    """The likelihood of each of `ELEVATIONS`, at most 1."""
    if reach is None:
        return np.ones(len(ELEVATIONS))
    least = np.degrees(np.arcsin(min(reach.height / DISTANCE, 0.9)))
    away = ELEVATIONS - (least + ABOVE + (0 if reach.ends else 4))
    return DOUBT + (1 - DOUBT) * np.exp(-0.5 * (away / np.where(away < 0, SLACK_BELOW, SLACK_ABOVE)) ** 2)


def reach(pixels: Pixels, mask: BoolMask) -> Reach | None:
    """How far the ground at the foot of `mask` (HxW) reaches up in `pixels` (HxWx3); None where that cannot be told."""
    rows, columns = np.nonzero(mask)
    if rows.size < 64:
        return None
    small, inside, scale = by_product(pixels, mask, SIDE, PATCH)
    foot = round((int(rows.max()) + 1) * scale)
    middle = float(columns.mean()) * scale
    where, looks = _patches(small, dilated(inside, 10), foot)
    if not len(where):
        return None
    beside = np.abs(where[:, 1] - middle) < SIDE
    round_foot = beside & (where[:, 0] > foot - 1.2 * PATCH) & (where[:, 0] < foot + 0.35 * SIDE)
    return _followed(where, looks, round_foot, foot)


def _patches(small: Pixels, hidden: BoolMask, foot: int) -> tuple[Values, Values]:
    """Middles (row, column) of the patches beside the product, and their tone, hue and texture: Nx2 and Nx5."""
    looks = _looks(small)
    places = [
        (y, x)
        for y in range((foot - PATCH // 2) % PATCH, small.shape[0] - PATCH + 1, PATCH)
        for x in range(0, small.shape[1] - PATCH + 1, PATCH)
        if hidden[y : y + PATCH, x : x + PATCH].mean() <= 0.1
    ]
    means = np.array([looks[y : y + PATCH, x : x + PATCH].mean((0, 1)) for y, x in places]).reshape(-1, 5)
    means[:, 3:] = 0.5 * np.log(means[:, 3:] + 1e-7)
    return np.array(places, dtype=float).reshape(-1, 2) + PATCH / 2, means


def _looks(small: Pixels) -> Values:
    """Log lightness, two hues, and the energy of fine and of coarser texture, HxWx5."""
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    tone = np.log(lab[..., 0] + 12)
    detail = [cv2.GaussianBlur(tone, (0, 0), s) - cv2.GaussianBlur(tone, (0, 0), 2 * s) for s in (1.2, 2.5)]
    return np.stack([tone, lab[..., 1] / 40, lab[..., 2] / 40, *(band**2 for band in detail)], -1, dtype=np.float32)


def _followed(where: Values, looks: Values, round_foot: BoolMask, foot: int) -> Reach | None:
    """From the foot upwards, row by row, as long as most patches look like the ground."""
    ground = looks[round_foot]
    if len(ground) < 6:
        return None
    usual = np.median(ground, 0)
    spread = 1.48 * np.median(np.abs(ground - usual), 0)
    if np.exp(usual[3]) < TEXTURED or (spread > UNEVEN).any():
        return None
    same = np.sqrt((((looks - usual) / (spread + ALIKE)) ** 2).mean(1)) < STRANGE
    height = 0.0
    for row in np.unique(where[:, 0])[::-1]:
        if row >= foot:
            continue
        if same[where[:, 0] == row].mean() < 0.5:
            return Reach(height=height, ends=True) if height else None
        height = float(foot - row) / SIDE
    return Reach(height=height, ends=False) if height else None
