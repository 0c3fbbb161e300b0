"""Fractal noise of which all is drawn from the source itself, so that stored renders follow from their seeds."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.noise import shaped
from ecomgen.scenes.studio.primitives.types import Values


def spectral(rng: Generator, shape: tuple[int, int], **how: Any) -> Values:
    """As the studio's, HxW float32: mean 0 and standard deviation 1."""
    return shaped(rng.standard_normal(shape, dtype=np.float32), **how)
