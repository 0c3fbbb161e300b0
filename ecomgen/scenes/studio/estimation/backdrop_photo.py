"""What a backdrop tells before a product stands in it: horizon, ground, and the light's side, softness and warmth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.color import to_linear
from ecomgen.scenes.studio.estimation.photo_light import UNDECIDED, colour_temperature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ecomgen.scenes.studio.estimation.facts import Facts
    from ecomgen.types import Canvas, Pixels

    Values = NDArray[np.floating[Any]]

FOCAL = 1.35  # of the picture's longer side: between a phone's main camera and a portrait lens
ROOM, GROUND, LOWEST = 0.12, 0.83, 0.95  # of the height: ground before the base; the usual base, and the lowest
FLATTEST, STEEPEST, SPREAD = 2.0, 55.0, 5.0  # degrees
PREFIX = "backdrop_"
NAMES = ("horizon", "ground", "azimuth", "softness", "kelvin")


@dataclass(frozen=True, kw_only=True)
class BackdropPhoto:
    """`horizon` and `ground` are rows, as shares of the height, at which the ground would end and is last seen.

    `azimuth` is where the light comes from, in degrees: 0 behind the camera, 90 right, -90 left, 180 behind it;
    None where that cannot be told. `softness` 0 is a bare sun, 1 a clouded sky.
    """

    horizon: float
    ground: float
    azimuth: float | None
    softness: float
    kelvin: float

    def parameters(self) -> dict[str, Any]:
        """As flat parameters, which a replay takes back."""
        return {f"{PREFIX}{name}": getattr(self, name) for name in NAMES}

    @property
    def base(self) -> float | None:
        """The row on which a product stands by rule, where the usual one is not on the ground."""
        return None if self.ground + ROOM < GROUND else min(self.ground + ROOM, LOWEST)

    def seen(self, facts: Facts, canvas: Canvas) -> Facts:
        """The product's facts, seen by the backdrop's camera."""
        elevation = self.elevation(facts.standing.ground, (canvas.width, canvas.height))
        return replace(facts, elevation=round(min(max(elevation, FLATTEST), STEEPEST), 1), spread=SPREAD)

    def elevation(self, row: float, size: tuple[int, int]) -> float:
        """How steeply the camera looks down on the ground at a row (a share of the height), in degrees."""
        below = (row - self.horizon) * size[1]
        return float(np.degrees(np.arctan2(below, FOCAL * max(size))))


def read(pixels: Pixels, given: Mapping[str, Any]) -> BackdropPhoto:
    """What `given` parameters say already, else what `pixels` (HxWx3) tell."""
    if all(f"{PREFIX}{name}" in given for name in NAMES):
        return BackdropPhoto(**{name: given[f"{PREFIX}{name}"] for name in NAMES})
    ground = _ground_begins(pixels)
    return BackdropPhoto(
        horizon=round(ground - 0.1, 4),
        ground=round(ground, 4),
        azimuth=None,
        softness=UNDECIDED,
        kelvin=round(colour_temperature(to_linear(_small(pixels, 160).reshape(-1, 3))), -1),
    )


def _ground_begins(pixels: Pixels) -> float:
    """The row, as a share, above which what is seen is no longer like what lies at the bottom."""
    import cv2

    small = _small(pixels, 160)
    lab = cv2.cvtColor(np.asarray(small / np.float32(255), np.float32), cv2.COLOR_RGB2LAB)
    height, width = lab.shape[:2]
    rows = np.median(lab[:, width // 5 : width - width // 5], axis=1)
    rows = cv2.GaussianBlur(rows, (1, 5), 0)
    step = max(height // 24, 2)
    change = np.zeros(height)
    for row in range(step, height - step):
        change[row] = np.linalg.norm(rows[row - step : row].mean(0) - rows[row : row + step].mean(0))
    allowed = slice(height // 8, round(0.75 * height))
    best = int(np.argmax(change[allowed])) + height // 8
    return best / height if change[best] > 6 else 0.3


def _small(pixels: Pixels, side: int) -> Pixels:
    import cv2

    scale = side / max(pixels.shape[:2])
    size = max(round(pixels.shape[1] * scale), 8), max(round(pixels.shape[0] * scale), 8)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
