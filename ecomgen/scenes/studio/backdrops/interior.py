"""A room out of focus: a painted wall in falling light, furniture, a window with whatever is outside, curtains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.backdrops.foliage import bushes
from ecomgen.scenes.studio.backdrops.furniture import FURNITURE, glints
from ecomgen.scenes.studio.backdrops.named_furniture import FURNITURE as NAMED
from ecomgen.scenes.studio.backdrops.town import neon_signs
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.lights import Daylight, dimmed, kelvin
from ecomgen.scenes.studio.stage.noise import spectral
from ecomgen.scenes.studio.stage.palette import hexadecimal, lightened
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import paint
from ecomgen.scenes.studio.stage.types import Colour

ALL = FURNITURE | NAMED
TOLD = 0.85  # how bright a wall is whose colour was asked for: as bright as that colour looks
NEON = "cyberpunk"  # the style of neon light
LAMPLIT = ("dusk", "night")  # hours at which a room's own lamps are lit
UNLIT = 0.3  # of a curtain's light by day, that it has in lamplight
WIDE = 0.95  # the share of the picture that a wall of windows takes
PALE_WALLS = ("#e9e3d8", "#d9d2c5", "#cfd3cb", "#e2d3c4", "#d6dade", "#dcc9b8")
PASTEL_WALLS = ("#e3ecef", "#f5e6d3", "#dfe9df", "#f3dfe2", "#e8e2ee")
DARK_WALLS = ("#3b4148", "#4a3b33", "#35403a", "#3a3540")
DEEP_WALLS = ("#7d8a7c", "#b07f63", "#6b7b86", "#8a7f72", "#a59a86", "#56625a")


def room(
    shot: Shot, hour: Daylight, furniture: Sequence[str], *, window: float, view: Painting | None = None
) -> Painting:
    """A room out of focus: one of the `furniture` on the far side, the window on the key's side, the `view` in it."""
    wall_colour = paint(shot.wish.backdrop_colour, hexadecimal(_wall(shot)))
    picture = Painting(shot.frame, dimmed(wall_colour, TOLD if shot.wish.backdrop_colour else 0.62))
    floor_line = -shot.between(0.5, 0.9)
    boards = hexadecimal(shot.turn("#7d5f45", "#8c7256", "#6b5745", "#a08a70"))
    floor = dimmed(lightened(shot.wish.backdrop_colour, boards), 0.68)
    picture.rectangle(-picture.right, picture.bottom, picture.right, floor_line, floor)
    middle = -shot.order * shot.between(0.35, 0.75) * picture.right
    named = [name for name in shot.wish.furniture if name in ALL]
    for number, name in enumerate(named or [shot.turn(*furniture)]):
        ALL[name](shot, picture, middle * (1 - 1.7 * number), floor_line)
    _fall_of_light(shot, picture, hour)
    if NEON in shot.wish.style:
        neon_signs(shot, picture)
    picture.defocus(0.02)
    wide = "window wall" in shot.wish.furniture
    if (window > 0 or wide or "window" in shot.wish.furniture) and "shoji" not in named:
        rainy = shot.wish.weather == "rainy"
        sheer = 0.0 if view or rainy or shot.wish.time in LAMPLIT else 0.35
        share = WIDE if wide else max(window, 0.75) if view or rainy else window or 0.45
        pane = _window(shot, picture, view or _outside(shot, hour), share, sheer=sheer)
        picture.defocus(shot.between(0.035, 0.075))
        if rainy:
            _rain(shot, picture, pane)
        return picture
    picture.defocus(shot.between(0.035, 0.075))
    return picture


def brushed_wall(shot: Shot, colour: Colour) -> Painting:
    """A wall as brushed paint leaves it, out of focus; light falls on it from the key's far side and dies away."""
    picture = Painting(shot.frame, colour)
    x, y = -0.45 * shot.order * picture.right, shot.between(0.1, 0.5) * picture.top
    away = ((picture.x - x) / (0.95 * picture.right)) ** 2 + ((picture.y - y) / 0.9) ** 2
    brushed = spectral(shot.rng, picture.shape, falloff=1.5, coarsest=0.6, finest=6)
    picture.shade((0.35 + 0.95 * np.exp(-away)) * (1 + 0.09 * brushed))
    picture.defocus(0.03)
    return picture


def _rain(shot: Shot, picture: Painting, pane: NDArray[np.bool_]) -> None:
    """Drops on the `pane` (HxW), dark above and bright below as small lenses are, and the tracks of those that ran."""
    seen, rows, columns = picture.light.copy(), *picture.shape

    def at(x: float, y: float) -> NDArray[np.float32] | None:
        row, column = int((picture.top - y) * picture.scale), int((x + picture.right) * picture.scale)
        inside = 0 <= row < rows and 0 <= column < columns and pane[row, column]
        return seen[row, column] if inside else None

    def drop(x: float, y: float, size: float) -> None:
        behind = at(x, y)
        if behind is not None:
            picture.ellipse(x, y, size, 1.15 * size, 0.45 * behind)
            picture.ellipse(x, y - 0.3 * size, 0.72 * size, 0.75 * size, 1.5 * behind + 0.12)

    for _ in range(int(26 * picture.right)):
        x, y, sway = shot.between(-1, 1) * picture.right, shot.between(-0.2, 1) * picture.top, 0.0
        for step in range(int(shot.rng.integers(8, 40))):
            sway, y = sway + float(shot.rng.normal(0, 0.0035)), y - 0.013
            behind = at(x + sway, y)
            if behind is not None:
                picture.ellipse(x + sway, y, 0.006, 0.01, 0.62 * behind if step % 7 else 1.25 * behind)
        drop(x + sway, y, shot.between(0.012, 0.019))
    for _ in range(int(850 * picture.right)):
        x, y = shot.between(-1, 1) * picture.right, shot.between(-0.35, 1) * picture.top
        drop(x, y, 0.005 + 0.0045 * float(shot.rng.gamma(1.5)))
    picture.defocus(0.004)


def _wall(shot: Shot) -> str:
    """The colour of the far wall: before deep ones dark products would be lost."""
    if "nursery" in shot.wish.furniture:
        return shot.turn(*PASTEL_WALLS)
    if shot.behind is not None:
        return shot.turn(*(PALE_WALLS if shot.behind > 0.78 else DEEP_WALLS if shot.behind > 0.45 else DARK_WALLS))
    if shot.palette.lightness <= 0.45:
        return shot.turn(*PALE_WALLS)
    if not shot.ideas:
        return shot.pick(*PALE_WALLS, *DEEP_WALLS)
    return shot.turn(*(PALE_WALLS if shot.turn("pale", "deep") == "pale" else DEEP_WALLS))


def _fall_of_light(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Brighter towards the window, darker to the far corner and the ceiling; at times a patch of sun on the wall."""
    if shot.wish.time in LAMPLIT:
        _lamplight(shot, picture)
        return
    falloff = 0.42 + 0.85 / (1 + np.exp(-shot.order * picture.x * shot.between(1.2, 2.6)))
    picture.shade(falloff * (1 - 0.25 * np.clip(picture.y / max(picture.top, 0.5), 0, 1)))
    if shot.span("patch", 0, 1) < 0.45:
        return
    slant = shot.side * shot.between(0.3, 0.8)
    x, y = picture.x + slant * picture.y - shot.between(-0.6, 0.6) * picture.right, picture.y - shot.between(0.1, 0.5)
    wide, high = shot.between(0.3, 0.55), shot.between(0.3, 0.6)
    bars = np.clip((np.abs(x) - 0.02) / 0.02, 0, 1)
    patch = np.clip((wide - np.abs(x)) / 0.05, 0, 1) * np.clip((high - np.abs(y)) / 0.05, 0, 1) * bars
    picture.shade(1 + 1.1 * patch[..., None] * np.asarray(kelvin(hour.kelvin - 600)))


def _lamplight(shot: Shot, picture: Painting) -> None:
    """Two lamps on the wall, seen lit: warm light round each, dusk between them."""
    light = np.full((*picture.shape, 3), 0.26, np.float32)
    for side in (-1, 1):
        x, y = side * shot.between(0.35, 0.9) * picture.right, shot.between(0.3, 0.75) * picture.top
        away = ((picture.x - x) / 0.75) ** 2 + ((picture.y - y) / 0.85) ** 2
        light += (0.9 * np.exp(-away))[..., None] * np.asarray(kelvin(3300), np.float32)
        picture.ellipse(x, y, 0.05, 0.07, (7.0, 4.4, 2.0))
    picture.shade(light)


def _window(shot: Shot, picture: Painting, view: Painting, share: float, *, sheer: float) -> NDArray[np.bool_]:
    """Panes with the `view`, white frames, a curtain beside them or, as likely as `sheer`, sheer cloth before them.

    Gives where glass is seen, HxW.
    """
    reach = picture.right
    inner = shot.order * (1 - 2 * share + shot.between(-0.2, 0.2)) * reach
    outer = shot.order * reach * 1.3
    x0, x1 = min(inner, outer), max(inner, outer)
    y0, y1 = (-2.0 if share == WIDE else shot.between(-0.3, 0.0)), picture.top + 0.3
    pane = np.broadcast_to((picture.x > x0) & (picture.x < x1) & (picture.y > y0) & (picture.y < y1), picture.shape)
    picture.light[pane] = view.light[pane]
    frame = dimmed(hexadecimal(shot.pick("#e9e6df", "#e9e6df", "#3d3a36", "#8a6a4a")), 0.8)
    wide = shot.between(0.03, 0.08)
    for x in np.linspace(x0, x1, int(shot.rng.integers(1, 4)) + 1):
        picture.rectangle(float(x) - wide / 2, y0, float(x) + wide / 2, y1, frame)
    picture.rectangle(x0, y0 - 0.07, x1, y0, dimmed(frame, 1.15))
    if shot.rng.random() < 0.6:
        bar = y0 + shot.between(0.45, 0.75) * (picture.top - y0)
        picture.rectangle(x0, bar - wide / 3, x1, bar + wide / 3, frame)
    if shot.rng.random() < sheer:
        _cloth(shot, picture, x0, x1, 0.62)
    elif shot.rng.random() < 0.7:
        width = shot.between(0.25, 0.5) * picture.right
        _cloth(shot, picture, inner - width * 0.55, inner + width * 0.45, 0.75)
    return pane & (picture.light == view.light).all(axis=-1)


def _outside(shot: Shot, hour: Daylight) -> Painting:
    """What a camera sees through a window when it exposes for the room: green, nearly burnt out by daylight."""
    outside = Painting(shot.frame, dimmed(kelvin(hour.kelvin + 900), 1.9))
    if shot.wish.time in LAMPLIT:
        blue = np.array([0.02, 0.03, 0.06]) if shot.wish.time == "night" else np.array([0.05, 0.1, 0.23])
        sky = 1 + 0.9 * np.clip(1 - outside.y / max(outside.top, 0.5), 0, 1) * np.ones(outside.shape)
        outside.light[:] = (sky[..., None] * blue).astype(np.float32)
        glints(shot, outside, 24, box=(-outside.right, -0.2, outside.right, outside.top), strength=1.2)
        return outside
    if shot.wish.weather == "rainy":
        outside.light[:] = np.asarray(dimmed(kelvin(7200), 0.45), dtype=np.float32)
        bushes(shot, outside, light=0.45)
        outside.light += (np.float32(0.5) - outside.light) * np.float32(0.3)
        return outside
    bushes(shot, outside, light=shot.between(0.8, 1.3))
    veil = shot.between(0.25, 0.7)
    glow = np.asarray(dimmed(kelvin(hour.kelvin + 700), 2.0), dtype=np.float32)
    outside.light += (glow - outside.light) * np.float32(veil)
    return outside


def _cloth(shot: Shot, picture: Painting, x0: float, x1: float, cover: float) -> None:
    """Sheer cloth in folds of uneven width, glowing from behind."""
    wander = 1.5 * np.sin(picture.x * 9) + 0.8 * np.sin(picture.x * 23 + shot.between(0, 6))
    folds = 0.72 + 0.28 * np.sin(picture.x * shot.between(28, 55) + wander)
    inside = np.clip((picture.x - x0) / 0.03, 0, 1) * np.clip((x1 - picture.x) / 0.03, 0, 1)
    cloth = np.array([1.3, 1.24, 1.14], dtype=np.float32) * np.broadcast_to(folds, picture.shape)[..., None]
    cloth *= np.float32(UNLIT if shot.wish.time in LAMPLIT else 1.0)
    picture.blend(cloth, np.broadcast_to(cover * inside, picture.shape))
