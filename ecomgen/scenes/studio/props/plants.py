"""Leaves, twigs, potted plants, blades of grass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.shapes import Shape, joined, lathe, sheet, tube
from ecomgen.scenes.studio.stage import Material, Thing

if TYPE_CHECKING:
    from numpy.random import Generator

    from ecomgen.scenes.studio.stage import Colour

GREEN = (0.055, 0.13, 0.035)
SAGE = (0.16, 0.22, 0.14)


def leaf(length: float, width: float, *, curl: float = 0.25) -> Shape:
    """A pointed leaf along +y from the origin, folded at its rib and bent at its tip."""
    t = np.linspace(0, 1, 9)[:, None]
    s = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])[None, :]
    half = width / 2 * np.sin(np.pi * t**0.8) ** 0.9
    x = half * s
    y = np.broadcast_to(length * t, x.shape)
    z = 0.25 * width * np.abs(s) * np.sin(np.pi * t) - curl * length * t**2
    return sheet(np.stack([x, y, np.broadcast_to(z, x.shape)], -1))


def twig(rng: Generator, height: float, leaf_size: float, *, lean: float) -> tuple[Shape, Shape]:
    """A stem that leans, and its leaves in pairs: (stem, leaves)."""
    t = np.linspace(0, 1, 14)
    turn = rng.uniform(0, 2 * np.pi)
    reach = lean * height * t**1.7
    path = np.stack([reach * np.cos(turn), height * t, reach * np.sin(turn)], -1)
    stem = tube(path, 0.012 * height * (1.2 - t))
    blades = []
    for k in range(3, 14):
        for flank in (0, 180):
            size = leaf_size * rng.uniform(0.75, 1.15) * (1 - 0.35 * t[k])
            blade = leaf(size, 0.42 * size).turned(x=rng.uniform(-55, -25), z=rng.uniform(-12, 12))
            heading = 137.5 * k + flank + rng.uniform(-25, 25)
            blades.append(blade.turned(y=heading).moved(*path[k]))
    return stem, joined(blades)


def potted_plant(rng: Generator, *, height: float, pot: Colour, green: Colour = GREEN) -> list[Thing]:
    """A plant in a glazed pot on y = 0; the whole is `height` units tall."""
    r = 0.2 * height
    profile = [
        (0, 0),
        (0.72 * r, 0),
        (0.95 * r, 0.5 * r),
        (r, 1.2 * r),
        (0.9 * r, 1.45 * r),
        (0.82 * r, 1.45 * r),
        (0.8 * r, 1.2 * r),
        (0, 1.2 * r),
    ]
    vessel = Thing(shape=lathe(profile), material=Material(colour=pot, roughness=0.35))
    twigs = [twig(rng, height * rng.uniform(0.55, 0.78), 0.2 * height, lean=rng.uniform(0.1, 0.5)) for _ in range(7)]
    stems = joined([stem for stem, _ in twigs]).moved(0, 1.2 * r)
    blades = joined([blade for _, blade in twigs]).moved(0, 1.2 * r)
    return [
        vessel,
        Thing(shape=stems, material=Material(colour=(0.09, 0.08, 0.03))),
        Thing(shape=blades, material=Material(colour=green, roughness=0.45)),
    ]


def blades(rng: Generator, places: np.ndarray, *, height: float | np.ndarray) -> Shape:
    """Grass: one bent blade at each place, Nx3, about `height` tall (one for all, or N)."""
    count = len(places)
    t = np.linspace(0, 1, 5)[None, :]
    usual = np.broadcast_to(np.asarray(height, dtype=np.float64), (count,))[:, None]
    tall = usual * rng.uniform(0.5, 1.2, (count, 1))
    turn = rng.uniform(0, 2 * np.pi, (count, 1))
    bend = tall * rng.uniform(0.1, 0.7, (count, 1)) * t**2
    centre = np.stack([bend * np.cos(turn), tall * t * (1 - 0.25 * t), bend * np.sin(turn)], -1) + places[:, None, :]
    wide = (0.018 * usual + 0.0025) * (1 - t) ** 0.7 * rng.uniform(0.7, 1.4, (count, 1))
    side = np.stack([-np.sin(turn) * wide, np.zeros_like(wide), np.cos(turn) * wide], -1)
    strip = np.stack([centre - side, centre + side], axis=2).reshape(count, 10, 3)
    quad = np.array([[0, 1, 3], [0, 3, 2]], dtype=np.uint32)
    one = np.concatenate([quad + 2 * k for k in range(4)])
    faces = (one[None] + (np.arange(count, dtype=np.uint32) * 10)[:, None, None]).reshape(-1, 3)
    shade = np.repeat(rng.random(count), 10)
    uv = np.stack([shade, np.tile(np.repeat(t[0], 2), count)], -1)
    return Shape(points=strip.reshape(-1, 3).astype(np.float32), faces=faces, uv=uv.astype(np.float32))
