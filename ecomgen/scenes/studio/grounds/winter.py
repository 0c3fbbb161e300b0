"""Snow and ice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.building.noise import ridges, spectral
from ecomgen.scenes.studio.building.stage import Material, Thing
from ecomgen.scenes.studio.grounds.relief import land

if TYPE_CHECKING:
    from ecomgen.scenes.studio.building.shot import Shot


def snow(shot: Shot, drop: float) -> list[Thing]:
    """Fresh snow: soft drifts, a crumbly surface, a few crystals that glint."""
    area = land(shot)
    drifts = 0.11 * area.noise(falloff=2.4, coarsest=4, finest=12) * np.clip((area.away - 0.9) / 2.5, 0, 1)
    crumbs = 0.0011 * area.noise(falloff=1.1, coarsest=0.25, finest=2) * area.calm(0.9)
    swell = 0.012 * area.noise(falloff=2.2, coarsest=1.0, finest=10) * area.calm()
    shape = area.shape(drifts + crumbs + swell, drop)
    sparkle = (spectral(shot.rng, (1200, 1200), falloff=0.1, finest=0.7) > 3.4)[..., None]
    grain = 1 + 0.025 * spectral(shot.rng, (1200, 1200), falloff=0.4)[..., None]
    colour = np.clip(np.asarray((0.92, 0.912, 0.90)) * grain, 0, 0.94)
    return [Thing(shape=shape, material=Material(colour=np.where(sparkle, 0.99, colour).astype(np.float32)))]


def ice(shot: Shot, drop: float) -> list[Thing]:
    """A frozen lake: dark, smooth, with white cracks."""
    area = land(shot)
    field = spectral(shot.rng, (1400, 1400), falloff=1.5, coarsest=0.5)
    cracks = ridges(field, 0.012) + 0.5 * ridges(spectral(shot.rng, (1400, 1400), falloff=1.3, coarsest=0.2), 0.01)
    cloud = np.clip(0.25 + 0.12 * field, 0, 1)[..., None]
    blue = np.asarray((0.30, 0.46, 0.54)) * (0.7 + cloud)
    colour = blue + (0.85 - blue) * np.clip(cracks, 0, 0.8)[..., None]
    material = Material(colour=np.clip(colour, 0, 1).astype(np.float32), roughness=0.14, specular=0.6)
    return [Thing(shape=area.shape(np.zeros_like(area.x), drop), material=material)]
