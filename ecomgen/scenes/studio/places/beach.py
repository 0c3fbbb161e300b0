"""A beach: rippled sand, the sea and the sky out of focus, low warm or high clear sun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio import lights, supports
from ecomgen.scenes.studio.backdrops.sky import paint_sky
from ecomgen.scenes.studio.noise import spectral
from ecomgen.scenes.studio.painting import Painting
from ecomgen.scenes.studio.props.gobos import leaves
from ecomgen.scenes.studio.props.stones import pebbles
from ecomgen.scenes.studio.stage import Backdrop, Stage, Thing
from ecomgen.scenes.studio.textures.sand import rippled

if TYPE_CHECKING:
    from ecomgen.scenes.studio.lights import Daylight
    from ecomgen.scenes.studio.shot import Shot


def build(shot: Shot) -> Stage:
    hour = lights.daylight(shot, "afternoon", "morning", "golden", "golden")
    sun = lights.sun_from(shot, hour, azimuth=shot.between(75, 130), height=min(hour.height, 38))
    things = [_ground(shot), *pebbles(shot, count=int(shot.rng.integers(3, 9)))]
    if shot.wish.surface is not None:
        things.append(
            supports.slab(shot, shot.wish.surface, radius=0.62 * shot.frame.product_width + 0.45, thickness=0.2)
        )
    if shot.wish.hardness == "dappled":
        things.append(leaves(shot, sun, distance=4.2))
    return Stage(things=tuple(things), lamps=(sun,), dome=hour.sky, backdrop=_sea(shot, hour), aperture=0.05)


def _ground(shot: Shot) -> Thing:
    drop = 0.17 if shot.wish.surface is not None else 0.0
    return rippled(shot, far=-shot.between(5.0, 8.0), drop=drop)


def _sea(shot: Shot, hour: Daylight) -> Backdrop:
    """Sky, a band of sea that is deeper towards the horizon, foam where it meets the sand."""
    picture = Painting(shot.frame, (0, 0, 0))
    paint_sky(shot, picture, hour)
    shore = -shot.between(0.16, 0.34)
    depth = np.clip(-picture.y / -shore, 0, 1)
    deep, shallow = np.array([0.03, 0.17, 0.27]), np.array([0.17, 0.47, 0.50])
    water = (deep + (shallow - deep) * depth[..., None] ** 1.5) * np.asarray(lights.kelvin(hour.kelvin)) * 1.1
    waves = 1 + 0.10 * spectral(shot.rng, picture.shape, falloff=0.9, coarsest=0.08, stretch=(1, 9))
    sea = np.broadcast_to(water, (*picture.shape, 3)) * waves[..., None]
    glitter = np.clip(spectral(shot.rng, picture.shape, falloff=0.3, finest=1.2, stretch=(1, 4)) - 2.2, 0, 2) * 3
    picture.blend(
        sea + glitter[..., None] * np.asarray(lights.kelvin(hour.kelvin)), np.broadcast_to(picture.y < 0, picture.shape)
    )
    line = shore + 0.02 * spectral(shot.rng, (8, picture.shape[1]), falloff=1.3, coarsest=4)[0][None, :]
    foam = np.exp(-(((picture.y - line) / 0.012) ** 2)) + 0.5 * np.exp(-(((picture.y - line * 0.72) / 0.006) ** 2))
    picture.blend((1.3, 1.3, 1.25), np.clip(foam, 0, 1) * 0.8)
    picture.blend(np.array([0.50, 0.40, 0.27]) * lights.kelvin(hour.kelvin), np.clip((line - picture.y) / 0.02, 0, 1))
    picture.defocus(shot.between(0.035, 0.06))
    return picture.backdrop(16.0)
