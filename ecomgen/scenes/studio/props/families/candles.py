"""Candles, bare and in a lantern."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.props.bodies import BLACK, circle, tint
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.shapes import block, joined, lathe, tube
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.types import Colour, Material, Thing

FLAME = Material(colour=(1.0, 0.8, 0.5), glow=(14.0, 7.0, 2.2))
THROUGH = (0.55, 0.27, 0.085)  # light that comes through the wax at its rim
CHARRED = Material(colour=(0.02, 0.018, 0.015))
TALL, WIDE = 0.125, 0.055  # of the flame; at its widest it is 0.4 times as thick as this


@prop(
    "candle, candlelight, tealight, candelabra, burning candle, lit candle, candlestick, tea light, taper, wax",
    "incense, menorah, votive, candle holder, pillar candle, wick, joss stick",
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
        things += burning(0.09, high, tint(shot, "#f0e6d2"), x=x, z=z)
    return things


@prop(
    "lantern, storm lantern, oil lamp, lamp light, paper lantern, moroccan lantern, hurricane lamp, kerosene lamp",
    place="room",
)
def lantern(_: Shot) -> list[Thing]:
    """A lantern with a burning candle in it."""
    posts = [block(0.03, 0.6, 0.03, 0.006).moved(0.17 * i, 0.06, 0.17 * j) for i in (-1, 1) for j in (-1, 1)]
    plates = [block(0.44, 0.06, 0.44, 0.012), block(0.42, 0.04, 0.42, 0.012).moved(0, 0.65)]
    roof = lathe([(0.28, 0.69), (0.06, 0.84), (0.05, 0.88), (0, 0.885)], segments=4).turned(y=45)
    ring = tube(circle(0.07), np.full(40, 0.01), segments=7).moved(0, 0.94)
    return [
        Thing(shape=joined([*posts, *plates, roof, ring]).turned(y=20), material=BLACK),
        *(replace(part, shape=part.shape.moved(0, 0.06)) for part in burning(0.1, 0.26, (0.82, 0.76, 0.64))),
    ]


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
    flame = lathe([(float(r), float(TALL * t)) for r, t in zip(thick, height, strict=True)])
    bend = np.linspace(0, 1, 8)
    wick = tube(np.stack([0.006 * bend**2, 0.05 * bend, 0 * bend], -1), np.full(8, 0.004), segments=6)
    return [
        _wax(wax, colour, x, z),
        Thing(shape=wick.moved(x, hollow, z), material=CHARRED),
        Thing(shape=flame.moved(x + 0.005, hollow + 0.03, z), material=FLAME),
    ]


def _wax(profile: list[tuple[float, float]], colour: Colour, x: float, z: float) -> Thing:
    """The candle's body, whose upper part is lit through by the flame."""
    radius, high = profile[2]
    wall = [(radius, float(level)) for level in np.linspace(0, high, 48)]
    outline = [(0.0, 0.0), *wall, *profile[3:]]
    depth = (high - np.array([level for _, level in outline])) / radius
    lit = np.clip(1 - depth / 4.3, 0, 1)[::-1, None, None] ** 2  # a lathe's texture begins at its top
    glow = np.repeat(lit * THROUGH, 2, axis=1).astype(np.float32)
    material = Material(colour=colour, roughness=0.45, sheen=0.3, glow=glow)
    return Thing(shape=lathe(outline).moved(x, 0, z), material=material)
