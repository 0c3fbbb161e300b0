"""Beans, spices, powders, tea."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import METRE, assembled, tint, turned_body
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around, cluster, strewn
from ecomgen.scenes.studio.stage.shot import Shot

BARK = (0.24, 0.095, 0.035)
STONEWARE = (0.10, 0.095, 0.09)
GROUND = ("#a8371c", "#d9a12b", "#6b4a2a")  # paprika, turmeric, cumin


@prop(
    "coffee bean, bean, roasted bean, espresso bean, roasted coffee bean, arabica, roasted coffee, cacao bean, roast",
    place="window",
    strewn=True,
)
def coffee_beans(shot: Shot, count: int) -> list[Thing]:
    """Roasted beans about the product, most of them with their groove up."""
    places = around(shot, (9 if shot.wish.amount else 2) * count, reach=0.55)
    bean = ball(0.5, rings=15).scaled(0.03, 0.02, 0.042)
    t = np.linspace(-1, 1, 9)
    line = xyz(0.0025 * np.sin(3 * t), 0.0205 - 0.0045 * t**2, 0.019 * t)
    groove = tube(line, 0.0018, segments=5)
    roast = Material((0.075, 0.028, 0.012), roughness=0.32, specular=0.5)
    bodies, grooves = [], []
    for x, z in places:
        turn, size = shot.uniform(0, 360), shot.uniform(0.9, 1.2)
        bodies.append(bean.scaled(size).turned(y=turn).moved(x, 0, z))
        grooves.append(groove.scaled(size).turned(y=turn).moved(x, 0, z))
    dark = Material((0.02, 0.008, 0.004), roughness=0.7)
    return [Thing(joined(bodies), roast), Thing(joined(grooves), dark)]


@prop(
    "cinnamon, cinnamon stick, cinnamon bark, vanilla, vanilla pod, liquorice, nutmeg, mulled wine, gingerbread spice",
    "clove",
    place="window",
)
def cinnamon(shot: Shot) -> list[Thing]:
    """Sticks of cinnamon, each a scroll of bark, and a star anise."""
    wood = spectral(shot.rng, (64, 256), falloff=1.2, stretch=(1.0, 6.0))[..., None]
    colour = np.clip(np.asarray(BARK) * (1 + 0.2 * wood), 0, 1).astype(np.float32)
    sticks = []
    for k in range(shot.count(4)):
        lift = 0.0 if k < 3 else 0.066
        stick = _scroll(0.034, shot.uniform(0.34, 0.42)).turned(y=shot.uniform(-7, 7))
        sticks.append(stick.moved(0, lift, 0.085 * (k % 3) + (0.04 if k >= 3 else 0)))
    turn = shot.uniform(-40, 40)
    star = star_anise_shape().moved(0.34, 0, 0.16)
    return assembled(
        turn,
        (joined(sticks), Material(colour, roughness=0.75)),
        (star, Material((0.17, 0.065, 0.025), roughness=0.55)),
    )


@prop("star anise, anise, clove bud, aniseed", place="window", strewn=True)
def star_anise(shot: Shot, count: int) -> list[Thing]:
    """Star anise strewn about."""
    stars = strewn(shot, [star_anise_shape()], around(shot, max(6, count // 4), reach=0.7), 1.0)
    return [Thing(stars, Material((0.17, 0.065, 0.025), roughness=0.5))]


@prop("cardamom, cardamom pod, green cardamom", place="window", strewn=True)
def cardamom(shot: Shot, count: int) -> list[Thing]:
    """Pods of cardamom strewn about."""
    pod = ball(0.5, rings=13).scaled(0.034, 0.032, 0.075)
    pods = strewn(shot, [pod], around(shot, max(9, count // 2), reach=0.6), 1.0)
    return [Thing(pods, Material((0.33, 0.36, 0.15), roughness=0.6))]


@prop(
    "peppercorn, pepper, black pepper, black peppercorn, allspice, juniper berry, pepper berry",
    place="window",
    strewn=True,
)
def peppercorns(shot: Shot, count: int) -> list[Thing]:
    """Black pepper, whole, strewn about."""
    corns = strewn(shot, [ball(0.012, rings=11)], around(shot, 4 * count, reach=0.55), 1.0)
    return [Thing(corns, Material((0.033, 0.02, 0.014), roughness=0.7))]


@prop(
    "salt, sea salt, bath salt, salt flake, epsom, sugar, salt crystal, crystal salt, himalayan salt, coarse salt",
    "icing sugar",
    place="sweep",
    loose=True,
)
def salt(shot: Shot) -> list[Thing]:
    return _heap(shot, (0.86, 0.85, 0.84), coarse=2.0)


@prop(
    "cocoa, cocoa powder, cacao, coffee ground, ground coffee, cocoa nib, chocolate powder, carob, chocolate flake",
    "grated chocolate, chocolate dust",
    place="window",
)
def cocoa(shot: Shot) -> list[Thing]:
    return _heap(shot, (0.11, 0.045, 0.02), coarse=0.7)


@prop(
    "spice, turmeric, paprika, curry, ground spice, saffron, cumin, chilli powder, masala, mustard powder",
    place="window",
    dished=True,
)
def spices(shot: Shot) -> list[Thing]:
    """Small dark bowls, heaped with a ground spice each."""
    dish = turned_body([(0, 0), (0.02, 0), (0.036, 0.01), (0.043, 0.03), (0.040, 0.03), (0.033, 0.013), (0, 0.012)])
    hues = shot.rng.permutation([tint(shot, one) for one in GROUND])
    dishes, things = [], []
    for (x, z), hue in zip(cluster(shot, len(hues), 0.5), hues, strict=True):
        dishes.append(dish.moved(x, 0, z))
        body, material = _powder(shot, hue, wide=0.036 * METRE, high=0.018 * METRE, coarse=0.7)
        things.append(Thing(body.moved(x, 0.025 * METRE, z), material))
    return [Thing(joined(dishes), Material(STONEWARE, roughness=0.5)), *things]


@prop(
    "powder, pigment, holi, coloured powder, makeup powder, protein powder, sand pile, powder explosion",
    place="window",
)
def powder(shot: Shot) -> list[Thing]:
    return _heap(shot, tint(shot, "#c8781f", "#a8371c", "#d9a12b"), coarse=0.7)


@prop(
    "flour, dough, baking powder, cornstarch, talc, flour dust, talcum, yeast, floured",
    place="window",
)
def flour(shot: Shot) -> list[Thing]:
    return _heap(shot, (0.84, 0.82, 0.77), coarse=0.7)


@prop(
    "tea leaf, green tea leaf, loose tea",
    "loose leaf, loose leaf tea, dried tea, black tea, herbal, dried herb, tobacco",
    "dried leaf pile, rooibos",
    place="window",
)
def tea_leaves(shot: Shot) -> list[Thing]:
    """A heap of rolled dry tea leaves."""
    curls = []
    for _ in range(520):
        r, angle = 0.30 * shot.rng.random() ** 0.6, shot.uniform(0, 2 * np.pi)
        y = 0.085 * np.exp(-((r / 0.16) ** 2)) + 0.008
        t = np.linspace(-1, 1, 5)
        path = xyz(0.024 * t, 0.008 * np.sin(2.2 * t), 0.008 * t**2)
        curl = tube(path, 0.006 * (1.2 - np.abs(t)), segments=5).turned(x=shot.uniform(-25, 25), y=shot.uniform(0, 360))
        curls.append(curl.moved(r * np.cos(angle), y, r * np.sin(angle)))
    return [Thing(joined(curls), Material((0.055, 0.062, 0.028), roughness=0.8))]


def _scroll(radius: float, length: float) -> Shape:
    """Bark rolled up from both sides."""
    t = np.linspace(0, 1, 60)
    angle = 2 * np.pi * 1.7 * t
    r = radius * (1 - 0.55 * t)
    line = np.stack([radius + r * np.sin(angle), r * np.cos(angle)], -1)
    ends = [xyz(x, line[:, 0], line[:, 1]) for x in (-length / 2, length / 2)]
    return sheet(np.stack(ends))


def star_anise_shape() -> Shape:
    """Eight boat-shaped pods round a middle, open above where their seeds are, as wide as a thumb."""
    along, turn = np.meshgrid(np.linspace(0, 1, 16), np.linspace(-0.82 * np.pi, 0.82 * np.pi, 17), indexing="ij")
    wide = 0.017 * np.sin(np.pi * along**0.75) + 0.002
    boat = sheet(xyz(wide * np.sin(turn), 0.018 - 1.1 * wide * np.cos(turn) + 0.012 * along**3, 0.012 + 0.07 * along))
    pods = [boat.turned(y=45 * k) for k in range(8)]
    seeds = [ball(0.009, rings=9).scaled(0.8, 0.8, 1.3).moved(0, 0.018, 0.045).turned(y=45 * k) for k in range(8)]
    return joined([*pods, *seeds, ball(0.011, rings=9)])


def _heap(shot: Shot, colour: Colour, *, coarse: float) -> list[Thing]:
    """A small heap of powder or crystals, with some spilt round it."""
    heap, material = _powder(shot, colour, wide=0.34, high=0.14, coarse=coarse)
    spill = cluster(shot, 160, 0.07)
    crumbs = strewn(shot, [ball(0.006, rings=5)], [(1.1 * x, 1.1 * z) for x, z in spill], 0.5 + 0.3 * coarse)
    return [Thing(heap, material), Thing(crumbs, Material(colour))]


def _powder(shot: Shot, colour: Colour, *, wide: float, high: float, coarse: float) -> tuple[Shape, Material]:
    """A heap, `wide` from its middle to its edge, and what it is of."""
    r = np.linspace(0, 1, 40)
    body = lathe(np.stack([wide * r, high * np.exp(-((r / 0.45) ** 2)) * (1 - r**4)], -1)[::-1])
    points = body.points.astype(np.float64)
    points[:, [0, 2]] *= (1 + 0.08 * np.cos(3 * np.arctan2(points[:, 0], points[:, 2]) + shot.uniform(0, 6)))[:, None]
    lumps = spectral(shot.rng, (256, 512), falloff=0.5, finest=coarse)
    grain = np.clip(1 + 0.1 * lumps, 0.6, 1.3)[..., None]
    shade = np.clip(np.asarray(colour) * grain, 0, 0.92).astype(np.float32)
    return body.through(points), Material(shade, bump=lumps, bump_scale=0.004 * wide)
