"""Plants in pots, and canes of bamboo."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.bodies import (
    BARK,
    EARTHENWARE,
    METRE,
    STEM,
    lobed,
    pale_glaze,
    standing_in,
    tint,
    turned_body,
)
from ecomgen.scenes.studio.bodies.plants import (
    FERN,
    GREEN,
    SAGE,
    arc,
    foliage,
    fronds,
    leaf,
    mottled,
    palm_frond,
    potted_plant,
    round_leaf,
    shades,
)
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, Values, ball, block, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.shot import Shot

PINE: Colour = (0.045, 0.12, 0.03)
FANNED = 6  # leaves on either side of the product


@prop(
    "plant, potted plant, houseplant, green plant, ficus, botanical, pot plant, indoor plant, shrub",
    "foliage plant, tropical plant, rubber plant, pot of basil, ivy plant, sapling, potted herb, potted tree",
    place="room",
    kind_of="green leaves",
    single=True,
)
def plant(shot: Shot) -> list[Thing]:
    """A plant in a glazed pot."""
    pot = hexadecimal(shot.choice("#d9cfc1", "#b8745a", "#e8e4dc", "#6f7a70"))
    green = SAGE if shot.rng.random() < 0.3 else GREEN
    return potted_plant(shot.rng, height=shot.uniform(0.7, 1.15), pot=pot, green=green)


@prop("seedling, sprout, young plant, seedling pot, pot of seedling", place="garden")
def seedlings(shot: Shot) -> list[Thing]:
    """Young plants of two or three pairs of leaves, each in a small pot of peat."""
    pot = turned_body([(0, 0), (0.022, 0), (0.03, 0.052), (0.026, 0.052), (0.024, 0.045), (0, 0.045)])
    pots, stems, leaves = [], [], []
    for x, z in cluster(shot, shot.count(4), 0.27):
        high = shot.uniform(0.16, 0.3)
        stem = arc(high, 0.15, shot.uniform(0, 360))
        stems.append(tube(stem, 0.009).moved(x, 0.18, z))
        turn = shot.uniform(0, 360)
        for part in (0.55, 0.8, 1.0)[: int(shot.rng.integers(2, 4))]:
            foot = stem[round(part * (len(stem) - 1))]
            turn += 80
            size = (1.35 - part) * 0.24 + 0.05
            for side in (0, 180):
                blade = leaf(size, 0.55 * size, curl=0.4).turned(x=74).turned(y=turn + side)
                leaves.append(blade.moved(x + foot[0], 0.18 + foot[1], z + foot[2]))
        pots.append(pot.turned(y=shot.uniform(0, 360)).moved(x, 0, z))
    return [
        Thing(joined(pots), Material((0.23, 0.155, 0.1), roughness=0.95)),
        Thing(joined(stems), Material((0.36, 0.42, 0.16), roughness=0.6)),
        Thing(joined(leaves), Material(shades(shot.rng, (0.13, 0.3, 0.05)), roughness=0.5)),
    ]


@prop(
    "fern, boston fern, potted fern, maidenhair, maidenhair fern",
    place="room",
    kind_of="plant, green leaves",
    single=True,
)
def fern(shot: Shot) -> list[Thing]:
    """A fern whose fronds hang over the rim of an earthen pot; outdoors it grows from the ground."""
    green = Material(shades(shot.rng, FERN), roughness=0.5)
    if shot.outdoors and shot.wish.support != "table":
        return [Thing(fronds(shot.rng, shot.uniform(0.8, 1.0)), green)]
    pot = turned_body([(0, 0), (0.045, 0), (0.058, 0.08), (0.061, 0.095), (0.053, 0.095), (0.05, 0.085), (0, 0.085)])
    grown = fronds(shot.rng, shot.uniform(0.62, 0.8)).moved(0, 0.085 * METRE)
    return [Thing(pot, EARTHENWARE), Thing(grown, green)]


@prop(
    "monstera, monstera leaf, swiss cheese plant, philodendron",
    place="room",
    kind_of="plant, green leaves",
    around="tropical leaves",
    single=True,
)
def monstera(shot: Shot) -> list[Thing]:
    """A monstera with its notched leaves, in an earthen pot."""
    stems, blades = [], []
    for k in range(7):
        turn = 2.4 * k + shot.uniform(-0.3, 0.3)
        path = arc(shot.uniform(0.4, 0.75), shot.uniform(0.3, 0.7), turn)
        stems.append(tube(path, 0.011, segments=7))
        blade = (
            _monstera_leaf(shot.uniform(0.30, 0.42))
            .turned(x=shot.uniform(20, 50))
            .turned(y=90 - float(np.degrees(turn)))
        )
        blades.append(blade.moved(*path[-1]))
    green = Material((0.035, 0.11, 0.03), roughness=0.3)
    return standing_in(shot, _pot(), 0.3, (joined(stems), STEM), (joined(blades), green))


@prop(
    "tropical foliage, lush foliage, leafy backdrop, exotic foliage, jungle foliage",
    plurals="tropical leaves, palm leaves, palm fronds, monstera leaves, banana leaves, jungle leaves, exotic leaves",
    place="podium",
    kind_of="plant, green leaves",
    framing=True,
)
def tropical_leaves(shot: Shot) -> list[Thing]:
    """Fans of palm, monstera and banana leaves that rise from behind the product on both sides; three that lie."""
    if shot.frame.lying:
        parts = [_upright_leaf(shot, number, size=1.0) for number in (1, 0, 1)]
        fan = [part.turned(z=45 - 45 * k).turned(x=-90) for k, pair in enumerate(parts) for part in pair]
        return [Thing(mottled(shot.rng, fan), Material(shades(shot.rng, GREEN), roughness=0.35))]
    stems, blades, near = [], [], 0.35 * shot.frame.product_width
    tall = shot.frame.product_height
    for side in (-1, 1):
        for number in range(FANNED):
            lean = 14 + 66 * (number + shot.uniform(0.2, 0.8)) / FANNED
            stem, grown = _upright_leaf(shot, number, size=shot.uniform(0.85, 1.1) - 0.004 * lean)
            aside, back = side * (near + 0.03 * number), -0.1 - 0.09 * ((2 * number) % FANNED)
            stems.append(stem.turned(z=-side * lean).moved(aside, 0, back))
            blades.append(grown.turned(y=shot.uniform(-25, 25)).turned(z=-side * lean).moved(aside, 0, back))
    green = Material(shades(shot.rng, GREEN), roughness=0.35)
    things = Thing(joined(stems), STEM), Thing(mottled(shot.rng, blades), green)
    return [thing.scaled(max(tall, 0.6)) for thing in things]


def _upright_leaf(shot: Shot, number: int, *, size: float) -> tuple[Shape, Shape]:
    """A stalk along +y and the leaf at its end that faces the camera: by turns of a palm, a monstera, a banana."""
    if number % 3 == 0:
        return palm_frond(size, 0.15, shot.choice(0.0, np.pi))
    stalk = 0.45 * size
    stem = tube(arc(1.1 * stalk, 0.0, 0.0), 0.009, segments=7)
    if number % 3 == 1:
        return stem, _monstera_leaf(0.62 * size).turned(x=shot.uniform(-5, 20)).moved(0, stalk)
    return stem, leaf(0.85 * size, 0.24 * size, curl=0.2, rows=25).moved(0, 0.4 * stalk)


@prop(
    "bougainvillea, bougainvillea flower, pink bougainvillea, bougainvillea branch, bougainvillea blossom",
    place="terrace",
    kind_of="flowers, plant",
    tinted=True,
)
def bougainvillea(shot: Shot) -> list[Thing]:
    """A bougainvillea in an earthen pot: boughs that hang over, full of bracts in threes."""
    bract = round_leaf(0.026).turned(x=50)
    bloom = joined([bract.turned(y=120 * k) for k in range(3)])
    stems, blades, blooms = [], [], []
    for k in range(11):
        path = arc(shot.uniform(0.45, 0.85), shot.uniform(0.5, 1.05), 2.4 * k + shot.uniform(-0.3, 0.3), 18)
        stems.append(tube(path, np.linspace(0.01, 0.003, 18), segments=6))
        for point in path[4:]:
            blade = leaf(0.07, 0.04, rows=5).turned(x=shot.uniform(20, 80)).turned(y=shot.uniform(0, 360))
            blades.append(blade.moved(*point))
            for x, y, z in point + shot.rng.normal(0, 0.03, (5, 3)):
                turned = bloom.scaled(shot.uniform(0.8, 1.2)).turned(x=shot.uniform(-80, 80), y=shot.uniform(0, 360))
                blooms.append(turned.moved(x, y, z))
    pink = shades(shot.rng, tint(shot, "#c2257f", "#b3236f", "#cf3d92"))
    return standing_in(
        shot,
        _pot(),
        0.28,
        (joined(stems), BARK),
        (mottled(shot.rng, blades), Material(shades(shot.rng, GREEN))),
        (mottled(shot.rng, blooms), Material(pink, roughness=0.8)),
    )


def _pot() -> Thing:
    """An earthen pot, a third of a unit high."""
    profile = [(0, 0), (0.045, 0), (0.055, 0.07), (0.058, 0.085), (0.05, 0.085), (0.048, 0.075), (0, 0.075)]
    return Thing(turned_body(profile), EARTHENWARE)


@prop("bonsai, bonsai tree, bonsai pine, bonsai plant", kind_of="plant", single=True)
def bonsai(shot: Shot) -> list[Thing]:
    """A bonsai in a shallow glazed tray: a bent trunk, and a pad of leaves on each of its boughs."""
    t = np.linspace(0, 1, 24)
    lean = shot.choice(-1.0, 1.0)
    trunk = xyz(lean * (0.12 * np.sin(5.2 * t) + 0.05 * t), 0.52 * t, 0.04 * np.sin(4 * t))
    wood, pads = [tube(trunk, 0.045 * (1.15 - t) ** 0.8, segments=12)], []
    for number, at in enumerate((9, 13, 17, 20, 23)):
        side = -1 if number % 2 else 1
        reach = 0.0 if number == 4 else side * (0.3 - 0.045 * number)
        bough = trunk[at] + xyz(reach * t, 0.05 * np.sin(1.6 * t), 0.1 * (number % 3 - 1) * t)
        wood.append(tube(bough, 0.014 * (1.1 - t), segments=8))
        pads += _pad(shot, bough[-1], 0.17 - 0.012 * number)
    tray = block(0.5, 0.1, 0.34, 0.02)
    soil = block(0.46, 0.02, 0.3, 0.01).moved(0, 0.088)
    return [
        Thing(tray, Material(tint(shot, "#3d4a52", "#5b3a2e", "#8a8578"), roughness=0.35)),
        Thing(soil, Material((0.03, 0.045, 0.015))),
        Thing(joined(wood).moved(0, 0.1), Material((0.1, 0.062, 0.036))),
        Thing(mottled(shot.rng, pads).moved(0, 0.1), Material(shades(shot.rng, PINE))),
    ]


def _pad(shot: Shot, middle: Values, radius: float) -> list[Shape]:
    """Small leaves in a flat dome about the end of a bough."""
    leaves = []
    for _ in range(190):
        turn, out, up = shot.uniform(0, 360), radius * shot.rng.random() ** 0.5, shot.rng.random()
        dome = 0.55 * radius * (1 - (out / radius) ** 2) * up
        blade = leaf(0.05, 0.024, rows=5).turned(x=shot.uniform(15, 75)).turned(y=turn)
        x, y, z = middle + xyz(out * np.sin(np.radians(turn)), dome, 0.8 * out * np.cos(np.radians(turn)))
        leaves.append(blade.moved(x, y, z))
    return leaves


@prop(
    "cactus, cacti, saguaro, prickly pear, cactuses, opuntia, euphorbia",
    kind_of="plant",
    single=True,
)
def cactus(_: Shot) -> list[Thing]:
    """A column cactus with two arms, in an earthen pot."""
    t = np.linspace(0, 1, 20)
    girth = 0.085 * np.sqrt(np.clip(np.sin(np.pi * (0.25 + 0.75 * t)), 0, 1))
    trunk = lobed(lathe(np.stack([girth, 0.62 * t], -1)), 12, 0.12)
    arms = []
    for side, at, tall in ((1, 0.22, 0.2), (-1, 0.3, 0.15)):
        angle = np.clip(2 * t, 0, 1) * np.pi / 2
        rise = at + 0.10 * (1 - np.cos(angle)) + tall * np.clip(2 * t - 1, 0, 1)
        path = xyz(side * (0.06 + 0.12 * np.sin(angle)), rise, 0)
        arms.append(tube(path, 0.045 * np.sqrt(np.clip((1.02 - t) * 8, 0, 1)), segments=16))
    pot = turned_body([(0, 0), (0.03, 0), (0.036, 0.045), (0.039, 0.055), (0.033, 0.055), (0.03, 0.048), (0, 0.048)])
    green = Material((0.09, 0.19, 0.075), roughness=0.6)
    return [Thing(pot, EARTHENWARE), Thing(joined([trunk, *arms]).moved(0, 0.18), green)]


@prop("aloe, aloe vera, agave, aloe plant, aloe vera plant", kind_of="plant, green leaves", single=True)
def aloe(shot: Shot) -> list[Thing]:
    """An aloe: fleshy leaves in a rosette, the inner ones upright, in an earthen or a glazed pot."""
    leaves = []
    for number in range(15):
        share = number / 14
        long = shot.uniform(0.5, 0.6) * (1 - 0.3 * abs(share - 0.45))
        leaves.append(
            _fleshy(long, rise=(38 + 47 * share, 85 * share - 5)).turned(y=137.5 * number).moved(0, 0.02 * share)
        )
    pot = replace(_pot(), material=Material(hexadecimal(shot.choice("#b8745a", "#e8e4dc", "#d9cfc1")), roughness=0.7))
    return standing_in(shot, pot, 0.31, (mottled(shot.rng, leaves), _aloe_skin(shot)))


@prop(
    "aloe leaf, aloe vera leaf, cut aloe, sliced aloe, aloe slice, aloe vera slice, fresh aloe",
    plurals="aloe leaves, aloe vera leaves",
    kind_of="green leaves",
)
def aloe_leaves(shot: Shot) -> list[Thing]:
    """Cut leaves of an aloe that lie side by side, pale jelly where they were cut."""
    leaves, cuts = [], []
    for number in range(shot.count(2)):
        turn, long = 72 + 30 * number + shot.uniform(-8, 8), shot.uniform(0.8, 0.95)
        foot = (-0.42, 0.034, 0.24 * number - 0.1 - 0.4 * np.cos(np.radians(turn)))
        leaves.append(_fleshy(long, rise=(0, 5)).turned(y=turn).moved(*foot))
        cuts.append(ball(1, rings=17).scaled(0.068, 0.021, 0.006).turned(y=turn).moved(*foot))
    return [
        Thing(mottled(shot.rng, leaves), _aloe_skin(shot)),
        Thing(joined(cuts), Material((0.62, 0.7, 0.42), roughness=0.12, specular=0.8)),
    ]


def _aloe_skin(shot: Shot) -> Material:
    return Material(shades(shot.rng, (0.13, 0.25, 0.12), yellowed=0.0), roughness=0.45)


def _fleshy(length: float, *, rise: tuple[float, float]) -> Shape:
    """A thick leaf that tapers to its tip, hollow above and toothed along its edges, from the origin towards +z; so
    many degrees it rises there and at its tip."""
    t, around = np.linspace(0, 1, 90)[:, None], np.linspace(0, 2 * np.pi, 25)[None, :]
    steep, step = np.radians(rise[0] + (rise[1] - rise[0]) * t), length / (len(t) - 1)
    out, up = np.cumsum(step * np.cos(steep), axis=0), np.cumsum(step * np.sin(steep), axis=0)
    teeth = 1 + 0.09 * np.clip(1 - 3 * np.abs((16 * t) % 1 - 0.5), 0, 1)
    wide = 0.1 * length**0.5 * (1 - t**1.7) * (0.75 + 0.25 * np.sin(np.pi * np.clip(2.2 * t, 0, 1)))
    side, deep = np.cos(around), np.sin(around)
    thick = 0.42 * wide * np.where(deep < 0, deep, 0.25 * deep - 0.5 * (1 - side**2))
    return sheet(xyz(wide * teeth * side, up + thick * np.cos(steep), out - thick * np.sin(steep)))


@prop("succulent, echeveria, sedum, air plant, rosette", kind_of="plant")
def succulents(shot: Shot) -> list[Thing]:
    """Rosettes of succulents in small bowls."""
    things = []
    for x, z in cluster(shot, shot.count(2), 0.42):
        blades = []
        for k in range(26):
            share = k / 26
            blade = leaf(0.06 + 0.085 * share, 0.055 + 0.03 * share, curl=-0.15).turned(x=20 + 58 * share)
            blades.append(blade.turned(y=137.5 * k).moved(0, 0.16 - 0.03 * share))
        bowl = turned_body([(0, 0), (0.022, 0), (0.035, 0.02), (0.037, 0.038), (0.033, 0.038), (0.03, 0.03), (0, 0.03)])
        things.append(Thing(bowl.moved(x, 0, z), Material(pale_glaze(shot), roughness=0.6)))
        things.append(Thing(joined(blades).moved(x, 0, z), Material((0.20, 0.30, 0.22), roughness=0.6)))
    return things


@prop("bamboo, bamboo stalk, bamboo cane, bamboo stem, bamboo leaf, bamboo plant", kind_of="plant")
def bamboo(shot: Shot) -> list[Thing]:
    """Canes of bamboo with sprays of leaves, in a pot indoors."""
    foot = 0.0 if shot.outdoors else 0.12
    canes, blades = [], []
    for x, z in cluster(shot, shot.count(5), 0.09):
        tall, thick = shot.uniform(1.1, 1.7), shot.uniform(0.015, 0.022)
        h, first = np.linspace(0, tall, 80), shot.uniform(0, 1)
        knot = np.abs(((h / 0.2 + first) % 1) - 0.5) > 0.46
        cane = lathe(np.stack([thick * np.where(knot, 1.2, 1.0), h], -1), segments=16)
        lean = {"x": 45 * z, "z": -45 * x}
        canes.append(cane.turned(**lean).moved(x, foot, z))
        nodes = [y for y in np.arange(0.2 * (1 - first), tall, 0.2) if y > 0.4 * tall]
        for y in (*nodes, tall):
            spray = _spray(shot).turned(y=shot.uniform(0, 360)).moved(0, float(y))
            blades.append(spray.turned(**lean).moved(x, foot, z))
    made = [
        Thing(joined(canes), Material((0.27, 0.33, 0.09), roughness=0.35)),
        Thing(joined(blades), Material((0.13, 0.26, 0.05), roughness=0.5)),
    ]
    if shot.outdoors:
        return made
    pot = turned_body([(0, 0), (0.034, 0), (0.042, 0.012), (0.046, 0.036), (0.04, 0.036), (0.036, 0.029), (0, 0.028)])
    return [*made, Thing(pot, Material(pale_glaze(shot), roughness=0.6))]


def _spray(shot: Shot) -> Shape:
    """A twig that leans out from a cane, hung with narrow leaves."""
    t = np.linspace(0, 1, 6)
    path = xyz(0.2 * t, 0.12 * t - 0.06 * t**2, 0)
    leaves = [
        leaf(shot.uniform(0.14, 0.22), 0.026, curl=0.35)
        .turned(x=shot.uniform(70, 115))
        .turned(y=90 + shot.uniform(-60, 60))
        .moved(*path[1 + k % 5])
        for k in range(7)
    ]
    return joined([tube(path, 0.004, segments=5), *leaves])


def _monstera_leaf(size: float) -> Shape:
    """A heart-shaped leaf along +y with deep notches at its rim."""
    t = np.linspace(0, 1, 60)[:, None]
    s = np.linspace(-1, 1, 15)[None, :]
    half = 0.52 * size * np.sin(np.pi * np.clip(t, 0, 1) ** 0.62) ** 0.7
    notch = 1 - 0.58 * (np.abs(s) > 0.5) * np.exp(-(((t * 6) % 1 - 0.5) ** 2) / 0.012) * (t > 0.12) * (t < 0.9)
    x = half * s * notch
    y = size * (t - 0.10 * (1 - t) ** 3 * np.abs(s)) + 0.10 * size * np.abs(s)
    z = 0.16 * size * np.abs(s) * np.sin(np.pi * t) - 0.35 * size * t**2
    return sheet(np.stack(np.broadcast_arrays(x, y, z), -1))


@prop(
    "lemon tree, potted lemon tree, citrus tree, citrus plant, lemon plant, potted citrus",
    place="terrace",
    kind_of="plant, green leaves",
    single=True,
)
def lemon_tree(shot: Shot) -> list[Thing]:
    return _citrus_tree(shot, (0.92, 0.62, 0.05), tall=1.3)


@prop("orange tree, potted orange tree, mandarin tree", place="terrace", kind_of="plant, green leaves", single=True)
def orange_tree(shot: Shot) -> list[Thing]:
    return _citrus_tree(shot, (0.84, 0.30, 0.02), tall=1.0)


def _citrus_tree(shot: Shot, peel: Colour, *, tall: float) -> list[Thing]:
    """A small tree in an earthen pot: a bare trunk, a round crown of leaves, fruit `tall` times as high as wide."""
    pot = turned_body([(0, 0), (0.075, 0), (0.1, 0.11), (0.1, 0.135), (0.11, 0.14), (0.11, 0.165), (0, 0.15)])
    trunk = tube([(0, 0.55, 0), (0.02, 0.9, 0.01), (0, 1.3, 0)], (0.04, 0.034, 0.03), segments=9)
    leaves, fruit = [], []
    for _ in range(380):
        way = shot.rng.normal(size=3)
        place = way / np.linalg.norm(way) * shot.rng.random() ** 0.35 * [0.55, 0.5, 0.55] + [0, 1.6, 0]
        blade = leaf(shot.uniform(0.15, 0.23), 0.085, curl=0.3, rows=7).turned(x=shot.uniform(30, 140))
        leaves.append(blade.turned(y=shot.uniform(0, 360)).moved(*place.tolist()))
    for _ in range(16):
        way = shot.rng.normal(size=3)
        place = way / np.linalg.norm(way) * [0.52, 0.46, 0.52] + [0, 1.52, 0]
        fruit.append(ball(0.085, rings=17).scaled(1, tall, 1).moved(*place.tolist()))
    return [
        Thing(pot, EARTHENWARE),
        Thing(trunk, BARK),
        foliage(shot.rng, leaves, GREEN, 0.35),
        Thing(joined(fruit), Material(peel, roughness=0.4)),
    ]
