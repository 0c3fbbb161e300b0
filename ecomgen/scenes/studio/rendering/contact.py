"""The darkness under whatever touches the ground, which a stand-in a little too round leaves too light.

Light hardly reaches the wedge between a thing and what it stands on. The stand-in guesses that wedge from an outline;
the eye looks for it under every foot, so it is made sure of: darkest along the contact, fading over the ground all
round it, gone within a sixth of the product's size (ambient occlusion; Zhukov et al., "An ambient light illumination
model", 1998).
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.estimation.contact_points import SURE, continued, lowest_rows, touching
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.stage.frame import Frame

ContactShadowProfile = tuple[tuple[float, float], ...]
"""How far the dark is felt, in the product's larger sides, and the share of light that it takes; near to far."""
PROFILE: ContactShadowProfile = ((0.011, 0.6), (0.03, 0.4), (0.075, 0.3))
UNDER_CLOUDS: ContactShadowProfile = (*PROFILE, (0.15, 0.4), (0.35, 0.35))  # light from all over is taken far round
SMOOTH = 0.012  # of the product's larger side, over which the lower outline is evened out
EDGE, ALONG = 0.004, 0.06  # of the product's larger side, over which its edge and the light along it are evened out
DEEP = 4.0  # rows under it
LONGEST = 4.0  # of a line, in columns
CUT = 4.0  # deviations from a line, beyond which nothing is felt
THINNEST = 1.0  # pixels: what is thinner would hide behind the product's lowest row
FLATTEST = 0.2  # how much of its depth ground shows at least, so that a line is left where it is seen edge-on


def occluded(light: Values, alpha: NDArray[np.uint8], frame: Frame, profile: ContactShadowProfile = PROFILE) -> Values:
    """`light` (HxWx3, linear) with the ground round the contact of a product of this `alpha` (HxW) in the dark.

    `profile` tells how far the dark is felt, and the share of light that it takes.
    """
    if frame.lying or not (alpha > 127).any():
        return light
    lines = _lines(alpha, frame)
    near = _around(lines, profile[-1][0] / frame.unit, frame)
    left = np.ones_like(lines[near])
    for reach, share in profile:
        left *= 1 - share * _spread(lines[near], reach / frame.unit, frame)
    darker = light.copy()
    darker[near] *= left[..., None]
    return darker


def evened(light: Values, alpha: NDArray[np.uint8], frame: Frame) -> Values:
    """`light` (HxWx3, linear) with the first rows under the contact alike along it.

    The stand-in's outline goes in whole pixels, so under one that slants dark and light would take turns, as in a
    dashed line. `alpha` is HxW, of the product.
    """
    from scipy.ndimage import gaussian_filter1d, map_coordinates

    columns = np.flatnonzero(touching(alpha, frame) > SURE)
    if frame.lying or len(columns) < 2:
        return light
    height, (first, last) = len(alpha), (columns[0], columns[-1] + 1)
    along = np.arange(first, last)
    base = gaussian_filter1d(continued(_fractional_rows(alpha)), EDGE / frame.unit)[along]
    offsets = np.arange(-1.0, DEEP + 1.0)
    rows = np.clip(base + 1 + offsets[:, None], 0, height - 1)
    there = np.isin(along, columns).astype(float)
    reach = ALONG / frame.unit
    weight = np.maximum(gaussian_filter1d(there, reach), 1e-6)
    done = light.copy()
    below = np.arange(height)[:, None] - base - 1
    share = np.clip((DEEP - below) / (0.5 * DEEP), 0, 1) * (below >= offsets[0]) * there
    for channel in range(3):
        seen = map_coordinates(light[..., channel], [rows, np.broadcast_to(along, rows.shape)], order=1)
        smooth = gaussian_filter1d(gaussian_filter1d(seen * there, reach, axis=1) / weight, 0.7, axis=0, mode="nearest")
        at = np.clip(below - offsets[0], 0, len(offsets) - 1), np.broadcast_to(np.arange(len(along)), below.shape)
        again = map_coordinates(smooth, at, order=1)
        done[:, first:last, channel] += (share * (again - light[:, first:last, channel])).astype(done.dtype)
    return done


def _fractional_rows(alpha: NDArray[np.uint8]) -> Values:
    """The product's lowest row in each column, with what it covers of the next one; -1 where there is none."""
    lowest = lowest_rows(alpha)
    after = np.minimum(lowest + 1, len(alpha) - 1)
    return np.where(lowest < 0, -1.0, lowest + alpha[after, np.arange(len(lowest))] / 255 - 0.5)


def _around(lines: Values, reach: float, frame: Frame) -> tuple[slice, slice]:
    """The rows and columns in which the contact is felt."""
    rows, columns = (np.flatnonzero(lines.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return slice(0), slice(0)
    down, across = math.ceil(CUT * max(reach * _flatness(frame), THINNEST)) + 1, math.ceil(CUT * reach) + 1
    return slice(max(rows[0] - down, 0), rows[-1] + down), slice(max(columns[0] - across, 0), columns[-1] + across)


def _lines(alpha: NDArray[np.uint8], frame: Frame) -> Values:
    """HxW: how surely the product touches the ground there, one or two pixels in each column, times the line's length.

    A line that goes back over the ground is longer than the columns which it crosses.
    """
    from scipy.ndimage import gaussian_filter1d

    height, width = alpha.shape
    outline = gaussian_filter1d(continued(lowest_rows(alpha)), SMOOTH / frame.unit)  # of hairs there is no shadow each
    found = np.zeros((height, width), np.float32)
    long = np.minimum(np.hypot(1, np.gradient(outline) / _flatness(frame)), LONGEST)
    felt, columns = touching(alpha, frame) * long, np.arange(width)
    upper = np.clip(np.floor(outline).astype(int), 0, height - 1)
    below = np.clip(outline - upper, 0, 1)  # a slanting line falls between rows, or it would be dashed
    found[upper, columns] = felt * (1 - below)
    found[np.minimum(upper + 1, height - 1), columns] += felt * below
    return found


def _flatness(frame: Frame) -> float:
    """How high ground looks that is 1 deep."""
    return max(math.sin(math.radians(frame.elevation)), FLATTEST)


def _spread(lines: Values, reach: float, frame: Frame) -> Values:
    """The contact as it is felt `reach` pixels away over the ground: 1 along a straight line, less round a point."""
    deep = max(reach * _flatness(frame), THINNEST)
    if not lines.size:
        return lines
    felt = cv2.GaussianBlur(lines, (0, 0), sigmaX=reach, sigmaY=deep, borderType=cv2.BORDER_CONSTANT)
    return np.minimum(felt * deep * math.sqrt(2 * math.pi), 1)
