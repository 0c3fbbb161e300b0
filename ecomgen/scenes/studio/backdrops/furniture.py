"""What stands in a room's depth: shelves, sofas, cupboards, a bar, a tree with lights. Painted, then out of focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.palette import from_oklch, hexadecimal, lightened
from ecomgen.scenes.studio.stage.surfaces import paint

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecomgen.scenes.studio.stage.backdrop import Painting
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Colour

    Furniture = Callable[[Shot, Painting, float, float], None]  # shot, picture, middle, floor line

WOOD = ("#6b4a30", "#8a6240", "#a47c55", "#4a3324", "#c2a27c")
PALE_WOOD = ("#a47c55", "#c2a27c", "#b9a284", "#d9d2c6", "#8f9a90")
CLAY = ("#e6ddd0", "#b9795a", "#c9b49a", "#5d6a62", "#d8c7b0", "#3f4448", "#9aa79f")
SPINES = ("#d9cfc0", "#a4482f", "#2f4858", "#c79a4b", "#5e6b57", "#e8e2d6", "#7d3b35", "#8fa3ad", "#33302d")
WARM = (11.0, 6.6, 2.9)


def shelves(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """Two or three boards with books, jars and trailing plants."""
    del floor_line
    wood, wide = _wood(shot), shot.between(0.5, 0.9)
    low, step = shot.between(-0.22, 0.05), shot.between(0.36, 0.46)
    for level in np.arange(low, picture.top, step):
        picture.rectangle(middle - wide, level - 0.035, middle + wide, level, wood)
        row(shot, picture, middle - 0.93 * wide, middle + 0.93 * wide, float(level))


def row(shot: Shot, picture: Painting, x0: float, x1: float, level: float) -> None:
    """Books in groups, with vases, jars and plants between them."""
    x = x0
    while x < x1 - 0.05:
        if shot.rng.random() < 0.5:
            for _ in range(int(shot.rng.integers(2, 7))):
                thick, tall = shot.between(0.02, 0.045), shot.between(0.15, 0.26)
                spine = dimmed(hexadecimal(shot.pick(*SPINES)), 0.75)
                picture.rectangle(x, level, min(x + thick, x1), level + tall, spine)
                x += thick
        else:
            _jar(shot, picture, x + 0.07, level)
            x += 0.15
        x += shot.between(0.02, 0.12)


def sofa(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A sofa with cushions under a picture, a floor lamp beside it."""
    usual = hexadecimal(shot.pick("#8d8577", "#566052", "#a9744f", "#c9bfae", "#5b6672", "#9d6b5c"))
    colour = dimmed(lightened(shot.wish.backdrop_colour, usual), 0.8)
    picture.rectangle(middle - 1.0, floor_line, middle + 1.0, -0.22, dimmed(colour, 0.7))
    for x in (-0.5, 0.5):
        cushion(picture, (middle + x, -0.12), (0.49, 0.19), colour)
    for x in (-0.75, -0.35, 0.6):
        pillow = dimmed(lightened(shot.wish.backdrop_colour, hexadecimal(shot.pick(*CLAY))), 0.85)
        cushion(picture, (middle + x, -0.14), (0.15, 0.14), pillow, angle=shot.between(-20, 20))
    for x in (-1.04, 1.04):
        cushion(picture, (middle + x, -0.32), (0.12, 0.2), dimmed(colour, 0.85))
    art(shot, picture, middle + shot.between(-0.3, 0.3))
    lamp(shot, picture, middle + shot.order * 1.0, 0.1)


def cushion(
    picture: Painting, middle: tuple[float, float], half: tuple[float, float], colour: Colour, *, angle: float = 0
) -> None:
    """A rectangle of `half` its sides with soft corners (a superellipse), turned by `angle` degrees."""
    turn = np.linspace(0, 2 * np.pi, 48)
    rim = [np.sign(part) * np.abs(part) ** 0.4 for part in (np.cos(turn), np.sin(turn))]
    x, y = (reach * side for reach, side in zip(rim, half, strict=True))
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    picture.polygon(np.stack([middle[0] + c * x - s * y, middle[1] + s * x + c * y], -1), colour)


def sideboard(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A slatted sideboard with a lamp, a vase of twigs, a mirror or a picture above."""
    wood, top = _wood(shot), -shot.between(0.12, 0.25)
    picture.rectangle(middle - 0.85, floor_line, middle + 0.85, top, wood)
    for x in np.arange(middle - 0.82, middle + 0.85, 0.06):
        picture.rectangle(float(x), floor_line, float(x) + 0.02, top - 0.05, dimmed(wood, 0.55))
    lamp(shot, picture, middle - shot.order * 0.4, top)
    _jar(shot, picture, middle + shot.order * 0.35, top, size=2.2)
    twigs(shot, picture, middle + shot.order * 0.35, top + 0.18)
    art(shot, picture, middle + shot.between(-0.2, 0.2))


def plant(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A large plant in a basket, its leaves lit from the window's side."""
    rim = -shot.between(0.15, 0.3)
    pot = dimmed(hexadecimal(shot.pick("#b98f62", "#d8cfc2", "#8c8a84", "#a96a4a")), 0.7)
    picture.polygon(
        [(middle - 0.16, floor_line), (middle + 0.16, floor_line), (middle + 0.2, rim), (middle - 0.2, rim)], pot
    )
    length, slim = shot.between(0.12, 0.3), shot.between(0.2, 0.5)
    for _ in range(int(26 / length)):
        angle, reach = shot.between(-85, 85), shot.between(0.1, 0.95)
        x, y = middle + 0.8 * reach * np.sin(np.radians(angle)), rim + reach * np.cos(np.radians(angle))
        lit = shot.between(0.35, 1.0) + 0.9 * max(0.0, shot.side * (x - middle)) + 0.5 * reach
        tint = dimmed((0.075, 0.145, 0.055), lit)
        picture.ellipse(x, y, slim * length / 2, length / 2, tint, -angle + shot.between(-35, 35))


def twigs(shot: Shot, picture: Painting, x: float, level: float) -> None:
    """Thin branches with small leaves or blossom."""
    tint = hexadecimal(shot.pick("#8d9a7b", "#d9c7b8", "#a9895f", "#5f7053"))
    for _ in range(90):
        lean, reach = shot.between(-45, 45), shot.between(0.05, 0.7)
        at = x + reach * np.sin(np.radians(lean)), level + reach * np.cos(np.radians(lean))
        picture.ellipse(*at, 0.012, 0.032, dimmed(tint, shot.between(0.4, 1.2)), -lean + shot.between(-60, 60))


def cupboards(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A kitchen: tiles, fronts with frames, an open shelf or wall cupboards, a tap, pendant lamps."""
    fronts = ("#e9e4da", "#8a968a", "#64788a", "#d8cbb8", "#a8b1a6", "#8b8780", "#c08e72")
    pale = ("#f1eee6", "#e9e4da", "#dfe3da", "#e4d8c6", "#c9d3c8")
    usual = hexadecimal(shot.pick(*(pale if "bright" in shot.wish.mood else fronts)))
    front = paint(shot.wish.backdrop_colour, usual)
    worktop = -shot.between(0.12, 0.25)
    _tiled(shot, picture, hexadecimal(shot.pick("#ece8e0", "#d9dcd6", "#e6d9c8")), (0.22, 0.085))
    picture.rectangle(-picture.right, floor_line - 1, picture.right, worktop - 0.05, dimmed(front, 0.65))
    for x in np.arange(-picture.right, picture.right, 0.6):
        picture.rectangle(float(x), floor_line - 1, float(x) + 0.015, worktop - 0.05, dimmed(front, 0.2))
    picture.rectangle(-picture.right, worktop - 0.05, picture.right, worktop, _wood(shot))
    if shot.rng.random() < 0.6:
        shelf = shot.between(0.32, 0.48)
        picture.rectangle(-picture.right, shelf - 0.04, picture.right, shelf, _wood(shot))
        row(shot, picture, -picture.right, picture.right, shelf)
    else:
        _wall_cupboards(picture, front)
    x = -picture.right
    while x < picture.right:
        _jar(shot, picture, x, worktop, size=shot.between(0.9, 2.0))
        x += shot.between(0.15, 0.7)
    if shot.rng.random() < 0.5:
        plant(shot, picture, middle, worktop - 0.35)
    pendants(shot, picture, int(shot.rng.integers(0, 4)), 0.07)


def _wall_cupboards(picture: Painting, front: Colour) -> None:
    for x in np.arange(-picture.right, picture.right, 0.55):
        picture.rectangle(float(x) + 0.01, 0.52, float(x) + 0.54, 3, dimmed(front, 0.75))
        picture.rectangle(float(x) + 0.07, 0.6, float(x) + 0.48, 3, dimmed(front, 0.66))
        picture.ellipse(float(x) + 0.5, 0.57, 0.014, 0.014, (2.4, 1.7, 0.8))


def washstand(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A bathroom: tiles, a round mirror that catches the window, a basin with a tap, towels, bottles, candles."""
    usual = hexadecimal(shot.pick("#e8e6e0", "#c9d2cc", "#b9c4c6", "#d9c9b8", "#6f837c", "#e3d5cb"))
    size = (0.1, 0.3) if shot.rng.random() < 0.5 else (0.2, 0.2)
    _tiled(shot, picture, paint(shot.wish.backdrop_colour, usual), size)
    high = 0.42 * max(picture.top, 0.6) + 0.1
    picture.ellipse(middle, high, 0.43, 0.43, (0.5, 0.38, 0.18))
    picture.ellipse(middle, high, 0.405, 0.405, (0.78, 0.8, 0.8))
    picture.ellipse(middle + 0.12 * shot.order, high + 0.1, 0.16, 0.3, (1.7, 1.75, 1.75), 20)
    front = paint(shot.wish.backdrop_colour, dimmed(hexadecimal(shot.pick(*PALE_WOOD)), 0.85))
    picture.rectangle(-picture.right, floor_line, picture.right, -0.3, dimmed(front, 0.75))
    picture.ellipse(middle, -0.2, 0.36, 0.13, (0.95, 0.94, 0.92))
    picture.rectangle(middle - 0.012, -0.1, middle + 0.012, 0.12, (0.9, 0.75, 0.45))
    towel = lightened(shot.wish.backdrop_colour, hexadecimal(shot.pick("#e9e2d6", "#c7a68c", "#9fb0a8", "#d9cdbc")))
    for fold in (-0.2, 0.02):
        picture.rectangle(-middle + fold, -0.2, -middle + fold + 0.19, 0.5, dimmed(towel, shot.between(0.6, 0.9)))
    row(shot, picture, middle + 0.42, middle + 1.0, -0.3)
    plant(shot, picture, middle - shot.order * 0.7, -0.7)


def bar(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A café: a dark wall, lit shelves of bottles, a counter, hanging lamps, the gleam of glass and brass."""
    picture.shade(shot.between(0.3, 0.5))
    wood = dimmed(_wood(shot), 0.5)
    picture.rectangle(-picture.right, floor_line, picture.right, -0.22, wood)
    picture.rectangle(middle - 0.8, -0.1, middle + 0.8, 0.85, dimmed((0.5, 0.28, 0.12), 0.55))
    for level in (-0.05, 0.27, 0.59):
        picture.rectangle(middle - 0.8, level - 0.03, middle + 0.8, level, wood)
        for x in np.arange(middle - 0.76, middle + 0.76, 0.075):
            glass = dimmed(hexadecimal(shot.pick("#3f5a3c", "#8a5a22", "#c9c2b0", "#5d2b1c", "#2f3b40")), 0.6)
            picture.rectangle(float(x), level, float(x) + 0.05, level + shot.between(0.12, 0.24), glass)
    glints(shot, picture, 26, box=(-picture.right, -0.25, picture.right, 0.8))
    pendants(shot, picture, int(3 + 2 * picture.right), 0.06)


def office(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """Shelves, a lamp, prints on the wall, a chair's back, a plant."""
    shelves(shot, picture, middle, floor_line)
    lamp(shot, picture, -middle * 0.7, -0.2)
    for k in range(int(shot.rng.integers(1, 4))):
        x, y = -middle - 0.5 + 0.36 * k, shot.between(0.3, 0.42)
        picture.rectangle(x, y, x + 0.26, y + 0.36, (0.8, 0.78, 0.74))
        picture.rectangle(x + 0.04, y + 0.05, x + 0.22, y + 0.31, dimmed(hexadecimal(shot.pick(*SPINES)), 0.8))
    if shot.rng.random() < 0.6:
        plant(shot, picture, -middle * 1.15, floor_line)


def fir_tree(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A Christmas tree with lights and glass balls, presents below, candles and a fireside opposite."""
    picture.shade(shot.between(0.35, 0.6))
    for _ in range(900):
        share = shot.rng.random()
        half = 0.78 * (1.02 - share)
        at = shot.between(-1, 1)
        x, y = middle + at * half, floor_line + 0.1 + 2.2 * share - 0.1 * abs(at)
        needle = dimmed((0.035, 0.085, 0.04), shot.between(0.4, 1.9))
        picture.ellipse(x, y, 0.03, 0.1, needle, at * 65 + shot.between(-25, 25))
    for _ in range(46):
        share = shot.rng.random()
        x = middle + shot.between(-0.74, 0.74) * (1.02 - share)
        y = floor_line + 0.1 + 2.15 * share
        picture.ellipse(x, y, 0.015, 0.015, dimmed(WARM, shot.between(0.8, 2.4)))
        if shot.rng.random() < 0.5:
            ball = hexadecimal(shot.pick("#b3262b", "#c9a24e", "#d8d5cf", "#8c1f2d"))
            picture.ellipse(x + 0.06, y - 0.05, 0.045, 0.045, ball)
    for _ in range(5):
        x, side = middle + shot.between(-0.7, 0.7), shot.between(0.14, 0.26)
        paper = hexadecimal(shot.pick("#8e1c22", "#e9e2d2", "#2f4a3a", "#c69a4a"))
        picture.rectangle(x, floor_line, x + side, floor_line + side, dimmed(paper, 0.7))
    _fireside(shot, picture, -middle * 0.9)
    glints(shot, picture, 18, box=(-picture.right, 0.1, picture.right, picture.top), strength=0.9)


def _fireside(shot: Shot, picture: Painting, middle: float) -> None:
    """A mantelpiece with candles and a garland over a glow."""
    stone = dimmed(hexadecimal(shot.pick("#d8d0c4", "#8d8378", "#a85f45")), 0.5)
    picture.rectangle(middle - 0.55, -1, middle + 0.55, 0.12, stone)
    picture.rectangle(middle - 0.3, -1, middle + 0.3, -0.1, (0.05, 0.03, 0.02))
    picture.rectangle(middle - 0.2, -0.46, middle + 0.2, -0.42, (0.09, 0.045, 0.02))
    for _ in range(40):
        x, hot = shot.rng.normal(0, 0.085), shot.between(0.1, 0.8)
        tall = shot.between(0.04, 0.2) * np.exp(-((x / 0.1) ** 2))
        picture.ellipse(middle + x, -0.42 + tall / 2, 0.016, tall / 2 + 0.02, dimmed((3.0, 1.1, 0.22), hot))
    picture.rectangle(middle - 0.62, 0.1, middle + 0.62, 0.17, dimmed(stone, 1.4))
    for x in (-0.45, -0.3, 0.2, 0.4):
        tall = shot.between(0.1, 0.25)
        picture.rectangle(middle + x, 0.17, middle + x + 0.04, 0.17 + tall, (0.8, 0.74, 0.62))
        picture.ellipse(middle + x + 0.02, 0.2 + tall, 0.014, 0.03, WARM)


def pendants(shot: Shot, picture: Painting, count: int, size: float) -> None:
    """Lamps on wires, at several distances."""
    high = max(picture.top - 0.05, 0.35)
    for _ in range(count):
        x, y, near = shot.between(-1, 1) * picture.right, shot.between(0.45, 1.0) * high, shot.between(0.5, 1.2)
        picture.rectangle(x - 0.005, y, x + 0.005, picture.top, (0.02, 0.02, 0.02))
        picture.ellipse(x, y, size * near, size * near, dimmed(WARM, shot.between(0.45, 1.1)))


def glints(
    shot: Shot, picture: Painting, count: int, *, box: tuple[float, float, float, float], strength: float = 1.6
) -> None:
    """Points of light on glass and metal, which the lens opens into discs."""
    for _ in range(count):
        x, y = shot.between(box[0], box[2]), shot.between(box[1], box[3])
        tint = (9.0, 7.2, 5.0) if shot.rng.random() < 0.75 else (6.0, 7.5, 9.0)
        picture.ellipse(x, y, 0.009, 0.009, dimmed(tint, strength * shot.between(0.3, 1.4)))


def art(shot: Shot, picture: Painting, middle: float) -> None:
    """A framed print: a ground with one or two plain shapes."""
    low, wide, high = shot.between(0.32, 0.5), shot.between(0.2, 0.34), shot.between(0.35, 0.5)
    picture.rectangle(middle - wide, low, middle + wide, low + high, _wood(shot))
    picture.rectangle(middle - 0.93 * wide, low + 0.02, middle + 0.93 * wide, low + high - 0.02, (0.78, 0.76, 0.71))
    for _ in range(2):
        tint = dimmed(from_oklch(shot.between(0.4, 0.75), 0.08, shot.between(10, 260)), 0.85)
        x, y = middle + shot.between(-0.08, 0.08), low + high / 2 + shot.between(-0.08, 0.08)
        picture.ellipse(x, y, 0.4 * wide, 0.28 * high, tint, shot.between(0, 90))


def lamp(shot: Shot, picture: Painting, x: float, level: float) -> None:
    """A shaded table lamp and its glow on the wall."""
    away = (picture.x - x) ** 2 + (picture.y - level - 0.4) ** 2
    picture.light += (np.exp(-away / 0.22)[..., None] * np.array([0.55, 0.34, 0.16])).astype(np.float32)
    picture.rectangle(x - 0.015, level, x + 0.015, level + 0.3, (0.2, 0.14, 0.06))
    picture.ellipse(x, level + 0.06, 0.08, 0.08, dimmed(hexadecimal(shot.pick(*CLAY)), 0.6))
    shade = [(x - 0.2, level + 0.27), (x + 0.2, level + 0.27), (x + 0.13, level + 0.52), (x - 0.13, level + 0.52)]
    picture.polygon(shade, (2.6, 1.75, 0.95))


def _jar(shot: Shot, picture: Painting, x: float, level: float, *, size: float = 1.0) -> None:
    """A vase, a pot with a plant, or a bottle, with a light on its shoulder."""
    tint = dimmed(hexadecimal(shot.pick(*CLAY)), 0.8)
    wide, tall = 0.045 * size * shot.between(0.7, 1.2), 0.07 * size * shot.between(0.8, 1.6)
    picture.ellipse(x, level + tall, wide, tall, tint)
    if shot.rng.random() < 0.35:
        picture.rectangle(x - 0.3 * wide, level + tall, x + 0.3 * wide, level + 2.6 * tall, tint)
    elif shot.rng.random() < 0.4:
        for _ in range(14):
            leaf = dimmed((0.08, 0.15, 0.06), shot.between(0.5, 1.6))
            up = level + 2 * tall + shot.between(-0.03, 0.1) * size
            picture.ellipse(x + shot.between(-0.08, 0.08) * size, up, 0.016, 0.04, leaf, shot.between(-70, 70))
    picture.ellipse(x + 0.4 * wide * shot.side, level + 1.3 * tall, 0.008, 0.012, (2.6, 2.5, 2.3))


def _tiled(shot: Shot, picture: Painting, tile: Colour, size: tuple[float, float]) -> None:
    """A wall of glazed tiles, each reflecting a little more or less."""
    picture.light *= np.float32(0.55)
    for number, y in enumerate(np.arange(-0.6, picture.top, size[1])):
        shift = 0.5 * size[0] * (number % 2) * (size[0] != size[1])
        for x in np.arange(-picture.right - size[0] + shift, picture.right, size[0]):
            lit = shot.between(0.6, 0.78) * (1 + 0.35 * shot.side * float(x) / picture.right)
            corner = float(x) + 0.006, float(y) + 0.006
            picture.rectangle(*corner, corner[0] + size[0] - 0.012, corner[1] + size[1] - 0.012, dimmed(tile, lit))


def _wood(shot: Shot) -> Colour:
    return dimmed(hexadecimal(shot.pick(*WOOD)), 0.85)


FURNITURE: dict[str, Furniture] = {
    "shelves": shelves,
    "sofa": sofa,
    "sideboard": sideboard,
    "plant": plant,
    "cupboards": cupboards,
    "washstand": washstand,
    "bar": bar,
    "office": office,
    "fir tree": fir_tree,
}
