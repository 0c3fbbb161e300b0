"""Leaves, bushes and trees as spots of light and shade."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies.plants import AUTUMN
from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.types import Colour
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.shot import Shot

SUMMER: tuple[Colour, ...] = ((0.105, 0.17, 0.045), (0.21, 0.28, 0.075), (0.04, 0.075, 0.028), (0.33, 0.36, 0.13))
SPRING: tuple[Colour, ...] = ((0.20, 0.29, 0.08), (0.33, 0.41, 0.14), (0.08, 0.14, 0.045), (0.80, 0.62, 0.66))
PINE: tuple[Colour, ...] = ((0.03, 0.07, 0.04), (0.05, 0.10, 0.055), (0.02, 0.045, 0.03), (0.09, 0.14, 0.07))
CHERRY: tuple[Colour, ...] = ((0.78, 0.50, 0.56), (0.88, 0.66, 0.70), (0.34, 0.22, 0.22), (0.95, 0.80, 0.83))
WINTER: tuple[Colour, ...] = ((0.045, 0.08, 0.055), (0.62, 0.68, 0.78), (0.03, 0.05, 0.04), (0.28, 0.31, 0.34))


def greens(shot: Shot) -> tuple[Colour, ...]:
    """The colours of leaves, or of blossom: light, lighter, in shade, and what is seen here and there."""
    if "cherry branch" in shot.wish.props and not shot.wintry:
        return CHERRY
    return WINTER if shot.wintry else {"autumn": AUTUMN, "spring": SPRING}.get(shot.wish.season or "", SUMMER)


BUSHES = -0.5  # units: how low a garden's bushes reach
STREAK = 6  # times as wide as high is what lies on a lawn


def bushes(shot: Shot, picture: Painting, *, light: float) -> None:
    """A garden as a window shows it: sky above, trees with gaps, bushes, sunlit lawn."""
    _lawn(shot, picture, light)
    thicket(shot, picture, low=-0.3, high=shot.uniform(0.7, 1.5), light=0.8 * light, ragged=0.5)
    gaps = to_unit_range(spectral(shot.rng, picture.shape, falloff=1.3, coarsest=0.2), 1.5)
    sky = picture.light[0, 0].copy()
    picture.blend(sky, np.clip((gaps - 0.66) * 5, 0, 0.9) * np.clip(picture.y * 1.5 + 0.3, 0, 1))
    picture.defocus(0.03)
    thicket(shot, picture, low=BUSHES, high=shot.uniform(-0.05, 0.25), light=1.2 * light, ragged=0.15)


def _lawn(shot: Shot, picture: Painting, light: float) -> None:
    """A lawn seen flat, below the bushes: sun between the shadows of trees that lie across it, shade at their foot."""
    rows, columns = picture.shape
    streaks = to_unit_range(spectral(shot.rng, (rows, columns // STREAK + 1), falloff=1.2, coarsest=0.5), 1.5)
    sunlit = np.repeat(streaks, STREAK, axis=1)[:, :columns] * (0.4 + 0.6 * np.clip((BUSHES - picture.y) / 0.3, 0, 1))
    below = np.broadcast_to(picture.y < BUSHES, picture.shape)
    picture.light[below] = (0.5 + sunlit[below, None]) * np.mean(greens(shot), axis=0) * light


def thicket(shot: Shot, picture: Painting, *, low: float, high: float, light: float, ragged: float) -> None:
    """A wall of bushes from `low` to about `high`, dark within, its leaves lit from above and from the sun's side."""
    line = high + ragged * spectral(shot.rng, (8, picture.shape[1]), falloff=1.1, coarsest=6)[0]
    colours = np.asarray(greens(shot), dtype=np.float32)
    body = np.broadcast_to((picture.y < line[None, :]) & (picture.y > low), picture.shape)
    picture.light[body] = colours[2] * 0.5 * light
    count = int(2600 * picture.right)
    for _ in range(count):
        x = shot.uniform(-picture.right, picture.right)
        crown = float(line[min(int((x + picture.right) * picture.scale), len(line) - 1)])
        share = shot.rng.random()
        y = low + (crown - low) * share
        size = shot.uniform(0.015, 0.05)
        sunlit = 0.35 + 1.1 * share**1.5 + 0.35 * shot.side * x / picture.right
        glint = shot.uniform(2.0, 4.5) if shot.rng.random() < 0.025 * (0.4 + share) else 1.0
        tint = shot.choice(*colours) * (light * max(sunlit, 0.15) * glint * shot.uniform(0.5, 1.5))
        picture.ellipse(x, y, size, size * shot.uniform(0.4, 0.9), tuple(tint), shot.uniform(0, 180))
