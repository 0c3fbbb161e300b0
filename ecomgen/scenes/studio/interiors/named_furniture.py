"""Furniture that a prompt names: a fireplace, an armchair, a bed, a lamp, a blackboard, tools, a mirror, barrels …"""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.interiors.bodies import (
    IRON,
    PALE_WOOD,
    Part,
    art,
    box,
    chimney,
    cushion,
    fire,
    floor_lamp,
    jar,
    lit,
    metal,
    painted,
    plant_in_basket,
    round_mirror,
    table_lamp,
)
from ecomgen.scenes.studio.interiors.furniture import by_name
from ecomgen.scenes.studio.interiors.room import Corner, WallView
from ecomgen.scenes.studio.primitives.palette import from_oklch, hexadecimal, lightened, toned
from ecomgen.scenes.studio.primitives.shapes import ball, joined, lathe, sheet, tube
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import paint

TOYS = ("#e58f7b", "#f2c14e", "#7fb7be", "#8cb48a", "#b79bd0", "#f0a6b8")
STEEL = (0.42, 0.44, 0.46)
LAMPLIGHT = (3.2, 2.3, 1.2)  # of a lit bulb


def fireplace(corner: Corner) -> list[Thing]:
    """A chimney piece of stone with a fire of logs in it, a mirror or a print above."""
    shot, x = corner.shot, corner.x
    stone = hexadecimal(shot.choice("#cfc6b8", "#a8a097", "#e4ded2"))
    return [*chimney(x, stone), *fire(shot, x), *art(shot, x, 1.3)]


def armchair(corner: Corner) -> list[Thing]:
    """A leather armchair with its cushion, a lamp beside it."""
    shot, x = corner.shot, corner.x
    leather = hexadecimal(shot.wish.colour_of("armchair") or shot.choice("#6b3a20", "#7d4a2b", "#3f2a1e", "#54603f"))
    z = 0.9
    parts: list[Part] = [
        (box(0.78, 0.3, 0.75, (x, 0.14, z), 0.05), leather),
        (box(0.8, 0.62, 0.2, (x, 0.4, z - 0.32), 0.09), leather),
        *((box(0.16, 0.5, 0.78, (x + side * 0.44, 0.14, z), 0.07), leather) for side in (-1, 1)),
        (box(0.6, 0.14, 0.6, (x, 0.42, z + 0.04), 0.06), leather),
    ]
    legs = [box(0.04, 0.15, 0.04, (x + a * 0.36, 0, z + b * 0.32)) for a in (-1, 1) for b in (-1, 1)]
    return [*painted(parts), Thing(joined(legs), Material(IRON)), *floor_lamp(shot, x + shot.order * 0.85, 0.5)]


def bed(corner: Corner) -> list[Thing]:
    """A made bed seen from its side: an upholstered headboard, pillows in two rows, a duvet, a throw."""
    shot, x = corner.shot, corner.x
    told = dict(shot.wish.painted).get("bed", shot.wish.backdrop_colour)
    linen = lightened(told, hexadecimal(shot.choice("#efeae2", "#dfe3e2", "#e6d9cc")))
    board = paint(told, hexadecimal(shot.choice("#9c7a5a", "#b9b0a2", "#8f8a80")))
    throw = lightened(told, from_oklch(0.62, 0.07, shot.uniform(20, 260)))
    parts: list[Part] = [
        (box(1.9, 1.2, 0.12, (x, 0, 0.08), 0.05), board),
        (box(1.8, 0.3, 2.0, (x, 0.08, 1.15), 0.04), board),
        (box(1.78, 0.24, 1.96, (x, 0.36, 1.15), 0.1), linen),
        (box(1.9, 0.2, 1.35, (x, 0.46, 1.5), 0.1), linen),
        (box(1.94, 0.12, 0.5, (x, 0.57, 1.85), 0.05), throw),
    ]
    for z, wide, lean in ((0.24, 0.8, -14), (0.42, 0.62, -22)):
        for side in (-1, 1):
            pillow = cushion(wide, 0.5, 0.2).turned(z=shot.uniform(-5, 5)).turned(x=lean)
            parts.append((pillow.moved(x + side * 0.44, 0.56, z), linen))
    stand = box(0.46, 0.5, 0.4, (x + shot.order * 1.3, 0, 0.3), 0.02)
    lamp = table_lamp(shot, x + shot.order * 1.3, 0.5, 0.3)
    return [*painted(parts), Thing(stand, Material(board)), *lamp, *art(shot, x, 1.5)]


def lamp(corner: Corner) -> list[Thing]:
    """A standing lamp, lit."""
    shot, x = corner.shot, corner.x
    return floor_lamp(shot, x + shot.uniform(-0.2, 0.2), 0.6)


def hanging_lamps(corner: Corner) -> list[Thing]:
    """Three lamps in a row under shades of metal, lit."""
    shot, view = corner.shot, corner.view
    shade = lathe([(0.04, 0.26), (0.06, 0.2), (0.15, 0.1), (0.19, 0.0), (0.18, 0.0), (0.0, 0.1)], segments=28)
    bulb, wire = ball(0.11, rings=15), box(0.012, 2.0, 0.012, (0, 0.25, 0))
    level = max(view.top - 0.62, 1.25)
    places = [(x * 0.66 * view.right + shot.order * 0.1, level, 1.1) for x in (-1, 0, 1)]
    shades, wires, bulbs = (joined([shape.moved(*at) for at in places]) for shape in (shade, wire, bulb.moved(y=-0.06)))
    metal_of = hexadecimal(shot.choice("#1d1d1e", "#7a5a2c", "#23302b"))
    return [Thing(shades, Material(metal_of)), Thing(wires, Material(IRON)), lit(bulbs, LAMPLIGHT)]


def blackboard(corner: Corner) -> list[Thing]:
    """A school's blackboard in its frame, with chalk on it and a ledge below."""
    shot, x = corner.shot, corner.x
    middle = 0.4 * x
    parts: list[Part] = [
        (box(2.5, 1.3, 0.04, (middle, 0.95, 0.02)), (0.22, 0.13, 0.07)),
        (box(2.38, 1.18, 0.04, (middle, 1.01, 0.03)), (0.03, 0.055, 0.045)),
        (box(2.5, 0.03, 0.12, (middle, 0.92, 0.08)), (0.22, 0.13, 0.07)),
    ]
    for _ in range(26):
        tone, long = shot.uniform(0.3, 0.6), shot.uniform(0.06, 0.4)
        at = middle + shot.uniform(-1.1, 0.8), shot.uniform(1.1, 2.1), 0.052
        parts.append((box(long, 0.016, 0.002, at, 0.0005), (tone, tone, tone)))
    return painted(parts)


def lockers(corner: Corner) -> list[Thing]:
    """A row of tall lockers of painted sheet, with slots in their doors, handles and a plinth."""
    shot, right = corner.shot, corner.view.right + 0.5
    coat = paint(shot.wish.colour_of("lockers"), hexadecimal(shot.choice("#38597a", "#4f7268", "#8f3b34", "#7d858b")))
    dark = toned(coat, lightness=0.55)
    parts: list[Part] = [
        (box(2 * right, 1.9, 0.4, (0, 0.1, 0.2)), dark),
        (box(2 * right, 0.1, 0.38, (0, 0, 0.2)), IRON),
    ]
    grips = []
    for x in np.arange(-right, right, 0.36):
        parts.append((box(0.345, 1.86, 0.02, (float(x), 0.12, 0.41), 0.006), coat))
        parts += [
            (box(0.16, 0.012, 0.004, (float(x), y, 0.421), 0.001), dark) for y in (1.7, 1.74, 1.78, 1.82, 0.3, 0.34)
        ]
        grips.append(box(0.025, 0.13, 0.03, (float(x) + 0.12, 1.06, 0.43), 0.006))
    return [*painted(parts), metal(joined(grips), STEEL)]


def tools(corner: Corner) -> list[Thing]:
    """A board on which hammers, saws and spanners hang, over a bench with cans and a toolbox."""
    shot, view = corner.shot, corner.view
    right = view.right + 0.5
    board = hexadecimal(shot.choice("#7a5c3c", "#4a5257", "#93795a"))
    parts: list[Part] = [
        (box(2 * right, 1.5, 0.02, (0, 0.9, 0.01)), board),
        (box(2 * right, 0.07, 0.6, (0, 0.82, 0.3)), (0.3, 0.19, 0.1)),
        (box(2 * right, 0.7, 0.5, (0, 0.05, 0.25)), (0.1, 0.105, 0.11)),
    ]
    steel: list = []
    at, number = -right, int(shot.rng.integers(4))
    while at < right:
        high = shot.uniform(1.55, 1.85)
        handle, tint = _hung(number % 4, at, high, shot)
        parts.append((handle, tint))
        steel += _steel(number % 4, at, high)
        at, number = at + shot.uniform(0.16, 0.26), number + int(shot.rng.integers(1, 4))
    at = -right
    while at < right:
        wide, high = shot.uniform(0.1, 0.34), shot.uniform(0.12, 0.28)
        can = hexadecimal(shot.choice("#a8342c", "#d9a441", "#2f4f6e", "#8d9196", "#e4e0d6", "#41613f"))
        tin = lathe([(0, 0), (wide / 2, 0), (wide / 2, high), (0, high)], segments=20)
        body = tin if wide < 0.2 else box(wide, high, 0.2, (0, 0, 0))
        parts.append((body.moved(at, 0.89, 0.25), can))
        at += wide + shot.uniform(0.05, 0.3)
    return [*painted(parts), metal(joined(steel), STEEL)]


def _hung(kind: int, x: float, y: float, shot: Shot) -> Part:
    """The handle of a hammer, a saw, a spanner or a screwdriver that hangs at (x, y)."""
    tint = hexadecimal(shot.choice("#a8342c", "#d9a441", "#b98a55", "#2f4f6e", "#c9752f"))
    sizes = ((0.03, 0.3, 0.02), (0.11, 0.11, 0.02), (0.02, 0.04, 0.01), (0.035, 0.13, 0.035))
    return box(*sizes[kind], (x, y - (0.3 if kind == 0 else 0.0), 0.04)), tint


def _steel(kind: int, x: float, y: float) -> list:
    """What of it is of steel."""
    if kind == 0:
        return [box(0.13, 0.045, 0.035, (x, y - 0.02, 0.045))]
    if kind == 1:
        return [box(0.1, 0.42, 0.004, (x, y - 0.42, 0.04), 0.001)]
    if kind == 2:
        end = lathe([(0.02, 0), (0.045, 0), (0.045, 0.012), (0.02, 0.012)], segments=16).turned(x=90)
        return [box(0.02, 0.3, 0.01, (x, y - 0.3, 0.04)), end.moved(x, y, 0.04), end.moved(x, y - 0.3, 0.04)]
    return [box(0.012, 0.18, 0.012, (x, y - 0.18, 0.04))]


def lounge(corner: Corner) -> list[Thing]:
    """A hall with tall panes of light, a row of seats and lamps along the ceiling."""
    shot, view, x = corner.shot, corner.view, corner.x
    right = view.right + 0.6
    panes = [box(0.86, 2.4, 0.01, (float(at), 0.4, 0.02)) for at in np.arange(-right, right + 0.5, 1.0)]
    seat = paint(shot.wish.prop_colour, hexadecimal(shot.choice("#3a4654", "#6b3a20", "#2f2f33")))
    parts: list[Part] = []
    for number in range(-2, 4):
        at = x + 0.62 * number
        parts += [
            (box(0.56, 0.1, 0.52, (at, 0.36, 1.0), 0.04), seat),
            (box(0.56, 0.46, 0.1, (at, 0.42, 0.76), 0.04), seat),
            (box(0.05, 0.36, 0.3, (at, 0, 1.0)), IRON),
        ]
    spots = [ball(0.07, rings=9).moved(float(at), 2.35, 0.8) for at in np.arange(-right, right, 0.7)]
    return [
        lit(joined(panes), (0.9, 0.98, 1.1)),
        *painted(parts),
        lit(joined(spots), (3.4, 3.1, 2.6)),
        *plant_in_basket(shot, -x, 0.6, high=1.5),
    ]


def gym(corner: Corner) -> list[Thing]:
    """Racks of weights before the wall, a rack of steel, tubes of light above."""
    shot, view, x = corner.shot, corner.view, corner.x
    right = view.right + 0.4
    black: list = []
    grips: list = []
    for level in (0.5, 0.95):
        black.append(box(2 * right, 0.04, 0.36, (0, level - 0.04, 0.4)))
        for at in np.arange(-right, right, 0.36):
            for dx in (-0.08, 0.08):
                plate = lathe([(0, 0), (0.075, 0), (0.075, 0.07), (0, 0.07)], segments=20).turned(z=90)
                black.append(plate.moved(float(at) + dx, level + 0.08, 0.42))
            grips.append(box(0.14, 0.03, 0.03, (float(at), level + 0.065, 0.42)))
    frame = [box(0.08, 2.3, 0.08, (x + side * 0.6, 0, 1.0)) for side in (-1, 1)] + [box(1.3, 0.08, 0.08, (x, 2.2, 1.0))]
    tubes = [box(0.7, 0.04, 0.06, (float(at), 2.45, 0.6)) for at in np.linspace(-0.8, 0.8, 3) * right]
    stripe = box(2 * right, 0.12, 0.01, (0, 1.55, 0.01))
    return [
        Thing(joined([*black, *frame]), Material((0.045, 0.045, 0.05))),
        metal(joined(grips), STEEL),
        lit(joined(tubes), (5.0, 5.2, 5.6)),
        Thing(stripe, Material(hexadecimal(shot.choice("#c9752f", "#d9a441", "#a8342c")))),
    ]


def nursery(corner: Corner) -> list[Thing]:
    """A children's room: bunting along the wall, a shelf with toys, a tent of cloth or a low bed, a soft rug."""
    shot, view, x = corner.shot, corner.view, corner.x
    rug = lathe([(1.0, 0), (1.0, 0.02), (0, 0.02)], segments=48).moved(0.3 * x, 0, 1.6)
    pitched = shot.turn("tent", "shelf") == "tent" and "play tent" not in shot.wish.furniture
    first = _tent_of_cloth if pitched else _low_bed
    flags = painted(_bunting(shot, view))
    return [*flags, Thing(rug, Material(hexadecimal("#efe6da"))), *first(shot, x), *_toy_shelf(shot, -0.85 * x)]


def play_tent(corner: Corner) -> list[Thing]:
    """A tent that children play in."""
    return _tent_of_cloth(corner.shot, corner.x)


def _bunting(shot: Shot, view: WallView) -> list[Part]:
    """Small flags on a string that sags between its ends."""
    high, sag, shift = min(2.1, view.top - 0.15), shot.uniform(0.1, 0.18), shot.uniform(0, 6)
    parts: list[Part] = []
    for number, x in enumerate(np.arange(-view.right - 0.3, view.right + 0.3, 0.2)):
        y = high - sag * (1 - np.cos(2.2 * x + shift))
        flag = sheet(
            [[(x - 0.08, y, 0.06), (x + 0.08, y, 0.06)], [(x - 0.001, y - 0.22, 0.06), (x + 0.001, y - 0.22, 0.06)]]
        )
        parts.append((flag, hexadecimal(TOYS[number % len(TOYS)])))
    return parts


def _toy_shelf(shot: Shot, x: float) -> list[Thing]:
    """A low white shelf of two rows, blocks, balls and a bear in it and on it."""
    white, wide = (0.74, 0.72, 0.68), 1.3
    parts: list[Part] = [(box(wide, 0.025, 0.32, (x, y, 0.2)), white) for y in (0.04, 0.42, 0.8)]
    parts += [(box(0.025, 0.82, 0.32, (x + side * wide / 2, 0, 0.2)), white) for side in (-1, 0, 1)]
    parts.append((box(wide, 0.8, 0.01, (x, 0.02, 0.05)), (0.6, 0.58, 0.55)))
    for level in (0.065, 0.445, 0.825):
        for at in np.arange(x - 0.55, x + 0.6, 0.2):
            tint, size = hexadecimal(shot.choice(*TOYS)), shot.uniform(0.06, 0.09)
            brick = box(2 * size, 1.8 * size, 2 * size, (0, 0, 0), 0.01)
            toy = ball(size, rings=13) if shot.rng.random() < 0.45 else brick
            parts.append((toy.moved(float(at), level, 0.22), tint))
    at, fur = x + shot.uniform(-0.3, 0.3), (0.36, 0.22, 0.12)
    for dx, y, size in ((0, 0.0, 0.13), (0, 0.2, 0.1), (-0.08, 0.34, 0.04), (0.08, 0.34, 0.04)):
        parts.append((ball(size, rings=13).moved(at + dx, 0.825 + y, 0.3), fur))
    return painted(parts)


def _tent_of_cloth(shot: Shot, x: float) -> list[Thing]:
    """A teepee: cloth over crossed poles, its front open, a cushion inside."""
    cloth = hexadecimal(shot.choice("#f1e8da", "#e7d5cf", "#dfe6df"))
    corners = np.array([(-0.6, 0, 0.2), (0.6, 0, 0.2), (0.6, 0, 1.2), (-0.6, 0, 1.2)])
    corners = corners + np.array([x, 0, 0])
    top = np.array([x, 1.55, 0.7])
    sides = [sheet([[top, top], [corners[a], corners[b]]], smooth=False) for a, b in ((0, 1), (1, 2), (3, 0))]
    for edge, inner in ((corners[3], -0.14), (corners[2], 0.14)):
        sides.append(sheet([[top, top], [edge, (x + inner, 0, 1.2)]], smooth=False))
    poles = [tube([corner, corner + 1.25 * (top - corner)], [0.016, 0.014]) for corner in corners]
    inside = cushion(0.4, 0.35, 0.2).turned(x=-25).moved(x, 0.02, 0.8)
    return painted(
        [(joined(sides), cloth), (joined(poles), (0.5, 0.33, 0.18)), (inside, hexadecimal(shot.choice(*TOYS)))]
    )


def _low_bed(shot: Shot, x: float) -> list[Thing]:
    """A low bed of pale wood with a bright blanket."""
    parts: list[Part] = [
        (box(1.8, 0.24, 0.85, (x, 0.06, 0.5), 0.02), (0.56, 0.42, 0.28)),
        (box(1.74, 0.16, 0.8, (x, 0.28, 0.5), 0.07), (0.74, 0.72, 0.68)),
        (box(1.2, 0.18, 0.86, (x + 0.28, 0.29, 0.5), 0.08), hexadecimal(shot.choice(*TOYS))),
        (cushion(0.5, 0.36, 0.16).turned(x=-30).moved(x - 0.64, 0.42, 0.4), (0.82, 0.8, 0.77)),
    ]
    return painted(parts)


def dressing_table(corner: Corner) -> list[Thing]:
    """A table with drawers, a round mirror above it, a lamp and bottles on it."""
    shot, x = corner.shot, corner.x
    front = paint(shot.wish.backdrop_colour, hexadecimal(shot.choice(*PALE_WOOD)))
    top = 0.76
    parts: list[Part] = [
        (box(1.3, 0.16, 0.45, (x, top - 0.16, 0.26), 0.01), front),
        *((box(0.05, top, 0.05, (x + side * 0.6, 0, z)), front) for side in (-1, 1) for z in (0.08, 0.44)),
        *jar(shot, x - 0.5 * shot.order, top, 0.2),
        *jar(shot, x - 0.34 * shot.order, top, 0.26),
    ]
    knobs = [ball(0.018, rings=9).moved(x + side * 0.32, top - 0.08, 0.5) for side in (-1, 1)]
    hung = max(1.15, min(1.35, corner.view.top - 0.35))
    return [
        *painted(parts),
        metal(joined(knobs)),
        *round_mirror(x, hung, 0.42),
        *table_lamp(shot, x + 0.46 * shot.order, top, 0.24),
    ]


def shoji(corner: Corner) -> list[Thing]:
    """Sliding screens across the wall: paper that daylight shines through, in a lattice of dark wood."""
    shot, view = corner.shot, corner.view
    tint, right, screen = hexadecimal(shot.choice("#5a3d28", "#3b2a20", "#8a6a48")), view.right + 0.9, 0.92
    paper = box(2 * right, 2.15, 0.01, (0, 0, 0.03))
    bars = [box(2 * right, 0.14, 0.06, (0, 0, 0.06)), box(2 * right, 0.12, 0.08, (0, 2.1, 0.07))]
    for at in np.arange(-right, right, screen):
        bars.append(box(0.06, 2.2, 0.06, (float(at), 0, 0.07)))
        bars += [box(0.014, 2.1, 0.02, (float(at) + part * screen, 0, 0.05)) for part in (0.25, 0.5, 0.75)]
    bars += [box(2 * right, 0.014, 0.02, (0, float(y), 0.05)) for y in np.arange(0.35, 2.1, 0.26)]
    return [lit(paper, (0.95, 0.9, 0.8)), Thing(joined(bars), Material(tint))]


def barrels(corner: Corner) -> list[Thing]:
    """Barrels of oak that lie in two rows on beams across the wall, their heads towards the camera."""
    shot, view = corner.shot, corner.view
    right, radius, long = view.right + 0.7, 0.36, 0.9
    out = radius * np.array([0.83, 0.95, 1.0, 0.95, 0.83])
    staves = [(float(r), float(h)) for r, h in zip(out, np.linspace(0, long, 5), strict=True)]
    body = lathe([*staves, (0.77 * radius, long), (0.77 * radius, long - 0.05), (0, long - 0.05)], segments=40)
    hoops = [lathe([(r, h), (r + 0.012, h), (r + 0.012, h + 0.05), (r, h + 0.05)]) for r, h in _HOOPS]
    bung = lathe([(0, 0), (0.035, 0), (0.03, 0.03), (0, 0.03)], segments=16)
    parts: list[Part] = []
    iron: list = []
    for row, level in enumerate((radius + 0.16, 2.6 * radius + 0.3)):
        parts.append((box(2 * right, 0.1, 0.16, (0, level - radius - 0.1, 0.9)), (0.12, 0.075, 0.045)))
        for at in np.arange(-right + row * 0.4, right, 0.8):
            x, tone = float(at), shot.uniform(0.75, 1.2)
            oak = (0.21 * tone, 0.115 * tone, 0.055 * tone)
            parts.append((body.turned(x=90).moved(x, level, 0.15), oak))
            parts.append((bung.turned(x=90).moved(x, level - 0.1, 1.0), (0.2, 0.12, 0.07)))
            iron += [hoop.turned(x=90).moved(x, level, 0.15) for hoop in hoops]
    return [*painted(parts), metal(joined(iron), STEEL)]


def racks(corner: Corner) -> list[Thing]:
    """The racks of a warehouse across the wall, cartons on their beams, tubes of light above."""
    shot, view = corner.shot, corner.view
    right = view.right + 0.7
    steel = hexadecimal(shot.choice("#2f4f6e", "#41494f", "#3d5a4a"))
    parts: list[Part] = [(box(0.09, 3.0, 0.09, (float(x), 0, 0.95)), steel) for x in np.arange(-right, right, 1.25)]
    for level in (0.12, 0.92, 1.72):
        parts.append((box(2 * right, 0.11, 0.05, (0, level, 1.0)), hexadecimal("#c8692a")))
        parts.append((box(2 * right, 0.02, 0.8, (0, level + 0.09, 0.58)), (0.3, 0.22, 0.14)))
        parts += _cartons(shot, right, level + 0.11)
    tubes = [box(0.8, 0.04, 0.06, (float(at), 2.6, 1.2)) for at in np.linspace(-0.8, 0.8, 3) * right]
    return [*painted(parts), lit(joined(tubes), (4.2, 4.2, 4.3))]


def _cartons(shot: Shot, right: float, floor: float) -> list[Part]:
    """Cartons in a row on a rack whose boards lie at `floor`: taped, some with a label, here and there a gap."""
    parts: list[Part] = []
    left = -right
    while left < right:
        wide, high, tone = shot.uniform(0.26, 0.52), shot.uniform(0.2, 0.5), shot.uniform(0.8, 1.15)
        x = left + wide / 2
        parts.append((box(wide, high, 0.55, (x, floor, 0.62), 0.01), (0.44 * tone, 0.29 * tone, 0.165 * tone)))
        parts.append((box(0.05, high, 0.01, (x, floor, 0.897)), (0.52 * tone, 0.38 * tone, 0.24 * tone)))
        if shot.uniform(0, 1) < 0.5:
            parts.append((box(0.1, 0.07, 0.012, (x + 0.27 * wide, floor + 0.3 * high, 0.897)), (0.8, 0.79, 0.76)))
        left += wide + (0.02 if shot.uniform(0, 1) < 0.7 else shot.uniform(0.1, 0.3))
    return parts


_HOOPS = ((0.3, 0.84), (0.335, 0.68), (0.335, 0.18))
"""Radius and height of a barrel's hoops."""
NAMED_FURNITURE = by_name(
    *(fireplace, armchair, bed, lamp, hanging_lamps, blackboard, lockers, tools, lounge, gym, nursery, shoji),
    *(dressing_table, barrels, racks, play_tent),
)
