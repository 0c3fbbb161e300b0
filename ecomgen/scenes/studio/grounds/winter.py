"""Snow and ice."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import pebble
from ecomgen.scenes.studio.grounds.relief import Land, land
from ecomgen.scenes.studio.grounds.sand import grains, strewn
from ecomgen.scenes.studio.primitives.noise import ridges, spectral, to_unit_range
from ecomgen.scenes.studio.primitives.shapes import Shape, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.textures.cells import nearest

DEEP = 0.035  # units that the product sinks into snow


def snow(shot: Shot, drop: float) -> list[Thing]:
    """Fresh snow: soft drifts, a crumbly surface with hollows, crumbs that lie about, a few crystals that glint."""
    area = land(shot)
    high = shot.span("drifts", 0.05, 0.21) if shot.ideas else 0.13
    open_land = np.clip((area.away - 0.9) / 2.5, 0, 1) * area.behind()
    drifts = high * open_land * area.noise(falloff=2.4, coarsest=2.2, finest=12)
    crumbs = 0.0035 * area.noise(falloff=1.0, coarsest=0.2, finest=2) * area.calm(0.75)
    swell = 0.026 * area.noise(falloff=2.0, coarsest=0.7, finest=8) * area.calm()
    dent = area.sunk(DEEP) if drop == 0 else 0.0
    shape = area.shape(drifts + crumbs + swell + dent + area.rolling(), drop)
    colour = grains(shot, (0.90, 0.897, 0.89), strength=0.03, relief=0.055)
    sparkle = (spectral(shot.rng, colour.shape[:2], falloff=0.1, finest=0.7) > 3.2)[..., None]
    white = Material(np.where(sparkle, 0.99, np.minimum(colour, 0.95)).astype(np.float32))
    return [Thing(shape, white), _crumbs(shot, area, shape)]


def _crumbs(shot: Shot, area: Land, ground: Shape) -> Thing:
    """Clumps that broke off when something was put into the snow: dense round its foot, small."""
    moulds = [pebble(shot, 1.0, rings=9) for _ in range(5)]
    heights = area.risen(ground)
    count = 420
    wide = 0.5 * shot.frame.product_width
    angle, out = shot.rng.uniform(0, 2 * np.pi, count), shot.rng.gamma(1.3, 0.28, count)
    x = shot.frame.product_x + (wide + 0.03 + out) * np.cos(angle)
    z = -0.2 + (0.3 + out) * np.sin(angle)
    size = 0.005 + 0.022 * shot.rng.random(count) ** 3
    tall = area.at(heights, x, z)
    clear = np.hypot(*shot.from_foot(x, z)) > 0.02
    clumps = strewn(shot, moulds, xyz(x, tall, z)[clear], size[clear], sunk=0.25)
    return Thing(clumps, Material((0.90, 0.897, 0.89)))


def ice(shot: Shot, drop: float) -> list[Thing]:
    """A frozen lake: dark and smooth, with white cracks, veils of trapped air and snow blown over it."""
    area = land(shot)
    shape = (1100, 1100)
    field = spectral(shot.rng, shape, falloff=1.5, coarsest=0.5)
    _, first, second = nearest(shot.rng, shape, 300)
    bold = np.exp(-(((second - first) / 0.014) ** 2))
    fine = ridges(spectral(shot.rng, shape, falloff=1.3, coarsest=0.2), 0.012) * to_unit_range(field, 1.5)
    veils = to_unit_range(spectral(shot.rng, shape, falloff=1.2, coarsest=0.12, finest=2), 1.6) ** 2
    bubbles = np.clip(spectral(shot.rng, shape, falloff=0.3, finest=4) - 2.4, 0, 1)
    blown = np.clip(1.6 * spectral(shot.rng, shape, falloff=1.7, coarsest=0.4) - 1.5, 0, 1)
    pale = (0.35 * to_unit_range(field) + 0.65 * veils)[..., None]
    deep = np.asarray((0.1, 0.22, 0.27)) + np.asarray((0.26, 0.31, 0.32)) * pale
    white = np.clip(0.9 * bold + 0.55 * fine + 0.6 * bubbles + 0.75 * blown, 0, 0.9)
    colour = deep + (0.84 - deep) * white[..., None]
    material = Material(
        np.clip(colour, 0, 1).astype(np.float32),
        roughness=np.clip(0.2 + 0.55 * blown + 0.12 * veils, 0.06, 1).astype(np.float32),
        specular=0.6,
    )
    return [Thing(area.shape(np.zeros_like(area.x), drop), material)]
