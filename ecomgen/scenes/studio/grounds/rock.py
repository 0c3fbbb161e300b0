"""Stone as it is split along its layers: a floor with ledges, and slabs whose broken edge shows the layers."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.grounds.relief import TEXTURE, land
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Thing, Values
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import material

LEDGE = 0.035  # units by which one layer of the floor lies above the next
AROUND, RINGS, LAYERS = 721, 26, 11  # points round a slab, rows of its top, layers of its edge
TEETH = 0.016  # units by which a broken edge is uneven


def floor(shot: Shot, surface: str, *, drop: float = 0.0) -> Thing:
    """A floor of the stone, `drop` units below the product's foot: layers that end in ledges, level where it stands."""
    area = land(shot)
    field = area.noise(falloff=2.5, coarsest=2.6, finest=24)
    foot = float(area.at(field, np.array([shot.frame.product_x]), np.array([-0.1]))[0])
    jagged = 0.1 * area.noise(falloff=1.2, coarsest=0.5, finest=8)
    level = (0.8 * np.tanh(field - foot) + jagged) * area.calm(1.6)
    whole = np.round(level)
    risen = whole + np.clip((level - whole - 0.2) / 0.22, 0, 1)
    risen = np.where(risen > 0, risen * area.behind(), risen) * np.clip(1.6 + area.z / 3, 0, 1)
    rough = 0.0007 if "wet" in shot.wish.finish else 0.0016
    rough = rough * area.noise(falloff=1.3, coarsest=0.25, finest=1.5) * area.calm(0.9)
    shape = area.shape(LEDGE * risen + rough, drop)
    return Thing(shape, material(shot, surface, TEXTURE, TEXTURE))


def slab(shot: Shot, surface: str, *, half: tuple[float, float], thickness: float) -> Thing:
    """A slab about the origin, its top at y = 0, `half` as wide and as deep, broken as such stone breaks."""
    turn = np.linspace(-np.pi, np.pi, AROUND)
    rims = _outline(shot, turn) + _broken(shot, turn)
    levels = -thickness * np.linspace(0, 1, LAYERS + 1)
    parts = [_top(rims[0], turn, half)]
    for rim, above, below in zip(rims, levels, levels[1:], strict=False):
        parts.append(_ring(turn, half, [(rim, above), (rim * 1.002, 0.5 * (above + below)), (rim, below)]))
    parts += [
        _ring(turn, half, [(upper, level), (lower, level)])
        for upper, lower, level in zip(rims, rims[1:], levels[1:], strict=False)
    ]
    width, depth = 2.2 * half[0], 2.2 * half[1]
    return Thing(joined(parts).draped(width, depth), material(shot, surface, width, depth))


def _outline(shot: Shot, turn: Values) -> Values:
    """How far the outline of a split slab is from its middle: straight breaks that meet in blunt corners."""
    count = int(shot.rng.integers(6, 9))
    breaks = 2 * np.pi * (np.arange(count) + shot.rng.uniform(-0.25, 0.25, count)) / count
    away = shot.rng.uniform(0.9, 1.04, count)
    cut = np.cos(turn[None] - breaks[:, None])
    return np.where(cut > 0.2, away[:, None] / np.maximum(cut, 0.2), np.inf).min(0)


def _broken(shot: Shot, turn: Values) -> Values:
    """By how much each layer reaches out over the outline, from the top down, LAYERSxN: no two break alike."""
    field = spectral(shot.rng, (32, len(turn) - 1), falloff=1.2, coarsest=0.12, finest=8)[:LAYERS]
    shifts = shot.rng.integers(0, len(turn) - 1, LAYERS)
    torn = np.stack([np.roll(row, shift) for row, shift in zip(field, shifts, strict=True)])
    steps = np.cumsum(shot.rng.gamma(1.2, 0.007, LAYERS))[:, None] + TEETH * torn
    return np.concatenate([steps, steps[:, :1]], axis=1)


def _top(rim: Values, turn: Values, half: tuple[float, float]) -> Shape:
    out = np.linspace(0, 1, RINGS)[:, None]
    x, z = half[0] * out * rim * np.sin(turn), half[1] * out * rim * np.cos(turn)
    return sheet(xyz(x, -0.006 * np.clip((out - 0.96) / 0.04, 0, 1) * np.ones_like(x), z))


def _ring(turn: Values, half: tuple[float, float], rows: list[tuple[Values, float]]) -> Shape:
    """A band round the slab through `rows`, each its distance from the middle and its height."""
    points = [xyz(half[0] * rim * np.sin(turn), level, half[1] * rim * np.cos(turn)) for rim, level in rows]
    return sheet(np.stack(points))
