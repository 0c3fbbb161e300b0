"""Water and milk: a rippled, mirroring surface; rings spread from what stands or floats in it; a pool and its edge."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.grounds.relief import Land, land
from ecomgen.scenes.studio.stage import supports
from ecomgen.scenes.studio.stage.noise import ridges, spectral
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import paint
from ecomgen.scenes.studio.stage.types import Material, Thing


def water(shot: Shot, drop: float) -> list[Thing]:
    """Clear shallow water, blue-green in its depth."""
    colour = paint(shot.wish.surface_colour, (0.012, 0.045, 0.05))
    area = land(shot)
    heights = 0.0035 * area.noise(falloff=1.7, coarsest=0.8, finest=4, stretch=(1, 2.6)) + 0.006 * _rings(area)
    return [Thing(shape=area.shape(heights, drop), material=Material(colour=colour, roughness=0.05, specular=1.0))]


def milk(shot: Shot, drop: float) -> list[Thing]:
    """Milk: white, thick, with slow round waves."""
    colour = paint(shot.wish.surface_colour, (0.84, 0.82, 0.77))
    area = land(shot)
    heights = 0.016 * area.noise(falloff=2.2, coarsest=1.4, finest=8) * area.calm() + 0.009 * _rings(area)
    return [Thing(shape=area.shape(heights, drop), material=Material(colour=colour, roughness=0.16, specular=0.45))]


def pool_edge(shot: Shot, drop: float) -> list[Thing]:
    """Pale stone, a rounded edge, and behind it the turquoise water of a pool."""
    far = -0.5 * shot.frame.product_width - shot.between(0.35, 0.7)
    stone = shot.pick("travertine", "concrete", "paving") if shot.wish.surface in (None, "pool edge") else "travertine"
    edge = supports.table(shot, stone, far=far, thickness=0.14)
    return [edge.moved(0, -drop), *pool(shot, drop + 0.1)]


def pool(shot: Shot, drop: float) -> list[Thing]:
    """The water of a swimming pool, a net of light on its floor."""
    area = land(shot, far=-16.0)
    waves = 0.004 * area.noise(falloff=1.6, coarsest=0.5, finest=3, stretch=(1, 1.8)) + 0.006 * _rings(area)
    return [
        Thing(shape=area.shape(waves, drop), material=Material(colour=_caustics(shot), roughness=0.04, specular=0.8))
    ]


def _caustics(shot: Shot) -> NDArray[np.floating[Any]]:
    """The floor of a pool seen through its water, HxWx3 linear: turquoise under a net of light."""
    shape = (900, 900)
    field = spectral(shot.rng, shape, falloff=1.7, coarsest=0.09, finest=6)
    other = spectral(shot.rng, shape, falloff=1.7, coarsest=0.06, finest=6)
    net = 0.6 * ridges(field, 0.22) + 0.4 * ridges(other, 0.25)
    deep = np.asarray(paint(shot.wish.surface_colour, (0.03, 0.36, 0.42)))
    return np.clip(deep * (0.85 + 0.2 * net[..., None]) + 0.22 * net[..., None], 0, 0.95).astype(np.float32)


def _rings(area: Land) -> NDArray[np.floating[Any]]:
    """Rings round something that floats; still water round what stands."""
    shot = area.shot
    if shot.wish.support != "afloat":
        return np.zeros_like(area.x)
    middle = 0.35 * shot.frame.product_width + 0.05
    radius = np.hypot(area.x - shot.frame.product_x, (area.z + 0.2) * 1.1)
    beyond = np.maximum(radius - middle, 0)
    return np.cos(2 * np.pi * beyond / shot.between(0.14, 0.22)) * np.exp(-beyond / 0.45)
