"""Is the outline of a sound product: what bending and stretching does to a mask, whatever side it is seen from.

A can, a shoe or a plush animal keeps its symmetry, its fullness and the smoothness of its edge when it is turned a
little; a warp takes them away. Each is measured on its own, and only what the picture has lost against the reference
counts against it.

- symmetry: the best overlap with the mirror image about any nearly upright axis;
- solidity: area over that of the convex hull; fullness: area over that of the upright box;
- bends: energy of the outline's turning angle (Zahn & Roskies 1972) in octaves of frequency;
- straightness: share of the outline's chords from which it hardly departs;
- stretch: the logarithm of width over height, by second moments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.scoring.identity.frames import extent
from ecomgen.types import BoolMask

POINTS = 256  # on the outline
SMOOTH = 2.0  # of these: what a mask's pixels cannot tell
OCTAVES = (4, 8, 16)  # bends per turn round the product, from here to twice as many
QUIET = 1e-4  # energy that is as good as none
CHORD = 16  # points: a sixteenth of the outline
STRAIGHT = 0.008  # of the product's size: departure from a chord that is none
TILTS = (-9.0, -6.0, -3.0, 0.0, 3.0, 6.0, 9.0)  # degrees of the axis
SHIFTS = (-0.03, 0.0, 0.03)  # of the square's side


@dataclass(frozen=True, kw_only=True)
class Outline:
    """One mask's figures; see above."""

    symmetry: float
    solidity: float
    fullness: float
    bends: tuple[float, ...]  # natural logarithms
    straightness: float
    stretch: float


def outline_of(mask: BoolMask) -> Outline:
    """The figures of a mask that is true somewhere, the product about centred."""
    points = _points(mask)
    box = extent(mask)
    area = float(mask.sum())
    hull = cv2.convexHull(points.astype(np.float32))
    return Outline(
        symmetry=_symmetry(mask),
        solidity=min(area / max(float(cv2.contourArea(hull)), 1.0), 1.0),
        fullness=area / (box.width * box.height),
        bends=_bends(points),
        straightness=_straightness(points, float(np.sqrt(area))),
        stretch=_stretch(mask),
    )


def losses(reference: Outline, picture: Outline) -> Mapping[str, float]:
    """What the picture's outline lost or gained against the reference's, each ≥ 0 and 0 for nothing."""
    gained = [max(one - other, 0.0) for one, other in zip(picture.bends, reference.bends, strict=True)]
    return {
        "asymmetry": max(reference.symmetry - picture.symmetry, 0.0),
        "dents": max(reference.solidity - picture.solidity, 0.0),
        "gaps": max(reference.fullness - picture.fullness, 0.0),
        "waves": gained[0],
        "ripples": (gained[1] + gained[2]) / 2,
        "curves": max(reference.straightness - picture.straightness, 0.0),
        "stretch": abs(reference.stretch - picture.stretch),
    }


def _points(mask: BoolMask) -> NDArray[np.float64]:
    """`POINTS` points at equal steps along the longest outline, smoothed."""
    found, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    line = max(found, key=len)[:, 0].astype(np.float64)
    closed = np.concatenate([line, line[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    steps = np.linspace(0, along[-1], POINTS, endpoint=False)
    path = np.interp(steps, along, closed[:, 0]) + 1j * np.interp(steps, along, closed[:, 1])
    soft = np.fft.ifft(np.fft.fft(path) * np.exp(-0.5 * (2 * np.pi * np.fft.fftfreq(POINTS) * SMOOTH) ** 2))
    return np.column_stack([soft.real, soft.imag])


def _bends(points: NDArray[np.float64]) -> tuple[float, ...]:
    step = np.roll(points, -1, axis=0) - points
    angle = np.unwrap(np.arctan2(step[:, 1], step[:, 0]))
    turning = angle - np.linspace(0, angle[-1] - angle[0], POINTS)
    energy = np.abs(np.fft.fft(turning - turning.mean())) ** 2 / POINTS**2
    return tuple(float(np.log(energy[low : 2 * low].sum() + QUIET)) for low in OCTAVES)


def _straightness(points: NDArray[np.float64], size: float) -> float:
    along = np.roll(points, -CHORD, axis=0) - points
    length = np.maximum(np.linalg.norm(along, axis=1), 1e-6)
    between = np.stack([np.roll(points, -k, axis=0) - points for k in range(2, CHORD, 2)])
    away = np.abs(along[:, 0] * between[..., 1] - along[:, 1] * between[..., 0]) / length
    return float((away.max(axis=0) < STRAIGHT * size).mean())


def _symmetry(mask: BoolMask) -> float:
    """The best intersection over union with the mirror image, of all axes that are tried."""
    shown = mask.astype(np.float32)
    rows, columns = np.nonzero(mask)
    best = 0.0
    for shift in SHIFTS:
        centre = np.array([columns.mean() + shift * mask.shape[1], rows.mean()])
        for tilt in TILTS:
            other = cv2.warpAffine(shown, _mirror(centre, tilt), mask.shape[::-1])
            best = max(best, float(np.minimum(shown, other).sum() / max(float(np.maximum(shown, other).sum()), 1.0)))
    return best


def _mirror(centre: NDArray[np.float64], tilt: float) -> NDArray[np.float64]:
    """The reflection about an axis through `centre`, `tilt` degrees from upright, as 2x3."""
    turn = np.deg2rad(2 * tilt)
    reflection = np.array([[-np.cos(turn), -np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return np.column_stack([reflection, centre - reflection @ centre])


def _stretch(mask: BoolMask) -> float:
    found = cv2.moments(mask.astype(np.uint8), binaryImage=True)
    return float(0.5 * np.log((found["mu20"] + 1) / (found["mu02"] + 1)))
