"""Presents, ribbons, baubles, lights."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import tint
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, block, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.shot import Shot

RED, FIR, GOLD = "#8e1c22", "#1f4a35", "#c69a4a"
CROWN = Material((0.72, 0.62, 0.40), roughness=0.3, metallic=0.9)


@prop(
    "gift, present, gift box, wrapped gift, wrapping, gift wrapped, birthday gift, giveaway, christmas gift",
    "christmas present, birthday present, birthday, secret santa, father day, gifting, wrapped box",
    "under a christmas tree, under the christmas tree, beneath a christmas tree, beneath the christmas tree",
    place="room",
    companion="ribbon",
    tinted=True,
)
def gifts(shot: Shot) -> list[Thing]:
    """Boxes with ribbons and bows, two or as many as are wished; one on either side, where they are all round."""
    things, x = [], 0.0
    for number in range(shot.count(1 if shot.wish.amount else 2)):
        size = shot.uniform(0.46, 0.58) if number % 2 == 0 else shot.uniform(0.3, 0.38)
        paper = tint(shot, RED, FIR, "#e9e2d2", "#2b3a55")
        high = size * shot.uniform(0.6, 0.95)
        turn = shot.uniform(-30, 30)
        bands = [
            block(size * 1.01, high * 1.01, size * 0.14, 0.002),
            block(size * 0.14, high * 1.01, size * 1.01, 0.002),
        ]
        bow = [_loop(size * 0.3).turned(y=k * 90).moved(0, high) for k in range(4)]
        things.append(Thing(block(size, high, size, 0.006).turned(y=turn).moved(x), Material(paper, roughness=0.45)))
        ribbon = Material(hexadecimal(GOLD), roughness=0.3, metallic=0.6)
        things.append(Thing(joined([*bands, *bow]).turned(y=turn).moved(x), ribbon))
        x += 0.56 * (1 if shot.rng.random() < 0.5 else -1)
    return things


@prop(
    "ribbon, bow, satin ribbon, red ribbon, lace ribbon, curled ribbon, garter, gift ribbon, streamer",
    place="sweep",
    loose=True,
    tinted=True,
)
def ribbon(shot: Shot) -> list[Thing]:
    """A satin ribbon in curls."""
    t = np.linspace(0, 1, 220)
    angle = 2 * np.pi * 3.2 * t
    path = xyz(0.9 * (t - 0.5) + 0.05 * np.cos(angle), 0.085 + 0.075 * np.sin(angle), 0.12 * np.sin(5 * t))
    wide = np.array([0.012, 0.0, 0.055])
    satin = Material(tint(shot, "#9c1c2c", "#c69a4a", "#e3c2bb"), roughness=0.25, sheen=0.4)
    return [Thing(sheet(np.stack([path - wide, path + wide])).turned(y=shot.uniform(-30, 30)), satin)]


@prop(
    "bauble, ornament, christmas ornament, christmas ball, decoration, tinsel, christmas decoration, disco ball",
    "tree ornament, glass ball, mirror ball, christmas bauble, golden bauble",
    place="room",
    companion="pine branch",
    tinted=True,
)
def baubles(shot: Shot) -> list[Thing]:
    """Three shining balls, or as many as are wished."""
    dyes = (shot.wish.prop_colour,) if shot.wish.prop_colour else shot.permitted((RED, GOLD, "#d8d8d8"))
    spots = cluster(shot, shot.count(3), 0.27)
    tints = [hexadecimal(dyes[number % len(dyes)]) for number in range(len(spots))]
    things = []
    for colour, (x, z) in zip(tints, spots, strict=True):
        radius = shot.uniform(0.09, 0.13)
        red, green, blue = (min(1.25 * part + 0.02, 1.0) for part in colour)
        shining = Material((red, green, blue), roughness=0.2, metallic=0.85)
        things.append(Thing(ball(radius).moved(x, 0, z), shining))
        things.append(Thing(_crown(shot, radius).moved(x, 0, z), CROWN))
    return things


@prop(
    "fairy light, string light, light chain, christmas light, led light, garland of light, festoon, twinkle light",
    "twinkling light, party light, string lamp",
    plurals="golden lights, warm lights, christmas lights",
    place="sweep",
    loose=True,
)
def fairy_lights(_: Shot) -> list[Thing]:
    """A wire with small warm lamps, lying in loops."""
    t = np.linspace(0, 1, 300)
    path = xyz(1.3 * (t - 0.5), 0.02 + 0.05 * np.sin(17 * t) ** 2, 0.16 * np.sin(15 * t) * np.cos(4 * t))
    bulbs = [ball(0.017, rings=11).scaled(1, 1.4, 1).moved(*path[k]) for k in range(8, 300, 14)]
    return [
        Thing(tube(path, 0.004, segments=5), Material((0.45, 0.30, 0.12), roughness=0.4)),
        Thing(joined(bulbs), Material((1, 0.85, 0.6), glow=(11.0, 6.5, 2.4))),
    ]


@prop(
    "candy cane, candy canes, sugar cane stick, peppermint stick, striped candy cane, peppermint candy",
    place="festive",
)
def candy_canes(shot: Shot) -> list[Thing]:
    """Sticks of red and white sugar with a crook, lying side by side."""
    t = np.linspace(0, 1, 70)
    bend = np.clip((t - 0.6) / 0.4, 0, 1) * 1.1 * np.pi
    path = np.cumsum(xyz(np.sin(bend), 0.0, -np.cos(bend)) * (0.72 / len(t)), axis=0)
    girth = 0.024 * np.sqrt(np.clip(np.minimum(t, 1 - t) * 30, 0, 1))
    cane = tube(path, girth, segments=16)
    lying = [cane.turned(y=34 + shot.uniform(-7, 7)).moved(0.26 * k, 0.024, 0.06 * k) for k in range(shot.count(3))]
    around, along = np.meshgrid(np.linspace(0, 1, 64), np.linspace(0, 1, 512))
    turned = ((14 * along + around) % 1)[..., None]
    stripes = np.where(turned < 0.42, hexadecimal("#c4161f"), np.where(turned > 0.97, 0.4, (0.86, 0.84, 0.8)))
    return [Thing(joined(lying), Material(stripes.astype(np.float32), roughness=0.18))]


@prop(
    "stocking, christmas stocking, xmas stocking, santa stocking, hung stocking, hanging stocking",
    place="mantel",
    tinted=True,
)
def stockings(shot: Shot) -> list[Thing]:
    """A knitted stocking with a white cuff, lying filled."""
    lying = [part.turned(x=-90, y=shot.uniform(-30, 30)) for part in stocking(shot, long=0.7)]
    return [part.moved(0, 0.1, 0.35) for part in lying]


def stocking(shot: Shot, *, long: float) -> list[Thing]:
    """A stocking that hangs from the origin, `long` units, its foot to one side: knitted wool, a wide cuff and the toe
    white."""
    side = shot.choice(-1.0, 1.0)
    t = np.linspace(0, 1, 60)
    bend = np.clip((t - 0.5) / 0.22, 0, 1) ** 0.8 * 0.44 * np.pi
    path = np.cumsum(xyz(side * np.sin(bend), -np.cos(bend), 0) * (1.3 * long / 60), axis=0)
    heel = 0.055 * np.exp(-(((t - 0.6) / 0.09) ** 2))
    girth = long * (0.19 - 0.035 * np.clip(t / 0.5, 0, 1) + heel - 0.02 * np.clip((t - 0.7) / 0.2, 0, 1))
    girth = girth * np.sqrt(np.clip((1.004 - t) / 0.16, 0, 1))
    ribs = (0.5 + 0.5 * np.sin(np.linspace(0, 60 * np.pi, 240)))[None, :] * np.ones((240, 1))
    ribs = (ribs * (0.6 + 0.4 * np.sin(np.linspace(0, 90 * np.pi, 240)))[:, None]).astype(np.float32)
    knitted = {"roughness": 0.95, "sheen": 0.5, "bump": ribs, "bump_scale": 0.006}
    wool = Material(tint(shot, RED, FIR, "#7a1f25", "#c9bfae"), **knitted)
    white = Material((0.82, 0.79, 0.73), roughness=0.95, sheen=0.6)
    leg, toe = tube(path[:51], girth[:51], segments=28), tube(path[50:], girth[50:], segments=28)
    cuff = tube(
        [(0, 0.03, 0), (0, -0.01, 0), (0, -0.19 * long, 0)], [0.205 * long, 0.215 * long, 0.21 * long], segments=28
    )
    rim = lathe([(0, 0.01), (0.2 * long, 0.01), (0.2 * long, 0.03), (0, 0.03)], segments=28)
    flat = (1.0, 1.0, 0.42)
    trim = joined([cuff, rim, toe])
    return [Thing(leg.scaled(*flat), wool), Thing(trim.scaled(*flat), white)]


def _loop(size: float):
    turn = np.linspace(0, 2 * np.pi, 24)
    path = xyz(
        0.5 * size * (1 - np.cos(turn)), 0.35 * size * np.sin(turn) ** 2 + 0.1 * size, 0.28 * size * np.sin(turn)
    )
    return tube(path, 0.05 * size, segments=6)


def _crown(shot: Shot, radius: float) -> Shape:
    """The cap and the ring by which a bauble hangs, on its lean side as it lies."""
    cap = lathe([(0.24 * radius, 0.95 * radius), (0.24 * radius, 1.16 * radius), (0, 1.17 * radius)], segments=24)
    turn = np.linspace(0, 2 * np.pi, 25)
    loop = xyz(0.13 * np.cos(turn), 1.28 + 0.13 * np.sin(turn), 0 * turn) * radius
    ring = tube(loop, 0.025 * radius, segments=6)
    lean = joined([cap, ring]).turned(z=shot.uniform(35, 75))
    return lean.turned(y=shot.uniform(0, 360)).moved(0, radius)
