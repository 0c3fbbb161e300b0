"""Sand: wind ripples as real relief, grains as colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.noise import spectral
from ecomgen.scenes.studio.shapes import Shape, sheet
from ecomgen.scenes.studio.stage import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot

ROWS, COLUMNS = 520, 620
SAND = (0.60, 0.46, 0.30)


def rippled(shot: Shot, *, far: float, drop: float = 0.0, colour: tuple[float, float, float] = SAND) -> Thing:
    """A beach from before the camera to `far`: dunes, ripples and grains, smoothed where the product stands."""
    x, z = _grid(shot, far)
    heights = _relief(shot, x, z) - drop
    grid = np.stack([x, heights, z], -1)
    shape = sheet(grid)
    return Thing(shape=_mapped(shape, shot), material=Material(colour=_grains(shot, colour)))


def _grid(shot: Shot, far: float) -> tuple[np.ndarray, np.ndarray]:
    """A grid that is fine near the camera and coarse far away, as wide as the view at each depth."""
    near = shot.frame.nearest + 0.4
    t = np.linspace(1, 0, ROWS)
    z = near + (far - near) * t**1.7
    half = shot.frame.right * (shot.frame.distance - z) / shot.frame.distance * 1.3 + 0.4
    x = np.linspace(-1, 1, COLUMNS)[None, :] * half[:, None]
    return x, np.broadcast_to(z[:, None], x.shape)


def _relief(shot: Shot, x: np.ndarray, z: np.ndarray) -> np.ndarray:
    from scipy.ndimage import map_coordinates

    size, extent = 512, 9.0
    where = [((z + 8) / extent * size) % size, ((x + 20) / extent * size) % size]

    def noise(falloff: float, coarsest: float, finest: float) -> np.ndarray:
        field = spectral(shot.rng, (size, size), falloff=falloff, coarsest=coarsest, finest=finest)
        return map_coordinates(field, where, order=1, mode="wrap")

    dunes, bend, patchy = noise(2.2, 0.6, 8), noise(2.0, 0.4, 8), noise(1.8, 0.4, 8)
    turn = np.radians(shot.between(-35, 35))
    spacing = shot.between(0.10, 0.17)
    phase = (z * np.cos(turn) + x * np.sin(turn)) / spacing + 1.15 * bend
    wave = np.abs((phase % 1) - 0.42) * 2
    ripple = np.cos(np.pi * np.clip(wave / 1.16, 0, 1)) * np.clip(0.55 + 0.35 * patchy, 0.05, 1)
    lumps = noise(1.2, 0.05, 2)
    away = np.hypot((x - shot.frame.product_x) / (0.5 * shot.frame.product_width + 0.25), z / 0.4)
    calm = 1 - np.exp(-((away / 1.25) ** 2))
    rise = 0.045 * dunes * np.clip((away - 1) / 3, 0, 1)
    return rise + (0.011 * ripple + 0.004 * lumps) * calm


def _mapped(shape: Shape, shot: Shot) -> Shape:
    size = 2.2
    moved = shape.draped(size, size)
    moved.uv[:, 0] += shot.between(0, 1)
    return moved


def _grains(shot: Shot, colour: tuple[float, float, float]) -> np.ndarray:
    grains = spectral(shot.rng, (1400, 1400), falloff=0.15, finest=0.8)
    patches = spectral(shot.rng, (1400, 1400), falloff=1.4)
    value = np.clip(1 + 0.17 * grains + 0.05 * patches, 0.3, 1.7)[..., None]
    dark = (spectral(shot.rng, (1400, 1400), falloff=0.2, finest=1.0) > 3.0)[..., None]
    return np.clip(np.asarray(colour) * value * np.where(dark, 0.45, 1), 0, 1).astype(np.float32)
