"""How hard and how wide a product's edge is: hair keeps every strand, a pot's rim is one line on the noisiest ground.

Both are measured on the solved matte where colours tell product from ground, and hold for the whole product: a fringe
on a bag whose edge is one line elsewhere is the ground's shadow and not the bag's.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.masking.matting.contour import blurred, size_of
from ecomgen.morphology import disc, grow, parts, shrink
from ecomgen.types import BoolMask, Pixels

LEGIBLE = 80  # doubt, of 255, up to which colours are believed
HOPELESS = 180  # doubt, of 255, from which a thin part is a fray
LEAST_LEGIBLE = 0.1  # of the contour, where they must be believed
NEARBY = 0.02  # of the product's size, along the contour
COARSE = 0.010  # of the product's size: fur strays from a contour smoothed so much
HARD, FUZZY = 0.0011, 0.0017  # of the product's size, by how much it strays: at most, at least
TOLERANCE = 0.15  # by which alpha may stray from a hard product's line, half way between 0 and 1
FLAT = 0.03  # alpha a pixel, below which a blurred edge has no direction
SHARP = 2.0  # pixels that a line takes where the lens cannot be judged
STRAP, LEAST_STRAP = 25.0, 60  # times the smoothing squared, and pixels: the least area of a thin part that is meant
STRAP_DEPTH = 1.4  # pixels from its edge to its middle, which hairs have not
SLACK = 0.004  # of the product's size: how much a hard contour is smoothed


def width_of(alpha: Pixels, mask: BoolMask, doubt: Pixels, band: int) -> float:
    """Over how many pixels of the band the edge is soft, as the median along where colours tell; 0 if nowhere."""
    return _along((alpha > 25) & (alpha < 230), mask, doubt, least=3 * band)


def firmness(alpha: Pixels, mask: BoolMask, doubt: Pixels) -> float:
    """1 for an edge that is one smooth line, 0 for one as ragged as fur; by what lies between it and a smoother one."""
    level = blurred(alpha.astype(np.float32) / np.float32(255), max(1.0, COARSE * size_of(mask)))
    strays = _along((alpha > 127) != (level > 0.5), mask, doubt) / size_of(mask)
    return float(np.clip((FUZZY - strays) / (FUZZY - HARD), 0, 1))


def _along(what: BoolMask, mask: BoolMask, doubt: Pixels, least: float = 5.0) -> float:
    """How many pixels of something there are per pixel of contour, as the median along where colours tell.

    Counted in blocks along the contour, of at least so many pixels a side.
    """
    clear = doubt < LEGIBLE
    edge = mask & (cv2.erode(mask.astype(np.uint8), disc(1)) == 0)
    here = edge & clear
    if np.count_nonzero(here) < LEAST_LEGIBLE * np.count_nonzero(edge):
        return 0.0
    block = max(least, NEARBY * size_of(mask))
    counted, lengths = _by_blocks(what & clear, block), _by_blocks(here, block)
    met = lengths > 0.25 / block
    weights = np.round(lengths[met] * block**2).astype(np.int64)
    return float(np.median(np.repeat(counted[met] / lengths[met], weights))) if met.any() else 0.0


def _by_blocks(where: BoolMask, block: float) -> NDArray[np.float32]:
    """The share of each block that is `where`."""
    size = max(1, round(where.shape[1] / block)), max(1, round(where.shape[0] / block))
    return cv2.resize(where.astype(np.float32), size, interpolation=cv2.INTER_AREA).astype(np.float32)


def firmed(
    alpha: Pixels, doubt: Pixels, size: float, ramp: float, hardness: float, *, keep_straps: bool = True
) -> Pixels:
    """The matte, held near one smooth line as far as the product is hard, and wherever colours do not tell.

    Args:
        alpha: uint8 HxW, as solved.
        doubt: uint8 HxW.
        size: of the product, in pixels.
        ramp: pixels over which the line goes from 0 to 1.
        hardness: 0 leaves the matte as it is where colours tell.
        keep_straps: thin parts are left as they were solved, unless colours tell nothing at all.
    """
    sigma, unit = max(0.7, SLACK * size), alpha.astype(np.float32) / np.float32(255)
    level = blurred(unit, sigma)
    near = (level > 1e-4) & (level < 1 - 1e-4)
    if keep_straps:
        near &= ~_thin(alpha > 127, sigma) | (doubt > HOPELESS)
    line = np.clip(0.5 + (level[near] - 0.5) / (np.maximum(_steepest(level, ramp)[near], FLAT) * ramp), 0, 1)
    share = np.maximum(np.float32(hardness), doubt[near].astype(np.float32) / 255)
    leeway = 1 - share * (1 - 4 * TOLERANCE * line * (1 - line))
    firm = alpha.copy()
    firm[near] = np.round(255 * np.clip(unit[near], line - leeway, line + leeway)).astype(np.uint8)
    return firm


def _steepest(level: NDArray[np.float32], reach: float) -> NDArray[np.float32]:
    """By how much a blurred edge rises a pixel, where it is steepest nearby."""
    steep = cv2.magnitude(cv2.Sobel(level, cv2.CV_32F, 1, 0), cv2.Sobel(level, cv2.CV_32F, 0, 1)) / 8
    return cv2.dilate(steep, disc(max(1, round(reach)))).astype(np.float32)


def ramp_of(width: float, firm: float) -> float:
    """How many pixels a line's ramp takes: what the lens draws, which a fuzzy product's soft edge does not tell."""
    return max(1.5, firm * 1.25 * width + (1 - firm) * SHARP)


def _thin(shape: BoolMask, sigma: float) -> BoolMask:
    """Straps, laces and frames that smoothing would wear away, and what is beside them; neither frays nor hairs."""
    core = grow(shrink(shape, 2 * sigma), 2 * sigma + 1)
    if not core.any():
        return np.ones_like(shape)
    labels, areas = parts(shape & ~core)
    thick = np.unique(labels[shrink(shape, STRAP_DEPTH)])
    meant = (areas > max(LEAST_STRAP, STRAP * sigma**2)) & np.isin(np.arange(len(areas)), thick)
    return grow(meant[labels], 2 * sigma) if meant.any() else np.zeros_like(shape)


def moved(alpha: Pixels, shift: float) -> Pixels:
    """The edge moved outwards by `shift` pixels, inwards where negative; the photo's frame is no edge."""
    if not shift:
        return alpha
    steps = int(abs(shift))
    change = cv2.dilate if shift > 0 else cv2.erode
    near = change(alpha, disc(steps), borderType=cv2.BORDER_REPLICATE) if steps else alpha
    far = change(alpha, disc(steps + 1), borderType=cv2.BORDER_REPLICATE)
    part = abs(shift) - steps
    return np.round((1 - part) * near.astype(np.float32) + part * far).astype(np.uint8)
