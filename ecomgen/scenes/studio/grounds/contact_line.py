"""The line in which a product's outline meets the ground, without the steps of its pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.floating[Any]]

LEAP = 0.05  # units between neighbours that are not one line
SPACING = 0.003  # units between the points of an even line
EVEN = 0.014  # units over which its steps are evened out
SHORTEST = 4  # points


def runs(line: Values) -> list[Values]:
    """The parts of a line, Nx2 (x, z) in units from left to right, each Mx2, evenly spaced and evened out."""
    apart = np.flatnonzero(np.hypot(*np.diff(line, axis=0).T) > LEAP) + 1
    return [_evened(part) for part in np.split(line, apart) if len(part) >= SHORTEST]


def _evened(part: Values) -> Values:
    from scipy.ndimage import gaussian_filter1d

    far = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(part, axis=0).T))])
    at = np.linspace(0, far[-1], max(int(far[-1] / SPACING), SHORTEST))
    spaced = np.stack([np.interp(at, far, side) for side in part.T], -1)
    return gaussian_filter1d(spaced, EVEN / SPACING, axis=0, mode="nearest")
