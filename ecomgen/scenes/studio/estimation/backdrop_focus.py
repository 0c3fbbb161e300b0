"""How far a backdrop is out of focus from row to row, by its edges: how much less steep they get when they are blurred.

An edge that is blurred by s is less steep by sqrt(s² + b²) when it is seen through a blur of b; the ratio of two such
slopes tells s (Zhuo and Sim, "Defocus map estimation from a single image", 2011). Of the edges in a row the sharper
ones count, since a soft shadow or a round thing has soft edges in focus, too.
"""

from __future__ import annotations

import itertools

import cv2
import numpy as np

from ecomgen.morphology import stretched
from ecomgen.scenes.studio.estimation.resampling import at_most
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.types import BoolMask, Pixels

SIDE = 1024  # pixels of the longer side, of which blur is measured in all that follows
BANDS = 20  # of rows
FINE, COARSE = 1.0, 2.5  # pixels by which the picture is blurred
STEEP = 1.5, 0.6  # of 255 a pixel: the least slope of an edge, seen finely and coarsely; what is less may be grain
OWN = 0.5  # squared pixels: the blur of the slopes' own kernel
ENOUGH, SHARPER = 24, 0.25  # edges that tell, and which of them
MOST = 20.0  # pixels
BLURRED, SHARP = 1.3, 0.7  # pixels, from which on ground is clearly out of focus, and up to which it is in focus


def bands(pixels: Pixels) -> Values:
    """The blur of each of BANDS of rows from top to bottom; NaN where too few edges tell it."""
    blurs, steep = _edges(pixels)
    rows = np.linspace(0, len(blurs), BANDS + 1).astype(int)
    return np.array([_typical(blurs[a:b][steep[a:b]]) for a, b in itertools.pairwise(rows)])


def at(blurs: Values, row: float) -> float:
    """The blur of `bands` at a row, a share of the height, else just beside it; 0 where it is not told."""
    band = min(int(row * BANDS), BANDS - 1)
    near = blurs[max(band - 1, 0) : band + 2]
    told = near[~np.isnan(near)] if np.isnan(blurs[band]) else blurs[band : band + 1]
    return float(told.mean()) if told.size else 0.0


def sharp_row(blurs: Values, usual: float, highest: float, lowest: float) -> float | None:
    """The row in focus that is nearest to the `usual` one, where that is clearly out of focus and another is not."""
    if at(blurs, usual) < BLURRED:
        return None
    middles = (np.arange(BANDS) + 0.5) / BANDS
    rows = middles[(blurs < SHARP) & (middles >= highest) & (middles <= lowest)]
    return round(float(rows[np.argmin(abs(rows - usual))]), 4) if rows.size else None


def blur_of(pixels: Pixels, where: BoolMask) -> float:
    """The blur of what `where` (HxW) shows; 0 where too few edges tell it."""
    blurs, steep = _edges(pixels)
    inside = stretched(where, (steep.shape[1], steep.shape[0]))
    blur = _typical(blurs[steep & inside])
    return 0.0 if np.isnan(blur) else blur


def _edges(pixels: Pixels) -> tuple[Values, BoolMask]:
    """How blurred an edge there would be, and where edges are, HxW, of a copy no larger than SIDE."""
    grey = cv2.cvtColor(at_most(pixels[..., :3], SIDE), cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine, coarse = _slope(grey, FINE), _slope(grey, COARSE)
    steep = (fine > STEEP[0]) & (coarse > STEEP[1]) & (fine >= cv2.dilate(fine, np.ones((3, 3), np.uint8)))
    ratio = (fine / np.maximum(coarse, 1e-3)) ** 2
    squared = (COARSE**2 - ratio * FINE**2) / np.maximum(ratio - 1, 1e-3) - OWN
    return np.where(ratio > 1, np.sqrt(np.clip(squared, 0, MOST**2)), MOST), steep


def _slope(grey: Values, blur: float) -> Values:
    smooth = cv2.GaussianBlur(grey, (0, 0), blur)
    return np.hypot(*(cv2.Sobel(smooth, cv2.CV_32F, *axis) / 8 for axis in ((1, 0), (0, 1))))


def _typical(blurs: Values) -> float:
    return float(np.quantile(blurs, SHARPER)) if len(blurs) > ENOUGH else float("nan")
