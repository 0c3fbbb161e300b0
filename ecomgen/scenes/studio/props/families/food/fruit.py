"""Whole fruit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.bodies import METRE, STALK, assembled, fruit, grained, stalk, turned, turned_body
from ecomgen.scenes.studio.bodies.plants import leaf, mottled, shades
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, disc, joined, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Texture, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.families.household.tableware import bowl
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.props.vessels import filled
from ecomgen.scenes.studio.stage.shot import Shot

TIP = Material((0.10, 0.07, 0.03), roughness=0.8)


@prop("apple, red apple, green apple, apple fruit, cider, quince", place="window")
def apples(shot: Shot) -> list[Thing]:
    """Apples, red turning to yellow, with their stalks."""
    peel = Material(_blush(shot, (0.42, 0.03, 0.02), (0.55, 0.32, 0.06)), roughness=0.28, specular=0.5)
    bodies, stalks = [], []
    for x, z in cluster(shot, shot.count(3), 0.36):
        body = fruit(shot.uniform(0.036, 0.041), tall=0.9, dimple=0.3, taper=0.12)
        bodies.append(body.turned(x=shot.uniform(-12, 12), y=shot.uniform(0, 360)).moved(x, 0, z))
        stalks.append(stalk(x, 0.24, z, 0.09))
    return [Thing(joined(bodies), peel), Thing(joined(stalks), STALK)]


@prop("pear, pear fruit", place="window")
def pears(shot: Shot) -> list[Thing]:
    outline = [
        *((0, 0), (0.02, 0), (0.036, 0.018), (0.038, 0.04), (0.026, 0.066), (0.017, 0.085)),
        *((0.008, 0.096), (0, 0.095)),
    ]
    peel = Material(_blush(shot, (0.40, 0.40, 0.08), (0.50, 0.34, 0.10)), roughness=0.4)
    places = cluster(shot, shot.count(2), 0.36)
    bodies = [turned_body(outline).turned(z=shot.uniform(-6, 6)).moved(x, 0, z) for x, z in places]
    stalks = [stalk(x, 0.37, z, 0.1) for x, z in places]
    return [Thing(joined(bodies), peel), Thing(joined(stalks), STALK)]


@prop("peach, nectarine, apricot fruit, peach fruit, ripe peach", plurals="apricots, nectarines", place="window")
def peaches(shot: Shot) -> list[Thing]:
    """Peaches: downy, orange turning to red."""
    skin = Material(_blushed(shot, (0.80, 0.47, 0.16), (0.55, 0.10, 0.06)), roughness=0.85, sheen=0.6)
    bodies = [
        _creased(fruit(shot.uniform(0.034, 0.039), tall=0.95, dimple=0.25))
        .turned(y=shot.uniform(0, 360))
        .moved(x, 0, z)
        for x, z in cluster(shot, shot.count(3), 0.35)
    ]
    return [Thing(joined(bodies), skin)]


@prop("plum fruit, plums, damson, prune", place="window")
def plums(shot: Shot) -> list[Thing]:
    """Plums with their bloom."""
    bloom = np.minimum(0.35 + 0.25 * spectral(shot.rng, (128, 256), falloff=1.4), 0.8)
    colour = _between((0.06, 0.015, 0.06), (0.16, 0.15, 0.27), bloom)
    bodies = [
        _creased(fruit(shot.uniform(0.02, 0.024), tall=1.12, dimple=0.12))
        .turned(x=80, y=shot.uniform(0, 360))
        .moved(x, 0.09, z)
        for x, z in cluster(shot, shot.count(5), 0.22)
    ]
    return [Thing(joined(bodies), Material(colour, roughness=0.4))]


@prop("medjool, date fruit", plurals="dates", place="window")
def dates(shot: Shot) -> list[Thing]:
    """Dried dates: long, brown, shining and wrinkled along."""
    wrinkles = spectral(shot.rng, (96, 192), falloff=1.0, stretch=(7.0, 1.0))
    colour = _between((0.15, 0.048, 0.016), (0.40, 0.16, 0.05), np.clip(0.45 + 0.18 * wrinkles, 0, 1))
    skin = Material(colour, roughness=0.22, bump=wrinkles.astype(np.float32), bump_scale=0.003)
    bodies = [
        fruit(shot.uniform(0.0115, 0.013), tall=2.2, dimple=0.05, taper=0.1)
        .turned(x=88)
        .turned(y=shot.uniform(0, 360))
        .moved(x, 0.055, z)
        for x, z in cluster(shot, shot.count(9), 0.17)
    ]
    return [Thing(joined(bodies), skin)]


@prop("pineapple, ananas, pineapple fruit", place="window", single=True)
def pineapple(shot: Shot) -> list[Thing]:
    """A pineapple, its eyes in spirals, its crown of stiff leaves."""
    rows, columns, high = 121, 193, 0.17 * METRE
    v, turn = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 2 * np.pi, columns), indexing="ij")
    wide = 0.055 * METRE * np.clip(1 - (2 * v - 1) ** 4, 0, 1) ** 0.45 * (1 - 0.1 * v)
    one, other = (np.cos(8 * turn + way * 26 * v) for way in (1, -1))
    eye = (0.5 + 0.25 * (one + other)) ** 0.8
    out = wide * (1 + 0.075 * eye - 0.03)
    body = sheet(xyz(out * np.sin(turn), high * v, out * np.cos(turn))[::-1])
    peel = _between((0.13, 0.075, 0.015), (0.55, 0.30, 0.05), eye[::-1])
    crown = []
    for k in range(34):
        lean, long = 8 + 1.9 * k, (0.125 - 0.0016 * k) * METRE
        blade = leaf(long, 0.075, curl=-0.35).turned(x=lean).turned(y=137.5 * k)
        crown.append(blade.moved(0, 0.985 * high - 0.003 * k, 0))
    green = Material(shades(shot.rng, (0.10, 0.19, 0.07)), roughness=0.5)
    return [
        Thing(body, Material(peel, roughness=0.55)),
        Thing(mottled(shot.rng, crown), green),
    ]


@prop("fig, fig fruit, fresh fig, ripe fig, sliced fig, halved fig", place="window")
def figs(shot: Shot) -> list[Thing]:
    """Figs, purple with paler streaks and green at the neck; one is cut, its red flesh towards the camera."""
    outline = [(0, 0), (0.014, 0), (0.024, 0.008), (0.027, 0.02), (0.023, 0.034), (0.012, 0.047), (0.005, 0.056)]
    streaks = 0.5 + 0.35 * spectral(shot.rng, (128, 256), falloff=1.2, stretch=(8.0, 1.0))
    neck = np.clip((0.3 - np.linspace(0, 1, 128)) / 0.25, 0, 1)[:, None, None]
    skin = _between((0.045, 0.012, 0.03), (0.16, 0.06, 0.09), streaks) * (1 - neck) + np.array([0.2, 0.2, 0.06]) * neck
    peel, flesh = Material(skin.astype(np.float32), roughness=0.5), Material(_fig_flesh(), roughness=0.35)
    whole = turned_body([*outline, (0.0045, 0.062), (0, 0.062)])
    half = whole.through(whole.points * [1, 1, 0.5] - [0, 0, 0.02]).turned(x=-62)
    face = disc(0.1, 0.004, 0.002).draped(0.2, 0.2).turned(x=90).scaled(1, 1.05, 1).moved(0, 0.1, 0.03).turned(x=-62)
    cut, low = shot.uniform(-30, 30), float(half.points[:, 1].min())
    bodies, faces = [], []
    for number, (x, z) in enumerate(cluster(shot, shot.count(4), 0.25)):
        if number == 1:
            bodies.append(half.moved(0, -low, 0).turned(y=cut).moved(x, 0, z))
            faces.append(face.moved(0, -low, 0).turned(y=cut).moved(x, 0, z))
            continue
        lying = whole.turned(x=shot.uniform(0, 16) if number == 0 else shot.uniform(62, 78), y=shot.uniform(0, 360))
        bodies.append(lying.moved(x, -float(lying.points[:, 1].min()), z))
    things = [Thing(joined(bodies), peel)]
    return things + ([Thing(joined(faces), flesh)] if faces else [])


def _fig_flesh() -> Texture:
    """A fig cut lengthwise, HxWx3: a pale rind, red flesh full of pale seeds round a hollow."""
    y, x = np.mgrid[-1:1:256j, -1:1:256j]
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    seeds = np.clip(np.cos(46 * angle + 8 * np.sin(7 * r)) * np.cos(30 * r) - 0.35, 0, 1)[..., None]
    flesh = _between((0.30, 0.02, 0.04), (0.62, 0.16, 0.12), np.clip(1.3 * r, 0, 1)) + 0.5 * seeds * [0.8, 0.6, 0.3]
    rind = np.clip((r - 0.74) / 0.08, 0, 1)[..., None]
    return np.clip(flesh * (1 - rind) + np.array([0.78, 0.68, 0.5]) * rind, 0, 1).astype(np.float32)


@prop("banana, plantain", place="window")
def bananas(shot: Shot) -> list[Thing]:
    """A hand of bananas, joined at one end."""
    fingers, tips = [], []
    t = np.linspace(0, 1, 26)
    angle = 1.9 * (t - 0.5)
    girth = 0.062 * np.sqrt(np.clip(np.sin(np.pi * (0.06 + 0.9 * t)), 0, 1)) * np.clip(7 * t + 0.3, 0, 1)
    for k in range(shot.count(4)):
        bend = xyz(0.36 * np.sin(angle), 0.36 * (1 - np.cos(angle)) + 0.03, 0)
        turn = {"y": 16 * (k - 1.5), "x": 14 * (k - 1.5)}
        fingers.append(tube(bend, girth, segments=7).turned(**turn).moved(0, 0.04, 0.09 * (k - 1.5)))
        tips.append(ball(0.016, rings=9).moved(*bend[-1]).turned(**turn).moved(0, 0.03, 0.09 * (k - 1.5)))
    peel = Material((0.84, 0.60, 0.06), roughness=0.5)
    spin = shot.uniform(-30, 30)
    return assembled(spin, (joined(fingers), peel), (joined(tips), TIP))


@prop(
    "lemon, citrus, yellow fruit, whole lemon, amalfi lemon, citrus fruit, yuzu",
    place="window",
    companion="lemon slices",
)
def lemons(shot: Shot) -> list[Thing]:
    """Three lemons or as many as are wished, rough-skinned, a nub at either end."""
    along = np.linspace(-1, 1, 49)
    body = 0.37 * np.clip(1 - np.abs(along / 0.9) ** 2.3, 0, 1) ** 0.6
    nub = 0.09 * np.sqrt(np.clip(1 - np.abs(along) ** 12, 0, 1))
    profile = [(float(r), float(0.5 + 0.5 * u)) for r, u in zip(np.hypot(body, nub), along, strict=True)]
    places = cluster(shot, shot.count(3), 0.29)
    pores = spectral(shot.rng, (256, 512), falloff=0.5, finest=4)
    peel = Material(grained((0.96, 0.68, 0.06), pores, 0.06), roughness=0.36, bump=pores, bump_scale=0.0016)
    return [Thing(_fruit(shot, profile, shot.uniform(0.28, 0.32)).moved(x, 0, z), peel) for x, z in places]


@prop(
    "orange fruit, mandarin, clementine, fruit, tangerine fruit, whole orange, satsuma, kumquat",
    "tropical fruit",
    plurals="oranges, tangerines, clementines",
    place="window",
    companion="orange slices",
)
def oranges(shot: Shot) -> list[Thing]:
    """Oranges with pores in their peel, and where each hung a dry green star."""
    pores = spectral(shot.rng, (512, 1024), falloff=0.3, finest=5)
    peel = Material(grained((0.86, 0.33, 0.022), pores, 0.06), roughness=0.38, bump=pores, bump_scale=0.0009)
    fruits, stars = [], []
    for x, z in cluster(shot, shot.count(3), 0.43):
        radius, around = shot.uniform(0.12, 0.14), shot.uniform(-75, 75)
        fruits.append(ball(radius).moved(x, 0, z))
        star = ball(0.014, rings=9).scaled(1, 0.5, 1).moved(0, radius - 0.004)
        stars.append(star.turned(x=shot.uniform(20, 60), y=around).moved(x, radius, z))
    return [
        *(Thing(fruit, peel) for fruit in fruits),
        Thing(joined(stars), Material((0.10, 0.11, 0.03))),
    ]


@prop(
    "fruit bowl, bowl of fruit, fruit basket, basket of fruit, bowl of citrus, lemon bowl, apple bowl", place="kitchen"
)
def fruit_bowl(shot: Shot) -> list[Thing]:
    """A glazed bowl heaped with oranges and lemons."""
    return filled(shot, bowl, [*oranges.build(shot), *lemons.build(shot)])


def _blushed(shot: Shot, base: Colour, cheek: Colour) -> Texture:
    """A skin that is redder on one side."""
    side = 0.5 + 0.5 * np.cos(np.linspace(0, 2 * np.pi, 256))[None, :]
    return _between(base, cheek, side + 0.25 * spectral(shot.rng, (128, 256), falloff=1.2))


def _creased(body: Shape) -> Shape:
    """With one crease from stalk to tip."""
    points = body.points.astype(np.float64)
    angle = np.arctan2(points[:, 0], points[:, 2])
    points[:, [0, 2]] *= (1 - 0.09 * np.exp(-((angle / 0.16) ** 2)))[:, None]
    return body.through(points)


def _blush(shot: Shot, base: Colour, other: Colour) -> Texture:
    """A peel that turns from one colour to the other in streaks from top to bottom."""
    return _between(base, other, 0.45 + 0.35 * spectral(shot.rng, (128, 256), falloff=1.3, stretch=(6.0, 1.0)))


def _between(base: Colour, other: Colour, share: NDArray[np.floating[Any]]) -> Texture:
    """`base` where `share`, HxW, is 0 and `other` where it is 1."""
    mix = np.clip(share, 0, 1)[..., None]
    return (np.asarray(base) * (1 - mix) + np.asarray(other) * mix).astype(np.float32)


def _fruit(shot: Shot, profile: list[tuple[float, float]], size: float) -> Shape:
    lying = turned(profile, size).moved(0, -0.5 * size).turned(z=shot.uniform(70, 110), y=shot.uniform(0, 360))
    return lying.moved(0, -float(lying.points[:, 1].min()))
