"""What usually stands in a room's depth: shelves, sofas, cupboards, a washstand, a bar, goods, a tree with lights.

Each is a function of the corner in which it stands. Lengths are in metres.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ecomgen.scenes.studio.interiors.bodies import (
    CLAY,
    PALE_WOOD,
    SPINES,
    Part,
    art,
    books_and_jars,
    bottle,
    box,
    chimney,
    cushion,
    fire,
    floor_lamp,
    jar,
    lit,
    metal,
    painted,
    pendants,
    plant_in_basket,
    round_mirror,
    table_lamp,
    tiles,
    tuft,
    wood,
)
from ecomgen.scenes.studio.interiors.room import Corner
from ecomgen.scenes.studio.primitives.palette import hexadecimal, lightened
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, lathe, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import paint

Furniture = Callable[[Corner], list[Thing]]
FRONTS = ("#e9e4da", "#8a968a", "#64788a", "#d8cbb8", "#a8b1a6", "#8b8780", "#c08e72")
PALE_FRONTS = ("#f1eee6", "#e9e4da", "#dfe3da", "#e4d8c6", "#c9d3c8")
"""Of kitchens, and of bright ones."""
PACKED = ("#c8553d", "#e3b568", "#4f7c73", "#2f4858", "#d9d2c3", "#8fb8c4", "#a85a72", "#6f8f4e", "#b9794f", "#5b4a6e")
"""What a shop's goods are packed in."""


def shelves(corner: Corner) -> list[Thing]:
    """Boards with books, jars and plants."""
    shot, view, x = corner.shot, corner.view, corner.x
    tint, half, low = wood(shot), shot.uniform(0.7, 1.1), shot.uniform(0.45, 0.62)
    boards, parts = [], []
    for level in np.arange(low, max(view.top, 2.0), shot.uniform(0.38, 0.46)):
        boards.append(box(2 * half, 0.03, 0.26, (x, float(level) - 0.03, 0.14)))
        parts += books_and_jars(shot, x - 0.96 * half, x + 0.96 * half, float(level))
    sides = [box(0.03, max(view.top, 2.0), 0.26, (x + side * half, 0, 0.14)) for side in (-1, 1)]
    return [Thing(joined([*boards, *sides]), Material(tint)), *painted(parts)]


def sofa(corner: Corner) -> list[Thing]:
    """A sofa with cushions under a picture, a floor lamp beside it."""
    shot, x = corner.shot, corner.x
    usual = hexadecimal(shot.choice("#8d8577", "#566052", "#a9744f", "#c9bfae", "#5b6672", "#9d6b5c"))
    colour = paint(dict(shot.wish.painted).get("sofa"), lightened(shot.wish.backdrop_colour, usual))
    z = 0.65
    parts: list[Part] = [
        (box(2.1, 0.26, 0.85, (x, 0.14, z), 0.05), colour),
        (box(2.1, 0.5, 0.22, (x, 0.34, z - 0.32), 0.09), colour),
        *((box(0.2, 0.5, 0.88, (x + side * 1.1, 0.12, z), 0.08), colour) for side in (-1, 1)),
        *((cushion(1.0, 0.42, 0.24).turned(x=-12).moved(x + side * 0.5, 0.4, z - 0.13), colour) for side in (-1, 1)),
    ]
    for at in (-0.78, -0.42, 0.66):
        pillow = lightened(shot.wish.backdrop_colour, hexadecimal(shot.choice(*CLAY)))
        lying = cushion(0.42, 0.4, 0.2).turned(z=shot.uniform(-14, 14)).turned(x=-20)
        parts.append((lying.moved(x + at, 0.42, z + 0.08), pillow))
    lamp = floor_lamp(shot, x + shot.order * 1.5, 0.5)
    return [*painted(parts), *lamp, *art(shot, x + shot.uniform(-0.4, 0.4), shot.uniform(1.2, 1.35))]


def sideboard(corner: Corner) -> list[Thing]:
    """A slatted sideboard on legs with a lamp and a vase of twigs, a picture above."""
    shot, x = corner.shot, corner.x
    tint, high = wood(shot), shot.uniform(0.7, 0.85)
    dark = dimmed(tint, 0.5)
    body = [box(1.7, 0.5, 0.42, (x, high - 0.52, 0.25)), box(1.76, 0.025, 0.46, (x, high - 0.025, 0.25))]
    legs = [box(0.04, high - 0.5, 0.04, (x + side * 0.75, 0, 0.4)) for side in (-1, 1)]
    slats = [box(0.022, 0.46, 0.01, (float(at), high - 0.5, 0.465), 0.003) for at in np.arange(x - 0.8, x + 0.82, 0.05)]
    vase = jar(shot, x + shot.order * 0.4, high, 0.25, 0.34)
    return [
        *painted([(joined([*body, *legs]), dark), (joined(slats), tint), *vase]),
        *table_lamp(shot, x - shot.order * 0.5, high, 0.22),
        *twigs(shot, x + shot.order * 0.4, high + 0.25),
        *art(shot, x + shot.uniform(-0.2, 0.2), high + 0.35),
    ]


def twigs(shot: Shot, x: float, level: float) -> list[Thing]:
    """Thin branches with small leaves or blossom."""
    tint = hexadecimal(shot.choice("#8d9a7b", "#d9c7b8", "#a9895f", "#5f7053"))
    parts: list[Part] = []
    for _ in range(11):
        turn, lean, long = shot.uniform(0, 360), shot.uniform(5, 38), shot.uniform(0.35, 0.7)
        path = xyz(0, np.linspace(0, long, 4), 0.1 * np.linspace(0, 1, 4) ** 2)
        twig = tube(path, [0.004] * 4, segments=5).turned(x=lean, y=turn).moved(x, level, 0.25)
        parts.append((twig, (0.12, 0.08, 0.05)))
        for share in np.linspace(0.25, 1, 8):
            bud = ball(0.5, rings=7).scaled(0.03, 0.055, 0.02).turned(z=shot.uniform(-70, 70))
            at = bud.moved(0.02 * shot.uniform(-1, 1), long * float(share), 0.1 * float(share) ** 2)
            parts.append((at.turned(x=lean, y=turn).moved(x, level, 0.25), tint))
    return painted(parts)


def plant(corner: Corner) -> list[Thing]:
    """A large plant in a basket."""
    shot, x = corner.shot, corner.x
    return plant_in_basket(shot, x, 0.6, high=shot.uniform(1.5, 1.9))


def cupboards(corner: Corner) -> list[Thing]:
    """A kitchen: fronts with frames, a worktop, tiles, a tap, an open shelf or wall cupboards, pendant lamps."""
    shot, view, x = corner.shot, corner.view, corner.x
    front = paint(
        shot.wish.backdrop_colour, hexadecimal(shot.choice(*(PALE_FRONTS if "bright" in shot.wish.mood else FRONTS)))
    )
    right, start, top = view.right + 0.8, shot.uniform(-0.3, 0.3), 0.92
    tint, places = wood(shot), np.arange(start - 4.2, right + 0.6, 0.6).tolist()
    glazed = tiles(
        shot, -right, right, top, 1.62, (0.2, 0.1), hexadecimal(shot.choice("#ece8e0", "#d9dcd6", "#e6d9c8"))
    )
    parts: list[Part] = [
        (box(2 * right, top - 0.04, 0.56, (0, 0, 0.28)), front),
        *(_door(at, 0.1, 0.74, 0.57, front) for at in places),
        (box(2 * right, 0.04, 0.62, (0, top - 0.04, 0.31)), tint),
        *_above_worktop(corner, front, tint),
        *_on_worktop(corner, right, top, tint),
    ]
    knobs = [box(0.14, 0.012, 0.025, (at + 0.3, 0.78, 0.595)) for at in places]
    tap = tube([(0, 0, 0), (0, 0.3, 0), (0, 0.38, 0.06), (0, 0.36, 0.16), (0, 0.3, 0.18)], [0.013] * 5)
    count = 0 if "hanging lamps" in shot.wish.furniture else int(shot.rng.integers(1, 4))
    lamps = pendants(shot, count, view.right, max(view.top, 1.9))
    return [*glazed, *painted(parts), metal(joined([tap.moved(x - 0.5, top, 0.2), *knobs])), *lamps]


def _above_worktop(corner: Corner, front: Colour, tint: Colour) -> list[Part]:
    """An open shelf, or cupboards, where there is no window."""
    shot, (x0, x1) = corner.shot, corner.view.wall
    middle = (x0 + x1) / 2
    if shot.rng.random() < 0.6:
        level = shot.uniform(1.5, 1.62)
        board = box(x1 - x0, 0.04, 0.24, (middle, level - 0.04, 0.12))
        return [(board, tint), *books_and_jars(shot, x0, x1, level)]
    doors = [_door(at, 1.55, 1.2, 0.34, front) for at in np.arange(x0, x1 - 0.5, 0.6).tolist()]
    return [*doors, (box(x1 - x0, 1.3, 0.33, (middle, 1.52, 0.165)), front)]


def _on_worktop(corner: Corner, right: float, top: float, tint: Colour) -> list[Part]:
    """Jars all along, a board that leans against the wall, and herbs in a pot."""
    shot, at, parts = corner.shot, -right, list[Part]()
    while at < right:
        parts += jar(shot, at, top, shot.uniform(0.12, 0.35), 0.4)
        at += shot.uniform(0.22, 0.7)
    board = box(0.26, 0.4, 0.02, (0, 0, 0)).turned(x=-8).moved(-0.6 * corner.x, top, 0.06)
    pot = lathe([(0, 0), (0.08, 0), (0.11, 0.16), (0, 0.14)], segments=20).moved(corner.x, top, 0.25)
    herbs = tuft(shot, (corner.x, top + 0.14, 0.25), 0.3, 30)
    return [*parts, (board, tint), *herbs, (pot, hexadecimal("#b9795a"))]


def _door(x: float, low: float, height: float, z: float, colour: Colour) -> Part:
    """A front with a raised frame."""
    bar, width = 0.06, 0.585
    frame = [
        *(box(width, bar, 0.02, (x + width / 2, y, z), 0.003) for y in (low, low + height - bar)),
        *(box(bar, height, 0.02, (x + side, low, z), 0.003) for side in (bar / 2, width - bar / 2)),
    ]
    return joined(frame), colour


def washstand(corner: Corner) -> list[Thing]:
    """A bathroom: tiles, a round mirror over a basin with a tap, towels, bottles, a plant."""
    shot, view, x, top = corner.shot, corner.view, corner.x, 0.8
    usual = hexadecimal(shot.choice("#e8e6e0", "#c9d2cc", "#b9c4c6", "#d9c9b8", "#6f837c", "#e3d5cb"))
    size, right = (0.1, 0.3) if shot.rng.random() < 0.5 else (0.2, 0.2), view.right + 0.5
    glazed = tiles(shot, -right, right, 0, max(view.top, 1.8), size, paint(shot.wish.backdrop_colour, usual))
    front = paint(shot.wish.backdrop_colour, hexadecimal(shot.choice(*PALE_WOOD)))
    basin = lathe([(0, 0), (0.16, 0), (0.24, 0.14), (0.225, 0.14), (0.14, 0.03), (0, 0.02)], segments=40)
    tap = tube([(0, 0, 0), (0, 0.26, 0), (0, 0.3, 0.05), (0, 0.28, 0.14)], [0.014] * 4).moved(x, top, 0.1)
    soap = _soap(shot, x + 0.36 * shot.side, top)
    rail, towels = _towels(corner) if view.window is None else ([], [])
    parts: list[Part] = [
        (box(1.5, 0.42, 0.5, (x, top - 0.45, 0.27), 0.01), front),
        (box(1.56, 0.03, 0.54, (x, top - 0.03, 0.27), 0.005), (0.82, 0.8, 0.77)),
        (basin.moved(x, top, 0.3), (0.86, 0.86, 0.85)),
        *soap,
        *towels,
    ]
    return [
        *glazed,
        *painted(parts),
        metal(joined([tap, *rail])),
        *round_mirror(x, min(1.25, max(view.top - 0.5, 1.15)) + 0.35, 0.4),
        *plant_in_basket(shot, x - shot.order * 1.05, 0.5, high=1.3),
    ]


def _towels(corner: Corner) -> tuple[list[Shape], list[Part]]:
    """A rail on the wall beside the basin, and the two towels on it."""
    shot, x = corner.shot, corner.x
    towel = lightened(shot.wish.backdrop_colour, hexadecimal(shot.choice("#e9e2d6", "#c7a68c", "#9fb0a8", "#d9cdbc")))
    hung = -x if abs(x) > 0.6 else x - shot.order * 1.2
    rail = box(0.85, 0.018, 0.018, (hung + 0.18, 1.5, 0.1))
    return [rail], [(box(0.34, 0.75, 0.06, (hung + dx, 0.78, 0.12), 0.025), towel) for dx in (0, 0.37)]


def _soap(shot: Shot, x: float, level: float) -> list[Part]:
    """Three bottles of soap, and a folded flannel."""
    parts: list[Part] = [(box(0.24, 0.07, 0.2, (x + 0.28, level, 0.3), 0.03), (0.8, 0.77, 0.72))]
    for number in range(3):
        tall = shot.uniform(0.14, 0.24)
        body = bottle(tall, 0.035, 0.012, (0.7, 0.8)).moved(x + 0.09 * number - 0.1, level, 0.22)
        parts.append((body, hexadecimal(shot.choice("#5b3a1e", "#dcd6cb", "#3f4a42"))))
    return parts


def bar(corner: Corner) -> list[Thing]:
    """A café: lit shelves of bottles, a counter with a machine and candles, hanging lamps."""
    shot, view, x = corner.shot, corner.view, corner.x
    tint, right = wood(shot), view.right + 0.6
    dark = dimmed(tint, 0.6)
    glass = ("#3f5a3c", "#8a5a22", "#c9c2b0", "#5d2b1c", "#2f3b40", "#a9712c")
    parts: list[Part] = [
        (box(2 * right, 1.02, 0.5, (0, 0, 0.95)), dark),
        (box(2 * right, 0.05, 0.62, (0, 1.02, 0.95)), tint),
        *((box(0.02, 0.9, 0.02, (float(at), 0.06, 1.21), 0.004), tint) for at in np.arange(-right, right, 0.12)),
    ]
    for level in (1.18, 1.52, 1.86):
        parts.append((box(2.2, 0.03, 0.24, (x, level - 0.03, 0.15)), tint))
        for at in np.arange(x - 1.05, x + 1.06, 0.1):
            body = bottle(shot.uniform(0.2, 0.3), 0.036, 0.013, (0.6, 0.75), segments=14)
            parts.append((body.moved(float(at), level, 0.16), hexadecimal(shot.choice(*glass))))
    back = lit(box(2.25, 1.05, 0.01, (x, 1.12, 0.012)), (0.95, 0.55, 0.22))
    lamps = pendants(shot, int(3 + 2 * view.right), view.right, max(view.top, 2.0), 0.09)
    flames = [ball(0.5, rings=7).scaled(0.02, 0.045, 0.02) for _ in range(7)]
    tealights = [flame.moved(shot.uniform(-1, 1) * right, 1.08, shot.uniform(0.8, 1.15)) for flame in flames]
    machine = box(0.6, 0.42, 0.4, (-x, 1.07, 0.9), 0.04)
    return [
        *painted(parts),
        back,
        metal(machine, (0.6, 0.6, 0.6)),
        *lamps,
        lit(joined(tealights), (24.0, 14.0, 5.5)),
    ]


def goods(corner: Corner) -> list[Thing]:
    """A shop's lit shelves along the wall: rows of the same carton, tin, bottle or jar, each with its label."""
    shot, view = corner.shot, corner.view
    right, top, step = view.right + 0.3, max(view.top, 2.1), shot.uniform(0.4, 0.46)
    pale, back = hexadecimal(shot.choice("#efebe3", "#d9cdbb", "#c9ced0")), hexadecimal("#cfc9bf")
    parts: list[Part] = [(box(2 * right, top + 0.3, 0.01, (0, 0, 0.006)), back)]
    strips: list[Shape] = []
    for level in np.arange(0.2, top, step).tolist():
        parts.append((box(2 * right, 0.03, 0.36, (0, level - 0.03, 0.18)), pale))
        strips.append(box(2 * right, 0.012, 0.02, (0, level + step - 0.05, 0.33)))
        x = -right
        while x < right:
            x += 0.03 + _row_of_one_kind(shot, parts, (x, level))
    return [*painted(parts), lit(joined(strips), (3.2, 3.0, 2.7))]


def _row_of_one_kind(shot: Shot, parts: list[Part], start: tuple[float, float]) -> float:
    """Add some of the same thing side by side from `start`, (x, level); how many metres they take."""
    (x, level), wide, tall = start, shot.uniform(0.07, 0.15), shot.uniform(0.16, 0.32)
    tint, label = hexadecimal(shot.choice(*PACKED)), hexadecimal(shot.choice("#f3efe6", "#f3efe6", "#2d2c2a"))
    carton, count = shot.rng.random() < 0.5, int(shot.rng.integers(3, 7))
    shoulder = (1.0, 1.0) if shot.rng.random() < 0.5 else (0.6, 0.75)  # a tin, else a bottle
    body = box(wide, tall, 0.16, (0, 0, 0)) if carton else bottle(tall, 0.45 * wide, 0.16 * wide, shoulder, segments=14)
    band = box(0.7 * wide, 0.34 * tall, 0.004, (0, 0.22 * tall, 0.085 if carton else 0.46 * wide))
    for number in range(count):
        at = x + (number + 0.5) * (wide + 0.008), level, 0.24
        parts += [(body.moved(*at), tint), (band.moved(*at), label)]
    return count * (wide + 0.008)


def office(corner: Corner) -> list[Thing]:
    """Shelves, prints on the wall, a lamp on a cabinet, a plant."""
    shot, x = corner.shot, corner.x
    things, other = shelves(corner), -x
    parts: list[Part] = [(box(0.9, 0.72, 0.42, (other, 0, 0.25), 0.01), (0.74, 0.72, 0.68))]
    for number in range(0 if corner.view.window else 3):
        at = other - 0.45 + 0.42 * number, shot.uniform(1.3, 1.36), 0.02
        parts.append((box(0.32, 0.42, 0.02, at), wood(shot)))
        parts.append((box(0.27, 0.37, 0.02, (at[0], at[1] + 0.025, 0.025)), hexadecimal(shot.choice(*SPINES))))
    lamp = table_lamp(shot, other - 0.2, 0.72, 0.25, 0.45)
    return [*things, *painted(parts), *lamp, *plant_in_basket(shot, other + 0.85 * np.sign(other or 1), 0.5, high=1.3)]


def fir_tree(corner: Corner) -> list[Thing]:
    """A Christmas tree with lights and glass balls, presents below, a mantelpiece with candles opposite."""
    shot, x = corner.shot, corner.x
    parts: list[Part] = []
    bulbs = []
    for _ in range(650):
        share = shot.rng.random() ** 1.25
        turn, reach = shot.uniform(0, 360), 0.82 * (1.03 - share) * shot.uniform(0.55, 1.0)
        spray = ball(0.5, rings=5).scaled(0.075, 0.06, 0.3).turned(x=shot.uniform(-6, 34)).moved(0, 0, reach)
        green = (0.03 * shot.uniform(0.6, 1.8), 0.075 * shot.uniform(0.6, 1.8), 0.035)
        parts.append((spray.turned(y=turn).moved(x, 0.25 + 1.95 * share, 0.95), green))
    for _ in range(70):
        share, turn = shot.rng.random(), shot.uniform(-100, 100)
        out = 0.84 * (1.04 - share)
        at = x + out * np.sin(np.radians(turn)), 0.25 + 1.95 * share, 0.95 + out * np.cos(np.radians(turn))
        bulbs.append(ball(0.014, rings=7).moved(*at))
        if shot.rng.random() < 0.5:
            tint = hexadecimal(shot.choice("#b3262b", "#c9a24e", "#d8d5cf", "#8c1f2d"))
            parts.append((ball(0.045, rings=11).moved(at[0] + 0.06, at[1] - 0.12, at[2]), tint))
    for _ in range(5):
        side = shot.uniform(0.16, 0.32)
        paper = hexadecimal(shot.choice("#8e1c22", "#e9e2d2", "#2f4a3a", "#c69a4a"))
        parts.append((box(side, 0.7 * side, side, (x + shot.uniform(-0.8, 0.8), 0, shot.uniform(1.1, 1.6))), paper))
    return [*painted(parts), lit(joined(bulbs), (26.0, 16.0, 7.0)), *_mantel(shot, -0.95 * x)]


def _mantel(shot: Shot, x: float) -> list[Thing]:
    """A chimney piece with candles on it over a fire."""
    parts: list[Part] = []
    flames = []
    for at in (-0.5, -0.36, 0.3, 0.46):
        tall = shot.uniform(0.12, 0.28)
        stick = lathe([(0.03, 0), (0.03, tall), (0, tall)], segments=14)
        parts.append((stick.moved(x + at, 1.12, 0.2), (0.8, 0.74, 0.62)))
        flames.append(ball(0.5, rings=9).scaled(0.018, 0.05, 0.018).moved(x + at, 1.13 + tall, 0.2))
    stone = hexadecimal(shot.choice("#d8d0c4", "#8d8378", "#a85f45"))
    return [*chimney(x, stone), *painted(parts), lit(joined(flames), (26.0, 15.0, 5.5)), *fire(shot, x)]


def by_name(*furniture: Furniture) -> dict[str, Furniture]:
    """Furniture by the words of its function's name."""
    return {one.__name__.replace("_", " "): one for one in furniture}


FURNITURE = by_name(shelves, sofa, sideboard, plant, cupboards, washstand, bar, goods, office, fir_tree)
