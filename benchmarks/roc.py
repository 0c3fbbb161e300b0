"""Receiver operating characteristics: the area, and a plot that needs no plotting library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE, EDGE = 560, 60  # pixels of the square, and around it
COLOURS = ((38, 84, 160), (200, 90, 30), (30, 130, 80), (140, 60, 140), (120, 120, 120), (190, 30, 60))
INK, FAINT = (40, 40, 40), (215, 215, 215)
LEAST = 0.002  # false accepts at the left edge: the axis is logarithmic, for the small shares matter


@dataclass(frozen=True, kw_only=True)
class Curve:
    """Scores of what should pass and of what should not."""

    name: str
    good: tuple[float, ...]
    bad: tuple[float, ...]


def auc(good: Sequence[float], bad: Sequence[float]) -> float:
    """The chance that one that should pass scores above one that should not; ties count half."""
    one, other = np.array(good)[:, None], np.array(bad)[None]
    return float((one > other).mean() + 0.5 * (one == other).mean())


def draw(curves: Sequence[Curve]) -> NDArray[np.uint8]:
    """True accepts over false accepts of every curve, HxWx3."""
    picture = np.full((SIDE + 2 * EDGE + 26 * len(curves), SIDE + 2 * EDGE, 3), 255, np.uint8)
    for share in (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0):
        x = _across(share)
        cv2.line(picture, (x, EDGE), (x, EDGE + SIDE), FAINT, 1)
        _write(picture, f"{share * 100:g}%", (x - 14, EDGE + SIDE + 20))
    for share in np.linspace(0, 1, 6):
        y = EDGE + round(SIDE * (1 - float(share)))
        cv2.line(picture, (EDGE, y), (EDGE + SIDE, y), FAINT, 1)
        _write(picture, f"{share * 100:.0f}%", (12, y + 5))
    _write(picture, "true accepts over false accepts", (EDGE, 34))
    for index, curve in enumerate(curves):
        colour = COLOURS[index % len(COLOURS)]
        cv2.polylines(picture, [_points(curve)], False, colour, 2, cv2.LINE_AA)
        y = 2 * EDGE + SIDE + 26 * index
        cv2.line(picture, (EDGE, y - 5), (EDGE + 24, y - 5), colour, 3)
        _write(picture, f"{curve.name}: AUC {auc(curve.good, curve.bad):.3f}", (EDGE + 34, y))
    return picture


def _points(curve: Curve) -> NDArray[np.int32]:
    limits = np.unique(np.concatenate([curve.good, curve.bad, [-1.0]]))[::-1]
    good, bad = np.array(curve.good), np.array(curve.bad)
    return np.array(
        [(_across(float((bad >= at).mean())), EDGE + round(SIDE * (1 - float((good >= at).mean())))) for at in limits],
        np.int32,
    )


def _across(share: float) -> int:
    return EDGE + round(SIDE * float(np.log(max(share, LEAST) / LEAST) / np.log(1 / LEAST)))


def _write(picture: NDArray[np.uint8], words: str, at: tuple[int, int]) -> None:
    cv2.putText(picture, words, at, cv2.FONT_HERSHEY_SIMPLEX, 0.45, INK, 1, cv2.LINE_AA)
