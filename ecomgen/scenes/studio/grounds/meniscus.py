"""Water round what stands in it: it climbs the product in a thin rim, and rings run out from there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.grounds.contact_line import patch, runs
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Material, Values
from ecomgen.scenes.studio.stage.shot import Shot

Level = Callable[[Values, Values], Values]

SHINING = Material((0.82, 0.86, 0.88), roughness=0.08, metallic=0.7)
"""Clear water that is curved towards the light: as bright as the sky that it gathers."""
WATERS = ("water", "milk", "pool")
CLIMB = 0.0022  # metres that water climbs what it wets
RIM = (0.007, 0.015)  # the same in units, for the largest and for the smallest product
RUNS_OUT = 0.9  # its heights, over which it falls to a third
INSIDE = 0.5  # of its height: how far the rim goes on behind the outline
TAPERED = 0.03  # units at either end, over which it begins
CELL = 0.007  # units between the points of the rings
REACH = 0.85  # units over which they run out
RINGS = 0.0055  # units: how high they are
LIFT, BURIED = 0.0012, 0.008  # units by which they are above the water, and their border below


def rim(shot: Shot, line: Values, level: Level, share: float) -> Shape | None:
    """The water that climbs a product along `line`, Nx2 (x, z), by a `share` of what it may."""
    high = share * float(np.clip(CLIMB * shot.units_per_metre, *RIM))
    parts = [_climbing(part, level, high) for part in runs(line)]
    return joined(parts) if parts else None


def _climbing(part: Values, level: Level, high: float) -> Shape:
    """A ribbon along one part of the line, from behind the outline outwards."""
    along = np.gradient(part, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    outwards = np.stack([-along[:, 1], along[:, 0]], -1)
    far = np.concatenate([[-INSIDE], np.linspace(0, 1, 14) ** 1.5 * 3 * RUNS_OUT]) * high
    places = part[None] + far[:, None, None] * outwards[None]
    x, z = places[..., 0], places[..., 1]
    length = np.arange(len(part)) * np.hypot(*(part[1] - part[0]))
    ends = np.clip(np.minimum(length, length[::-1]) / TAPERED, 0, 1)
    y = high * ends * np.exp(-np.maximum(far, 0) / (RUNS_OUT * high))[:, None]
    y[-1] -= BURIED
    y = y + 1.5 * LIFT + level(x.ravel(), z.ravel()).reshape(x.shape)
    return sheet(xyz(x, y, z))


def rings(line: Values, level: Level, share: float, rng: Generator) -> Shape:
    """Rings that run out from a product and fade."""
    from scipy.spatial import KDTree

    x, z = patch(line, REACH, CELL)
    away, _ = KDTree(line).query(np.stack([x, z], -1))
    length = rng.uniform(0.085, 0.12)
    phase = 2 * np.pi * away / (length * (1 + 0.35 * away)) + rng.uniform(0, 6.3)
    ended = np.clip((away / REACH - 0.4) / 0.6, 0, 1)
    risen = share * RINGS * (0.5 + 0.5 * np.cos(phase)) * np.exp(-away / 0.28) * (1 - ended)
    y = level(x.ravel(), z.ravel()).reshape(x.shape) + risen + LIFT - (LIFT + BURIED) * ended**3
    return sheet(xyz(x, y, z))
