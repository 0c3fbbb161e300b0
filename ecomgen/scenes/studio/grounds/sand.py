"""Loose ground: sand with wind ripples, soil, dried mud, the moon's dust, gravel, pebbles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.bodies import grained, pebble
from ecomgen.scenes.studio.grounds.relief import FAR, Land, land, scattered, spread
from ecomgen.scenes.studio.primitives.noise import smooth, spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing, Values
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import paint

PIXELS = 1200  # of a side of natural ground's texture
DEEP = 0.02  # units that the product sinks into sand
PEBBLE_COUNT = 4000
SHORE = -7.0  # z where a beach ends
SAND: Colour = (0.57, 0.465, 0.345)
SOIL: Colour = (0.20, 0.13, 0.08)
DRIED: Colour = (0.46, 0.36, 0.25)
DUST: Colour = (0.27, 0.265, 0.26)
GRAVEL: Colour = (0.42, 0.40, 0.36)
PLATE = 0.16, 0.45, 1.1  # metres across a plate of dried mud; the least and the most of it in units
CRATERS = 260
PEBBLES: tuple[Colour, ...] = (
    *((0.55, 0.53, 0.49), (0.38, 0.37, 0.35), (0.30, 0.30, 0.31)),
    *((0.20, 0.20, 0.205), (0.40, 0.33, 0.25), (0.32, 0.24, 0.19)),
)
WORN = 0.022, 0.065  # metres across the smallest and the largest pebble


def sand(shot: Shot, drop: float) -> list[Thing]:
    """Dunes, ripples and grains; a beach ends at the water."""
    area = land(shot, far=SHORE if shot.has("shore") else FAR)
    rise = 0.045 * area.noise(falloff=2.2, coarsest=5, finest=8) * np.clip((area.away - 1) / 3, 0, 1) * area.behind()
    heights = rise + (0.016 * _ripples(area) + 0.004 * area.noise(falloff=1.2, coarsest=0.45)) * area.calm()
    heights += area.rolling() + (area.sunk(DEEP) if drop == 0 else 0)
    shape = area.shape(heights, drop)
    return [Thing(shape, Material(grains(shot, paint(shot.wish.surface_colour, SAND))))]


def soil(shot: Shot, drop: float) -> list[Thing]:
    """Packed earth with crumbs and small stones."""
    area = land(shot)
    heights = 0.012 * area.noise(falloff=1.1, coarsest=0.5) * area.calm() + area.rolling()
    earth = Material(grains(shot, paint(shot.wish.surface_colour, SOIL), strength=0.3, relief=0.4))
    shape = area.shape(heights, drop)
    return [Thing(shape, earth), *stones(shot, area, shape, 420, (0.006, 0.028))]


def cracked(shot: Shot, drop: float) -> list[Thing]:
    """Mud that dried and broke into plates, whose rims curl up a little."""
    area = land(shot)
    size = float(np.clip(PLATE[0] * shot.units_per_metre, *PLATE[1:]))
    rim, hair = _from_rim(area, size), _from_rim(area, 0.45 * size)
    crack = -0.11 * size * (1 - smooth(rim / 0.1)) - 0.02 * size * (1 - smooth(hair / 0.06))
    curl = 0.018 * size * np.exp(-(((rim - 0.14) / 0.08) ** 2))
    heights = (crack + curl + 0.004 * area.noise(falloff=1.1, coarsest=0.5)) * area.calm(0.7) + area.rolling()
    mud = Material(grains(shot, paint(shot.wish.surface_colour, DRIED), strength=0.12, relief=0.2))
    return [Thing(area.shape(heights, drop), mud)]


def _from_rim(area: Land, size: float) -> Values:
    """How far each point is from the rim of its plate, of about `size` units, in shares of it, RxC (Worley, 1996)."""
    from scipy.spatial import KDTree

    half = float(area.x.max())
    rows, columns = np.meshgrid(np.arange(FAR, 4, size), np.arange(-half, half, size), indexing="ij")
    seeds = np.stack([columns.ravel(), rows.ravel()], -1)
    seeds = seeds + area.shot.rng.uniform(-0.42, 0.42, seeds.shape) * size
    wavy = [0.07 * size * area.noise(falloff=1.6, coarsest=size) for _ in range(2)]
    near = KDTree(seeds).query(np.stack([area.x + wavy[0], area.z + wavy[1]], -1).reshape(-1, 2), k=2, workers=2)[0]
    return np.asarray(near[:, 1] - near[:, 0]).reshape(area.x.shape) / size


def lunar(shot: Shot, drop: float) -> list[Thing]:
    """The moon's dust, full of craters with raised rims, small stones in it."""
    area = land(shot)
    heights = 0.006 * area.noise(falloff=1.1, coarsest=0.5)
    x, z = spread(shot, CRATERS, FAR, before=0.2, dense=1.5, wide=1.1)
    for at, deep, radius in zip(x, z, 0.05 + 0.75 * shot.rng.random(CRATERS) ** 4, strict=True):
        away = np.hypot(area.x - at, area.z - deep) / radius
        bowl = np.where(away < 1, 0.34 * (away**2 - 1), 0) + 0.1 * np.exp(-(((away - 1.05) / 0.28) ** 2))
        heights = heights + radius * bowl
    dust = Material(grains(shot, paint(shot.wish.surface_colour, DUST), strength=0.22, relief=0.3))
    shape = area.shape(heights * area.calm() + 2 * area.rolling(), drop)
    return [Thing(shape, dust), *stones(shot, area, shape, 160, (0.008, 0.03))]


def gravel(shot: Shot, drop: float) -> list[Thing]:
    """Small rounded stones, close together."""
    area = land(shot)
    heights = 0.006 * area.noise(falloff=1.0, coarsest=0.3) * area.calm() - 0.012 + area.rolling()
    bed = Material(grains(shot, GRAVEL, strength=0.35, relief=0.45))
    shape = area.shape(heights, drop)
    return [Thing(shape, bed), *stones(shot, area, shape, 2600, (0.02, 0.06))]


def pebbles(shot: Shot, drop: float) -> list[Thing]:
    """Worn stones as large as a thumb to a palm, side by side, on whose tops the product stands."""
    area = land(shot)
    small, large = (size * shot.units_per_metre for size in WORN)
    bed = area.shape(area.rolling() - 0.4 * small, drop)
    moulds = [pebble(shot, 1.0, rings=13) for _ in range(8)]
    heights = area.risen(bed)
    things = [Thing(bed, Material(grains(shot, GRAVEL, strength=0.35, relief=0.45)))]
    for colour in PEBBLES:
        x, z = spread(shot, PEBBLE_COUNT // len(PEBBLES), FAR, before=0.3, dense=1.6, wide=1.1)
        sizes = small + (large - small) * shot.rng.random(len(x)) ** 1.6
        stones = []
        for at, deep, size, low in zip(x, z, sizes, area.at(heights, x, z), strict=True):
            mould = shot.choice(*moulds).turned(y=shot.uniform(0, 360)).scaled(float(size))
            top = float(low) + 0.4 * small + float(shot.rng.normal(-0.06, 0.05)) * size
            stones.append(mould.moved(float(at), top - float(mould.points[:, 1].max()), float(deep)))
        speckled = grained(colour, np.tanh(spectral(shot.rng, (128, 256), falloff=0.7)), 0.16)
        things.append(Thing(joined(stones), Material(speckled, roughness=0.6, specular=0.3)))
    return things


def _ripples(area: Land) -> NDArray[np.floating[Any]]:
    """Crests across the wind, steep to the lee, that fork and fade."""
    shot = area.shot
    turn = np.radians(shot.uniform(-35, 35))
    along = area.z * np.cos(turn) + area.x * np.sin(turn)
    phase = along / shot.uniform(0.10, 0.17) + 1.15 * area.noise(falloff=2.0, coarsest=3.6, finest=8)
    wave = np.abs((phase % 1) - 0.42) * 2
    fade = np.clip(0.55 + 0.35 * area.noise(falloff=1.8, coarsest=3.6, finest=8), 0.05, 1)
    return np.cos(np.pi * np.clip(wave / 1.16, 0, 1)) * fade


def grains(shot: Shot, colour: Colour, *, strength: float = 0.17, relief: float = 0.22) -> NDArray[np.floating[Any]]:
    """A texture of grains of many shades, some of them dark.

    `relief` is how strongly their own small light and shade shows, which is finer than the ground's mesh: what faces
    the light is paler, hollows are darker.
    """
    shape = (PIXELS, PIXELS)
    fine, patches = spectral(shot.rng, shape, falloff=0.15, finest=0.8), spectral(shot.rng, shape, falloff=1.4)
    clods = spectral(shot.rng, shape, falloff=1.0, coarsest=0.05, finest=1.5)
    facing = np.tanh(-shot.side * (np.roll(clods, -1, axis=1) - np.roll(clods, 1, axis=1)) / 0.5)
    value = 1 + strength * fine + 0.05 * patches + relief * (facing + 0.35 * np.tanh(clods))
    dark = (spectral(shot.rng, shape, falloff=0.2, finest=1.0) > 3.0)[..., None]
    shades = np.clip(value, 0.3, 1.7)[..., None] * np.where(dark, 0.45, 1)
    return np.clip(np.asarray(colour) * shades, 0, 1).astype(np.float32)


def stones(shot: Shot, area: Land, ground: Shape, count: int, sizes: tuple[float, float]) -> list[Thing]:
    """Stones of three shades, most of them small, half sunk into the `ground`, which lies over `area`."""
    moulds = [pebble(shot, 1.0, rings=9) for _ in range(6)]
    heights = area.risen(ground)
    things = []
    for shade in (0.20, 0.30, 0.42):
        places = scattered(shot, count // 3)
        tall = area.under(heights, places)
        small = sizes[0] + (sizes[1] - sizes[0]) * shot.rng.random(len(places)) ** 2.5
        if len(places):
            shape = strewn(shot, moulds, xyz(places[:, 0], tall, places[:, 2]), small, sunk=0.2)
            things.append(Thing(shape, Material((shade, 0.92 * shade, 0.80 * shade))))
    return things


def strewn(shot: Shot, moulds: Sequence[Shape], places: Values, sizes: Values, *, sunk: float) -> Shape:
    """Stones on the ground at `places` (Nx3), each of its size (N), of which they are `sunk` by a share."""
    return joined(
        [
            shot.choice(*moulds).turned(y=shot.uniform(0, 360)).scaled(size).moved(x, y - sunk * size, z)
            for (x, y, z), size in zip(places.tolist(), sizes.tolist(), strict=True)
        ]
    )
