"""Flowers in vases, and their petals."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.grounds.relief import scattered
from ecomgen.scenes.studio.props.bodies import STEM, bellied_vase, lobed, slender_vase, tint, turned_body
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.plants import GREEN, arc, leaf, mottled, shades
from ecomgen.scenes.studio.stage.palette import from_oklch, hexadecimal
from ecomgen.scenes.studio.stage.shapes import Shape, ball, joined, sheet, tube
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.types import Colour, Material, Thing

UNGROWN, WHITE = (95, 290), (0.82, 0.79, 0.72)  # hues, in degrees, that few flowers have; what they have instead
LEAF = Material(colour=(0.06, 0.14, 0.035), roughness=0.45)


@prop(
    "flower, bouquet, floral, peony, ranunculus, wildflower, bloom, hydrangea, dahlia, carnation, orchid, lily",
    "mother day, fresh flower, flower arrangement, poppy, anemone, camellia, chrysanthemum, jasmine, magnolia",
    "hibiscus, iris, violet flower, geranium, petunia, posy, meadow flower, edible flower, zinnia, nosegay",
    plurals="violets, lilacs, lavenders",
    place="room",
    companion="green leaves",
)
def flowers(shot: Shot) -> list[Thing]:
    """A vase of round flowers in the wished colour, else one that suits."""
    high = shot.between(0.32, 0.42)
    hue = (shot.palette.hue + shot.between(-40, 40)) % 360
    grown = from_oklch(0.85, 0.09, hue) if not UNGROWN[0] < hue < UNGROWN[1] else WHITE
    tint = hexadecimal(shot.wish.prop_colour) if shot.wish.prop_colour else grown
    stems, heads, greens = [], [], []
    for k in range(9):
        lean, turn, tall = shot.between(0.05, 0.5), 2.4 * k, shot.between(0.22, 0.42)
        t = np.linspace(0, 1, 8)
        path = np.stack([lean * tall * t**1.5 * np.cos(turn), tall * t, lean * tall * t**1.5 * np.sin(turn)], -1)
        stems.append(tube(path, np.full(8, 0.006)))
        heads.append(
            blossom(shot.between(0.09, 0.13), 9)
            .turned(x=35 * lean * np.sin(turn), z=-70 * lean * np.cos(turn))
            .moved(*path[-1])
        )
        greens.append(leaf(0.16, 0.06).turned(x=40, y=float(np.degrees(turn)) + 40).moved(*path[4]))
    lift = 0.9 * high
    return [
        slender_vase(shot, high),
        Thing(shape=joined(stems).moved(0, lift), material=Material(colour=(0.10, 0.16, 0.05))),
        Thing(shape=joined(greens).moved(0, lift), material=Material(colour=GREEN)),
        Thing(shape=joined(heads).moved(0, lift), material=Material(colour=tint, roughness=0.8)),
    ]


@prop("sunflower, sunflower around it", place="garden", kind_of="flowers")
def sunflowers(shot: Shot) -> list[Thing]:
    """Three sunflowers that look at the camera, two rows of petals round each heart, broad leaves on their stems."""
    stems, heads, hearts, greens = [], [], [], []
    for k in range(3):
        x, tall = 0.26 * (k - 1) + shot.between(-0.06, 0.06), shot.between(0.45, 1.0)
        path = np.stack([x + 0.05 * np.sin(np.linspace(0, 3, 8)), tall * np.linspace(0, 1, 8), np.zeros(8)], -1)
        stems.append(tube(path, np.full(8, 0.015)))
        facing = {"x": shot.between(60, 85), "z": shot.between(-22, 22)}
        petals = [
            leaf(long * shot.between(0.9, 1.1), 0.052, curl=-0.12, rows=7)
            .turned(x=tilt)
            .turned(y=360 / 24 * (j + shift))
            for long, tilt, shift in ((0.20, 84.0, 0.0), (0.165, 70.0, 0.5))
            for j in range(24)
        ]
        heads.append(mottled(shot.rng, petals).turned(**facing).moved(*path[-1]))
        hearts.append(ball(0.085).scaled(1, 0.35, 1).moved(0, -0.01).turned(**facing).moved(*path[-1]))
        for j in (2, 3, 4):
            blade = leaf(shot.between(0.2, 0.28), 0.17, curl=0.4).turned(x=shot.between(50, 75))
            greens.append(blade.turned(y=shot.between(0, 360)).moved(*path[j]))
    gold = np.linspace(0.75, 1.15, 12)[None, :, None] * np.array([0.86, 0.50, 0.02])
    return [
        Thing(shape=joined(stems), material=Material(colour=(0.10, 0.17, 0.04))),
        Thing(shape=mottled(shot.rng, greens), material=Material(colour=shades(shot.rng, (0.09, 0.17, 0.04)))),
        Thing(shape=joined(heads), material=Material(colour=np.clip(gold, 0, 1).astype(np.float32))),
        Thing(shape=joined(hearts), material=Material(colour=(0.075, 0.038, 0.014))),
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


@prop("petal, rose petal, scattered petal, flower petal, falling petal, petals", kind_of="flowers", strewn=True)
def petals(shot: Shot, count: int) -> list[Thing]:
    """Rose petals strewn about."""
    tint = hexadecimal(shot.wish.prop_colour) if shot.wish.prop_colour else (0.62, 0.12, 0.16)
    lying = []
    for x, _, z in scattered(shot, count, far=-2.0):
        size = shot.between(0.05, 0.085)
        dish = np.linspace(-1, 1, 7)
        px, pz = np.meshgrid(dish, dish)
        y = 0.22 * (px**2 + pz**2) * size
        shape = sheet(
            np.stack([px * size * 0.5, y * 0.6, pz * size * np.sqrt(np.clip(1.05 - 0.5 * px**2, 0, 1)) * 0.6], -1)
        )
        lying.append(shape.turned(x=shot.between(-12, 12), y=shot.between(0, 360)).moved(float(x), 0.004, float(z)))
    return [Thing(shape=joined(lying), material=Material(colour=tint, roughness=0.6))] if lying else []


def blossom(radius: float, petals: int) -> Shape:
    """An open flower that looks up, without its heart."""
    blades = [leaf(radius, 0.62 * radius, curl=-0.35).turned(x=62).turned(y=360 / petals * k) for k in range(petals)]
    inner = [
        leaf(0.7 * radius, 0.5 * radius, curl=-0.4).turned(x=38).turned(y=360 / petals * (k + 0.5))
        for k in range(petals)
    ]
    return joined([*blades, *inner])


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
        bellied_vase(shot),
        Thing(shape=joined(stems).moved(0, lift), material=STEM),
        Thing(shape=joined(greens).moved(0, lift), material=LEAF),
        Thing(shape=joined(placed).moved(0, lift), material=Material(colour=colour, roughness=0.7)),
    ]


def _in_heart(heads: Shape, count: int, size: int) -> Shape:
    """A button in the middle of each of `count` flowers of `size` points."""
    middles = heads.points.reshape(count, size, 3).mean(1)
    return joined([ball(0.024, rings=11).scaled(1, 0.6, 1).moved(*middle) for middle in middles])
