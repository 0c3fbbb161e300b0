"""A room: wall, window with the garden outside, curtain, shelf, picture, lamp."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.backdrops.foliage import bushes
from ecomgen.scenes.studio.lights import dimmed, kelvin
from ecomgen.scenes.studio.painting import Painting
from ecomgen.scenes.studio.palette import from_oklch
from ecomgen.scenes.studio.surfaces import paint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ecomgen.scenes.studio.lights import Daylight
    from ecomgen.scenes.studio.shot import Shot

    Furniture = Callable[[Shot, Painting, float, float], None]

LIVING = ("shelves", "sofa", "sideboard", "plant")


def room(shot: Shot, hour: Daylight, furniture: Sequence[str] = LIVING, *, window: float = 0.5) -> Painting:
    """A room out of focus: one of the `furniture` on the far side, the window on the key's side."""
    chosen = from_oklch(shot.between(0.62, 0.86), shot.between(0.01, 0.05), shot.between(40, 140))
    wall_colour = paint(shot.wish.backdrop_colour, chosen)
    picture = Painting(shot.frame, dimmed(wall_colour, 0.66))
    falloff = 0.62 + 0.65 / (1 + np.exp(-shot.side * picture.x * 1.6))
    picture.shade(np.broadcast_to(falloff, picture.shape))
    floor_line = -shot.between(0.5, 0.9)
    picture.rectangle(-picture.right, picture.bottom, picture.right, floor_line, dimmed(wall_colour, 0.28))
    middle = -shot.side * shot.between(0.45, 0.75) * picture.right
    FURNITURE[shot.pick(*furniture)](shot, picture, middle, floor_line)
    picture.defocus(0.035)
    if window > 0:
        _window(shot, picture, hour, window)
    if shot.wish.support == "table":
        _chairs(shot, picture, floor_line)
    picture.defocus(shot.between(0.05, 0.085))
    return picture


def _window(shot: Shot, picture: Painting, hour: Daylight, share: float) -> None:
    """Two to three panes, bright, with leaves outside, framed in white, a curtain beside it."""
    reach = picture.right
    inner = shot.side * (1 - 2 * share + shot.between(-0.2, 0.2)) * reach
    outer = shot.side * reach * 1.3
    x0, x1 = min(inner, outer), max(inner, outer)
    y0, y1 = shot.between(-0.25, 0.05), picture.top + 0.3
    outside = Painting(shot.frame, dimmed(kelvin(hour.kelvin + 900), 1.9))
    bushes(shot, outside, light=shot.between(1.0, 1.5))
    columns = (picture.x > x0) & (picture.x < x1)
    pane = np.broadcast_to(columns & (picture.y > y0) & (picture.y < y1), picture.shape)
    picture.light[pane] = outside.light[pane]
    frame = (0.75, 0.73, 0.70)
    wide = 0.085
    for x in np.linspace(x0, x1, int(shot.rng.integers(2, 4)) + 1):
        picture.rectangle(float(x) - wide / 2, y0, float(x) + wide / 2, y1, frame)
    picture.rectangle(x0, y0 - 0.08, x1, y0, frame)
    bar = y0 + shot.between(0.55, 0.8) * (picture.top - y0)
    picture.rectangle(x0, bar - wide / 3, x1, bar + wide / 3, frame)
    _curtain(shot, picture, inner)


def _curtain(shot: Shot, picture: Painting, edge: float) -> None:
    """Sheer cloth in folds, glowing from behind."""
    if shot.rng.random() < 0.3:
        return
    width = shot.between(0.25, 0.5) * picture.right
    x0, x1 = edge - width * 0.55, edge + width * 0.45
    folds = 0.65 + 0.35 * np.sin(picture.x * shot.between(45, 70) + 1.5 * np.sin(picture.x * 9))
    inside = np.clip((picture.x - x0) / 0.03, 0, 1) * np.clip((x1 - picture.x) / 0.03, 0, 1)
    cloth = np.array([1.25, 1.2, 1.1], dtype=np.float32)
    picture.blend(
        cloth * np.broadcast_to(folds, picture.shape)[..., None], np.broadcast_to(0.72 * inside, picture.shape)
    )


def _chairs(shot: Shot, picture: Painting, floor_line: float) -> None:
    """The backs of two chairs at the table's far side."""
    colour = dimmed(from_oklch(shot.between(0.3, 0.88), 0.04, shot.between(40, 260)), 0.7)
    for x in (-shot.between(0.4, 0.85), shot.between(0.4, 0.85))[: int(shot.rng.integers(1, 3))]:
        picture.rectangle(x - 0.25, -0.14, x + 0.25, 0.07, colour)
        picture.rectangle(x - 0.25, floor_line, x - 0.21, -0.1, colour)
        picture.rectangle(x + 0.21, floor_line, x + 0.25, -0.1, colour)


def _shelves(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    del floor_line
    for level in (shot.between(-0.05, 0.15), shot.between(0.45, 0.65)):
        _shelf(shot, picture, middle, level)


def _sofa(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    colour = from_oklch(shot.between(0.4, 0.7), 0.04, shot.between(0, 360))
    picture.rectangle(middle - 0.9, floor_line, middle + 0.9, -0.1, dimmed(colour, 0.6))
    picture.rectangle(middle - 0.95, floor_line, middle - 0.75, 0.0, dimmed(colour, 0.5))
    picture.rectangle(middle - 0.5, -0.3, middle - 0.1, 0.02, from_oklch(0.7, 0.09, shot.between(20, 110)))
    _art(shot, picture, middle)


def _sideboard(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    picture.rectangle(middle - 0.8, floor_line, middle + 0.8, -0.12, (0.22, 0.12, 0.06))
    _lamp(shot, picture, middle, -0.12)
    _art(shot, picture, middle + shot.between(-0.2, 0.2))


def _cupboards(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A kitchen: tiled wall, wall cupboards, a rail with pans, jars, a lamp above."""
    front = paint(
        shot.wish.backdrop_colour, from_oklch(shot.between(0.5, 0.92), shot.between(0.0, 0.05), shot.between(80, 250))
    )
    worktop = -shot.between(0.1, 0.25)
    picture.rectangle(-picture.right, worktop, picture.right, 0.55, dimmed((0.72, 0.72, 0.69), 0.75))
    picture.rectangle(-picture.right, floor_line, picture.right, worktop - 0.05, dimmed(front, 0.45))
    picture.rectangle(-picture.right, worktop - 0.05, picture.right, worktop, (0.42, 0.27, 0.14))
    for x in np.arange(-picture.right, picture.right, 0.55):
        picture.rectangle(float(x) + 0.02, 0.58, float(x) + 0.53, 2.6, dimmed(front, 0.62))
        picture.rectangle(float(x) + 0.24, 0.64, float(x) + 0.31, 0.67, (0.5, 0.4, 0.22))
    x = -picture.right
    while x < picture.right:
        high = shot.between(0.1, 0.34)
        tint = from_oklch(shot.between(0.4, 0.85), shot.between(0.01, 0.08), shot.between(20, 150))
        picture.rectangle(x, worktop, x + shot.between(0.07, 0.16), worktop + high, dimmed(tint, 0.75))
        x += shot.between(0.2, 0.6)
    _plant(shot, picture, middle, worktop - 0.3)


def _washstand(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A bathroom: tiles, a round mirror, a basin, towels on a rail."""
    tile = paint(
        shot.wish.backdrop_colour, from_oklch(shot.between(0.72, 0.92), shot.between(0.0, 0.04), shot.between(120, 240))
    )
    for y in np.arange(-0.6, picture.top, 0.16):
        for x in np.arange(-picture.right, picture.right, 0.16):
            picture.rectangle(
                float(x) + 0.006,
                float(y) + 0.006,
                float(x) + 0.154,
                float(y) + 0.154,
                dimmed(tile, shot.between(0.6, 0.76)),
            )
    picture.ellipse(middle, 0.75, 0.42, 0.42, (0.45, 0.36, 0.2))
    picture.ellipse(middle, 0.75, 0.39, 0.39, (0.62, 0.66, 0.68))
    picture.rectangle(-picture.right, floor_line, picture.right, -0.28, dimmed((0.62, 0.55, 0.47), 0.7))
    picture.ellipse(middle, -0.2, 0.4, 0.14, (0.82, 0.82, 0.81))
    towel = from_oklch(shot.between(0.6, 0.9), 0.04, shot.between(20, 260))
    picture.rectangle(-middle - 0.2, -0.15, -middle + 0.2, 0.5, dimmed(towel, 0.8))
    _plant(shot, picture, middle + 0.55, -0.55)


def _bar(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A café: a dark wall, shelves of bottles, hanging lamps."""
    picture.shade(0.42)
    picture.rectangle(-picture.right, floor_line, picture.right, -0.2, (0.10, 0.055, 0.03))
    for level in (0.2, 0.62):
        _shelf(shot, picture, middle, level)
    for _ in range(int(3 + 3 * picture.right)):
        x, y = shot.between(-1, 1) * picture.right, shot.between(0.55, 1.3)
        picture.rectangle(x - 0.004, y, x + 0.004, picture.top, (0.02, 0.02, 0.02))
        picture.ellipse(x, y, 0.05, 0.05, dimmed((7.0, 4.2, 1.9), shot.between(0.5, 1.3)))


def _office(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """Shelves with files, a lamp, a pinboard."""
    _shelves(shot, picture, middle, floor_line)
    _lamp(shot, picture, -middle * 0.6, -0.2)
    picture.rectangle(-middle - 0.4, 0.35, -middle + 0.4, 0.95, (0.42, 0.30, 0.19))
    for _ in range(7):
        x, y = -middle + shot.between(-0.33, 0.27), shot.between(0.42, 0.85)
        picture.rectangle(x, y, x + 0.09, y + 0.09, from_oklch(shot.between(0.7, 0.9), 0.07, shot.between(0, 360)))


def _fir_tree(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A Christmas tree with lights, presents below, a fire opposite."""
    picture.shade(0.5)
    for step in np.linspace(0, 1, 10):
        y, half = floor_line + 0.15 + 1.9 * step, 0.75 * (1.04 - step)
        picture.polygon(
            [(middle - half, y), (middle + half, y), (middle, y + 0.5)],
            dimmed((0.035, 0.10, 0.05), shot.between(0.6, 1.4)),
        )
    for _ in range(120):
        y = shot.between(0.02, 0.95)
        x = middle + shot.between(-0.72, 0.72) * (1.02 - y)
        tint = [(9, 5.5, 2.0), (9, 6.5, 3.5), (8, 1.2, 0.8), (8, 5, 1.2)][int(shot.rng.integers(4))]
        picture.ellipse(x, floor_line + 0.15 + 2.1 * y, 0.013, 0.013, dimmed(tint, shot.between(0.4, 1.3)))
    for _ in range(5):
        x, side = middle + shot.between(-0.7, 0.7), shot.between(0.12, 0.26)
        picture.rectangle(
            x, floor_line, x + side, floor_line + side, from_oklch(shot.between(0.35, 0.6), 0.12, shot.between(10, 160))
        )
    picture.ellipse(-middle, -0.25, 0.3, 0.22, (3.2, 1.3, 0.35))
    picture.ellipse(-middle, -0.28, 0.16, 0.13, (7.0, 3.4, 0.9))


def _shelf(shot: Shot, picture: Painting, middle: float, level: float) -> None:
    picture.rectangle(middle - 0.7, level - 0.03, middle + 0.7, level, (0.24, 0.14, 0.07))
    x = middle - 0.62
    while x < middle + 0.55:
        width, height = shot.between(0.03, 0.07), shot.between(0.18, 0.3)
        if shot.rng.random() < 0.75:
            hue = float(shot.rng.choice([30, 70, 100, 150, 240]))
            picture.rectangle(
                x, level, x + width, level + height, dimmed(from_oklch(shot.between(0.4, 0.8), 0.06, hue), 0.7)
            )
        else:
            x += 0.1
        x += width + 0.004


def _art(shot: Shot, picture: Painting, middle: float) -> None:
    low, wide, high = shot.between(0.75, 1.0), shot.between(0.2, 0.34), shot.between(0.35, 0.5)
    picture.rectangle(middle - wide, low, middle + wide, low + high, (0.6, 0.56, 0.5))
    tint = from_oklch(shot.between(0.5, 0.75), 0.06, shot.between(0, 360))
    picture.rectangle(middle - wide * 0.75, low + 0.06, middle + wide * 0.75, low + high - 0.06, dimmed(tint, 0.7))


def _lamp(shot: Shot, picture: Painting, middle: float, level: float) -> None:
    x = middle + shot.between(-0.4, 0.4)
    picture.rectangle(x - 0.015, level, x + 0.015, level + 0.3, (0.2, 0.14, 0.06))
    picture.polygon(
        [(x - 0.2, level + 0.28), (x + 0.2, level + 0.28), (x + 0.13, level + 0.52), (x - 0.13, level + 0.52)],
        (3.2, 2.1, 1.1),
    )


def _plant(shot: Shot, picture: Painting, middle: float, floor_line: float) -> None:
    """A large plant in a pot."""
    picture.polygon(
        [(middle - 0.14, floor_line), (middle + 0.14, floor_line), (middle + 0.18, -0.2), (middle - 0.18, -0.2)],
        (0.42, 0.24, 0.15),
    )
    for _ in range(60):
        angle, reach = shot.between(-75, 75), shot.between(0.15, 0.75)
        x, y = middle + reach * np.sin(np.radians(angle)), -0.2 + reach * np.cos(np.radians(angle)) * 1.2
        shade = shot.between(0.5, 1.4)
        picture.ellipse(x, y, 0.035, 0.13, dimmed((0.07, 0.16, 0.05), shade), angle=-angle + shot.between(-30, 30))


FURNITURE: dict[str, Furniture] = {
    "shelves": _shelves,
    "sofa": _sofa,
    "sideboard": _sideboard,
    "plant": _plant,
    "cupboards": _cupboards,
    "washstand": _washstand,
    "bar": _bar,
    "office": _office,
    "fir tree": _fir_tree,
}
