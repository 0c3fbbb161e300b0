"""What lies on a desk."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.props.bodies import BEECH, BRASS, GLASS, circle, rounded, tint
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shapes import Shape, block, disc, joined, lathe, tube
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.types import Material, Thing

BINDINGS = ("#d9cfc0", "#a4553a", "#2f4858", "#c9a468", "#5e6b57", "#e8e2d6", "#6d3b35", "#8fa3ad", "#3a3733")


@prop(
    "book, stack of book, novel, magazine, reading, literature, stacked book, old book, textbook, encyclopedia",
    "album, pile of book, library book, cookbook, hardback, bible, comic, paperbacks, hardcover, atlas, dictionary",
    "tome, schoolbook, leather bound",
    place="window",
    companion="eyeglasses",
    tinted=True,
    rank=5,
)
def books(shot: Shot) -> list[Thing]:
    """A stack of three books, or as many as are wished."""
    things, level = [], 0.0
    for _ in range(shot.wish.count_of("books", 3)):
        thick, turn = shot.between(0.06, 0.11), shot.between(-16, 16)
        cloth = tint(shot, *BINDINGS)
        for shape, bound in _book(shot.between(0.62, 0.75), thick, 0.46):
            material = Material(colour=cloth, roughness=0.7) if bound else Material(colour=(0.74, 0.70, 0.62))
            things.append(Thing(shape=shape.turned(y=turn).moved(0, level), material=material))
        level += thick
    return things


@prop(
    "notebook, journal, planner, stationery, notepad, diary, sketchbook, calendar, agenda, envelope, letter",
    "document, clipboard, folder, passport, map, postcard, wallet, bullet journal, sketchpad, moleskine, logbook",
    "ledger, sketch book, sketch pad, writing pad, legal pad, paper pad",
    place="window",
    companion="pens",
    tinted=True,
)
def notebook(shot: Shot) -> list[Thing]:
    """A notebook with a pen on it."""
    cloth = tint(shot, "#2e3b4a", "#7b4a36", "#d9cdbb", "#3d4a3f")
    pen = tube(
        np.stack([np.linspace(-0.26, 0.26, 6), np.full(6, 0.06), np.linspace(0.1, -0.06, 6)], -1), np.full(6, 0.013)
    )
    return [
        Thing(shape=block(0.6, 0.045, 0.8, 0.012).turned(y=14), material=Material(colour=cloth, roughness=0.6)),
        Thing(shape=pen, material=Material(colour=(0.05, 0.05, 0.055), roughness=0.25)),
    ]


@prop(
    "pen, fountain pen, ballpoint, quill, ink, stylus, marker, calligraphy, signature, rollerball, biro",
    "writing instrument",
    place="room",
    tinted=True,
)
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
        colour = tint(shot, dyes[k % 6])
        things.append(Thing(shape=shaft, material=Material(colour=colour, roughness=0.4)))
        tips.append(point)
    return [*things, Thing(shape=joined(tips), material=BEECH)]


@prop(
    "eyeglass, spectacle, reading glass, sunglass, glasses frame, shade glass, glasses, sunglasses",
    place="room",
    tinted=True,
)
def eyeglasses(shot: Shot) -> list[Thing]:
    """Spectacles, folded open on the table."""
    rims = [tube(circle(0.1) * [1, 0.9, 1], np.full(40, 0.013), segments=8).moved(side * 0.13, 0.1) for side in (-1, 1)]
    bridge = tube(np.array([[-0.035, 0.12, 0], [0, 0.135, 0], [0.035, 0.12, 0]]), np.full(3, 0.011))
    arms = [
        tube(
            np.array([[side * 0.24, 0.13, 0], [side * 0.25, 0.13, -0.3], [side * 0.245, 0.04, -0.5]]), np.full(3, 0.012)
        )
        for side in (-1, 1)
    ]
    frame = joined([*rims, bridge, *arms]).turned(x=-6, y=shot.between(-45, 45))
    return [Thing(shape=frame, material=Material(colour=tint(shot, "#1c1714", "#5b3a22"), roughness=0.2))]


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


def _book(width: float, thick: float, depth: float) -> list[tuple[Shape, bool]]:
    cover = [block(width, 0.012, depth, 0.003), block(width, 0.012, depth, 0.003).moved(0, thick - 0.012)]
    spine = block(width, thick, 0.012, 0.004).moved(0, 0, depth / 2 - 0.006)
    pages = block(width * 0.98, thick - 0.02, depth * 0.97, 0.002).moved(0, 0.01, -0.005)
    return [(joined([*cover, spine]), True), (pages, False)]
