"""Candles, bare and in a lantern."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.props.bodies import circle
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.flames import burning
from ecomgen.scenes.studio.props.materials import BLACK, tint
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.shapes import block, joined, lathe, tube
from ecomgen.scenes.studio.stage.types import Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot


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
        things += burning(0.09, high, tint(shot, "#f0e6d2"), x=x, z=z)
    return things


@prop("lantern, storm lantern, oil lamp, lamp light, paper lantern, moroccan lantern, hurricane lamp", place="room")
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
