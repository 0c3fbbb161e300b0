"""What one drinks and eats from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.bodies import BRASS, GLASS, METRE, STEEL, grained, rounded, tint, turned, turned_body
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import block, disc, joined, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing, Values
from ecomgen.scenes.studio.props.declaration import Hollow, prop
from ecomgen.scenes.studio.props.families.food.cut_fruit import LEMON, ORANGE, slice_on_rim
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.shot import Shot

WINES = {"red": "#5a0f1c", "white": "#e0c978", "pink": "#e59a8c"}  # by the colour that they are called
CLEAR = 0.2  # light that comes through a clear drink, of its colour
CLOUDY = 0.2  # how rough is one that lets none through
FULL, TALL = 0.066, 0.1  # metres to which a tumbler is filled, and how tall it is


@prop(
    "cup of tea, tea cup, teacup, mug of tea, cup of green tea, cup, mug, coffee, espresso, cappuccino, latte",
    "coffee cup, cup of coffee, saucer, barista, hot chocolate, americano, coffee mug, hot drink, hot cocoa, chai",
    "matcha latte, flat white, mocha cup, morning coffee, caffeine, demitasse, cuppa, hot beverage",
    place="window",
    companion="coffee beans",
    tinted=True,
    rank=7,
    single=True,
)
def cup(shot: Shot) -> list[Thing]:
    """A mug of coffee on a saucer."""
    size = 0.34
    wall = [(0, 0), (0.30, 0), (0.36, 0.06), (0.40, 0.72), (0.37, 0.74), (0.34, 0.70), (0.33, 0.62)]
    saucer = [(0, 0), (0.3, 0), (0.62, 0.09), (0.66, 0.12), (0.60, 0.12), (0.3, 0.04), (0, 0.04)]
    turn = np.linspace(-1.5, 1.5, 18)  # both ends in the wall
    ear = tube(xyz(0.32 + 0.26 * np.cos(turn), 0.38 + 0.22 * np.sin(turn), 0), 0.04).scaled(size)
    glaze = _glaze(shot)
    coffee = disc(0.34 * size, 0.005, 0.001).moved(0, 0.62 * size + 0.02)
    return [
        Thing(turned(saucer, size), glaze),
        Thing(joined([turned(wall, size), ear.turned(y=shot.uniform(-60, 60))]).moved(0, 0.02), glaze),
        Thing(coffee, Material((0.06, 0.025, 0.01), roughness=0.1)),
    ]


@prop(
    "bowl, dish, ceramic bowl, crockery, pottery, wooden bowl, mortar, petri dish, soap dish, food bowl, dog bowl",
    "pet bowl, cat bowl, water bowl, feeding bowl",
    "basin bowl, ramekin, tureen",
    place="window",
    tinted=True,
    rank=4,
    holds=Hollow(radius=0.2, floor=0.042, rim_radius=0.28, rim=0.23),
    single=True,
)
def bowl(shot: Shot) -> list[Thing]:
    profile = [(0, 0), (0.2, 0), (0.22, 0.04), (0.42, 0.2), (0.5, 0.38), (0.47, 0.38), (0.38, 0.2), (0, 0.07)]
    return [Thing(turned(profile, 0.6), _glaze(shot))]


@prop(
    "bottle, dispenser, soap bottle, serum bottle, cosmetic bottle, glass bottle, vial, flask",
    "shampoo bottle, lotion bottle, essential oil, decanter, toiletry, carafe",
    tinted=True,
    single=True,
)
def bottle(shot: Shot) -> list[Thing]:
    """A plain dispenser bottle."""
    profile = [
        *((0, 0), (0.18, 0), (0.2, 0.02), (0.2, 0.6), (0.17, 0.68), (0.07, 0.72), (0.07, 0.8), (0.09, 0.8)),
        *((0.09, 0.88), (0, 0.88)),
    ]
    colour = tint(shot, "#7a4a22", "#e8e2d6", "#39443c")
    return [Thing(turned(profile, 0.75), Material(colour, roughness=0.2))]


@prop(
    "amber bottle, amber glass, amber glass bottle, amber jar, brown glass bottle, brown bottle, apothecary",
    "apothecary bottle, apothecary jar, pharmacy bottle, dropper, dropper bottle, amber glass jar, medicine bottle",
)
def amber_bottles(_: Shot) -> list[Thing]:
    """Two bottles of brown glass with black caps, a tall one and a stout one."""
    glass, caps = [], []
    for x, z, size, wide in ((0.0, 0.0, 1.0, 1.0), (0.36, 0.14, 0.72, 1.25)):
        profile = [
            *(
                (0, 0),
                (0.15, 0),
                (0.165, 0.015),
                (0.165, 0.47),
                (0.15, 0.54),
                (0.068, 0.6),
                (0.065, 0.68),
                (0.055, 0.68),
            ),
            *((0.055, 0.6), (0.135, 0.53), (0.15, 0.47), (0.15, 0.025), (0, 0.022)),
        ]
        glass.append(turned([(wide * r, y) for r, y in profile], 0.78 * size).moved(x, 0, z))
        cap = [(0, 0.66), (0.078, 0.66), (0.08, 0.67), (0.08, 0.78), (0.07, 0.79), (0, 0.79)]
        caps.append(turned(cap, 0.78 * size).moved(x, 0, z))
    brown = Material((0.7, 0.46, 0.23), transmission=1.0, solid=True)
    return [
        Thing(joined(glass), brown),
        Thing(joined(caps), Material((0.02, 0.02, 0.02), roughness=0.4)),
    ]


@prop(
    "glass of water, drinking glass, tumbler, water glass, drink, glassware, soda, refreshment",
    "old fashioned glass",
    plurals="glasses",
    place="window",
    single=True,
)
def tumbler(_: Shot) -> list[Thing]:
    """Two glasses of water."""
    return [
        part.moved(x, 0, z)
        for x, z in ((0.0, 0.0), (0.36, 0.12))
        for part in (_glass(), Thing(disc(0.0318 * METRE, 0.004, 0.001).moved(0, FULL * METRE), GLASS))
    ]


@prop(
    "juice, orange juice, fruit juice, juice glass, fresh juice",
    place="window",
    companion="orange slices",
    tinted=True,
    single=True,
)
def juice(shot: Shot) -> list[Thing]:
    """A glass of juice, a slice of orange on its rim."""
    return [_glass(), _drink(tint(shot, "#f09a1a", "#f2a92c"), rough=0.35), slice_on_rim(shot, ORANGE, TALL * METRE)]


@prop(
    "lemonade, glass of lemonade, iced lemonade, lemon water, lemon juice, homemade lemonade",
    place="window",
    single=True,
)
def lemonade(shot: Shot) -> list[Thing]:
    """A glass of lemonade on ice, a slice of lemon on its rim."""
    return [
        _glass(),
        _drink(tint(shot, "#f3e6a2"), rough=0.25),
        _ice(shot, 0.225),
        slice_on_rim(shot, LEMON, TALL * METRE),
    ]


@prop(
    "milk, glass of milk, milk glass, oat milk, almond milk, yogurt, yoghurt, kefir, milkshake",
    place="kitchen",
    single=True,
)
def milk(_: Shot) -> list[Thing]:
    """A glass of milk."""
    return [_glass(), _drink(hexadecimal("#fbf8f1"), rough=0.4, full=0.088)]


@prop(
    "cocktail, iced tea, ice tea, gin, tonic, mojito, aperitif, spritz, highball, lowball",
    "cocktail glass",
    place="window",
    companion="orange slices",
    tinted=True,
    single=True,
)
def cocktail(shot: Shot) -> list[Thing]:
    """A tumbler of something amber or red on ice, a slice of orange on its rim."""
    drink = _drink(tint(shot, "#d9601f", "#b9731f", "#b83a2c"), rough=0.08)
    return [_glass(), drink, _ice(shot, 0.225), slice_on_rim(shot, ORANGE, TALL * METRE)]


@prop(
    "whisky, whiskey, glass of whisky, whisky tumbler, bourbon, scotch, rum, brandy, whisky on the rocks, rocks glass",
    "whisky glass, whiskey glass, bourbon glass",
    place="window",
    single=True,
)
def whisky(shot: Shot) -> list[Thing]:
    """A low, heavy tumbler of whisky on ice."""
    outer = [(0.0, 0.0), (0.038, 0.0), (0.042, 0.006), (0.044, 0.084), (0.041, 0.084), (0.039, 0.016), (0.0, 0.014)]
    inside = [(0.0, 0.0135), (0.0392, 0.0155), (0.0401, 0.046), (0.0, 0.046)]
    amber = hexadecimal("#b8651a")
    drink = Material(amber, roughness=0.06, specular=0.6, glow=dimmed(amber, CLEAR))
    return [
        Thing(turned(inside, segments=96), drink),
        _ice(shot, 0.15),
        Thing(turned(outer, segments=96), GLASS),
    ]


def _ice(shot: Shot, level: float) -> Thing:
    """Three cubes that float in a glass, `level` units up."""
    cubes = [
        block(0.075, 0.075, 0.075, 0.012).turned(x=shot.uniform(-30, 30), y=shot.uniform(0, 90)).moved(x, level + y, z)
        for x, y, z in ((-0.05, 0.0, 0.03), (0.05, 0.015, -0.03), (0.03, -0.015, 0.06))
    ]
    return Thing(joined(cubes), Material((0.86, 0.88, 0.9), roughness=0.12, specular=0.7))


@prop("beer, beer glass, pint of beer, glass of beer, lager beer", place="window", single=True)
def beer(shot: Shot) -> list[Thing]:
    """A tall glass of beer, bright where the light goes through it, bubbles in it and a head of foam on it."""
    inside = [(0.0, 0.006), (0.024, 0.006), (0.027, 0.03), (0.0325, 0.108), (0.0, 0.108)]
    head = [(0.0325, 0.1075), (0.0336, 0.109), (0.0348, 0.13), (0.033, 0.1335), (0.022, 0.1355), (0.0, 0.136)]
    glass = [(0.0, 0.0), (0.0255, 0.0), (0.0262, 0.008), (0.0282, 0.03), (0.0345, 0.135)]
    height = np.linspace(0, 1, 256)[:, None, None]  # from the foam down
    gold = np.array([0.85, 0.46, 0.06]) * (1 - 0.45 * height) + np.array([0.10, 0.07, 0.02]) * (height < 0.08)
    fizz = np.clip(spectral(shot.rng, (256, 256), falloff=0.2, finest=1.2) - 1.9, 0, 1)[..., None]
    liquid = np.clip(gold + 0.5 * fizz, 0, 0.95).astype(np.float32)
    froth = spectral(shot.rng, (200, 400), falloff=0.5, finest=1.5)
    foam = Material(grained((0.9, 0.86, 0.76), froth, 0.05), bump=froth, bump_scale=0.0012)
    return [
        Thing(turned(inside, segments=96), Material(liquid, roughness=0.1, glow=0.22 * liquid)),
        Thing(turned(head, segments=96), foam),
        Thing(turned(glass, segments=96), GLASS),
    ]


@prop(
    "wine glass, glass of wine, wine, red wine, white wine, goblet, sommelier, rose wine, stemware, wine tasting",
    "chalice, stem glass, glass of red wine, glass of white wine",
    place="window",
    companion="grapes",
    single=True,
)
def wine_glass(shot: Shot) -> list[Thing]:
    """A glass of wine on its stem."""
    bowl = rounded([(0.006, 0.09), (0.03, 0.105), (0.04, 0.14), (0.032, 0.19), (0.031, 0.19)])
    named = {vocabulary().colours[name]: own for name, own in WINES.items()}
    colour = hexadecimal(named.get(str(shot.wish.prop_colour)) or shot.wish.prop_colour or shot.choice(*WINES.values()))
    return _on_a_stem(bowl, 0.14, colour)


@prop(
    "champagne, prosecco, champagne glass, champagne flute, sparkling wine, champagne bottle, cava, flutes",
    "champagne coupe, glass of champagne, glass of prosecco",
    place="window",
)
def champagne(shot: Shot) -> list[Thing]:
    """Two flutes of champagne."""
    bowl = rounded([(0.005, 0.085), (0.019, 0.1), (0.0265, 0.15), (0.0245, 0.225), (0.0238, 0.225)])
    flute = _on_a_stem(bowl, 0.195, hexadecimal(shot.wish.prop_colour or "#e0b75c"))
    places = cluster(shot, shot.count(2), 0.36)
    return [thing.moved(x, 0, z) for x, z in places for thing in flute]


def _on_a_stem(bowl: Values, level: float, colour: Colour) -> list[Thing]:
    """A stemmed glass whose `bowl` begins at the stem's end, filled up to the height `level`, in metres."""
    begin = bowl[0][1]
    glass = turned([(0.034, 0.0), (0.032, 0.003), (0.006, 0.008), (0.004, 0.55 * begin), (bowl[0][0], begin), *bowl])
    inside = [(0.955 * r, h) for r, h in bowl if h < level]
    wine = turned([(0, inside[0][1]), *inside, (0, inside[-1][1])])
    return [
        Thing(glass, GLASS),
        Thing(wine, Material(colour, roughness=0.06, specular=0.6, glow=dimmed(colour, CLEAR))),
    ]


@prop(
    "teapot, tea, tea set, kettle, green tea, matcha, tea ceremony, tea time, afternoon tea",
    "steaming pot, pot of tea, teahouse, oolong",
    "herbal tea, chawan, tea pot",
    place="window",
    companion="tea leaves",
    tinted=True,
    single=True,
)
def teapot(shot: Shot) -> list[Thing]:
    """A round teapot and a small bowl."""
    body = turned_body([(0, 0), (0.04, 0), (0.068, 0.03), (0.066, 0.06), (0.035, 0.088), (0, 0.09)])
    lid = turned_body([(0.036, 0.087), (0.03, 0.094), (0.006, 0.097), (0.01, 0.108), (0, 0.111)])
    t = np.linspace(0, 1, 16)
    spout = tube(xyz(0.24 + 0.17 * t, 0.12 + 0.22 * t**1.4, 0), np.linspace(0.055, 0.028, 16), segments=16)
    arc = np.linspace(-1.3, 1.3, 20)
    ear = tube(xyz(-0.24 - 0.15 * np.cos(arc), 0.2 + 0.13 * np.sin(arc), 0), 0.022)
    cup = turned_body([(0, 0), (0.016, 0), (0.03, 0.016), (0.034, 0.038), (0.031, 0.038), (0.026, 0.018), (0, 0.01)])
    glaze = Material(tint(shot, "#2e3538", "#8c9a8f", "#b8745a", "#e4dccd"), roughness=0.35)
    turn = shot.uniform(-40, 40)
    pot = joined([body, lid, spout, ear]).turned(y=turn)
    return [Thing(joined([pot, cup.moved(0.5, 0, 0.22)]), glaze)]


@prop(
    "plate, cutlery, fork, knife and fork, fork and knife, spoon, tableware, dinner plate, table setting, silverware",
    "place setting, dining",
    "dinnerware, dessert plate, chopstick, breakfast plate, feast, meal, brunch table, teaspoon, tablespoon",
    "flatware, dishware, servingware",
    place="window",
    tinted=True,
    holds=Hollow(radius=0.34, floor=0.04, rim_radius=0.42, rim=0.04),
)
def cutlery(shot: Shot) -> list[Thing]:
    """A plate with knife and fork beside it."""
    plate = turned_body([(0, 0), (0.07, 0), (0.085, 0.006), (0.125, 0.016), (0.126, 0.019), (0.085, 0.011), (0, 0.008)])
    knife = joined(
        [block(0.05, 0.012, 0.42, 0.006).moved(0, 0, -0.2), block(0.045, 0.03, 0.34, 0.014).moved(0, 0, 0.18)]
    )
    tines = [block(0.012, 0.012, 0.2, 0.005).moved(0.024 * (k - 1.5), 0.008, -0.32) for k in range(4)]
    fork = joined(
        [
            *tines,
            block(0.09, 0.012, 0.12, 0.006).moved(0, 0.004, -0.18),
            block(0.03, 0.02, 0.5, 0.009).moved(0, 0, 0.12),
        ]
    )
    glaze = Material(tint(shot, "#ece6da", "#cfc9bd", "#4a5560"), roughness=0.25)
    return [
        Thing(plate, glaze),
        Thing(joined([knife.moved(0.62), fork.moved(-0.62)]), STEEL),
    ]


@prop(
    "gold cutlery, golden cutlery, brass cutlery, gold flatware, golden flatware, gold silverware, gold fork",
    "golden fork",
    place="window",
    holds=cutlery.holds,
)
def gold_cutlery(shot: Shot) -> list[Thing]:
    """A plate with a golden knife and fork beside it."""
    plate, steel = cutlery.build(shot)
    return [plate, replace(steel, material=BRASS)]


@prop("knife, kitchen knife, chef knife, chef s knife, paring knife, bread knife, carving knife", place="kitchen")
def knife(shot: Shot) -> list[Thing]:
    """A kitchen knife, lying, its handle of wood."""
    x = METRE * np.linspace(0, 0.17, 40)
    belly = METRE * 0.036 * (1 - (x / x[-1]) ** 3.5) ** 0.7
    edges = ((0.016, 0 * x), (0.01, belly))  # the back is the higher one
    blade = sheet(np.stack([xyz(x, high, side) for high, side in edges]))
    bolster = block(0.016 * METRE, 0.014 * METRE, 0.024 * METRE, 0.01).moved(-0.006 * METRE, 0, 0.011 * METRE)
    grip = block(0.115 * METRE, 0.016 * METRE, 0.024 * METRE, 0.024).moved(-0.068 * METRE, 0, 0.012 * METRE)
    turn = shot.uniform(-30, 30) + (180 if shot.order > 0 else 0)
    wood = Material(tint(shot, "#6b4429", "#3d2a1f"), roughness=0.5)
    return [
        Thing(joined([blade, bolster]).turned(y=turn), STEEL),
        Thing(grip.turned(y=turn), wood),
    ]


def _glass() -> Thing:
    """An empty tumbler."""
    wall = [(0.0, 0.0), (0.027, 0.0), (0.029, 0.004), (0.035, TALL)]
    return Thing(turned(wall, segments=96), GLASS)


def _drink(colour: Colour, *, rough: float, full: float = FULL) -> Thing:
    """What is in a tumbler, a hair wider than that is: light falls on it as through thin glass."""
    body = turned(
        [(0.0, 0.0), (0.0272, 0.0), (0.0293, 0.004), (0.0292 + 0.0625 * full, full), (0.0, full)], segments=96
    )
    glow = dimmed(colour, CLEAR) if rough < CLOUDY else None
    return Thing(body, Material(colour, roughness=rough, specular=0.6, glow=glow))


def _glaze(shot: Shot) -> Material:
    colour = tint(shot, "#ece6da", "#c9c2b4", "#8d9a93", "#b8745a", "#4a5560", "#d9c8ae")
    return Material(colour, roughness=0.28)
