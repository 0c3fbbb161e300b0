"""How well the picture is made, whatever it shows: sharpness, noise, clipping, banding. Each part is in [0, 1]."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from ecomgen.types import Float, Pixels

SIDE = 1024
TILE = 32
SHARPEST = 0.25  # of the tiles that show anything: a photograph may be soft nearly everywhere else
BLUR = (0.15, 0.45)  # share of contrast that a further small blur takes from a blurred and from a sharp tile
NOISE = (2.0, 12.0)  # standard deviation in levels that starts to show, and that spoils
CLIPPED = (0.01, 0.25)  # share of coloured highlights or crushed shadows
BANDED = (0.15, 0.7)  # share of the steps in smooth areas that are stairs: several levels between two flats
STEP = (3, 14)  # levels of such a step
LEAST_STAIRS = 0.003  # of the picture: a few edges of graphics are no banding


def technical(picture: Pixels) -> Mapping[str, float]:
    """The parts for HxWx3, uint8 sRGB."""
    rgb = _bounded(picture[..., :3])
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return {
        "sharpness": sharpness(grey),
        "noise": 1 - _between(noise_level(grey), NOISE),
        "clipping": 1 - _between(_clipped(rgb), CLIPPED),
        "banding": 1 - _between(max(_stairs(grey), _stairs(grey.T)), BANDED),
    }


def _bounded(rgb: Pixels) -> Pixels:
    """At most `SIDE` pixels a side, by cropping to the middle: resizing would hide noise and steps."""
    height, width = rgb.shape[:2]
    top, left = max(height - SIDE, 0) // 2, max(width - SIDE, 0) // 2
    return np.ascontiguousarray(rgb[top : top + SIDE, left : left + SIDE])


def _between(value: float, bounds: tuple[float, float]) -> float:
    """0 at the lower bound or below, 1 at the upper or above."""
    return float(np.clip((value - bounds[0]) / (bounds[1] - bounds[0]), 0, 1))


def _tiles(values: Float) -> Float:
    """Means over tiles, at least one."""
    rows, columns = max(values.shape[0] // TILE, 1), max(values.shape[1] // TILE, 1)
    return cv2.resize(values, (columns, rows), interpolation=cv2.INTER_AREA)


def sharpness(grey: Float) -> float:
    """How much a small blur takes from the sharpest tiles (after Crété et al. 2007); 0 where nothing is to be seen."""
    soft = cv2.GaussianBlur(grey, (0, 0), 1.2)
    fine, coarse = (_tiles(_steps(values)) for values in (grey, soft))
    contrast = fine.ravel()
    seen = contrast > max(0.5 * float(np.percentile(contrast, 90)), 0.6)
    if not seen.any():
        return 0.0
    taken = np.sort(1 - coarse.ravel()[seen] / contrast[seen])
    return _between(float(taken[-max(int(SHARPEST * taken.size), 1) :].mean()), BLUR)


def _steps(grey: Float) -> Float:
    """Absolute differences to the right and below, summed, HxW."""
    return np.abs(np.diff(grey, axis=1, append=grey[:, -1:])) + np.abs(np.diff(grey, axis=0, append=grey[-1:]))


def noise_level(grey: Float) -> float:
    """Standard deviation of the noise in levels, by Immerkaer (1996), on the calmest quarter of the tiles."""
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
    level = _tiles(np.abs(cv2.filter2D(grey, -1, kernel))) * float(np.sqrt(np.pi / 2))
    return float(np.percentile(level, 25))


def _clipped(rgb: Pixels) -> float:
    """Share of coloured pixels with a channel burnt out, and of pixels that are quite black; pure white is allowed."""
    low, high = rgb.min(axis=-1), rgb.max(axis=-1)
    return float(((high == 255) & (low < 235)).mean() + (high <= 1).mean())


def _stairs(grey: Float) -> float:
    """Of the steps across smooth areas, the share that lies between two flats and is several levels high."""
    step = np.abs(np.diff(grey, axis=1))
    flat = step < 0.5
    middle = step[:, 2:-2]
    smooth = cv2.blur(step, (9, 9))[:, 2:-2] < STEP[1] / 4
    beside = flat[:, :-4] & flat[:, 1:-3] & flat[:, 3:-1] & flat[:, 4:]
    stairs = beside & smooth & (middle >= STEP[0]) & (middle <= STEP[1])
    steps = int((smooth & ~flat[:, 2:-2]).sum())
    return float(stairs.sum() / steps) if stairs.sum() >= LEAST_STAIRS * stairs.size else 0.0
