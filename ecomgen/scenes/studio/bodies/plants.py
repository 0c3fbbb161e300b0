"""Leaves, twigs, potted plants, blades of grass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.shapes import Shape, disc, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing

GREEN = (0.055, 0.13, 0.035)
SAGE = (0.16, 0.22, 0.14)
FERN = (0.13, 0.22, 0.05)
AUTUMN: tuple[Colour, ...] = ((0.42, 0.16, 0.03), (0.55, 0.28, 0.05), (0.30, 0.08, 0.02), (0.60, 0.40, 0.10))


def leaf(length: float, width: float, *, curl: float = 0.25, rows: int = 13) -> Shape:
    """A pointed leaf along +y from the origin, folded at its rib and bent at its tip."""
    t = np.linspace(0, 1, rows)[:, None]
    s = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])[None, :]
    half = width / 2 * np.sin(np.pi * t**0.8) ** 0.9
    x = half * s
    y = np.broadcast_to(length * t, x.shape)
    z = 0.25 * width * np.abs(s) * np.sin(np.pi * t) - curl * length * t**2
    return sheet(xyz(x, y, np.broadcast_to(z, x.shape)))


def arc(height: float, lean: float, turn: float, count: int = 12) -> np.ndarray:
    """A stem that rises from the origin and bends outwards, Nx3."""
    t = np.linspace(0, 1, count)
    reach = lean * height * t**1.6
    return xyz(reach * np.cos(turn), height * t * (1 - 0.12 * lean * t), reach * np.sin(turn))


def palm_frond(height: float, lean: float, turn: float) -> tuple[Shape, Shape]:
    """A frond of a palm that rises from the origin and bends outwards: (stem, leaflets)."""
    path, heading = arc(height, lean, turn, 24), np.degrees(turn)
    blades = []
    for j in range(5, 24):
        size = 0.34 * np.sin(np.pi * (j - 3) / 24) ** 0.6
        for flank in (-1, 1):
            blade = leaf(size, 0.085 * size + 0.012, curl=0.35).turned(x=58).turned(y=90 - heading + flank * 62)
            blades.append(blade.moved(*path[j]))
    return tube(path, np.linspace(0.014, 0.004, 24), segments=7), joined(blades)


def round_leaf(radius: float) -> Shape:
    """A coin-shaped leaf along +y, slightly cupped."""
    t = np.linspace(0, np.pi, 9)
    s = np.linspace(-1, 1, 7)[None, :]
    half = radius * np.sin(t)[:, None]
    x = half * s
    y = np.broadcast_to(radius * (1 - np.cos(t))[:, None], x.shape)
    z = 0.12 * radius * (s**2) * np.sin(t)[:, None]
    return sheet(xyz(x, y, np.broadcast_to(z, x.shape)))


def twig(rng: Generator, height: float, leaf_size: float, *, lean: float) -> tuple[Shape, Shape]:
    """A stem that leans, and its leaves in pairs: (stem, leaves)."""
    t = np.linspace(0, 1, 14)
    turn = rng.uniform(0, 2 * np.pi)
    reach = lean * height * t**1.7
    path = xyz(reach * np.cos(turn), height * t, reach * np.sin(turn))
    stem = tube(path, 0.012 * height * (1.2 - t))
    blades = []
    for k in range(3, 14):
        for flank in (0, 180):
            size = leaf_size * rng.uniform(0.75, 1.15) * (1 - 0.35 * t[k])
            blade = leaf(size, 0.42 * size).turned(x=rng.uniform(-55, -25), z=rng.uniform(-12, 12))
            heading = 137.5 * k + flank + rng.uniform(-25, 25)
            blades.append(blade.turned(y=heading).moved(*path[k]))
    return stem, mottled(rng, blades)


def shades(rng: Generator, green: Colour, count: int = 24, *, yellowed: float = 0.12) -> np.ndarray:
    """A palette 1 x count x 3 of one green: young leaves pale, old ones dark, a share of them `yellowed`."""
    base = np.asarray(green)
    light = rng.uniform(0.55, 1.75, (count, 1))
    warm = np.where(rng.random((count, 1)) < yellowed, [[1.7, 1.15, 0.7]], [[1.0, 1.0, 1.0]])
    return np.clip(base * light * warm, 0, 1)[None].astype(np.float32)


def mottled(rng: Generator, leaves: Sequence[Shape]) -> Shape:
    """Leaves as one shape, each taking one column of a palette of `shades`."""
    return joined([in_column(each, rng.random()) for each in leaves])


def foliage(rng: Generator, leaves: Sequence[Shape], green: Colour, roughness: float = 1.0) -> Thing:
    """Leaves as one thing, each in a shade of its own of one green."""
    return Thing(mottled(rng, leaves), Material(shades(rng, green), roughness=roughness))


def trunks_of(rng: Generator, trunks: Sequence[Shape], bark: Colour) -> Thing:
    """Trunks as one thing, each in a shade of its own of one bark."""
    return Thing(mottled(rng, trunks), Material(shades(rng, bark, yellowed=0.0), roughness=1.0))


def in_column(shape: Shape, at: float) -> Shape:
    """With the colours of one column of its texture, `at` in [0, 1]; along it as before."""
    return replace(shape, uv=np.column_stack([np.full(len(shape.uv), at), shape.uv[:, 1]]).astype(np.float32))


def toned(grown: Shape, shade: np.ndarray) -> Shape:
    """`blades`, each with the column `shade` (one a blade, [0, 1]) of its palette."""
    uv = np.column_stack([shade.repeat(len(grown.uv) // max(len(shade), 1)), grown.uv[:, 1]])
    return replace(grown, uv=uv.astype(np.float32))


def potted_plant(rng: Generator, *, height: float, pot: Colour, green: Colour = GREEN) -> list[Thing]:
    """A plant in a glazed pot on y = 0, twiggy or broad-leaved; the whole is about `height` units tall."""
    r = 0.19 * height
    profile = [
        *((0, 0), (0.72, 0), (0.8, 0.06), (0.95, 0.6), (1, 1.2), (1.0, 1.45), (0.93, 1.47)),
        *((0.88, 1.4), (0.85, 1.25)),
    ]
    vessel = lathe(r * np.array([*profile, (0, 1.25)]))
    things = [
        Thing(vessel, Material(pot, roughness=0.4)),
        Thing(disc(0.84 * r, 0.02, 0.005).moved(0, 1.27 * r), Material((0.05, 0.035, 0.025))),
    ]
    if rng.random() < 0.45:
        stems, leaves = rosette(rng, height)
    else:
        twigs = [twig(rng, height * rng.uniform(0.5, 0.8), 0.17 * height, lean=rng.uniform(0.1, 0.6)) for _ in range(9)]
        stems, leaves = joined([stem for stem, _ in twigs]), joined([blade for _, blade in twigs])
    things.append(Thing(stems.moved(0, 1.2 * r), Material((0.09, 0.09, 0.035))))
    palette = Material(shades(rng, green), roughness=0.42)
    return [*things, Thing(leaves.moved(0, 1.2 * r), palette)]


def rosette(rng: Generator, height: float) -> tuple[Shape, Shape]:
    """Stalks in a rosette, each with one broad arching leaf: (stalks, leaves)."""
    stalks, leaves = [], []
    for k in range(11):
        turn, lean = 137.5 * k + rng.uniform(-20, 20), rng.uniform(0.15, 0.85)
        tall = height * rng.uniform(0.25, 0.5) * (1.1 - 0.5 * lean)
        t = np.linspace(0, 1, 10)
        reach = lean * tall * t**1.5
        path = xyz(reach * np.sin(np.radians(turn)), tall * t, reach * np.cos(np.radians(turn)))
        stalks.append(tube(path, 0.008 * height))
        size = height * rng.uniform(0.26, 0.38)
        blade = (
            leaf(size, 0.55 * size, curl=-0.5, rows=17).turned(x=35 + 45 * lean, z=rng.uniform(-15, 15)).turned(y=turn)
        )
        leaves.append(blade.moved(*path[-1]))
    return joined(stalks), mottled(rng, leaves)


def fronds(rng: Generator, size: float) -> Shape:
    """A fern on y = 0: arching fronds with leaflets on both sides, `size` units long."""
    turns = [360 / 9 * k + rng.uniform(-18, 18) for k in range(9)]
    return mottled(rng, [each.turned(y=turn) for turn in turns for each in frond(size, rise=rng.uniform(0.5, 1.1))])


def frond(size: float, *, rise: float) -> list[Shape]:
    """The leaflets of one frond, which leaves the origin along +z and arches; `rise` 0 lies."""
    leaflets = []
    t = np.linspace(0.08, 1, 22)
    out, up = size * t * 0.85, size * rise * (t - 0.72 * t**2)
    for number, (r, y) in enumerate(zip(out, up, strict=True)):
        length = 0.2 * size * np.sin(np.pi * (0.12 + 0.86 * t[number])) + 0.015 * size
        for flank in (-1, 1):
            blade = leaf(length, 0.26 * length, curl=0.25, rows=5).turned(x=75).turned(y=flank * 68)
            leaflets.append(blade.moved(0, float(y), float(r)))
    return leaflets


def blades(
    rng: Generator,
    places: np.ndarray,
    *,
    height: float | np.ndarray,
    width: float | np.ndarray = 0.0025,
    heading: np.ndarray | None = None,
    bend: tuple[float, float] = (0.1, 0.7),
) -> Shape:
    """Grass: one bent blade at each place, Nx3, about `height` tall and at least `width` wide (one for all, or N).

    They bend towards `heading` (N, radians), or each its own way, by a share of their height within `bend`.
    """
    count = len(places)
    t = np.linspace(0, 1, 5)[None, :]
    usual = np.broadcast_to(np.asarray(height, dtype=np.float64), (count,))[:, None]
    tall = usual * rng.uniform(0.5, 1.2, (count, 1))
    turn = rng.uniform(0, 2 * np.pi, (count, 1)) if heading is None else heading[:, None]
    out = tall * rng.uniform(*bend, (count, 1)) * t**2
    centre = xyz(out * np.cos(turn), tall * t * (1 - 0.25 * t), out * np.sin(turn)) + places[:, None, :]
    least = np.broadcast_to(np.asarray(width, dtype=np.float64), (count,))[:, None]
    wide = (0.018 * usual + least) * (1 - t) ** 0.7 * rng.uniform(0.7, 1.4, (count, 1))
    side = xyz(-np.sin(turn) * wide, 0, np.cos(turn) * wide)
    strip = np.stack([centre - side, centre + side], axis=2).reshape(count, 10, 3)
    quad = np.array([[0, 1, 3], [0, 3, 2]], dtype=np.uint32)
    one = np.concatenate([quad + 2 * k for k in range(4)])
    faces = (one[None] + (np.arange(count, dtype=np.uint32) * 10)[:, None, None]).reshape(-1, 3)
    shade = np.repeat(rng.random(count), 10)
    uv = np.stack([shade, np.tile(np.repeat(t[0], 2), count)], -1)
    return Shape(points=strip.reshape(-1, 3).astype(np.float32), faces=faces, uv=uv.astype(np.float32))
