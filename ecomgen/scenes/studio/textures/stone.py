"""Stone: veins where warped noise crosses zero, clouds, grains and pits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.noise import ridges, sample, spectral, to_unit_range
from ecomgen.scenes.studio.primitives.types import Colour, Values
from ecomgen.scenes.studio.textures import Finish, Patch, facets


@dataclass(frozen=True, kw_only=True)
class Stone:
    """A kind of stone, in linear colours. `veins`, `speckle`, `pits` and `clouds` say how strongly each shows."""

    base: Colour
    cloud: Colour
    vein: Colour
    veins: float = 0.0
    clouds: float = 0.5
    speckle: float = 0.0
    pits: float = 0.0
    roughness: float = 0.5
    relief: float = 0.002
    cloud_size: float = 0.25  # metres
    grit: float = 0.0  # how strongly its own small light and shade shows


KINDS = {
    "marble": Stone(
        base=(0.76, 0.75, 0.73),
        cloud=(0.55, 0.55, 0.56),
        vein=(0.20, 0.20, 0.21),
        veins=1.0,
        clouds=0.45,
        roughness=0.22,
    ),
    "black marble": Stone(
        base=(0.016, 0.016, 0.018), cloud=(0.04, 0.04, 0.045), vein=(0.65, 0.62, 0.56), veins=0.7, roughness=0.16
    ),
    "green marble": Stone(
        base=(0.03, 0.09, 0.06), cloud=(0.06, 0.16, 0.11), vein=(0.5, 0.58, 0.5), veins=0.7, roughness=0.18
    ),
    "travertine": Stone(
        base=(0.66, 0.56, 0.43),
        cloud=(0.52, 0.42, 0.30),
        vein=(0.40, 0.31, 0.21),
        veins=0.2,
        pits=0.8,
        roughness=0.55,
        grit=0.07,
    ),
    "slate": Stone(
        base=(0.07, 0.075, 0.08),
        cloud=(0.12, 0.125, 0.13),
        vein=(0.18, 0.18, 0.18),
        veins=0.15,
        clouds=0.6,
        roughness=0.6,
        grit=0.16,
    ),
    "granite": Stone(
        base=(0.34, 0.33, 0.32), cloud=(0.24, 0.235, 0.23), vein=(0.1, 0.1, 0.1), speckle=0.9, roughness=0.24, grit=0.05
    ),
    "concrete": Stone(
        base=(0.42, 0.415, 0.40),
        cloud=(0.31, 0.305, 0.295),
        vein=(0.2, 0.2, 0.2),
        pits=0.5,
        speckle=0.15,
        roughness=0.8,
        grit=0.05,
    ),
    "stone": Stone(
        base=(0.33, 0.31, 0.28),
        cloud=(0.20, 0.195, 0.18),
        vein=(0.12, 0.115, 0.10),
        veins=0.12,
        clouds=0.8,
        speckle=0.4,
        pits=0.4,
        roughness=0.85,
        cloud_size=0.12,
        grit=0.26,
    ),
    "plaster": Stone(
        base=(0.72, 0.69, 0.64), cloud=(0.62, 0.59, 0.54), vein=(0.5, 0.48, 0.45), pits=0.15, roughness=0.95, grit=0.05
    ),
}


def slab(rng: Generator, area: Patch, *, kind: Stone) -> Finish:
    """A slab of a kind of stone."""
    shape, depth = area.shape, area.depth
    size = kind.cloud_size / depth
    clouds = to_unit_range(spectral(rng, shape, falloff=1.6, coarsest=size)) * kind.clouds
    veins = _veins(rng, shape, depth) * kind.veins if kind.veins else np.zeros(shape, np.float32)
    fine = spectral(rng, shape, falloff=0.3, finest=1.2)
    pits = _pits(rng, shape, area.density) * kind.pits
    base, cloud, vein = (np.asarray(c, np.float32) for c in (kind.base, kind.cloud, kind.vein))
    colour = base + (cloud - base) * clouds[..., None]
    colour += (vein - colour) * np.clip(veins, 0, 1)[..., None]
    colour *= np.clip(1 + (0.012 + 0.22 * kind.speckle) * fine, 0.1, 2)[..., None] * (1 - 0.5 * pits)[..., None]
    if kind.grit:
        lumps, facing = facets(rng, area, 0.035)
        colour *= (1 + kind.grit * (facing + 0.5 * np.tanh(lumps)))[..., None]
    roughness = np.clip(kind.roughness + 0.08 * (clouds - 0.25) + 0.3 * pits, 0.05, 1)
    height = 0.3 * clouds + 0.12 * fine - pits
    return Finish(
        colour=np.clip(colour, 0, 1), height=height.astype(np.float32), roughness=roughness.astype(np.float32)
    )


def _veins(rng: Generator, shape: tuple[int, int], depth: float) -> Values:
    """A few bold veins with fine ones beside them, fading in and out, running mostly one way."""
    depth = depth / float(np.clip(depth / 0.9, 0.3, 1))  # a small piece is cut where the stone shows its veins
    rows, columns = np.meshgrid(np.arange(shape[0]), np.arange(shape[1]), indexing="ij")
    bend = 0.05 * shape[0] / depth * 0.5
    warp = [bend * spectral(rng, shape, falloff=1.7, coarsest=0.3 / depth) for _ in range(2)]
    total = np.zeros(shape, np.float32)
    for size, width, strength in ((0.45, 0.02, 0.9), (0.2, 0.016, 0.5), (0.09, 0.02, 0.28)):
        field = spectral(rng, shape, falloff=1.9, coarsest=size / depth, stretch=(1.9, 1.0))
        presence = to_unit_range(spectral(rng, shape, falloff=1.8, coarsest=0.5 / depth), 1.2) ** 1.6
        bent = sample(field, rows + warp[0], columns + warp[1])
        total += strength * presence * (0.65 * ridges(bent, width) + 0.35 * ridges(bent, 6 * width) * presence)
    return np.clip(total, 0, 1)


def _pits(rng: Generator, shape: tuple[int, int], density: float) -> Values:
    grain = spectral(rng, shape, falloff=0.5, finest=max(1.5, 0.0012 * density))
    return np.clip((grain - 2.1) * 1.4, 0, 1)
