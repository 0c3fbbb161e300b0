"""Water and milk: a rippled, mirroring surface; rings spread from what stands or floats in it; a pool and its edge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.grounds.relief import Land, land
from ecomgen.scenes.studio.primitives.noise import ridges, spectral
from ecomgen.scenes.studio.primitives.shapes import block
from ecomgen.scenes.studio.primitives.types import Material, Thing, Values
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import tables
from ecomgen.scenes.studio.stage.surfaces import paint

SWELL = 1.5  # units from one wave of the sea to the next
FOAM = 0.82
FAR_EDGE = -8.0  # units: where a pool ends


def water(shot: Shot, drop: float) -> list[Thing]:
    """Clear shallow water, blue-green in its depth; the open sea where that is behind."""
    if "sea" in shot.wish.background and shot.wish.support != "afloat":
        return [_swell(shot, drop)]
    colour = paint(shot.wish.surface_colour, (0.012, 0.045, 0.05))
    area = land(shot)
    heights = 0.0035 * area.noise(falloff=1.7, coarsest=0.8, finest=4, stretch=(1, 2.6)) + 0.006 * _rings(area)
    return [Thing(area.shape(heights, drop), Material(colour, roughness=0.05, specular=1.0))]


def _swell(shot: Shot, drop: float) -> Thing:
    """The sea as it runs against what stands in it: waves that come in one behind the other, foam on them and round
    it."""
    area = land(shot)
    colour = np.asarray(paint(shot.wish.surface_colour, (0.02, 0.05, 0.06) if shot.stormy else (0.015, 0.085, 0.105)))
    bent = 0.5 * area.noise(falloff=2.0, coarsest=2.5, finest=20)
    phase = 2 * np.pi * (area.z + 0.25 * shot.side * area.x + bent) / SWELL
    waves = (0.09 if shot.stormy else 0.03) * np.maximum(np.cos(phase), -0.4) * np.clip((area.away - 1.2) / 2, 0.15, 1)
    chop = 0.008 * area.noise(falloff=1.5, coarsest=0.6, finest=3, stretch=(1, 2.2))
    made = area.shape(waves + chop, drop)
    torn, lace = area.noise(falloff=1.0, coarsest=0.5, finest=2), area.noise(falloff=1.3, coarsest=0.35, finest=2)
    around = np.exp(-(((area.away - 2.4) / 1.0) ** 2)) * np.clip(0.75 + 0.6 * torn, 0, 1)
    crests = np.exp(-(((np.cos(phase) - 1) / 0.22) ** 2)) * np.clip(0.25 + 0.8 * torn, 0, 1) * (area.z < -0.9)
    foam = np.clip(around + crests + 0.6 * ridges(lace, 0.16) * np.clip(around + crests + 0.25, 0, 1), 0, 1)
    uv = np.stack(np.meshgrid(np.linspace(0, 1, area.x.shape[1]), np.linspace(0, 1, area.x.shape[0])), -1)
    white = colour + (FOAM - colour) * foam[..., None]
    water = Material(white.astype(np.float32), roughness=(0.07 + 0.8 * foam).astype(np.float32), specular=1.0)
    return Thing(replace(made, uv=uv.reshape(-1, 2).astype(np.float32)), water)


def milk(shot: Shot, drop: float) -> list[Thing]:
    """Milk: white, thick, with slow round waves."""
    colour = paint(shot.wish.surface_colour, (0.84, 0.82, 0.77))
    area = land(shot)
    heights = 0.016 * area.noise(falloff=2.2, coarsest=1.4, finest=8) * area.calm() + 0.009 * _rings(area)
    return [Thing(area.shape(heights, drop), Material(colour, roughness=0.16, specular=0.45))]


def pool_edge(shot: Shot, drop: float) -> list[Thing]:
    """Pale stone, a rounded edge, and behind it the turquoise water of a pool up to its far edge."""
    far = -0.5 * shot.frame.product_width - shot.uniform(0.35, 0.7)
    stone = (
        shot.choice("travertine", "concrete", "paving") if shot.wish.surface in (None, "pool edge") else "travertine"
    )
    edge = tables.table(shot, stone, far=far, thickness=0.14)
    if "sea" in shot.wish.background:  # into which an infinity pool runs
        return [edge.moved(0, -drop), *pool(shot, drop + 0.1)]
    deep = shot.uniform(1.2, 1.8)
    across = block(2.4 * shot.frame.half_width(FAR_EDGE), 0.14, deep, 0.02).moved(0, -drop - 0.14, FAR_EDGE)
    return [edge.moved(0, -drop), replace(edge, shape=across), *pool(shot, drop + 0.1, far=FAR_EDGE)]


def pool(shot: Shot, drop: float, *, far: float = -16.0) -> list[Thing]:
    """The water of a swimming pool, a net of light on its floor."""
    area = land(shot, far=far)
    waves = 0.004 * area.noise(falloff=1.6, coarsest=0.5, finest=3, stretch=(1, 1.8)) + 0.006 * _rings(area)
    return [Thing(area.shape(waves, drop), Material(_caustics(shot), roughness=0.04, specular=0.8))]


def _caustics(shot: Shot) -> Values:
    """The floor of a pool seen through its water, HxWx3 linear: turquoise under a net of light."""
    shape = (900, 900)
    field = spectral(shot.rng, shape, falloff=1.7, coarsest=0.09, finest=6)
    other = spectral(shot.rng, shape, falloff=1.7, coarsest=0.06, finest=6)
    net = 0.6 * ridges(field, 0.22) + 0.4 * ridges(other, 0.25)
    deep = np.asarray(paint(shot.wish.surface_colour, (0.03, 0.36, 0.42)))
    return np.clip(deep * (0.85 + 0.2 * net[..., None]) + 0.22 * net[..., None], 0, 0.95).astype(np.float32)


def _rings(area: Land) -> Values:
    """Rings round something that floats; still water round what stands."""
    shot = area.shot
    if shot.wish.support != "afloat":
        return np.zeros_like(area.x)
    middle = 0.35 * shot.frame.product_width + 0.05
    radius = np.hypot(area.x - shot.frame.product_x, (area.z + 0.2) * 1.1)
    beyond = np.maximum(radius - middle, 0)
    return np.cos(2 * np.pi * beyond / shot.uniform(0.14, 0.22)) * np.exp(-beyond / 0.45)
