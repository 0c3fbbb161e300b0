"""Lakes and the sea up to the horizon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.backdrops.land import hills, mountains, pines
from ecomgen.scenes.studio.backdrops.sky import haze, strength
from ecomgen.scenes.studio.stage.lights import kelvin
from ecomgen.scenes.studio.stage.noise import spectral

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.backdrop import Painting
    from ecomgen.scenes.studio.stage.lights import Daylight
    from ecomgen.scenes.studio.stage.shot import Shot


def lake(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Water up to a far shore, which it mirrors."""
    (hills, mountains, pines)[int(shot.rng.integers(3))](shot, picture, hour)
    rows = picture.shape[0]
    horizon = int(np.clip(picture.top * picture.scale, 1, rows - 1))
    depth = min(rows - horizon, horizon)
    mirrored = picture.light[horizon - depth : horizon][::-1]
    waves = spectral(shot.rng, (depth, picture.shape[1]), falloff=0.8, coarsest=0.1, stretch=(1, 10))
    ripple = np.clip(1 + 0.12 * waves, 0.5, 1.6)[..., None]
    picture.light[horizon : horizon + depth] = mirrored * 0.7 * ripple + np.array([0.01, 0.02, 0.025])
    picture.light[horizon + depth :] = picture.light[horizon + depth - 1 : horizon + depth]


def sea(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Open sea up to a horizon that fades, deeper towards it, glittering under the sun."""
    depth = np.clip(-picture.y / 0.5, 0, 1)
    deep, shallow = np.array([0.03, 0.12, 0.19]), np.array([0.10, 0.29, 0.33])
    warmth = np.asarray(kelvin(hour.kelvin)) * strength(hour)
    if shot.has("lakeside"):
        deep, shallow = np.array([0.03, 0.09, 0.12]), np.array([0.05, 0.13, 0.15])
    if shot.wish.surface == "milk":
        deep, shallow = np.array([0.62, 0.62, 0.60]), np.array([0.80, 0.79, 0.75])
    water = (deep + (shallow - deep) * depth[..., None] ** 1.5) * warmth
    far = 0.7 * np.exp(np.minimum(picture.y, 0) / 0.035)[..., None]
    water = water + (haze(hour) * 0.8 - water) * far
    waves = 1 + 0.16 * spectral(shot.rng, picture.shape, falloff=0.9, coarsest=0.08, stretch=(1, 9))
    sparks = np.clip(spectral(shot.rng, picture.shape, falloff=0.25, finest=1.2, stretch=(1, 3)) - 2.3, 0, 2)
    under = np.exp(-(((picture.x - 0.7 * shot.side * picture.right) / 0.45) ** 2))
    glitter = (sparks * (2.0 + 16.0 * under))[..., None] * haze(hour)
    picture.blend(
        water * waves[..., None] + glitter * strength(hour), np.clip(-picture.y / 0.012, 0, 1) * np.ones_like(waves)
    )


def surf(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """The sea as it runs out on a beach: lines of foam, then wet sand that mirrors the sky."""
    sea(shot, picture, hour)
    wave = 0.02 * spectral(shot.rng, (32, picture.shape[1]), falloff=1.3, coarsest=16)[0][None, :]
    edge = wave - shot.between(0.16, 0.3)
    for share, wide, strong in ((1.0, 0.014, 0.9), (0.72, 0.007, 0.6), (0.45, 0.004, 0.45)):
        torn = np.clip(0.7 + 0.5 * spectral(shot.rng, picture.shape, falloff=0.8, coarsest=0.1, stretch=(1, 5)), 0, 1)
        foam = np.exp(-(((picture.y - edge * share) / wide) ** 2)) * torn
        picture.blend(np.full(3, 1.2 * strength(hour)), np.clip(foam, 0, 1) * strong)
    wet = np.array([0.42, 0.33, 0.23]) * kelvin(hour.kelvin) * strength(hour) * 0.75 + 0.18 * haze(hour)
    picture.blend(wet, np.clip((edge - picture.y) / 0.02, 0, 1))
