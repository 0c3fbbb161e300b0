"""How hard and how wide a product's edge is: hair keeps every strand, a pot's rim is one line on the noisiest ground.

Both are measured on the solved matte where colours tell product from ground, and hold for the whole product: a fringe
on a bag whose edge is one line elsewhere is the ground's shadow and not the bag's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen.masking.contour import size_of
from ecomgen.masking.morphology import grow, shrink
from ecomgen.masking.superpixels import lab

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.types import BoolMask, Pixels

told = 80  # doubt, of 255, up to which colours are believed
least_told = 0.1  # of the contour, where they must be believed
nearby = 0.02  # of the product's size, along the contour
coarse = 0.010  # of the product's size: fur strays from a contour smoothed so much
hard, fuzzy = 0.00055, 0.00085  # of the product's size, by how much it strays: at most, at least
slack = 0.004  # of the product's size: how much a hard contour is smoothed


def width_of(alpha: Pixels, mask: BoolMask, doubt: Pixels) -> float:
    """Over how many pixels the edge is soft, as the median along the contour where colours tell; 0 if nowhere."""
    return _along((alpha > 25) & (alpha < 230), mask, doubt)


def firmness(alpha: Pixels, mask: BoolMask, doubt: Pixels) -> float:
    """1 for an edge that is one smooth line, 0 for one as ragged as fur; by what lies between it and a smoother one."""
    level = _levelled(alpha, max(1.0, coarse * size_of(mask)))
    strays = _along((alpha > 127) != (level > 0.5), mask, doubt) / size_of(mask)
    return float(np.clip((fuzzy - strays) / (fuzzy - hard), 0, 1))


def _along(what: BoolMask, mask: BoolMask, doubt: Pixels) -> float:
    """How many pixels of something there are per pixel of contour, as the median along where colours tell."""
    clear = doubt < told
    edge = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8)) > 0
    here = edge & clear
    if np.count_nonzero(here) < least_told * np.count_nonzero(edge):
        return 0.0
    reach = max(2.0, nearby * size_of(mask))
    return float(np.median(_blurred(what & clear, reach)[here] / np.maximum(_blurred(here, reach)[here], 1e-4)))


def _levelled(alpha: Pixels, sigma: float) -> NDArray[np.float32]:
    """Alpha in [0, 1], blurred; the photo's frame is no edge."""
    unit = alpha.astype(np.float32) / 255
    return cv2.GaussianBlur(unit, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE).astype(np.float32)


def firmed(alpha: Pixels, doubt: Pixels, mask: BoolMask, width: float, hardness: float) -> Pixels:
    """The matte with one smooth line for an edge, as far as the product is hard, and wherever colours do not tell.

    Args:
        alpha: uint8 HxW, as solved.
        doubt: uint8 HxW.
        mask: bool HxW, for its size.
        width: pixels over which the edge is soft.
        hardness: 0 leaves the matte as it is where colours tell.
    """
    sigma = max(0.7, slack * size_of(mask))
    ramp = max(1.5, 1.25 * width)
    spread = float(np.hypot(sigma, ramp / 3.2))
    line = np.clip(0.5 + (_levelled(alpha, sigma) - 0.5) * np.sqrt(2 * np.pi) * spread / ramp, 0, 1)
    share = np.maximum(np.float32(hardness), doubt.astype(np.float32) / 255)
    return np.round(255 * share * line + (1 - share) * alpha).astype(np.uint8)


def moved(alpha: Pixels, shift: float) -> Pixels:
    """The edge moved outwards by `shift` pixels, inwards where negative; the photo's frame is no edge."""
    if not shift:
        return alpha
    steps = int(abs(shift))
    change = cv2.dilate if shift > 0 else cv2.erode
    near = change(alpha, _disc(steps), borderType=cv2.BORDER_REPLICATE) if steps else alpha
    far = change(alpha, _disc(steps + 1), borderType=cv2.BORDER_REPLICATE)
    part = abs(shift) - steps
    return np.round((1 - part) * near.astype(np.float32) + part * far).astype(np.uint8)


def contamination(photo: Pixels, mask: BoolMask, alpha: Pixels, colours: Pixels) -> float | None:
    """How much of the old background is left in the soft pixels' colours, in [0, 1]; None where it cannot be told.

    The mean place of their colours on the way from the product's colour beside them to the ground's.
    """
    step = max(2.0, 0.01 * size_of(mask))
    soft = (alpha > 12) & (alpha < 243)
    inside, outside = shrink(mask, step), ~grow(mask, step)
    if not (soft.any() and inside.any() and outside.any()):
        return None
    product, ground = (_mean_colour(lab(photo), where, 3 * step)[soft] for where in (inside, outside))
    way = ground - product
    length = (way**2).sum(axis=1)
    apart = length > 15.0**2
    if not apart.any():
        return None
    place = ((lab(colours)[soft] - product) * way).sum(axis=1)[apart] / length[apart]
    return round(float(np.clip(place, 0, 1).mean()), 3)


def _mean_colour(colours: NDArray[np.float32], where: BoolMask, reach: float) -> NDArray[np.float32]:
    weight = np.maximum(_blurred(where, reach), 1e-4)[..., None]
    return cv2.GaussianBlur(colours * where[..., None], (0, 0), reach).astype(np.float32) / weight


def _blurred(mask: BoolMask, sigma: float) -> NDArray[np.float32]:
    return cv2.GaussianBlur(mask.astype(np.float32), (0, 0), sigma).astype(np.float32)


def _disc(radius: int) -> NDArray[np.uint8]:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)).astype(np.uint8)
