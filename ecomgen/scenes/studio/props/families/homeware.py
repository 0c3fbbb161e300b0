"""Things of a house: glasses, pots, cloth, cushions, what lies on a dressing table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.flames import burning
from ecomgen.scenes.studio.props.scatter import METRE, rounded, tint, turned_body
from ecomgen.scenes.studio.stage.noise import spectral
from ecomgen.scenes.studio.stage.shapes import Shape, block, disc, joined, lathe, sheet, tube
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot

BLACK = Material(colour=(0.025, 0.025, 0.028), roughness=0.4)
STEEL = Material(colour=(0.62, 0.62, 0.63), roughness=0.28, metallic=1.0)
BRASS = Material(colour=(0.78, 0.56, 0.25), roughness=0.2, metallic=1.0)
GLASS = Material(colour=(1, 1, 1), transmission=1.0)


def _circle(radius: float, count: int = 40) -> np.ndarray:
    """A closed ring in the xy plane, Nx3."""
    turn = np.linspace(0, 2 * np.pi, count)
    return np.stack([radius * np.cos(turn), radius * np.sin(turn), np.zeros(count)], -1)


@prop(
    "glass of water, drinking glass, tumbler, water glass, cocktail, juice, lemonade, drink, glassware, whisky glass",
    "soda, iced tea, gin, tonic, mojito, beer glass, beer, refreshment, aperitif, spritz, ice tea",
    place="window",
)
def tumbler(_: Shot) -> list[Thing]:
    """Two glasses of water."""
    wall = [(0.0, 0.0), (0.027, 0.0), (0.029, 0.004), (0.035, 0.1)]
    glass = lathe([(r * METRE, h * METRE) for r, h in wall], segments=96)
    water = disc(0.0318 * METRE, 0.004, 0.001).moved(0, 0.066 * METRE)
    places = ((0.0, 0.0), (0.36, 0.12))
    return [
        Thing(shape=joined([glass.moved(x, 0, z) for x, z in places]), material=GLASS),
        Thing(shape=joined([water.moved(x, 0, z) for x, z in places]), material=GLASS),
    ]


@prop(
    "wine glass, glass of wine, wine, red wine, white wine, prosecco, champagne glass, champagne flute, toast, goblet",
    "sommelier, rose wine, stemware, sparkling wine, wine tasting, champagne bottle, cava",
    place="window",
    companion="grapes",
)
def wine_glass(shot: Shot) -> list[Thing]:
    """A glass of wine on its stem."""
    bowl = [(0.006, 0.09), (0.03, 0.105), (0.04, 0.14), (0.032, 0.19), (0.031, 0.19)]
    foot = [(0.034, 0.0), (0.032, 0.003), (0.006, 0.008), (0.004, 0.05), (0.006, 0.09)]
    glass = lathe([(r * METRE, h * METRE) for r, h in [*foot, *rounded(bowl)]])
    wine = lathe([(r * METRE, h * METRE) for r, h in [(0, 0.10), (0.028, 0.108), (0.038, 0.138), (0, 0.139)]])
    colour = tint(shot, "#4a0d18", "#d9b45a")
    return [
        Thing(shape=glass, material=GLASS),
        Thing(shape=wine, material=Material(colour=colour, roughness=0.06, specular=0.6)),
    ]


@prop(
    "teapot, tea, tea set, kettle, green tea, matcha, tea ceremony, tea time, afternoon tea, teahouse, oolong",
    "herbal tea, chawan, tea pot",
    place="window",
    companion="tea leaves",
    tinted=True,
)
def teapot(shot: Shot) -> list[Thing]:
    """A round teapot and a small bowl."""
    body = turned_body([(0, 0), (0.04, 0), (0.068, 0.03), (0.066, 0.06), (0.035, 0.088), (0, 0.09)])
    lid = turned_body([(0.036, 0.087), (0.03, 0.094), (0.006, 0.097), (0.01, 0.108), (0, 0.111)])
    t = np.linspace(0, 1, 16)
    spout = tube(
        np.stack([0.24 + 0.17 * t, 0.12 + 0.22 * t**1.4, np.zeros(16)], -1), np.linspace(0.055, 0.028, 16), segments=16
    )
    arc = np.linspace(-1.3, 1.3, 20)
    ear = tube(np.stack([-0.24 - 0.15 * np.cos(arc), 0.2 + 0.13 * np.sin(arc), np.zeros(20)], -1), np.full(20, 0.022))
    cup = turned_body([(0, 0), (0.016, 0), (0.03, 0.016), (0.034, 0.038), (0.031, 0.038), (0.026, 0.018), (0, 0.01)])
    glaze = Material(colour=tint(shot, "#2e3538", "#8c9a8f", "#b8745a", "#e4dccd"), roughness=0.35)
    turn = shot.between(-40, 40)
    pot = joined([body, lid, spout, ear]).turned(y=turn)
    return [Thing(shape=joined([pot, cup.moved(0.5, 0, 0.22)]), material=glaze)]


@prop(
    "plate, cutlery, fork, knife, spoon, tableware, dinner plate, table setting, place setting, silverware, dining",
    "dinnerware, dessert plate, chopstick, breakfast plate, feast, meal, brunch table",
    place="window",
    tinted=True,
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
    glaze = Material(colour=tint(shot, "#ece6da", "#cfc9bd", "#4a5560"), roughness=0.25)
    return [
        Thing(shape=plate, material=glaze),
        Thing(shape=joined([knife.moved(0.62), fork.moved(-0.62)]), material=STEEL),
    ]


@prop(
    "napkin, cloth napkin, tea towel, dish towel, folded cloth, handkerchief, linen napkin, scarf, kitchen towel",
    "shirt, sweater, folded blanket, clothing, t shirt, kitchen cloth, shawl, bib, polishing cloth, folded linen",
    place="room",
    tinted=True,
    rank=1,
)
def folded_cloth(shot: Shot) -> list[Thing]:
    """A linen napkin, folded and slightly rumpled."""
    layers = [_layer(shot, 0.62 - 0.012 * k, 0.46 - 0.008 * k).moved(0.01 * k, 0.016 * k) for k in range(4)]
    weave = np.indices((200, 200)).sum(0) % 2 - 0.5
    tone = tint(shot, "#d9d0c0", "#b9c0b4", "#c8b39a")
    colour = np.clip(np.asarray(tone) * (1 + 0.10 * weave[..., None]), 0, 1).astype(np.float32)
    made = joined(layers).turned(y=shot.between(-35, 35))
    return [Thing(shape=made, material=Material(colour=colour, bump=weave, bump_scale=0.002))]


def _layer(shot: Shot, width: float, depth: float) -> Shape:
    """One layer of cloth whose edges roll down to the one below."""
    s, t = np.meshgrid(np.linspace(-1, 1, 60), np.linspace(-1, 1, 60))
    rim = np.clip((np.maximum(np.abs(s), np.abs(t)) - 0.95) / 0.05, 0, 1)
    wave = spectral(shot.rng, (60, 60), falloff=2.2, coarsest=0.8)
    y = 0.022 + 0.006 * wave - 0.022 * rim**2
    x, z = width / 2 * s * (1 + 0.012 * wave), depth / 2 * t * (1 - 0.012 * wave)
    return sheet(np.stack([x, np.maximum(y, 0.001), z], -1)).draped(0.7, 0.7)


@prop(
    "basket, wicker basket, picnic basket, hamper, easter basket, bicycle basket, laundry basket, woven basket",
    place="room",
)
def basket(_: Shot) -> list[Thing]:
    """A wicker basket: staves with a rod woven round them, and a handle."""
    rods = []
    for level in range(11):
        turn = np.linspace(0, 2 * np.pi, 160)
        r = 0.28 + 0.012 * level + 0.018 * np.cos(12 * turn + np.pi * level)
        rods.append(
            tube(
                np.stack([r * np.cos(turn), np.full(160, 0.025 + 0.038 * level), r * np.sin(turn)], -1),
                np.full(160, 0.02),
                segments=7,
            )
        )
    arc = np.linspace(0, np.pi, 50)
    handle = tube(np.stack([0.4 * np.cos(arc), 0.4 + 0.42 * np.sin(arc), np.zeros(50)], -1), np.full(50, 0.024))
    bottom = disc(0.28, 0.03, 0.01)
    willow = Material(colour=(0.38, 0.235, 0.11), roughness=0.75)
    return [Thing(shape=joined([*rods, handle.turned(y=25), bottom]), material=willow)]


@prop(
    "terracotta pot, flower pot, flowerpot, pot, clay pot, earthenware, amphora, plant pot, terracotta vase, pots",
    "planter",
    place="garden",
)
def pots(shot: Shot) -> list[Thing]:
    """Pots of earthenware, one lying."""
    outline = [
        (0, 0),
        (0.032, 0),
        (0.045, 0.075),
        (0.05, 0.075),
        (0.052, 0.095),
        (0.046, 0.095),
        (0.042, 0.08),
        (0.028, 0.01),
        (0, 0.01),
    ]
    upright = lathe([(r * METRE, h * METRE) for r, h in outline])
    shapes = [upright.scaled(shot.between(0.85, 1.15)).moved(0, 0), upright.scaled(0.75).moved(0.4, 0, -0.1)]
    shapes.append(upright.scaled(0.7).turned(z=92, y=shot.between(-40, 40)).moved(0.28, 0.14, 0.3))
    grain = spectral(shot.rng, (200, 300), falloff=1.1)
    colour = np.clip(np.asarray((0.50, 0.21, 0.105)) * (1 + 0.08 * grain[..., None]), 0, 1).astype(np.float32)
    return [Thing(shape=joined(shapes), material=Material(colour=colour, roughness=0.9))]


@prop("lantern, storm lantern, oil lamp, lamp light, paper lantern, moroccan lantern, hurricane lamp", place="room")
def lantern(_: Shot) -> list[Thing]:
    """A lantern with a burning candle in it."""
    posts = [block(0.03, 0.6, 0.03, 0.006).moved(0.17 * i, 0.06, 0.17 * j) for i in (-1, 1) for j in (-1, 1)]
    plates = [block(0.44, 0.06, 0.44, 0.012), block(0.42, 0.04, 0.42, 0.012).moved(0, 0.65)]
    roof = lathe([(0.28, 0.69), (0.06, 0.84), (0.05, 0.88), (0, 0.885)], segments=4).turned(y=45)
    ring = tube(_circle(0.07), np.full(40, 0.01), segments=7).moved(0, 0.94)
    return [
        Thing(shape=joined([*posts, *plates, roof, ring]).turned(y=20), material=BLACK),
        *(replace(part, shape=part.shape.moved(0, 0.06)) for part in burning(0.1, 0.26, (0.82, 0.76, 0.64))),
    ]


@prop("rolled towel, towel roll, spa towel, rolled up towel, gym towel, hot towel", tinted=True)
def rolled_towels(shot: Shot) -> list[Thing]:
    """Three towels, rolled, one lying on two."""
    t = np.linspace(0, 1, 160)
    angle, r = 2 * np.pi * 4.3 * t, 0.02 + 0.085 * t
    line = np.stack([r * np.cos(angle), r * np.sin(angle) + 0.105], -1)
    roll = sheet(np.stack([np.stack([line[:, 0], line[:, 1], np.full(160, z)], -1) for z in (-0.26, 0.26)]))
    lying = [
        roll.moved(x, y, 0.02 * x).turned(y=shot.between(-4, 4)) for x, y in ((-0.11, 0.0), (0.11, 0.0), (0.0, 0.185))
    ]
    loops = spectral(shot.rng, (300, 300), falloff=0.3, finest=1.5)
    pile = Material(colour=tint(shot, "#ece7df", "#c7cec9", "#d9c7b5", "#8fa3a6"), bump=loops, bump_scale=0.02)
    return [Thing(shape=joined(lying), material=pile)]


@prop(
    "cushion, pillow, throw pillow, velvet cushion, pouffe, bean bag, meditation, soft pillow",
    place="room",
    tinted=True,
)
def cushion(shot: Shot) -> list[Thing]:
    """A cushion, leaning back."""
    s, t = np.meshgrid(np.linspace(-1, 1, 60), np.linspace(-1, 1, 60))
    full = (np.clip(1 - s**4, 0, 1) * np.clip(1 - t**4, 0, 1)) ** 0.42
    pinch = 1 - 0.08 * (s**2 * (1 - t**2) + t**2 * (1 - s**2))
    front = np.stack([0.45 * s * pinch, -0.45 * t * pinch, 0.17 * full], -1)
    back = front[:, ::-1] * [1, 1, -1]
    grain = spectral(shot.rng, (200, 200), falloff=0.3, finest=1.2)
    cover = Material(colour=tint(shot, "#c98f7d", "#8fa096", "#d9cbb4", "#43536b"), bump=grain, bump_scale=0.004)
    body = joined([sheet(front), sheet(back)]).turned(x=-14, y=shot.between(-20, 20)).moved(0, 0.42)
    return [Thing(shape=body, material=cover)]


@prop("round mirror, hand mirror, vanity mirror, gong, brass disc, wall mirror, sunburst mirror, compact mirror")
def tray(_: Shot) -> list[Thing]:
    """A round tray of brass leaning behind, as a mirror leans."""
    plate = lathe([(0.0, 0.0), (0.5, 0.0), (0.54, 0.05), (0.55, 0.05), (0.51, -0.012), (0.0, -0.012)][::-1])
    metal = Material(colour=(0.72, 0.52, 0.24), roughness=0.38, metallic=1.0)
    return [Thing(shape=plate.turned(x=70).moved(0, 0.53, -0.1), material=metal)]


@prop("hourglass, sand timer")
def hourglass(_: Shot) -> list[Thing]:
    glass = lathe([(r, h) for r, h in rounded([(0.15, 0.06), (0.16, 0.16), (0.02, 0.35), (0.16, 0.54), (0.15, 0.64)])])
    sand = joined([lathe([(0.14, 0.07), (0.12, 0.15), (0, 0.21)]), lathe([(0.012, 0.36), (0.10, 0.46), (0, 0.45)])])
    plates = [disc(0.2, 0.05, 0.016), disc(0.2, 0.05, 0.016).moved(0, 0.65)]
    posts = [tube(np.array([[0.17, 0.04, 0], [0.17, 0.66, 0]]), np.full(2, 0.014)).turned(y=120 * k) for k in range(3)]
    return [
        Thing(shape=glass, material=GLASS),
        Thing(shape=sand, material=Material(colour=(0.62, 0.47, 0.30))),
        Thing(shape=joined([*plates, *posts]), material=BRASS),
    ]


@prop("brush, makeup brush, make up brush, makeup, make up, cosmetics, paint brush", companion="glitter", tinted=True)
def brushes(shot: Shot) -> list[Thing]:
    """Make-up brushes standing in a beaker."""
    beaker = turned_body([(0, 0), (0.034, 0), (0.036, 0.004), (0.036, 0.085), (0.032, 0.085), (0.031, 0.01), (0, 0.01)])
    handles, ferrules, hair = [], [], []
    for k in range(4):
        lean = {"z": shot.between(-14, 14), "x": shot.between(-12, 6)}
        at = (0.05 * np.cos(1.6 * k), 0.06, 0.05 * np.sin(1.6 * k))
        handles.append(lathe(rounded([(0, 0), (0.02, 0.05), (0.024, 0.3), (0.016, 0.46)])).turned(**lean).moved(*at))
        ferrules.append(lathe([(0.02, 0.46), (0.026, 0.58)]).turned(**lean).moved(*at))
        hair.append(lathe(rounded([(0.024, 0.57), (0.055, 0.66), (0.05, 0.72), (0, 0.76)])).turned(**lean).moved(*at))
    return [
        Thing(shape=beaker, material=Material(colour=tint(shot, "#e9e0d6", "#e3c2bb"), roughness=0.35)),
        Thing(shape=joined(handles), material=Material(colour=(0.03, 0.028, 0.03), roughness=0.2)),
        Thing(shape=joined(ferrules), material=BRASS),
        Thing(shape=joined(hair), material=Material(colour=(0.26, 0.15, 0.10), roughness=0.9)),
    ]


@prop(
    "jade roller, gua sha, roller, face roller, massage tool, facial tool, quartz roller, facial massage",
    companion="pebbles",
)
def roller(shot: Shot) -> list[Thing]:
    """A jade roller and a flat scraping stone, for the face."""
    jade = Material(colour=(0.20, 0.38, 0.27), roughness=0.16, specular=0.6)
    wheel = (
        lathe(rounded([(0, -0.09), (0.07, -0.08), (0.085, 0), (0.07, 0.08), (0, 0.09)]))
        .turned(z=90)
        .moved(0, 0.085, -0.26)
    )
    grip = (
        lathe(rounded([(0, -0.2), (0.03, -0.18), (0.045, 0), (0.03, 0.18), (0, 0.2)])).turned(x=90).moved(0, 0.05, 0.12)
    )
    fork = tube(
        np.array([[-0.1, 0.085, -0.26], [-0.1, 0.08, -0.14], [0, 0.06, -0.1], [0.1, 0.08, -0.14], [0.1, 0.085, -0.26]]),
        np.full(5, 0.01),
    )
    turn = np.linspace(0, 2 * np.pi, 80)
    edge = 0.2 * (1 + 0.22 * np.cos(turn) - 0.2 * np.exp(-(((turn - np.pi) / 0.6) ** 2)))
    rim = np.stack([edge * np.cos(turn), np.zeros(80), 0.7 * edge * np.sin(turn)], -1)
    rows = [
        rim * [0, 1, 0],
        rim * [0.97, 1, 0.97],
        rim + np.array([0, 0.015, 0]),
        rim * [0.97, 1, 0.97] + [0, 0.03, 0],
        rim * [0, 1, 0] + [0, 0.03, 0],
    ]
    stone = sheet(np.stack(rows[::-1])).moved(0.36, 0, 0.1)
    spin = shot.between(-40, 40)
    return [
        Thing(shape=joined([wheel, grip, stone]).turned(y=spin), material=jade),
        Thing(shape=fork.turned(y=spin), material=BRASS),
    ]
