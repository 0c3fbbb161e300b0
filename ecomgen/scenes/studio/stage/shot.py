"""What a set's builder is told: the wish, the frame, the footprint, colours that suit, and a source of chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio.sets.declaration import Trait, declared
from ecomgen.scenes.studio.stage.palette import NEUTRAL, Palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from ecomgen.scenes.studio.prompt.wish import Wish
    from ecomgen.scenes.studio.stage.frame import Frame

    Grid = NDArray[np.floating[Any]]

DEEPEST = 0.5  # units


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture to be set up. `side` is -1 where the key light comes from the left, 1 from the right."""

    wish: Wish
    frame: Frame
    rng: Generator
    side: float
    seed: int = 0
    metre: float = 4.5  # units in a metre: 1 over the product's larger side in metres
    palette: Palette = field(default=NEUTRAL)
    feet: tuple[Foot, ...] = ()  # what of the product touches the ground; where it is not known, all of its width

    @property
    def reach(self) -> float:
        """How far behind its foremost foot the product still stands, in units: a long sole seen from above goes far."""
        return max((-foot.z for foot in self.feet), default=0.0)

    @property
    def half_diagonal(self) -> float:
        """Half of what the product stands on from corner to corner, in units."""
        return 0.5 * float(np.hypot(self.frame.product_width, self.reach))

    def has(self, trait: Trait) -> bool:
        """Whether the set that is built is of this kind."""
        known = declared().get(self.wish.place or "")
        return known is not None and trait in known.traits

    def settled(self, *choices: str) -> str:
        """One of the choices: always the same for this picture, whoever asks."""
        return choices[int(np.random.default_rng([self.seed & 0xFFFFFFFF, 22]).integers(len(choices)))]

    def pick(self, *choices: str) -> str:
        """One of the choices, by chance."""
        return choices[int(self.rng.integers(len(choices)))]

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def clear_of_product(self, margin: float = 0.12) -> tuple[float, float]:
        """The x of the product's left and right edges in the picture, with a margin."""
        half = self.frame.product_width / 2 + margin
        return self.frame.product_x - half, self.frame.product_x + half

    def from_foot(
        self, x: NDArray[np.floating[Any]], z: NDArray[np.floating[Any]]
    ) -> tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]:
        """The way (dx, dz) to places on the ground from where the product stands next to them; 0 under it."""
        left, right = self.clear_of_product(0.0)
        return way_from(self.feet or (Foot(left=left, right=right, z=0.0),), x, z)


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
