"""Wrong masks made of right ones: parts lost, neighbours added, openings closed."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from ecomgen.color import to_lab
from ecomgen.types import BoolMask, Box, Pixels

MOST = 3  # things that happen to one mask


def damaged(photo: Pixels, truth: BoolMask, rng: Generator) -> BoolMask:
    """A mask with some parts lost, some neighbours added; both are coherent in colour, or cut straight."""
    mask = truth.copy()
    for _ in range(int(rng.integers(1, MOST + 1))):
        there = mask if rng.random() < 0.6 else ~mask
        if not there.any():
            continue
        part = _part(photo, there, rng)
        mask = mask ^ part
    if rng.random() < 0.25:
        mask = _smoothed(mask, rng)
    return mask if rng.random() < 0.5 else _frayed(mask, rng)


def _part(photo: Pixels, there: BoolMask, rng: Generator) -> BoolMask:
    """A part of what is there: a patch of one colour, what lies beyond a line, or a blob."""
    kind = rng.random()
    if kind < 0.5:
        return _of_one_colour(photo, there, rng)
    rows, columns = np.nonzero(there)
    at = int(rng.integers(len(rows)))
    y, x = np.mgrid[: there.shape[0], : there.shape[1]]
    size = float(np.hypot(*np.subtract(Box.of(there)[2:], Box.of(there)[:2])))
    if kind < 0.7 and there.mean() < 0.5:
        angle = rng.uniform(0, 2 * np.pi)
        beyond = (x - columns[at]) * np.cos(angle) + (y - rows[at]) * np.sin(angle) > rng.uniform(0, 0.2) * size
        return there & beyond
    radii = size * rng.uniform(0.03, 0.15, 2)
    return there & (((x - columns[at]) / radii[0]) ** 2 + ((y - rows[at]) / radii[1]) ** 2 < 1)


def _of_one_colour(photo: Pixels, there: BoolMask, rng: Generator) -> BoolMask:
    """The connected pixels of about one pixel's colour."""
    rows, columns = np.nonzero(there)
    at = int(rng.integers(len(rows)))
    colours = to_lab(cv2.GaussianBlur(photo, (0, 0), 1.0).astype(np.uint8))
    near = np.linalg.norm(colours - colours[rows[at], columns[at]], axis=2) < rng.uniform(6, 25)
    _, labels = cv2.connectedComponents((near & there).astype(np.uint8), connectivity=4)
    return labels == labels[rows[at], columns[at]] if labels[rows[at], columns[at]] else np.zeros_like(there)


def _smoothed(mask: BoolMask, rng: Generator) -> BoolMask:
    """Openings and thin parts gone, as a coarse network loses them."""
    radius = int(rng.integers(1, 7))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    how = cv2.MORPH_CLOSE if rng.random() < 0.6 else cv2.MORPH_OPEN
    return cv2.morphologyEx(mask.astype(np.uint8), how, disc) > 0


def _frayed(mask: BoolMask, rng: Generator) -> BoolMask:
    """Its edge moved in and out by a pixel or two, as nothing in the photo does."""
    noise = cv2.GaussianBlur(rng.standard_normal(mask.shape).astype(np.float32), (0, 0), float(rng.uniform(1.5, 6)))
    signed = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5) - cv2.distanceTransform(
        (~mask).astype(np.uint8), cv2.DIST_L2, 5
    )
    return signed + noise / max(float(noise.std()), 1e-6) * rng.uniform(0.5, 2.0) > 0
