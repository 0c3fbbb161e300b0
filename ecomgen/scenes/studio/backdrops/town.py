"""Skylines, streets and lamps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ecomgen.scenes.studio.backdrops.foliage import thicket
from ecomgen.scenes.studio.backdrops.land import meadow, room_above
from ecomgen.scenes.studio.backdrops.sky import haze, is_blue, is_dark, strength, sunlight
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.palette import from_oklch, hexadecimal, hue_of
from ecomgen.scenes.studio.primitives.types import Values, triple
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.lights import Daylight, dimmed, kelvin
from ecomgen.scenes.studio.stage.shot import Shot

HAZY = 0.9  # of a house's own colour by day, through a town's air
GREY_AIR, LOW_AIR = 0.55, 0.1  # of the air's colour by day, and in low sun, that its dust takes away
AIR_AT = 0.06  # y over the horizon, where the sky's colour is what things far away fade into
LOW_SUN, LOW_LIGHT = 25.0, (1.9, 1.15, 0.6)  # degrees of its height, and its colour on what faces it
MIRRORING, MIRRORED = 0.14, (3.2, 1.75, 0.65)  # the share of panes in which a low sun is seen, and how
KERB = 1.4  # heights of the eye from the middle of a street
WARM, BRIGHT = (9.0, 5.4, 2.3), 9.0
TOWER_LEVELS = (0, 0.08, 0.17, 0.26, 0.36, 0.55, 0.84, 0.9, 1)  # shares of the Eiffel Tower's height, and half its
TOWER_HALF = (0.23, 0.175, 0.13, 0.098, 0.072, 0.043, 0.022, 0.009, 0.004)  # width there, its iron a little stouter
FRUIT = ("#d8412f", "#e98a1f", "#f0c030", "#7fa63a", "#3f7a35", "#8e2f4f", "#c8523a", "#a9c24a")
FRONTS = ("#cdbfa8", "#b98f6f", "#a8a39b", "#8d6a55", "#d6c7b4", "#9aa3a8", "#c7a58a", "#b8b2a2")


def city(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A skyline at three depths, fading into the sky behind, a lit and a shaded face to each house; lit windows by
    dark."""
    top, air = room_above(picture), _air(picture, hour)
    for near in (0.2, 0.45, 0.8):
        x = -picture.right * 1.15
        while x < picture.right * 1.15:
            wide = shot.uniform(0.07, 0.2) * (0.7 + 0.6 * near)
            high = top * shot.uniform(0.22, 0.76) * (1.1 - 0.55 * near) * (1.5 if shot.rng.random() < 0.12 else 1)
            seen = near if is_blue(hour) else HAZY * near
            _house(shot, picture, hour, (x, wide, high), (air(x + 0.5 * wide), seen))
            x += wide * shot.uniform(0.8, 1.5)
        picture.defocus(0.008)
    for y in np.linspace(0.03, -0.55, 6):
        _roofs(shot, picture, hour, float(y), air)
    if is_dark(hour):
        bokeh(shot, picture, hour)


def _air(picture: Painting, hour: Daylight) -> Callable[[float], Values]:
    """The colour that what is far fades into, by x: the sky's over the horizon, before anything is painted there."""
    sky = picture.light[np.abs(picture.y[:, 0] - AIR_AT).argmin()] * (0.42 if is_blue(hour) else 0.72)
    sky = np.minimum(sky, sky.mean(0) * 1.6)  # the sun itself is no air
    grey = 0.0 if is_blue(hour) else LOW_AIR if hour.height < LOW_SUN else GREY_AIR
    parts = np.array_split(sky + (sky.mean(1, keepdims=True) - sky) * grey, 8)
    middles, means = (np.arange(8) / 3.5 - 1) * picture.right, np.array([part.mean(0) for part in parts])
    return lambda x: np.array([np.interp(x, middles, channel) for channel in means.T])


def _roofs(shot: Shot, picture: Painting, hour: Daylight, level: float, air: Callable[[float], Values]) -> None:
    """A row of lower houses as one looks down on them, trees between."""
    light = 0.4 * strength(hour) if is_blue(hour) else 0.8
    x = -picture.right * 1.1
    while x < picture.right * 1.1:
        wide, tall = shot.uniform(0.07, 0.2), shot.uniform(0.02, 0.1)
        tiles = hexadecimal(shot.choice("#8a6a5c", "#77726d", "#92857a", "#5f6264", "#9f978c", "#5c6350"))
        roof, far = np.asarray(tiles) * np.asarray(kelvin(hour.kelvin)) * light, air(x + 0.5 * wide)
        seen = far + (roof - far) * np.clip(0.35 - 0.9 * level, 0.35, 0.85) * (1 if is_blue(hour) else HAZY)
        picture.rectangle(x, level - 0.3, x + wide, level + tall, 0.68 * seen)
        picture.rectangle(x, level + 0.4 * tall, x + wide, level + tall, seen)
        if is_dark(hour) and shot.rng.random() < 0.6:
            picture.ellipse(x + 0.5 * wide, level, 0.011, 0.011, dimmed(WARM, shot.uniform(0.2, 0.7)))
        x += wide * shot.uniform(0.9, 1.3)


def _house(
    shot: Shot, picture: Painting, hour: Daylight, house: tuple[float, float, float], depth: tuple[Values, float]
) -> None:
    (x, wide, high), (air, near) = house, depth
    stone = np.asarray(hexadecimal(shot.choice("#8f8a86", "#a38f80", "#6f7880", "#b7a998", "#7d7168", "#59636e")))
    light = 0.35 * strength(hour) if is_blue(hour) else 0.75
    sun = np.asarray(kelvin(hour.kelvin)) if is_blue(hour) or hour.height > LOW_SUN else np.asarray(LOW_LIGHT)
    lit = air + (stone * sun * light - air) * near
    shaded = air + (stone * np.array([0.4, 0.45, 0.55]) * light - air) * near
    turn = x + wide * (0.5 + 0.25 * shot.side)
    first, second = (shaded, lit) if shot.side > 0 else (lit, shaded)
    picture.rectangle(x, -0.2, turn, high, first)
    picture.rectangle(turn, -0.2, x + wide, high, second)
    low, dark = hour.height < LOW_SUN, is_dark(hour)
    for y in np.arange(0.02, high - 0.03, 0.05):
        for wx in np.arange(x + 0.012, x + wide - 0.02, 0.032):
            chance = shot.rng.random()
            if chance < (0.16 if dark else 0.5):
                bright = (2.6, 1.6, 0.75) if dark else MIRRORED if low and chance < MIRRORING else None
                glass = stone * 0.3 * light if bright is None else np.asarray(dimmed(bright, shot.uniform(0.4, 1.3)))
                pane = air + (glass - air) * near
                picture.rectangle(float(wx), float(y), float(wx) + 0.016, float(y) + 0.03, np.maximum(pane, 0))


def street(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """House fronts on both sides that lead to a bright end; shop windows, awnings, trees, a few people, lamps."""
    light = strength(hour)
    for side in (-1.0, 1.0):
        _fronts(shot, picture, side, light)
    _paving(shot, picture, hour)
    if shot.wish.place == "cafe" or shot.wish.support == "table":
        _terrace(shot, picture, hour)
    if "crowd" not in shot.wish.without:
        _people(shot, picture, hour, 3)
    lamps = int(16 * (0.5 + picture.right)) if is_dark(hour) else 0
    for _ in range(lamps):
        x, y = shot.uniform(-1, 1) * picture.right, shot.uniform(0.02, 0.45)
        picture.ellipse(x, y, 0.011, 0.011, dimmed(WARM, shot.uniform(0.4, 1.2)))


def _fronts(shot: Shot, picture: Painting, side: float, light: float) -> None:
    """The houses on one side of a street, and its trees."""
    x = 0.1
    while x < picture.right * 1.35:
        wide = 0.3 * x + 0.04
        _front(shot, picture, (side, x, wide), (1.0 if side != shot.side else 0.5) * light)
        x += wide
    _street_trees(shot, picture, side, light)


def _paving(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A street between its kerbs: rows of setts, worn, paler far off; slabs on either side."""
    deep = np.maximum(-picture.y, 1e-3)
    worn = spectral(shot.rng, picture.shape, falloff=1.4, coarsest=0.3, stretch=(1, 3))
    rows = 0.06 * np.sign(np.sin(10 / deep)) * np.clip(6 * deep, 0, 1)
    aside = np.clip((np.abs(picture.x) / deep - KERB) / 0.15, 0, 1)[..., None]
    stone = np.array([0.25, 0.24, 0.225]) + np.array([0.17, 0.16, 0.145]) * aside
    light = (1 + rows + 0.12 * worn + 0.5 * np.exp(-deep / 0.06))[..., None] * sunlight(hour)
    picture.blend(stone * light, picture.below(-0.2 * np.abs(picture.x)))


def _front(shot: Shot, picture: Painting, place: tuple[float, float, float], lit: float) -> None:
    """A house front: a shop with a warm window below, rows of windows above."""
    side, x, wide = place
    front = dimmed(hexadecimal(shot.choice(*FRONTS)), lit * shot.uniform(0.6, 0.95))
    picture.rectangle(side * x, -0.3 * x, side * (x + wide), 1.6 * x + 0.1, front)
    shop = dimmed((1.5, 1.0, 0.55), shot.uniform(0.3, 1.3))
    picture.rectangle(side * (x + 0.15 * wide), -0.12 * x, side * (x + 0.85 * wide), 0.1 * x, shop)
    awning = hexadecimal(shot.choice("#a8342c", "#2e5b46", "#d8cfc0", "#37506e", "#33302d"))
    if shot.rng.random() < 0.6:
        picture.rectangle(side * x, 0.1 * x, side * (x + wide), 0.2 * x, dimmed(awning, 0.9 * lit))
    for y in np.arange(0.32, 1.5, 0.3):
        for share in (0.12, 0.58):
            wx = x + share * wide
            glass = dimmed((0.16, 0.18, 0.21), lit * shot.uniform(0.6, 1.8))
            picture.rectangle(side * wx, float(y) * x, side * (wx + 0.3 * wide), (float(y) + 0.18) * x, glass)


def _street_trees(shot: Shot, picture: Painting, side: float, light: float) -> None:
    """Crowns of street trees, now and then."""
    if shot.rng.random() < 0.4:
        return
    x = side * shot.uniform(0.25, 0.8) * picture.right
    for _ in range(130):
        away = shot.rng.normal(size=2) * (0.13, 0.11)
        lit = light * shot.uniform(0.5, 1.6) * (3.0 if shot.rng.random() < 0.05 else 1)
        picture.ellipse(x + away[0], 0.42 + away[1], 0.03, 0.02, dimmed((0.13, 0.18, 0.06), lit), shot.uniform(0, 180))


def crowd(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A street full of people."""
    street(shot, picture, hour)
    _people(shot, picture, hour, 26)


def _people(shot: Shot, picture: Painting, hour: Daylight, count: int) -> None:
    for _ in range(count):
        x, tall = shot.uniform(-0.7, 0.7) * picture.right, shot.uniform(0.14, 0.34)
        cloth = dimmed(hexadecimal(shot.choice("#23303f", "#7a2f2a", "#c7b58f", "#3b3a3a", "#4a6b7d")), strength(hour))
        legs = dimmed(hexadecimal(shot.choice("#22262c", "#3d3f45", "#5b5244")), strength(hour))
        low = -0.06 - 0.35 * tall
        for leg in (-0.06, 0.06):
            picture.ellipse(x + leg * tall, low + 0.22 * tall, 0.05 * tall, 0.25 * tall, legs)
        picture.ellipse(x, low + 0.62 * tall, tall * 0.14, tall * 0.27, cloth)
        picture.ellipse(x, low + 0.96 * tall, tall * 0.07, tall * 0.085, dimmed((0.42, 0.28, 0.2), strength(hour)))


def stalls(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A market: stalls under striped awnings one beside the other, in winter wooden huts with lit fronts; people."""
    light, stand = strength(hour), _hut if shot.wish.season == "winter" else _stall
    for side in (-1.0, 1.0):
        _street_trees(shot, picture, side, light)
    picture.blend(np.array([0.3, 0.28, 0.255]) * sunlight(hour), picture.below(-0.12))
    _people(shot, picture, hour, 5)
    for far, size in ((0.0, 0.62), (1.0, 1.0)):
        x = -picture.right * 1.1 + far * shot.uniform(0, 0.4)
        while x < picture.right * 1.1:
            stand(shot, picture, (x, size), light * (0.8 + 0.2 * far))
            x += size * shot.uniform(0.95, 1.3)


def _stall(shot: Shot, picture: Painting, place: tuple[float, float], light: float) -> None:
    """A market stall; `place` is the x of its left end, and how wide it is."""
    x, size = place
    roof, low, counter = 0.5 * size, 0.29 * size, -0.2 * size
    picture.rectangle(x, counter, x + size, low, dimmed((0.2, 0.17, 0.14), light))
    stripes, dye = 8, hexadecimal(shot.choice("#b5382f", "#2f6b4a", "#d08a2c", "#35658f", "#c9574f"))
    for number in range(stripes):
        left, wide = x + size * (number / stripes - 0.02), 1.04 * size / stripes
        inner = x + size * (0.12 + 0.76 * number / stripes)
        tint = dimmed(dye if number % 2 else (0.86, 0.83, 0.77), light)
        picture.polygon([(left, low), (left + wide, low), (inner + 0.095 * size, roof), (inner, roof)], tint)
        picture.ellipse(left + 0.5 * wide, low, 0.5 * wide, 0.035 * size, dimmed(tint, 0.85))
    for row, level in enumerate((counter + 0.14 * size, counter)):
        for crate in range(5):
            left = x + size * (0.02 + 0.195 * crate)
            _heap(shot, picture, (left, level, 0.17 * size), light * (0.75 + 0.25 * row))
    picture.rectangle(x, counter - 0.5 * size, x + size, counter, dimmed((0.3, 0.19, 0.11), 0.8 * light))


def _hut(shot: Shot, picture: Painting, place: tuple[float, float], light: float) -> None:
    """A wooden hut, snow on its gable, lamps along the eaves, a lit front; `place` is as a stall's."""
    x, size = place
    eaves, ridge, counter = 0.22 * size, 0.52 * size, -0.2 * size
    wood = np.array(hexadecimal(shot.choice("#5a3a22", "#6b4527", "#4c3524")))
    for level in np.linspace(-0.75, 0.22, 9)[:-1] * size:
        picture.rectangle(x, level, x + size, level + 0.12 * size, wood * light * shot.uniform(0.75, 1.1))
    picture.rectangle(x + 0.08 * size, counter, x + 0.92 * size, eaves - 0.04 * size, (2.0, 1.15, 0.5))
    for row, level in enumerate((counter, 0.0)):
        for ware in np.arange(0.1, 0.88, 0.06):
            tint = hexadecimal(shot.choice("#b3261e", "#e9e2d2", "#2f5d3a", "#c99a3f", "#7a2d22"))
            high = shot.uniform(0.03, 0.1) * size
            picture.rectangle(x + ware * size, level, x + (ware + 0.05) * size, level + high, np.array(tint) * 0.9)
        picture.rectangle(x, level - 0.03 * size, x + size, level, wood * (1.2 + row) * light)
    for edge, tint in ((0.07, (0.78, 0.82, 0.9)), (0.0, wood * 0.7)):
        slope = [(x - 0.08 * size, eaves), (x + 1.08 * size, eaves), (x + 0.5 * size, ridge + edge * size)]
        picture.polygon(slope if edge else [(a, b - 0.03 * size) for a, b in slope], dimmed(triple(tint), light))
    for share in np.linspace(-0.05, 1.05, 15):
        picture.ellipse(x + share * size, eaves - 0.04 * size, 0.013 * size, 0.013 * size, np.asarray(WARM) * 1.2)


def _heap(shot: Shot, picture: Painting, crate: tuple[float, float, float], light: float) -> None:
    """A crate of one kind of fruit, heaped."""
    x, level, wide = crate
    tint = hexadecimal(shot.choice(*FRUIT))
    for _ in range(18):
        across = shot.uniform(0.05, 0.95)
        up = shot.uniform(0.2, 0.62) * wide * (1 - (2 * across - 1) ** 2 * 0.5)
        round_ = 0.1 * wide
        picture.ellipse(x + across * wide, level + up, round_, round_, dimmed(tint, light * shot.uniform(0.65, 1.2)))
    picture.rectangle(x, level, x + wide, level + 0.24 * wide, dimmed((0.52, 0.37, 0.22), light))


def railing(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A balcony's railing: a hand rail on upright bars, with flowers in a box now and then, not in winter."""
    tint = dimmed(hexadecimal(shot.turn("#2b2c2e", "#e6e3dc", "#4a4f4c", "#8a6a4a")), strength(hour))
    top, step = shot.uniform(0.3, 0.5) * picture.top, shot.uniform(0.13, 0.19)
    for x in np.arange(-picture.right, picture.right, step):
        picture.rectangle(float(x), picture.bottom, float(x) + 0.014, top, tint)
    picture.rectangle(-picture.right, top, picture.right, top + 0.05, tint)
    picture.rectangle(-picture.right, top - 0.14, picture.right, top - 0.12, tint)
    if shot.wintry or shot.rng.random() < 0.5:
        return
    x = -shot.order * shot.uniform(0.35, 0.7) * picture.right
    picture.rectangle(x - 0.5, top - 0.05, x + 0.5, top + 0.12, dimmed((0.42, 0.2, 0.12), strength(hour)))
    for _ in range(150):
        at = x + shot.uniform(-0.55, 0.55), top + 0.1 + shot.uniform(0, 0.24)
        bloom = shot.choice("#c8414f", "#e58fa5", "#4f7a3c", "#3f6634", "#5d8a45")
        picture.ellipse(*at, 0.03, 0.03, dimmed(hexadecimal(bloom), strength(hour) * shot.uniform(0.5, 1.1)))


def fence(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A farm's fence: rails of weathered wood from post to post."""
    wood = np.array(hexadecimal(shot.choice("#8c7a66", "#6f6357", "#9a8b78"))) * strength(hour)
    top = shot.uniform(0.02, 0.12)
    for level in (top, top - 0.2, top - 0.4):
        ends = shot.rng.uniform(-0.015, 0.015, 2)
        corners = [(-1, ends[0]), (1, ends[1]), (1, ends[1] - 0.06), (-1, ends[0] - 0.06)]
        picture.polygon([(x * picture.right, level + y) for x, y in corners], wood * shot.uniform(0.85, 1.1))
    for x in np.arange(-1.1, 1.2, 0.62) * picture.right + shot.uniform(-0.2, 0.2):
        picture.rectangle(x - 0.05, picture.bottom, x + 0.05, top + 0.08, wood * shot.uniform(0.75, 0.95))


def ship_rail(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A yacht's rail: three steel wires through slender posts under a bright tube."""
    steel = np.array([0.72, 0.75, 0.78]) * strength(hour)
    top = shot.uniform(0.2, 0.32) * picture.top
    for share in (0.0, 0.34, 0.67):
        picture.rectangle(-picture.right, top * (1 - share), picture.right, top * (1 - share) + 0.012, steel * 0.8)
    for x in np.arange(-1.1, 1.2, 0.5) * picture.right + shot.uniform(-0.2, 0.2):
        picture.rectangle(x - 0.012, picture.bottom, x + 0.012, top, steel * 0.9)
    picture.rectangle(-picture.right, top, picture.right, top + 0.035, steel * 1.15)


def tower(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """The Eiffel Tower behind trees and low houses; from a café's table, house fronts on the other side."""
    light = strength(hour)
    meadow(shot, picture, hour)
    side = shot.choice(-1.0, 1.0)
    high = shot.uniform(0.88, 0.95) * max(picture.frame.top - picture.frame.eye, 0.2)
    _zinc_roofs(shot, picture, hour, 0.17 * high)
    _iron_lattice(picture, (side * shot.uniform(0.45, 0.62) * picture.right, high), hour, -shot.side)
    thicket(shot, picture, low=-0.1, high=0.03 * high, light=light, ragged=0.02)
    if shot.wish.place in ("cafe", "street"):
        _fronts(shot, picture, -side, light)
        _paving(shot, picture, hour)
        _terrace(shot, picture, hour)


def _zinc_roofs(shot: Shot, picture: Painting, hour: Daylight, high: float) -> None:
    """A far row of houses of pale stone under grey roofs, about this high."""
    air, light = haze(hour), strength(hour)
    x = -1.1 * picture.right
    while x < 1.1 * picture.right:
        wide, top = shot.uniform(0.1, 0.25), high * shot.uniform(0.8, 1.0)
        for level, colour in ((top, (0.3, 0.33, 0.38)), (0.72 * top, (0.62, 0.55, 0.45))):
            stone = np.asarray(colour) * np.asarray(kelvin(hour.kelvin)) * (light * shot.uniform(0.9, 1.1))
            picture.rectangle(x, -0.1, x + wide, level, stone + (air - stone) * 0.3)
        x += wide


def _iron_lattice(picture: Painting, place: tuple[float, float], hour: Daylight, lit: float) -> None:
    """The tower at an x and this high: four legs that lean together, three platforms, an arch; the `lit` side paler."""
    x, high = place
    air, light = haze(hour), strength(hour)
    levels = np.linspace(0, 1, 24)
    outline = np.interp(levels, TOWER_LEVELS, TOWER_HALF) * high
    hollow = np.interp(levels, (0, 0.17, 0.36, 1), (0.13, 0.062, 0.008, 0.0)) * high
    for leg, tone in ((-lit, 0.8), (lit, 1.25)):
        iron = np.array([0.17, 0.12, 0.085]) * np.asarray(kelvin(hour.kelvin)) * (tone * light)
        iron = iron + (air - iron) * 0.16
        sides = np.stack([x + leg * outline, levels * high], -1), np.stack([x + leg * hollow, levels * high], -1)[::-1]
        picture.polygon(np.concatenate(sides), iron)
        turn = np.linspace(0, np.pi / 2, 10)
        inner, outer = (  # the arch between the feet
            np.stack([x + leg * radius * high * np.cos(turn), (0.03 + radius * np.sin(turn)) * high], -1)
            for radius in (0.105, 0.125)
        )
        picture.polygon(np.concatenate([inner, outer[::-1]]), iron)
        for level, half in ((0.165, 0.145), (0.355, 0.082), (0.83, 0.028)):
            first, last = sorted((x, x + leg * half * high))
            picture.rectangle(first, level * high, last, (level + 0.022) * high, 0.8 * iron)


def _terrace(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Small round tables and cane chairs on the pavement before a café, and its guests."""
    light = strength(hour)
    cane = np.array(dimmed(hexadecimal(shot.choice("#9c7a4e", "#5c6b58", "#6b4a38", "#55606a")), light))
    for y in np.linspace(-0.1, 0.6 * picture.bottom, 3).tolist():
        size, steel = 0.1 - 0.45 * y, dimmed((0.05, 0.055, 0.06), light)
        for x in np.arange(-1.1, 1.2, 3.4 * size / picture.right) * picture.right + shot.uniform(-0.4, 0.4):
            for side in (-0.75, 0.75):
                back = x + side * size
                picture.rectangle(back - 0.2 * size, y + 0.1 * size, back + 0.2 * size, y + 0.95 * size, cane)
                picture.rectangle(back - 0.18 * size, y - 0.5 * size, back + 0.18 * size, y + 0.1 * size, 0.3 * cane)
            picture.rectangle(x - 0.03 * size, y - 0.5 * size, x + 0.03 * size, y + 0.4 * size, steel)
            picture.ellipse(x, y + 0.42 * size, 0.5 * size, 0.13 * size, dimmed((0.62, 0.6, 0.56), light))
    _people(shot, picture, hour, 4)


def bokeh(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Lamps at several distances, mostly warm, which the lens turns into discs; in the light that was told."""
    del hour
    told, warm = shot.wish.light_colour, (WARM, WARM, (9.0, 6.8, 4.2))
    tints = warm if "warm" in shot.wish.mood else (*warm, (8.0, 1.8, 1.2), (2.0, 4.6, 9.0))
    if told:
        tints = (dimmed(hexadecimal(told), BRIGHT / max(hexadecimal(told))),)
    for _ in range(int(17 * picture.right)):
        x, y = shot.uniform(-1, 1) * picture.right, abs(shot.uniform(-0.1, 1.0)) ** 1.5 * 0.8 - 0.06
        tint = shot.choice(*tints)
        size = shot.uniform(0.008, 0.018)
        picture.ellipse(x, y, size, size, dimmed(tint, shot.uniform(0.3, 1.2)))


def neon(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A narrow street at night: dark fronts, large signs that wash them with colour, a few lamps, wet ground."""
    del hour
    picture.light[:] = np.array([0.012, 0.014, 0.026], dtype=np.float32)
    hues = neon_signs(shot, picture)
    for _ in range(int(26 * picture.right)):
        at = shot.uniform(-1, 1) * picture.right, shot.uniform(0.0, 0.75) ** 2 + shot.uniform(-0.03, 0.1)
        tint = WARM if shot.rng.random() < 0.6 else dimmed(from_oklch(0.7, 0.2, float(shot.rng.choice(hues))), 9.0)
        picture.ellipse(*at, 0.012, 0.012, np.asarray(tint) * shot.uniform(0.2, 1.1))
    horizon = int(np.clip(picture.top * picture.scale, 1, picture.shape[0] - 1))
    depth = min(picture.shape[0] - horizon, horizon)
    picture.light[horizon : horizon + depth] = 0.4 * picture.light[horizon - depth : horizon][::-1]


def neon_signs(shot: Shot, picture: Painting) -> Values:
    """Large signs on both sides that wash with colour what is round them, of the light that was told or of three
    colours. Gives their hues, in degrees."""
    hues = shot.rng.permutation([345.0, 300.0, 250.0, 205.0, 60.0, 25.0])[:3]
    if told := [light for light in (shot.wish.light_colour, shot.wish.second_light) if light]:
        hues = np.ravel([hue_of(hexadecimal(light)) + np.array([0.0, -8.0, 8.0]) for light in told])
    for side in (-1.0, 1.0, -1.0, 1.0, 1.0, -1.0)[: int(shot.rng.integers(4, 7))]:
        x, y = side * shot.uniform(0.2, 0.95) * picture.right, shot.uniform(0.1, 0.65)
        wide, high = (shot.uniform(0.05, 0.1), shot.uniform(0.16, 0.4)) if shot.rng.random() < 0.6 else (0.22, 0.08)
        tint = np.asarray(from_oklch(0.68, 0.24, float(shot.rng.choice(hues))))
        away = ((picture.x - x) / (wide + 0.28)) ** 2 + ((picture.y - y) / (high + 0.3)) ** 2
        picture.light += (0.28 * np.exp(-away)[..., None] * tint).astype(np.float32)
        picture.rectangle(x - wide, y - high, x + wide, y + high, tint * 0.9)
        for share in np.arange(-0.7, 0.8, 0.35):
            at = (x, y + share * high) if high > wide else (x + share * wide, y)
            picture.ellipse(*at, 0.4 * min(wide, high), 0.07 * high + 0.012, tint * 4.0 + 0.6)
    return hues


def string_lights(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Bulbs on two sagging wires across the picture."""
    del hour
    for _ in range(2):
        level, sag = shot.uniform(0.45, 0.9) * room_above(picture), shot.uniform(0.08, 0.22)
        tilt = shot.uniform(-0.2, 0.2)
        for x in np.arange(-picture.right, picture.right, shot.uniform(0.13, 0.2)):
            y = level + sag * (float(x) / picture.right) ** 2 + tilt * float(x)
            picture.ellipse(float(x), y, 0.014, 0.014, dimmed((10.0, 6.2, 2.8), shot.uniform(0.7, 1.1)))
