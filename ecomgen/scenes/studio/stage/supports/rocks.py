"""Rocks that are level where the product stands."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined
from ecomgen.scenes.studio.primitives.types import Thing
from ecomgen.scenes.studio.stage.finishes import overgrown
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import material

QUARRIED = frozenset({"stone", "slate", "granite", "travertine"})
"""Stone whose blocks are rough; other blocks are sawn or cast."""
REEF, LEVEL, WORN = 9, 0.8, 14  # rocks in water; how high one is cut level, 1 being round; how sharp edges are


def slab(shot: Shot, surface: str, *, radius: float, thickness: float) -> Thing:
    """A rock, wider than the product, its top level where the product stands."""
    shape = boulder(shot, wide=1.3 * radius, high=0.5 * thickness + 0.1, deep=1.1 * radius)
    side = 2.6 * radius
    made = material(shot, surface, side, side)
    placed = shape.draped(side, side).moved(shot.frame.product_x)
    return Thing(placed, overgrown(made, shot.rng) if shot.wish.ground == "moss" else made)


def reef(shot: Shot, surface: str, *, radius: float, drop: float) -> Thing:
    """Rocks that stand out of water, `drop` units below the product's foot, beside and behind a rock of that radius."""
    rocks = []
    for number in range(REEF):
        size, z = shot.uniform(0.3, 0.75), -shot.uniform(0.0, 2.8)
        side = 1 - 2 * (number % 2)
        edge = shot.frame.product_x + side * (1.2 * radius + 0.8 * size)
        x = edge + side * shot.uniform(0, 0.5) * shot.frame.half_width(z)
        high = size * shot.uniform(0.3, 0.5)
        rock = boulder(shot, wide=size, high=high, deep=size * shot.uniform(0.7, 1))
        risen = min(high * shot.uniform(0.3, 0.9), drop + 0.12)
        rocks.append(rock.turned(y=shot.uniform(0, 360), z=shot.uniform(-9, 9)).moved(x, risen - drop, z))
    return Thing(joined(rocks).draped(2, 2), material(shot, surface, 2, 2))


def boulder(shot: Shot, *, wide: float, high: float, deep: float) -> Shape:
    """A rock about the y axis, half as wide, high and deep as told: broken faces with worn edges, its top y = 0."""
    mould = ball(1, rings=61)
    way = mould.points.astype(np.float64) - [0, 1, 0]
    faces = shot.rng.normal(size=(13, 3)) * [1, 0.45, 1]
    faces /= np.linalg.norm(faces, axis=1, keepdims=True) * shot.rng.uniform(0.78, 1.08, (13, 1))
    faces = np.vstack([faces, [0, 1 / LEVEL, 0], [0, -1, 0]])
    reach = (np.maximum(way @ faces.T, 0) ** WORN).sum(1) ** (-1 / WORN)
    waves = shot.rng.normal(size=(12, 3)) * np.geomspace(4, 34, 12)[:, None]
    lumps = np.sin(way @ waves.T + shot.rng.uniform(0, 6.3, 12)) @ np.geomspace(1, 0.2, 12)
    points = way * (np.minimum(reach, 1.3) * (1 + 0.018 * lumps))[:, None]
    points[:, 1] = np.minimum(points[:, 1] / (0.94 * LEVEL), 1) - 1
    return mould.through(points * [wide, high, deep])
