"""What lies on a desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.bodies import (
    BEECH,
    BLACK,
    BRASS,
    GLASS,
    METRE,
    assembled,
    circle,
    grained,
    rounded,
    tint,
    turned_body,
)
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, block, disc, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Texture, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot

PAPER = Material((0.74, 0.70, 0.62))
AGED = Material((0.62, 0.52, 0.36))
LEATHERS = ("#5a2f1c", "#3d2417", "#6b2420", "#26352a", "#7a4a26")
DEEP = ("#a4553a", "#2f4858", "#5e6b57", "#6d3b35", "#3a3733")
BINDINGS = ("#d9cfc0", "#a4553a", "#2f4858", "#c9a468", "#5e6b57", "#e8e2d6", "#6d3b35", "#8fa3ad", "#3a3733")

THICK, TALL, DEPTH = (0.06, 0.14), (0.72, 1.05), 0.62  # units: of books that stand
SERIES = 0.4  # how often a book has its neighbour's binding


@prop(
    "book, stack of book, novel, magazine, reading, literature, stacked book, textbook, encyclopedia",
    "art book, photo book",
    "album, pile of book, library book, cookbook, hardback, bible, comic, paperbacks, hardcover, atlas, dictionary",
    "schoolbook, children book, child book, kid book, childrens book, children s book, kid s book",
    place="window",
    companion="eyeglasses",
    tinted=True,
    rank=5,
)
def books(shot: Shot) -> list[Thing]:
    """A stack of three books, or as many as are wished."""
    return _stack(
        [
            (
                _book(shot.uniform(0.62, 0.75), shot.uniform(0.06, 0.11), 0.46),
                shot.uniform(-16, 16),
                tint(shot, *BINDINGS),
            )
            for _ in range(shot.count(3))
        ]
    )


@prop(
    "old book, antique book, vintage book, leather bound, leather bound book, leather book, antiquarian book, tome",
    "ancient book, worn book, dusty book, weathered book, old leather book, rare book, spell book",
    "old leather bound book, antique leather book, book of spell",
    place="desk",
    kind_of="books",
    companion="eyeglasses",
    tinted=True,
)
def old_books(shot: Shot) -> list[Thing]:
    """A stack of thick books bound in leather, raised bands and gilt lines on their backs, their pages yellowed."""
    things, level = [], 0.0
    for _ in range(shot.count(3)):
        width, thick, depth = shot.uniform(0.6, 0.74), shot.uniform(0.1, 0.16), 0.48
        cover, pages = _book(width, thick, depth)
        bands, lines = [], []
        for x in width * np.array([-0.34, -0.12, 0.12, 0.34]):
            bands.append(block(0.02, thick, 0.012, 0.005).moved(float(x), 0, 0.5 * depth))
            lines += [
                block(0.005, 0.96 * thick, 0.002, 0.001).moved(float(x) + side * 0.02, 0.02 * thick, 0.5 * depth)
                for side in (-1, 1)
            ]
        worn = spectral(shot.rng, (200, 200), falloff=1.2)
        leather = Material(grained(tint(shot, *LEATHERS), worn, 0.25), roughness=0.55, bump=worn, bump_scale=0.004)
        turn = shot.uniform(-14, 14)
        for shapes, material in (((cover, *bands), leather), ((pages,), AGED), (lines, replace(BRASS, roughness=0.4))):
            things.append(Thing(joined(shapes).turned(y=turn).moved(0, level), material))
        level += thick
    return things


def row_of_books(shot: Shot, x0: float, x1: float) -> list[Thing]:
    """Books that stand side by side between two x on y = 0, their backs towards the camera, z being 0 there."""
    things: list[Thing] = []
    x, colour = x0, tint(shot, *BINDINGS)
    while (right := x + shot.uniform(*THICK)) < x1:
        tall, colour = shot.uniform(*TALL), colour if shot.rng.random() < SERIES else tint(shot, *BINDINGS)
        cover, pages = _book(tall, right - x, DEPTH)
        bands = joined(
            [block(0.016, right - x, 0.004, 0.001).moved(share * tall, 0, 0.5 * DEPTH) for share in (-0.38, 0.36)]
        )
        gilt = replace(BRASS, roughness=0.45)
        for shape, material in ((cover, Material(colour, roughness=0.7)), (pages, PAPER), (bands, gilt)):
            things.append(Thing(shape.turned(z=90).moved(right, 0.5 * tall, -0.5 * DEPTH), material))
        x = right + 0.004
    return things


@prop("globe, world globe, terrestrial globe, desk globe, vintage globe, world map", place="window", single=True)
def globe(shot: Shot) -> list[Thing]:
    """A globe of old colours that leans on its axis in a bow of brass."""
    radius, rows = 0.12 * METRE, 200
    land = spectral(shot.rng, (rows, 2 * rows), falloff=1.9, coarsest=0.2)
    seam = np.linspace(0, 1, 2 * rows) ** 8  # the far side's edges meet
    land = land * (1 - seam) + land[:, :1] * seam
    shore = np.clip((land - 0.35) / 0.06, 0, 1)[..., None]
    sea, ground = np.array((0.33, 0.45, 0.43)), np.array((0.60, 0.46, 0.23))
    lines = (np.arange(2 * rows) % 33 == 0)[None, :, None] | (np.arange(rows) % 33 == 0)[:, None, None]
    colour = (sea + (ground - sea) * shore) * np.where(lines, 0.72, 1.0)
    paper = Material(colour.astype(np.float32), roughness=0.35, specular=0.4)
    bow = 1.12 * radius * xyz(np.cos(t := np.linspace(-1.7, 1.7, 40)), np.sin(t), 0 * t)
    lean, centre = 23.0 * shot.order, radius * 1.12 + 0.16
    foot = turned_body([(0, 0), (0.06, 0), (0.062, 0.006), (0.03, 0.012), (0.008, 0.02), (0.006, 0.045), (0, 0.045)])
    sphere = ball(radius, rings=61).moved(0, -radius).turned(y=shot.uniform(0, 360)).turned(z=lean)
    return [
        Thing(sphere.moved(0, centre), paper),
        Thing(tube(bow, 0.016).turned(y=25.0).turned(z=lean).moved(0, centre), BRASS),
        Thing(foot, BRASS),
    ]


@prop(
    "notebook, journal, planner, stationery, notepad, diary, sketchbook, calendar, agenda, envelope, letter",
    "document, clipboard, folder, map, postcard, wallet, bullet journal, sketchpad, moleskine, logbook",
    "ledger, sketch book, sketch pad, writing pad, legal pad, paper pad",
    place="window",
    companion="pens",
    tinted=True,
)
def notebook(shot: Shot) -> list[Thing]:
    """Two notebooks, one on the other, with an elastic band and a pen."""
    covers = "#7b4a36", "#d9cdbb", "#5e6b57", "#a4553a", "#8fa3ad"
    turns = shot.uniform(4, 12), shot.uniform(14, 26)
    stack = _stack([(_book(0.62, 0.075, 0.46), turn, tint(shot, *covers)) for turn in turns])
    band = block(0.022, 0.08, 0.466, 0.004).moved(0.2, 0.073).turned(y=turns[-1])
    pen = tube(xyz(np.linspace(-0.24, 0.2, 6), 0.166, np.linspace(0.08, -0.1, 6)), [0.015] * 6)
    return [*stack, Thing(joined([band, pen]), BLACK)]


@prop(
    "passport, boarding pass, travel document, passport cover, travel papers",
    place="window",
    companion="notebook",
    single=True,
)
def passport(shot: Shot) -> list[Thing]:
    """A passport, a gold emblem and two gold lines on its cover, a boarding pass looking out of it."""
    cover = hexadecimal(shot.choice("#5a1f2b", "#1f2f52", "#23402f"))
    y, x = np.mgrid[-1.42:1.42:284j, -1:1:200j]
    r = np.hypot(x, y)
    emblem = (r < 0.34) & ~((r > 0.2) & (r < 0.25))
    lines = (np.abs(x) < 0.5) & ((np.abs(y + 0.85) < 0.05) | (np.abs(y - 0.9) < 0.04))
    colour = np.where((emblem | lines)[..., None], np.array([0.66, 0.47, 0.18]), np.asarray(cover)).astype(np.float32)
    booklet = block(0.36, 0.022, 0.51, 0.009).draped(0.36, 0.51)
    ticket = block(0.3, 0.004, 0.42, 0.001).moved(0.03, 0.008, -0.13)
    turn = shot.uniform(-35, 35)
    return assembled(turn, (booklet, Material(colour, roughness=0.6)), (ticket, Material((0.82, 0.83, 0.84))))


@prop(
    "open book, open notebook, open journal, open diary, open planner, open magazine, opened book, open novel",
    "open page",
    place="window",
    companion="pens",
)
def open_book(shot: Shot) -> list[Thing]:
    """An open book, its pages arched on either side of the fold, lines on them."""
    across = np.linspace(-1, 1, 121)
    arched = 0.04 + 0.07 * np.sin(np.pi * np.abs(across) ** 0.6) + 0.02 * (1 - np.abs(across))
    top, foot = (xyz(0.42 * across, level, 0) for level in (arched, np.full(121, 0.03)))
    back, front = np.array([0, 0, -0.28]), np.array([0, 0, 0.28])
    rows = [foot + back, top + back, top + front, foot + front]
    pages, *edges = sheet(rows[1:3]), sheet(rows[0:2], smooth=False), sheet(rows[2:4], smooth=False)
    made = [
        Thing(pages, Material(_lines(shot), roughness=0.9)),
        Thing(joined(edges), PAPER),
        Thing(block(0.9, 0.03, 0.6, 0.008), Material(tint(shot, *DEEP), roughness=0.7)),
    ]
    turn = shot.uniform(-25, 25)
    return [thing.turned(y=turn) for thing in made]


@prop(
    "newspaper, folded newspaper, morning paper, daily paper, broadsheet, the paper of the day, sunday paper",
    place="room",
)
def newspaper(shot: Shot) -> list[Thing]:
    """A folded newspaper, lying: a heading, a grey picture, columns of text."""
    wide, deep, thick = 0.30 * METRE, 0.22 * METRE, 0.024
    page = np.full((440, 600, 3), 0.62, np.float32) * np.asarray((1.0, 0.98, 0.93), np.float32)
    page[24:62, 110:490] *= 0.12
    page[76:79, 30:570] *= 0.3
    page[100:118, 30:330] *= 0.2
    page[126:140, 30:270] *= 0.25
    tones = 0.5 + 0.35 * np.clip(spectral(shot.rng, (150, 210), falloff=1.6), -1.2, 1.2)
    page[100:250, 360:570] *= tones[..., None].astype(np.float32)
    for column in range(4):
        for row in range(160 if column < 2 else 268, 425, 8):
            page[row : row + 3, 30 + 138 * column : 30 + 138 * column + int(shot.rng.integers(100, 126))] *= 0.5
    half, back = np.linspace(-0.5 * wide, 0.5 * wide, 24), np.linspace(-0.5 * deep, 0.5 * deep, 24)
    x, z = np.meshgrid(half, back)
    y = thick + 0.012 * np.sin(3 * x + shot.uniform(0, 6)) * (z / deep + 0.5)
    top = sheet(xyz(x, y, z)[::-1])
    under = block(wide, thick - 0.004, deep, 0.02)
    turn = shot.uniform(-28, 28)
    return assembled(turn, (under, Material((0.6, 0.585, 0.55), roughness=0.95)), (top, Material(page, roughness=0.95)))


def _lines(shot: Shot) -> np.ndarray:
    """Two pages of text that cannot be read, HxWx3 linear."""
    page = np.full((300, 460, 3), 0.78, np.float32) * np.asarray((1.0, 0.97, 0.9), np.float32)
    for left in (30, 255):
        for row in range(26, 270, 11):
            x = left
            while row % 66 != 26 and x < left + 165:
                word = int(shot.rng.integers(8, 30))
                page[row : row + 3, x : min(x + word, left + 175)] *= 0.35
                x += word + 6
    return page


@prop(
    "pen, fountain pen, ballpoint, quill, ink, stylus, marker, calligraphy, rollerball, biro",
    "writing instrument",
    place="room",
    tinted=True,
)
def pens(shot: Shot) -> list[Thing]:
    """A fountain pen lying before its cap."""
    outline = [(0, 0), (0.004, 0.005), (0.022, 0.09), (0.024, 0.35), (0.02, 0.40), (0, 0.405)]
    cap = [(0.026, 0.0), (0.028, 0.01), (0.027, 0.2), (0.018, 0.225), (0, 0.227)]
    turn = shot.uniform(-60, 60)
    body = lathe(rounded(outline)).turned(z=90).moved(0.2, 0.025)
    lid = lathe(rounded(cap)).turned(z=90, y=14).moved(0.1, 0.027, 0.12)
    nib = lathe([(0.0, -0.06), (0.011, 0.0)]).turned(z=90).moved(0.205, 0.025)
    lacquer = Material(tint(shot, "#14161c", "#5a1620", "#16334d"), roughness=0.12, specular=0.6)
    return assembled(turn, (joined([body, lid]), lacquer), (nib, BRASS))


@prop(
    "pencil, crayon, colour pencil, coloured pencil, colouring, chalk, felt tip, ruler, school supply",
    "colour crayon",
    place="room",
)
def pencils(shot: Shot) -> list[Thing]:
    """Coloured pencils, lying side by side and across."""
    dyes = ("#d2433a", "#e9a23a", "#f0cf4a", "#5a9e5c", "#3f74b5", "#7c5aa6")
    things, tips = [], []
    for k in range(shot.count(6)):
        turn, x, z = shot.uniform(-16, 16), shot.uniform(-0.03, 0.03), 0.055 * k
        shaft = lathe([(0.02, 0.0), (0.02, 0.55)], segments=6).turned(z=90, y=turn).moved(x + 0.27, 0.02, z)
        point = lathe([(0.02, 0.55), (0.003, 0.63)], segments=12).turned(z=90, y=turn).moved(x + 0.27, 0.02, z)
        colour = tint(shot, dyes[k % 6])
        things.append(Thing(shaft, Material(colour, roughness=0.4)))
        tips.append(point)
    return [*things, Thing(joined(tips), BEECH)]


@prop("scissor, pair of scissor", place="desk", plurals="scissors", tinted=True)
def scissors(shot: Shot) -> list[Thing]:
    """Scissors that lie half open, a screw where their blades cross."""
    blades, bows = [], []
    for side in (-1, 1):
        edge = [(0.0, -0.012), (0.006, 0.0), (0.0052, 0.03), (0.0036, 0.06), (0.0004, 0.086)]
        x, z = np.array(edge).T
        blade = sheet(np.stack([xyz(-0.6 * x, 0, z), xyz(x, 0, z)])[::side])
        shank = tube(xyz([0, -0.004, -0.011, -0.014], 0, [-0.008, -0.02, -0.032, -0.04]), 0.0026, segments=8)
        bow = tube(circle(0.02), 0.0032, segments=8).scaled(0.72, 1, 1).turned(x=90, y=-8).moved(-0.018, 0, -0.058)
        turn, up = {"y": 11 * side}, 0.004 + 0.0014 * side
        blades.append(blade.scaled(side, 1, 1).turned(**turn).moved(0, up))
        bows += [one.scaled(side, 1, 1).turned(**turn).moved(0, up) for one in (shank, bow)]
    around, steel = shot.uniform(20, 160), Material(hexadecimal("#c3c5c7"), roughness=0.22, metallic=1.0)
    screw = disc(0.0034, 0.0075, 0.001)
    grips = Material(tint(shot, "#1d1d1f", "#b9bbbd", "#b08d4a"), roughness=0.35, specular=0.6)
    made = ((joined([*blades, screw]), steel), (joined(bows), grips))
    return [Thing(shape.scaled(METRE).turned(y=around), each) for shape, each in made]


@prop(
    "twine, string, ball of twine, ball of string, garden twine, jute twine, jute string, jute cord, kitchen twine",
    "butcher s twine, hemp twine, yarn, ball of yarn, ball of wool, wool ball, skein, thread, spool, thread coil",
    place="desk",
    tinted=True,
)
def twine(shot: Shot) -> list[Thing]:
    """A ball of twine, wound this way and that, its end lying loose."""
    radius, thick = 0.19, 0.0085
    strands = [ball(radius, rings=25)]
    for _ in range(70):
        off = radius * shot.uniform(-0.3, 0.3)
        wound = tube(circle(float(np.hypot(np.sqrt(radius**2 - off**2), thick)), 60), thick, segments=6).moved(z=off)
        strands.append(wound.turned(x=shot.uniform(0, 180), y=shot.uniform(0, 180)).moved(0, radius))
    t = np.linspace(0, 1, 60)
    end = tube(xyz(0.16 + 0.42 * t, thick, 0.1 + 0.16 * np.sin(4.5 * t)), thick, segments=6)
    jute = Material(tint(shot, "#a58c66", "#b39d79", "#957f5e"), roughness=0.9, sheen=0.2)
    return [Thing(joined([*strands, end]).turned(y=shot.uniform(-60, 60)), jute)]


@prop(
    "eyeglass, eyeglasses, spectacle, reading glass, glasses frame",
    place="room",
    tinted=True,
)
def eyeglasses(shot: Shot) -> list[Thing]:
    """Spectacles, folded open on the table."""
    frame = _spectacles().turned(x=-6, y=shot.uniform(-45, 45))
    return [Thing(frame, Material(tint(shot, "#1c1714", "#5b3a22"), roughness=0.2))]


@prop("sunglass, shade glass", place="pool", plurals="sunglasses", tinted=True)
def sunglasses(shot: Shot) -> list[Thing]:
    """Sunglasses, folded open, their lenses dark."""
    turn = {"x": -6, "y": shot.uniform(-45, 45)}
    lenses = joined([disc(0.1, 0.008, 0.002).turned(x=90).scaled(1, 0.9, 1).moved(s * 0.13, 0.1) for s in (-1, 1)])
    frame = Material(tint(shot, "#1c1714", "#5b3a22"), roughness=0.2)
    dark = Material((0.02, 0.019, 0.018), roughness=0.04, specular=0.8)
    return [Thing(one.turned(**turn), of) for one, of in ((_spectacles(), frame), (lenses, dark))]


def _spectacles() -> Shape:
    """Rims, bridge and arms."""
    rims = [tube(circle(0.1) * [1, 0.9, 1], 0.013, segments=8).moved(side * 0.13, 0.1) for side in (-1, 1)]
    bridge = tube(np.array([[-0.035, 0.12, 0], [0, 0.135, 0], [0.035, 0.12, 0]]), 0.011)
    arms = [
        tube(np.array([[side * 0.24, 0.13, 0], [side * 0.25, 0.13, -0.3], [side * 0.245, 0.04, -0.5]]), 0.012)
        for side in (-1, 1)
    ]
    return joined([*rims, bridge, *arms])


@prop("hourglass, sand timer", single=True)
def hourglass(_: Shot) -> list[Thing]:
    glass = lathe(rounded([(0.15, 0.06), (0.16, 0.16), (0.02, 0.35), (0.16, 0.54), (0.15, 0.64)]))
    sand = joined([lathe([(0.14, 0.07), (0.12, 0.15), (0, 0.21)]), lathe([(0.012, 0.36), (0.10, 0.46), (0, 0.45)])])
    plates = [disc(0.2, 0.05, 0.016), disc(0.2, 0.05, 0.016).moved(0, 0.65)]
    posts = [tube(np.array([[0.17, 0.04, 0], [0.17, 0.66, 0]]), 0.014).turned(y=120 * k) for k in range(3)]
    return [
        Thing(glass, GLASS),
        Thing(sand, Material((0.62, 0.47, 0.30))),
        Thing(joined([*plates, *posts]), BRASS),
    ]


@prop(
    "alarm clock, clock, table clock, bedside clock, twin bell alarm clock, mantel clock, desk clock",
    tinted=True,
    single=True,
)
def alarm_clock(shot: Shot) -> list[Thing]:
    """A clock with two bells, at ten past ten."""
    case = lathe(rounded([(0, 0), (0.19, 0), (0.2, 0.02), (0.2, 0.1), (0.185, 0.12), (0.178, 0.11)])).turned(x=90)
    dial = lathe([(0.18, 0.0), (0.0, 0.0)]).draped(0.36, 0.36).turned(x=90).moved(0, 0, 0.108)
    feet = [tube(np.array([[s * 0.1, 0.06, 0.05], [s * 0.14, -0.02, 0.05]]), 0.016) for s in (-1, 1)]
    bells = [ball(0.085).scaled(1, 0.7, 1).turned(z=-30 * s).moved(0.11 * s, 0.37, 0.06) for s in (-1, 1)]
    ring = np.linspace(0, np.pi, 24)
    handle = tube(xyz(0.09 * np.cos(ring), 0.47 + 0.06 * np.sin(ring), 0.06), 0.009)
    painted = Material(tint(shot, "#3f5a5a", "#d8cdbb", "#b5503f", "#2b2b2d"), roughness=0.35)
    turn = shot.uniform(-22, 22)
    parts = (
        (case.moved(0, 0.22), painted),
        (dial.moved(0, 0.22), Material(_dial(), roughness=0.5)),
        (joined([*feet, *bells, handle]), BRASS),
    )
    return [Thing(shape.moved(0, 0.025).turned(y=turn), material) for shape, material in parts]


def _dial() -> Texture:
    """A white dial with strokes for the hours and two hands."""
    y, x = np.mgrid[1:-1:300j, -1:1:300j]
    angle, reach = np.degrees(np.arctan2(x, y)) % 360, np.hypot(x, y)
    ink = (np.abs((angle + 15) % 30 - 15) * reach < 1.6) & (reach > 0.76) & (reach < 0.9)
    for hour, long, wide in ((305, 0.5, 0.04), (60, 0.72, 0.028)):
        a = np.radians(hour)
        along, across = x * np.sin(a) + y * np.cos(a), x * np.cos(a) - y * np.sin(a)
        ink |= (along > -0.08) & (along < long) & (np.abs(across) < wide)
    return np.where((ink | (reach < 0.06))[..., None], 0.03, np.array([0.84, 0.82, 0.76])).astype(np.float32)


def _stack(books: Sequence[tuple[tuple[Shape, Shape], float, Colour]]) -> list[Thing]:
    """Books, each with its turn in degrees and its binding's colour, one on the other."""
    things, level = [], 0.0
    for (cover, pages), turn, colour in books:
        for shape, material in ((cover, Material(colour, roughness=0.7)), (pages, PAPER)):
            things.append(Thing(shape.turned(y=turn).moved(0, level), material))
        level += float(cover.points[:, 1].max())
    return things


def _book(width: float, thick: float, depth: float) -> tuple[Shape, Shape]:
    """The cover of a closed book that lies on y = 0, and its pages."""
    boards = [block(width, 0.012, depth, 0.003), block(width, 0.012, depth, 0.003).moved(0, thick - 0.012)]
    spine = block(width, thick, 0.012, 0.004).moved(0, 0, depth / 2 - 0.006)
    pages = block(width * 0.98, thick - 0.02, depth * 0.97, 0.002).moved(0, 0.01, -0.005)
    return joined([*boards, spine]), pages
