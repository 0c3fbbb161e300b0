"""Small fruit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecomgen.scenes.studio.bodies import CALYX_GREEN, STALK, assembled, calyx, fruit, stalk, turned_body
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, tube
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around, cluster
from ecomgen.scenes.studio.stage.shot import Shot

Places = Sequence[tuple[float, float]]


@prop(
    "berry, raspberry, blackberry, mixed berry, forest fruit, cranberry, red fruit, gooseberry, redcurrant",
    place="window",
)
def berries(shot: Shot) -> list[Thing]:
    """A handful of raspberries and blueberries."""
    places = cluster(shot, shot.count(18), 0.09)
    red = [
        _raspberry().turned(x=shot.uniform(60, 110), y=shot.uniform(0, 360)).moved(x, 0.035, z) for x, z in places[::2]
    ]
    return [
        Thing(joined(red), Material((0.45, 0.02, 0.05), roughness=0.35)),
        *_blueberries(shot, places[1::2]),
    ]


@prop("blueberry, bilberry, acai, elderberry, currant, blackcurrant", place="window", around="strewn blueberries")
def blueberries(shot: Shot) -> list[Thing]:
    return _blueberries(shot, cluster(shot, shot.count(16), 0.08))


@prop("strewn blueberry, scattered blueberry", strewn=True, kind_of="blueberries")
def strewn_blueberries(shot: Shot, count: int) -> list[Thing]:
    """Blueberries all round."""
    return _blueberries(shot, around(shot, count, reach=0.7))


def _blueberries(shot: Shot, places: Places) -> list[Thing]:
    found = [fruit(0.0085, tall=0.85, dimple=0.35).turned(x=shot.uniform(-40, 40)).moved(x, 0, z) for x, z in places]
    bloom = Material((0.05, 0.07, 0.17), roughness=0.6)
    return [Thing(joined(found), bloom)] if found else []


@prop("strawberry", place="window", around="strewn strawberries")
def strawberries(shot: Shot) -> list[Thing]:
    return _strawberries(shot, cluster(shot, shot.count(4), 0.17))


@prop("strewn strawberry, scattered strawberry", strewn=True, kind_of="strawberries")
def strewn_strawberries(shot: Shot, count: int) -> list[Thing]:
    """Strawberries all round."""
    return _strawberries(shot, around(shot, count // 2, reach=0.7))


def _strawberries(shot: Shot, places: Places) -> list[Thing]:
    outline = [(0, 0), (0.006, 0.001), (0.014, 0.014), (0.017, 0.026), (0.013, 0.034), (0, 0.036)]
    dots = spectral(shot.rng, (160, 160), falloff=0.2, finest=2.2)
    seeds = np.where(dots[..., None] > 1.9, (0.62, 0.42, 0.10), (0.48, 0.02, 0.02)).astype(np.float32)
    flesh = Material(seeds, roughness=0.3, bump=-np.maximum(dots, 0), bump_scale=0.004)
    bodies, tops = [], []
    for x, z in places:
        tilt, turn = shot.uniform(70, 105), shot.uniform(0, 360)
        body, top = turned_body(outline), calyx(0.075, 7).moved(0, 0.145)
        bodies.append(body.turned(x=tilt, y=turn).moved(x, 0.066, z))
        tops.append(top.turned(x=tilt, y=turn).moved(x, 0.066, z))
    return [Thing(joined(bodies), flesh), Thing(joined(tops), CALYX_GREEN)]


@prop("cherry fruit, cherries, red cherry, sour cherry, maraschino", place="window")
def cherries(shot: Shot) -> list[Thing]:
    """Cherries, each with its stalk standing up."""
    bodies, stalks = [], []
    for x, z in cluster(shot, shot.count(6), 0.12):
        bodies.append(fruit(0.0115, tall=0.92, dimple=0.25).moved(x, 0, z))
        stalks.append(stalk(x, 0.08, z, 0.17))
    skin = Material((0.22, 0.008, 0.02), roughness=0.12, specular=0.6)
    return [Thing(joined(bodies), skin), Thing(joined(stalks), CALYX_GREEN)]


@prop("grape, bunch of grape, wine grape, raisin, grapevine, red grape", place="window")
def grapes(shot: Shot) -> list[Thing]:
    """A bunch of grapes lying on its side."""
    balls = []
    for k in range(46):
        along = (k / 46) ** 0.8
        girth = 0.13 * np.sin(np.pi * min(along + 0.18, 1.0)) + 0.02
        angle = np.radians(137.5 * k)
        y = 0.05 + girth * (1 + np.sin(angle)) * 0.8
        balls.append(
            ball(shot.uniform(0.038, 0.046), rings=15).moved(0.5 * along - 0.25, y - 0.05, girth * np.cos(angle))
        )
    stem = tube(np.array([[-0.42, 0.2, 0], [-0.3, 0.14, 0], [-0.2, 0.12, 0]]), 0.014)
    skin = Material((0.07, 0.015, 0.06) if shot.rng.random() < 0.6 else (0.32, 0.38, 0.10), roughness=0.3)
    turn = shot.uniform(-40, 40)
    return assembled(turn, (joined(balls), skin), (stem, STALK))


def _raspberry() -> Shape:
    drupes = []
    for row, (high, wide, count) in enumerate(((0.0, 0.034, 9), (0.026, 0.031, 9), (0.05, 0.023, 7), (0.068, 0.01, 4))):
        for k in range(count):
            angle = 2 * np.pi * (k + 0.5 * (row % 2)) / count
            drupes.append(ball(0.0145, rings=9).moved(wide * np.cos(angle), high, wide * np.sin(angle)))
    return joined(drupes).moved(0, -0.04)
