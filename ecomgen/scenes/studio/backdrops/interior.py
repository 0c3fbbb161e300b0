"""A room: wall, window with the garden outside, curtain, shelf, picture, lamp."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.backdrops.foliage import leaves_against_light
from ecomgen.scenes.studio.lights import dimmed, kelvin
from ecomgen.scenes.studio.noise import spectral
from ecomgen.scenes.studio.painting import Painting
from ecomgen.scenes.studio.palette import from_oklch
from ecomgen.scenes.studio.surfaces import paint

if TYPE_CHECKING:
    from ecomgen.scenes.studio.lights import Daylight
    from ecomgen.scenes.studio.shot import Shot


def room(shot: Shot, hour: Daylight) -> Painting:
    """A room with its window on the key's side, out of focus."""
    wall_colour = paint(
        shot.wish.backdrop_colour,
        from_oklch(shot.between(0.62, 0.84), shot.between(0.01, 0.045), shot.between(40, 130)),
    )
    picture = Painting(shot.frame, dimmed(wall_colour, 0.62))
    falloff = 0.55 + 0.75 / (1 + np.exp(-shot.side * picture.x * 1.6))
    picture.shade(np.broadcast_to(falloff, picture.shape))
    floor_line = -shot.between(0.5, 0.9)
    picture.rectangle(-picture.right, picture.bottom, picture.right, floor_line, dimmed(wall_colour, 0.28))
    _furniture(shot, picture, floor_line)
    picture.defocus(0.04)
    _window(shot, picture, hour)
    picture.defocus(shot.between(0.05, 0.085))
    return picture


def _window(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Two to three panes, bright, with leaves outside, framed in white, a curtain beside it."""
    reach = picture.right
    inner = shot.side * shot.between(0.05, 0.42) * reach
    outer = shot.side * reach * 1.3
    x0, x1 = min(inner, outer), max(inner, outer)
    y0, y1 = shot.between(-0.25, 0.05), picture.top + 0.3
    outside = Painting(shot.frame, dimmed(kelvin(hour.kelvin + 1200), 1.5))
    leaves_against_light(shot, outside, density=shot.between(0.8, 1.5))
    outside.defocus(0.04)
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


def _furniture(shot: Shot, picture: Painting, floor_line: float) -> None:
    away = -shot.side
    middle = away * shot.between(0.45, 0.75) * picture.right
    kind = shot.pick("shelf", "sofa", "sideboard", "plant")
    if kind == "shelf":
        for level in (shot.between(-0.05, 0.15), shot.between(0.45, 0.65)):
            _shelf(shot, picture, middle, level)
    elif kind == "sofa":
        colour = from_oklch(shot.between(0.4, 0.7), 0.04, shot.between(0, 360))
        picture.rectangle(middle - 0.9, floor_line, middle + 0.9, -0.1, dimmed(colour, 0.6))
        picture.rectangle(middle - 0.5, -0.3, middle - 0.1, 0.02, from_oklch(0.7, 0.09, shot.between(20, 110)))
    elif kind == "sideboard":
        picture.rectangle(middle - 0.8, floor_line, middle + 0.8, -0.12, (0.22, 0.12, 0.06))
        _lamp(shot, picture, middle, -0.12)
    else:
        _plant(shot, picture, middle, floor_line)
    _art(shot, picture, middle + shot.between(-0.2, 0.2))


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
    picture.polygon(
        [(middle - 0.14, floor_line), (middle + 0.14, floor_line), (middle + 0.18, -0.2), (middle - 0.18, -0.2)],
        (0.42, 0.24, 0.15),
    )
    for _ in range(60):
        angle, reach = shot.between(-75, 75), shot.between(0.15, 0.75)
        x, y = middle + reach * np.sin(np.radians(angle)), -0.2 + reach * np.cos(np.radians(angle)) * 1.2
        shade = shot.between(0.5, 1.4)
        picture.ellipse(x, y, 0.035, 0.13, dimmed((0.07, 0.16, 0.05), shade), angle=-angle + shot.between(-30, 30))


def mottled(shot: Shot, picture: Painting, strength: float) -> None:
    """Uneven light on a wall."""
    picture.shade(1 + strength * spectral(shot.rng, picture.shape, falloff=2.2)[..., None])
