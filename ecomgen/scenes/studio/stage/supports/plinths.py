"""What is hewn or turned: plinths, blocks, steps."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, block, disc, joined, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Thing
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports.footprint import FRONT
from ecomgen.scenes.studio.stage.supports.rocks import QUARRIED
from ecomgen.scenes.studio.stage.surfaces import material

STEP, ROOMY = 0.19, 1.25  # units that each of the steps is high; that it is deep at least for props to stand on it


def podium(shot: Shot, surface: str, *, radius: float, height: float) -> Thing:
    """A turned plinth with a rounded edge, or a block."""
    side = 2.4 * radius
    shape = _hewn(shot, surface, radius, height) if shot.wish.support == "block" else disc(radius, height, 0.03)
    shape = shape.draped(side, side).moved(shot.frame.product_x, -height)
    return Thing(shape, material(shot, surface, side, side))


def _hewn(shot: Shot, surface: str, reach: float, height: float) -> Shape:
    """A block on y = 0, turned by chance, its sides `reach` from its middle: as the quarry left it, its edges chipped
    and its top level, or sawn."""
    rough = surface in QUARRIED
    half = np.array([reach, 0.5 * height, reach])
    u, v = np.meshgrid(np.linspace(-1, 1, 60), np.linspace(1, -1, 60))
    front = xyz(u, v, np.ones_like(u))
    faces = [front, front[..., [2, 1, 0]] * [1, 1, -1], front * [-1, 1, -1], front[..., [2, 1, 0]] * [-1, 1, 1]]
    faces += [front[..., [0, 2, 1]] * [1, 1, -1], front[..., [0, 2, 1]] * [1, -1, 1]]
    points = np.stack(faces) * half
    waves = shot.rng.normal(size=(14, 3)) * np.geomspace(3, 40, 14)[:, None]
    lumps = np.sin(points @ waves.T + shot.rng.uniform(0, 6.3, 14)) @ np.geomspace(1, 0.15, 14)
    edge = np.clip(0.035 + 0.014 * lumps, 0.012, 0.09)[..., None] if rough else 0.015
    core = np.clip(points, edge - half, half - edge)
    out = (points - core) / np.maximum(np.linalg.norm(points - core, axis=-1, keepdims=True), 1e-9)
    relief = 0.008 * lumps[..., None] * (1 - np.abs(out[..., 1:2])) if rough else 0.0
    shape = joined([sheet(face) for face in core + (edge + relief) * out])
    return shape.turned(y=shot.side * shot.uniform(12, 34)).moved(0, 0.5 * height)


def tread_of(shot: Shot) -> float:
    """Units that one of the steps is deep: more where props are told, which stand on the next one."""
    return max(FRONT + shot.deep + 0.06, ROOMY if shot.wish.props else 0.0)


def steps(shot: Shot, surface: str) -> Thing:
    """Four steps that run out of the picture; the product stands on the second.

    On one side they end beside it, unless props are told, which stand on the next one.
    """
    tread, side = tread_of(shot), shot.order
    back = FRONT - 3 * tread
    out = 1.3 * shot.frame.half_width(back)
    beside = shot.frame.product_x - side * (0.5 * shot.frame.product_width + shot.uniform(0.3, 0.5))
    end = -side * out if shot.wish.props else beside
    width = out - side * end
    made = []
    for number in range(4):
        near = FRONT + (1 - number) * tread
        step = block(width, (number + 1) * STEP, near - back, 0.012)
        made.append(step.moved(end + 0.5 * side * width, -2 * STEP, 0.5 * (near + back)))
    return Thing(joined(made).draped(width, 4 * tread), material(shot, surface, width, 4 * tread))
