"""Pebbles and rocks, balls pushed out of shape by noise; crystals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.bodies import pebble, tint
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, lathe
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot


@prop(
    "pebble, spa stone, hot stone, smooth stone, river pebble, zen stone, stone pebble, basalt stone",
    "balancing stone, massage stone, stacked stone, chippings, marble chip",
    rank=8,
)
def pebbles(shot: Shot) -> list[Thing]:
    """Three worn stones."""
    tint = shot.uniform(0.12, 0.5)
    colour = (tint, 0.95 * tint, 0.88 * tint)
    stones = [pebble(shot, shot.uniform(0.1, 0.2)).moved(0.17 * k, 0, shot.uniform(-0.1, 0.1)) for k in range(3)]
    return [Thing(stone, Material(colour)) for stone in stones]


@prop(
    "crystal, gemstone, amethyst, quartz crystal, rose quartz crystal, healing crystal, crystal cluster, crystal point",
    "amethyst cluster, geode, raw crystal, clear quartz, gem stone, citrine, quartz point",
    place="podium",
)
def crystals(shot: Shot) -> list[Thing]:
    """A cluster of quartz points that stand apart, and two that lie before it."""
    points = []
    for k in range(9):
        lean = 0.0 if k == 0 else shot.uniform(14, 44)
        size = shot.uniform(0.34, 0.44) if k == 0 else shot.uniform(0.16, 0.34)
        out = 0.0 if k == 0 else shot.uniform(0.04, 0.1)
        points.append(_point(shot, size).turned(x=lean).moved(0, -0.03, out).turned(y=137.5 * k))
    for x, z, turn in ((0.27, 0.16, 65), (-0.2, 0.24, -25)):
        points.append(_point(shot, 0.24).turned(z=94, y=turn).moved(x, 0.045, z))
    deep = np.linspace(1, 0, 32)[:, None, None] ** 1.5  # milky where it grew
    hue = np.asarray(tint(shot, "#8d6bb8", "#e3aebb", "#dfe3e6", "#8d6bb8"))
    colour = (0.8 + (hue - 0.8) * deep).astype(np.float32)
    return [Thing(joined(points), Material(colour, roughness=0.08, specular=0.9, sheen=0.3))]


def _point(shot: Shot, size: float) -> Shape:
    """A hexagonal prism of quartz, `size` units tall, with a tip of six faces."""
    wide = size * shot.uniform(0.16, 0.22)
    profile = [(0.0, 0.0), (wide, 0.0), (0.94 * wide, size - 1.5 * wide), (0.04 * wide, size)]
    return replace(lathe(profile, segments=6), smooth=False).turned(y=shot.uniform(0, 60))


def strewn(shot: Shot, *, count: int) -> list[Thing]:
    """Some stones beside and behind the product, clear of it."""
    left, right = shot.clear_of_product(0.1)
    found = []
    for _ in range(count):
        z = shot.uniform(-1.6, 0.35)
        edge = shot.frame.right
        x = (
            shot.uniform(right, max(edge, right + 0.2))
            if shot.rng.random() < 0.5
            else shot.uniform(min(-edge, left - 0.2), left)
        )
        tone = shot.uniform(0.10, 0.42)
        colour = (tone, tone * shot.uniform(0.88, 0.97), tone * shot.uniform(0.76, 0.92))
        shape = pebble(shot, shot.uniform(0.05, 0.2)).moved(shot.frame.at(x, z), 0, z)
        found.append(Thing(shape, Material(colour)))
    return found
