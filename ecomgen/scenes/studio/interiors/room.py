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
from ecomgen.scenes.studio.stage.shapes import Shape, block, ground, joined, sheet, wall
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.types import Colour, Dome, Material, Softbox, Stage, Sun, Thing

Picture = NDArray[np.floating[Any]]

DISTANCE, EYE = 5.2, 1.3  # metres
HIGH = 3.4  # metres from the floor to where no more is seen of a wall
LONGEST = 256  # pixels of the picture's larger side at most: it is out of focus anyway
SAMPLES, BOUNCES = 44, 4
SILL = 0.98  # metres
BRIGHTNESS = 1.0  # of white paper on the set's ground, that it has in such a room
DAY = Dome(zenith=(0.33, 0.335, 0.345), horizon=(0.3, 0.3, 0.3), nadir=(0.22, 0.21, 0.19))
NIGHT = Dome(zenith=(0.09, 0.085, 0.085), horizon=(0.085, 0.08, 0.08), nadir=(0.05, 0.045, 0.04))
LAMPLIT = ("dusk", "night")  # hours at which a room's own lamps are lit
LINEN, PALE = (0.26, 0.25, 0.22), 0.65  # the light through a pale curtain, and how likely one is pale
FAINT = 1e-3  # of a sun that is down or behind clouds
BOARD = 0.14  # metres across a floor's board
BLACK, GREY = (0.02, 0.02, 0.02), (0.8, 0.8, 0.8)
SPECK = block(0.01, 0.01, 0.01, 0.001).moved(0, -9, 0)
"""What is out of sight."""
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
    stage = replace(stage, things=gathered(stage.things))
    quality = Quality(variant=best_variant(), samples_per_pixel=SAMPLES, max_depth=BOUNCES, denoise=False)
    shoot = set_up(stage, camera, [], quality, seed & 0xFFFFFFFF)
    light = light_on(np.ones((height, width), bool), shoot, lambda _: None).reshape(height, width, 3)
    white = np.float32(BRIGHTNESS / stage.brightness())
    return np.asarray(cv2.resize(light * white, (columns, rows)), np.float32)


def gathered(things: Sequence[Thing]) -> tuple[Thing, ...]:
    """The same few meshes for every room, what is plain, of metal, glowing, and a picture that glows: code compiled for
    one room then renders all."""
    pictures = [thing for thing in things if isinstance(thing.material.glow, np.ndarray)]
    glowing = [thing for thing in things if isinstance(thing.material.glow, tuple)]
    dark = [thing for thing in things if thing.material.glow is None]
    metal, plain = ([thing for thing in dark if bool(thing.material.metallic) == shiny] for shiny in (True, False))
    lit = _as_one([(thing.shape, thing.material.glow) for thing in glowing])
    (unseen,) = pictures or [
        Thing(shape=SPECK, material=Material(colour=BLACK, glow=np.full((2, 2, 3), 1e-3, np.float32)))
    ]
    return (
        _thing(plain, roughness=0.55),
        _thing(metal, roughness=0.3, metallic=1.0),
        Thing(shape=lit.shape, material=Material(colour=GREY, glow=lit.material.colour)),
        unseen,
    )


def _thing(things: Sequence[Thing], **material: float) -> Thing:
    made = _as_one([(thing.shape, thing.material.colour) for thing in things])
    return replace(made, material=replace(made.material, **material))


def _as_one(parts: Sequence[tuple[Shape, Any]]) -> Thing:
    """Bodies, each in a colour or a row of colours, with one row of all their colours; a speck where there are none."""
    parts = parts or [(SPECK, (1e-3, 1e-3, 1e-3))]
    rows = [_row(colour) for _, colour in parts]
    total, start, shapes = sum(map(len, rows)), 0, []
    for (shape, _), row in zip(parts, rows, strict=True):
        along = shape.uv[:, :1] if len(row) > 1 else np.full((len(shape.uv), 1), 0.5)
        uv = np.hstack([(start + along * len(row)) / total, np.full((len(shape.uv), 1), 0.5)])
        shapes.append(replace(shape, uv=uv.astype(np.float32)))
        start += len(row)
    palette = np.repeat(np.concatenate(rows)[None].astype(np.float32), 2, axis=0)
    return Thing(shape=joined(shapes), material=Material(colour=palette))


def _row(colour: Any) -> Picture:
    """One colour, or the colours of a texture that is a row of them, Nx3."""
    values = np.asarray(colour, np.float32)
    return np.reshape(values[0] if values.ndim == 3 else values, (-1, 3))


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
    towards = (side * 0.8, shot.between(0.26, 0.42), shot.between(0.42, 0.62))
    sun = Sun(towards=towards, spread=1.6, irradiance=dimmed(kelvin(hour.kelvin - 600), 3.4 if sunny else FAINT))
    shaded = (*things, _side_wall(x)) if sunny else things
    return Stage(things=tuple(shaded), lamps=(key, sun), dome=DAY, aperture=0.0)


def lit_by_lamps(view: View, things: Sequence[Thing]) -> Stage:
    """Dusk, in which the room's own lamps are lit."""
    lamp = Softbox(
        position=(0.0, 3.0, 2.4),
        target=(0.0, 0.9, 0.1),
        width=2 * view.right,
        height=0.6,
        radiance=dimmed(kelvin(WARM), 1.1),
    )
    moon = Sun(towards=(0.3, 0.8, 0.5), spread=1.6, irradiance=(FAINT, FAINT, FAINT))
    return Stage(things=tuple(things), lamps=(lamp, moon), dome=NIGHT, aperture=0.0)


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
    floor = [
        Thing(
            shape=ground(-wide, wide, float(z) + BOARD, float(z)),
            material=Material(colour=dimmed(boards, rng.uniform(0.75, 1.2))),
        )
        for z in np.arange(0, DISTANCE, BOARD)
    ]
    return [far, skirting, *floor]


def window(shot: Shot, view: View, outside: Painting, *, curtained: bool) -> list[Thing]:
    """Panes that show what is `outside`, their frames and the sill, and a curtain beside them."""
    if view.window is None:
        return []
    (x0, x1), y0 = view.window, 0.05 if view.window[1] - view.window[0] > 1.6 * view.right else SILL
    y1 = max(view.top + 0.3, y0 + 0.8)
    pane = wall(x0, x1, y0, y1, 0.02)
    seen = _cut_out(view, outside, (x0, y0, x1, y1))
    things = [Thing(shape=pane, material=Material(colour=BLACK, glow=seen))]
    tint = shot.pick("white", "white", "iron", "wood")
    colour = {"white": (0.78, 0.76, 0.72), "iron": (0.045, 0.042, 0.04), "wood": (0.26, 0.15, 0.08)}[tint]
    wide, count = shot.between(0.045, 0.085), int(shot.rng.integers(1, 4))
    bars = [block(wide, y1 - y0, 0.06, 0.008).moved(float(x), y0, 0.05) for x in np.linspace(x0, x1, count + 1)]
    bars += [block(x1 - x0, 0.7 * wide, 0.05, 0.008).moved((x0 + x1) / 2, y, 0.05) for y in (y0, y0 + 0.62 * (y1 - y0))]
    things.append(Thing(shape=joined(bars), material=Material(colour=colour, roughness=0.5)))
    if y0 == SILL:
        ledge = block(x1 - x0 + 0.16, 0.04, 0.22, 0.01).moved((x0 + x1) / 2, y0 - 0.04, 0.11)
        things.append(Thing(shape=ledge, material=Material(colour=(0.78, 0.76, 0.72))))
    if curtained:
        inner = x0 if sum(view.window) > 0 else x1
        things.append(_curtain(shot, inner - 0.3, inner + 0.22, y1))
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


def _curtain(shot: Shot, x0: float, x1: float, y1: float) -> Thing:
    """A curtain in folds of uneven width; through pale linen comes some of the daylight."""
    x = np.linspace(x0, x1, 80)
    wander = 1.5 * np.sin(9 * x) + 0.8 * np.sin(23 * x + shot.between(0, 6))
    folds = 0.045 * np.sin(x * shot.between(34, 52) + wander)
    points = np.stack([np.stack([x, np.full(80, y), 0.16 + folds], -1) for y in (y1, 0.02)])
    pale = shot.rng.random() < PALE and shot.wish.time not in LAMPLIT
    material = Material(colour=GREY, glow=LINEN) if pale else Material(colour=(0.34, 0.31, 0.27))
    return Thing(shape=sheet(points), material=material)
