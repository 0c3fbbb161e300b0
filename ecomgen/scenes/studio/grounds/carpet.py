"""Rugs: a backing under a pile of some ten thousand yarns, cut short, or long and tousled like a sheepskin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ecomgen.scenes.studio.bodies.plants import blades, toned
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import block, disc, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing, Values
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import material, paint


@dataclass(frozen=True, kw_only=True)
class Pile:
    """The yarns of a rug: how long they stand, in units, how many of them, and their colour if none is asked for."""

    length: float
    count: int
    wide: float
    tint: Colour
    ragged: float  # how far the outline of the rug wanders, as a share of its size
    pattern: Callable[[Values, Values], Values] | None = None  # which of `dyes` a yarn has at x, z, from -1 to 1
    dyes: tuple[Colour, ...] = ()


def _persian(x: Values, z: Values) -> Values:
    """A field with a lattice of flowers and a medallion, between two borders that thin lines part."""
    edge = np.maximum(np.abs(x), np.abs(z))
    bloom = np.cos(9.4 * x) * np.cos(9.4 * z)
    field = np.select([bloom > 0.75, bloom > 0.45, bloom < -0.8], [3, 2, 1], 0)
    medallion = np.hypot(x, 1.3 * z) + 0.05 * np.cos(8 * np.arctan2(z, x))
    field = np.select([medallion < 0.16, medallion < 0.36, medallion < 0.4], [3, 1, 2], field)
    along = np.cos(21 * x) * np.cos(21 * z)
    border = np.select([along > 0.6, along < -0.7], [2, 3], 1)
    lines = (np.abs(edge - 0.68) < 0.014) | (np.abs(edge - 0.95) < 0.014)
    return np.select([lines, edge > 0.95, edge > 0.68], [2, 0, border], field)


def _diamonds(x: Values, z: Values) -> Values:
    """A lattice of diamonds drawn by dark yarns, as Berber rugs have it."""
    slants = (np.abs((2.1 * x + way * 2.1 * z) % 1 - 0.5) for way in (-1, 1))
    return (np.minimum(*slants) < 0.05).astype(int)


PILES = {
    "rug": Pile(length=0.022, count=110_000, wide=0.0042, tint=(0.60, 0.55, 0.47), ragged=0.0),
    "persian": Pile(
        length=0.016,
        count=220_000,
        wide=0.0042,
        tint=(0.27, 0.035, 0.03),
        ragged=0.0,
        pattern=_persian,
        dyes=((0.03, 0.045, 0.10), (0.62, 0.50, 0.32), (0.45, 0.20, 0.07)),
    ),
    "berber": Pile(
        length=0.03,
        count=200_000,
        wide=0.0042,
        tint=(0.74, 0.69, 0.60),
        ragged=0.0,
        pattern=_diamonds,
        dyes=((0.05, 0.038, 0.03),),
    ),
    "fur": Pile(length=0.085, count=130_000, wide=0.0026, tint=(0.86, 0.82, 0.75), ragged=0.07),
}
BACKING, WIDER = 0.012, 1.4  # how thick it is; times as large is a rug whose pattern is to be seen
SIDES = np.array([1.25, 1.05])  # of a square one, as shares of `half`


def thickness(name: str) -> float:
    """How far the floor lies below the tips, on which the product stands."""
    return BACKING + 0.6 * PILES[name].length


def carpet(shot: Shot, name: str) -> list[Thing]:
    """The rug called `name` under the product, round or square, its tips at y = 0."""
    pile, drop = PILES[name], thickness(name)
    half = (0.5 * shot.frame.product_width + shot.uniform(0.6, 0.9)) * (WIDER if pile.pattern else 1.0)
    middle = np.array([shot.frame.product_x, -drop + BACKING, -0.3])
    rounded = pile.ragged > 0 or (pile.pattern is None and shot.rng.random() < 0.4)
    backing = disc(half, BACKING, 0.004) if rounded else block(2.5 * half, BACKING, 2.1 * half, 0.004)
    backing = backing.draped(2.6 * half, 2.6 * half).moved(shot.frame.product_x, -drop, -0.3)
    where = _strewn(shot, pile, half, rounded=rounded)
    tall = pile.length * _pressed(shot, where + middle[[0, 2]], pile)
    places = xyz(where[:, 0], 0, where[:, 1]) + middle
    yarn = blades(
        shot.rng,
        places,
        height=tall,
        width=pile.wide,
        heading=_combed(shot, where, half, rounded=rounded),
        bend=(0.5, 1.5),
    )
    if pile.pattern is not None:
        yarn = toned(
            yarn,
            (pile.pattern(*(where / half / SIDES).T) + shot.rng.uniform(0.05, 0.95, len(where))) / (1 + len(pile.dyes)),
        )
    return [
        Thing(backing, material(shot, "rug", 2.6 * half, 2.6 * half), ground=name),
        Thing(yarn, Material(_dyed(shot, pile), sheen=0.4)),
    ]


def _strewn(shot: Shot, pile: Pile, half: float, *, rounded: bool) -> Values:
    """Where the yarns stand, Nx2 round the rug's middle."""
    place = shot.rng.uniform(-1, 1, (int(pile.count * 1.3), 2))
    if not rounded:
        return place[: pile.count] * half * SIDES
    angle = np.arctan2(place[:, 1], place[:, 0])
    turns = [(k, shot.uniform(0, 6.3), shot.uniform(0.3, 1) / k) for k in (2, 3, 5, 7, 11)]
    edge = 1 + pile.ragged * sum(size * np.cos(k * angle + turn) for k, turn, size in turns)
    return place[np.hypot(*place.T) < edge] * half


def _pressed(shot: Shot, where: Values, pile: Pile) -> Values:
    """How tall the yarns stand at the places `where`, Nx2: they lie flat under the product and low before it."""
    across = (where[:, 0] - shot.frame.product_x) / (0.52 * shot.frame.product_width + 0.5 * pile.length)
    deep = np.where(where[:, 1] > 0, where[:, 1] / 0.25, where[:, 1] / 0.5)
    return 1 - 0.75 * np.exp(-(np.hypot(across, deep) ** 4))


def _combed(shot: Shot, where: Values, half: float, *, rounded: bool) -> Values:
    """Which way the yarns lean at the places `where`, in radians: this way and that, outwards at the border."""
    field = spectral(shot.rng, (256, 256), falloff=1.2, coarsest=0.12)
    row, column = (np.clip((where.T / half / 2.6 + 0.5) * 255, 0, 255)).astype(int)
    tousled = field[row, column] + shot.rng.normal(0, 1.2, len(where))
    share = (where / half).T if rounded else (where / half / SIDES).T
    edge = np.hypot(*share) if rounded else np.abs(share).max(0)
    side = share if rounded else share * (np.abs(share) == edge)  # straight over the nearest side
    outwards = np.arctan2(side[1], side[0]) + shot.rng.normal(0, 0.5, len(where))
    return np.where(edge > 0.93, outwards, tousled)


def _dyed(shot: Shot, pile: Pile) -> np.ndarray:
    """Colours of yarns, 32xNx3: 64 columns a dye, one a shade, darker at the root."""
    dyes = (paint(shot.wish.surface_colour, pile.tint), *pile.dyes)
    base = np.repeat(np.asarray(dyes), 64, axis=0)[None]
    shade = shot.rng.normal(1, 0.07, (1, 64 * len(dyes), 1))
    depth = np.linspace(0.82, 1.15, 32)[:, None, None]
    return np.clip(base * shade * depth, 0.004, 0.95).astype(np.float32)
