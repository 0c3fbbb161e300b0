"""Where a picture of a place without a product changes from row to row, and what horizon that makes likely by rule."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock

import cv2
import numpy as np
from cachetools import LRUCache, cached

from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.types import Pixels

GROUND = 0.83  # of the height: the row on which a product usually stands
USUAL = 15.0  # degrees
ROWS, STEP = 240, 12  # of the picture when it is searched; between two of its edges
HIGHEST_TABLE, LOWEST_TABLE, LOWEST_HORIZON = 0.35, 0.86, 0.62  # of the height: where edges are looked for
SHARP, SHARP_SHARE = 4.0, 0.5  # of Lab: a table's edge, beside its change over more rows
RIPPLED, STRONG = 1.05, 0.5  # of its change over more rows: a ripple's; of the sharpest edge: the least of a table
STEEPEST_TABLE = 33.0  # degrees: nobody sets a table for a product and looks down on it more
BEHIND = 0.11, 1.95  # how far the horizon is above the foot: of the height, and in the table's edge's heights over it
LEAST, SHARE = 8.0, 0.55  # of Lab, of the strongest edge: what may be the horizon
HAZE = 0.03  # of the height: what stands on the horizon hides so much below it


def horizon(square: Pixels, focal: float) -> tuple[float, float]:
    """The rows, as shares, of the horizon and of where the ground ends, of a picture squeezed to ROWS x ROWS.

    Where nothing tells them, as before a sweep of paper, the camera is where it usually is.
    """
    usual = GROUND - focal * float(np.sin(np.radians(USUAL)))
    return found(square, focal) or (usual, max(usual, 0.0) + 0.05)


def found(square: Pixels, focal: float) -> tuple[float, float] | None:
    """The same where an edge tells them, else None.

    A sharp level edge is that of a table, which ends about as far behind a product whoever sets it, or the horizon
    itself where it is too high for that; else land meets sky in a soft edge.
    """
    edge = table(square)
    if edge is not None:
        above_foot = BEHIND[0] + BEHIND[1] * (GROUND - edge)
        far = GROUND - above_foot if above_foot < focal * np.sin(np.radians(STEEPEST_TABLE)) else edge
        return float(far), max(edge, float(far))
    land = changes(square, 10, 0.5)
    peaks = _peaks(land, slice(STEP, round(LOWEST_HORIZON * ROWS)))
    most = max((land[row] for row in peaks), default=0.0)
    horizons = [row for row in peaks if land[row] > max(LEAST, SHARE * most)]
    return (horizons[0] / ROWS + HAZE, horizons[0] / ROWS + HAZE) if horizons else None


def table(square: Pixels) -> float | None:
    """The lowest of the sharp level edges, as a share; ripples and grass change as much again a little farther on."""
    fine, coarse = changes(square, 2, 0.35), changes(square, 10, 0.35)
    peaks = _peaks(fine, slice(round(HIGHEST_TABLE * ROWS), round(LOWEST_TABLE * ROWS)))
    sharp = [row for row in peaks if fine[row] > SHARP and SHARP_SHARE < fine[row] / coarse[row] < RIPPLED]
    strong = [row for row in sharp if fine[row] > STRONG * max(fine[one] for one in sharp)]
    return strong[-1] / ROWS if strong else None


def _peaks(changes: Values, within: slice) -> list[int]:
    """The rows within at which something changes more than round them."""
    rows = range(within.start, within.stop)
    return [row for row in rows if changes[row] == changes[max(row - STEP, 0) : row + STEP].max()]


def _asked(square: Pixels, step: int, share: float) -> tuple[Hashable, ...]:
    """What an answer is remembered by: edges, tables and the network's cues are of the same few."""
    return square.tobytes(), square.shape, step, share


@cached(LRUCache(maxsize=8), key=_asked, lock=Lock())
def changes(square: Pixels, step: int, share: float) -> Values:
    """How much (Lab) the `step` rows above each row differ from those below it, in all but `share` of the columns."""
    lab = cv2.cvtColor(np.asarray(square / np.float32(255), np.float32), cv2.COLOR_RGB2LAB)
    total = np.cumsum(np.pad(lab, ((1, 0), (0, 0), (0, 0))), axis=0, dtype=np.float64)
    found = np.zeros(len(square))
    rows = np.arange(step, len(square) - step)
    above, below = total[rows] - total[rows - step], total[rows + step] - total[rows]
    found[rows] = np.quantile(np.linalg.norm(above - below, axis=-1) / step, share, axis=1)
    return found
