"""Far land as a field of heights in perspective: near slopes hide those behind, light falls on them, air lies between.

Every column of a picture looks along one line over the field; the first slice that rises to a pixel's height is what
the pixel shows (a "voxel space", as in the flight simulators of 1992).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.noise import sample, spectral, to_unit_range
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.stage.backdrop import Painting

CELLS = 512  # of a field's side
SLICES = 180
NEAREST, FARTHEST = 1.0, 7.0  # how far away slices lie; the land's foot is at 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Relief:
    """Heights, CELLS x CELLS in about [0, 1], on a square of `side` (the picture's units at the land's foot)."""

    heights: Values
    side: float

    def at(self, field: Values, x: Values, z: Values) -> Values:
        """`field`, which lies over the heights, at the places x, z; it repeats."""
        scale = CELLS / self.side
        return sample(field, z * scale, x * scale)

    def lit(self, side: float, *, steep: float) -> Values:
        """The sun at `side` (-1 left, 1 right) on each place, 1 on level ground; 1 in the heights is `steep` high."""
        slope_z, slope_x = np.gradient(self.heights * steep * CELLS / self.side)
        facing = 0.72 - 0.62 * side * slope_x + 0.2 * slope_z
        return np.clip(facing / np.sqrt(1 + slope_x**2 + slope_z**2) / 0.72, 0.1, 1.7).astype(np.float32)


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """What each slice (row) shows in each column of the picture, SLICES x W."""

    distance: Values  # SLICES x 1
    height: Values  # above the foot, in the picture's units as at the foot
    lit: Values
    x: Values
    z: Values


def ridged(rng: Generator, *, broad: float, rough: float) -> Values:
    """Mountains: crests where smooth noise turns over, rougher the higher they are; `broad` is a share of the side."""
    shape = (CELLS, CELLS)
    crest = 1 - np.minimum(np.abs(spectral(rng, shape, falloff=2.3, coarsest=broad)) / 1.6, 1)
    second = 1 - np.minimum(np.abs(spectral(rng, shape, falloff=2.1, coarsest=0.45 * broad)) / 1.6, 1)
    mass = to_unit_range(spectral(rng, shape, falloff=2.4, coarsest=1.4 * broad), 1.7)
    high = mass * (0.3 + 0.45 * crest**1.5 + 0.25 * second**1.4 * crest)
    return (high + rough * high * spectral(rng, shape, falloff=1.8, coarsest=0.2 * broad)).astype(np.float32)


def rolling(rng: Generator, *, broad: float) -> Values:
    """Soft hills."""
    return to_unit_range(spectral(rng, (CELLS, CELLS), falloff=2.7, coarsest=broad, finest=6), 2.0)


def crested(rng: Generator, *, broad: float) -> Values:
    """Dunes: smooth flanks that meet in sharp, winding crests."""
    shape = (CELLS, CELLS)
    wave = np.abs(spectral(rng, shape, falloff=2.9, coarsest=broad, finest=10, stretch=(1.0, 0.55)))
    return np.clip(
        0.75 * (1 - np.minimum(wave / 1.5, 1)) + 0.25 * to_unit_range(spectral(rng, shape, falloff=2.8)), 0, 1
    )


def painted(
    picture: Painting,
    relief: Relief,
    *,
    foot: float,
    rise: Callable[[Values], Values],
    sun: tuple[float, float],
    colour: Callable[[Seen], Values],
) -> None:
    """Paint the relief from its `foot` (y in the picture, below the horizon) into the distance.

    `rise` tells how high 1 in the relief is at each distance, in the picture's units at the foot; `colour` the light of
    all slices, SLICES x W x 3; `sun` its side, and how steep flanks look to it.
    """
    distance = np.geomspace(NEAREST, FARTHEST, SLICES, dtype=np.float32)[:, None]
    x, z = picture.x * distance, np.broadcast_to(distance, (SLICES, picture.shape[1]))
    height = relief.at(relief.heights, x, z) * rise(distance)
    seen = Seen(distance=distance, height=height, lit=relief.at(relief.lit(sun[0], steep=sun[1]), x, z), x=x, z=z)
    below = min(foot, -0.01)
    crest = np.maximum.accumulate((height + below) / distance, axis=0)
    light, rows = colour(seen), picture.y[:, 0]
    for column in range(picture.shape[1]):
        first = np.searchsorted(crest[:, column], rows)
        shown = (first < SLICES) & (rows > crest[0, column])
        picture.light[shown, column] = light[first[shown], column]
