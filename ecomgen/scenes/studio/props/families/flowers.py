"""Flowers, twigs in a vase, dry grass, petals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.grounds.relief import scattered
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.plants import GREEN, leaf, mottled, shades, twig
from ecomgen.scenes.studio.stage.palette import from_oklch, hexadecimal
from ecomgen.scenes.studio.stage.shapes import Shape, ball, joined, lathe, sheet, tube
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot


def _vase(shot: Shot, height: float) -> Thing:
    r = 0.3 * height
    profile = [(0, 0), (0.6 * r, 0), (r, 0.35 * height), (0.75 * r, 0.7 * height), (0.38 * r, 0.9 * height)]
    profile += [(0.48 * r, height), (0.42 * r, height), (0.3 * r, 0.88 * height)]
    rounded = _smooth(profile)
    colour = hexadecimal(shot.pick("#e9e3d8", "#c9b8a3", "#b5aa9a", "#3f4a4a", "#d8d2c8"))
    return Thing(shape=lathe(rounded), material=Material(colour=colour, roughness=0.5))


def _smooth(profile: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A profile rounded by cutting its corners twice (Chaikin)."""
    points = np.asarray(profile, dtype=float)
    for _ in range(3):
        near, far = 0.75 * points[:-1] + 0.25 * points[1:], 0.25 * points[:-1] + 0.75 * points[1:]
        points = np.concatenate([points[:1], np.stack([near, far], 1).reshape(-1, 2), points[-1:]])
    return [(float(r), float(h)) for r, h in points]


@prop(
    "vase, branch, greenery branch, branches, stick, vases, green branch",
    place="room",
    kind_of="plant, green leaves",
    rank=6,
)
def vase(shot: Shot) -> list[Thing]:
    """A vase with a few green twigs, such as eucalyptus."""
    high = shot.between(0.35, 0.5)
    stems, greens = zip(
        *[twig(shot.rng, shot.between(0.5, 0.8), 0.13, lean=shot.between(0.15, 0.6)) for _ in range(5)], strict=True
    )
    lift = 0.85 * high
    return [
        _vase(shot, high),
        Thing(shape=joined(stems).moved(0, lift), material=Material(colour=(0.12, 0.09, 0.05))),
        Thing(shape=joined(greens).moved(0, lift), material=Material(colour=(0.13, 0.20, 0.13), roughness=0.6)),
    ]


def blossom(radius: float, petals: int) -> Shape:
    """An open flower that looks up, without its heart."""
    blades = [leaf(radius, 0.62 * radius, curl=-0.35).turned(x=62).turned(y=360 / petals * k) for k in range(petals)]
    inner = [
        leaf(0.7 * radius, 0.5 * radius, curl=-0.4).turned(x=38).turned(y=360 / petals * (k + 0.5))
        for k in range(petals)
    ]
    return joined([*blades, *inner])


@prop(
    "flower, bouquet, floral, peony, ranunculus, wildflower, bloom, hydrangea, dahlia, carnation, orchid, lily",
    "mother day, fresh flower, flower arrangement, poppy, anemone, camellia, chrysanthemum, jasmine, magnolia",
    "hibiscus, iris, violet flower, geranium, petunia, posy, meadow flower, edible flower, zinnia",
    plurals="violets, lilacs, lavenders",
    place="room",
    companion="green leaves",
)
def flowers(shot: Shot) -> list[Thing]:
    """A vase of round flowers in the wished colour, else one that suits."""
    high = shot.between(0.32, 0.42)
    tint = (
        hexadecimal(shot.wish.prop_colour)
        if shot.wish.prop_colour
        else from_oklch(0.72, 0.10, shot.palette.hue + shot.between(-40, 40))
    )
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
        _vase(shot, high),
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
    "pampas, pampas grass, dried flower, dried grass, dry grass, dried plant, reed, feather grass, bunny tail, feather",
    "dried botanical, cotton branch, toetoe",
    kind_of="plant",
)
def pampas(shot: Shot) -> list[Thing]:
    """Dry plumes in a vase."""
    high = shot.between(0.35, 0.5)
    plumes = []
    for _ in range(6):
        lean, turn, tall = shot.between(0.05, 0.45), shot.between(0, 6.3), shot.between(0.6, 0.95)
        t = np.linspace(0, 1, 40)
        reach = lean * tall * t**2
        path = np.stack([reach * np.cos(turn), tall * t, reach * np.sin(turn)], -1)
        plumes.append(tube(path[:18], np.full(18, 0.005), segments=5))
        for point in path[16:]:
            for _ in range(5):
                hair = leaf(0.13, 0.014, curl=0.5).turned(x=shot.between(15, 50)).turned(y=shot.between(0, 360))
                plumes.append(hair.moved(*point))
    return [
        _vase(shot, high),
        Thing(shape=joined(plumes).moved(0, 0.85 * high), material=Material(colour=(0.58, 0.46, 0.32))),
    ]


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
