"""A room out of focus, with its window and whatever is outside; and a plain wall of brushed paint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.backdrops.foliage import bushes, thicket
from ecomgen.scenes.studio.backdrops.town import neon_signs
from ecomgen.scenes.studio.interiors.furniture import FURNITURE
from ecomgen.scenes.studio.interiors.named_furniture import NAMED_FURNITURE
from ecomgen.scenes.studio.interiors.photograph import photographed
from ecomgen.scenes.studio.interiors.room import (
    LAMPLIT,
    Corner,
    WallView,
    bare_wall,
    eye_over,
    lit_by_day,
    lit_by_lamps,
    shell,
)
from ecomgen.scenes.studio.interiors.window import window as panes
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.palette import hexadecimal, lightened, lightness
from ecomgen.scenes.studio.primitives.types import Colour, Dome, Material, Stage, Thing
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.lights import Daylight, dimmed, kelvin
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import paint

ALL = FURNITURE | NAMED_FURNITURE
TOLD = 0.85  # how bright a wall is whose colour was asked for: as bright as that colour looks
NEON = "cyberpunk"  # the style of neon light
EVENING = {"dusk": 0.6, "night": 0.38}  # of daylight, that lamps give a room
DIM = {"bar": 0.55, "fir tree": 0.6, "gym": 0.7, "barrels": 0.5, "racks": 0.8}
"""How bright a room is beside others, by what it is."""
OVERHEAD = "hanging lamps"  # which take nobody's place
FITTED = ("cupboards", "washstand")  # may stand below a window; other furniture before it only where it is named
SKY = 1.15  # 1 is as bright as paper: the sky through a window, which holds its tone
NEARER = 0.45  # of the way from the product to the picture's edge, where named furniture has its middle
TABLE_END = -1.8  # z where a table usually ends
UNLIT = (0.0, 0.0, 0.0)
BRICKS = (0.30, 0.12, 0.07)
WIDE, BESIDE = 0.95, 0.55  # the shares of the picture that a wall of windows takes, and beside a wall that is told
PALE_WALLS = ("#e9e3d8", "#d9d2c5", "#cfd3cb", "#e2d3c4", "#d6dade", "#dcc9b8")
PASTEL_WALLS = ("#e3ecef", "#f5e6d3", "#dfe9df", "#f3dfe2", "#e8e2ee")
PALE = ("pale", "airy")  # shades
DARK_WALLS = ("#3b4148", "#4a3b33", "#35403a", "#3a3540")
DEEP_WALLS = ("#7d8a7c", "#b07f63", "#6b7b86", "#8a7f72", "#a59a86", "#56625a")


def room(
    shot: Shot,
    hour: Daylight,
    furniture: Sequence[str],
    *,
    window: float,
    far: float = TABLE_END,
    view: Painting | None = None,
) -> Painting:
    """A room out of focus: one of the `furniture` on the far side, the window on the key's side, the `view` in it.

    Named furniture stands beside the product, seen over what ends `far` (z) behind it.
    """
    picture = Painting(shot.frame, (0, 0, 0))
    named = [name for name in shot.wish.furniture if name in ALL]
    whole = WallView.of(picture, eye_over(shot.frame, far)) if named else WallView.of(picture)
    seen = _windowed(shot, whole, window, view, named)
    middle = -shot.order * shot.uniform(0.3, 0.65) * seen.right
    usual = shot.turn(*furniture)
    clear = middle if usual in FITTED else seen.clear_of_window(middle)
    stood = [name for name in named if name != OVERHEAD]
    standing = list(zip(stood, cycle(_beside(shot, seen)))) or ([] if clear is None else [(usual, clear)])
    standing += [(OVERHEAD, 0.0)] if OVERHEAD in named else []
    boards = lightened(shot.wish.backdrop_colour, hexadecimal(shot.turn("#7d5f45", "#8c7256", "#6b5745", "#a08a70")))
    bare = bare_wall(shot)
    painted = paint(shot.wish.backdrop_colour, BRICKS if bare else hexadecimal(_wall(shot)))
    things = shell(seen, painted, boards, shot.spawn().rng, bare=bare)
    for name, x in standing:
        things += ALL[name](Corner(shot=shot.spawn(), view=seen, x=x))
    rainy = shot.wish.weather == "rainy"
    glazed = panes(shot, seen, seen.window, view or _outside(shot.spawn(), hour)) if seen.window else []
    things += glazed
    sunny = shot.span("patch", 0, 1) >= 0.45 and not rainy
    if shot.wish.time in LAMPLIT:
        stage = lit_by_lamps(seen, things, side=-shot.order)
    else:
        stage = lit_by_day(shot, seen, hour, things, sunny=sunny)
    level = min((DIM.get(name, 1.0) for name, _ in standing), default=1.0)
    level *= TOLD if shot.wish.backdrop_colour else 1.0
    level *= EVENING.get(str(shot.wish.time), 1.0)
    picture.light = np.ascontiguousarray(photographed(picture, seen, stage, shot.seed) * np.float32(level))
    if NEON in shot.wish.style:
        neon_signs(shot, picture)
    picture.defocus(shot.uniform(0.018, 0.04))
    if rainy and glazed:
        _rain(shot, picture, _pane(picture, seen, stage, glazed[0], shot.seed))
    return picture


def _beside(shot: Shot, seen: WallView) -> tuple[float, ...]:
    """Where the wall is seen beside the product: first away from the window, unless that is narrow."""
    gaps = [seen.gap(shot, side) for side in (-shot.order, shot.order)]
    (first, other) = (abs(outer - inner) for inner, outer in gaps)
    middles = tuple(inner + NEARER * (outer - inner) for inner, outer in gaps)
    return middles if 2 * first > other else middles[::-1]


def _windowed(shot: Shot, seen: WallView, window: float, view: Painting | None, named: Sequence[str]) -> WallView:
    """What is seen of the room, with its window: as wide as the set has it, wider where there is something to see."""
    wide = "window wall" in shot.wish.furniture
    if not (window > 0 or wide or "window" in shot.wish.furniture) or "shoji" in named:
        return seen
    share = max(window, 0.75) if view or shot.wish.weather == "rainy" else window or 0.45
    if wide:
        share = BESIDE if bare_wall(shot) else WIDE
    inner = shot.order * (1 - 2 * share + shot.uniform(-0.2, 0.2)) * seen.right
    outer = shot.order * seen.right * 1.3
    return replace(seen, window=(min(inner, outer), max(inner, outer)))


def _pane(picture: Painting, seen: WallView, stage: Stage, glass: Thing, seed: int) -> NDArray[np.bool_]:
    """Where in the picture the `glass` is seen, HxW, and nothing of the stage before it."""
    black, bright = Material(UNLIT), Material(UNLIT, glow=(1.0, 1.0, 1.0))
    things = tuple(replace(thing, material=bright if thing is glass else black) for thing in stage.things)
    dome = Dome(zenith=UNLIT, horizon=UNLIT, nadir=UNLIT)
    return photographed(picture, seen, replace(stage, things=things, lamps=(), dome=dome), seed).mean(-1) > 0.5


def brushed_wall(shot: Shot, colour: Colour) -> Painting:
    """A wall as brushed paint leaves it, out of focus; light falls on it from the key's far side and dies away."""
    picture = Painting(shot.frame, colour)
    x, y = -0.45 * shot.order * picture.right, shot.uniform(0.1, 0.5) * picture.top
    away = ((picture.x - x) / (0.95 * picture.right)) ** 2 + ((picture.y - y) / 0.9) ** 2
    brushed = spectral(shot.rng, picture.shape, falloff=1.5, coarsest=0.6, finest=6)
    picture.light *= ((0.35 + 0.95 * np.exp(-away)) * (1 + 0.09 * brushed))[..., None].astype(np.float32)
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
        x, y, sway = shot.uniform(-1, 1) * picture.right, shot.uniform(-0.2, 1) * picture.top, 0.0
        for step in range(int(shot.rng.integers(8, 40))):
            sway, y = sway + float(shot.rng.normal(0, 0.0035)), y - 0.013
            behind = at(x + sway, y)
            if behind is not None:
                picture.ellipse(x + sway, y, 0.006, 0.01, 0.62 * behind if step % 7 else 1.25 * behind)
        drop(x + sway, y, shot.uniform(0.012, 0.019))
    for _ in range(int(850 * picture.right)):
        x, y = shot.uniform(-1, 1) * picture.right, shot.uniform(-0.35, 1) * picture.top
        drop(x, y, 0.005 + 0.0045 * float(shot.rng.gamma(1.5)))
    picture.defocus(0.004)


def _wall(shot: Shot) -> str:
    """The colour of the far wall: of the mood's own one about as light as the picture's idea; before deep ones dark
    products would be lost."""
    if "nursery" in shot.wish.furniture:
        return shot.turn(*PASTEL_WALLS)
    if moody := shot.walls_of_mood():
        light = shot.span("wall", 0.3, 0.95) if shot.behind is None else shot.behind
        near = sorted(moody, key=lambda colour: abs(lightness(hexadecimal(colour)) - light))
        return shot.turn(*near[:2])
    if shot.palette.shade in PALE:
        return shot.turn(*PALE_WALLS)
    if shot.behind is not None:
        return shot.turn(*(PALE_WALLS if shot.behind > 0.78 else DEEP_WALLS if shot.behind > 0.45 else DARK_WALLS))
    if shot.palette.lightness <= 0.45:
        return shot.turn(*PALE_WALLS)
    if not shot.ideas:
        return shot.choice(*PALE_WALLS, *DEEP_WALLS)
    return shot.turn(*(PALE_WALLS if shot.turn("pale", "deep") == "pale" else DEEP_WALLS))


def _outside(shot: Shot, hour: Daylight) -> Painting:
    """What a camera sees through a window when it exposes for the room: a bright garden, or dim blue by evening."""
    outside = Painting(shot.frame, dimmed(kelvin(hour.kelvin + 900), SKY))
    if shot.wish.time in LAMPLIT:
        blue = np.array([0.02, 0.03, 0.06]) if shot.wish.time == "night" else np.array([0.06, 0.1, 0.19])
        sky = 1 + 1.4 * np.clip(1 - outside.y / max(outside.top, 0.5), 0, 1) ** 2 * np.ones(outside.shape)
        air = (sky[..., None] * blue).astype(np.float32)
        outside.light[:] = air
        thicket(shot, outside, low=-2.0, high=shot.uniform(0.0, 0.2), light=1.6 * float(blue[1]), ragged=0.2)
        outside.light += np.float32(0.4) * (air - outside.light)
        (_flakes if shot.wintry else _glints)(shot, outside)
        return outside
    if shot.wish.weather == "rainy":
        outside.light[:] = np.asarray(dimmed(kelvin(7200), 0.45), dtype=np.float32)
        bushes(shot, outside, light=0.45)
        outside.light += (np.float32(0.5) - outside.light) * np.float32(0.3)
        return outside
    bushes(shot, outside, light=shot.uniform(1.0, 1.5))
    veil = shot.uniform(0.15, 0.35)
    glow = np.asarray(dimmed(kelvin(hour.kelvin + 700), SKY), dtype=np.float32)
    outside.light += (glow - outside.light) * np.float32(veil)
    return outside


def _flakes(shot: Shot, picture: Painting) -> None:
    """Snow that falls in the light of the window: many small flakes, some nearer."""
    for _ in range(int(260 * picture.right)):
        x, y = shot.uniform(-picture.right, picture.right), shot.uniform(-1.0, picture.top)
        size = 0.004 + 0.002 * float(shot.rng.gamma(1.2))
        picture.ellipse(x, y, size, size, (1.5, 1.6, 1.75))


def _glints(shot: Shot, picture: Painting) -> None:
    """Points of light in a town by night, which the lens opens into discs."""
    for _ in range(24):
        x, y = shot.uniform(-picture.right, picture.right), shot.uniform(-0.2, picture.top)
        tint = (9.0, 7.2, 5.0) if shot.rng.random() < 0.75 else (6.0, 7.5, 9.0)
        picture.ellipse(x, y, 0.009, 0.009, dimmed(tint, 1.2 * shot.uniform(0.3, 1.4)))
