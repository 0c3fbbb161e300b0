"""What hangs, floats and lies about at a party, and water and air: drops, bubbles, foam."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around, cluster, strewn, tint
from ecomgen.scenes.studio.stage.palette import hexadecimal
from ecomgen.scenes.studio.stage.shapes import Shape, ball, joined, lathe, sheet, tube
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot

BRIGHT = ("#e2574c", "#f0b429", "#4fa3a5", "#f2a7b8", "#7c6bb0", "#f3ecdf")


@prop(
    "balloon, birthday balloon, helium, party balloon, baby shower, birthday party, airship",
    place="sweep",
    loose=True,
    tinted=True,
)
def balloons(shot: Shot) -> list[Thing]:
    """Balloons on strings, floating."""
    outline = [
        (0.0, 0.0),
        (0.018, 0.012),
        (0.014, 0.03),
        *[(0.19 * float(np.sin(a)) ** 0.85, 0.235 - 0.215 * float(np.cos(a))) for a in np.linspace(0.22, np.pi, 30)],
    ]
    things, strings = [], []
    for k, (x, z) in enumerate(cluster(shot, shot.wish.count_of("balloons", 5), 0.3)):
        y = shot.between(0.75, 1.35)
        colour = hexadecimal(shot.wish.prop_colour or BRIGHT[(k + int(shot.seed)) % 5])
        made = lathe(outline).turned(z=shot.between(-10, 10)).moved(x, y, z)
        things.append(Thing(shape=made, material=Material(colour=colour, roughness=0.16, specular=0.6)))
        t = np.linspace(0, 1, 12)
        path = np.stack([x * (1 - t) + 0.02 * np.sin(7 * t), y * (1 - t), z * (1 - t)], -1)
        strings.append(tube(path, np.full(12, 0.003), segments=4))
    return [*things, Thing(shape=joined(strings), material=Material(colour=(0.7, 0.68, 0.64)))]


@prop(
    "confetti, party popper, sprinkle, paper confetti, carnival, sequin, falling confetti, pinata, streamer confetti",
    place="sweep",
    loose=True,
    strewn=True,
)
def confetti(shot: Shot, count: int) -> list[Thing]:
    """Round paper confetti in several colours."""
    return _paper_bits(shot, count, _disc())


@prop(
    "heart, heart shape, heart shaped, heart confetti, heart shaped confetti, paper heart",
    place="sweep",
    loose=True,
    strewn=True,
)
def hearts(shot: Shot, count: int) -> list[Thing]:
    """Paper hearts lying about."""
    turn = np.linspace(0, 2 * np.pi, 49)
    x = 0.03 * np.sin(turn) ** 3
    z = -0.0019 * (13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn))
    rim = np.stack([x, np.zeros(49), z], -1)
    heart = sheet(np.stack([np.zeros_like(rim), rim]), smooth=False)
    size = hexadecimal(shot.wish.prop_colour or "#c2253f")
    lying = strewn(shot, [heart.moved(0, 0.004)], around(shot, count, reach=0.8), 2.2)
    return [Thing(shape=lying, material=Material(colour=size, roughness=0.7))]


def _disc() -> Shape:
    turn = np.linspace(0, 2 * np.pi, 17)
    rim = np.stack([0.02 * np.cos(turn), np.zeros(17), 0.02 * np.sin(turn)], -1)
    return sheet(np.stack([np.zeros_like(rim), rim]), smooth=False).moved(0, 0.004)


def _paper_bits(shot: Shot, count: int, bit: Shape) -> list[Thing]:
    dyes = [shot.wish.prop_colour] if shot.wish.prop_colour else list(BRIGHT)
    found = []
    for dye in dyes:
        bent = [bit.turned(x=t) for t in (0, 8, -10)]
        lying = strewn(shot, bent, around(shot, 6 * count // len(dyes), reach=1.0), 1.0)
        found.append(Thing(shape=lying, material=Material(colour=hexadecimal(str(dye)), roughness=0.6)))
    return found


@prop(
    "glitter, gold flake, gold leaf, shimmer, gold dust, stardust, diamond, crystal, gem, rhinestone, gold foil",
    "metallic flake, gemstone, glittering, shimmering, gold confetti, fairy dust, twinkle, jewel",
    place="sweep",
    loose=True,
    strewn=True,
)
def glitter(shot: Shot, count: int) -> list[Thing]:
    """Flakes of gold and silver foil that catch the light."""
    found = []
    for colour in ((0.78, 0.56, 0.25), (0.72, 0.72, 0.74)):
        flakes = [_disc().scaled(0.35).turned(x=shot.between(-35, 35)).moved(0, 0.003) for _ in range(5)]
        lying = strewn(shot, flakes, around(shot, 10 * count, reach=0.9), 1.0)
        found.append(Thing(shape=lying, material=Material(colour=colour, roughness=0.15, metallic=1.0)))
    return found


@prop(
    "ribbon, bow, satin ribbon, red ribbon, lace ribbon, curled ribbon, string, twine, garter, gift ribbon, streamer",
    place="sweep",
    loose=True,
    tinted=True,
)
def ribbon(shot: Shot) -> list[Thing]:
    """A satin ribbon in curls."""
    t = np.linspace(0, 1, 220)
    angle = 2 * np.pi * 3.2 * t
    path = np.stack([0.9 * (t - 0.5) + 0.05 * np.cos(angle), 0.085 + 0.075 * np.sin(angle), 0.12 * np.sin(5 * t)], -1)
    wide = np.array([0.012, 0.0, 0.055])
    satin = Material(colour=tint(shot, "#9c1c2c", "#c69a4a", "#e3c2bb"), roughness=0.25, sheen=0.4)
    return [Thing(shape=sheet(np.stack([path - wide, path + wide])).turned(y=shot.between(-30, 30)), material=satin)]


@prop(
    "fairy light, string light, light chain, christmas light, led light, garland of light, festoon, twinkle light",
    "twinkling light, party light, string lamp",
    place="sweep",
    loose=True,
)
def fairy_lights(_: Shot) -> list[Thing]:
    """A wire with small warm lamps, lying in loops."""
    t = np.linspace(0, 1, 300)
    path = np.stack([1.3 * (t - 0.5), 0.02 + 0.05 * np.sin(17 * t) ** 2, 0.16 * np.sin(15 * t) * np.cos(4 * t)], -1)
    bulbs = [ball(0.017, rings=11).scaled(1, 1.4, 1).moved(*path[k]) for k in range(8, 300, 14)]
    return [
        Thing(
            shape=tube(path, np.full(300, 0.004), segments=5),
            material=Material(colour=(0.45, 0.30, 0.12), roughness=0.4),
        ),
        Thing(shape=joined(bulbs), material=Material(colour=(1, 0.85, 0.6), glow=(11.0, 6.5, 2.4))),
    ]


@prop("cobweb, spider web, spiderweb, halloween decoration")
def cobweb(shot: Shot) -> list[Thing]:
    """A spider's web, hung upright."""
    spokes = [2 * np.pi * (k + shot.between(-0.12, 0.12)) / 13 for k in range(13)]
    threads = [
        tube(np.array([[0, 0, 0], [0.55 * np.cos(a), 0.55 * np.sin(a), 0]]), np.full(2, 0.0022), segments=4)
        for a in spokes
    ]
    for ring in np.linspace(0.06, 0.52, 11):
        corners = [(ring * np.cos(a), ring * np.sin(a), 0.0) for a in [*spokes, spokes[0]]]
        path = []
        for (x0, y0, _), (x1, y1, _) in pairwise(corners):
            path += [(x0, y0, 0.0), (0.47 * (x0 + x1), 0.47 * (y0 + y1), 0.0)]
        threads.append(tube(np.array([*path, corners[-1]]), np.full(len(path) + 1, 0.0018), segments=4))
    return [
        Thing(shape=joined(threads).moved(0, 0.6, -0.2), material=Material(colour=(0.85, 0.86, 0.88), roughness=0.5))
    ]


@prop(
    "drop, water drop, droplet, water droplet, condensation, dew, raindrop, splash, dewdrop, water splash, wet drop",
    "mist drop, morning dew, splashing, splashed, rain drop, moisture, hydration, hydrating, drip, spray, spritzed",
    "juicy",
    place="sweep",
    loose=True,
    strewn=True,
)
def drops(shot: Shot, count: int) -> list[Thing]:
    """Drops of water on the ground: flat-footed domes, clear and shining."""
    angle = np.linspace(0, np.pi / 2, 10)
    dome = lathe([(float(np.cos(a)), 0.55 * float(np.sin(a))) for a in angle], segments=20)
    sizes = shot.rng.gamma(1.4, 0.012, 6 * count) + 0.004
    places = around(shot, 6 * count, reach=0.9)
    lying = joined([dome.scaled(float(s)).moved(x, 0, z) for s, (x, z) in zip(sizes, places, strict=False)])
    water = Material(colour=(0.94, 0.95, 0.96), roughness=0.03, specular=0.9)
    clear = Material(colour=(1, 1, 1), transmission=1.0)
    rim = joined(
        [dome.scaled(0.5 * float(s)).moved(x + 0.2 * float(s), 0, z) for s, (x, z) in zip(sizes, places, strict=False)]
    )
    return [Thing(shape=lying, material=clear), Thing(shape=rim.scaled(1, 0.4, 1), material=water)]


@prop(
    "bubble, soap bubble, fizz, fizzy, effervescent, air bubble, bubble bath, champagne bubble, carbonated, bubbly",
    "sparkling water",
    place="sweep",
    loose=True,
)
def bubbles(shot: Shot) -> list[Thing]:
    """Soap bubbles, floating; a few rest on the ground."""
    balls = []
    for k, (x, z) in enumerate(cluster(shot, shot.wish.count_of("bubbles", 13), 0.26)):
        size = shot.between(0.03, 0.105)
        y = 0.0 if k % 4 == 3 else 0.1 + 0.11 * ((5 * k) % 13)
        balls.append(ball(size, rings=25).moved(x, y, 0.6 * z))
    return [Thing(shape=joined(balls), material=Material(colour=(1, 1, 1), transmission=1.0))]


@prop(
    "foam, lather, suds, soap foam, whipped, soapy, shaving foam, shampoo, froth, bath foam, whipped cream, meringue",
    place="sweep",
    loose=True,
    companion="bubbles",
)
def foam(shot: Shot) -> list[Thing]:
    """A mound of white lather."""
    balls = []
    for _ in range(420):
        r, angle = 0.42 * shot.rng.random() ** 0.55, shot.between(0, 2 * np.pi)
        y = 0.20 * (1 - (r / 0.44) ** 2) * shot.between(0.35, 1.0)
        balls.append(
            ball(shot.between(0.016, 0.05), rings=9).moved(r * np.cos(angle), max(y - 0.02, 0), r * np.sin(angle))
        )
    return [Thing(shape=joined(balls), material=Material(colour=(0.88, 0.90, 0.92), roughness=0.25))]
