"""Sprigs, branches and flowers by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.plants import leaf, mottled, round_leaf, shades, twig
from ecomgen.scenes.studio.props.scatter import cluster, lobed, tint, turned_body
from ecomgen.scenes.studio.stage.palette import hexadecimal
from ecomgen.scenes.studio.stage.shapes import Shape, ball, joined, sheet, tube
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Colour

BASIL = (0.085, 0.21, 0.04)
STEM = Material(colour=(0.10, 0.15, 0.05), roughness=0.7)
BARK = Material(colour=(0.11, 0.07, 0.045), roughness=0.9)
LEAF = Material(colour=(0.06, 0.14, 0.035), roughness=0.45)
EARTHENWARE = Material(colour=(0.52, 0.22, 0.11), roughness=0.85)


def _vase(shot: Shot) -> Thing:
    outline = [
        (0, 0),
        (0.03, 0),
        (0.05, 0.035),
        (0.045, 0.08),
        (0.022, 0.115),
        (0.026, 0.128),
        (0.02, 0.126),
        (0.016, 0.11),
    ]
    return Thing(shape=turned_body(outline), material=Material(colour=pale_glaze(shot), roughness=0.5))


def pale_glaze(shot: Shot) -> Colour:
    return hexadecimal(shot.pick("#e9e3d8", "#c9b8a3", "#b5aa9a", "#d8d2c8", "#8f9a94"))


def arc(height: float, lean: float, turn: float, count: int = 12) -> np.ndarray:
    """A stem that rises from the origin and bends outwards, Nx3."""
    t = np.linspace(0, 1, count)
    reach = lean * height * t**1.6
    return np.stack([reach * np.cos(turn), height * t * (1 - 0.12 * lean * t), reach * np.sin(turn)], -1)


@prop("eucalyptus, eucalyptus leaf, eucalyptus branch, eucalyptus sprig, silver dollar", kind_of="plant", rank=2)
def eucalyptus(shot: Shot) -> list[Thing]:
    """Branches of silver-dollar eucalyptus in a vase."""
    stems, blades = [], []
    for k in range(6):
        path = arc(shot.between(0.6, 0.9), shot.between(0.25, 0.75), 2.4 * k + shot.between(-0.4, 0.4))
        stems.append(tube(path, np.linspace(0.011, 0.004, 12), segments=7))
        for j in range(2, 12):
            for flank in (0, 180):
                size = 0.06 * (1.2 - 0.05 * j) * shot.between(0.8, 1.15)
                blade = round_leaf(size).turned(x=shot.between(35, 75)).turned(y=97 * j + flank + shot.between(-25, 25))
                blades.append(blade.moved(*path[j]))
    lift = 0.46
    return [
        _vase(shot),
        Thing(shape=joined(stems).moved(0, lift), material=Material(colour=(0.20, 0.12, 0.08), roughness=0.8)),
        Thing(shape=joined(blades).moved(0, lift), material=Material(colour=(0.21, 0.29, 0.235), roughness=0.65)),
    ]


@prop(
    "palm leaf, palm frond, palm branch, fan palm, areca, palm leave, tropical leaf, large leaf, banana leaf",
    "tropical leave, palm, jungle leaf, coconut palm",
    kind_of="plant, green leaves",
)
def palm(shot: Shot) -> list[Thing]:
    """Three fronds of a palm in a tall vase."""
    stems, blades = [], []
    for k in range(4):
        path = arc(shot.between(0.8, 1.15), shot.between(0.5, 0.95), 2.1 * k + 0.4, 24)
        stems.append(tube(path, np.linspace(0.014, 0.004, 24), segments=7))
        heading = np.degrees(2.1 * k + 0.4)
        for j in range(5, 24):
            size = 0.34 * np.sin(np.pi * (j - 3) / 24) ** 0.6
            for flank in (-1, 1):
                blade = leaf(size, 0.085 * size + 0.012, curl=0.35).turned(x=58).turned(y=90 - heading + flank * 62)
                blades.append(blade.moved(*path[j]))
    lift = 0.46
    return [
        _vase(shot),
        Thing(shape=joined(stems).moved(0, lift), material=STEM),
        Thing(shape=joined(blades).moved(0, lift), material=Material(colour=(0.05, 0.15, 0.035), roughness=0.35)),
    ]


@prop(
    "herb, mint, mint leaf, basil leaf, parsley, coriander, cilantro, sage leaf, fresh herb, kelp, seaweed, dill",
    "tea leaf green, spearmint, peppermint, mint sprig, oregano, lemon balm, nettle, lettuce, kale, spinach, arugula",
    "menthol",
    place="window",
    kind_of="plant",
)
def herbs(shot: Shot) -> list[Thing]:
    """Sprigs of basil or mint, lying: crossed pairs of oval leaves, smaller towards the tip."""
    stems, leaves = [], []
    for x, z in cluster(shot, shot.wish.count_of("herbs", 3), 0.2):
        turn, t = shot.between(0, 360), np.linspace(0, 1, 10)
        path = np.stack([0.04 * np.sin(3 * t), 0.014 + 0.03 * t, 0.3 * t], -1)
        stems.append(tube(path, np.linspace(0.008, 0.004, 10), segments=6).turned(y=turn).moved(x, 0, z))
        for k in range(2, 10):
            size = 0.125 * (1.1 - 0.6 * t[k]) * shot.between(0.85, 1.15)
            for flank in (-1, 1):
                flat = leaf(size, 0.66 * size, curl=0.1, rows=17).turned(x=shot.between(72, 86))
                heading = flank * (78 - 45 * t[k]) + shot.between(-12, 12)
                leaves.append(flat.turned(y=heading).moved(*path[k]).turned(y=turn).moved(x, 0.004 * (k % 2), z))
    return [
        Thing(shape=joined(stems), material=STEM),
        Thing(shape=mottled(shot.rng, leaves), material=Material(colour=shades(shot.rng, BASIL), roughness=0.45)),
    ]


@prop("rosemary, thyme, thyme sprig, rosemary sprig, juniper, tarragon, rosemary branch, spruce tip", place="window")
def rosemary(shot: Shot) -> list[Thing]:
    """Twigs of rosemary, lying."""
    needles, stems = [], []
    for x, z in cluster(shot, shot.wish.count_of("rosemary", 3), 0.12):
        turn = shot.between(-50, 50)
        t = np.linspace(0, 1, 8)
        stem = tube(
            np.stack([0.5 * t - 0.25, np.full(8, 0.03), 0.03 * np.sin(4 * t)], -1), np.full(8, 0.008), segments=6
        )
        stems.append(stem.turned(y=turn).moved(x, 0, z))
        blades = [
            leaf(0.085, 0.014, curl=0.15)
            .turned(x=shot.between(20, 85))
            .turned(y=90 + shot.between(-60, 60))
            .moved(at, 0.03)
            for at in np.linspace(-0.22, 0.25, 70)
        ]
        needles.append(joined(blades).turned(y=turn).moved(x, 0, z))
    return [
        Thing(shape=joined(needles), material=Material(colour=(0.08, 0.14, 0.07), roughness=0.6)),
        Thing(shape=joined(stems), material=BARK),
    ]


@prop(
    "lavender sprig, lavender flower, lavender bunch, bunch of lavender, dried lavender, lavender stem, sprig",
    kind_of="flowers",
)
def lavender(shot: Shot) -> list[Thing]:
    """A tied bunch of lavender, lying."""
    stems, buds = [], []
    for _ in range(26):
        spread, high = shot.between(-0.10, 0.10), shot.between(0.0, 0.09)
        long = shot.between(0.85, 1.05)
        t = np.linspace(0, 1, 8)
        path = np.stack([long * (t - 0.5), 0.03 + high * np.abs(t - 0.4) * 1.6, spread * (t - 0.35) * 1.6], -1)
        stems.append(tube(path, np.full(8, 0.006), segments=5))
        for j in range(14):
            at = path[-1] + (path[-1] - path[-2]) * (0.16 * j - 0.5)
            bead = ball(0.016 * (1.1 - 0.04 * j), rings=7).scaled(1, 1.3, 1)
            buds.append(bead.moved(at[0], at[1] + shot.between(-0.014, 0.008), at[2] + shot.between(-0.016, 0.016)))
    band = tube(ring(0.05, 24), np.full(24, 0.012), segments=6).turned(z=90).moved(-0.1, 0.055)
    turn = shot.between(-35, 35)
    return [
        Thing(shape=joined(stems).turned(y=turn), material=Material(colour=(0.20, 0.26, 0.14), roughness=0.8)),
        Thing(shape=joined(buds).turned(y=turn), material=Material(colour=(0.24, 0.16, 0.42), roughness=0.8)),
        Thing(shape=band.turned(y=turn), material=Material(colour=(0.52, 0.42, 0.28), roughness=0.9)),
    ]


def ring(radius: float, count: int) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, count)
    return np.stack([radius * np.cos(turn), np.zeros(count), radius * np.sin(turn)], -1)


def _rose() -> Shape:
    """A full rose: cupped petals spiralling out of the middle."""
    petals = []
    for k in range(22):
        share = k / 21
        radius, high = 0.012 + 0.085 * share, 0.13 - 0.045 * share
        s, t = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(0, 1, 7))
        angle = (0.75 + 0.25 * share) * s * (0.55 + 0.45 * np.sin(np.pi * np.clip(t, 0.15, 0.85)))
        flare = radius * (0.45 + 0.55 * t**0.6) + 0.05 * share * t**4
        y = high * t - 0.035 * share * t**5 - 0.012 * s**2 * t
        petals.append(sheet(np.stack([flare * np.sin(angle), y, flare * np.cos(angle)], -1)).turned(y=137.5 * k))
    return joined(petals)


def _in_vase(shot: Shot, heads: list[Shape], tall: tuple[float, float], lean: float, colour: Colour) -> list[Thing]:
    """Flowers on stems with leaves in a vase."""
    stems, greens, placed = [], [], []
    for k, head in enumerate(heads):
        turn, bend = 2.4 * k, lean * shot.between(0.3, 1.0) * (0.0 if k == 0 else 1.0)
        path = arc(shot.between(*tall), bend, turn)
        stems.append(tube(path, np.full(12, 0.008), segments=7))
        tip = np.degrees(np.arctan(1.5 * bend))
        placed.append(head.turned(z=-tip).turned(y=-float(np.degrees(turn))).moved(*path[-1]))
        greens.append(leaf(0.17, 0.065).turned(x=48, y=40 + 97 * k).moved(*path[5]))
    lift = 0.46
    return [
        _vase(shot),
        Thing(shape=joined(stems).moved(0, lift), material=STEM),
        Thing(shape=joined(greens).moved(0, lift), material=LEAF),
        Thing(shape=joined(placed).moved(0, lift), material=Material(colour=colour, roughness=0.7)),
    ]


@prop(
    "rose, rose bouquet, rosebud, red rose, white rose, pink rose, rose flower, garden rose",
    companion="petals",
    kind_of="flowers",
)
def roses(shot: Shot) -> list[Thing]:
    heads = [_rose() for _ in range(shot.wish.count_of("roses", 8))]
    return _in_vase(shot, heads, (0.24, 0.42), 0.8, tint(shot, "#a3172b", "#e6a2ac", "#efe4d8", "#d9707c"))


@prop("tulip", kind_of="flowers")
def tulips(shot: Shot) -> list[Thing]:
    cup = lobed(
        turned_body(
            [(0, 0), (0.01, 0.001), (0.019, 0.014), (0.019, 0.03), (0.014, 0.045), (0.01, 0.044), (0.014, 0.03)]
        ),
        6,
        0.14,
    )
    heads = [cup for _ in range(shot.wish.count_of("tulips", 8))]
    return _in_vase(shot, heads, (0.34, 0.55), 0.55, tint(shot, "#e2595f", "#f0b43c", "#e893ac", "#f1e8da"))


@prop("daisy, chamomile, camomile, margarite, feverfew", kind_of="flowers")
def daisies(shot: Shot) -> list[Thing]:
    """Daisies in a vase: white rays about a yellow heart."""
    ray = leaf(0.085, 0.024, curl=-0.1).turned(x=84)
    head = joined([ray.turned(y=360 / 16 * k) for k in range(16)])
    count = shot.wish.count_of("daisies", 10)
    things = _in_vase(shot, [head] * count, (0.3, 0.5), 0.7, tint(shot, "#f4f1ea"))
    hearts = _in_heart(things[-1].shape, count, len(head.points))
    return [*things, Thing(shape=hearts, material=Material(colour=(0.78, 0.50, 0.03), roughness=0.9))]


def _in_heart(heads: Shape, count: int, size: int) -> Shape:
    """A button in the middle of each of `count` flowers of `size` points."""
    middles = heads.points.reshape(count, size, 3).mean(1)
    return joined([ball(0.024, rings=11).scaled(1, 0.6, 1).moved(*middle) for middle in middles])


@prop(
    "cherry blossom, cherry branch, cherry blossom branch, sakura, almond blossom, apple blossom, plum blossom",
    "blossoming branch, magnolia branch, spring blossom, spring branch",
    kind_of="flowers",
)
def cherry_branch(shot: Shot) -> list[Thing]:
    """A branch of cherry in blossom, in a vase."""
    stems, blossoms = [], []
    petal = round_leaf(0.02).turned(x=62)
    bloom = joined([petal.turned(y=72 * k) for k in range(5)])
    for k in range(4):
        path = arc(shot.between(0.7, 1.1), shot.between(0.35, 0.9), 2.2 * k + 0.5, 18)
        path[1:] += shot.rng.normal(0, 0.008, (17, 3))
        stems.append(tube(path, np.linspace(0.016, 0.005, 18), segments=7))
        for j in range(4, 18):
            for _ in range(4):
                at = path[j] + shot.rng.normal(0, 0.022, 3)
                blossoms.append(
                    bloom.scaled(shot.between(0.8, 1.3))
                    .turned(x=shot.between(-70, 70), y=shot.between(0, 360))
                    .moved(*at)
                )
    lift = 0.46
    return [
        _vase(shot),
        Thing(shape=joined(stems).moved(0, lift), material=BARK),
        Thing(shape=joined(blossoms).moved(0, lift), material=Material(colour=tint(shot, "#f3c3cf"), roughness=0.8)),
    ]


@prop("olive branch, olive, olive twig, olive leaf, laurel, olive tree, olive oil, bay leaf")
def olive_branch(shot: Shot) -> list[Thing]:
    """Twigs of olive with their fruit, in a vase."""
    stems, blades = zip(
        *[twig(shot.rng, shot.between(0.5, 0.75), 0.12, lean=shot.between(0.3, 0.8)) for _ in range(5)], strict=True
    )
    olives = []
    points = joined(stems).points
    for _ in range(16):
        x, y, z = points[int(shot.rng.integers(len(points) // 3, len(points)))]
        olives.append(ball(0.024, rings=11).scaled(1, 1.35, 1).moved(float(x), float(y) - 0.05, float(z)))
    lift = 0.46
    return [
        _vase(shot),
        Thing(shape=joined(stems).moved(0, lift), material=BARK),
        Thing(shape=joined(blades).moved(0, lift), material=Material(colour=(0.17, 0.21, 0.13), roughness=0.5)),
        Thing(shape=joined(olives).moved(0, lift), material=Material(colour=(0.10, 0.11, 0.03), roughness=0.3)),
    ]
