"""A stone in a garden: grass round it, bushes and trees out of focus, sun through leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio import lights, supports
from ecomgen.scenes.studio.backdrops.foliage import thicket
from ecomgen.scenes.studio.noise import spectral, unit
from ecomgen.scenes.studio.painting import Painting
from ecomgen.scenes.studio.props.gobos import leaves
from ecomgen.scenes.studio.props.plants import blades
from ecomgen.scenes.studio.stage import Backdrop, Material, Stage, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.lights import Daylight
    from ecomgen.scenes.studio.shot import Shot

DEPTH = 14.0
DROP = 0.2  # how far the lawn lies below the stone's top


def build(shot: Shot) -> Stage:
    hour = lights.daylight(shot, "morning", "afternoon", "golden", "afternoon")
    surface = shot.wish.surface or shot.pick("stone", "stone", "slate", "weathered")
    radius = max(0.75, 0.62 * shot.frame.product_width + shot.between(0.35, 0.55))
    stone = supports.slab(shot, surface, radius=radius, thickness=0.34)
    sun = lights.sun_from(shot, hour, azimuth=shot.between(70, 125))
    things = [stone, *_lawn(shot, radius)]
    if shot.wish.hardness != "hard":
        things.append(leaves(shot, sun, distance=4.2))
    return Stage(things=tuple(things), lamps=(sun,), dome=hour.sky, backdrop=_hedge(shot, hour), aperture=0.06)


def _hedge(shot: Shot, hour: Daylight) -> Backdrop:
    sky = lights.dimmed(hour.sky.horizon, 1.6 / max(hour.sky.horizon))
    picture = Painting(shot.frame, sky)
    lawn = np.array([0.16, 0.26, 0.05], dtype=np.float32)
    below = np.broadcast_to(picture.y < 0, picture.shape)
    picture.light[below] = lawn
    thicket(shot, picture, low=-0.05, high=shot.between(0.9, 1.6), light=0.7, ragged=0.35)
    picture.defocus(0.06)
    thicket(shot, picture, low=-0.25, high=shot.between(0.1, 0.4), light=1.0, ragged=0.12)
    picture.defocus(shot.between(0.07, 0.12))
    return picture.backdrop(DEPTH)


def _lawn(shot: Shot, radius: float) -> list[Thing]:
    """Soil and some tens of thousands of blades, thicker near the camera's focus, none through the stone."""
    far = -9.0
    soil = supports.terrain(shot, far=far, height=0.05, drop=DROP + 0.02)
    places = _places(shot, radius, far, 26_000)
    patch = unit(spectral(shot.rng, (64, 64), falloff=1.2), 2.0)
    hue = np.stack([0.09 + 0.12 * patch, 0.17 + 0.12 * patch, 0.03 + 0.03 * patch], -1)
    return [
        Thing(shape=soil, material=Material(colour=(0.07, 0.085, 0.025))),
        Thing(shape=blades(shot.rng, places, height=0.26), material=Material(colour=hue.astype(np.float32))),
    ]


def _places(shot: Shot, radius: float, far: float, count: int) -> np.ndarray:
    near = shot.frame.nearest + 0.3
    z = near + (far - near) * shot.rng.random(count) ** 1.6
    half = shot.frame.right * 1.15 * (shot.frame.distance - z) / shot.frame.distance
    x = shot.rng.uniform(-1, 1, count) * half
    distance = np.hypot(x - shot.frame.product_x, z)
    keep = distance > radius * 0.97
    return np.stack([x, np.full(count, -DROP), z], -1)[keep]
