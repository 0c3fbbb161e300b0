"""The line in which a product's outline meets the ground, without the steps of its pixels, and the ground round it."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.types import Values

LEAP = 0.05  # units between neighbours that are not one line
SPACING = 0.003  # units between the points of an even line
EVEN = 0.014  # units over which its steps are evened out
SHORTEST = 4  # points
BEHIND = 0.2  # units behind the line, over which what is raised round a product ends


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


def length(line: Values) -> float:
    """How long a line is, in units, no leap counted."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    return float(steps[steps < LEAP].sum())


def patch(line: Values, reach: float, cell: float) -> tuple[Values, Values]:
    """x and z, RxC, of ground `reach` units round a line, in cells of that size."""
    (left, far), (right, near) = line.min(0) - reach, line.max(0) + reach
    columns, rows = (int((b - a) / cell) + 2 for a, b in ((left, right), (far, near)))
    x, z = np.meshgrid(np.linspace(left, right, columns), np.linspace(far, near, rows))
    return x, z


def cell_noise(
    rng: Generator, size: tuple[int, ...], cell: float, *, coarsest: float, falloff: float, finest: float
) -> Values:
    """Noise over a grid of cells; `coarsest` in units, `finest` in cells."""
    side = 1 << int(np.ceil(np.log2(max(size))))
    field = spectral(rng, (side, side), falloff=falloff, coarsest=coarsest / (side * cell), finest=finest)
    return field[: size[0], : size[1]]
