"""Textures made by us: linear colour HxWx3 and heights HxW, at the scale of real things."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.noise import quick, spectral
from ecomgen.scenes.studio.primitives.types import Values


@dataclass(frozen=True, kw_only=True)
class Patch:
    """`width` x `depth` metres, at `density` pixels a metre."""

    width: float
    depth: float
    density: float

    @property
    def shape(self) -> tuple[int, int]:
        """Its rows and columns."""
        return quick(self.depth * self.density), quick(self.width * self.density)


@dataclass(frozen=True, kw_only=True, eq=False)
class Finish:
    """Colour HxWx3, height HxW of at most about 1 and roughness HxW; cloth and paper are as rough as their material."""

    colour: Values
    height: Values
    roughness: Values | float = 1.0


def facets(rng: Generator, area: Patch, size: float) -> tuple[Values, Values]:
    """Lumps of up to `size` metres in broken stone, and how much of each place faces the light, HxW."""
    lumps = spectral(rng, area.shape, falloff=1.05, coarsest=size / area.depth, finest=1.3)
    return lumps, np.tanh((lumps - np.roll(lumps, (2, 2), axis=(0, 1))) / 0.6)
