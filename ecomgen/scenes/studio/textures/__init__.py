"""Textures made by us: linear colour HxWx3 and heights HxW, at the scale of real things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating[Any]]
Colour = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Finish:
    """Colour HxWx3, height HxW of at most about 1 and roughness HxW; cloth and paper are as rough as their material."""

    colour: Field
    height: Field
    roughness: Field | float = 1.0
