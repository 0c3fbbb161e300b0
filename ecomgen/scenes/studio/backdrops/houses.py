"""Houses: from outside, and what one stands in before them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ecomgen.scenes.studio.backdrops.foliage import thicket
from ecomgen.scenes.studio.backdrops.land import meadow, pines, room_above
from ecomgen.scenes.studio.backdrops.sky import strength
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.lights import Daylight, dimmed
from ecomgen.scenes.studio.stage.shot import Shot

COURSES, LAMPLIGHT = 16, (1.15, 0.72, 0.32)  # of logs; in the windows
COURT = -0.12  # y of the foot of a courtyard's wall


def house(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A house in the wished colour behind a garden."""
    meadow(shot, picture, hour)
    front = hexadecimal(shot.wish.backdrop_colour or shot.choice("#e8e0d0", "#c9d3d6", "#d9c3a5"))
    x, wide = shot.uniform(-0.35, 0.35) * picture.right, shot.uniform(0.75, 1.0)
    high = shot.uniform(0.5, 0.62) * max(room_above(picture), 0.6)
    light = strength(hour)
    picture.rectangle(x - wide, -0.12, x + wide, high, dimmed(front, 0.85 * light))
    eaves, ridge = 1.1 * wide, 0.7 * wide
    roof = [(x - eaves, high), (x + eaves, high), (x + ridge, high * 1.6), (x - ridge, high * 1.6)]
    picture.polygon(roof, dimmed((0.16, 0.11, 0.09), light))
    for wx in np.linspace(-0.7, 0.7, 4):
        at = x + wx * wide
        picture.rectangle(at - 0.09, 0.2, at + 0.09, 0.45, dimmed((0.85, 0.85, 0.83), light))
        picture.rectangle(at - 0.07, 0.22, at + 0.07, 0.43, dimmed((0.12, 0.15, 0.18), light))
    picture.rectangle(x - 0.1, -0.12, x + 0.1, 0.16, dimmed((0.55, 0.5, 0.42), light))
    thicket(shot, picture, low=-0.2, high=shot.uniform(-0.02, 0.06), light=light, ragged=0.06)


def cabin(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A cabin of logs before pines: its gable under a steep roof, white in winter, its windows lit."""
    pines(shot, picture, hour)
    meadow(shot, picture, hour)
    light, wide = strength(hour), shot.uniform(0.6, 0.75)
    x, high = -shot.order * shot.uniform(0.15, 0.4) * picture.right, 0.34 * max(room_above(picture), 0.6)
    wood = np.asarray(hexadecimal(shot.wish.backdrop_colour or shot.turn("#7a5233", "#5f4029", "#8a6440"))) * light
    ridge, foot = 2.1 * high, -0.12
    stone = dimmed((0.3, 0.28, 0.26), light)
    picture.rectangle(x + 0.42 * wide, high, x + 0.58 * wide, ridge + 0.05, stone)
    step = (ridge - foot) / COURSES
    for y in np.arange(COURSES) * step + foot:
        half = wide * float(np.clip((ridge - y - step) / (ridge - high), 0.0, 1.0))
        for low, tone in ((0.0, 0.45), (0.16, 0.85), (0.5, 1.1)):  # each log is round
            picture.rectangle(x - half, y + low * step, x + half, y + step, tone * wood * shot.uniform(0.9, 1.1))
    cover = np.array([0.85, 0.88, 0.95] if shot.wintry else [0.14, 0.11, 0.1]) * light
    for side in (-1, 1):
        slope = np.array([(x + side * 1.22 * wide, high - 0.22 * (ridge - high)), (x, ridge)])
        picture.polygon(np.concatenate([slope, slope[::-1] + np.array([0, 0.09])]), cover)
        pane = x + side * 0.5 * wide
        picture.rectangle(pane - 0.12, 0.3 * high, pane + 0.12, 0.85 * high, 0.4 * wood)
        picture.rectangle(pane - 0.09, 0.36 * high, pane + 0.09, 0.8 * high, np.array(LAMPLIGHT))
    picture.rectangle(x - 0.13, foot, x + 0.13, 0.8 * high, 0.35 * wood)


def barn(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A barn of upright boards under a roof of two slopes, its trim white, its door crossed; a silo beside it."""
    meadow(shot, picture, hour)
    light, wide = strength(hour), shot.uniform(0.5, 0.68)
    x, high = -shot.order * shot.uniform(0.1, 0.45) * picture.right, 0.4 * max(room_above(picture), 0.6)
    boards = np.asarray(hexadecimal(shot.wish.backdrop_colour or shot.turn("#8f2f25", "#7c2d22", "#6b4a36"))) * light
    trim, roof = dimmed((0.78, 0.77, 0.73), light), np.array([0.2, 0.17, 0.16]) * light
    _silo(picture, x + shot.order * 1.35 * wide, (0.2 * wide, 1.9 * high), light)
    gable = [(-1.0, 0.0), (-1.0, 1.0), (-0.62, 1.62), (0.0, 1.95), (0.62, 1.62), (1.0, 1.0), (1.0, 0.0)]
    outline = np.array([(x + wide * across, -0.12 + (high + 0.12) * up) for across, up in gable])
    picture.polygon(outline, boards)
    for at in np.linspace(-0.94, 0.94, 26):
        ridge = float(np.interp(abs(at), [0.0, 0.62, 1.0], [1.95, 1.62, 1.0]))
        tone = boards * shot.uniform(0.72, 0.9)
        foot = x + wide * float(at)
        picture.rectangle(foot - 0.005, -0.12, foot + 0.005, -0.12 + (high + 0.12) * ridge, tone)
    for edge in pairwise(outline[1:6]):
        eaves = np.array(edge)
        picture.polygon(np.concatenate([eaves, eaves[::-1] + np.array([0, 0.05])]), roof)
    door, lintel = 0.3 * wide, 0.62 * high
    picture.rectangle(x - door, -0.12, x + door, lintel, trim)
    for side in (-1, 1):
        inner, outer = sorted((x + side * 0.03 * wide, x + side * 0.92 * door))
        picture.rectangle(inner, -0.12, outer, lintel - 0.03, 0.9 * boards)
        picture.polygon(
            [(inner, -0.1), (inner + 0.025, -0.1), (outer, lintel - 0.03), (outer - 0.025, lintel - 0.03)], trim
        )
        picture.polygon(
            [(outer, -0.1), (outer - 0.025, -0.1), (inner, lintel - 0.03), (inner + 0.025, lintel - 0.03)], trim
        )
    picture.rectangle(x - 0.12 * wide, 1.05 * high, x + 0.12 * wide, 1.42 * high, trim)
    picture.rectangle(x - 0.09 * wide, 1.09 * high, x + 0.09 * wide, 1.38 * high, np.array([0.05, 0.045, 0.04]) * light)
    thicket(shot, picture, low=-0.2, high=shot.uniform(-0.06, 0.0), light=light, ragged=0.05)


def _silo(picture: Painting, x: float, size: tuple[float, float], light: float) -> None:
    """A round tower of sheet metal with a dome, this wide to either side and high."""
    wide, high = size
    for across in np.linspace(-1, 1, 15)[:-1]:
        tone = np.array([0.5, 0.52, 0.54]) * (
            light * (0.45 + 0.55 * float(np.sqrt(1 - min(abs(across + 0.3), 1) ** 2)))
        )
        picture.rectangle(x + wide * float(across), -0.12, x + wide * float(across + 1 / 7), high, tone)
    picture.ellipse(x, high, wide, 0.7 * wide, np.array([0.42, 0.44, 0.47]) * light)


def greenhouse(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A greenhouse from within: plants on benches along both sides, before a wall and a roof of panes in white bars."""
    light, top = strength(hour), picture.top
    thicket(shot, picture, low=-0.5, high=0.5 * top, light=0.8 * light, ragged=0.4)
    picture.defocus(0.05)
    picture.blend(np.array([0.7, 0.78, 0.72]) * (0.9 * light), 0.5)
    bar, ridge = dimmed(hexadecimal(shot.turn("#3d4a44", "#f2f2ee", "#2c2f30", "#56635b")), light), 0.9 * top
    for x in np.arange(-0.95, 0.96, 0.19) * picture.right:
        eaves = ridge - 0.5 * abs(float(x)) * top / picture.right
        picture.rectangle(float(x) - 0.02, -0.3, float(x) + 0.02, eaves, bar)
        picture.polygon([(x - 0.02, eaves), (x + 0.02, eaves), (1.8 * x + 0.022, top), (1.8 * x - 0.022, top)], bar)
    for share in (0.18, 0.5):
        picture.rectangle(-picture.right, share * top, picture.right, share * top + 0.03, bar)
    for side in (-1.0, 1.0):
        slope = [(0, ridge), (side * picture.right, ridge - 0.5 * top)]
        picture.polygon([*slope, *[(x, y + 0.04) for x, y in slope[::-1]]], bar)
    picture.defocus(0.012)
    for side in (-1.0, 1.0):
        _bench(shot, picture, side, light)


def _bench(shot: Shot, picture: Painting, side: float, light: float) -> None:
    """Leafy plants in pots on a bench that comes nearer towards the picture's edge."""
    wood, clay = dimmed((0.3, 0.22, 0.14), light), dimmed((0.45, 0.2, 0.11), light)
    x = 0.12
    while x < 1.1 * picture.right:
        near = x / picture.right
        picture.rectangle(side * x, -0.1 - 0.3 * near, side * (x + 0.1 + 0.2 * near), -0.04 - 0.2 * near, wood)
        foot = -0.04 - 0.2 * near
        picture.rectangle(side * (x + 0.02), foot, side * (x + 0.04 + 0.1 * near), foot + 0.05 + 0.07 * near, clay)
        for _ in range(70):
            at = shot.rng.normal(size=2) * (0.05 + 0.05 * near, 0.04 + 0.06 * near)
            green = np.array([0.14, 0.24, 0.06]) * (light * shot.uniform(0.4, 1.7))
            leaf = 0.012 + 0.02 * near
            spot = side * (x + 0.03 + 0.06 * near) + at[0], foot + 0.09 + 0.13 * near + at[1]
            picture.ellipse(*spot, leaf, 2.4 * leaf, green, shot.uniform(-80, 80))
        x += 0.09 + 0.2 * near


def courtyard(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A sunny wall of lime wash with an arch and a painted door, pots along its foot, a climbing plant in flower."""
    light, top = strength(hour), picture.top
    wash = np.asarray(hexadecimal(shot.wish.backdrop_colour or shot.turn("#efe3cd", "#e2b98c", "#f1ece2", "#d99e74")))
    brushed = spectral(shot.rng, picture.shape, falloff=1.6, coarsest=0.5)[..., None]
    shade = np.clip((picture.x * shot.side + 0.9 * picture.y - 0.1) / 0.05, 0, 1)[..., None]  # of the roof opposite
    picture.light[:] = wash * (0.95 * light) * (1 + 0.04 * brushed) * (1 - 0.5 * shade * np.array([1, 0.95, 0.85]))
    picture.blend(np.array([0.42, 0.34, 0.26]) * (0.85 * light), picture.below(COURT))
    x = -shot.order * shot.uniform(0.35, 0.6) * picture.right
    door = np.asarray(hexadecimal(shot.turn("#3f6f8f", "#4f7a5c", "#7a4a34", "#2f5a66"))) * light
    arch = COURT + 0.62 * (top - COURT)
    for wide, tone in ((0.36, wash * 0.6 * light), (0.29, 0.7 * door)):
        picture.rectangle(x - wide, COURT, x + wide, arch, tone)
        picture.ellipse(x, arch, wide, wide, tone)
    picture.rectangle(x - 0.012, COURT, x + 0.012, arch + 0.25, 0.4 * door)
    _climber(shot, picture, -0.8 * np.sign(x) * picture.right, light)
    for at in np.arange(-1.0, 1.05, 0.3) * picture.right:
        _pot(shot, picture, float(at) + shot.uniform(-0.06, 0.06), light)


def _climber(shot: Shot, picture: Painting, x: float, light: float) -> None:
    """A plant in flower that climbs the wall at `x` and hangs over from above."""
    bloom = np.asarray(hexadecimal(shot.turn("#c23f86", "#e9e4da", "#d8653a", "#8d5bb0")))
    for _ in range(900):
        high = shot.rng.random() ** 0.6
        spread = 0.1 + 0.45 * high**2
        at = x + float(shot.rng.normal(0, spread)), COURT + high * 1.1 * (picture.top - COURT)
        tint = bloom if shot.rng.random() < 0.4 * high else np.array([0.16, 0.25, 0.08])
        size = shot.uniform(0.014, 0.03)
        picture.ellipse(*at, size, 0.7 * size, tint * (light * shot.uniform(0.5, 1.3)), shot.uniform(0, 180))


def _pot(shot: Shot, picture: Painting, x: float, light: float) -> None:
    """An earthen pot with a bushy plant at the wall's foot."""
    wide, high = shot.uniform(0.07, 0.11), shot.uniform(0.1, 0.16)
    clay = np.array([0.5, 0.22, 0.12]) * light
    rim, foot = COURT + high, 0.7 * wide
    picture.polygon([(x - wide, rim), (x + wide, rim), (x + foot, COURT), (x - foot, COURT)], clay)
    for _ in range(60):
        at = x + float(shot.rng.normal(0, 0.8 * wide)), COURT + high + abs(float(shot.rng.normal(0, 1.3 * wide)))
        green = np.array([0.15, 0.24, 0.07]) * (light * shot.uniform(0.5, 1.6))
        picture.ellipse(*at, 0.024, 0.013, green, shot.uniform(0, 180))
