"""Fruit, vegetables and what grows on a tree to be eaten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.plants import leaf
from ecomgen.scenes.studio.props.scatter import METRE, cluster, fruit, lobed, turned_body
from ecomgen.scenes.studio.stage.noise import spectral
from ecomgen.scenes.studio.stage.palette import hexadecimal
from ecomgen.scenes.studio.stage.shapes import Shape, ball, disc, joined, sheet, tube
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Colour, Texture

STALK = Material(colour=(0.10, 0.06, 0.03), roughness=0.8)
GREEN = Material(colour=(0.08, 0.17, 0.04), roughness=0.6)


def _stalk(x: float, y: float, z: float, length: float) -> Shape:
    t = np.linspace(0, 1, 6)
    path = np.stack([x + 0.3 * length * t**2, y + length * t, np.full(6, z)], -1)
    return tube(path, np.full(6, 0.07 * length + 0.006), segments=7)


def _calyx(radius: float, blades: int = 5) -> Shape:
    """Small green leaves that lie on a fruit's top."""
    return joined([leaf(radius, 0.4 * radius, curl=0.2).turned(x=80).turned(y=360 / blades * k) for k in range(blades)])


def _blush(shot: Shot, base: Colour, other: Colour) -> Texture:
    """A peel that turns from one colour to the other in streaks from top to bottom."""
    streaks = spectral(shot.rng, (128, 256), falloff=1.3, stretch=(6.0, 1.0))
    share = np.clip(0.45 + 0.35 * streaks, 0, 1)[..., None]
    return (np.asarray(base) * (1 - share) + np.asarray(other) * share).astype(np.float32)


@prop("apple, red apple, green apple, apple fruit, cider, quince", place="window")
def apples(shot: Shot) -> list[Thing]:
    """Apples, red turning to yellow, with their stalks."""
    peel = Material(colour=_blush(shot, (0.42, 0.03, 0.02), (0.55, 0.32, 0.06)), roughness=0.28, specular=0.5)
    bodies, stalks = [], []
    for x, z in cluster(shot, shot.wish.count_of("apples", 3), 0.36):
        body = fruit(shot.between(0.036, 0.041), tall=0.9, dimple=0.3, taper=0.12)
        bodies.append(body.turned(x=shot.between(-12, 12), y=shot.between(0, 360)).moved(x, 0, z))
        stalks.append(_stalk(x, 0.24, z, 0.09))
    return [Thing(shape=joined(bodies), material=peel), Thing(shape=joined(stalks), material=STALK)]


@prop("pear, pear fruit", place="window")
def pears(shot: Shot) -> list[Thing]:
    outline = [
        (0, 0),
        (0.02, 0),
        (0.036, 0.018),
        (0.038, 0.04),
        (0.026, 0.066),
        (0.017, 0.085),
        (0.008, 0.096),
        (0, 0.095),
    ]
    peel = Material(colour=_blush(shot, (0.40, 0.40, 0.08), (0.50, 0.34, 0.10)), roughness=0.4)
    places = cluster(shot, shot.wish.count_of("pears", 2), 0.36)
    bodies = [turned_body(outline).turned(z=shot.between(-6, 6)).moved(x, 0, z) for x, z in places]
    stalks = [_stalk(x, 0.37, z, 0.1) for x, z in places]
    return [Thing(shape=joined(bodies), material=peel), Thing(shape=joined(stalks), material=STALK)]


@prop("tomato, cherry tomato, red tomato, tomato sauce, passata, ketchup", place="window")
def tomatoes(shot: Shot) -> list[Thing]:
    skin = Material(colour=(0.50, 0.035, 0.015), roughness=0.16, specular=0.6)
    bodies, tops = [], []
    for x, z in cluster(shot, shot.wish.count_of("tomatoes", 4), 0.24):
        size = shot.between(0.02, 0.03)
        bodies.append(lobed(fruit(size, tall=0.82, dimple=0.16), 6, 0.03).moved(x, 0, z))
        tops.append(_calyx(0.75 * size * METRE).turned(y=shot.between(0, 90)).moved(x, 1.5 * size * METRE, z))
    return [Thing(shape=joined(bodies), material=skin), Thing(shape=joined(tops), material=GREEN)]


@prop(
    "berry, raspberry, blueberry, blackberry, mixed berry, forest fruit, cranberry, acai, currant, elderberry",
    "red fruit",
    place="window",
)
def berries(shot: Shot) -> list[Thing]:
    """A handful of raspberries and blueberries."""
    places = cluster(shot, shot.wish.count_of("berries", 18), 0.09)
    red = [
        _raspberry().turned(x=shot.between(60, 110), y=shot.between(0, 360)).moved(x, 0.035, z) for x, z in places[::2]
    ]
    blue = [
        fruit(0.0085, tall=0.85, dimple=0.35).turned(x=shot.between(-40, 40)).moved(x, 0, z) for x, z in places[1::2]
    ]
    bloom = Material(colour=(0.05, 0.07, 0.17), roughness=0.6)
    found = [Thing(shape=joined(red), material=Material(colour=(0.45, 0.02, 0.05), roughness=0.35))]
    return [*found, Thing(shape=joined(blue), material=bloom)] if blue else found


def _raspberry() -> Shape:
    drupes = []
    for row, (high, wide, count) in enumerate(((0.0, 0.034, 9), (0.026, 0.031, 9), (0.05, 0.023, 7), (0.068, 0.01, 4))):
        for k in range(count):
            angle = 2 * np.pi * (k + 0.5 * (row % 2)) / count
            drupes.append(ball(0.0145, rings=9).moved(wide * np.cos(angle), high, wide * np.sin(angle)))
    return joined(drupes).moved(0, -0.04)


@prop("strawberry", place="window")
def strawberries(shot: Shot) -> list[Thing]:
    outline = [(0, 0), (0.006, 0.001), (0.014, 0.014), (0.017, 0.026), (0.013, 0.034), (0, 0.036)]
    dots = spectral(shot.rng, (160, 160), falloff=0.2, finest=2.2)
    seeds = np.where(dots[..., None] > 1.9, (0.62, 0.42, 0.10), (0.48, 0.02, 0.02)).astype(np.float32)
    flesh = Material(colour=seeds, roughness=0.3, bump=-np.maximum(dots, 0), bump_scale=0.004)
    bodies, tops = [], []
    for x, z in cluster(shot, shot.wish.count_of("strawberries", 4), 0.17):
        tilt, turn = shot.between(70, 105), shot.between(0, 360)
        body, top = turned_body(outline), _calyx(0.075, 7).moved(0, 0.145)
        bodies.append(body.turned(x=tilt, y=turn).moved(x, 0.066, z))
        tops.append(top.turned(x=tilt, y=turn).moved(x, 0.066, z))
    return [Thing(shape=joined(bodies), material=flesh), Thing(shape=joined(tops), material=GREEN)]


@prop("cherry fruit, cherries, red cherry, sour cherry, maraschino", place="window")
def cherries(shot: Shot) -> list[Thing]:
    """Cherries, their stalks standing up in pairs."""
    bodies, stalks = [], []
    for x, z in cluster(shot, shot.wish.count_of("cherries", 6), 0.12):
        bodies.append(fruit(0.0115, tall=0.92, dimple=0.25).moved(x, 0, z))
        stalks.append(_stalk(x, 0.08, z, 0.17).turned(y=0))
    skin = Material(colour=(0.22, 0.008, 0.02), roughness=0.12, specular=0.6)
    return [Thing(shape=joined(bodies), material=skin), Thing(shape=joined(stalks), material=GREEN)]


@prop("grape, bunch of grape, wine grape, raisin, grapevine, red grape", place="window")
def grapes(shot: Shot) -> list[Thing]:
    """A bunch of grapes lying on its side."""
    balls = []
    for k in range(46):
        along = (k / 46) ** 0.8
        girth = 0.13 * np.sin(np.pi * min(along + 0.18, 1.0)) + 0.02
        angle = np.radians(137.5 * k)
        y = 0.05 + girth * (1 + np.sin(angle)) * 0.8
        balls.append(
            ball(shot.between(0.038, 0.046), rings=15).moved(0.5 * along - 0.25, y - 0.05, girth * np.cos(angle))
        )
    stem = tube(np.array([[-0.42, 0.2, 0], [-0.3, 0.14, 0], [-0.2, 0.12, 0]]), np.full(3, 0.014))
    skin = Material(colour=(0.07, 0.015, 0.06) if shot.rng.random() < 0.6 else (0.32, 0.38, 0.10), roughness=0.3)
    turn = shot.between(-40, 40)
    return [
        Thing(shape=joined(balls).turned(y=turn), material=skin),
        Thing(shape=stem.turned(y=turn), material=STALK),
    ]


def halves(shot: Shot, name: str, rind: Colour, pulp: Colour, radius: float) -> list[Thing]:
    """Slices of citrus fruit, some lying and one standing towards the camera."""
    face = Material(colour=_cut(rind, pulp), roughness=0.25, specular=0.6)
    wide, thick = radius * METRE, 0.035
    slices = []
    for number, (x, z) in enumerate(cluster(shot, shot.wish.count_of(name, 3), 1.7 * wide)):
        lying = disc(wide, thick, 0.008).draped(2 * wide, 2 * wide)
        upright = number == 0
        tilted = lying.turned(x=78 if upright else 0, y=shot.between(-25, 25))
        slices.append(tilted.moved(x, wide - 0.01 if upright else 0, z - (0.3 if upright else 0)))
    return [Thing(shape=joined(slices), material=face)]


def _cut(rind: Colour, pulp: Colour) -> Texture:
    """A citrus fruit cut across: rind, pith, ten segments with their membranes."""
    y, x = np.mgrid[-1:1:320j, -1:1:320j]
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    sector = np.abs(((angle * 10 / (2 * np.pi)) % 1) - 0.5) * 2
    membrane = np.clip((sector - 0.9) / 0.06, 0, 1) + np.clip((0.14 - r) / 0.03, 0, 1)
    fibre = 0.88 + 0.12 * np.cos(40 * angle + 9 * np.sin(14 * r)) * np.cos(11 * r)
    colour = np.asarray(pulp) * fibre[..., None]
    pith = np.clip(membrane + np.clip((r - 0.80) / 0.03, 0, 1), 0, 1)[..., None]
    colour = colour * (1 - pith) + np.asarray((0.82, 0.76, 0.55)) * pith
    return np.where((r > 0.92)[..., None], rind, colour).astype(np.float32)


@prop(
    "lemon slice, sliced lemon, slice of lemon, citrus slice, lemon wedge, half lemon, cut lemon, lemon zest",
    "lemon peel",
    place="sweep",
    loose=True,
)
def lemon_slices(shot: Shot) -> list[Thing]:
    return halves(shot, "lemon slices", (0.80, 0.58, 0.03), (0.82, 0.64, 0.14), 0.03)


@prop(
    "orange slice, sliced orange, slice of orange, dried orange, dried orange slice, orange wedge, half orange",
    "citrus half, orange peel, vitamin c, orange zest",
    place="sweep",
    loose=True,
)
def orange_slices(shot: Shot) -> list[Thing]:
    return halves(shot, "orange slices", (0.76, 0.27, 0.02), (0.80, 0.33, 0.03), 0.037)


@prop("lime slice, lime wedge, slice of lime, lime half, lime fruit, lime juice, limes", place="sweep", loose=True)
def lime_slices(shot: Shot) -> list[Thing]:
    return halves(shot, "lime slices", (0.13, 0.30, 0.03), (0.50, 0.60, 0.18), 0.026)


@prop("grapefruit, grapefruit slice, grapefruit half, pomelo, blood orange, pink grapefruit", place="window")
def grapefruit_slices(shot: Shot) -> list[Thing]:
    return halves(shot, "grapefruit slices", (0.80, 0.40, 0.10), (0.70, 0.16, 0.12), 0.045)


@prop(
    "chilli, chili, chilli pepper, red chilli, hot pepper, jalapeno, chile, hot sauce, red pepper, cayenne, spicy",
    "tabasco",
    place="window",
    companion="garlic",
)
def chillies(shot: Shot) -> list[Thing]:
    """Red chillies, curved, with green stems."""
    pods, stems = [], []
    for x, z in cluster(shot, shot.wish.count_of("chillies", 5), 0.14):
        t, bend, turn = np.linspace(0, 1, 22), shot.between(0.05, 0.14), shot.between(0, 360)
        path = np.stack([0.4 * (t - 0.5), np.full(22, 0.045), bend * (2 * t - 1) ** 2], -1)
        radii = 0.04 * np.sqrt(np.clip(1 - t, 0, 1)) * np.clip(8 * t + 0.35, 0, 1) + 0.001
        pods.append(tube(path, radii, segments=14).turned(y=turn).moved(x, 0, z))
        stem = np.stack([-0.2 - 0.1 * t[:6] * 5, 0.045 + 0.05 * t[:6] * 5, np.full(6, bend)], -1)
        stems.append(tube(stem, np.full(6, 0.012), segments=7).turned(y=turn).moved(x, 0, z))
    skin = Material(colour=(0.45, 0.015, 0.01), roughness=0.14, specular=0.6)
    return [Thing(shape=joined(pods), material=skin), Thing(shape=joined(stems), material=GREEN)]


@prop("garlic, garlic clove, garlic bulb, onion, shallot", place="window")
def garlic(shot: Shot) -> list[Thing]:
    outline = [
        (0, 0),
        (0.014, 0),
        (0.026, 0.01),
        (0.027, 0.02),
        (0.014, 0.034),
        (0.005, 0.044),
        (0.004, 0.062),
        (0, 0.064),
    ]
    bulbs = [
        lobed(turned_body(outline), 9, 0.1).turned(z=shot.between(-16, 16)).moved(x, 0, z)
        for x, z in cluster(shot, shot.wish.count_of("garlic", 2), 0.26)
    ]
    stripes = 0.5 + 0.5 * np.cos(np.linspace(0, 60 * np.pi, 400))[None, :, None] ** 8
    skin = np.asarray((0.74, 0.69, 0.62)) * (1 - 0.12 * stripes) + np.asarray((0.42, 0.28, 0.34)) * 0.12 * stripes
    colour = np.broadcast_to(skin, (8, 400, 3)).astype(np.float32)
    return [Thing(shape=joined(bulbs), material=Material(colour=colour, roughness=0.55))]


@prop("pumpkin, gourd, squash, jack o lantern, halloween, thanksgiving, pumpkin patch, pumpkin spice", place="garden")
def pumpkins(shot: Shot) -> list[Thing]:
    """Pumpkins of several sizes and colours, with their stalks."""
    tints = ("#d9742b", "#e3b98a", "#c65a22", "#9aa58c", "#e8dcc4")
    things = []
    for number, (x, z) in enumerate(cluster(shot, shot.wish.count_of("pumpkins", 3), 0.62)):
        size = shot.between(0.07, 0.095) * (1.0 if number == 0 else 0.7)
        body = lobed(fruit(size, tall=0.68, dimple=0.2), 12, 0.13).moved(x, 0, z)
        colour = hexadecimal(shot.wish.prop_colour or tints[number % len(tints)])
        things.append(Thing(shape=body, material=Material(colour=colour, roughness=0.5)))
        things.append(Thing(shape=_stalk(x, size * 4.1, z, 0.15), material=Material(colour=(0.22, 0.2, 0.09))))
    return things


@prop(
    "nut, hazelnut, almond, walnuts, peanut, cashew, pecan, pistachio nut, macadamia, trail mix, nut mix, brazil nut",
    place="window",
)
def nuts(shot: Shot) -> list[Thing]:
    """Hazelnuts and almonds."""
    places = cluster(shot, shot.wish.count_of("nuts", 14), 0.085)
    round_one = fruit(0.0085, tall=1.0, dimple=-0.14, taper=-0.1)
    flat_one = ball(0.5, rings=17).scaled(0.052, 0.034, 0.092)
    hazel = [
        round_one.turned(x=shot.between(40, 120), y=shot.between(0, 360)).moved(x, 0.02, z) for x, z in places[::2]
    ]
    almond = [flat_one.turned(y=shot.between(0, 360)).moved(x, 0, z) for x, z in places[1::2]]
    shell = Material(colour=(0.26, 0.115, 0.04), roughness=0.4)
    skin = Material(
        colour=(0.27, 0.11, 0.045), roughness=0.75, bump=spectral(shot.rng, (64, 128), falloff=0.6), bump_scale=0.01
    )
    found = [Thing(shape=joined(hazel), material=shell)]
    return [*found, Thing(shape=joined(almond), material=skin)] if almond else found


@prop("avocado, avocado half", place="window")
def avocados(_: Shot) -> list[Thing]:
    """An avocado cut in two, one half with its stone."""
    outline = np.linspace(0, 2 * np.pi, 97)
    egg = np.stack([np.cos(outline) * (1 - 0.22 * np.sin(outline)), 1.35 * np.sin(outline)], -1)
    things = []
    for x, turn, stone in ((0.0, -12.0, True), (0.34, 24.0, False)):
        for scale, high, colour in ((0.15, 0.0, (0.035, 0.05, 0.015)), (0.135, 0.012, (0.52, 0.55, 0.14))):
            things.append(
                (_mound(egg * scale, 0.10, high).turned(y=turn).moved(x), Material(colour=colour, roughness=0.5))
            )
        middle = ball(0.062) if stone else ball(0.062).scaled(1, 0.12, 1)
        brown = Material(colour=(0.14, 0.06, 0.02) if stone else (0.40, 0.38, 0.10), roughness=0.35)
        things.append((middle.moved(x, 0.065 if stone else 0.10, 0.05), brown))
    return [Thing(shape=shape, material=material) for shape, material in things]


def _mound(outline: np.ndarray, height: float, lift: float) -> Shape:
    """A flat-topped body with a round belly over an outline, Nx2."""
    rings = [(0.0, 0.0), (0.5, 0.0), (0.8, 0.25), (0.95, 0.6), (1.0, 0.95), (0.97, 1.0), (0.0, 1.0)]
    rows = [
        np.stack([outline[:, 0] * r, np.full(len(outline), lift + h * height), outline[:, 1] * r], -1) for r, h in rings
    ]
    return sheet(np.stack(rows[::-1]))
