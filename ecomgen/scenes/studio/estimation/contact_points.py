"""Where a product touches what it stands on, read from its lower outline and the height of the camera.

In every column the lowest pixel of the product is where its outline ends. It stands on the ground if the ground seen
there is not far behind the foremost foot and the outline does not rise like a flank. The lower end of a paw or of a
table's leg, from which the outline rises on both sides, may stand farther behind; a handle's is too thin to.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.scenes.studio.stage.shot import Foot
from ecomgen.types import BoolMask

Row = Values  # one value for each column of the picture

STEEPEST = 1.2  # slope of the lower outline: what rises faster hangs over the ground
FARTHEST, SOLES = 0.9, 1.5  # units behind the foremost foot, where the guess is given up that a flank, a sole stands
AROUND, EVEN = 0.16, 0.035  # of the product's larger side: a sole is as low as all within, give or take
THICK = 0.11  # of the product's larger side: what is thinner there hangs, as a handle does
RULED, STRAIGHT, BENT = 0.12, 0.16, 0.2  # half the length of a straight edge, the spread and the change of its slope
SLANTED, SQUARE = 0.25, 3.0  # slopes of a corner's legs, whose product is the squared sine of the camera's elevation
AS_MEANT = 0.02  # units by which a foot may miss the row that the frame was made for
SURE = 0.5
SPLIT = 0.12  # units in depth, by which one foot is apart from the next
SMALLEST = 0.01  # units: narrower ones are no feet


def feet(alpha: NDArray[np.uint8], frame: Frame) -> tuple[Foot, ...]:
    """The feet of a product of this `alpha` (HxW, the frame's size), from left to right; none where nothing stands."""
    lowest = lowest_rows(alpha)
    depth = _behind(lowest, frame)
    there = touching(alpha, frame) > SURE
    piece = np.where(there, depth // SPLIT, -1)  # a sole that goes back is several, one behind the other
    apart = np.flatnonzero(np.diff(piece)) + 1
    found = []
    for columns in np.split(np.arange(len(lowest)), apart):
        if not there[columns[0]] or len(columns) * frame.unit < SMALLEST:
            continue
        z = foremost(lowest, frame) - float(np.median(depth[columns]))
        edges = ((columns[side] + side_shift - frame.width / 2) * frame.unit for side, side_shift in ((0, 0), (-1, 1)))
        left, right = (round(float(frame.at(edge, z)), 4) for edge in edges)
        found.append(Foot(left=left, right=right, z=round(z, 4)))
    return tuple(found)


def line(alpha: NDArray[np.uint8], frame: Frame) -> Values:
    """Where on the ground the product's outline meets it, Nx2 (x, z) in units, a point for each column that does."""
    lowest = lowest_rows(alpha)
    there = np.flatnonzero((touching(alpha, frame) > SURE) & (lowest >= 0))
    z = foremost(lowest, frame) - _behind(lowest, frame)[there]
    x = frame.places()[0][0, there]
    return np.stack([x * (frame.distance - z) / frame.distance, z], -1)


def standing(alpha: NDArray[np.uint8], frame: Frame) -> Row:
    """How surely each column's lowest pixel touches the ground, in [0, 1]."""
    from scipy.ndimage import gaussian_filter1d, maximum_filter1d

    lowest = lowest_rows(alpha)
    if not (lowest >= 0).any():
        return np.zeros(len(lowest))
    outline, size = continued(lowest), 1 / frame.unit
    slope = np.abs(np.gradient(gaussian_filter1d(outline, 0.01 * size)))
    sole = outline > maximum_filter1d(outline, 2 * int(AROUND * size) + 1) - EVEN * size
    sole &= _thick(alpha, lowest, int(THICK * size))
    reach = np.where(sole, SOLES, FARTHEST)
    near = np.clip((reach - _behind(lowest, frame)) / (0.7 * reach), 0, 1)
    return np.where(lowest >= 0, near * np.clip((STEEPEST - slope) / 0.4, 0, 1), 0.0)


def touching(alpha: NDArray[np.uint8], frame: Frame) -> Row:
    """How surely each column's lowest pixel touches the ground, in [0, 1], the ruled edge of a long sole with it.

    The long side of a shoe or a box goes on from where it stands in a straight line, however far behind it ends; flanks
    are curved. Where two such lines meet more steeply than a right angle on the ground looks, it is a bowl's two sides.
    """
    from scipy.ndimage import gaussian_filter1d, label

    sure = standing(alpha, frame)
    stands = sure > SURE
    if not stands.any():
        return sure
    lowest = lowest_rows(alpha)
    slope = np.gradient(gaussian_filter1d(continued(lowest), 0.01 / frame.unit))
    straight = _straight(slope, max(int(RULED / frame.unit), 2)) & (lowest >= 0)
    runs = np.empty(len(slope), np.int32)
    label(straight | stands, output=runs)
    ruled = straight & np.isin(runs, np.unique(runs[stands]))
    rising, falling = (np.abs(slope[ruled & (sign * slope > SLANTED)]) for sign in (1, -1))
    if rising.size and falling.size and rising.mean() * falling.mean() > SQUARE * (frame.eye / frame.distance) ** 2:
        return sure
    return np.where(ruled, 1.0, sure)


def _straight(slope: Row, half: int) -> NDArray[np.bool_]:
    """Columns of the lower outline within `half` of which its `slope` hardly varies, and those up to its ends."""
    from scipy.ndimage import binary_dilation, uniform_filter1d

    mean, square = (np.asarray(uniform_filter1d(values, 2 * half)) for values in (slope, slope**2))
    turning = np.abs(np.roll(slope, -half) - np.roll(slope, half))
    even = (square - mean**2 < STRAIGHT**2) & (turning < BENT) & (np.abs(mean) < STEEPEST)
    grown = np.asarray(binary_dilation(even, iterations=half), dtype=bool)
    return grown & (np.abs(slope) < STEEPEST)


def _thick(alpha: NDArray[np.uint8], lowest: NDArray[np.intp], rows: int) -> NDArray[np.bool_]:
    """Whether the product goes on upwards from each column's lowest row for so many `rows`."""
    covered = np.cumsum(alpha > 127, axis=0)
    columns = np.arange(len(lowest))
    return covered[lowest, columns] - covered[np.maximum(lowest - rows, 0), columns] == rows


def lowest_rows(alpha: NDArray[np.uint8]) -> NDArray[np.intp]:
    """The product's lowest row in each column, -1 where there is none."""
    return lowest_of(alpha > 127)


def lowest_of(mask: BoolMask) -> NDArray[np.intp]:
    """The lowest row of a mask in each column, -1 where there is none."""
    return np.where(mask.any(0), mask.shape[0] - 1 - np.argmax(mask[::-1], axis=0), -1)


def continued(lowest: NDArray[Any]) -> Row:
    """The lower outline, going on level where there is no product."""
    columns = np.flatnonzero(lowest >= 0)
    return np.interp(np.arange(len(lowest)), columns, lowest[columns].astype(float))


def _behind(lowest: NDArray[np.intp], frame: Frame) -> Row:
    """How far behind the foremost foot the ground is that is seen at each column's lowest pixel, in units."""
    height = (frame.ground_row - 1 - lowest) * frame.unit
    depth = height * frame.distance / np.maximum(frame.eye - height, 0.02)
    return np.maximum(depth + foremost(lowest, frame), 0)


def foremost(lowest: NDArray[np.intp], frame: Frame) -> float:
    """z of the ground at the foremost foot: 0, but for a product that was moved in a set built for another place."""
    height = (frame.ground_row - 1 - int(lowest.max(initial=-1))) * frame.unit
    moved = AS_MEANT < abs(height) < frame.eye - 0.02
    return frame.ground_depth(height) if moved and not frame.lying else 0.0
