"""Candles, bare and in a lantern; a lamp, a fire."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.bodies import BEECH, BRASS, STEEL, assembled, circle, tint
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, block, disc, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.shot import Shot

FLAME = Material((1.0, 0.8, 0.5), glow=(52.0, 25.0, 7.0))
FIRE = Material(
    (0.02, 0.01, 0.0),
    glow=np.linspace((1.8, 0.5, 0.05), (8.0, 3.4, 0.7), 24, dtype=np.float32)[:, None].repeat(2, axis=1),
)
THROUGH = (0.55, 0.27, 0.085)  # light that comes through the wax at its rim
LIT_CLOTH = np.array([3.2, 2.05, 1.05], np.float32)  # light that comes through a lampshade
BULB = Material((1.0, 0.9, 0.8), glow=(150.0, 92.0, 42.0))
CHARRED = Material((0.02, 0.018, 0.015))
LICKS = (  # a fire's flames: how high, and where
    (0.74, 0.0, 0.0),
    *((0.58, -0.08, 0.06), (0.54, 0.09, 0.04), (0.46, -0.02, 0.13)),
    *((0.4, 0.15, -0.02), (0.36, -0.15, 0.02), (0.3, 0.09, 0.15)),
)
LOW = 0.064  # units: the cup of a tea light
TALL, WIDE = 0.125, 0.055  # of the flame; at its widest it is 0.4 times as thick as this


@prop(
    "candle, candlelight, candelabra, burning candle, candle burning, lit candle, candlestick, taper, wax",
    "incense, candle holder, pillar candle, wick, joss stick",
    place="room",
    tinted=True,
    rank=3,
)
def candle(shot: Shot) -> list[Thing]:
    """Two candles or as many as are wished, burning."""
    things = []
    count = shot.count(2)
    abreast = [(0.2 * number, shot.uniform(-0.1, 0.1)) for number in range(count)]  # no flame behind another
    for number, (x, z) in enumerate(abreast if count <= 3 else cluster(shot, count, 0.26)):
        high = shot.uniform(0.3, 0.45) if number == 0 else shot.uniform(0.16, 0.32)
        things += burning(0.09, high, tint(shot, "#f0e6d2"), x=x, z=z)
    return things


@prop("tealight, tea light, tea candle, votive, votive candle", place="room", flanking=True)
def tealights(shot: Shot) -> list[Thing]:
    """Three tea lights or as many as are wished, burning: low wax in a metal cup."""
    things = []
    for x, z in cluster(shot, shot.count(3), 0.24):
        cup = [
            (0, 0),
            (0.074, 0),
            (0.078, 0.004),
            (0.078, LOW),
            (0.08, LOW + 0.003),
            (0.075, LOW),
            (0.074, 0.004),
            (0, 0.004),
        ]
        things.append(Thing(lathe(cup[::-1]).moved(x, 0, z), STEEL))
        wax, wick, flame = burning(0.073, LOW - 0.006, (0.86, 0.82, 0.74), x=x, z=z)
        sunk = replace(flame, shape=flame.shape.moved(-x, -LOW, -z).scaled(0.7).moved(x, LOW - 0.012, z))
        things += [wax, wick, sunk]
    return things


@prop("diya, clay lamp, earthen lamp, diya lamp, clay diya", place="lights", flanking=True)
def diyas(shot: Shot) -> list[Thing]:
    """Three lamps of clay or as many as are wished: a wick that burns in a bowl of oil."""
    bowl = [(0, 0), (0.055, 0), (0.1, 0.04), (0.115, 0.062), (0.107, 0.062), (0.09, 0.045), (0, 0.042)]
    clay, oil = Material((0.3, 0.115, 0.05), roughness=0.75), Material((0.5, 0.3, 0.06), roughness=0.1)
    things = []
    for x, z in cluster(shot, shot.count(3), 0.32):
        spout = shot.uniform(-50, 50)
        shape = lathe(bowl[::-1])
        lip = shape.through(shape.points * [1, 1, 1] + [0, 0, 0.045] * np.clip(shape.points[:, 2:] / 0.1, 0, 1) ** 3)
        _, wick, flame = (part.moved(0, 0.02, 0.11) for part in burning(0.05, 0.05, (1, 1, 1)))
        parts = Thing(lip, clay), Thing(disc(0.092, 0.05, 0.002), oil), wick, flame
        things += [part.turned(y=spout).moved(x, 0, z) for part in parts]
    return things


@prop("menorah, hanukkiah, chanukiah, candelabrum", place="lights")
def menorah(_: Shot) -> list[Thing]:
    """A menorah of brass for Hanukkah: eight candles on four arcs and one above them, all lit."""
    turn, high = np.linspace(0, np.pi, 33), 0.68
    arcs = [tube(xyz(r * np.cos(turn), high - r * np.sin(turn), 0), 0.016) for r in (0.13, 0.26, 0.39, 0.52)]
    stem = lathe([(0, 0), (0.2, 0), (0.205, 0.02), (0.08, 0.05), (0.026, 0.11), (0.022, 0.6), (0.03, 0.8), (0, 0.8)])
    places = [(x, high) for x in (-0.52, -0.39, -0.26, -0.13, 0.13, 0.26, 0.39, 0.52)] + [(0.0, 0.8)]
    cups = [lathe([(0, 0), (0.014, 0), (0.042, 0.04), (0.036, 0.04), (0, 0.02)]).moved(x, y) for x, y in places]
    lit = [part.moved(x, y + 0.02) for x, y in places for part in burning(0.026, 0.24, (0.85, 0.8, 0.7))]
    return [Thing(joined([stem, *arcs, *cups]), BRASS), *lit]


@prop(
    "lantern, lantern by night, storm lantern, oil lamp, lamp light, moroccan lantern, hurricane lamp, kerosene lamp",
    place="room",
    tinted=True,
    single=True,
)
def lantern(shot: Shot) -> list[Thing]:
    """A lantern of black iron, or of the metal that is told, with a burning candle in it."""
    metal = Material(tint(shot, "#2b2b2e"), roughness=0.35, metallic=0.8 if shot.wish.prop_colour else 0.0)
    posts = [block(0.03, 0.6, 0.03, 0.006).moved(0.17 * i, 0.06, 0.17 * j) for i in (-1, 1) for j in (-1, 1)]
    plates = [block(0.44, 0.06, 0.44, 0.012), block(0.42, 0.04, 0.42, 0.012).moved(0, 0.65)]
    roof = lathe([(0.28, 0.69), (0.06, 0.84), (0.05, 0.88), (0, 0.885)], segments=4).turned(y=45)
    ring = tube(circle(0.07), 0.01, segments=7).moved(0, 0.94)
    return [
        Thing(joined([*posts, *plates, roof, ring]).turned(y=20), metal),
        *(part.moved(0, 0.06) for part in burning(0.1, 0.26, (0.82, 0.76, 0.64))),
    ]


@prop(
    "lamp, table lamp, bedside lamp, warm lamp, desk lamp, lampshade, reading lamp, night lamp",
    place="room",
    tinted=True,
    single=True,
)
def table_lamp(shot: Shot) -> list[Thing]:
    """A table lamp, lit: a turned foot, a brass stem, a shade that glows about a bulb, whose light falls below."""
    foot = lathe([(0, 0), (0.13, 0), (0.15, 0.03), (0.17, 0.14), (0.12, 0.3), (0.05, 0.38), (0, 0.39)])
    stem = lathe([(0.014, 0.36), (0.014, 0.6)])
    shade = lathe([(0.3, 0.52), (0.2, 0.95)])
    level = np.linspace(-1, 1, 32, dtype=np.float32)[:, None, None]
    glow = np.repeat((0.55 + 0.75 * np.exp(-(((level - 0.15) / 0.6) ** 2))) * LIT_CLOTH, 2, axis=1)
    return [
        Thing(foot, Material(tint(shot, "#d8cbb8", "#6f7a70", "#b8745a", "#e8e4dc"), roughness=0.4)),
        Thing(stem, BRASS),
        Thing(ball(0.05, rings=11).moved(0, 0.62), BULB),
        Thing(shade, Material((0.8, 0.74, 0.62), glow=glow.astype(np.float32))),
    ]


@prop(
    "banker lamp, banker s lamp, green banker s lamp, green desk lamp, library lamp, emeralite lamp",
    place="desk",
    single=True,
)
def banker_lamp(shot: Shot) -> list[Thing]:
    """A desk lamp of brass under a shade of green glass that glows, its light falling below."""
    foot = lathe([(0, 0), (0.17, 0), (0.175, 0.02), (0.12, 0.035), (0.035, 0.06), (0.02, 0.09), (0.018, 0.5), (0, 0.5)])
    turn, along = np.meshgrid(np.linspace(-0.05, np.pi + 0.05, 25), np.linspace(-0.34, 0.34, 13), indexing="ij")
    ends = 0.15 * np.sqrt(np.clip(1 - (along / 0.36) ** 4, 0.2, 1))
    shade = sheet(xyz(along, 0.5 + 0.85 * ends * np.sin(turn), ends * np.cos(turn)))
    bulb = tube(xyz(np.linspace(-0.18, 0.18, 5), 0.515, 0), 0.035)
    green = hexadecimal(shot.wish.prop_colour or "#1d6b45")
    glass = Material(green, roughness=0.12, specular=0.6, glow=dimmed(green, 0.75))
    return assembled(shot.uniform(-25, 25), (foot, BRASS), (shade, glass), (bulb, BULB))


@prop("salt lamp, himalayan salt lamp, salt crystal lamp, himalayan lamp, salt stone lamp", place="room", single=True)
def salt_lamp(shot: Shot) -> list[Thing]:
    """A rough block of rock salt that glows from within, on a foot of wood."""
    rough = ball(0.24, rings=41).moved(0, -0.24)
    lumps = spectral(shot.rng, (41, 81), falloff=1.7, coarsest=0.6)
    away = rough.points / 0.24
    row = np.clip((np.arccos(np.clip(away[:, 1], -1, 1)) / np.pi * 40).astype(int), 0, 40)
    column = ((np.arctan2(away[:, 2], away[:, 0]) / (2 * np.pi) + 0.5) * 80).astype(int)
    uneven = np.round(2 * np.tanh(lumps[row, column])) / 2  # broken in flat faces
    rock = rough.through(rough.points * (1 + 0.07 * uneven)[:, None] * [0.95, 1.2, 0.9]).moved(0, 0.32)
    foot = disc(0.2, 0.07, 0.015)
    colour = hexadecimal("#f0b48a")
    return [
        Thing(rock, Material(colour, roughness=0.6, glow=dimmed(hexadecimal("#f08a45"), 0.45))),
        Thing(foot, BEECH),
    ]


@prop("camp fire, campfire, bonfire", place="forest")
def campfire(shot: Shot) -> list[Thing]:
    """Burning logs that lean on each other in a ring of stones; flames lick up between them."""
    around = np.radians(np.arange(6) * 60 + shot.uniform(0, 60))
    logs = [
        tube(np.array([[0.27 * c, 0.02, 0.27 * s], [0.03 * c, 0.3 + 0.03 * k, 0.03 * s]]), (0.036, 0.028), segments=12)
        for k, (c, s) in enumerate(zip(np.cos(around), np.sin(around), strict=True))
    ]
    stones = [
        ball(shot.uniform(0.055, 0.08), rings=13).scaled(1.25, 0.75, 1).turned(y=40 * k).moved(0.36 * c, 0.03, 0.36 * s)
        for k, (c, s) in enumerate(
            zip(np.cos(2 * np.pi * np.arange(12) / 12), np.sin(2 * np.pi * np.arange(12) / 12), strict=True)
        )
    ]
    flames = [_lick(shot, high).moved(x, 0.04, z) for high, x, z in LICKS]
    burning = [
        Thing(joined(logs), Material((0.06, 0.04, 0.028), roughness=0.9)),
        Thing(joined(stones), Material((0.16, 0.15, 0.14), roughness=0.9)),
        Thing(joined(flames), FIRE),
    ]
    return [thing.scaled(1.4) for thing in burning]


def _lick(shot: Shot, high: float) -> Shape:
    """A tongue of flame that bends as it rises; its texture begins at its top."""
    level = np.linspace(0, 1, 40)
    thick = 0.22 * high * np.sqrt(level) * (1 - level) ** 1.1
    shape = lathe(np.stack([thick, high * level], -1), segments=24)
    points = shape.points.astype(np.float64)
    up = points[:, 1] / high
    points[:, 0] += 0.1 * high * np.sin(5 * up + shot.uniform(0, 6)) * up
    return shape.through(points)


def burning(radius: float, high: float, colour: Colour, *, x: float = 0.0, z: float = 0.0) -> list[Thing]:
    """A candle of this size, standing on y = 0, in units."""
    hollow = high - 0.3 * radius
    wax = [
        *((0, 0), (radius, 0), (radius, high - 0.12 * radius), (0.95 * radius, high - 0.02 * radius)),
        *((0.88 * radius, high), (0.78 * radius, high - 0.06 * radius)),
        *((0.55 * radius, hollow + 0.03 * radius), (0, hollow)),
    ]
    height = np.linspace(0, 1, 30)
    thick = WIDE * np.sqrt(height) * (1 - height) ** 0.9
    flame = lathe(np.stack([thick, TALL * height], -1))
    bend = np.linspace(0, 1, 8)
    wick = tube(xyz(0.006 * bend**2, 0.05 * bend, 0 * bend), 0.004, segments=6)
    return [
        _wax(wax, colour, x, z),
        Thing(wick.moved(x, hollow, z), CHARRED),
        Thing(flame.moved(x + 0.005, hollow + 0.03, z), FLAME),
    ]


def _wax(profile: list[tuple[float, float]], colour: Colour, x: float, z: float) -> Thing:
    """The candle's body, whose upper part is lit through by the flame."""
    radius, high = profile[2]
    wall = [(radius, float(level)) for level in np.linspace(0, high, 48)]
    outline = [(0.0, 0.0), *wall, *profile[3:]]
    depth = (high - np.array([level for _, level in outline])) / radius
    lit = np.clip(1 - depth / 4.3, 0, 1)[::-1, None, None] ** 2  # a lathe's texture begins at its top
    glow = np.repeat(lit * THROUGH, 2, axis=1).astype(np.float32)
    material = Material(colour, roughness=0.45, sheen=0.3, glow=glow)
    return Thing(lathe(outline).moved(x, 0, z), material)
