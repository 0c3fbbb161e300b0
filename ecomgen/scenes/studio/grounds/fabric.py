"""Cloth, blankets and rugs under a product that sinks in: a soft rim round its base, folds that run to it, yarns."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.bodies.plants import blades
from ecomgen.scenes.studio.grounds.contact_line import BEHIND, cell_noise, length, patch, runs
from ecomgen.scenes.studio.primitives.noise import smooth
from ecomgen.scenes.studio.primitives.shapes import Shape, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.stage.shot import Shot


@dataclass(frozen=True, kw_only=True)
class Softness:
    """How cloth gives way to a product of usual weight, in units of the product's larger side where nothing is said."""

    deep: float  # metres that it sinks in
    rim: tuple[float, float]  # how high the cloth rises round it, for the largest and for the smallest product
    folds: float  # how high the folds are that run to it


CLOTHS = {
    "linen": Softness(deep=0.003, rim=(0.012, 0.022), folds=0.009),
    "cotton": Softness(deep=0.006, rim=(0.02, 0.034), folds=0.012),
    "gingham": Softness(deep=0.004, rim=(0.015, 0.026), folds=0.01),
    "striped": Softness(deep=0.006, rim=(0.02, 0.034), folds=0.009),
    "knit": Softness(deep=0.008, rim=(0.022, 0.036), folds=0.01),
    "denim": Softness(deep=0.003, rim=(0.012, 0.022), folds=0.008),
    "velvet": Softness(deep=0.005, rim=(0.016, 0.028), folds=0.01),
    "silk": Softness(deep=0.0035, rim=(0.013, 0.024), folds=0.013),
}
PILES = {**dict.fromkeys(("rug", "persian", "berber"), 0.014), "fur": 0.05}
"""Rugs, and how far their yarns reach over the outline."""
CUSHIONED = 1.2  # times as deep where the cloth is a cushion's
CELL = 0.004  # units between the points of a patch of cloth
SLOPE = 5.0  # how far a rim runs out, in its heights
CREST = 0.16  # of that: how far before the product it is highest
TOUCHING = 0.62  # of its height, where it touches the product
ROUGH = 0.22  # how uneven it is
REACH = 0.42  # units round the product, over which folds fade
LIFT, BURIED = 0.0005, 0.004  # units by which a patch is above the cloth, and its border below
PASSING = 0.045  # units over which the cloth passes from one part of a line to the next
YARNS = 7000  # for each unit of the line
FINE = 1000  # points round the product, from which on they are all that has to be looked at
AHEAD = 0.09  # units before the product in which they stand


@dataclass(frozen=True, kw_only=True, eq=False)
class Lying:
    """The part of a `ground` that lies round a `line`, Nx2 (x, z)."""

    ground: Shape
    line: Values

    def at(self, x: Values, z: Values) -> Values:
        """Height and texture at places (N): Nx3, y, u, v; not a number where nothing lies."""
        from scipy.interpolate import LinearNDInterpolator

        points, upper = self.ground.points, self.ground.normals()[:, 1] > 0.5
        low, high = self.line.min(0) - 1, self.line.max(0) + 1
        flat = points[:, [0, 2]]
        near = upper & (flat > low).all(1) & (flat < high).all(1)
        if near.sum() < FINE:  # a coarse mesh, as of a rug, has its corners farther away
            near = upper
        if near.sum() < 3 or np.linalg.matrix_rank(flat[near] - flat[near].mean(0)) < 2:
            return np.full((len(x), 3), np.nan)
        known = np.concatenate([points[near, 1:2], self.ground.uv[near]], axis=1)
        return LinearNDInterpolator(flat[near], known)(np.stack([x, z], -1))


def rim(shot: Shot, lying: Lying, soft: Softness, pressing: float, rng: Generator) -> Shape | None:
    """The cloth round a product that presses on it, 1 being as far as it sinks in; None where none lies there."""
    from scipy.ndimage import gaussian_filter
    from scipy.spatial import KDTree

    parts = runs(lying.line)
    if not parts:
        return None
    line = np.concatenate(parts)
    high = pressing * float(np.clip(soft.deep * shot.units_per_metre, *soft.rim))
    wide = SLOPE * high + 0.03
    x, z = patch(line, REACH, CELL)
    found = lying.at(x.ravel(), z.ravel()).reshape(*x.shape, 3)
    away, nearest = KDTree(line).query(np.stack([x, z], -1))
    before = gaussian_filter(np.clip(1 + (z - line[nearest, 1]) / BEHIND, 0, 1), PASSING / CELL)
    touching = TOUCHING + (1 - TOUCHING) * smooth(away / (CREST * wide))
    heap = high * touching * (1 - smooth((away / wide - CREST) / (1 - CREST)))
    folded = pressing * soft.folds * _folds(rng, x, z, line) * smooth(away / 0.05) * (1 - smooth(away / REACH))
    ended = np.clip((away / REACH - 0.35) / 0.65, 0, 1) ** 3
    uneven = 1 + ROUGH * cell_noise(rng, x.shape, CELL, coarsest=0.3, falloff=2.2, finest=12)
    risen = (
        (heap * np.clip(uneven, 0.5, 1.5) + folded) * before + LIFT - (LIFT + BURIED) * np.maximum(ended, 1 - before)
    )
    level = np.nan_to_num(found[..., 0], nan=-1.0)
    draped = np.nan_to_num(found[..., 1:]).reshape(-1, 2).astype(np.float32)
    return replace(sheet(xyz(x, level + risen, z)), uv=draped)


def yarns(shot: Shot, lying: Lying, tips: float, rng: Generator) -> Shape:
    """Yarns of a rug before the product, whose tips reach over its outline by `tips`."""
    line = lying.line
    count = max(round(YARNS * length(line)), 1)
    roots = line[rng.integers(len(line), size=count)]
    ahead = AHEAD * rng.random(count) ** 1.3 + 0.006
    x, z = roots[:, 0] + rng.normal(0, 0.015, count), roots[:, 1] + ahead
    y = np.nan_to_num(lying.at(x, z)[:, 0], nan=-1.0)
    over = tips * np.clip(rng.gamma(4, 0.25, count), 0.2, 1.6)
    tall = over + 1.1 * ahead * shot.frame.eye / shot.frame.distance - y
    return blades(rng, xyz(x, y, z), height=tall, width=0.0026, bend=(0.3, 1.0))


def _folds(rng: Generator, x: Values, z: Values, line: Values) -> Values:
    """Soft ridges that run outwards from a product's base, in [0, 1]."""
    middle = np.array([0.5 * (line[:, 0].min() + line[:, 0].max()), line[:, 1].mean() - 0.12])
    angle = np.arctan2(x - middle[0], z - middle[1])
    swirl = 0.5 * np.hypot(x - middle[0], z - middle[1]) * rng.uniform(-1, 1)
    wave = sum(rng.uniform(0.5, 1) * np.sin(k * (angle + swirl) + rng.uniform(0, 6.3)) for k in (3, 5, 8, 13))
    return smooth(0.5 * np.asarray(wave) - 0.1)
