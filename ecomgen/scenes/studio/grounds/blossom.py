"""A field in flower: stems that turn to the colour of their blossoms at the top, in rows or as a meadow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.building.palette import hexadecimal
from ecomgen.scenes.studio.building.stage import Material, Thing
from ecomgen.scenes.studio.grounds.relief import land
from ecomgen.scenes.studio.grounds.sand import grains
from ecomgen.scenes.studio.props.plants import blades

if TYPE_CHECKING:
    from ecomgen.scenes.studio.building.shot import Shot

STEMS = 26_000
LAVENDER, POPPY, BUTTERCUP = "#7a62b8", "#c23b4a", "#e6b93a"


def lavender(shot: Shot, drop: float) -> list[Thing]:
    return _in_flower(shot, drop, LAVENDER)


def poppies(shot: Shot, drop: float) -> list[Thing]:
    return _in_flower(shot, drop, POPPY)


def buttercups(shot: Shot, drop: float) -> list[Thing]:
    return _in_flower(shot, drop, BUTTERCUP)


def flowers(shot: Shot, drop: float) -> list[Thing]:
    """Lavender, poppies or buttercups, as chance has it."""
    return _in_flower(shot, drop, shot.pick(LAVENDER, "#8f6fc0", POPPY, BUTTERCUP))


def _in_flower(shot: Shot, drop: float, usual: str) -> list[Thing]:
    """Blossoms in the wished colour, else in the usual one (#rrggbb), trodden down where the product stands."""
    area = land(shot)
    earth = area.shape(0.01 * area.noise(falloff=1.2, coarsest=0.4) * area.calm() - 0.01, drop)
    tint = np.asarray(hexadecimal(shot.wish.surface_colour or usual))
    rise = np.linspace(1, 0, 32)[:, None, None]
    shade = np.linspace(0.65, 1.25, 16)[None, :, None]
    green = np.array([0.11, 0.17, 0.06])
    share = np.clip((rise - 0.42) / 0.2, 0, 1)
    colour = np.clip((green * (1 - share) + tint * share) * shade, 0, 1).astype(np.float32)
    places = _sown(shot) - np.array([0, drop, 0])
    stems = blades(shot.rng, places, height=_height(shot, places))
    return [
        Thing(shape=earth, material=Material(colour=grains(shot, (0.16, 0.15, 0.07), strength=0.3))),
        Thing(
            shape=replace(stems, uv=(stems.uv * [1, -1] + [0, 1]).astype(np.float32)),
            material=Material(colour=colour),
        ),
    ]


def _sown(shot: Shot) -> np.ndarray:
    """Places of stems over the whole field, denser near the camera, Nx3."""
    near, far = shot.frame.nearest + 0.3, -9.0
    z = near + (far - near) * shot.rng.random(STEMS) ** 1.6
    half = shot.frame.right * 1.15 * (shot.frame.distance - z) / shot.frame.distance
    return np.stack([shot.rng.uniform(-1, 1, STEMS) * half, np.zeros(STEMS), z], -1)


def _height(shot: Shot, places: np.ndarray) -> np.ndarray:
    """Tall away from the product, low before it and about its foot."""
    foot = 0.7 * shot.frame.product_width + 0.4
    away = np.hypot((places[:, 0] - shot.frame.product_x) / foot, np.maximum(np.abs(places[:, 2]) - 0.1, 0) / 0.7)
    tall = 0.36 * np.clip(away - 0.75, 0.04, 1)
    return np.where(places[:, 2] > 0.1, np.minimum(tall, 0.09), tall)
