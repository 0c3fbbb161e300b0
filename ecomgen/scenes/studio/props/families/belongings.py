"""Things people work and play with: on a desk, in a gym, a workshop, a nursery, a barn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around, rounded, strewn, tint
from ecomgen.scenes.studio.stage.noise import spectral
from ecomgen.scenes.studio.stage.palette import hexadecimal
from ecomgen.scenes.studio.stage.shapes import ball, block, disc, joined, lathe, sheet, tube
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot

BLACK = Material(colour=(0.025, 0.025, 0.028), roughness=0.4)
STEEL = Material(colour=(0.62, 0.62, 0.63), roughness=0.28, metallic=1.0)
BRASS = Material(colour=(0.78, 0.56, 0.25), roughness=0.2, metallic=1.0)
BEECH = Material(colour=(0.52, 0.34, 0.18), roughness=0.55)


def _circle(radius: float, count: int = 40) -> np.ndarray:
    """A closed ring in the xy plane, Nx3."""
    turn = np.linspace(0, 2 * np.pi, count)
    return np.stack([radius * np.cos(turn), radius * np.sin(turn), np.zeros(count)], -1)


@prop(
    "laptop, computer, notebook computer, macbook, screen, monitor, tablet, ipad, pc, desktop computer, coding",
    "programmer",
    place="room",
)
def laptop(shot: Shot) -> list[Thing]:
    """An open laptop, thin, its screen dark glass."""
    base = block(1.25, 0.03, 0.86, 0.012).moved(0, 0.014, 0)
    lid = block(1.25, 0.82, 0.016, 0.008).turned(x=-18).moved(0, 0.034, -0.42)
    screen = block(1.19, 0.76, 0.004, 0.001).turned(x=-18).moved(0, 0.06, -0.401)
    keys = [
        block(0.07, 0.008, 0.062, 0.003).moved(0.084 * (i - 6), 0.04, 0.075 * (j - 3.2))
        for i in range(13)
        for j in range(5)
    ]
    pad = block(0.36, 0.004, 0.22, 0.002).moved(0, 0.043, 0.28)
    alloy = Material(colour=(0.50, 0.51, 0.52), roughness=0.38, metallic=0.9)
    glass = Material(colour=(0.012, 0.013, 0.016), roughness=0.12, specular=0.5)
    turn = shot.between(-28, 28)
    return [
        Thing(shape=joined([base, lid]).turned(y=turn), material=alloy),
        Thing(shape=screen.turned(y=turn), material=glass),
        Thing(shape=joined(keys).turned(y=turn), material=BLACK),
        Thing(shape=pad.turned(y=turn), material=Material(colour=(0.42, 0.43, 0.44), roughness=0.3)),
    ]


@prop("keyboard, mechanical keyboard, gaming keyboard, desk setup, gaming setup", place="room")
def keyboard(shot: Shot) -> list[Thing]:
    """A keyboard with round-edged keys; at night or in neon they glow."""
    base = block(1.3, 0.06, 0.46, 0.02)
    keys = [
        block(0.078, 0.055, 0.07, 0.014).moved(0.088 * (i - 6.5), 0.055, 0.082 * (j - 2))
        for i in range(14)
        for j in range(5)
    ]
    lit = shot.wish.place == "night" or shot.wish.time == "night"
    under = [(0.9, 0.1, 1.6), (0.1, 0.8, 1.6), (1.5, 0.2, 0.5)]
    turn = shot.between(-20, 20)
    things = [Thing(shape=base.turned(y=turn), material=BLACK)]
    for k in range(3):
        part = joined(keys[k::3]).turned(y=turn)
        glow = under[k] if lit else None
        things.append(Thing(shape=part, material=Material(colour=(0.07, 0.07, 0.075), roughness=0.5, glow=glow)))
    return things


@prop("phone, smartphone, iphone, cell phone, telephone, handset, mobile phone", place="room")
def phone(shot: Shot) -> list[Thing]:
    body = block(0.29, 0.032, 0.6, 0.015)
    glass = block(0.27, 0.003, 0.58, 0.0014).moved(0, 0.031)
    turn = shot.between(-40, 40)
    return [
        Thing(shape=body.turned(y=turn), material=STEEL),
        Thing(
            shape=glass.turned(y=turn), material=Material(colour=(0.012, 0.013, 0.017), roughness=0.04, specular=0.8)
        ),
    ]


@prop("headphone, headset, music, audio, listening", place="room", tinted=True)
def headphones(shot: Shot) -> list[Thing]:
    """Headphones lying, their band standing up."""
    band_at = np.linspace(0.06, np.pi - 0.06, 40)
    band = tube(np.stack([0.33 * np.cos(band_at), 0.14 + 0.42 * np.sin(band_at), np.zeros(40)], -1), np.full(40, 0.026))
    cups, pads = [], []
    for side in (-1, 1):
        cups.append(disc(0.15, 0.09, 0.04).turned(z=90 * side).moved(side * 0.40, 0.16))
        pads.append(tube(_circle(0.11), np.full(40, 0.045), segments=14).turned(y=90).moved(side * 0.28, 0.16))
    turn = shot.between(-50, 50)
    shell = Material(colour=tint(shot, "#2a2b2e", "#d9d2c6", "#3d4a5c"), roughness=0.35)
    return [
        Thing(shape=joined([band, *cups]).turned(y=turn), material=shell),
        Thing(shape=joined(pads).turned(y=turn), material=Material(colour=(0.035, 0.033, 0.032), roughness=0.6)),
    ]


@prop(
    "eyeglass, spectacle, reading glass, sunglass, glasses frame, shade glass, glasses, sunglasses",
    place="room",
    tinted=True,
)
def eyeglasses(shot: Shot) -> list[Thing]:
    """Spectacles, folded open on the table."""
    rims = [
        tube(_circle(0.1) * [1, 0.9, 1], np.full(40, 0.013), segments=8).moved(side * 0.13, 0.1) for side in (-1, 1)
    ]
    bridge = tube(np.array([[-0.035, 0.12, 0], [0, 0.135, 0], [0.035, 0.12, 0]]), np.full(3, 0.011))
    arms = [
        tube(
            np.array([[side * 0.24, 0.13, 0], [side * 0.25, 0.13, -0.3], [side * 0.245, 0.04, -0.5]]), np.full(3, 0.012)
        )
        for side in (-1, 1)
    ]
    frame = joined([*rims, bridge, *arms]).turned(x=-6, y=shot.between(-45, 45))
    return [Thing(shape=frame, material=Material(colour=tint(shot, "#1c1714", "#5b3a22"), roughness=0.2))]


@prop("pen, fountain pen, ballpoint, quill, ink, stylus, marker, calligraphy, signature", place="room", tinted=True)
def pens(shot: Shot) -> list[Thing]:
    """A fountain pen lying before its cap."""
    outline = [(0, 0), (0.004, 0.005), (0.022, 0.09), (0.024, 0.35), (0.02, 0.40), (0, 0.405)]
    cap = [(0.026, 0.0), (0.028, 0.01), (0.027, 0.2), (0.018, 0.225), (0, 0.227)]
    turn = shot.between(-60, 60)
    body = lathe(rounded(outline)).turned(z=90).moved(0.2, 0.025)
    lid = lathe(rounded(cap)).turned(z=90, y=14).moved(0.1, 0.027, 0.12)
    nib = lathe([(0.0, -0.06), (0.011, 0.0)]).turned(z=90).moved(0.205, 0.025)
    lacquer = Material(colour=tint(shot, "#14161c", "#5a1620", "#16334d"), roughness=0.12, specular=0.6)
    return [
        Thing(shape=joined([body, lid]).turned(y=turn), material=lacquer),
        Thing(shape=nib.turned(y=turn), material=BRASS),
    ]


@prop(
    "pencil, crayon, colour pencil, coloured pencil, colouring, paintbrush, chalk, felt tip, ruler, school supply",
    "colour crayon",
    place="room",
)
def pencils(shot: Shot) -> list[Thing]:
    """Coloured pencils, lying side by side and across."""
    dyes = ("#d2433a", "#e9a23a", "#f0cf4a", "#5a9e5c", "#3f74b5", "#7c5aa6")
    things, tips = [], []
    for k in range(shot.wish.count_of("pencils", 6)):
        turn, x, z = shot.between(-16, 16), shot.between(-0.03, 0.03), 0.055 * k
        shaft = lathe([(0.02, 0.0), (0.02, 0.55)], segments=6).turned(z=90, y=turn).moved(x + 0.27, 0.02, z)
        point = lathe([(0.02, 0.55), (0.003, 0.63)], segments=12).turned(z=90, y=turn).moved(x + 0.27, 0.02, z)
        colour = hexadecimal(shot.wish.prop_colour or dyes[k % 6])
        things.append(Thing(shape=shaft, material=Material(colour=colour, roughness=0.4)))
        tips.append(point)
    return [*things, Thing(shape=joined(tips), material=BEECH)]


@prop("dumbbell, weight, barbell, kettlebell, fitness equipment, workout, exercise, training", tinted=True)
def dumbbells(shot: Shot) -> list[Thing]:
    """Two hexagonal dumbbells."""
    heads, bars = [], []
    for x, z, turn in ((0.0, 0.0, 24.0), (0.15, 0.42, -12.0)):
        for side in (-1, 1):
            head = lathe([(0, 0), (0.13, 0), (0.155, 0.03), (0.155, 0.17), (0.13, 0.2), (0, 0.2)], segments=6)
            heads.append(head.turned(x=30).turned(z=90).moved(side * 0.26 + 0.1, 0.135).turned(y=turn).moved(x, 0, z))
        bar = lathe([(0.035, -0.2), (0.042, 0.0), (0.035, 0.2)]).turned(z=90).moved(0, 0.135)
        bars.append(bar.turned(y=turn).moved(x, 0, z))
    rubber = Material(colour=tint(shot, "#2b2c2e"), roughness=0.6)
    return [Thing(shape=joined(heads), material=rubber), Thing(shape=joined(bars), material=STEEL)]


@prop("yoga mat, exercise mat, yoga, pilates, gym mat, foam roller, rolled mat, sport mat", tinted=True)
def yoga_mat(shot: Shot) -> list[Thing]:
    """A mat, rolled up."""
    t = np.linspace(0, 1, 260)
    angle = 2 * np.pi * 6 * t
    r = 0.03 + 0.14 * t
    line = np.stack([r * np.cos(angle), r * np.sin(angle) + 0.17], -1)
    ends = [np.stack([np.full(260, x), line[:, 1], line[:, 0]], -1) for x in (-0.62, 0.62)]
    foam = Material(colour=tint(shot, "#7c8f86", "#8a7fa8", "#c98f7d", "#4c6a7d"), roughness=0.85)
    return [Thing(shape=sheet(np.stack(ends)).turned(y=shot.between(-30, 30)), material=foam)]


@prop(
    "tool, hammer, wrench, spanner, screwdriver, pliers, saw, chisel, toolbox, nail, screw, hardware, plier, tool belt",
    "garden tool, secateur, trowel, carpentry, spade, repair",
    place="room",
)
def tools(shot: Shot) -> list[Thing]:
    """A hammer and a spanner."""
    shaft = (
        lathe(rounded([(0, 0), (0.03, 0), (0.036, 0.2), (0.026, 0.5), (0.028, 0.85), (0, 0.86)]))
        .turned(z=90)
        .moved(0.45, 0.035)
    )
    head = joined(
        [
            lathe(rounded([(0, -0.16), (0.055, -0.16), (0.055, -0.08), (0.04, -0.05), (0.045, 0.06)])).turned(x=90),
            block(0.085, 0.08, 0.2, 0.02).moved(0, -0.04, 0.1),
        ]
    ).moved(-0.36, 0.055)
    spanner = (
        joined(
            [
                block(0.62, 0.03, 0.07, 0.013),
                tube(_circle(0.075)[:33], np.full(33, 0.03), segments=12).turned(x=90).turned(y=-40).moved(0.37, 0.02),
                tube(_circle(0.06), np.full(40, 0.026), segments=12).turned(x=90).moved(-0.35, 0.02),
            ]
        )
        .turned(y=22)
        .moved(0.05, 0, 0.26)
    )
    turn = shot.between(-20, 20)
    return [
        Thing(shape=shaft.turned(y=turn), material=BEECH),
        Thing(shape=joined([head, spanner]).turned(y=turn), material=STEEL),
    ]


@prop(
    "sawdust, wood shaving, shaving, wood chip, curl of wood, planing, wood curl, woodwork, woodworking, carpenter",
    place="room",
    strewn=True,
)
def shavings(shot: Shot, count: int) -> list[Thing]:
    """Sawdust and curled shavings of wood."""
    t = np.linspace(0, 1, 26)
    curls = []
    for turns in (1.3, 2.1, 0.8):
        angle, r = 2 * np.pi * turns * t, 0.045 * (0.6 + 0.4 * t)
        line = np.stack([r * np.cos(angle), r * np.sin(angle) + 0.045], -1)
        curls.append(
            sheet(np.stack([np.stack([np.full(26, x) + 0.05 * t, line[:, 1], line[:, 0]], -1) for x in (-0.04, 0.04)]))
        )
    lying = strewn(shot, curls, around(shot, count, reach=0.6), 0.5)
    dust = strewn(shot, [ball(0.5, rings=5).scaled(1.0, 0.5, 0.7)], around(shot, 14 * count, reach=0.5), 0.012)
    pine = Material(colour=(0.66, 0.46, 0.25), roughness=0.8)
    return [Thing(shape=joined([lying, dust]), material=pine)]


@prop(
    "toy, wooden toy, building block, toy block, toy train, lego, play, baby toy, kid toy, child room, pet toy",
    "kindergarten, toddler, train set, wooden block",
    place="room",
)
def toys(shot: Shot) -> list[Thing]:
    """Wooden blocks in several colours, some stacked, and a ring pyramid."""
    dyes = ("#d2634e", "#e9b44c", "#6fa58c", "#5d8fb3", "#e8dcc8")
    things = []
    places = ((0.0, 0.0, 0.0), (0.2, 0.0, 0.06), (0.1, 0.17, 0.03), (-0.16, 0.0, 0.24))
    for k, (x, y, z) in enumerate(places[: shot.wish.count_of("toys", 4)]):
        cube = block(0.17, 0.17, 0.17, 0.016).turned(y=shot.between(-18, 18)).moved(x, y, z)
        things.append(Thing(shape=cube, material=Material(colour=hexadecimal(dyes[k % 5]), roughness=0.5)))
    for k in range(4):
        ring = (
            tube(_circle(0.13 - 0.024 * k), np.full(40, 0.04), segments=14)
            .turned(x=90)
            .moved(0.52, 0.04 + 0.075 * k, 0.1)
        )
        things.append(Thing(shape=ring, material=Material(colour=hexadecimal(dyes[(k + 1) % 5]), roughness=0.45)))
    peg = lathe(rounded([(0.022, 0), (0.022, 0.34), (0.04, 0.37), (0, 0.42)])).moved(0.52, 0, 0.1)
    return [*things, Thing(shape=peg, material=BEECH)]


@prop(
    "crate, wooden crate, box, cardboard box, wooden box, parcel, package, chest, shipping box, fruit crate, packaging",
    "moving box",
    place="room",
)
def crate(shot: Shot) -> list[Thing]:
    """A crate of rough slats."""
    slats = []
    for level in range(3):
        y = 0.02 + 0.17 * level
        slats += [block(0.9, 0.13, 0.03, 0.006).moved(0, y, z) for z in (-0.31, 0.31)]
        slats += [block(0.03, 0.13, 0.62, 0.006).moved(x, y, 0) for x in (-0.44, 0.44)]
    posts = [block(0.06, 0.5, 0.06, 0.008).moved(0.40 * i, 0, 0.27 * j) for i in (-1, 1) for j in (-1, 1)]
    floor = block(0.86, 0.03, 0.58, 0.005)
    grain = spectral(shot.rng, (300, 300), falloff=1.3, stretch=(1.0, 8.0))
    colour = np.clip(np.asarray((0.36, 0.24, 0.13)) * (1 + 0.2 * grain[..., None]), 0, 1).astype(np.float32)
    made = joined([*slats, *posts, floor]).draped(0.6, 0.6).turned(y=shot.between(-25, 25))
    return [Thing(shape=made, material=Material(colour=colour, roughness=0.85))]


@prop("barnyard, hay bale, straw bale, hay bales, bale of hay, hayloft", place="garden")
def hay_bale(shot: Shot) -> list[Thing]:
    """A small square bale, tied twice, with stalks sticking out."""
    body = block(1.1, 0.52, 0.6, 0.05)
    t = np.linspace(-0.5, 0.5, 4)
    stalks = []
    for _ in range(900):
        side = shot.rng.normal(size=3)
        point = np.array([0.55, 0.26, 0.3]) * np.clip(side / np.abs(side).max() * 1.02, -1.02, 1.02) + [0, 0.27, 0]
        stalk = tube(np.stack([0.2 * t, 0.03 * t**2, np.zeros(4)], -1), np.full(4, 0.006), segments=4)
        stalks.append(
            stalk.turned(x=shot.between(0, 360), y=shot.between(0, 360), z=shot.between(-25, 25)).moved(
                *np.maximum(point, [-9, 0.02, -9])
            )
        )
    ties = [
        tube(np.array([[x, y, z] for y, z in ((0, -0.31), (0.53, -0.31), (0.53, 0.31), (0, 0.31))]), np.full(4, 0.012))
        for x in (-0.25, 0.25)
    ]
    grain = spectral(shot.rng, (300, 300), falloff=0.7, stretch=(1.0, 6.0))
    colour = np.clip(np.asarray((0.50, 0.37, 0.16)) * (1 + 0.3 * grain[..., None]), 0, 1).astype(np.float32)
    turn = shot.between(-25, 25)
    return [
        Thing(
            shape=body.draped(0.8, 0.8).turned(y=turn), material=Material(colour=colour, bump=grain, bump_scale=0.02)
        ),
        Thing(shape=joined(stalks).turned(y=turn), material=Material(colour=(0.58, 0.44, 0.20), roughness=0.9)),
        Thing(shape=joined(ties).turned(y=turn), material=Material(colour=(0.30, 0.22, 0.12))),
    ]
