"""Fruit in slices, wedges and halves."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ecomgen.scenes.studio.bodies import METRE, grained
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, disc, joined, lathe, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Texture, Thing, Values
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around, cluster
from ecomgen.scenes.studio.stage.shot import Shot


@dataclass(frozen=True)
class Citrus:
    """A citrus fruit that is cut."""

    rind: Colour
    pulp: Colour
    radius: float  # metres


LEMON = Citrus((0.80, 0.58, 0.03), (0.82, 0.64, 0.14), 0.03)
ORANGE = Citrus((0.76, 0.27, 0.02), (0.80, 0.33, 0.03), 0.037)
LIME = Citrus((0.13, 0.30, 0.03), (0.50, 0.60, 0.18), 0.026)
GRAPEFRUIT = Citrus((0.80, 0.40, 0.10), (0.70, 0.16, 0.12), 0.045)
THICK, OVER_FOLDS = 0.027, 0.03  # units: of a slice, and by which it lies over a cloth in a flat lay
BESIDE = 0.42  # units from one kind to the next


@prop(
    "lemon slice, sliced lemon, slice of lemon, lemon wedge, half lemon, cut lemon, lemon zest, lemon peel",
    "lemon wheel, lemon half, lemon twist, halved lemon",
    place="sweep",
    loose=True,
    around="strewn lemon slices",
)
def lemon_slices(shot: Shot) -> list[Thing]:
    return _halves(shot, LEMON)


@prop("strewn lemon slice, scattered lemon slice", strewn=True, kind_of="lemon slices")
def strewn_lemon_slices(shot: Shot, count: int) -> list[Thing]:
    return _strewn(shot, count, LEMON)


@prop(
    "orange slice, sliced orange, slice of orange, dried orange, dried orange slice, orange wedge, half orange",
    "orange peel, vitamin c, orange zest, orange twist, orange wheel, orange segment",
    "orange halves, halved orange, candied orange",
    place="sweep",
    loose=True,
    around="strewn orange slices",
)
def orange_slices(shot: Shot) -> list[Thing]:
    return _halves(shot, ORANGE)


@prop("strewn orange slice, scattered orange slice", strewn=True, kind_of="orange slices")
def strewn_orange_slices(shot: Shot, count: int) -> list[Thing]:
    return _strewn(shot, count, ORANGE)


def slice_on_rim(shot: Shot, fruit: Citrus, height: float) -> Thing:
    """A slice of a citrus fruit that sits on a glass's rim, `height` units up."""
    round_slice = disc(0.1, 0.028, 0.006).draped(0.2, 0.2).turned(x=90).moved(0, height + 0.045)
    turned = round_slice.moved(0.13, 0, 0).turned(y=shot.uniform(-40, 60))
    return Thing(turned, _flesh(_cut(fruit)))


@prop(
    "lime slice, lime wedge, slice of lime, lime half, lime fruit, lime juice, limes",
    place="sweep",
    loose=True,
    around="strewn lime slices",
)
def lime_slices(shot: Shot) -> list[Thing]:
    return _halves(shot, LIME)


@prop("strewn lime slice, scattered lime slice", strewn=True, kind_of="lime slices")
def strewn_lime_slices(shot: Shot, count: int) -> list[Thing]:
    return _strewn(shot, count, LIME)


@prop(
    "citrus slice, citrus wheel, citrus twist, citrus wedge, sliced citrus, cut citrus, halved citrus, citrus peel",
    "citrus half, citrus zest, citrus segment, dried citrus",
    place="sweep",
    loose=True,
    around="strewn citrus slices",
)
def citrus_slices(shot: Shot) -> list[Thing]:
    """Of orange and of lemon, side by side."""
    lemon = _halves(shot, LEMON)
    return [*_halves(shot, ORANGE), *(thing.moved(BESIDE, 0, 0.12) for thing in lemon)]


@prop("strewn citrus slice, scattered citrus slice", strewn=True, kind_of="citrus slices")
def strewn_citrus_slices(shot: Shot, count: int) -> list[Thing]:
    """Of orange, lemon and lime."""
    return _strewn(shot, count, ORANGE, LEMON, LIME)


@prop("grapefruit, grapefruit slice, grapefruit half, pomelo, blood orange, pink grapefruit", place="window")
def grapefruit_slices(shot: Shot) -> list[Thing]:
    return _halves(shot, GRAPEFRUIT)


@prop("kiwi, kiwi slice, kiwifruit", place="window")
def kiwi_slices(shot: Shot) -> list[Thing]:
    r, angle = _polar(256)
    green = np.asarray((0.38, 0.55, 0.08)) * (0.8 + 0.2 * np.cos(44 * angle))[..., None]
    heart = np.clip((0.22 - r) / 0.05, 0, 1)[..., None]
    face = green * (1 - heart) + np.asarray((0.80, 0.82, 0.55)) * heart
    seeds = (np.abs(r - 0.38) < 0.07) & (np.cos(30 * angle) > 0.75)
    face = np.where(seeds[..., None], (0.02, 0.02, 0.01), face)
    return _slices(shot, np.where((r > 0.95)[..., None], (0.25, 0.17, 0.08), face), 0.024)


@prop("cucumber, cucumber slice, zucchini, courgette, cucumber ribbon, pickle slice", place="window")
def cucumber_slices(shot: Shot) -> list[Thing]:
    r, angle = _polar(256)
    face = np.asarray((0.62, 0.74, 0.38)) * (0.92 + 0.08 * np.cos(3 * angle))[..., None]
    seeds = (np.abs(r - 0.42) < 0.12) & (np.cos(24 * angle) > 0.6)
    face = np.where(seeds[..., None], (0.74, 0.80, 0.52), face)
    return _slices(shot, np.where((r > 0.91)[..., None], (0.05, 0.17, 0.03), face), 0.022)


@prop("watermelon, melon, watermelon slice, melon slice, watermelon wedge", place="window")
def watermelon(shot: Shot) -> list[Thing]:
    """Wedges of watermelon, standing on their rind."""
    flesh, rinds, pips = [], [], []
    for x, z in cluster(shot, shot.count(2), 0.46):
        turn = shot.uniform(-35, 35)
        arc = np.linspace(np.pi, 2 * np.pi, 33)
        for radius, thick, group in ((0.30, 0.12, flesh), (0.335, 0.118, rinds)):
            rim = np.stack([radius * np.cos(arc), radius * np.sin(arc)], -1)
            middle = np.zeros_like(rim)
            rows = [
                *((middle, thick / 2), (rim, thick / 2), (rim, thick / 2), (rim, -thick / 2)),
                *((rim, -thick / 2), (middle, -thick / 2)),
            ]
            grid = np.stack([np.concatenate([line, np.full((33, 1), at)], -1) for line, at in rows])
            group.append(sheet(grid, smooth=False).turned(x=-12, y=turn).moved(x, 0.335, z))
        for _ in range(12):
            a, r = shot.uniform(np.pi + 0.3, 2 * np.pi - 0.3), shot.uniform(0.12, 0.24)
            pip = ball(0.011, rings=7).scaled(0.8, 1.4, 0.5).moved(r * np.cos(a), r * np.sin(a), 0.058)
            pips.append(pip.turned(x=-12, y=turn).moved(x, 0.335, z))
    return [
        Thing(joined(flesh), Material((0.72, 0.10, 0.09), roughness=0.35)),
        Thing(joined(rinds), Material((0.30, 0.46, 0.16), roughness=0.4)),
        Thing(joined(pips), Material((0.02, 0.015, 0.01), roughness=0.3)),
    ]


@prop("coconut, coconut half, coconut oil, coconut water, coconut shell, copra", place="window")
def coconuts(shot: Shot) -> list[Thing]:
    """A coconut, and half of another with its white flesh."""
    fibre = spectral(shot.rng, (256, 256), falloff=0.7, stretch=(7.0, 1.0))
    brown = grained((0.19, 0.11, 0.06), fibre, 0.3)
    husk = Material(brown, roughness=0.95, bump=fibre, bump_scale=0.005)
    bowl, flesh = _cup(0.22), _cup(0.2).moved(0, 0.012)
    lean = {"x": 42.0, "y": shot.uniform(-20, 20)}
    return [
        Thing(joined([ball(0.22), bowl.turned(**lean).moved(0.36, 0.2, 0.2)]), husk),
        Thing(flesh.turned(**lean).moved(0.36, 0.2, 0.2), Material((0.86, 0.84, 0.79), roughness=0.4)),
    ]


@prop("avocado, avocado half", place="window")
def avocados(_: Shot) -> list[Thing]:
    """An avocado cut in two, one half with its stone."""
    outline = np.linspace(0, 2 * np.pi, 97)
    egg = np.stack([np.cos(outline) * (1 - 0.22 * np.sin(outline)), 1.35 * np.sin(outline)], -1)
    things = []
    for x, turn, stone in ((0.0, -12.0, True), (0.34, 24.0, False)):
        for scale, high, colour in ((0.15, 0.0, (0.035, 0.05, 0.015)), (0.135, 0.012, (0.52, 0.55, 0.14))):
            things.append((_mound(egg * scale, 0.10, high).turned(y=turn).moved(x), Material(colour, roughness=0.5)))
        middle = ball(0.062) if stone else ball(0.062).scaled(1, 0.12, 1)
        brown = Material((0.14, 0.06, 0.02) if stone else (0.40, 0.38, 0.10), roughness=0.35)
        things.append((middle.moved(x, 0.065 if stone else 0.10, 0.05), brown))
    return [Thing(shape, material) for shape, material in things]


def _cup(radius: float) -> Shape:
    """The lower half of a sphere about the origin, open above, with a thick rim."""
    angle = np.linspace(-np.pi / 2, 0, 20)
    outer = radius * np.stack([np.cos(angle), np.sin(angle)], -1)
    return lathe([*outer, *0.86 * outer[::-1]])


def _slices(shot: Shot, face: Texture, radius: float) -> list[Thing]:
    """Round slices, lying over one another like fallen dominoes."""
    wide = radius * METRE
    lying = [
        _slice(wide, 0.022, 0.005).turned(z=0 if k == 0 else -12).moved(0.62 * wide * k, 0.006 * k)
        for k in range(shot.count(5))
    ]
    return [Thing(joined(lying).turned(y=shot.uniform(-40, 40)), _flesh(face.astype(np.float32)))]


def _halves(shot: Shot, fruit: Citrus) -> list[Thing]:
    """Slices of citrus fruit, some lying and, but in a flat lay, one standing towards the camera."""
    wide, seen_from_above = fruit.radius * METRE, shot.frame.lying
    apart, slices = 2.5 if seen_from_above else 1.7, []
    for number, (x, z) in enumerate(cluster(shot, shot.count(3), apart * wide)):
        upright = number == 0 and not seen_from_above
        tilted = _slice(wide).turned(x=78 if upright else 0, y=shot.uniform(-25, 25))
        low = OVER_FOLDS if seen_from_above else 0.0
        slices.append(tilted.moved(x, wide - 0.01 if upright else low, z - (0.3 if upright else 0)))
    return [Thing(joined(slices), _flesh(_cut(fruit)))]


def _strewn(shot: Shot, count: int, *fruits: Citrus) -> list[Thing]:
    """Slices of citrus fruit that lie all round, none across another."""
    apart = 2 * METRE * max(fruit.radius for fruit in fruits)
    places: list[tuple[float, float]] = []
    for x, z in around(shot, count, reach=0.9):
        if all(np.hypot(x - left, z - far) > apart for left, far in places):
            places.append((x, z))
    places = places[: count // 5]
    things = []
    for number, fruit in enumerate(fruits):
        there = places[number :: len(fruits)]
        found = [_slice(fruit.radius * METRE).turned(y=shot.uniform(0, 360)).moved(x, 0, z) for x, z in there]
        things += [Thing(joined(found), _flesh(_cut(fruit)))] if found else []
    return things


def _flesh(face: Texture) -> Material:
    return Material(face, roughness=0.25, specular=0.6)


def _polar(side: int) -> tuple[Values, Values]:
    """How far the pixels of a square face are from its middle, 1 at its sides, and in which direction, in radians."""
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    return np.hypot(x, y), np.arctan2(y, x)


def _slice(wide: float, thick: float = THICK, edge: float = 0.008) -> Shape:
    """A round slice: its face is the same on both sides, and its rim has the face's outermost colour."""
    cut = disc(wide, thick, edge)
    flat = replace(cut, points=cut.points * np.asarray((1, 0, 1), np.float32))
    return replace(cut, uv=flat.draped(2 * wide, 2 * wide).uv)


def _cut(fruit: Citrus) -> Texture:
    """A citrus fruit cut across: rind, pith, ten segments with their membranes."""
    r, angle = _polar(320)
    sector = np.abs(((angle * 10 / (2 * np.pi)) % 1) - 0.5) * 2
    membrane = np.clip((sector - 0.9) / 0.06, 0, 1) + np.clip((0.14 - r) / 0.03, 0, 1)
    fibre = 0.88 + 0.12 * np.cos(40 * angle + 9 * np.sin(14 * r)) * np.cos(11 * r)
    colour = np.asarray(fruit.pulp) * fibre[..., None]
    pith = np.clip(membrane + np.clip((r - 0.80) / 0.03, 0, 1), 0, 1)[..., None]
    colour = colour * (1 - pith) + np.asarray((0.82, 0.76, 0.55)) * pith
    return np.where((r > 0.92)[..., None], fruit.rind, colour).astype(np.float32)


def _mound(outline: np.ndarray, height: float, lift: float) -> Shape:
    """A flat-topped body with a round belly over an outline, Nx2."""
    rings = [(0.0, 0.0), (0.5, 0.0), (0.8, 0.25), (0.95, 0.6), (1.0, 0.95), (0.97, 1.0), (0.0, 1.0)]
    rows = [xyz(outline[:, 0] * r, lift + h * height, outline[:, 1] * r) for r, h in rings]
    return sheet(np.stack(rows[::-1]))
