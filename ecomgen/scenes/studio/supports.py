"""What the product stands on: its top is y = 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.noise import spectral
from ecomgen.scenes.studio.shapes import Shape, block, disc, ground, lathe, sheet
from ecomgen.scenes.studio.stage import Material, Thing
from ecomgen.scenes.studio.surfaces import material

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot


def visible_patch(shot: Shot, far: float) -> tuple[float, float]:
    """Width and depth, in units, of the ground that is seen sharply, for a texture that need not repeat there."""
    width = 2 * shot.frame.right * 1.25
    return width, shot.frame.nearest - far + 0.3


def table(shot: Shot, surface: str, *, far: float, thickness: float = 0.16) -> Thing:
    """A table top that ends `far` units behind (far < 0) and runs out of the picture at the sides and in front."""
    near = max(shot.frame.nearest + 0.5, 0.8)
    width, depth = visible_patch(shot, far)
    half = shot.frame.half_width(far) * 1.6
    top = block(2 * half, thickness, near - far, 0.025 * min(shot.metre / 4.5, 1.5)).moved(
        0, -thickness, (near + far) / 2
    )
    return Thing(shape=_laid(top, width, depth, far), material=material(shot, surface, width, depth))


def floor(shot: Shot, surface: str, *, far: float) -> Thing:
    """A floor without visible end."""
    width, depth = visible_patch(shot, max(far, -4.0))
    half = shot.frame.half_width(far) * 1.5
    flat = ground(-half, half, shot.frame.nearest + 0.6, far)
    return Thing(shape=_laid(flat, width, depth, max(far, -4.0)), material=material(shot, surface, width, depth))


def _laid(shape: Shape, width: float, depth: float, far: float) -> Shape:
    """`shape` with a texture of width x depth units laid over it, the texture's top at z = far."""
    moved = shape.draped(width, depth)
    moved.uv[:, 1] -= 0.5 + far / depth
    return moved


def sweep(shot: Shot, colour: tuple[float, float, float], *, far: float = -2.4, radius: float = 1.3) -> Thing:
    """A seamless roll of paper: floor, bend and wall in one."""
    half = shot.frame.half_width(far - radius) * 2.2
    angle = np.linspace(0, np.pi / 2, 24)
    z = np.concatenate([[max(shot.frame.nearest, 1) + 1.5], far - radius * np.sin(angle), [far - radius]])
    y = np.concatenate([[0.0], radius * (1 - np.cos(angle)), [14.0]])
    z, y = z[::-1], y[::-1]
    x = np.linspace(-half, half, 2)
    grid = np.stack([np.broadcast_to(x, (len(z), 2)), np.repeat(y[:, None], 2, 1), np.repeat(z[:, None], 2, 1)], -1)
    return Thing(shape=sheet(grid), material=Material(colour=colour))


def slab(shot: Shot, surface: str, *, radius: float, thickness: float) -> Thing:
    """A rough round stone slab, wider than the product, its top flat where the product stands."""
    base = disc(radius, thickness, 0.05)
    points = base.points.astype(np.float64)
    angle = np.arctan2(points[:, 0], points[:, 2])
    wobble = sum(shot.between(-0.05, 0.05) * np.cos(k * angle + shot.between(0, 6.3)) for k in (2, 3, 4, 5, 7))
    points[:, [0, 2]] *= (1 + np.asarray(wobble))[:, None]
    points[:, 0] += shot.frame.product_x
    points[:, 1] -= thickness
    shape = Shape(points=points.astype(np.float32), faces=base.faces, uv=base.uv)
    width = depth = 2.6 * radius
    shape = shape.moved(-shot.frame.product_x).draped(width, depth).moved(shot.frame.product_x)
    return Thing(shape=shape, material=material(shot, surface, width, depth))


def podium(shot: Shot, surface: str, *, radius: float, height: float) -> Thing:
    """A turned plinth with a rounded edge."""
    width = depth = 2.4 * radius
    shape = disc(radius, height, 0.03).draped(width, depth).moved(shot.frame.product_x, -height)
    return Thing(shape=shape, material=material(shot, surface, width, depth))


def terrain(shot: Shot, *, far: float, height: float, drop: float = 0.0, calm: float = 0.8) -> Shape:
    """Natural ground: bumps of `height` units, calm round the product so that it stands, lowered by `drop`."""
    half = shot.frame.half_width(far) * 1.4
    near = shot.frame.nearest + 0.6
    relief = spectral(shot.rng, (220, 320), falloff=1.9, coarsest=0.25) * height
    z, x = np.meshgrid(np.linspace(far, near, 220), np.linspace(-half, half, 320), indexing="ij")
    away = np.hypot((x - shot.frame.product_x) / (0.6 + shot.frame.product_width), z / 0.8)
    flat = 1 - np.exp(-((away / max(calm, 1e-3)) ** 4))
    return ground(-half, half, near, far, relief * flat - drop)


__all__ = ["floor", "lathe", "podium", "slab", "sweep", "table", "terrain", "visible_patch"]
