"""What a set's builder is told: the wish, the frame, the colours that suit, and a source of chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio.sets.declaration import Trait, declared
from ecomgen.scenes.studio.stage.footprint import Foot, way_from
from ecomgen.scenes.studio.stage.palette import NEUTRAL, Palette

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from ecomgen.scenes.studio.prompt.wish import Wish
    from ecomgen.scenes.studio.stage.frame import Frame


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
