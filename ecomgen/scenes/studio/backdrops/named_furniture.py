"""Furniture that a prompt names: fireplace, armchair, bed, lamp, blackboard, tools, lounge, gym, nursery, screens."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ecomgen.scenes.studio.backdrops.furniture import cushion
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.palette import from_oklch, hexadecimal, lightened
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import paint

IRON, STEEL = (0.03, 0.03, 0.032), (0.42, 0.44, 0.46)
SCREEN = 0.78  # units: how wide one of the sliding screens is
SHELF = -0.62  # y of the shelf under a wall of tools


def _glow(picture: Painting, share: np.ndarray, tint: tuple[float, float, float]) -> None:
    """Light added by a flame or a lamp; `share` is HxW."""
    picture.light += (share[..., None] * np.asarray(tint)).astype(np.float32)


def fireplace(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A chimney piece of stone with a fire burning in it, its glow on the room."""
    stone = hexadecimal(shot.pick("#cfc6b8", "#a8a097", "#e4ded2"))
    picture.rectangle(middle - 0.62, floor_line, middle + 0.62, 0.22, dimmed(stone, 0.5))
    picture.rectangle(middle - 0.72, 0.2, middle + 0.72, 0.30, dimmed(stone, 0.62))
    picture.rectangle(middle - 0.4, floor_line, middle + 0.4, 0.02, (0.02, 0.014, 0.01))
    for _ in range(46):
        x, tall = middle + shot.rng.normal(0, 0.13), shot.between(0.12, 0.42)
        hot = shot.between(0.5, 1.4)
        flame = [
            (x - 0.05, floor_line + 0.08),
            (x + 0.05, floor_line + 0.08),
            (x + shot.between(-0.06, 0.06), floor_line + tall),
        ]
        picture.polygon(flame, (4.6 * hot, 1.9 * hot, 0.42 * hot))
    picture.rectangle(middle - 0.3, floor_line + 0.03, middle + 0.3, floor_line + 0.1, (0.06, 0.03, 0.015))
    away = (picture.x - middle) ** 2 + (picture.y - floor_line - 0.2) ** 2
    picture.light += (0.4 * np.exp(-away / 0.55))[..., None].astype(np.float32) * np.array(
        [1.0, 0.42, 0.12], np.float32
    )


def armchair(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A leather armchair with its cushion."""
    leather = hexadecimal(shot.wish.prop_colour or shot.pick("#6b3a20", "#7d4a2b", "#3f2a1e", "#54603f"))
    picture.rectangle(middle - 0.42, floor_line + 0.1, middle + 0.42, 0.16, dimmed(leather, 0.55))
    picture.ellipse(middle, 0.14, 0.42, 0.14, dimmed(leather, 0.6))
    for side in (-1, 1):
        picture.rectangle(
            middle + side * 0.5 - 0.1, floor_line + 0.08, middle + side * 0.5 + 0.1, -0.16, dimmed(leather, 0.7)
        )
        picture.ellipse(middle + side * 0.5, -0.16, 0.1, 0.06, dimmed(leather, 0.95))
        picture.rectangle(middle + side * 0.38 - 0.02, floor_line, middle + side * 0.38 + 0.02, floor_line + 0.1, IRON)
    picture.rectangle(middle - 0.38, -0.34, middle + 0.38, -0.22, dimmed(leather, 0.85))


def bed(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A made bed: an upholstered headboard, pillows in two rows, a duvet in folds turned down over itself, a throw."""
    told = shot.wish.backdrop_colour
    linen = lightened(told, hexadecimal(shot.pick("#efeae2", "#dfe3e2", "#e6d9cc")))
    board = paint(told, hexadecimal(shot.pick("#9c7a5a", "#b9b0a2", "#8f8a80")))
    throw = lightened(told, from_oklch(0.62, 0.07, shot.between(20, 260)))
    cushion(picture, (middle, 0.0), (0.98, 0.42), dimmed(board, 0.62))
    for y, reach, wide, tone in ((0.02, 0.44, 0.4, 0.7), (-0.1, 0.36, 0.32, 0.84)):
        for side in (-1, 1):
            cushion(picture, (middle + side * reach, y), (wide, 0.17), dimmed(linen, tone), angle=shot.between(-5, 5))
    top = -0.2
    cushion(picture, (middle, 0.5 * (floor_line + top)), (1.08, 0.5 * (top - floor_line)), dimmed(linen, 0.74))
    cushion(picture, (middle, top - 0.04), (1.1, 0.07), dimmed(linen, 0.9))
    cushion(picture, (middle, floor_line + 0.12), (1.12, 0.15), dimmed(throw, 0.66))
    inside = np.clip((1.05 - np.abs(picture.x - middle)) / 0.1, 0, 1) * np.clip((top - picture.y) / 0.06, 0, 1)
    folds = np.sin(picture.x * 13 + 2.2 * np.sin(picture.y * 5 + shot.between(0, 6)) + shot.between(0, 6))
    picture.shade(1 - 0.13 * inside * (1 + folds))


def lamp(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A standing lamp, lit."""
    x = middle + shot.between(-0.15, 0.15)
    picture.rectangle(x - 0.012, floor_line, x + 0.012, 0.42, IRON)
    shade = [(x - 0.26, 0.4), (x + 0.26, 0.4), (x + 0.17, 0.78), (x - 0.17, 0.78)]
    picture.polygon(shade, (3.4, 2.3, 1.25))
    away = (picture.x - x) ** 2 + (picture.y - 0.55) ** 2
    _glow(picture, 0.3 * np.exp(-away / 0.4), (1.0, 0.68, 0.36))


def blackboard(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A school's blackboard in its frame, with chalk on it."""
    del floor_line
    x = 0.4 * middle
    picture.rectangle(x - 1.15, -0.12, x + 1.15, 0.98, (0.22, 0.13, 0.07))
    picture.rectangle(x - 1.09, -0.06, x + 1.09, 0.92, (0.03, 0.055, 0.045))
    for _ in range(26):
        at, y, long = x + shot.between(-1.0, 0.8), shot.between(0.05, 0.85), shot.between(0.05, 0.3)
        picture.rectangle(at, y, at + long, y + 0.014, dimmed((0.6, 0.62, 0.6), shot.between(0.5, 1)))


def tools(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A board on which hammers, saws and spanners hang, over a shelf with cans and a toolbox."""
    del middle
    board = hexadecimal(shot.pick("#7a5c3c", "#4a5257", "#93795a"))
    picture.rectangle(-picture.right, floor_line, picture.right, 1.5, dimmed(board, 0.6))
    hung = (_hammer, _saw, _spanner, _screwdriver)
    x, number = -picture.right + shot.between(0, 0.1), int(shot.rng.integers(4))
    while x < picture.right:
        hung[number % 4](shot, picture, x, shot.between(0.08, 0.2))
        x, number = x + shot.between(0.24, 0.36), number + int(shot.rng.integers(1, 4))
    picture.rectangle(-picture.right, SHELF - 0.04, picture.right, SHELF, (0.22, 0.14, 0.08))
    x = -picture.right
    while x < picture.right:
        wide, high = shot.between(0.1, 0.3), shot.between(0.1, 0.22)
        can = hexadecimal(shot.pick("#a8342c", "#d9a441", "#2f4f6e", "#8d9196", "#e4e0d6", "#41613f"))
        picture.rectangle(x, SHELF, x + wide, SHELF + high, dimmed(can, 0.6))
        picture.rectangle(x, SHELF + high - 0.025, x + wide, SHELF + high, dimmed((0.7, 0.7, 0.7), 0.7))
        x += wide + shot.between(0.03, 0.2)


def _handle(shot: Shot) -> tuple[float, float, float]:
    return dimmed(hexadecimal(shot.pick("#a8342c", "#d9a441", "#b98a55", "#2f4f6e", "#c9752f")), 0.75)


def _hammer(shot: Shot, picture: Painting, x: float, y: float) -> None:
    picture.rectangle(x - 0.02, y - 0.42, x + 0.02, y, _handle(shot))
    picture.rectangle(x - 0.1, y - 0.04, x + 0.08, y + 0.05, dimmed(STEEL, 0.6))


def _saw(shot: Shot, picture: Painting, x: float, y: float) -> None:
    picture.polygon([(x - 0.09, y - 0.1), (x + 0.07, y - 0.1), (x + 0.03, y - 0.55), (x - 0.03, y - 0.55)], STEEL)
    picture.ellipse(x - 0.01, y, 0.1, 0.1, _handle(shot))


def _spanner(shot: Shot, picture: Painting, x: float, y: float) -> None:
    for tone, offset in ((1.2, 0.0), (0.9, 0.11)):
        steel, high = dimmed(STEEL, tone), y - shot.between(0.26, 0.4)
        picture.rectangle(x + offset - 0.016, high, x + offset + 0.016, y, steel)
        picture.ellipse(x + offset, y, 0.045, 0.045, steel)
        picture.ellipse(x + offset, high, 0.04, 0.04, steel)


def _screwdriver(shot: Shot, picture: Painting, x: float, y: float) -> None:
    for offset in (-0.05, 0.05):
        picture.rectangle(x + offset - 0.028, y - 0.16, x + offset + 0.028, y, _handle(shot))
        picture.rectangle(x + offset - 0.009, y - 0.36, x + offset + 0.009, y - 0.16, STEEL)


def lounge(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A hall with tall panes, rows of seats and lamps along the ceiling."""
    for x in np.arange(-picture.right, picture.right, 0.62):
        picture.rectangle(
            float(x) + 0.03, -0.1, float(x) + 0.58, 1.5, dimmed((1.15, 1.25, 1.4), shot.between(0.75, 1.0))
        )
    seat = dimmed(paint(shot.wish.prop_colour, hexadecimal(shot.pick("#3a4654", "#6b3a20", "#2f2f33"))), 0.6)
    for k in range(int(3 + 3 * picture.right)):
        x = middle + 0.36 * (k - 3)
        picture.rectangle(x, floor_line + 0.12, x + 0.3, -0.18, seat)
        picture.rectangle(x + 0.13, floor_line, x + 0.17, floor_line + 0.12, IRON)
    for x in np.arange(-picture.right, picture.right, 0.45):
        picture.ellipse(float(x), 1.25, 0.06, 0.03, (3.0, 2.8, 2.4))


def gym(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """Racks of weights before a dark wall, tubes of light above."""
    picture.shade(0.55)
    for level in (-0.35, 0.0):
        picture.rectangle(-picture.right, level - 0.03, picture.right, level, IRON)
        for x in np.arange(-picture.right, picture.right, 0.3):
            for dx in (0.04, 0.17):
                picture.ellipse(float(x) + dx, level + 0.07, 0.06, 0.075, (0.05, 0.05, 0.055))
            picture.rectangle(float(x) + 0.04, level + 0.055, float(x) + 0.17, level + 0.085, (0.35, 0.35, 0.36))
    picture.rectangle(middle - 0.03, floor_line, middle + 0.03, 1.1, IRON)
    for x in np.linspace(-0.8, 0.8, 3) * picture.right:
        picture.rectangle(float(x) - 0.3, 1.1, float(x) + 0.3, 1.13, (5.0, 5.2, 5.6))
    picture.rectangle(
        -picture.right, floor_line, picture.right, floor_line + 0.02, dimmed((1.0, 0.35, 0.1), shot.between(0.3, 0.6))
    )


TOYS = ("#e58f7b", "#f2c14e", "#7fb7be", "#8cb48a", "#b79bd0", "#f0a6b8")


def nursery(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A children's room: bunting along the wall, a shelf with toys, a tent of cloth, a low bed and a soft rug."""
    _bunting(shot, picture)
    rug = dimmed(hexadecimal(shot.pick("#efe6da", "#f3dfe0")), 0.7)
    picture.ellipse(0.3 * middle, floor_line - 0.12, 1.3, 0.16, rug)
    left, right = (_tent_of_cloth, _toy_shelf) if shot.turn("tent", "shelf") == "tent" else (_low_bed, _toy_shelf)
    left(shot, picture, middle, floor_line)
    right(shot, picture, -0.85 * middle, floor_line)


def _bunting(shot: Shot, picture: Painting) -> None:
    """Small flags on a string that sags between its ends."""
    high, sag, shift = min(0.8, 0.85 * picture.top), shot.between(0.06, 0.11), shot.between(0, 6)
    steps = np.linspace(-picture.right, picture.right, int(9 * picture.right) + 4)
    for number, x in enumerate(steps):
        y = high - sag * (1 - np.cos(3.1 * x + shift))
        flag = dimmed(hexadecimal(TOYS[number % len(TOYS)]), 0.85)
        picture.polygon([(x - 0.075, y), (x + 0.075, y), (x, y - 0.19)], flag)


def _toy_shelf(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A low white shelf of two rows, blocks, balls and a bear in them and on it."""
    top, wide = 0.12, 0.62
    picture.rectangle(middle - wide, floor_line, middle + wide, top, dimmed((0.86, 0.84, 0.8), 0.8))
    for low, high in ((floor_line + 0.04, -0.28), (-0.24, 0.08)):
        picture.rectangle(middle - 0.95 * wide, low, middle + 0.95 * wide, high, (0.4, 0.38, 0.35))
        for x in np.arange(middle - 0.82 * wide, middle + 0.85 * wide, 0.2):
            _toy(shot, picture, float(x), low)
    for x in np.arange(middle - 0.8 * wide, middle + 0.85 * wide, 0.27):
        _toy(shot, picture, float(x), top)
    _bear(picture, middle + shot.between(-0.3, 0.3), top)


def _toy(shot: Shot, picture: Painting, x: float, level: float) -> None:
    tint, size = dimmed(hexadecimal(shot.pick(*TOYS)), 0.85), shot.between(0.05, 0.085)
    if shot.rng.random() < 0.5:
        picture.ellipse(x, level + size, size, size, tint)
        return
    picture.rectangle(x - size, level, x + size, level + 1.7 * size, tint)


def _bear(picture: Painting, x: float, level: float) -> None:
    fur = (0.36, 0.22, 0.12)
    for dx, y, size in ((0, 0.12, 0.11), (0, 0.29, 0.085), (-0.07, 0.36, 0.032), (0.07, 0.36, 0.032)):
        picture.ellipse(x + dx, level + y, size, 1.1 * size, fur)
    picture.ellipse(x, level + 0.27, 0.04, 0.032, (0.62, 0.48, 0.34))


def _tent_of_cloth(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A teepee: cloth over crossed poles, its front open, a cushion inside."""
    cloth, top = hexadecimal(shot.pick("#f1e8da", "#e7d5cf", "#dfe6df")), 0.62
    for dx in (-0.1, 0.02, 0.12):
        ends = [(middle - 3 * dx, floor_line), (middle + dx, top + 0.16), (middle + dx + 0.03, top + 0.16)]
        picture.polygon(ends, (0.5, 0.33, 0.18))
    picture.polygon([(middle - 0.58, floor_line), (middle + 0.58, floor_line), (middle, top)], dimmed(cloth, 0.78))
    picture.polygon([(middle - 0.2, floor_line), (middle + 0.24, floor_line), (middle + 0.01, 0.4)], dimmed(cloth, 0.4))
    cushion(picture, (middle + 0.02, floor_line + 0.1), (0.17, 0.1), dimmed(hexadecimal(shot.pick(*TOYS)), 0.75))


def _low_bed(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A low bed of pale wood with a bright blanket."""
    picture.rectangle(middle - 0.95, floor_line, middle + 0.95, -0.32, (0.56, 0.42, 0.28))
    cushion(picture, (middle, -0.27), (0.93, 0.12), (0.74, 0.72, 0.68))
    cushion(picture, (middle + 0.25, -0.28), (0.68, 0.14), dimmed(hexadecimal(shot.pick(*TOYS)), 0.72))
    cushion(picture, (middle - 0.66, -0.12), (0.25, 0.13), (0.82, 0.8, 0.77), angle=shot.between(-8, 8))


def shoji(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """Sliding screens across the wall: paper that daylight shines through, in a lattice of dark wood."""
    wood = dimmed(hexadecimal(shot.pick("#5a3d28", "#3b2a20", "#8a6a48")), 0.5)
    y = np.clip((picture.y - floor_line) / (picture.top - floor_line), 0, 1)
    glow = (0.95 + 0.4 * y) * np.clip(1.1 - 0.25 * np.abs(picture.x - 0.4 * middle), 0.6, 1.2)
    seen = np.broadcast_to(picture.y > floor_line, picture.shape)
    picture.light[seen] = (glow[..., None] * np.array([0.98, 0.93, 0.82]))[seen]
    start = 0.3 * middle - 4 * SCREEN
    for x in np.arange(start, picture.right + SCREEN, SCREEN):
        for bar in np.linspace(0, SCREEN, 5)[1:-1]:
            picture.rectangle(x + bar - 0.007, floor_line, x + bar + 0.007, picture.top, wood)
        picture.rectangle(x - 0.03, floor_line, x + 0.03, picture.top, wood)
    for high in np.arange(floor_line + 0.22, picture.top, 0.22):
        picture.rectangle(-picture.right, high - 0.007, picture.right, high + 0.007, wood)
    picture.rectangle(-picture.right, floor_line - 0.02, picture.right, floor_line + 0.12, wood)


FURNITURE: dict[str, Callable[[Shot, Painting, float, float], None]] = {
    "fireplace": fireplace,
    "armchair": armchair,
    "bed": bed,
    "lamp": lamp,
    "blackboard": blackboard,
    "tools": tools,
    "lounge": lounge,
    "gym": gym,
    "nursery": nursery,
    "shoji": shoji,
}
