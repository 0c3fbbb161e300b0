"""A room behind, in metres: what of it is seen, how it is lit, and its photograph.

The far wall is the plane z = 0, the floor y = 0; z runs towards the camera, which stands `DISTANCE` metres before the
wall and `EYE` above the floor, whatever stands before it in the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.rendering.render import Quality, light_on, set_up
from ecomgen.scenes.studio.rendering.variants import best_variant
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.lights import Daylight, dimmed, kelvin
from ecomgen.scenes.studio.stage.shapes import block, ground, joined, sheet, wall
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.types import Colour, Dome, Material, Softbox, Stage, Sun, Thing

Picture = NDArray[np.floating[Any]]

DISTANCE, EYE = 5.2, 1.3  # metres
HIGH = 3.4  # metres from the floor to where no more is seen of a wall
LONGEST = 256  # pixels of the picture's larger side at most: it is out of focus anyway
SAMPLES, BOUNCES = 28, 4
SILL = 0.98  # metres
BRIGHTNESS = 1.25  # of white paper on the set's ground, that it has in such a room
DAY = Dome(zenith=(0.33, 0.335, 0.345), horizon=(0.3, 0.3, 0.3), nadir=(0.22, 0.21, 0.19))
NIGHT = Dome(zenith=(0.09, 0.085, 0.085), horizon=(0.085, 0.08, 0.08), nadir=(0.05, 0.045, 0.04))
WARM = 3000.0  # kelvin of a room's own lamps


@dataclass(frozen=True, kw_only=True)
class View:
    """What of the far wall is seen, in metres from its foot's middle, and between which x it has a window, if any."""

    right: float
    bottom: float
    top: float
    window: tuple[float, float] | None = None

    @classmethod
    def of(cls, picture: Painting) -> View:
        share = DISTANCE / picture.frame.distance
        return cls(right=share * picture.right, bottom=EYE + share * picture.bottom, top=EYE + share * picture.top)

    @property
    def wall(self) -> tuple[float, float]:
        """Between which x there is nothing but wall, a little farther than is seen of it."""
        left, right = -self.right - 0.6, self.right + 0.6
        if self.window is None:
            return left, right
        return (self.window[1] + 0.1, right) if sum(self.window) < 0 else (left, self.window[0] - 0.1)


@dataclass(frozen=True, kw_only=True)
class Corner:
    """Where furniture is to stand: in the `shot`, of which `view` is seen, about `x` metres from the middle."""

    shot: Shot
    view: View
    x: float


def photographed(picture: Painting, view: View, stage: Stage, seed: int) -> Picture:
    """The light of the room, HxWx3, as large as the `picture`, 1 as bright as white paper."""
    import cv2

    frame, (rows, columns) = picture.frame, picture.shape
    size = min(LONGEST, max(frame.width, frame.height)) / max(rows, columns)
    height, width = max(round(rows * size), 8), max(round(columns * size), 8)
    unit = 2 * view.right / width
    camera = replace(
        frame, width=width, height=height, unit=unit, ground_row=view.top / unit, distance=DISTANCE, eye=EYE, across=0.0
    )
    quality = Quality(variant=best_variant(), samples_per_pixel=SAMPLES, max_depth=BOUNCES, denoise=False)
    shoot = set_up(stage, camera, [], quality, seed & 0xFFFFFFFF)
    light = light_on(np.ones((height, width), bool), shoot, lambda _: None).reshape(height, width, 3)
    white = np.float32(BRIGHTNESS / stage.brightness())
    return np.asarray(cv2.resize(light * white, (columns, rows)), np.float32)


def lit_by_day(shot: Shot, view: View, hour: Daylight, things: Sequence[Thing], *, sunny: bool) -> Stage:
    """Light from a window at the side that is not seen; where it is `sunny`, the sun falls through it as well."""
    side = shot.order
    x = side * (view.right + 1.3)
    key = Softbox(
        position=(x, 2.1, 3.4),
        target=(-0.2 * x, 0.8, 0.4),
        width=1.7,
        height=1.9,
        radiance=dimmed(kelvin(hour.kelvin + 700), 7.5),
    )
    if not sunny:
        return Stage(things=tuple(things), lamps=(key,), dome=DAY, aperture=0.0)
    towards = (side * 0.8, shot.between(0.26, 0.42), shot.between(0.42, 0.62))
    sun = Sun(towards=towards, spread=1.6, irradiance=dimmed(kelvin(hour.kelvin - 600), 3.4))
    return Stage(things=(*things, _side_wall(x)), lamps=(key, sun), dome=DAY, aperture=0.0)


def lit_by_lamps(view: View, things: Sequence[Thing]) -> Stage:
    """Dusk, in which the room's own lamps are lit."""
    warm = dimmed(kelvin(WARM), 2.6)
    lamps = tuple(
        Softbox(
            position=(side * (view.right + 0.4), 2.9, 2.2),
            target=(side * 0.6 * view.right, 0.9, 0.1),
            width=0.7,
            height=0.7,
            radiance=warm,
        )
        for side in (-1, 1)
    )
    return Stage(things=tuple(things), lamps=lamps, dome=NIGHT, aperture=0.0)


def _side_wall(x: float) -> Thing:
    """A wall at the side, with a window of two panes in it."""
    parts = [
        block(0.1, 0.95, 6.0, 0.01).moved(x, 0, 2.0),
        block(0.1, 2.0, 6.0, 0.01).moved(x, 2.3, 2.0),
        block(0.1, 3.0, 1.2, 0.01).moved(x, 0, 0.2),
        block(0.1, 3.0, 2.4, 0.01).moved(x, 0, 3.8),
        block(0.12, 3.0, 0.07, 0.01).moved(x, 0, 1.7),
        block(0.12, 0.05, 2.0, 0.01).moved(x, 1.6, 1.7),
    ]
    return Thing(shape=joined(parts), material=Material(colour=(0.75, 0.73, 0.7)))


def shell(view: View, paint: Colour, boards: Colour, rng: np.random.Generator) -> list[Thing]:
    """The far wall with its skirting, and a floor of boards."""
    wide = view.right + 3
    far = Thing(shape=wall(-wide, wide, 0, HIGH, 0), material=Material(colour=paint))
    skirting = Thing(shape=block(2 * wide, 0.1, 0.03, 0.005), material=Material(colour=(0.72, 0.7, 0.66)))
    rows = np.asarray(boards) * rng.uniform(0.75, 1.2, (48, 8, 1))
    floor = Thing(shape=ground(-wide, wide, DISTANCE, 0), material=Material(colour=rows.astype(np.float32)))
    return [far, skirting, floor]


def window(shot: Shot, view: View, outside: Painting, *, curtained: bool, sheer: bool) -> list[Thing]:
    """Panes that show what is `outside`, their frames and the sill, curtains beside them, sheer cloth before them."""
    if view.window is None:
        return []
    (x0, x1), y0 = view.window, 0.05 if view.window[1] - view.window[0] > 1.6 * view.right else SILL
    y1 = max(view.top + 0.3, y0 + 0.8)
    pane = wall(x0, x1, y0, y1, 0.02)
    seen = _cut_out(view, outside, (x0, y0, x1, y1))
    things = [Thing(shape=pane, material=Material(colour=(0.02, 0.02, 0.02), glow=seen))]
    tint = shot.pick("white", "white", "iron", "wood")
    colour = {"white": (0.78, 0.76, 0.72), "iron": (0.045, 0.042, 0.04), "wood": (0.26, 0.15, 0.08)}[tint]
    wide, count = shot.between(0.045, 0.085), int(shot.rng.integers(1, 4))
    bars = [block(wide, y1 - y0, 0.06, 0.008).moved(float(x), y0, 0.05) for x in np.linspace(x0, x1, count + 1)]
    bars += [block(x1 - x0, 0.7 * wide, 0.05, 0.008).moved((x0 + x1) / 2, y, 0.05) for y in (y0, y0 + 0.62 * (y1 - y0))]
    things.append(Thing(shape=joined(bars), material=Material(colour=colour, roughness=0.5)))
    if y0 == SILL:
        ledge = block(x1 - x0 + 0.16, 0.04, 0.22, 0.01).moved((x0 + x1) / 2, y0 - 0.04, 0.11)
        things.append(Thing(shape=ledge, material=Material(colour=(0.78, 0.76, 0.72))))
    if sheer:
        things.append(_cloth(shot, x0 - 0.1, x1 + 0.1, y0, y1, (0.3, 0.29, 0.27)))
    elif curtained:
        inner = x0 if sum(view.window) > 0 else x1
        dyed = shot.pick("linen", "linen", "deep")
        things.append(
            _cloth(shot, inner - 0.3, inner + 0.22, 0.02, y1, (0.3, 0.28, 0.25) if dyed == "linen" else (0.0, 0.0, 0.0))
        )
    return things


def _cut_out(view: View, outside: Painting, rectangle: tuple[float, float, float, float]) -> Picture:
    """What of a picture of the view is seen in a `rectangle` of the far wall."""
    x0, y0, x1, y1 = rectangle
    rows, columns = outside.shape
    left, right = ((x / view.right + 1) / 2 * columns for x in (x0, x1))
    upper, lower = ((view.top - y) / (view.top - view.bottom) * rows for y in (y1, y0))
    y, x = np.linspace(upper, lower, 96), np.linspace(left, right, 96)
    seen = outside.light[np.clip(y, 0, rows - 1).astype(int)][:, np.clip(x, 0, columns - 1).astype(int)]
    return np.ascontiguousarray(seen / BRIGHTNESS, np.float32)


def _cloth(shot: Shot, x0: float, x1: float, y0: float, y1: float, glow: Colour) -> Thing:
    """A curtain in folds of uneven width, with the daylight that comes through it."""
    x = np.linspace(x0, x1, 80)
    wander = 1.5 * np.sin(9 * x) + 0.8 * np.sin(23 * x + shot.between(0, 6))
    folds = 0.045 * np.sin(x * shot.between(34, 52) + wander)
    points = np.stack([np.stack([x, np.full(80, y), 0.16 + folds], -1) for y in (y1, y0)])
    colour = (0.5, 0.48, 0.44) if any(glow) else (0.3, 0.27, 0.24)
    return Thing(shape=sheet(points), material=Material(colour=colour, glow=glow if any(glow) else None))
