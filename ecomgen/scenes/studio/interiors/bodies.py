"""Bodies that several pieces of furniture share, in metres; how rough they are is the photograph's to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.primitives.palette import from_oklch, hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, block, joined, lathe, tube, wall
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.shot import Shot

WOOD = ("#6b4a30", "#8a6240", "#a47c55", "#4a3324", "#c2a27c")
PALE_WOOD = ("#a47c55", "#c2a27c", "#b9a284", "#d9d2c6", "#8f9a90")
CLAY = ("#e6ddd0", "#b9795a", "#c9b49a", "#5d6a62", "#d8c7b0", "#3f4448", "#9aa79f")
SPINES = ("#d9cfc0", "#a4482f", "#2f4858", "#c79a4b", "#5e6b57", "#e8e2d6", "#7d3b35", "#8fa3ad", "#33302d")
SILVER = (0.9, 0.9, 0.9)
MILKY = (3.6, 2.9, 2.0)
SHADE = (1.9, 1.4, 0.85)
"""The light of a lamp of milky glass, and of a cloth shade; 1 is white paper."""
IRON, BRASS = (0.03, 0.03, 0.032), (0.62, 0.45, 0.2)

VESSELS = (
    ((0, 0), (0.3, 0), (0.46, 0.3), (0.44, 0.55), (0.18, 0.8), (0.2, 1.0), (0.0, 0.98)),
    ((0, 0), (0.24, 0), (0.26, 0.55), (0.1, 0.75), (0.1, 1.0), (0.0, 1.0)),
    ((0, 0), (0.3, 0), (0.62, 0.35), (0.6, 0.36), (0.0, 0.12)),
    ((0, 0), (0.28, 0), (0.36, 0.5), (0.3, 0.5), (0.0, 0.44)),
)
"""Outlines of a vase, a bottle, a bowl and a pot: radius and height, 1 being how high they are."""

Part = tuple[Shape, Colour]


def wood(shot: Shot) -> Colour:
    return hexadecimal(shot.choice(*WOOD))


def box(width: float, height: float, depth: float, at: tuple[float, float, float], edge: float = 0.006) -> Shape:
    """A box whose foot's middle is `at`."""
    return block(width, height, depth, edge).moved(*at)


def lit(shape: Shape, glow: Colour) -> Thing:
    return Thing(shape, Material((0.8, 0.8, 0.8), glow=glow))


def metal(shape: Shape, colour: Colour = BRASS) -> Thing:
    return Thing(shape, Material(colour, metallic=1.0))


def round_mirror(x: float, y: float, radius: float) -> list[Thing]:
    """A round mirror in a rim of brass on the far wall, its middle at (x, y)."""
    rim = lathe([(radius, 0), (radius + 0.025, 0), (radius + 0.025, 0.03), (radius, 0.03)], segments=64).turned(x=90)
    glass = lathe([(0, 0.012), (radius, 0.012)], segments=64).turned(x=90)
    return [metal(rim.moved(x, y, 0.03)), metal(glass.moved(x, y, 0.035), SILVER)]


def painted(parts: Sequence[Part]) -> list[Thing]:
    """Many bodies, each in its colour, as one thing."""
    if not parts:
        return []
    count = len(parts)
    shapes = [
        replace(shape, uv=np.full((len(shape.points), 2), ((number + 0.5) / count, 0.5), np.float32))
        for number, (shape, _) in enumerate(parts)
    ]
    palette = np.asarray([[colour for _, colour in parts]] * 2, dtype=np.float32)
    return [Thing(joined(shapes), Material(palette))]


def books_and_jars(shot: Shot, x0: float, x1: float, level: float) -> list[Part]:
    """Books in groups, with vases, jars and plants between them, on a board at the height `level`."""
    parts: list[Part] = []
    x = x0
    while x < x1 - 0.06:
        if shot.rng.random() < 0.55:
            for _ in range(int(shot.rng.integers(3, 9))):
                thick, tall = shot.uniform(0.02, 0.045), shot.uniform(0.19, 0.29)
                if x + thick > x1:
                    break
                book = box(thick, tall, 0.19, (x + thick / 2, level, 0.13), 0.003)
                parts.append((book, hexadecimal(shot.choice(*SPINES))))
                x += thick
        else:
            parts += jar(shot, x + 0.07, level, 0.13)
            x += 0.16
        x += shot.uniform(0.02, 0.14)
    return parts


def jar(shot: Shot, x: float, level: float, z: float, room: float = 0.3) -> list[Part]:
    """A bellied vase, a bottle, a bowl, or a pot with a small plant in it."""
    tint, size = hexadecimal(shot.choice(*CLAY)), min(shot.uniform(0.16, 0.3), room)
    profile = shot.choice(*VESSELS)
    body = lathe(size * np.array(profile), segments=20).moved(x, level, z)
    planted = tuft(shot, (x, level + 0.45 * size, z), 0.55 * size) if profile is VESSELS[-1] else []
    return [(body, tint), *planted]


def tuft(shot: Shot, at: tuple[float, float, float], reach: float, leaves: int = 22) -> list[Part]:
    """Leaves round a point, upwards and outwards."""
    parts: list[Part] = []
    for _ in range(leaves):
        lean, turn, far = shot.uniform(-80, 80), shot.uniform(0, 360), reach * shot.uniform(0.3, 1.0)
        blade = ball(0.5, rings=7).scaled(0.3 * reach, 0.62 * reach, 0.06 * reach).moved(0, far - 0.3 * reach, 0)
        green = from_oklch(shot.uniform(0.42, 0.6), shot.uniform(0.06, 0.1), shot.uniform(122, 145))
        parts.append((blade.turned(x=lean, y=turn).moved(*at), green))
    return parts


def plant_in_basket(shot: Shot, x: float, z: float, high: float = 1.5) -> list[Thing]:
    """A large plant whose leaves arch out of a basket or a pot."""
    pot, tall = hexadecimal(shot.choice("#b98f62", "#d8cfc2", "#8c8a84", "#a96a4a")), 0.24 * high
    vessel = lathe([(0, 0), (0.13 * high, 0), (0.17 * high, tall), (0.15 * high, tall), (0, 0.9 * tall)], segments=28)
    parts: list[Part] = [(vessel.moved(x, 0, z), pot)]
    long, slim, count = shot.uniform(0.2, 0.36) * high, shot.uniform(0.22, 0.5), int(shot.uniform(26, 44))
    for number in range(count):
        turn, lean = 137.5 * number, shot.uniform(4, 68)
        out = high * shot.uniform(0.25, 0.62)
        tip = tall + out * np.cos(np.radians(lean))
        side = out * np.sin(np.radians(lean))
        blade = ball(0.5, rings=9).scaled(slim * long, long, 0.05 * long).moved(0, -0.5 * long)
        green = from_oklch(shot.uniform(0.4, 0.58), shot.uniform(0.06, 0.1), shot.uniform(125, 148))
        blade = blade.turned(x=lean + shot.uniform(10, 45)).moved(0, tip, side)
        parts.append((blade.turned(y=turn).moved(x, 0, z), green))
        if number % 3 == 0:
            stem = tube([(0, 0.8 * tall, 0), (0, 0.6 * tip, 0.3 * side), (0, tip, side)], [0.008] * 3, segments=5)
            parts.append((stem.turned(y=turn).moved(x, 0, z), (0.08, 0.1, 0.04)))
    return painted(parts)


def bottle(tall: float, wide: float, neck: float, shoulder: tuple[float, float], segments: int = 16) -> Shape:
    """A bottle of half those widths, between the shares of its height at which its shoulder begins and ends."""
    begin, end = (share * tall for share in shoulder)
    return lathe([(0, 0), (wide, 0), (wide, begin), (neck, end), (neck, tall), (0, tall)], segments=segments)


def table_lamp(shot: Shot, x: float, level: float, z: float, size: float = 0.5) -> list[Thing]:
    """A turned foot and a lit shade of cloth."""
    foot = lathe(
        [(0, 0), (0.18 * size, 0), (0.22 * size, 0.2 * size), (0.05 * size, 0.45 * size), (0, 0.5 * size)], segments=24
    )
    shade = lathe(size * np.array(_shade(shot)), segments=32)
    tint = hexadecimal(shot.choice(*CLAY))
    return [Thing(foot.moved(x, level, z), Material(tint)), lit(shade.moved(x, level, z), SHADE)]


def floor_lamp(shot: Shot, x: float, z: float) -> list[Thing]:
    """A thin stand and a lit shade of cloth."""
    stand = joined([box(0.025, 1.45, 0.025, (x, 0, z)), box(0.3, 0.02, 0.3, (x, 0, z), 0.008)])
    shade = lathe([(0.68 * r, 1.05 + 0.7 * h) for r, h in _shade(shot)], segments=32)
    return [
        Thing(stand, Material(hexadecimal(shot.choice("#1d1d1e", "#8a6a3a", "#8a6240")))),
        lit(shade.moved(x, 0, z), SHADE),
    ]


def _shade(shot: Shot) -> list[tuple[float, float]]:
    """A lamp's shade, a cone, a drum, a dome or a globe, from the lamp's middle up to its height of 1."""
    dome = [(0.38 * np.cos(a), 0.55 + 0.4 * np.sin(a)) for a in np.linspace(0, np.pi / 2, 9)]
    globe = [(0.26 * np.cos(a), 0.74 + 0.26 * np.sin(a)) for a in np.linspace(-np.pi / 2, np.pi / 2, 13)]
    return shot.choice([(0.36, 0.5), (0.24, 1.0)], [(0.32, 0.5), (0.32, 0.95)], dome, globe)


def pendants(shot: Shot, count: int, right: float, high: float, size: float = 0.1) -> list[Thing]:
    """Lamps on wires, at several distances from the wall."""
    bulbs, wires = [], []
    for number in range(count):
        x = right * (-1 + (2 * number + shot.uniform(0.4, 1.6)) / max(count, 1))
        y, z = shot.uniform(0.62, 0.95) * high, shot.uniform(0.6, 1.8)
        bulbs.append(ball(size, rings=15).moved(x, y, z))
        wires.append(box(0.012, 2.0, 0.012, (x, y + 2 * size, z)))
    return [lit(joined(bulbs), MILKY), Thing(joined(wires), Material(IRON))] if bulbs else []


def art(shot: Shot, x: float, low: float) -> list[Thing]:
    """A framed print: two round shapes, the bands of a landscape, a branch, or an arch."""
    wide, high = shot.uniform(0.45, 0.7), shot.uniform(0.55, 0.85)
    frame = hexadecimal(shot.choice(*WOOD, "#1f1f20", "#e9e5dc"))
    paper = from_oklch(shot.uniform(0.86, 0.94), 0.02, shot.uniform(40, 110))
    parts: list[Part] = [
        (box(wide, high, 0.03, (x, low, 0.03)), frame),
        (box(wide - 0.05, high - 0.05, 0.03, (x, low + 0.025, 0.035)), paper),
    ]
    motif = shot.choice(_round_shapes, _bands, _branch, _arch)
    parts += [(shape.moved(x, low + 0.5 * high, 0.052), tint) for shape, tint in motif(shot, wide, high)]
    return painted(parts)


def _flat(width: float, height: float) -> Shape:
    """An ellipse on the wall about the origin."""
    return ball(0.5, rings=15).moved(y=-0.5).scaled(width, height, 0.004)


def _print_colour(shot: Shot) -> Colour:
    return from_oklch(shot.uniform(0.35, 0.75), shot.uniform(0.03, 0.1), shot.uniform(10, 290))


def _round_shapes(shot: Shot, wide: float, high: float) -> list[Part]:
    places = [(shot.uniform(-0.12, 0.12) * wide, shot.uniform(-0.2, 0.2) * high) for _ in range(2)]
    return [(_flat(0.42 * wide, 0.36 * high).moved(*place), _print_colour(shot)) for place in places]


def _bands(shot: Shot, wide: float, high: float) -> list[Part]:
    edges = np.sort(shot.rng.uniform(-0.36, 0.3, 4)) * high
    width = 0.76 * wide
    return [
        (box(width, float(top - edge), 0.002, (0, float(edge), 0.001 * k), 0.0005), _print_colour(shot))
        for k, (edge, top) in enumerate(zip(edges, [*edges[1:], 0.38 * high], strict=True))
    ]


def _branch(shot: Shot, wide: float, high: float) -> list[Part]:
    tint = from_oklch(shot.uniform(0.35, 0.55), 0.06, shot.uniform(100, 150))
    parts: list[Part] = [(box(0.006, 0.7 * high, 0.002, (0, -0.35 * high, 0), 0.0005), tint)]
    for k in range(9):
        side = 1 - 2 * (k % 2)
        leaf = _flat(0.13 * wide, 0.2 * high).moved(y=0.1 * high).turned(z=-side * 55)
        parts.append((leaf.moved(0, (-0.3 + 0.065 * k) * high, 0), tint))
    return parts


def _arch(shot: Shot, wide: float, high: float) -> list[Part]:
    parts: list[Part] = []
    for k, share in enumerate((1.0, 0.68, 0.36)):
        width, tint = 0.62 * wide * share, _print_colour(shot)
        top = -0.32 * high + 0.42 * high * share
        parts.append((box(width, 0.42 * high * share, 0.002, (0, -0.32 * high, 0.001 * k), 0.0005), tint))
        parts.append((_flat(width, width).moved(0, top, 0.001 * k), tint))
    return parts


def chimney(x: float, stone: Colour) -> list[Thing]:
    """A chimney piece of stone about a black hearth, with its mantelshelf."""
    parts: list[Part] = [
        *((box(0.28, 1.05, 0.3, (x + side * 0.52, 0, 0.15)), stone) for side in (-1, 1)),
        (box(1.32, 0.22, 0.3, (x, 0.85, 0.15)), stone),
        (box(1.5, 0.05, 0.4, (x, 1.07, 0.18)), stone),
        (box(0.8, 0.86, 0.02, (x, 0, 0.01)), (0.02, 0.015, 0.012)),
    ]
    return painted(parts)


def fire(shot: Shot, x: float) -> list[Thing]:
    """Burning logs in a hearth: red flames about yellow ones, the tallest in the middle, over embers."""
    outer: list[Shape] = []
    inner: list[Shape] = []
    for number in range(44):
        at = float(np.clip(shot.rng.normal(0, 0.15), -0.3, 0.3))
        tall = shot.uniform(0.1, 0.38) * (1 - 2.2 * abs(at)) + 0.05
        hot = number % 3 == 0
        flame = lathe([(0.0, 0), (0.05, 0.25 * tall), (0.03, 0.6 * tall), (0.0, tall)], segments=8)
        flame = flame.scaled(*(0.8, 0.6, 0.8) if hot else (1, 1, 1)).turned(z=shot.uniform(-9, 9))
        (inner if hot else outer).append(flame.moved(x + at, 0.1, 0.24 * hot + 0.14 + shot.uniform(0, 0.06)))
    logs = [
        tube([(x - 0.28, y, 0.2), (x + 0.28, y + 0.02, 0.2 + dz)], [0.05, 0.045])
        for y, dz in ((0.06, 0.05), (0.13, -0.04))
    ]
    embers = box(0.6, 0.05, 0.2, (x, 0.02, 0.24), 0.02)
    return [
        lit(joined(outer), (3.6, 1.0, 0.12)),
        lit(joined(inner), (5.0, 2.5, 0.4)),
        lit(embers, (2.6, 0.5, 0.06)),
        Thing(joined(logs), Material((0.05, 0.03, 0.02))),
    ]


def cushion(width: float, height: float, depth: float) -> Shape:
    """A stuffed cushion standing on y = 0: full in the middle, thin towards its edges."""
    made = block(width, height, depth, 0.45 * depth)
    x, y = 2 * made.points[:, 0] / width, 2 * made.points[:, 1] / height - 1
    full = 0.35 + 0.65 * np.sqrt(np.clip((1 - np.abs(x) ** 3) * (1 - np.abs(y) ** 3), 0, 1))
    points = made.points.astype(np.float64)
    points[:, 2] *= full
    return made.through(points)


def tiles(
    shot: Shot, x0: float, x1: float, y0: float, y1: float, size: tuple[float, float], tint: Colour
) -> list[Thing]:
    """A wall of glazed tiles, each a little lighter or darker, the joints dull between them."""
    columns, rows = max(round((x1 - x0) / size[0]), 1), max(round((y1 - y0) / size[1]), 1)
    joint = Thing(box(x1 - x0, y1 - y0, 0.006, ((x0 + x1) / 2, y0, 0.004)), Material((0.42, 0.41, 0.39)))
    wide, high = (x1 - x0) / columns, (y1 - y0) / rows
    tile = wall(-wide / 2 + 0.003, wide / 2 - 0.003, 0, high - 0.006, 0)
    parts: list[Part] = []
    for row in range(rows):
        shift = 0.5 * wide * (row % 2) * (size[0] != size[1])
        for column in range(columns):
            at = x0 + (column + 0.5) * wide + shift, y0 + row * high + 0.003, 0.01
            parts.append((tile.moved(*at), dimmed(tint, shot.uniform(0.86, 1.06))))
    return [joint, *painted(parts)]
