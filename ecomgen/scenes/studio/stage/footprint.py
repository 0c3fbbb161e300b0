"""Where the product touches the ground, and how far places on the ground are from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Grid = NDArray[np.floating[Any]]

DEEPEST = 0.5  # units


@dataclass(frozen=True, kw_only=True)
class Foot:
    """A part of a product that touches the ground: from `left` to `right`, its front at depth `z`, in units."""

    left: float
    right: float
    z: float

    @property
    def deep(self) -> float:
        """How far it probably reaches back: feet are about as deep as wide, long bodies less."""
        return min(0.8 * (self.right - self.left), DEEPEST)

    def way_to(self, x: Grid, z: Grid) -> tuple[Grid, Grid]:
        """The shortest way (dx, dz) from the foot, an ellipse, to places on the ground; both 0 within it."""
        half, back = 0.5 * (self.right - self.left) + 1e-6, 0.5 * self.deep + 1e-6
        dx, dz = x - 0.5 * (self.left + self.right), z - (self.z - back)
        outside = np.clip(1 - 1 / np.maximum(np.hypot(dx / half, dz / back), 1e-6), 0, None)
        return dx * outside, dz * outside


def way_from(feet: Sequence[Foot], x: Grid, z: Grid) -> tuple[Grid, Grid]:
    """The way (dx, dz) to places on the ground from the nearest of the `feet`, in units."""
    ways = np.stack([np.stack(foot.way_to(x, z)) for foot in feet])
    nearest = np.argmin(np.hypot(ways[:, 0], ways[:, 1]), axis=0)[None]
    dx, dz = (np.take_along_axis(ways[:, part], nearest, axis=0)[0] for part in (0, 1))
    return dx, dz
