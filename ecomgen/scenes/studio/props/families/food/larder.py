"""Eggs, cheese, honey, jars, ice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.bodies import assembled, circle, tint, turned_body
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, block, disc, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import apart, around, cluster, strewn
from ecomgen.scenes.studio.stage.shot import Shot

CLEAR = Material((1, 1, 1), transmission=1.0, solid=True)
MILKY = Material((0.8, 0.9, 0.96), roughness=0.05, specular=0.9, translucency=0.45)  # ice with air in it
CLOUDY = Material((0.93, 0.96, 0.98), roughness=0.3, translucency=0.3)  # ice full of it
DYES = ("#f3c8d2", "#b4cfe6", "#f6e7a6", "#bde0be", "#d9c6ea")  # of eggs at Easter
EGG, LARGEST_EGG = 0.055, 0.3  # metres from end to end, and units at most


@prop(
    "cheese, parmesan, cheddar, cheese board, cheese platter, brie, gouda, cheese wedge, camembert, fondue",
    "manchego, feta, mozzarella, gruyere, emmental, pecorino",
    place="window",
)
def cheese(shot: Shot) -> list[Thing]:
    """A wedge of hard cheese with its rind, and a small cube."""
    angle = np.linspace(-0.36, 0.36, 17)
    wedge = _prism(np.concatenate([[[0.0, 0.0]], np.stack([0.5 * np.cos(angle), 0.5 * np.sin(angle)], -1)]), 0.26)
    rind = _prism(
        np.concatenate(
            [
                np.stack([0.5 * np.cos(angle), 0.5 * np.sin(angle)], -1),
                np.stack([0.515 * np.cos(angle[::-1]), 0.515 * np.sin(angle[::-1])], -1),
            ]
        ),
        0.262,
    )
    paste = Material((0.80, 0.58, 0.22), roughness=0.45)
    cubes = [block(0.11, 0.1, 0.11, 0.008).turned(y=t).moved(x, 0, z) for x, z, t in ((0.12, 0.34, 20), (0.3, 0.4, 60))]
    turn = shot.uniform(10, 60)
    return assembled(turn, (joined([wedge, *cubes]), paste), (rind, Material((0.46, 0.23, 0.07), roughness=0.7)))


@prop("butter, butter pat, pat of butter, butter curl, butter dish, margarine, ghee", place="window", dished=True)
def butter(shot: Shot) -> list[Thing]:
    """A block of butter on a small plate, two slices cut from it leaning over."""
    rest = block(0.34, 0.17, 0.21, 0.014).moved(0.1, 0.035)
    slices = [
        block(0.045, 0.165, 0.205, 0.012).turned(z=lean).moved(x, 0.042) for x, lean in ((-0.17, 14), (-0.24, 30))
    ]
    dish = turned_body([(0, 0), (0.05, 0), (0.075, 0.006), (0.084, 0.012), (0.083, 0.014), (0.06, 0.008), (0, 0.007)])
    fat = joined([rest, *slices]).turned(y=shot.uniform(-30, 30))
    return [
        Thing(dish, Material(tint(shot, "#ece6da", "#e4e7e6"), roughness=0.25)),
        Thing(fat, Material((0.88, 0.73, 0.36), roughness=0.38, specular=0.5)),
    ]


@prop(
    "pasta, spaghetti, dried pasta, dry pasta, raw pasta, linguine, tagliatelle, fettuccine, bucatini, raw spaghetti",
    place="window",
)
def spaghetti(shot: Shot) -> list[Thing]:
    """A bundle of dry spaghetti, tied in the middle, its ends spread."""
    t, strands = np.linspace(-1, 1, 9), []
    for k in range(150):
        away, turn = 0.082 * np.sqrt((k + 0.5) / 150), 2.4 * k
        spread = 1 + 0.55 * t**2 * shot.uniform(0.5, 1.3)
        y = np.maximum(0.082 + away * np.sin(turn) * spread - 0.045 * np.abs(t) * (away / 0.082), 0.006)
        strands.append(
            tube(xyz(0.52 * t + shot.uniform(-0.03, 0.03), y, away * np.cos(turn) * spread), 0.0062, segments=6)
        )
    rings = [tube(0.089 * circle(1.0), 0.009).turned(y=90).moved(x, 0.084) for x in (-0.014, 0.008)]
    durum = Material((0.76, 0.55, 0.22), roughness=0.45)
    twine = Material((0.47, 0.36, 0.22), roughness=0.9)
    return assembled(shot.uniform(-35, 35), (joined(strands), durum), (joined(rings), twine))


@prop("green olive, black olive, kalamata, pickled olive, bowl of olive", plurals="olives", place="window")
def olives(shot: Shot) -> list[Thing]:
    """Olives in a small heap, green ones and dark ones."""
    stone = ball(0.034, rings=15).scaled(1, 1, 1.35)
    heaped = [(x, 0.0, z) for x, z in cluster(shot, shot.count(13), 0.085)]
    heaped += [(x, 0.05, z) for x, z in cluster(shot, 4, 0.09)]
    things = []
    for first, usual in enumerate(("#8a8f3a", "#3b2430")):
        some = [stone.turned(y=shot.uniform(0, 360)).moved(*at) for at in heaped[first::2]]
        colour = hexadecimal(shot.wish.prop_colour or usual)
        things.append(Thing(joined(some), Material(colour, roughness=0.25, specular=0.5)))
    return things


@prop("egg, chicken egg, fresh egg, hen, farm egg, quail egg, boiled egg", place="window")
def eggs(shot: Shot) -> list[Thing]:
    """Eggs in the wished colour, else in the shades of a farm's."""
    shells = ("#d9b08c", "#e8d6c0", "#c48f66", "#efe6da")
    return [_egg(shot, tint(shot, *shells), x, z) for x, z in _nest(shot)]


@prop(
    "easter egg, easter, painted egg, coloured egg, pastel egg, dyed egg",
    place="window",
    around="strewn easter eggs",
)
def easter_eggs(shot: Shot) -> list[Thing]:
    """Eggs in several pastel colours."""
    return [_egg(shot, tint(shot, DYES[k % len(DYES)]), x, z) for k, (x, z) in enumerate(_nest(shot))]


@prop(
    "strewn easter egg, scattered easter egg, hidden easter egg, easter eggs in the grass, easter egg hunt, egg hunt",
    place="garden",
    strewn=True,
    kind_of="easter eggs",
)
def strewn_easter_eggs(shot: Shot, count: int) -> list[Thing]:
    """Such eggs all round."""
    size = min(EGG * shot.units_per_metre, LARGEST_EGG) / 0.236
    places = apart(around(shot, count // 4, reach=0.8), 0.236 * size)
    eggs = [_egg(shot, tint(shot, DYES[k % len(DYES)]), 0, 0) for k in range(len(places))]
    return [egg.scaled(size).moved(x, 0, z) for egg, (x, z) in zip(eggs, places, strict=True)]


@prop(
    "ice cube, ice block, iced, on the rocks, ice crystal, icicle",
    place="sweep",
    loose=True,
    strewn=True,
)
def ice_cubes(shot: Shot, count: int) -> list[Thing]:
    """Cubes of ice, melting, heaped round the product: clear, and cloudy in the middle, where the air has frozen."""
    side, clear, cloudy = 0.03 * shot.units_per_metre, [], []
    for number, (x, z) in enumerate(around(shot, shot.count(count), reach=0.8)):
        turned = {"x": shot.uniform(-25, 25), "y": shot.uniform(0, 90), "z": shot.uniform(-25, 25)}
        y = 0.6 * side * (number % 3 == 2)
        clear.append(block(side, side, side, 0.2 * side).turned(**turned).moved(x, y, z))
        wide, high, deep = (shot.uniform(0.6, 0.85) * side for _ in range(3))
        heart = block(wide, high, deep, 0.16 * side)
        cloudy.append(heart.moved(0, 0.09 * side).turned(**turned).moved(x, y, z))
    return [Thing(joined(clear), CLEAR), Thing(joined(cloudy), MILKY)]


@prop("crushed ice, ice chips, shaved ice, crushed ice cubes", place="sweep", loose=True)
def crushed_ice(shot: Shot) -> list[Thing]:
    """A heap of splinters of ice, some of which have slid off it."""
    heaps: dict[str, list[Shape]] = {"milky": [], "cloudy": []}
    for number in range(420):
        r, angle = 0.4 * shot.rng.random() ** 0.5, shot.uniform(0, 2 * np.pi)
        y = 0.17 * max(1 - (r / 0.34) ** 2, 0) * shot.rng.random() ** 0.3
        splinter = _splinter(shot).scaled(shot.uniform(0.05, 0.1))
        heaps["cloudy" if number % 4 == 0 else "milky"].append(splinter.moved(r * np.cos(angle), y, r * np.sin(angle)))
    return [Thing(joined(heaps["milky"]), MILKY), Thing(joined(heaps["cloudy"]), CLOUDY)]


@prop(
    "bed of ice, on a bed of ice, in a bed of ice, on crushed ice, on a bed of crushed ice, bed of crushed ice",
    "in crushed ice, in a bed of crushed ice, in ice chips, on ice chips, on shaved ice, surrounded by crushed ice",
    "on ice cubes, on a bed of ice cubes, bed of ice cubes, on top of ice cubes, in ice cubes, surrounded by ice cubes",
    place="sweep",
    loose=True,
    strewn=True,
    kind_of="crushed ice",
)
def ice_bed(shot: Shot, count: int) -> list[Thing]:
    """A bed of splinters of ice: clear ones would show what lies under them."""
    found = []
    for material, share in ((MILKY, 9), (CLOUDY, 3)):
        splinters = [_splinter(shot) for _ in range(9)]
        lying = strewn(shot, splinters, around(shot, share * count, reach=0.9), 0.026 * shot.units_per_metre)
        found.append(Thing(lying, material))
    return found


def _splinter(shot: Shot) -> Shape:
    """A piece of broken ice, about one unit long."""
    body = ball(0.5, rings=4).scaled(1, shot.uniform(0.35, 0.8), shot.uniform(0.4, 0.95))
    return replace(body.turned(x=shot.uniform(-30, 30), z=shot.uniform(-30, 30)), smooth=False)


@prop(
    "honeycomb, honey, honey dipper, beeswax, honey drizzle, hive, syrup, manuka, beehive, nectar, wax comb",
    "hexagon comb",
    place="window",
)
def honeycomb(_: Shot) -> list[Thing]:
    """A piece of comb and a wooden dipper."""
    cells = []
    for i in range(7):
        for j in range(5):
            x, z = 0.062 * (i - 3) + 0.031 * (j % 2), 0.054 * (j - 2)
            cells.append(_cell().moved(x, 0.0, z))
    comb = block(0.50, 0.05, 0.30, 0.01)
    wax = Material((0.72, 0.40, 0.05), roughness=0.2, specular=0.6)
    t = np.linspace(0, 1, 9)
    handle = tube(xyz(0.5 - 0.55 * t, 0.07 + 0.12 * t, 0.3 - 0.1 * t), 0.015)
    rings = [disc(0.055, 0.014, 0.006).turned(z=78).moved(0.52 + 0.024 * k, 0.062, 0.305) for k in range(5)]
    return [
        Thing(joined([comb, *cells]), wax),
        Thing(joined([handle, *rings]), Material((0.50, 0.30, 0.13), roughness=0.5)),
    ]


@prop(
    "jar, spice jar, mason jar, pickle, canister, jam jar, honey jar, marmalade, storage jar, spice rack",
    "kilner, weck, tea caddy",
    plurals="preserves",
    place="window",
    companion="honeycomb",
    tinted=True,
    single=True,
)
def jar(shot: Shot) -> list[Thing]:
    """Two jars with lids, filled to the shoulder."""
    things = []
    for x, z, size in ((0.0, 0.0, 1.0), (0.34, 0.12, 0.8)):
        body = turned_body(
            [(0, 0), (0.036, 0), (0.038, 0.004), (0.038, 0.07), (0.03, 0.082), (0.03, 0.088), (0, 0.088)]
        )
        lid = disc(0.128, 0.07, 0.012).moved(0, 0.35)
        fill = tint(shot, "#a8571c", "#7a8a4a", "#c99a5b", "#7d2f22")
        things.append(Thing(body.scaled(size).moved(x, 0, z), Material(fill, roughness=0.08, specular=0.7)))
        things.append(Thing(lid.scaled(size).moved(x, 0, z), Material((0.55, 0.42, 0.2), roughness=0.3, metallic=0.9)))
    return things


def _prism(outline: np.ndarray, height: float) -> Shape:
    """An upright body over an outline, Nx2 in x and z, with flat ends."""
    ring = np.concatenate([outline, outline[:1]])
    middle = np.broadcast_to(ring.mean(0), ring.shape)
    rows = [(middle, height), (ring, height), (ring, height), (ring, 0.0), (ring, 0.0), (middle, 0.0)]
    grid = [xyz(line[:, 0], y, line[:, 1]) for line, y in rows]
    return sheet(np.stack(grid), smooth=False)


def _nest(shot: Shot) -> list[tuple[float, float]]:
    return cluster(shot, shot.count(5), 0.24)


def _egg(shot: Shot, colour: Colour, x: float, z: float) -> Thing:
    angle = np.linspace(-np.pi / 2, np.pi / 2, 41)
    outline = np.stack([0.088 * np.cos(angle) * (1 - 0.16 * np.sin(angle)), 0.118 * np.sin(angle) + 0.118], -1)
    shape = lathe(outline).moved(0, -0.118).turned(x=shot.uniform(76, 96), y=shot.uniform(0, 360)).moved(x, 0.084, z)
    return Thing(shape, Material(colour, roughness=0.55))


def _cell() -> Shape:
    """The raised six-sided rim of one cell."""
    turn = np.radians(np.arange(7) * 60 + 30)
    rows = [(0.034, 0.03), (0.034, 0.085), (0.027, 0.085), (0.027, 0.03)]
    return sheet(
        np.stack([xyz(r * np.cos(turn), y, r * np.sin(turn)) for r, y in rows[::-1]]),
        smooth=False,
    )
