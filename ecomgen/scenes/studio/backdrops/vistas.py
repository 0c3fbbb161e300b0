"""Wide views and what hangs over them: palms, vines, dunes, tents, lakes and the sea, clouds, stars, the moon."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.backdrops import heightfield
from ecomgen.scenes.studio.backdrops.land import UNDER, foot, hills, line, meadow, mountains, pines, room_above
from ecomgen.scenes.studio.backdrops.sky import fog_of, haze, strength, sun_x, sunlight
from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.types import Colour
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.lights import Daylight, dimmed, kelvin
from ecomgen.scenes.studio.stage.shot import Shot

SLOPES = 0.62, 0.42, 0.22, 0.02  # of the height above the horizon, that tea's hills reach, the farthest first
ROOTS = -0.35  # y, below the horizon: where palms stand


def palms(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Palms with curved trunks, their fronds hanging from the top."""
    lit = strength(hour)
    for _ in range(max(2, int(2.2 * picture.right))):
        x, high = shot.uniform(-1, 1) * picture.right, room_above(picture) * shot.uniform(0.6, 1.05)
        lean, thick = shot.uniform(-0.35, 0.35), shot.uniform(0.02, 0.035)
        t = np.linspace(0, 1, 9)
        trunk = np.stack([x + lean * t**1.6, ROOTS + (high - ROOTS) * t], -1)
        picture.polygon(
            np.concatenate([trunk - np.array([thick, 0]), (trunk + np.array([thick, 0]))[::-1]]),
            dimmed((0.13, 0.09, 0.06), lit),
        )
        for angle in np.linspace(-35, 215, 13) + shot.uniform(-6, 6):
            _frond(shot, picture, trunk[-1], float(angle), lit)


def _frond(shot: Shot, picture: Painting, top: np.ndarray, angle: float, lit: float) -> None:
    reach, a = shot.uniform(0.28, 0.42), np.radians(angle)
    t = np.linspace(0, 1, 9)
    spine = top + np.stack([reach * t * np.cos(a), reach * (t * np.sin(a) - 0.75 * t**2)], -1)
    wide = 0.055 * np.sin(np.pi * np.clip(t, 0.04, 0.96))[:, None] * [0.35, 1.0]
    tint = dimmed((0.10, 0.17, 0.05), lit * shot.uniform(0.5, 1.5))
    picture.polygon(np.concatenate([spine + wide, (spine - 1.2 * wide)[::-1]]), tint)


def vines(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A vineyard in grass."""
    _rows(shot, picture, hour, (0.17, 0.27, 0.06), None, apart=2.2)


def lavender(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A field of lavender in flower."""
    _rows(shot, picture, hour, (0.34, 0.24, 0.62), (0.24, 0.18, 0.4), apart=1.5)


def tea(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A tea plantation: hills with clipped bushes in rows along them, dark between, the far ones in the air."""
    base, bush, gap = foot(shot, picture), np.array([0.19, 0.37, 0.05]), np.array([0.012, 0.03, 0.008])
    high = room_above(picture) - base
    for share, far in zip(SLOPES, np.linspace(0.6, 0.0, len(SLOPES)), strict=True):
        ridge = line(shot, picture, level=base + share * high, swing=0.16 * high, falloff=2.2, coarsest=0.9)
        slope = line(shot, picture, level=0.0, swing=0.6, falloff=2.2, coarsest=0.9)
        below = np.clip(ridge - picture.y, 0, None)
        wander = 0.25 * spectral(shot.rng, picture.shape, falloff=1.6, coarsest=0.5)
        row = (below * (1 + 0.25 * slope)) ** 0.8 / (0.13 - 0.05 * far) + wander  # broader down the slope
        leafy = np.clip(0.45 + np.cos(2 * np.pi * row), 0, 1) ** 0.7
        tufts = 0.8 + 0.4 * to_unit_range(spectral(shot.rng, picture.shape, falloff=0.6))
        lit = np.clip(1.15 + 0.35 * shot.side * slope, 0.6, 1.5)
        land = (gap + (bush - gap) * (leafy * tufts)[..., None]) * lit[..., None] * sunlight(hour)
        picture.blend(land + (haze(hour) * 0.7 - land) * far * 0.45, picture.below(ridge, 0.008))


def _rows(shot: Shot, picture: Painting, hour: Daylight, crop: Colour, between: Colour | None, *, apart: float) -> None:
    """Hills, and rows of a `crop` that run to the horizon, `apart` units from each other, grass or what is told
    `between` them."""
    base = foot(shot, picture)
    ridge = line(shot, picture, level=0.22 * room_above(picture), swing=0.05, falloff=2.0, coarsest=0.8)
    far = haze(hour) * 0.55 + np.array([0.10, 0.14, 0.06]) * 0.45 * strength(hour)
    picture.blend(far, picture.below(ridge, 0.01))
    meadow(shot, picture, hour, between)
    vanish = shot.uniform(-0.4, 0.4) * picture.right
    below = np.clip(base + 0.04 - picture.y, 1e-3, None)
    across = (picture.x - vanish) / below
    rows = 0.5 + 0.5 * np.cos(2 * np.pi * across / apart)
    leafy = np.clip((rows - 0.35) * 3, 0, 1) * (
        0.75 + 0.5 * to_unit_range(spectral(shot.rng, picture.shape, falloff=0.8))
    )
    lit = np.asarray(crop) * sunlight(hour)
    picture.blend(lit * (0.5 + 0.8 * leafy[..., None]), np.clip(leafy, 0, 0.92) * (picture.y < base + 0.03))


def dunes(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Dunes to the horizon: winding crests, a lit and a shaded flank each."""
    base = foot(shot, picture)
    high = room_above(picture) - base
    relief = heightfield.Relief(heights=heightfield.crested(shot.rng, broad=0.26), side=13.0)
    tallest = high * shot.uniform(0.4, 0.6)
    sand = np.array([0.60, 0.42, 0.25]) * sunlight(hour)

    meadow(shot, picture, hour, (0.48, 0.36, 0.23), at=base + UNDER)

    def colour(seen: heightfield.Seen) -> np.ndarray:
        shade = np.clip(seen.lit, 0.3, 1.3)[..., None]
        land = sand * shade * (1 + (1 - np.minimum(shade, 1)) * np.array([-0.12, 0.0, 0.22]))
        air = np.clip(1 - np.exp(-0.12 * (seen.distance - 1)), 0, 1)[..., None]
        return land + (haze(hour) - land) * air

    heightfield.painted(
        picture,
        relief,
        foot=base,
        rise=lambda distance: tallest * (0.12 + 1.9 * np.clip((distance - 1) / 4, 0, 1)),
        sun=(shot.side, 3.2 * tallest),
        colour=colour,
    )


def clouds(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Heaped white clouds, flat below and shaded underneath; high over mountains, which would look transparent."""
    low = 0.6 if "mountains" in shot.wish.background else 0.02
    for _ in range(int(5 + 4 * picture.right)):
        x, y = shot.uniform(-1.1, 1.1) * picture.right, shot.uniform(low, 0.95) * picture.top
        size = shot.uniform(0.08, 0.2)
        for _ in range(16):
            dx, up = shot.rng.normal(0, 1.1), abs(shot.rng.normal(0, 0.5))
            puff = size * shot.uniform(0.35, 0.75) / (1 + 0.4 * abs(dx))
            white = np.array([0.98, 0.98, 1.0]) * (0.86 + 0.20 * min(up, 1.0)) * strength(hour)
            picture.ellipse(x + size * dx, y + size * up, puff, 0.8 * puff, white * 0.85 + 0.15 * haze(hour))
    picture.defocus(0.02)


def stars(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A dark sky with stars and a pale band across."""
    del hour
    above = np.clip(picture.y * 5 + 0.3, 0, 1) * np.ones(picture.shape)
    picture.blend(np.array([0.004, 0.007, 0.018]), 0.95 * above)
    slope = shot.uniform(-0.8, 0.8)
    band = np.exp(-(((picture.y - 0.5 * picture.top - slope * picture.x) / 0.22) ** 2))
    dust = to_unit_range(spectral(shot.rng, picture.shape, falloff=1.3), 1.6)
    picture.light += (band * dust * above * 0.05)[..., None].astype(np.float32) * np.array([0.8, 0.85, 1.1], np.float32)
    for _ in range(int(240 * picture.right)):
        x, y = shot.uniform(-1, 1) * picture.right, shot.uniform(0.0, 1.0) * picture.top
        picture.ellipse(x, y, 0.006, 0.006, dimmed((1.0, 1.0, 1.1), float(shot.rng.gamma(0.7, 0.9))))


def aurora(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Curtains of light that hang over the horizon among stars: green below, violet above, with rays in them."""
    stars(shot, picture, hour)
    columns = picture.shape[1]
    for brightness, level in ((0.55, 0.5), (1.0, 0.22)):
        wave = spectral(shot.rng, (32, columns), falloff=1.8, coarsest=16)[:1]
        rays = to_unit_range(spectral(shot.rng, (32, columns), falloff=0.7, coarsest=2)[:1], 1.8)
        above = (picture.y - (level + 0.12 * wave) * picture.top) / picture.top
        curtain = np.where(above > 0, np.exp(-above / 0.22), np.exp(above / 0.025)) * (0.35 + 0.65 * rays)
        share = np.clip(above / 0.45, 0, 1)[..., None]
        tint = np.array([0.06, 0.75, 0.32]) * (1 - share) + np.array([0.42, 0.14, 0.6]) * share
        picture.light += (0.8 * brightness * curtain[..., None] * tint).astype(np.float32)


def moon(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A full moon in its halo."""
    x, y = -shot.order * shot.uniform(0.3, 0.7) * picture.right, shot.uniform(0.5, 0.8) * picture.top
    away = (picture.x - x) ** 2 + (picture.y - y) ** 2
    halo = 0.35 * np.exp(-away / 0.05) + 0.15 * np.exp(-away / 0.4)
    picture.light += (strength(hour) * halo)[..., None].astype(np.float32) * np.array([0.75, 0.85, 1.1], np.float32)
    picture.ellipse(x, y, 0.10, 0.10, (2.6, 2.6, 2.4))


def fireworks(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Rockets that burst high over the horizon: sparks that fall as they fade, a glow in the smoke round them."""
    del hour
    for _ in range(int(2 + 2 * picture.right)):
        x, y = shot.uniform(-0.95, 0.95) * picture.right, shot.uniform(0.55, 0.95) * picture.top
        reach, tint = shot.uniform(0.3, 0.5), np.asarray(hexadecimal(shot.choice(*SPARKS)))
        away = (picture.x - x) ** 2 + (picture.y - y) ** 2
        picture.light += (0.06 * np.exp(-away / reach**2))[..., None].astype(np.float32) * tint.astype(np.float32)
        for turn in np.radians(np.arange(0, 360, shot.uniform(15, 24))):
            far, bright = reach * shot.uniform(0.75, 1.0), shot.uniform(0.5, 1.2)
            for share in np.linspace(0.3, 1, 9):
                at = x + share * far * np.cos(turn), y + share * far * np.sin(turn) - 0.3 * far * share**2
                picture.ellipse(*at, 0.005, 0.005, (10 * bright * share * (1.25 - share)) * tint)


SPARKS = ("#ffd27a", "#ffb36b", "#ff6f61", "#8fd0ff", "#e6a8ff", "#ffe9c4")
"""Colours of fireworks."""
CANVAS = ("#d9c7a0", "#c9702f", "#6f7f4d", "#b5453a")
"""What tents are made of."""


def tent(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A ridge tent on the side away from the light: its open front, in which a lamp hangs, and a flank in the sun."""
    high, foot = min(0.72, 0.85 * room_above(picture)), -0.16  # nearer than the horizon
    cloth, lit = np.asarray(hexadecimal(shot.turn(*CANVAS))), sunlight(hour)
    x, turned = -0.56 * shot.order * picture.right, 0.42 * shot.order * high
    left, right, top = (x - 0.72 * high, foot), (x + 0.72 * high, foot), (x, foot + high)
    ridge, corner = (x + 2.2 * turned, foot + 0.94 * high), (x + 2.2 * turned + shot.order * 0.62 * high, foot + 0.05)
    near = right if shot.order > 0 else left
    picture.polygon([near, top, ridge, corner], 0.95 * cloth * lit)
    picture.polygon([left, right, top], 0.62 * cloth * lit)
    picture.polygon([(x - 0.3 * high, foot), (x + 0.3 * high, foot), (x, foot + 0.82 * high)], 0.1 * cloth * lit)
    picture.ellipse(x, foot + 0.3 * high, 0.1 * high, 0.13 * high, (1.7, 1.0, 0.42))
    for end, peg in ((top, x - shot.order * high), (ridge, corner[0] + shot.order * 0.3 * high)):
        picture.polygon([end, (end[0] + 0.012, end[1]), (peg + 0.012, foot), (peg, foot)], 0.5 * lit)


TURQUOISE, DEEPER = (0.05, 0.42, 0.42), 0.3  # the sea of the tropics, linear; times as bright is the sea far out
LOW = 22  # degrees below which the sun lays a path of light on the water
SHORES = {"hills": hills, "mountains": mountains, "pines": pines}
"""What rises behind a lake."""
ASHORE = frozenset({*SHORES, "trees", "woods"})


def lake(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Water up to a far shore, or to the foot of mountains or trees that are asked for, which it mirrors."""
    if shot.wish.weather == "foggy" and ASHORE.isdisjoint(shot.wish.background):
        _misty_shores(shot, picture, hour)
    elif "mountains" not in shot.wish.background:
        SHORES[shot.turn(*SHORES)](shot, picture, hour)
    rows = picture.shape[0]
    horizon = int(np.clip(picture.top * picture.scale, 1, rows - 1))
    depth = min(rows - horizon, horizon)
    mirrored = picture.light[horizon - depth : horizon][::-1]
    waves = spectral(shot.rng, (depth, picture.shape[1]), falloff=0.8, coarsest=0.1, stretch=(1, 10))
    ripple = np.clip(1 + 0.12 * waves, 0.5, 1.6)[..., None]
    picture.light[horizon : horizon + depth] = mirrored * 0.7 * ripple + np.array([0.01, 0.02, 0.025])
    picture.light[horizon + depth :] = picture.light[horizon + depth - 1 : horizon + depth]


def waterfall(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Water that falls over a wall of rock, green where spray reaches it, into a pool under mist."""
    light, high = strength(hour), room_above(picture)
    rim = line(shot, picture, level=1.05 * high, swing=0.12 * high, falloff=1.6, coarsest=0.3)
    cracks = to_unit_range(spectral(shot.rng, picture.shape, falloff=1.2, coarsest=0.25, stretch=(4, 1)), 1.6)[
        ..., None
    ]
    mossy = to_unit_range(spectral(shot.rng, picture.shape, falloff=1.4, coarsest=0.2), 1.6)[..., None]
    rock = np.array([0.14, 0.135, 0.125]) * (0.35 + 1.1 * cracks)
    rock = rock + (np.array([0.09, 0.15, 0.035]) * (0.5 + cracks) - rock) * np.clip(2 * mossy - 0.7, 0, 1)
    picture.blend(rock * light, picture.below(rim, 0.03))
    x, wide = -shot.order * shot.uniform(0.3, 0.5) * picture.right, shot.uniform(0.13, 0.2)
    widened = wide * (1 + 0.35 * np.clip(1 - picture.y / high, 0, 1.2))
    edge = 0.02 * spectral(shot.rng, picture.shape, falloff=0.9, coarsest=0.1, stretch=(5, 1))
    inside = np.clip((widened - np.abs(picture.x - x) + edge) / 0.03, 0, 1) * picture.below(rim, 0.02)
    threads = to_unit_range(spectral(shot.rng, picture.shape, falloff=0.8, coarsest=0.08, stretch=(14, 1)), 1.8)[
        ..., None
    ]
    picture.blend((0.55 + 0.5 * threads) * np.array([0.9, 0.96, 1.0]) * light, 0.92 * inside)
    pool = (
        np.array([0.05, 0.12, 0.11])
        * light
        * (1 + 0.25 * spectral(shot.rng, picture.shape, falloff=0.9, stretch=(1, 8)))[..., None]
    )
    picture.blend(pool, picture.below(0.0, 0.01))
    away = ((picture.x - x) / (2.2 * wide)) ** 2 + ((picture.y - 0.02) / 0.13) ** 2
    picture.blend(np.array([0.86, 0.9, 0.92]) * light, 0.8 * np.exp(-away))


def fountain(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A fountain of stone: a basin, over it two bowls on a column, from which water runs."""
    light, x, base = strength(hour), shot.order * shot.uniform(0.38, 0.55) * picture.right, -0.2
    stone = np.array([0.4, 0.36, 0.3]) * sunlight(hour)
    water = np.array([0.55, 0.66, 0.72]) * light
    high = 0.85 * (picture.top - base)

    def bowl(level: float, wide: float, deep: float) -> None:
        picture.ellipse(x, level, wide, deep, 0.62 * stone)
        picture.rectangle(x - wide, level, x + wide, level + 0.1 * deep, 0.8 * stone)
        picture.ellipse(x, level + 0.1 * deep, wide, 0.28 * deep, stone)
        picture.ellipse(x, level + 0.1 * deep, 0.88 * wide, 0.2 * deep, 0.6 * water)

    bowl(base + 0.1, 0.52, 0.22)
    picture.rectangle(x - 0.05, base + 0.1, x + 0.05, base + 0.92 * high, 0.8 * stone)
    levels = (base + 0.08, base + 0.5 * high, base + 0.86 * high)
    for (level, wide), low in zip(((levels[1], 0.3), (levels[2], 0.15)), levels[:2], strict=True):
        for share in np.linspace(-1, 1, 22):
            at = x + share * wide * 0.98
            picture.rectangle(at - 0.004, low + 0.03, at + 0.004, level, shot.uniform(0.6, 1.1) * water)
        bowl(level, wide, 0.3 * wide)
    for _ in range(70):
        rise, aside = shot.rng.random() ** 0.5, float(shot.rng.normal(0, 0.03))
        picture.ellipse(x + aside * rise, levels[2] + 0.2 * high * rise, 0.006, 0.014, 1.15 * water)


def _misty_shores(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Shores one behind the other, each paler in the fog, the sun as a glow above them, mist on the water."""
    fog = fog_of(picture, hour) * 1.05 + 0.08 * strength(hour)
    high, x = room_above(picture), -shot.order * shot.uniform(0.25, 0.6) * picture.right
    picture.blend(fog, 0.7)
    away = (picture.x - x) ** 2 + (picture.y - 0.55 * high) ** 2
    glow = np.asarray(kelvin(0.5 * hour.kelvin + 2200)) * strength(hour)
    picture.light += (0.5 * np.exp(-away / (0.2 * high))[..., None] * glow).astype(np.float32)
    for tone, level, rough, coarsest in ((0.62, 0.62, 0.015, 0.5), (0.26, 0.46, 0.03, 0.3), (0.02, 0.36, 0.05, 0.2)):
        ridge = line(shot, picture, level=level * high, swing=0.16 * high, falloff=1.9, coarsest=coarsest)
        ridge = ridge + rough * high * np.abs(spectral(shot.rng, (32, picture.shape[1]), falloff=0.5)[0])[None, :]
        if tone < 0.2:  # a spit of land from one side
            ridge = ridge * np.clip(0.75 + 1.1 * shot.order * picture.x / picture.right, -0.1, 1.1)
        wood = fog * tone * np.array([0.92, 1.0, 1.02])
        low = np.clip(picture.y / (0.5 * level * high), 0, 1) ** 0.7
        picture.blend(wood, picture.below(ridge, 0.012) * (0.45 + 0.55 * low) * (picture.y > -0.01))
        picture.defocus(0.008)


def sea(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Open sea up to a horizon that fades, deeper towards it, glittering in the sun, grey and high in bad weather."""
    depth = np.clip(-picture.y / 0.5, 0, 1)
    deep, shallow = np.array([0.03, 0.12, 0.19]), np.array([0.10, 0.29, 0.33])
    warmth = sunlight(hour)
    if shot.has("lakeside"):
        deep, shallow = np.array([0.03, 0.09, 0.12]), np.array([0.05, 0.13, 0.15])
    if shot.stormy:
        deep, shallow = np.array([0.045, 0.07, 0.085]), np.array([0.09, 0.135, 0.145])
    if shot.wish.surface == "milk":
        deep, shallow = np.array([0.62, 0.62, 0.60]), np.array([0.80, 0.79, 0.75])
    if told := _told_of_sea(shot):
        deep, shallow = DEEPER * np.array(told), 0.8 * np.array(told)
    water = (deep + (shallow - deep) * depth[..., None] ** 1.5) * warmth
    far = 0.7 * np.exp(np.minimum(picture.y, 0) / 0.035)[..., None]
    water = water + (haze(hour) * 0.8 - water) * far
    high, long = (0.3, 0.13) if shot.stormy else (0.16, 0.08)
    waves = 1 + high * spectral(shot.rng, picture.shape, falloff=0.9, coarsest=long, stretch=(1, 9))
    sparks = np.clip(spectral(shot.rng, picture.shape, falloff=0.25, finest=1.2, stretch=(1, 3)) - 2.3, 0, 2)
    under = np.exp(-(((picture.x - 0.7 * shot.side * picture.right) / 0.45) ** 2))
    glitter = (sparks * (2.0 + 16.0 * under))[..., None] * haze(hour)
    if hour.height < LOW and not shot.stormy:
        path = np.exp(-(((picture.x - sun_x(shot, picture)) / (0.05 + 0.3 * depth)) ** 2))
        glints = np.clip(spectral(shot.rng, picture.shape, falloff=0.7, coarsest=0.1, stretch=(1, 8)), 0, 2)
        glitter = glitter + (0.9 * path * glints)[..., None] * np.asarray(kelvin(3000))
    caps = np.clip((waves - 1) / high - (1.1 if shot.stormy else 1.75), 0, 1)  # where waves are highest they break
    glitter = glitter + (0.9 * caps * np.clip(depth * 4, 0, 1))[..., None] * haze(hour)
    picture.blend(water * waves[..., None] + glitter * strength(hour), picture.below(0, 0.012))


def _told_of_sea(shot: Shot) -> Colour | None:
    """The colour that was told of the sea, or of water that the product stands in, linear; turquoise in the tropics.

    A colour that no sea has is the sky's.
    """
    wish = shot.wish
    told = (wish.surface == "water" and wish.surface_colour) or wish.backdrop_colour
    if told is None:
        return TURQUOISE if "tropical" in wish.style else None
    red, green, blue = hexadecimal(told)
    return (red, green, blue) if min(green, blue) > red else None


def surf(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """The sea as it runs out on a beach: lines of foam, then wet sand that mirrors the sky."""
    sea(shot, picture, hour)
    wave = 0.02 * spectral(shot.rng, (32, picture.shape[1]), falloff=1.3, coarsest=16)[0][None, :]
    edge = wave - shot.uniform(0.16, 0.3)
    for share, wide, strong in ((1.0, 0.014, 0.9), (0.72, 0.007, 0.6), (0.45, 0.004, 0.45)):
        torn = np.clip(0.7 + 0.5 * spectral(shot.rng, picture.shape, falloff=0.8, coarsest=0.1, stretch=(1, 5)), 0, 1)
        foam = np.exp(-(((picture.y - edge * share) / wide) ** 2)) * torn
        picture.blend(np.full(3, 1.2 * strength(hour)), np.clip(foam, 0, 1) * strong)
    picture.blend(np.array([0.42, 0.33, 0.23]) * sunlight(hour) * 0.75 + 0.18 * haze(hour), picture.below(edge))
