"""Animals that graze far behind, as one sees them out of focus."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.backdrops.land import hills
from ecomgen.scenes.studio.backdrops.sky import sunlight
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.lights import Daylight
from ecomgen.scenes.studio.stage.shot import Shot

WOOL, FACE = (0.86, 0.83, 0.76), (0.05, 0.045, 0.04)
HIDES = (((0.24, 0.10, 0.04), (0.24, 0.10, 0.04)), ((0.62, 0.59, 0.54), (0.03, 0.028, 0.026)))  # of cows, and its spots
NEAR, FAR = -0.1, -0.01  # y of their feet


def sheep(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A flock in open land: woolly backs, dark faces."""
    hills(shot, picture, hour)
    light = sunlight(hour)
    for x, y, size, way in _herd(shot, picture, 9):
        _legs(picture, (x, y), size, 0.45, np.asarray(FACE) * light)
        for _ in range(16):
            at = x + size * shot.uniform(-0.5, 0.5), y + size * (0.62 + shot.uniform(-0.17, 0.2))
            shade = 0.75 + 0.35 * (at[1] - y) / size
            picture.ellipse(*at, 0.22 * size, 0.19 * size, np.asarray(WOOL) * light * shade)
        grazing = shot.rng.random() < 0.5
        picture.ellipse(
            x + way * 0.66 * size,
            y + size * (0.4 if grazing else 0.85),
            0.13 * size,
            0.19 * size,
            np.asarray(FACE) * light,
        )


def cows(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Cows in a pasture, brown or pied."""
    hills(shot, picture, hour)
    light = sunlight(hour)
    for x, y, size, way in _herd(shot, picture, 6):
        hide, spots = (np.asarray(colour) * light for colour in HIDES[int(shot.rng.integers(len(HIDES)))])
        size *= 1.3
        _legs(picture, (x, y), size, 0.5, 0.8 * hide)
        picture.rectangle(x - 0.6 * size, y + 0.45 * size, x + 0.6 * size, y + 0.92 * size, hide)
        picture.ellipse(x, y + 0.66 * size, 0.66 * size, 0.28 * size, hide)
        for _ in range(4):
            at = x + size * shot.uniform(-0.45, 0.45), y + size * shot.uniform(0.55, 0.85)
            picture.ellipse(*at, 0.16 * size, 0.11 * size, spots)
        picture.ellipse(x + way * 0.8 * size, y + 0.85 * size, 0.2 * size, 0.14 * size, spots, -25.0 * way)


def _herd(shot: Shot, picture: Painting, count: int) -> list[tuple[float, float, float, int]]:
    """Where each stands (x, y of its feet), how tall it is, and which way it looks; the nearest last, none behind the
    product's middle."""
    near = np.sort(shot.rng.uniform(0, 1, count) ** 1.5)
    found = []
    for share in near.tolist():
        x = shot.choice(-1, 1) * shot.uniform(0.28, 1.0) * picture.right
        found.append((x, FAR + (NEAR - FAR) * share, 0.11 + 0.19 * share, int(shot.choice(-1, 1))))
    return found


def _legs(picture: Painting, foot: tuple[float, float], size: float, wide: float, colour: Values) -> None:
    x, y = foot
    for at in (-wide, -0.6 * wide, 0.6 * wide, wide):
        picture.rectangle(x + (at - 0.05) * size, y, x + (at + 0.05) * size, y + 0.5 * size, colour)
