"""How steeply the camera looked down, read from the outline of what a product stands on.

Seen from elevation e, a circle on the ground is an ellipse sin(e) as high as wide, and a right angle opens so that the
slopes of its two legs multiply to sin(e)^2. Which of the two a foot is, how large, how it is turned and how rounded its
edge is, are all unknown: every elevation is tried, and its likelihood is how well the best such foot explains the lower
outline. The outline is compared by its support function, in which a rounded edge is but an added constant (Schneider,
"Convex Bodies: The Brunn-Minkowski Theory", section 1.7). A ball has no foot, so that all elevations explain it alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.types import Values

Belief = Values  # one likelihood for each of ELEVATIONS

ELEVATIONS = np.arange(0.0, 51.0)  # degrees
TURNS = np.radians(np.arange(0.0, 90.0, 7.5))  # of a square foot; 0 is seen straight from the front
DIRECTIONS = np.radians(np.arange(8.0, 173.0, 3.0))  # 0 is right, 90 down
SMALLEST = 24  # pixels
LOW = 0.5  # of the foot's width: what lies higher belongs to the body
SLACK = 0.007  # of the foot's width: by how much real feet differ from circles and rectangles
ALIKE = 12.0  # neighbouring directions err alike: this many count as independent
ROUNDED, SLENDER = 0.10, 0.35  # how rounded an edge, how unlike the sides of a foot usually are, in its widths
OTHERWISE = 7.0  # the price, as a squared deviation, of a body that is round all over
STEP, SPREADING = 0.04, 2.2  # of the width; sides flatter than about 42 degrees belong to a foot
NEARER = 1.07  # the front half of a foot is nearer to the camera than its middle, and looks deeper
GAP = 0.03  # of the foot's width, between outline and hull
DOUBT = 0.01  # the likelihood that the outline says nothing


def belief(mask: NDArray[np.bool_], *, turned: bool = False) -> Belief:
    """The likelihood of each of `ELEVATIONS`, at most 1, by the foot of a product.

    Args:
        mask: HxW, cropped to the product.
        turned: the thing is known to be round, as turned on a lathe. Else a flat lower edge may also be that of a box
            seen from the front, from any height.
    """
    nothing = np.ones(len(ELEVATIONS))
    if min(mask.shape) < SMALLEST or not mask.any():
        return nothing
    directions, reach, width = _support(mask)
    if len(directions) < 12:
        return nothing
    fits = np.array([_fit(directions, reach, NEARER * float(np.sin(np.radians(e))), turned) for e in ELEVATIONS])
    surprise = fits * ALIKE / (SLACK + 0.5 / width) ** 2
    likelihood = np.exp(-0.5 * (surprise - surprise.min()) / max(1.0, 0.5 * float(surprise.min())))
    doubt = max(DOUBT, 1 - _solidity(mask, width))
    return doubt + (1 - doubt) * likelihood


def _solidity(mask: NDArray[np.bool_], width: float) -> float:
    """How far the lower outline is one foot: the share of its columns that reach down to its convex hull.

    A thing on several legs, or one that lies on belly and paws, has a lower outline full of gaps.
    """
    lowest = mask.shape[0] - np.argmax(mask[::-1], axis=0)
    columns = np.nonzero(mask.any(0))[0]
    columns = columns[lowest[columns] > mask.shape[0] - 0.6 * LOW * width]
    hull = cv2.convexHull(np.stack([columns, lowest[columns]], 1).astype(np.float32))[:, 0]
    chain = hull[np.argsort(hull[:, 0])]
    straight = np.interp(chain[:, 0], chain[[0, -1], 0], chain[[0, -1], 1])
    under = chain[(chain[:, 1] >= straight - 1e-3)]
    gap = np.interp(columns, under[:, 0], under[:, 1]) - lowest[columns]
    return float((gap < GAP * width).mean())


def rounding(mask: NDArray[np.bool_], elevation: float) -> float:
    """The radius, in pixels, by which the foot's lower edge is rounded: a can's is small, a ball's half its width."""
    if min(mask.shape) < SMALLEST or not mask.any():
        return 0.0
    directions, reach, width = _support(mask)
    if len(directions) < 12:
        return 0.0
    sine = NEARER * float(np.sin(np.radians(elevation)))
    fits = [_solved(columns, reach, 4 * ROUNDED) for columns in _feet(directions, sine)]
    return float(min(fits, key=lambda fit: fit[1])[0][4]) * width


def _support(mask: NDArray[np.bool_]) -> tuple[Belief, Belief, float]:
    """Directions, the reach of the foot in them in its own widths, and that width in pixels."""
    height, whole = mask.shape
    width = _width(mask)
    top = max(0, height - int(LOW * width))
    rows, columns = np.nonzero(mask[top:])
    ends = [
        (edge(columns[rows == row]) + side, row + 0.5)
        for row in np.unique(rows)
        for edge, side in ((np.min, 0.0), (np.max, 1.0))
    ]
    points = np.array(ends) - [whole / 2, height - top]
    along = points @ np.stack([np.cos(DIRECTIONS), np.sin(DIRECTIONS)])
    highest = points[np.argmax(along, axis=0), 1]
    low = highest > -(height - top) + 0.06 * width if top else np.ones(len(DIRECTIONS), bool)
    return DIRECTIONS[low], along.max(0)[low] / width, float(width)


def _width(mask: NDArray[np.bool_]) -> int:
    """The foot's width: upwards from the lowest row until the outline spreads no longer."""
    covered = np.cumsum(mask[::-1], axis=0) > 0
    columns = np.arange(mask.shape[1])
    ends = np.where(covered, columns, -1).max(1) - np.where(covered, columns, mask.shape[1]).min(1) + 1
    step = max(int(STEP * mask.shape[1]), 2)
    spreading = ends[step:] - ends[:-step] > SPREADING * step
    steep = np.nonzero(~spreading[step // 2 :])[0]
    return int(ends[min(step // 2 + (steep[0] if steep.size else len(ends)), len(ends) - 1)])


def _feet(directions: Belief, sine: float) -> list[list[Belief]]:
    """For each kind of foot the support of its parts: where it lies, four columns, its rounding, and its sides."""
    across, down = np.cos(directions), np.sin(directions)
    free = [across, -across, down, -down, np.ones_like(across)]
    return [[*free, np.hypot(across, sine * down)], *([*free, *_legs(across, down, sine, turn)] for turn in TURNS)]


def _fit(directions: Belief, reach: Belief, sine: float, turned: bool) -> float:
    """The mean squared misfit of the best round or square foot, with what is unusual about that foot."""
    feet = _feet(directions, sine)[: 1 if turned else None]
    strict = min(_solved(foot, reach, ROUNDED)[1] for foot in feet)
    return min(strict, _solved(feet[0], reach, np.inf)[1] + OTHERWISE * SLACK**2 / ALIKE)


def _solved(columns: Sequence[Belief], reach: Belief, rounded: float) -> tuple[Belief, float]:
    """Sizes by non-negative least squares, where rounding and slenderness cost as if they were measured as 0."""
    from scipy.optimize import nnls

    unusual = np.zeros((2, len(columns)))
    unusual[0, 4] = 1 / rounded
    if len(columns) > 6:
        unusual[1, 5:] = 1 / SLENDER, -1 / SLENDER
    unusual *= SLACK * np.sqrt(len(reach) / ALIKE)
    sizes, left_over = nnls(np.concatenate([np.stack(columns, 1), unusual]), np.concatenate([reach, [0, 0]]))
    return sizes, float(left_over) ** 2 / len(reach)


def _legs(across: Belief, down: Belief, sine: float, turn: float) -> tuple[Belief, Belief]:
    """The support of the two edges of a rectangle turned by `turn`, each of length 1."""
    cosine, slope = np.cos(turn), np.sin(turn)
    return np.abs(cosine * across + slope * sine * down), np.abs(-slope * across + cosine * sine * down)
