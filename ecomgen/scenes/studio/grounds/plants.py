"""Ground that grows: grass, moss, fallen leaves, a field of stalks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio.backdrops.foliage import AUTUMN
from ecomgen.scenes.studio.building.noise import spectral, unit
from ecomgen.scenes.studio.building.palette import hexadecimal
from ecomgen.scenes.studio.building.shapes import joined, tube
from ecomgen.scenes.studio.building.stage import Material, Thing
from ecomgen.scenes.studio.grounds.relief import land, scattered
from ecomgen.scenes.studio.grounds.sand import grains
from ecomgen.scenes.studio.props.plants import blades, leaf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ecomgen.scenes.studio.building.shot import Shot
    from ecomgen.scenes.studio.building.stage import Colour

BLADES = 30_000
MOSS = 120_000
WITHERED = ((0.13, 0.075, 0.035), (0.19, 0.13, 0.07), (0.09, 0.06, 0.035))


def grass(shot: Shot, drop: float, *, height: float = 0.24) -> list[Thing]:
    """A lawn: soil under some tens of thousands of blades, shorter where the product stands on it."""
    area = land(shot, far=-9.0)
    soil = area.shape(0.04 * area.noise(falloff=2, coarsest=2, finest=8) * area.calm() - 0.02, drop)
    places = _turf(shot, BLADES) - [0, drop, 0]
    near_foot = np.exp(
        -((np.hypot(places[:, 0] - shot.frame.product_x, places[:, 2]) / (0.55 * shot.frame.product_width + 0.2)) ** 4)
    )
    tall = height * (1 - 0.75 * near_foot) if drop == 0 else np.where(_under(shot, places), 0.6 * drop, height)
    patch = unit(spectral(shot.rng, (64, 64), falloff=1.2), 2.0)
    green = np.stack([0.125 + 0.16 * patch, 0.195 + 0.155 * patch, 0.045 + 0.035 * patch], -1)
    dry = shot.rng.random((64, 64, 1)) < shot.between(0.02, 0.12)
    green = np.where(dry, np.array([0.36, 0.29, 0.13]), green)
    if shot.wish.surface_colour is not None and shot.wish.surface == "grass":
        green = (
            0.35 * green + 0.65 * np.asarray(hexadecimal(shot.wish.surface_colour)) * green.mean(-1, keepdims=True) * 5
        )
    if shot.wish.season == "autumn":
        green = green * np.array([1.3, 0.85, 0.8])
    return [
        Thing(shape=soil, material=Material(colour=(0.05, 0.06, 0.02))),
        Thing(shape=blades(shot.rng, places, height=tall), material=Material(colour=green.astype(np.float32))),
    ]


def _under(shot: Shot, places: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """Which places may lie under what the product stands on."""
    reach = 0.65 * shot.frame.product_width + 0.85
    return np.hypot(places[:, 0] - shot.frame.product_x, places[:, 2] + 0.2) < reach


def _turf(shot: Shot, count: int, *, clear: bool = True) -> NDArray[np.floating[Any]]:
    """Places of blades over the whole lawn, in tufts; `clear` leaves out where the product stands."""
    near, far = shot.frame.nearest + 0.3, -9.0
    z = near + (far - near) * shot.rng.random(count) ** 1.6
    half = shot.frame.right * 1.15 * (shot.frame.distance - z) / shot.frame.distance
    x = shot.rng.uniform(-1, 1, count) * half
    tuft = shot.rng.normal(0, 0.03, (count // 12 + 1, 2)).repeat(12, 0)[:count]
    places = np.stack([x + tuft[:, 0], np.zeros(count), z + tuft[:, 1]], -1)
    product = (np.abs(x - shot.frame.product_x) < 0.45 * shot.frame.product_width) & (z < 0.02) & (z > -0.45)
    return places[~product] if clear else places


def moss(shot: Shot, drop: float) -> list[Thing]:
    """Low cushions of moss of many greens, twigs and a few leaves on it."""
    area = land(shot)
    cushions = np.sqrt(np.clip(area.noise(falloff=2.6, coarsest=0.8, finest=10) + 0.7, 0, 2.6))
    tufts = area.noise(falloff=1.5, coarsest=0.16, finest=2)
    far = np.clip(area.away - 0.8, 0, 1)
    before = np.clip(0.35 - 0.65 * area.z, 0.15, 1)  # low before the product, which they must not hide
    heights = (0.055 * cushions * far * before + 0.0045 * tufts) * area.calm(0.9) - 0.006
    places = _turf(shot, MOSS, clear=False)
    places[:, 1] = area.at(heights, places[:, 0], places[:, 2]) - drop
    across = (places[:, 0] - shot.frame.product_x) / (0.5 * shot.frame.product_width + 0.05)
    pressed = np.exp(-(np.hypot(across, places[:, 2] / 0.5) ** 4))
    short = np.where(_under(shot, places) & (drop > 0), 0.005, 0.017 * shot.rng.uniform(0.5, 1.3, len(places)))
    short = short * (1 - 0.6 * pressed)
    return [
        Thing(shape=area.shape(heights, drop), material=Material(colour=_humus(shot))),
        Thing(shape=blades(shot.rng, places, height=short), material=Material(colour=_mossy(shot))),
        *_twigs(shot, drop),
        *fallen_leaves(shot, 18, drop, tints=WITHERED),
    ]


def _humus(shot: Shot) -> NDArray[np.float32]:
    """What is seen between the tips of moss: dark green, brown where there is little of it."""
    tone = unit(spectral(shot.rng, (1200, 1200), falloff=1.0), 2.2)[..., None]
    bare = np.clip(spectral(shot.rng, (1200, 1200), falloff=1.5, coarsest=0.2) - 0.7, 0, 1)[..., None]
    green = np.asarray((0.03, 0.042, 0.011)) + np.asarray((0.055, 0.08, 0.018)) * tone
    return np.clip(green + (np.asarray((0.075, 0.052, 0.03)) - green) * bare, 0, 1).astype(np.float32)


def _mossy(shot: Shot) -> NDArray[np.float32]:
    """The tips' colours, 64x64x3: fresh and old green in patches, here and there a dry one."""
    patch = unit(spectral(shot.rng, (64, 64), falloff=0.9), 2.0)[..., None]
    each = shot.rng.normal(1, 0.22, (64, 64, 1))
    green = (np.asarray((0.06, 0.085, 0.018)) + np.asarray((0.17, 0.165, 0.03)) * patch) * np.clip(each, 0.4, 1.7)
    dry = shot.rng.random((64, 64, 1)) < 0.06
    return np.where(dry, np.array([0.22, 0.15, 0.07]), green).astype(np.float32)


def _twigs(shot: Shot, drop: float) -> list[Thing]:
    """Thin dead twigs that lie about."""
    lying = []
    for x, _, z in scattered(shot, 22):
        long, bend = shot.between(0.15, 0.5), shot.between(-0.06, 0.06)
        t = np.linspace(-0.5, 0.5, 12)
        path = np.stack([long * t, np.full(12, 0.008), bend * np.cos(np.pi * t)], -1)
        twig = tube(path, shot.between(0.004, 0.008) * (1 - 0.5 * (t + 0.5)), segments=7)
        lying.append(twig.turned(y=shot.between(0, 360)).moved(float(x), -drop, float(z)))
    return [Thing(shape=joined(lying), material=Material(colour=(0.09, 0.062, 0.04)))] if lying else []


def leaf_litter(shot: Shot, drop: float) -> list[Thing]:
    """Fallen leaves over earth."""
    area = land(shot)
    floor = Thing(
        shape=area.shape(-0.03 * area.calm(), drop),
        material=Material(colour=grains(shot, (0.14, 0.09, 0.05), strength=0.35)),
    )
    return [floor, *fallen_leaves(shot, 1500, drop, deep=0.035)]


def fallen_leaves(
    shot: Shot, count: int, drop: float = 0.0, *, deep: float = 0.0, tints: Sequence[Colour] = AUTUMN
) -> list[Thing]:
    """Leaves lying about, autumn's where no other `tints` are told, none across the product's foot."""
    things = []
    for tint in tints:
        lying = []
        for x, _, z in scattered(shot, count // len(tints)):
            size = shot.between(0.07, 0.14)
            flat = leaf(size, size * shot.between(0.55, 0.8), curl=shot.between(-0.4, 0.4)).turned(
                x=90 + shot.between(-22, 22)
            )
            lying.append(
                flat.turned(y=shot.between(0, 360)).moved(float(x), 0.012 - drop - deep * shot.rng.random(), float(z))
            )
        if lying:
            things.append(Thing(shape=joined(lying), material=Material(colour=tint, roughness=0.7)))
    return things


def stubble(shot: Shot, drop: float) -> list[Thing]:
    """A wheat field: golden stalks round a trodden place."""
    area = land(shot)
    earth = Thing(
        shape=area.shape(0.01 * area.noise(falloff=1.2, coarsest=0.4) * area.calm(), drop),
        material=Material(colour=grains(shot, (0.30, 0.21, 0.11), strength=0.3)),
    )
    places = _turf(shot, 16_000) - [0, drop, 0]
    distance = np.hypot(
        (places[:, 0] - shot.frame.product_x) / (0.7 * shot.frame.product_width + 0.35),
        np.maximum(np.abs(places[:, 2]) - 0.1, 0) / 0.6,
    )
    tall = 0.42 * np.clip(distance - 0.75, 0.06, 1)
    front = places[:, 2] > 0.15
    tall = np.where(front, np.minimum(tall, 0.1), tall)
    gold = np.stack([np.linspace(0.42, 0.66, 16), np.linspace(0.30, 0.47, 16), np.linspace(0.10, 0.2, 16)], -1)[None]
    return [
        earth,
        Thing(shape=blades(shot.rng, places, height=tall), material=Material(colour=gold.astype(np.float32))),
    ]
