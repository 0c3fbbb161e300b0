"""Things to play and train with."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import BEECH, STEEL, assembled, circle, grained, rounded, tint
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.palette import hexadecimal, toned
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, block, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.shot import Shot

BEAR = 1.35  # times as large as it is modelled: a third of a metre
RABBIT = 0.8  # the same: a fifth
PALER = 0.84  # lightness (Oklab) of a bear's muzzle and soles
WHITE = (0.82, 0.81, 0.79)
BUTTON = Material((0.012, 0.01, 0.01), roughness=0.2)


@prop("swim ring, rubber ring, inflatable ring, float tube, pool ring", place="pool", tinted=True, single=True)
def swim_ring(shot: Shot) -> list[Thing]:
    """An inflated ring in two colours, lying."""
    around = np.linspace(0, 2 * np.pi, 8 * 16 + 1)
    path = xyz(0.34 * np.cos(around), 0.34 * np.sin(around), 0)
    arcs = [tube(path[16 * k : 16 * k + 17], 0.13, segments=32) for k in range(8)]
    colours = tint(shot, "#ef8fa6", "#f0a36b", "#5fb3c9"), WHITE
    return [
        Thing(joined(arcs[k::2]).turned(x=-90).moved(0, 0.13), Material(colour, roughness=0.25))
        for k, colour in enumerate(colours)
    ]


@prop(
    "dumbbell, weight, barbell, kettlebell, fitness equipment, workout, exercise, training, gym equipment",
    "sports equipment, gym gear, fitness gear",
    tinted=True,
)
def dumbbells(shot: Shot) -> list[Thing]:
    """Two hexagonal dumbbells."""
    heads, bars = [], []
    for x, z, turn in ((0.0, 0.0, 24.0), (0.15, 0.42, -12.0)):
        for side in (-1, 1):
            head = lathe([(0, 0), (0.13, 0), (0.155, 0.03), (0.155, 0.17), (0.13, 0.2), (0, 0.2)], segments=6)
            heads.append(head.turned(x=30).turned(z=90).moved(side * 0.26 + 0.1, 0.135).turned(y=turn).moved(x, 0, z))
        bar = lathe([(0.035, -0.2), (0.042, 0.0), (0.035, 0.2)]).turned(z=90).moved(0, 0.135)
        bars.append(bar.turned(y=turn).moved(x, 0, z))
    rubber = Material(tint(shot, "#2b2c2e"), roughness=0.6)
    return [Thing(joined(heads), rubber), Thing(joined(bars), STEEL)]


@prop(
    "water bottle, sport bottle, drinking bottle, gym bottle, reusable bottle, insulated bottle, drink bottle, thermos",
    "thermos flask, thermal flask, vacuum flask, thermos bottle, shaker bottle, gym shaker, protein shaker",
    tinted=True,
    single=True,
)
def water_bottle(shot: Shot) -> list[Thing]:
    """A bottle of painted steel for sport and journeys, its cap with a loop to carry it by."""
    body = lathe([(0, 0), (0.14, 0), (0.15, 0.02), (0.15, 0.6), (0.14, 0.68), (0.095, 0.76), (0, 0.76)], segments=64)
    ring = lathe([(0.096, 0.755), (0.1, 0.76), (0.1, 0.785), (0.096, 0.79)], segments=64)
    cap = lathe([(0.09, 0.785), (0.1, 0.79), (0.1, 0.88), (0.09, 0.9), (0, 0.9)], segments=64)
    bow = np.linspace(0, np.pi, 24)
    loop = tube(xyz(0.075 * np.cos(bow), 0.88 + 0.1 * np.sin(bow), 0), 0.016).turned(y=shot.uniform(-40, 40))
    paint = Material(tint(shot, "#3f5d6b", "#b9654d", "#dcd6ca", "#54705f"), roughness=0.4)
    return [
        Thing(body, paint),
        Thing(ring, STEEL),
        Thing(joined([cap, loop]), Material((0.02, 0.02, 0.022), roughness=0.35)),
    ]


@prop(
    "yoga mat, exercise mat, yoga, pilates, gym mat, foam roller, rolled mat, sport mat, stretching mat",
    "stretch mat, sleeping pad",
    tinted=True,
)
def yoga_mat(shot: Shot) -> list[Thing]:
    """A mat, rolled up."""
    t = np.linspace(0, 1, 260)
    angle = 2 * np.pi * 6 * t
    r = 0.03 + 0.14 * t
    line = np.stack([r * np.cos(angle), r * np.sin(angle) + 0.17], -1)
    ends = [xyz(x, line[:, 1], line[:, 0]) for x in (-0.62, 0.62)]
    foam = Material(tint(shot, "#7c8f86", "#8a7fa8", "#c98f7d", "#4c6a7d"), roughness=0.85)
    return [Thing(sheet(np.stack(ends)).turned(y=shot.uniform(-30, 30)), foam)]


@prop(
    "toy, wooden toy, building block, toy block, toy train, lego, baby toy, kid toy, child room, pet toy",
    "kindergarten, toddler, train set, wooden block, duplo, playset, plaything, stacking ring, alphabet block",
    "model train",
    place="room",
)
def toys(shot: Shot) -> list[Thing]:
    """Wooden blocks in several colours, some stacked, and a ring pyramid."""
    dyes = ("#d2634e", "#e9b44c", "#6fa58c", "#5d8fb3", "#e8dcc8")
    things = []
    places = ((0.0, 0.0, 0.0), (0.2, 0.0, 0.06), (0.1, 0.17, 0.03), (-0.16, 0.0, 0.24))
    for k, (x, y, z) in enumerate(places[: shot.count(4)]):
        cube = block(0.17, 0.17, 0.17, 0.016).turned(y=shot.uniform(-18, 18)).moved(x, y, z)
        things.append(Thing(cube, Material(hexadecimal(dyes[k % 5]), roughness=0.5)))
    for k in range(4):
        ring = tube(circle(0.13 - 0.024 * k), 0.04, segments=14).turned(x=90).moved(0.52, 0.04 + 0.075 * k, 0.1)
        things.append(Thing(ring, Material(hexadecimal(dyes[(k + 1) % 5]), roughness=0.45)))
    peg = lathe(rounded([(0.022, 0), (0.022, 0.34), (0.04, 0.37), (0, 0.42)])).moved(0.52, 0, 0.1)
    return [*things, Thing(peg, BEECH)]


@prop(
    "teddy bear, teddy, plush, plushie, cuddly toy, stuffed animal, stuffed toy, stuffed bear, plush bear, soft toy",
    "plush toy, toy bear",
    place="room",
    tinted=True,
    single=True,
)
def teddy_bear(shot: Shot) -> list[Thing]:
    """A teddy bear that sits, its fur short and curly, its muzzle and soles paler."""
    own = tint(shot, "#b98a58", "#d3b48c", "#a87c52")
    paler = toned(own, lightness=PALER, chroma=0.6)
    arm = _plush((0.075, 0.155, 0.075), (0, -0.31, 0)).turned(x=-24)
    leg = _plush((0.085, 0.18, 0.085), (0, 0, 0)).turned(x=82)
    fur = [
        _plush((0.2, 0.23, 0.18), (0, 0.0, 0)),
        _plush((0.17, 0.155, 0.155), (0, 0.41, 0.02)),
        *(_plush((0.062, 0.062, 0.035), (side * 0.14, 0.63, 0)) for side in (-1, 1)),
        *(arm.turned(z=side * 34).moved(side * 0.17, 0.38, 0.05) for side in (-1, 1)),
        *(leg.turned(y=side * 26).moved(side * 0.12, 0.09, 0.06) for side in (-1, 1)),
    ]
    pale = [
        _plush((0.075, 0.06, 0.055), (0, 0.465, 0.145)),
        *(_plush((0.062, 0.062, 0.02), (0, 0, 0)).moved(side * 0.275, 0.035, 0.385) for side in (-1, 1)),
    ]
    eyes = [ball(0.017, rings=11).moved(side * 0.06, 0.59, 0.155) for side in (-1, 1)]
    nose = ball(0.022, rings=11).scaled(1.3, 0.8, 0.8).moved(0, 0.535, 0.195)
    curls = spectral(shot.rng, (500, 500), falloff=0.4, finest=2)
    turn = shot.uniform(-24, 24)

    def cloth(colour: Colour) -> Material:
        return Material(grained(colour, np.tanh(curls), 0.16), sheen=0.6, bump=curls, bump_scale=0.001)

    parts = ((fur, cloth(own)), (pale, cloth(paler)), ([*eyes, nose], BUTTON))
    return [Thing(joined(shapes).scaled(BEAR).turned(y=turn), material) for shapes, material in parts]


def _plush(half: tuple[float, float, float], at: tuple[float, float, float]) -> Shape:
    """A stuffed part of half axes `half`, its lowest point at `at`."""
    return ball(1.0, rings=25).scaled(*half).moved(*at)


@prop(
    "bunny, rabbit, easter bunny, hare, easter rabbit, bunny figurine, bunny figure, plush bunny, plush rabbit",
    "stuffed rabbit, stuffed bunny, toy rabbit, toy bunny, rabbit figurine, porcelain rabbit, ceramic bunny",
    "ceramic rabbit, porcelain bunny",
    place="window",
    tinted=True,
    single=True,
)
def bunny(shot: Shot) -> list[Thing]:
    """A glazed rabbit that sits, its ears up, a ribbon round its neck."""
    return _rabbit(shot, Material(tint(shot, "#efe9df", "#e8d8cf"), roughness=0.22))


@prop("chocolate bunny, chocolate rabbit, chocolate easter bunny, chocolate hare", place="window", single=True)
def chocolate_bunny(shot: Shot) -> list[Thing]:
    """The same of chocolate."""
    return _rabbit(shot, Material(hexadecimal("#4b2a18"), roughness=0.34))


def _rabbit(shot: Shot, body: Material) -> list[Thing]:
    ear = _plush((0.05, 0.19, 0.032), (0, 0, 0))
    parts = [
        _plush((0.2, 0.25, 0.23), (0, 0.0, -0.03)),
        *(_plush((0.1, 0.14, 0.17), (side * 0.15, 0.0, 0.03)) for side in (-1, 1)),
        *(_plush((0.065, 0.045, 0.12), (side * 0.12, 0.0, 0.18)) for side in (-1, 1)),
        *(_plush((0.05, 0.14, 0.06), (side * 0.07, 0.03, 0.17)) for side in (-1, 1)),
        _plush((0.14, 0.135, 0.155), (0, 0.42, 0.06)),
        _plush((0.08, 0.06, 0.07), (0, 0.44, 0.155)),
        *(ear.turned(z=-side * 12, x=-14).moved(side * 0.065, 0.64, 0.02) for side in (-1, 1)),
        _plush((0.075, 0.075, 0.075), (0, 0.06, -0.26)),
    ]
    eyes = [ball(0.018, rings=11).moved(side * 0.1, 0.58, 0.165) for side in (-1, 1)]
    turn = np.linspace(0, 2 * np.pi, 40)
    ribbon = tube(xyz(0.125 * np.cos(turn), 0.43 + 0.02 * np.sin(turn), 0.03 + 0.12 * np.sin(turn)), 0.026)
    bow = [_plush((0.07, 0.05, 0.03), (side * 0.065, 0.4, 0.155)) for side in (-1, 1)]
    dyed = hexadecimal(shot.choice("#c9a24a", "#d98aa0", "#86a9c9", "#b5473c"))
    made = (
        (parts, body),
        (eyes, BUTTON),
        ([ribbon, *bow], Material(dyed, roughness=0.5)),
    )
    around = shot.uniform(-34, 34)
    return [Thing(joined(shapes).scaled(RABBIT).turned(y=around), each) for shapes, each in made]


@prop("rubber duck, bath duck, rubber duckie, toy duck, rubber ducky, yellow duck", place="bathroom", tinted=True)
def rubber_duck(shot: Shot) -> list[Thing]:
    """Ducks for the bath, their beaks orange."""
    duck = [
        _plush((0.15, 0.1, 0.2), (0, 0, 0)),
        _plush((0.11, 0.105, 0.11), (0, 0.13, 0.1)),
        _plush((0.08, 0.05, 0.1), (0, 0, 0)).turned(x=38).moved(0, 0.13, -0.15),
        *(_plush((0.03, 0.055, 0.11), (side * 0.14, 0.06, -0.02)) for side in (-1, 1)),
    ]
    eyes = [ball(0.019, rings=11).moved(side * 0.05, 0.265, 0.192) for side in (-1, 1)]
    beak = [_plush((0.05, 0.014, 0.055), (0, 0.215, 0.215)), _plush((0.042, 0.012, 0.045), (0, 0.2, 0.205))]
    made = (
        (duck, Material(tint(shot, "#f5c518"), roughness=0.3)),
        (beak, Material(hexadecimal("#e8702a"), roughness=0.35)),
        (eyes, BUTTON),
    )
    places = [(shot.uniform(-40, 40), at) for at in cluster(shot, shot.count(1), 0.5)]
    return [
        Thing(joined([joined(shapes).turned(y=turn).moved(x, 0, z) for turn, (x, z) in places]), material)
        for shapes, material in made
    ]


@prop(
    "skateboard, longboard, skate deck, skateboard deck, penny board",
    place="street",
    tinted=True,
    single=True,
)
def skateboard(shot: Shot) -> list[Thing]:
    """A skateboard on its wheels, its ends bent up, grip tape on top."""
    long, half = 3.1, 0.39
    u, v = np.meshgrid(np.linspace(-1, 1, 80), np.linspace(-1, 1, 21), indexing="ij")
    end = np.clip((np.abs(u) - 0.66) / 0.34, 0, 1)
    width = half * np.sqrt(np.clip(1 - np.clip((np.abs(u) - 0.76) / 0.24, 0, 1) ** 2.4, 0.002, 1))
    level = 0.42 + 0.26 * end**1.5 + 0.035 * v**2
    upper = sheet(xyz(0.5 * long * u, level, width * v)[:, ::-1])
    lower = sheet(xyz(0.5 * long * u, level - 0.05, width * v))
    wheels, trucks = [], []
    for x in (-0.9, 0.9):
        trucks += [block(0.3, 0.07, 0.24, 0.02).moved(x, 0.31), block(0.1, 0.12, 0.5, 0.03).moved(x, 0.17)]
        for z in (-0.34, 0.34):
            wheel = lathe([(0, -0.08), (0.1, -0.08), (0.125, -0.05), (0.125, 0.05), (0.1, 0.08), (0, 0.08)])
            wheels.append(wheel.turned(x=90).moved(x, 0.125, z))
    turn = shot.choice(-1.0, 1.0) * shot.uniform(52, 66)  # seen aslant, so that all of it is in the picture
    tape = Material((0.03, 0.03, 0.032), roughness=0.95)
    maple = Material(tint(shot, "#c8502f", "#2f6f73", "#d9a441", "#a9744a"), roughness=0.4)
    cast = Material((0.8, 0.77, 0.7), roughness=0.5)
    parts = [(upper, tape), (lower, maple), (joined(wheels), cast), (joined(trucks), STEEL)]
    return assembled(turn, *parts)
