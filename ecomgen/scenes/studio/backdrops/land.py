"""Mountains, hills, meadows, trees and fields: each layer paints over what is behind it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecomgen.scenes.studio.backdrops import heightfield
from ecomgen.scenes.studio.backdrops.foliage import PINE, thicket
from ecomgen.scenes.studio.backdrops.sky import haze, strength, sunlight
from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.lights import Daylight, dimmed, kelvin
from ecomgen.scenes.studio.stage.shot import Shot

GRASS, SNOW = (0.13, 0.18, 0.055), (0.62, 0.70, 0.82)
FIELDS, SNOWED = ((0.155, 0.20, 0.06), (0.30, 0.25, 0.10)), (SNOW, (0.74, 0.8, 0.88))  # two kinds on hills
LIT_SKY = frozenset({"stars", "aurora", "fireworks"})  # which no trees are to hide
OVER_FIRS = LIT_SKY | {"mountains"}  # what is seen above them
UNDER = 0.1  # how far open land goes on under the foot of what rises from it


def line(shot: Shot, picture: Painting, *, level: float, swing: float, falloff: float, coarsest: float) -> np.ndarray:
    """A wavering height for each column, 1xW."""
    wave = spectral(shot.rng, (32, picture.shape[1]), falloff=falloff, coarsest=coarsest * 32 * picture.shape[1] / 900)
    return (level + swing * wave[0])[None, :]


def room_above(picture: Painting) -> float:
    """How much of the sky is seen: what is to be recognised must fit into it."""
    return max(picture.top - 0.05, 0.3)


def foot(shot: Shot, picture: Painting) -> float:
    """Where far land begins: below the horizon, so that a camera that looks down still sees some of it."""
    return 0.0 if shot.has("lakeside") else -0.24 * picture.frame.eye


def mountains(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A chain that fades into the air: snow on the high flanks, rock, then woods and pastures on its foot."""
    base = foot(shot, picture)
    high = room_above(picture) - base
    relief = heightfield.Relief(heights=heightfield.ridged(shot.rng, broad=0.3, rough=0.03), side=15.0)
    woods = to_unit_range(spectral(shot.rng, relief.heights.shape, falloff=1.1, coarsest=0.1), 1.6)
    tallest = (1.25 if shot.has("lakeside") else 0.9) * high * shot.uniform(0.85, 1.1)
    snow_line = 0.12 if shot.wintry else 0.40  # shares of the height
    light, warmth = strength(hour), np.asarray(kelvin(hour.kelvin))

    def rise(distance: Values) -> Values:
        return tallest * (0.05 + 4.6 * np.clip((distance - 1.5) / 3.2, 0, 1) ** 1.5)

    def colour(seen: heightfield.Seen) -> Values:
        rough = relief.at(woods, 3 * seen.x, 3 * seen.z)[..., None]
        share = (seen.height / (4.65 * tallest))[..., None]
        lit = seen.lit[..., None] * warmth * light
        rock = np.array([0.215, 0.205, 0.20]) * (0.75 + 0.5 * rough) * lit
        green = np.array([0.075, 0.105, 0.04]) * (0.35 + 1.3 * rough) * lit
        snow = (np.array([0.82, 0.86, 0.92]) * lit * 0.92 + np.array([0.05, 0.08, 0.14]) * light).clip(0, 1.3)
        land = green + (rock - green) * np.clip((share - 0.13 - 0.10 * rough) / 0.05, 0, 1)
        clinging = np.clip(seen.lit[..., None] * 1.6 + 0.2, 0.45, 1)
        lies = np.clip((share + 0.12 * rough - snow_line) / 0.06, 0, 1) * clinging
        air = np.clip(1 - np.exp(-0.105 * (seen.distance - 1)), 0, 1)[..., None]
        clear = land + (snow - land) * lies
        return clear + (haze(hour) * np.array([0.86, 0.95, 1.06]) - clear) * air

    heightfield.painted(picture, relief, foot=base, rise=rise, sun=(shot.side, 7.0 * tallest), colour=colour)
    if "lake" not in shot.wish.background:  # in which they are mirrored down to their foot
        thicket(shot, picture, low=base - 0.05, high=base + 0.05 * high, light=0.55 * strength(hour), ragged=0.03)
    meadow(shot, picture, hour, at=base)


def meadow(
    shot: Shot, picture: Painting, hour: Daylight, colour: Sequence[float] | None = None, *, at: float = 0.0
) -> None:
    """Open land from the height `at` down, grass or snow if not of a `colour`, paler far off, with light and shade."""
    own = colour or (SNOW if shot.wintry else GRASS)
    tint = np.asarray(own) * sunlight(hour) * 1.25
    far = np.exp(np.minimum(picture.y - at, 0) * 7)[..., None]
    swathes = 1 + 0.22 * spectral(shot.rng, picture.shape, falloff=1.2, coarsest=0.3, stretch=(1, 7))
    ground = (tint + (haze(hour) * 0.8 - tint) * 0.35 * far) * np.clip(swathes, 0.4, 1.7)[..., None]
    picture.blend(ground, picture.below(at))


def hills(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Soft hills, fields and copses on them, the far ones blue in the air."""
    base = foot(shot, picture)
    high = room_above(picture) - base
    relief = heightfield.Relief(heights=heightfield.rolling(shot.rng, broad=0.22), side=13.0)
    copses = spectral(shot.rng, relief.heights.shape, falloff=1.5, coarsest=0.05)
    fields = to_unit_range(spectral(shot.rng, relief.heights.shape, falloff=1.9, coarsest=0.09), 1.4)
    tallest = high * shot.uniform(0.35, 0.5)
    light = sunlight(hour)
    mown, ripe = map(np.array, SNOWED if shot.wintry else FIELDS)

    def rise(distance: Values) -> Values:
        return tallest * (0.08 + 2.2 * np.clip((distance - 1.1) / 4, 0, 1))

    def colour(seen: heightfield.Seen) -> Values:
        kind = relief.at(fields, seen.x, seen.z)[..., None]
        grass = mown + (ripe - mown) * kind
        wood = np.clip((relief.at(copses, seen.x, seen.z)[..., None] - 0.55) * 3, 0, 1)
        land = (grass + (np.array([0.045, 0.07, 0.025]) - grass) * wood) * seen.lit[..., None] * light * 1.15
        air = np.clip(1 - np.exp(-0.17 * (seen.distance - 1)), 0, 1)[..., None]
        return land + (haze(hour) * 0.95 - land) * air

    meadow(shot, picture, hour, at=base + UNDER)
    heightfield.painted(picture, relief, foot=base, rise=rise, sun=(shot.side, 3.0 * tallest), colour=colour)


def cypresses(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Soft hills with cypresses in a row along a road, and a few by themselves."""
    hills(shot, picture, hour)
    room, light = room_above(picture), strength(hour)
    start, step = -shot.side * shot.uniform(0.1, 0.3) * picture.right, shot.side * shot.uniform(0.06, 0.09)
    rows = [(start + step * k, shot.uniform(0.02, 0.05) * k) for k in range(9)]
    alone = [(-shot.side * shot.uniform(0.35, 0.9) * picture.right, shot.uniform(0, 0.1)) for _ in range(3)]
    for x, near in sorted((*rows, *alone), key=lambda one: one[1]):
        high = room * (0.34 + 1.1 * near) * shot.uniform(0.85, 1.15)
        y, green = -0.04 - 0.1 * near, np.array([0.045, 0.065, 0.03]) * light
        for aside, tone in ((0.0, 1.0), (0.25 * shot.side, 1.9)):  # a shaded body, and its side in the sun
            wide = 0.085 * high * (1.0 if aside == 0 else 0.55)
            middle = (x + 0.12 * aside * high, y + 0.5 * high)
            picture.ellipse(*middle, wide, 0.5 * high, green * tone * np.asarray(kelvin(hour.kelvin)))


def trees(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A line of trees behind a lawn."""
    meadow(shot, picture, hour)
    thicket(shot, picture, low=-0.06, high=shot.uniform(0.55, 0.9), light=strength(hour), ragged=0.25)


def hedge(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Trees with light between them, then bushes nearer by, flowers in some of them."""
    meadow(shot, picture, hour)
    thicket(shot, picture, low=-0.05, high=shot.uniform(0.9, 1.6), light=0.75 * strength(hour), ragged=0.4)
    gaps = to_unit_range(spectral(shot.rng, picture.shape, falloff=1.3, coarsest=0.22), 1.5)
    sky = np.asarray(haze(hour)) * 1.7 * strength(hour)
    picture.blend(sky, np.clip((gaps - 0.66) * 4, 0, 0.85) * np.clip(picture.y * 2, 0, 1))
    picture.defocus(0.05)
    thicket(shot, picture, low=-0.25, high=shot.uniform(0.05, 0.4), light=1.1 * strength(hour), ragged=0.14)
    _flowers(shot, picture, hour)


def _flowers(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Heads of flowers in one colour, in clumps, on one side or none."""
    if shot.wish.season in ("autumn", "winter") or shot.rng.random() < 0.4:
        return
    tint = shot.choice((0.85, 0.8, 0.76), (0.75, 0.32, 0.42), (0.8, 0.55, 0.12), (0.45, 0.32, 0.7))
    middle = shot.uniform(-1, 1) * picture.right
    for _ in range(int(45 * picture.right)):
        x, y, size = middle + 0.4 * float(shot.rng.normal()), shot.uniform(-0.28, 0.12), shot.uniform(0.015, 0.035)
        picture.ellipse(x, y, size, 0.8 * size, dimmed(tint, strength(hour) * shot.uniform(0.5, 1.5)))


def woods(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Inside a forest: pale depth, trunks at three distances, light falling between them."""
    light = strength(hour)
    air = [0.74, 0.56, 0.33] if shot.wish.season == "autumn" else [0.62, 0.66, 0.48]
    mist = np.array(air) * sunlight(hour)
    picture.light[:] = mist
    for near in (0.25, 0.6, 1.0):
        thicket(shot, picture, low=-0.4, high=2.6, light=(0.3 + 0.5 * near) * light, ragged=0.3)
        gaps = to_unit_range(spectral(shot.rng, picture.shape, falloff=1.4, coarsest=0.3), 1.5)
        picture.blend(mist * 1.5, np.clip((gaps - 0.35 - 0.2 * near) * 2.5, 0, 0.95) * np.clip(picture.y + 0.5, 0, 1))
        for _ in range(int((9 - 4 * near) * (0.6 + picture.right))):
            _trunk(shot, picture, near, mist, light)
        picture.defocus(0.025)
    picture.rectangle(-picture.right, picture.bottom, picture.right, -0.2, np.array([0.06, 0.08, 0.035]) * light)
    thicket(shot, picture, low=-0.5, high=shot.uniform(-0.15, -0.02), light=0.8 * light, ragged=0.07)


def _trunk(shot: Shot, picture: Painting, near: float, mist: Values, light: float) -> None:
    x, wide = shot.uniform(-1, 1) * picture.right, shot.uniform(0.02, 0.1) * near + 0.01
    lean, bark = shot.uniform(-0.08, 0.08), np.array([0.075, 0.06, 0.045]) * light * shot.uniform(0.6, 1.4)
    colour = mist + (bark - mist) * (0.45 + 0.5 * near)
    low = -0.3 + 0.15 * (1 - near)
    picture.polygon([(x - wide, low), (x + wide, low), (x + lean + 0.7 * wide, 3), (x + lean - 0.7 * wide, 3)], colour)
    edge = x + shot.side * 0.6 * wide
    foot, top = edge + 0.3 * shot.side * wide, edge + lean + 0.2 * shot.side * wide
    picture.polygon([(edge, low), (foot, low), (top, 3), (edge + lean, 3)], colour * 1.9 + 0.05 * light)


def bamboo(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A grove of bamboo: canes at three distances in pale green light, knots round them, leaves across."""
    light = strength(hour)
    mist = np.array([0.55, 0.70, 0.36]) * sunlight(hour)
    picture.light[:] = mist
    for near in (0.25, 0.6, 1.0):
        thicket(shot, picture, low=0.5 - 0.7 * near, high=2.6, light=(0.5 + 0.5 * near) * light, ragged=0.5)
        gaps = to_unit_range(spectral(shot.rng, picture.shape, falloff=1.4, coarsest=0.3), 1.5)
        picture.blend(mist * 1.4, np.clip((gaps - 0.25 - 0.2 * near) * 2.5, 0, 0.95))
        for _ in range(int((30 - 16 * near) * (0.6 + picture.right))):
            _cane(shot, picture, near, mist, light)
        picture.defocus(0.014)
    thicket(shot, picture, low=-0.5, high=shot.uniform(-0.2, -0.08), light=0.7 * light, ragged=0.06)


def _cane(shot: Shot, picture: Painting, near: float, mist: Values, light: float) -> None:
    x, wide = shot.uniform(-1, 1) * picture.right, shot.uniform(0.018, 0.035) * near + 0.006
    lean = shot.uniform(-0.1, 0.1)
    green = np.array([0.17, 0.27, 0.06]) * (light * shot.uniform(0.6, 1.3))
    colour = mist + (green - mist) * (0.35 + 0.6 * near)
    low, gap = -0.35 + 0.15 * (1 - near), shot.uniform(0.22, 0.32) * (0.4 + 0.6 * near)
    for side, tone in ((-1.0, 0.65), (0.0, 1.0), (1.0, 1.5)):  # dark, even and lit flanks, from the sun's far side on
        at, half = x + 0.6 * side * shot.side * wide, wide * (1.0 if side == 0 else 0.4)
        picture.polygon(
            [(at - half, low), (at + half, low), (at + lean + half, 3), (at + lean - half, 3)], colour * tone
        )
    for y in np.arange(low + shot.uniform(0, gap), 2.2, gap):
        middle = x + lean * (y - low) / (3 - low)
        picture.rectangle(middle - 1.1 * wide, y, middle + 1.1 * wide, y + 0.014, colour * 1.7)
        picture.rectangle(middle - 1.1 * wide, y - 0.012, middle + 1.1 * wide, y, colour * 0.45)


def pines(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Firs at three distances, the far ones pale in the air, under snow in winter."""
    meadow(shot, picture, hour, None if shot.wintry else (0.10, 0.13, 0.05))
    for near, count in ((0.2, 22), (0.55, 12), (0.95, 6)):
        for _ in range(int(count * (0.4 + picture.right))):
            _fir(shot, picture, hour, near)
        picture.defocus(0.02)


def _fir(shot: Shot, picture: Painting, hour: Daylight, near: float) -> None:
    """A fir of drooping branches, lit on the sun's side."""
    x, high = shot.uniform(-1.1, 1.1) * picture.right, shot.uniform(0.45, 1.0) * (0.4 + near)
    high *= 0.6 if OVER_FIRS & {*shot.wish.background} or shot.wish.weather == "foggy" else 1.0
    tint = np.asarray(shot.choice(*PINE)) * 1.3
    air = haze(hour) * strength(hour)
    for _ in range(70):
        up, at = shot.rng.random(), shot.uniform(-1, 1)
        half = 0.24 * high * (1.04 - up)
        lit = 0.7 + 0.5 * at * shot.side + shot.uniform(-0.2, 0.4)
        white = shot.wintry and shot.rng.random() < 0.25
        needle = np.array([0.72, 0.77, 0.86]) * (0.6 + 0.4 * lit) if white else tint * max(lit, 0.3)
        colour = air + (needle * strength(hour) - air) * (0.5 + 0.48 * near)
        y = -0.04 + high * (up + 0.03 - 0.05 * abs(at))
        picture.ellipse(x + at * half, y, 0.055 * high, 0.022 * high, np.maximum(colour, 0), -35 * at)


def wheat(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A field of ears to the horizon, glowing towards the sun, trees at its end."""
    light = strength(hour)
    thicket(shot, picture, low=-0.02, high=shot.uniform(0.05, 0.16), light=0.5 * light, ragged=0.05)
    gold = np.array([0.50, 0.34, 0.13]) * sunlight(hour)
    sunward = 1 + 0.5 * shot.side * picture.x / picture.right
    swathes = np.clip(1 + 0.2 * spectral(shot.rng, picture.shape, falloff=1.1, coarsest=0.2, stretch=(1, 8)), 0.5, 1.6)
    picture.blend(gold * (sunward * swathes)[..., None], picture.below(0))
    for _ in range(int(1700 * picture.right)):
        share = shot.rng.random() ** 1.5
        x, y, size = shot.uniform(-1, 1) * picture.right, 0.02 - share * 0.55, 0.012 + 0.07 * share
        glint = 2.6 if shot.rng.random() < 0.06 else 1.0
        tint = gold * (shot.uniform(0.35, 1.5) * glint * (1 + 0.4 * shot.side * x / picture.right))
        picture.ellipse(x, y, size * 0.16, size, tint, shot.uniform(-25, 25))


def sunflowers(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Sunflowers in a green field."""
    trees(shot, picture, hour)
    light = strength(hour)
    thicket(shot, picture, low=-0.6, high=-0.02, light=0.8 * light, ragged=0.02)
    for share in np.sort(shot.rng.random(int(230 * picture.right)) ** 1.4):
        x, near = shot.uniform(-1, 1) * picture.right, float(share)
        _sunflower(shot, picture, (x, 0.05 - 0.22 * near + shot.uniform(0, 0.34) * near, 0.012 + 0.12 * near), light)


def _sunflower(shot: Shot, picture: Painting, head: tuple[float, float, float], light: float) -> None:
    """A flower on its stem: where its head is, x and y, and how large, in units."""
    x, y, size = head
    green = np.array([0.10, 0.18, 0.04]) * (light * shot.uniform(0.7, 1.2))
    picture.rectangle(x - 0.07 * size, y - 5 * size, x + 0.07 * size, y, green)
    for side in (-1, 1):
        picture.ellipse(
            x + 0.7 * side * size, y - shot.uniform(1.2, 2.4) * size, 0.35 * size, 0.75 * size, green, 60 * side
        )
    yellow = dimmed((0.92, 0.55, 0.03), light * shot.uniform(0.8, 1.25))
    for turn in np.arange(0, 180, 22.5) + shot.uniform(0, 22):
        picture.ellipse(x, y, 0.2 * size, size, yellow, float(turn))
    picture.ellipse(x, y, size * 0.46, size * 0.44, dimmed((0.10, 0.05, 0.016), light))


def jungle(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Green depth that light falls into, shafts of mist, long leaves at three depths, the sky in their gaps."""
    light = strength(hour)
    picture.light[:] = np.asarray((0.16, 0.24, 0.08)) * light
    thicket(shot, picture, low=-0.5, high=2.6, light=1.1 * light, ragged=0.5)
    for _ in range(int(46 * picture.right)):
        at, y, size = shot.uniform(-1.1, 1.1) * picture.right, shot.uniform(0.0, 1.2) ** 0.7, shot.uniform(0.008, 0.03)
        picture.ellipse(at, y, size, size, np.array([2.6, 2.9, 1.7]) * (light * shot.uniform(0.4, 1.2)))
    picture.defocus(0.05)
    x = shot.side * shot.uniform(0.1, 0.8) * picture.right
    beam = np.exp(-(((picture.x - x - 0.35 * shot.side * picture.y) / shot.uniform(0.25, 0.5)) ** 2))
    picture.light += (beam * np.clip(picture.y + 0.3, 0, 1.2))[..., None].astype(np.float32) * np.float32(0.55 * light)
    for near in (0.3, 0.6, 1.0):
        for _ in range(int(30 * picture.right)):
            at, y = shot.uniform(-1.1, 1.1) * picture.right, shot.uniform(-0.3, 1.3)
            length, turn = shot.uniform(0.2, 0.6) * near + 0.08, shot.uniform(-80, 80)
            lit = shot.uniform(0.3, 1.2) + (1.6 if shot.rng.random() < 0.12 else 0)
            green = np.array([0.13, 0.22, 0.06]) * (lit * light) + 0.1 * light * (1 - near)
            picture.ellipse(at, y, length * shot.uniform(0.09, 0.2), length / 2, green, turn)
        picture.defocus(0.022)
