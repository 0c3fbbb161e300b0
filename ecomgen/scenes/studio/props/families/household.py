"""Things from kitchen, bath and desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.flames import burning
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.noise import spectral
from ecomgen.scenes.studio.stage.palette import hexadecimal
from ecomgen.scenes.studio.stage.shapes import Shape, ball, block, disc, joined, lathe, tube
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot


BINDINGS = ("#d9cfc0", "#a4553a", "#2f4858", "#c9a468", "#5e6b57", "#e8e2d6", "#6d3b35", "#8fa3ad", "#3a3733")


def _glaze(shot: Shot) -> Material:
    colour = hexadecimal(
        shot.wish.prop_colour or shot.pick("#ece6da", "#c9c2b4", "#8d9a93", "#b8745a", "#4a5560", "#d9c8ae")
    )
    return Material(colour=colour, roughness=0.28)


def _turned(profile: list[tuple[float, float]], size: float) -> Shape:
    return lathe([(r * size, h * size) for r, h in profile])


@prop(
    "cup of tea, tea cup, teacup, mug of tea, cup of green tea, cup, mug, coffee, espresso, cappuccino, latte",
    "coffee cup, cup of coffee, saucer, barista, hot chocolate, americano, coffee mug, hot drink, hot cocoa, chai",
    "matcha latte, flat white, mocha cup, morning coffee, caffeine",
    place="window",
    companion="coffee beans",
    tinted=True,
    rank=7,
)
def cup(shot: Shot) -> list[Thing]:
    """A mug of coffee on a saucer."""
    size = 0.34
    wall = [(0, 0), (0.30, 0), (0.36, 0.06), (0.40, 0.72), (0.37, 0.74), (0.34, 0.70), (0.33, 0.62)]
    saucer = [(0, 0), (0.3, 0), (0.62, 0.09), (0.66, 0.12), (0.60, 0.12), (0.3, 0.04), (0, 0.04)]
    turn = np.linspace(-1.5, 1.5, 18)  # both ends in the wall
    ear = tube(
        np.stack([0.32 + 0.26 * np.cos(turn), 0.38 + 0.22 * np.sin(turn), np.zeros(18)], -1), np.full(18, 0.04)
    ).scaled(size)
    glaze = _glaze(shot)
    coffee = disc(0.34 * size, 0.005, 0.001).moved(0, 0.62 * size + 0.02)
    return [
        Thing(shape=_turned(saucer, size), material=glaze),
        Thing(shape=joined([_turned(wall, size), ear.turned(y=shot.between(-60, 60))]).moved(0, 0.02), material=glaze),
        Thing(shape=coffee, material=Material(colour=(0.06, 0.025, 0.01), roughness=0.1)),
    ]


@prop(
    "bowl, dish, ceramic bowl, crockery, pottery, wooden bowl, mortar, salad bowl, petri dish, soap dish, basin bowl",
    place="window",
    tinted=True,
    rank=4,
)
def bowl(shot: Shot) -> list[Thing]:
    profile = [(0, 0), (0.2, 0), (0.22, 0.04), (0.42, 0.2), (0.5, 0.38), (0.47, 0.38), (0.38, 0.2), (0, 0.07)]
    return [Thing(shape=_turned(profile, 0.6), material=_glaze(shot))]


@prop(
    "bottle, dispenser, soap bottle, serum bottle, cosmetic bottle, glass bottle, vial, apothecary, flask",
    "shampoo bottle, lotion bottle, amber bottle, dropper, essential oil, perfume bottle, decanter, toiletry, carafe",
    tinted=True,
)
def bottle(shot: Shot) -> list[Thing]:
    """A plain dispenser bottle."""
    profile = [
        (0, 0),
        (0.18, 0),
        (0.2, 0.02),
        (0.2, 0.6),
        (0.17, 0.68),
        (0.07, 0.72),
        (0.07, 0.8),
        (0.09, 0.8),
        (0.09, 0.88),
        (0, 0.88),
    ]
    colour = hexadecimal(shot.wish.prop_colour or shot.pick("#7a4a22", "#e8e2d6", "#39443c"))
    return [Thing(shape=_turned(profile, 0.75), material=Material(colour=colour, roughness=0.2))]


@prop(
    "candle, candlelight, tealight, candelabra, burning candle, lit candle, candlestick, tea light, taper, wax",
    "incense, menorah, votive, candle holder, pillar candle, wick",
    place="room",
    tinted=True,
    rank=3,
)
def candle(shot: Shot) -> list[Thing]:
    """Two candles or as many as are wished, burning."""
    things = []
    count = shot.wish.count_of("candle", 2)
    abreast = [(0.2 * number, shot.between(-0.1, 0.1)) for number in range(count)]  # no flame behind another
    for number, (x, z) in enumerate(abreast if count <= 3 else cluster(shot, count, 0.26)):
        high = shot.between(0.3, 0.45) if number == 0 else shot.between(0.16, 0.32)
        things += burning(0.09, high, hexadecimal(shot.wish.prop_colour or "#f0e6d2"), x=x, z=z)
    return things


def _book(shot: Shot, width: float, thick: float, depth: float) -> list[tuple[Shape, bool]]:
    cover = [block(width, 0.012, depth, 0.003), block(width, 0.012, depth, 0.003).moved(0, thick - 0.012)]
    spine = block(width, thick, 0.012, 0.004).moved(0, 0, depth / 2 - 0.006)
    pages = block(width * 0.98, thick - 0.02, depth * 0.97, 0.002).moved(0, 0.01, -0.005)
    del shot
    return [(joined([*cover, spine]), True), (pages, False)]


@prop(
    "book, stack of book, novel, magazine, reading, literature, stacked book, old book, textbook, encyclopedia, album",
    "pile of book, library book, cookbook, hardback, bible, comic",
    place="window",
    companion="eyeglasses",
    tinted=True,
    rank=5,
)
def books(shot: Shot) -> list[Thing]:
    """A stack of three books, or as many as are wished."""
    things, level = [], 0.0
    for _ in range(shot.wish.count_of("books", 3)):
        thick, turn = shot.between(0.06, 0.11), shot.between(-16, 16)
        tint = hexadecimal(shot.wish.prop_colour) if shot.wish.prop_colour else hexadecimal(shot.pick(*BINDINGS))
        for shape, bound in _book(shot, shot.between(0.62, 0.75), thick, 0.46):
            material = Material(colour=tint, roughness=0.7) if bound else Material(colour=(0.74, 0.70, 0.62))
            things.append(Thing(shape=shape.turned(y=turn).moved(0, level), material=material))
        level += thick
    return things


@prop(
    "notebook, journal, planner, stationery, notepad, diary, sketchbook, calendar, agenda, envelope, letter, document",
    "clipboard, folder, passport, map, postcard, wallet, bullet journal",
    place="window",
    companion="pens",
    tinted=True,
)
def notebook(shot: Shot) -> list[Thing]:
    """A notebook with a pen on it."""
    tint = hexadecimal(shot.wish.prop_colour or shot.pick("#2e3b4a", "#7b4a36", "#d9cdbb", "#3d4a3f"))
    pen = tube(
        np.stack([np.linspace(-0.26, 0.26, 6), np.full(6, 0.06), np.linspace(0.1, -0.06, 6)], -1), np.full(6, 0.013)
    )
    return [
        Thing(shape=block(0.6, 0.045, 0.8, 0.012).turned(y=14), material=Material(colour=tint, roughness=0.6)),
        Thing(shape=pen, material=Material(colour=(0.05, 0.05, 0.055), roughness=0.25)),
    ]


def _fruit(shot: Shot, profile: list[tuple[float, float]], size: float) -> Shape:
    lying = _turned(profile, size).moved(0, -0.5 * size).turned(z=shot.between(70, 110), y=shot.between(0, 360))
    return lying.moved(0, -float(lying.points[:, 1].min()))


@prop(
    "lemon, citrus, yellow fruit, whole lemon, lemon tree, amalfi lemon, citrus fruit, yuzu",
    place="window",
    companion="lemon slices",
)
def lemons(shot: Shot) -> list[Thing]:
    """Three lemons or as many as are wished, rough-skinned."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 25)
    profile = [
        (0.30 * float(np.cos(a)) ** 0.85 + 0.0, 0.5 + 0.46 * float(np.sin(a)) + 0.05 * float(np.sin(a)) ** 7)
        for a in angle
    ]
    tint = (0.90, 0.60, 0.035)
    places = cluster(shot, shot.wish.count_of("lemons", 3), 0.31)
    pores = spectral(shot.rng, (256, 512), falloff=0.5, finest=4)
    peel = Material(
        colour=(np.asarray(tint) * (1 + 0.05 * pores)[..., None]).clip(0, 1).astype(np.float32), roughness=0.36
    )
    return [
        Thing(shape=_fruit(shot, profile, shot.between(0.28, 0.33)).moved(x, 0, z), material=peel) for x, z in places
    ]


@prop(
    "orange fruit, mandarin, clementine, fruit, tangerine fruit, whole orange, satsuma, kumquat, citrus tree",
    "tropical fruit",
    plurals="oranges, tangerines, clementines",
    place="window",
    companion="orange slices",
)
def oranges(shot: Shot) -> list[Thing]:
    """Oranges with pores in their peel, and where each hung a dry green star."""
    pores = spectral(shot.rng, (512, 1024), falloff=0.3, finest=5)
    tint = np.asarray((0.86, 0.33, 0.022)) * (1 + 0.06 * pores)[..., None]
    peel = Material(colour=tint.clip(0, 1).astype(np.float32), roughness=0.38, bump=pores, bump_scale=0.0016)
    fruits, stars = [], []
    for x, z in cluster(shot, shot.wish.count_of("oranges", 3), 0.43):
        radius, around = shot.between(0.12, 0.14), shot.between(-75, 75)
        fruits.append(ball(radius).moved(x, 0, z))
        star = ball(0.014, rings=9).scaled(1, 0.5, 1).moved(0, radius - 0.004)
        stars.append(star.turned(x=shot.between(20, 60), y=around).moved(x, radius, z))
    return [
        *(Thing(shape=fruit, material=peel) for fruit in fruits),
        Thing(shape=joined(stars), material=Material(colour=(0.10, 0.11, 0.03))),
    ]


@prop(
    "towel, bath towel, folded towel, towelling, bathrobe, hand towel, facecloth, laundry, linen towel, robe",
    companion="rolled towels",
    tinted=True,
)
def towel(shot: Shot) -> list[Thing]:
    """Three folded towels, each in two soft layers of terry."""
    tint = np.asarray(hexadecimal(shot.wish.prop_colour or shot.pick("#ece7df", "#c7cec9", "#d9c7b5", "#8fa3a6")))
    loops = spectral(shot.rng, (700, 700), falloff=0.35, finest=2.5)
    things, top = [], 0.0
    for _ in range(3):
        layers = []
        for _ in range(2):
            thick = shot.between(0.055, 0.062)
            layer = block(shot.between(0.66, 0.69), thick, shot.between(0.47, 0.5), 0.5 * thick)
            layers.append(layer.moved(shot.between(-0.008, 0.008), top, shot.between(-0.006, 0.012)))
            top += 0.86 * thick
        terry = np.clip(tint * (0.92 + 0.17 * np.tanh(loops))[..., None] * shot.between(0.94, 1.04), 0, 0.95)
        shape = joined(layers).draped(0.42, 0.42).turned(y=shot.between(-4, 4))
        things.append(Thing(shape=shape, material=Material(colour=terry.astype(np.float32), sheen=0.3)))
    return things
