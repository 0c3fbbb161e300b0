"""A bank of cloud, heaped from puffs, level where the product stands."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.stage.shot import Shot

WHITE = (0.93, 0.93, 0.945)
SCATTERED = (0.15, 0.153, 0.165)  # light that comes through from all sides, which a surface alone would not show
ROWS, ACROSS = 15, 13  # heaps from behind to in front, and side by side


def clouds(shot: Shot, drop: float) -> list[Thing]:
    """Heaps in rows, larger and higher the farther away, the nearest ones below what they carry."""
    near, half = shot.frame.nearest + 0.4, 0.5 * shot.frame.product_width
    heaps = [_cushion(shot, half)]
    for z in np.linspace(-9.0, near, ROWS):
        wide = 1.15 * shot.frame.half_width(float(z))
        for x in np.linspace(-wide, wide, ACROSS):
            at = float(x) + shot.uniform(-0.6, 0.6) * wide / ACROSS, float(z) + shot.uniform(-0.3, 0.3)
            size = 2.0 * wide / ACROSS * shot.uniform(0.8, 1.5)
            heaps.append(_heap(shot, size).moved(at[0], _top(shot, at, half) - size, at[1]))
    return [Thing(joined(heaps).moved(0, -drop), Material(WHITE, glow=SCATTERED))]


def _top(shot: Shot, at: tuple[float, float], half: float) -> float:
    """How high a heap may rise: never before the product, far behind it as hills of cloud."""
    behind = max(0.0, -at[1] - 0.7)
    beside = max(0.0, abs(at[0] - shot.frame.product_x) - half - 0.25)
    if at[1] > -0.3 and beside == 0:
        return shot.uniform(-0.34, -0.14)
    return shot.uniform(-0.22, 0.02) + min(0.1 * beside, 0.12) + shot.uniform(0.02, 0.09) * behind


def _cushion(shot: Shot, half: float) -> Shape:
    """What the product itself stands on: wide and level on top, at y = 0, with puffs round its rim."""
    wide, deep = half + 0.42, 0.62 + 0.5 * half
    mould = ball(1.0, rings=33).moved(0, -1)
    level = mould.points.copy()
    level[:, 1] = 0.3 * (np.sign(level[:, 1]) * np.abs(level[:, 1]) ** 0.4 - 1)
    pieces = [Shape(points=level, faces=mould.faces, uv=mould.uv).scaled(wide, 1, deep)]
    for around in np.linspace(0, 2 * np.pi, 15)[:-1] + shot.uniform(0, 0.4):
        size = shot.uniform(0.13, 0.22)
        x, z = wide * np.sin(around), deep * np.cos(around)
        pieces.append(_heap(shot, size).moved(float(x), shot.uniform(-0.12, -0.04) - size, float(z)))
    return joined(pieces).moved(shot.frame.product_x, 0, -0.1)


def _heap(shot: Shot, size: float) -> Shape:
    """A puff with smaller ones all over it, about `size` in radius, its top near y = `size`."""
    puffs = [ball(size, rings=21).scaled(1, 0.9, 1).moved(0, -0.8 * size)]
    for _ in range(7):
        around, up = shot.uniform(0, 2 * np.pi), shot.uniform(0.0, 1.0)
        out = 0.7 * size * np.cos(0.5 * np.pi * up)
        radius = size * shot.uniform(0.4, 0.62)
        y = 0.05 * size + 0.45 * size * np.sin(0.5 * np.pi * up)
        puffs.append(ball(radius, rings=17).moved(out * np.sin(around), y - radius, out * np.cos(around)))
    return joined(puffs)
