"""What stands far behind outdoors, layer by layer from the horizon forward; each paints over what is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.backdrops.foliage import PINE, thicket
from ecomgen.scenes.studio.backdrops.sky import haze, paint_sky
from ecomgen.scenes.studio.lights import dimmed, kelvin
from ecomgen.scenes.studio.noise import spectral, unit
from ecomgen.scenes.studio.painting import Painting
from ecomgen.scenes.studio.palette import hexadecimal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ecomgen.scenes.studio.lights import Daylight
    from ecomgen.scenes.studio.shot import Shot

    Layer = Callable[[Shot, Painting, Daylight], None]


def landscape(shot: Shot, hour: Daylight, layers: Sequence[str], *, blur: float) -> Painting:
    """The sky with the wished layers before it, else the `layers` given, out of focus by `blur` units."""
    picture = Painting(shot.frame, (0, 0, 0))
    paint_sky(shot, picture, hour)
    for name in shot.wish.background or layers:
        LAYERS[name](shot, picture, hour)
    picture.defocus(blur * (0.45 if shot.wish.lens == "scenic" else 1.0))
    return picture


def _line(shot: Shot, picture: Painting, *, level: float, swing: float, falloff: float, coarsest: float) -> np.ndarray:
    """A wavering height for each column, 1xW."""
    wave = spectral(shot.rng, (32, picture.shape[1]), falloff=falloff, coarsest=coarsest * 32 * picture.shape[1] / 900)[
        0
    ]
    return (level + swing * wave)[None, :]


def _room_above(picture: Painting) -> float:
    """How much of the sky is seen: what is to be recognised must fit into it."""
    return max(picture.top - 0.05, 0.3)


def mountains(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Three ranges, each paler than the one before it, the farthest with snow on its peaks."""
    air, high = haze(hour), _room_above(picture)
    levels = (shot.between(0.5, 0.62), shot.between(0.26, 0.36), shot.between(0.08, 0.16))
    for number, level in enumerate(levels):
        ridge = _line(shot, picture, level=level * high, swing=0.3 * level * high, falloff=1.5, coarsest=0.6)
        rock = np.array([0.15, 0.17, 0.19]) if number < 2 else np.array([0.06, 0.10, 0.05])
        near = (number + 0.8) / 3.2
        folds = spectral(shot.rng, picture.shape, falloff=1.5, coarsest=0.2)
        shade = np.clip(1 + 0.25 * folds + 0.15 * shot.side * picture.x, 0.5, 1.6)
        colour = (air + (rock - air) * near) * shade[..., None]
        inside = np.clip((ridge - picture.y) / 0.012, 0, 1)
        picture.blend(colour, inside)
        if number == 0:
            line = 0.72 * float(ridge.max()) + 0.05 * high * folds
            snow = np.clip((picture.y - line) / (0.04 * high), 0, 1) * inside
            picture.blend(np.array([0.78, 0.81, 0.86]) * shade[..., None], 0.85 * snow)
    _meadow(shot, picture, hour)


def _meadow(shot: Shot, picture: Painting, hour: Daylight, colour: Sequence[float] = (0.17, 0.25, 0.06)) -> None:
    """Open land from the horizon down."""
    tint = np.asarray(colour) * np.asarray(kelvin(hour.kelvin))
    far = np.exp(np.minimum(picture.y, 0) * 6)[..., None]
    ground = (tint + (haze(hour) - tint) * 0.4 * far) * (
        1 + 0.1 * spectral(shot.rng, picture.shape, falloff=1, stretch=(1, 8))
    )[..., None]
    picture.blend(ground, np.clip(-picture.y / 0.008, 0, 1))


def hills(shot: Shot, picture: Painting, hour: Daylight) -> None:
    high = _room_above(picture)
    for level, near in ((shot.between(0.22, 0.4) * high, 0.45), (shot.between(0.08, 0.16) * high, 0.8)):
        ridge = _line(shot, picture, level=level, swing=0.3 * level, falloff=2.0, coarsest=0.8)
        tint = np.array([0.14, 0.21, 0.06]) * np.asarray(kelvin(hour.kelvin))
        picture.blend(haze(hour) + (tint - haze(hour)) * near, np.clip((ridge - picture.y) / 0.01, 0, 1))
    _meadow(shot, picture, hour)


def trees(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A line of trees behind a lawn."""
    _meadow(shot, picture, hour)
    thicket(shot, picture, low=-0.06, high=shot.between(0.55, 0.9), light=_strength(hour), ragged=0.25)


def hedge(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Trees, then bushes nearer by, so that little sky is left."""
    _meadow(shot, picture, hour)
    thicket(shot, picture, low=-0.05, high=shot.between(0.9, 1.6), light=0.7 * _strength(hour), ragged=0.35)
    picture.defocus(0.06)
    thicket(shot, picture, low=-0.25, high=shot.between(0.1, 0.4), light=_strength(hour), ragged=0.12)


def woods(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Inside a forest: trunks before bright gaps, light falling between them."""
    picture.light[:] = np.asarray((0.22, 0.30, 0.12)) * _strength(hour)
    thicket(shot, picture, low=-0.4, high=2.6, light=0.75 * _strength(hour), ragged=0.3)
    gaps = unit(spectral(shot.rng, picture.shape, falloff=1.5, coarsest=0.25), 1.5)
    glow = np.array([1.1, 1.15, 0.75]) * np.asarray(kelvin(hour.kelvin)) * _strength(hour)
    picture.blend(glow, np.clip((gaps - 0.62) * 3, 0, 0.75) * np.clip(picture.y + 0.3, 0, 1))
    picture.defocus(0.05)
    for _ in range(int(6 + 4 * picture.right)):
        x, wide = shot.between(-picture.right, picture.right), shot.between(0.02, 0.11)
        lean = shot.between(-0.08, 0.08)
        bark = dimmed((0.09, 0.07, 0.05), shot.between(0.5, 1.5) * _strength(hour))
        picture.polygon(
            [(x - wide, -0.3), (x + wide, -0.3), (x + lean + wide * 0.8, 3), (x + lean - wide * 0.8, 3)], bark
        )
    thicket(shot, picture, low=-0.5, high=shot.between(-0.12, 0.05), light=0.9 * _strength(hour), ragged=0.08)


def pines(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A row of firs, under snow in winter."""
    winter = shot.wish.season == "winter" or shot.wish.place == "snow"
    _meadow(shot, picture, hour, (0.78, 0.82, 0.88) if winter else (0.12, 0.17, 0.06))
    for distance in (0.35, 0.7, 1.0):
        for _ in range(int(9 * picture.right)):
            _fir(shot, picture, hour, distance, snowy=winter)
        picture.defocus(0.015)


def _fir(shot: Shot, picture: Painting, hour: Daylight, near: float, *, snowy: bool) -> None:
    x, high = shot.between(-1.1, 1.1) * picture.right, shot.between(0.5, 1.1) * (0.5 + near)
    tint = np.asarray(PINE[int(shot.rng.integers(4))]) * 1.4
    tint = (haze(hour) + (tint - haze(hour)) * near) * _strength(hour)
    for step in np.linspace(0, 1, 9):
        y, half = -0.03 + high * step, 0.19 * high * (1.05 - step)
        picture.polygon([(x - half, y), (x + half, y), (x, y + 0.24 * high)], tint * shot.between(0.8, 1.2))
        for _ in range(3 if snowy else 0):
            pale = np.array([0.72, 0.78, 0.88]) * (_strength(hour) * shot.between(0.6, 1.1))
            at, size = shot.between(-0.8, 0.8), shot.between(0.1, 0.32) * half
            picture.ellipse(x + at * half, y + (0.02 + 0.08 * (1 - abs(at))) * high, size, 0.4 * size, pale, -40 * at)


def city(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A skyline in two depths; at night its windows are lit."""
    dark = hour.kelvin > 7000 or hour.height < 12
    top = _room_above(picture)
    for near in (0.35, 0.75):
        x = -picture.right * 1.1
        while x < picture.right * 1.1:
            wide, high = shot.between(0.09, 0.3), top * shot.between(0.2, 0.95) * (0.6 if near > 0.5 else 1)
            stone = np.array([0.32, 0.31, 0.31]) * shot.between(0.5, 1.3) * (0.12 if dark else 1)
            air = haze(hour)
            picture.rectangle(x, -0.2, x + wide, high, air + (stone - air) * near)
            _windows(shot, picture, (x, x + wide, high), lit=dark)
            x += wide * shot.between(0.75, 1.3)
    paved = np.array([0.24, 0.235, 0.23]) * _strength(hour)
    picture.blend(paved, np.clip(-picture.y / 0.01, 0, 1) * np.ones(picture.shape))
    if dark:
        bokeh(shot, picture, hour)


def _windows(shot: Shot, picture: Painting, house: tuple[float, float, float], *, lit: bool) -> None:
    x0, x1, high = house
    for y in np.arange(0.03, high - 0.03, 0.055):
        for x in np.arange(x0 + 0.015, x1 - 0.02, 0.035):
            on = shot.rng.random() < (0.3 if lit else 0.5)
            if on:
                glow = (2.6, 1.7, 0.8) if lit else (0.22, 0.27, 0.33)
                picture.rectangle(
                    float(x), float(y), float(x) + 0.018, float(y) + 0.03, dimmed(glow, shot.between(0.4, 1))
                )


def street(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """House fronts on both sides that lead to the horizon, people as blurs, a bright end."""
    for side in (-1, 1):
        x = picture.right * 1.3
        while x > 0.12:
            wide = 0.28 * x
            front = dimmed(
                hexadecimal(shot.pick("#cdbfa8", "#b98f6f", "#a8a39b", "#8d6a55", "#d6c7b4", "#9aa3a8")),
                _strength(hour) * shot.between(0.5, 0.9),
            )
            picture.rectangle(side * (x - wide), -0.28 * x, side * x, 1.5 * x, front)
            for _ in range(5):
                wx, wy = x - wide * shot.between(0.15, 0.85), x * shot.between(0.15, 1.3)
                picture.rectangle(
                    side * wx, wy, side * (wx - 0.18 * wide), wy + 0.2 * x, dimmed((0.16, 0.18, 0.2), _strength(hour))
                )
            awning = dimmed(hexadecimal(shot.pick("#a8342c", "#2e5b46", "#d9b04c", "#37506e")), _strength(hour) * 0.8)
            if shot.rng.random() < 0.5:
                picture.rectangle(side * (x - wide), 0.02 * x, side * x, 0.12 * x, awning)
            x -= wide
    picture.blend(
        np.array([0.27, 0.26, 0.25]) * _strength(hour), np.clip((-picture.y - 0.2 * np.abs(picture.x)) / 0.02, 0, 1)
    )
    _people(shot, picture, hour, 2)


def crowd(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A street full of people."""
    street(shot, picture, hour)
    _people(shot, picture, hour, 26)


def _people(shot: Shot, picture: Painting, hour: Daylight, count: int) -> None:
    for _ in range(count):
        x, tall = shot.between(-0.7, 0.7) * picture.right, shot.between(0.16, 0.34)
        cloth = dimmed(hexadecimal(shot.pick("#23303f", "#7a2f2a", "#c7b58f", "#3b3a3a", "#4a6b7d")), _strength(hour))
        picture.ellipse(x, -0.12 + tall / 2, tall * 0.16, tall / 2, cloth)
        picture.ellipse(x, -0.12 + tall * 1.08, tall * 0.08, tall * 0.09, dimmed((0.45, 0.30, 0.22), _strength(hour)))


def tower(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """The Eiffel Tower behind trees."""
    _meadow(shot, picture, hour)
    x = shot.between(0.5, 0.68) * picture.right * float(shot.rng.choice([-1, 1]))
    iron = haze(hour) * 0.35 + np.array([0.13, 0.10, 0.075]) * 0.65
    high = shot.between(0.86, 0.98) * max(_room_above(picture), 0.5)
    for leg in (-1, 1):
        t = np.linspace(0, 1, 16)
        outer = leg * 0.30 * high * (1 - t) ** 2.6 + leg * 0.012
        inner = leg * np.maximum(0.17 * high * (1 - t * 2.9), 0) ** 1.0
        picture.polygon(
            np.concatenate([np.stack([x + outer, t * high], -1), np.stack([x + inner, t * high], -1)[::-1]]), iron
        )
    for level, half in ((0.2, 0.19), (0.38, 0.105), (0.9, 0.02)):
        picture.rectangle(x - half * high, level * high, x + half * high, (level + 0.022) * high, iron)
    thicket(shot, picture, low=-0.06, high=0.14 * high, light=_strength(hour), ragged=0.03)


def house(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A house in the wished colour behind a garden."""
    _meadow(shot, picture, hour)
    front = hexadecimal(shot.wish.backdrop_colour or shot.pick("#e8e0d0", "#c9d3d6", "#d9c3a5"))
    x, wide = shot.between(-0.35, 0.35) * picture.right, shot.between(0.75, 1.0)
    high = shot.between(0.5, 0.62) * max(_room_above(picture), 0.6)
    light = _strength(hour)
    picture.rectangle(x - wide, -0.12, x + wide, high, dimmed(front, 0.85 * light))
    picture.polygon(
        [(x - wide * 1.1, high), (x + wide * 1.1, high), (x + wide * 0.7, high * 1.6), (x - wide * 0.7, high * 1.6)],
        dimmed((0.16, 0.11, 0.09), light),
    )
    for wx in np.linspace(-0.7, 0.7, 4):
        picture.rectangle(x + wx * wide - 0.09, 0.2, x + wx * wide + 0.09, 0.45, dimmed((0.85, 0.85, 0.83), light))
        picture.rectangle(x + wx * wide - 0.07, 0.22, x + wx * wide + 0.07, 0.43, dimmed((0.12, 0.15, 0.18), light))
    picture.rectangle(x - 0.1, -0.12, x + 0.1, 0.16, dimmed((0.55, 0.5, 0.42), light))
    thicket(shot, picture, low=-0.2, high=shot.between(-0.02, 0.06), light=light, ragged=0.06)


def wheat(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A field of ears to the horizon."""
    gold = np.array([0.55, 0.38, 0.14]) * np.asarray(kelvin(hour.kelvin)) * _strength(hour)
    thicket(shot, picture, low=-0.02, high=0.09, light=0.5 * _strength(hour), ragged=0.03)
    picture.blend(gold, np.clip(-picture.y / 0.01 + 1, 0, 1) * np.ones(picture.shape))
    for _ in range(int(1500 * picture.right)):
        share = shot.rng.random() ** 1.5
        x, y, size = shot.between(-1, 1) * picture.right, -share * 0.55, 0.012 + 0.07 * share
        picture.ellipse(x, y, size * 0.16, size, gold * shot.between(0.45, 1.6), shot.between(-25, 25))


def sunflowers(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Sunflowers in a green field."""
    trees(shot, picture, hour)
    light = _strength(hour)
    thicket(shot, picture, low=-0.6, high=-0.02, light=0.8 * light, ragged=0.02)
    for share in np.sort(shot.rng.random(int(110 * picture.right))):
        x, y, size = (
            shot.between(-1, 1) * picture.right,
            0.06 - 0.4 * float(share) + shot.between(0, 0.1),
            0.02 + 0.10 * float(share),
        )
        picture.ellipse(x, y, size, size * 0.95, dimmed((0.85, 0.52, 0.03), light * shot.between(0.8, 1.25)))
        picture.ellipse(x, y, size * 0.42, size * 0.4, dimmed((0.07, 0.035, 0.012), light))


def jungle(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Deep green, with palm and banana leaves hanging in."""
    picture.light[:] = np.asarray((0.04, 0.09, 0.03)) * _strength(hour)
    thicket(shot, picture, low=-0.5, high=2.6, light=0.7 * _strength(hour), ragged=0.5)
    picture.defocus(0.05)
    for _ in range(int(26 * picture.right)):
        x, y = shot.between(-1.1, 1.1) * picture.right, shot.between(-0.2, 1.5)
        length, turn = shot.between(0.25, 0.7), shot.between(-80, 80)
        green = dimmed((0.06, 0.19, 0.05), shot.between(0.4, 2.0) * _strength(hour))
        picture.ellipse(x, y, length * shot.between(0.10, 0.22), length / 2, green, turn)


def lake(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Water up to a far shore, which it mirrors."""
    hills(shot, picture, hour)
    rows = picture.shape[0]
    horizon = int(np.clip(picture.top * picture.scale, 1, rows - 1))
    depth = min(rows - horizon, horizon)
    mirrored = picture.light[horizon - depth : horizon][::-1]
    ripple = (1 + 0.12 * spectral(shot.rng, (depth, picture.shape[1]), falloff=0.8, coarsest=0.1, stretch=(1, 10)))[
        ..., None
    ]
    picture.light[horizon : horizon + depth] = mirrored * 0.75 * np.clip(ripple, 0.5, 1.6) + np.array(
        [0.01, 0.03, 0.04]
    )
    picture.light[horizon + depth :] = picture.light[horizon + depth - 1 : horizon + depth]


def sea(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Open sea up to the horizon, deeper towards it, glittering."""
    depth = np.clip(-picture.y / 0.5, 0, 1)
    deep, shallow = np.array([0.03, 0.17, 0.27]), np.array([0.17, 0.45, 0.48])
    warmth = np.asarray(kelvin(hour.kelvin)) * _strength(hour)
    if shot.wish.surface == "milk":
        deep, shallow = np.array([0.62, 0.62, 0.60]), np.array([0.80, 0.79, 0.75])
    water = (deep + (shallow - deep) * depth[..., None] ** 1.5) * warmth
    waves = 1 + 0.14 * spectral(shot.rng, picture.shape, falloff=0.9, coarsest=0.08, stretch=(1, 9))
    glitter = np.clip(spectral(shot.rng, picture.shape, falloff=0.3, finest=1.2, stretch=(1, 4)) - 2.2, 0, 2) * 3
    picture.blend(water * waves[..., None] + glitter[..., None] * warmth, np.broadcast_to(picture.y < 0, picture.shape))


def surf(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """The sea as it runs out on a beach: foam, then wet sand."""
    sea(shot, picture, hour)
    wave = 0.02 * spectral(shot.rng, (32, picture.shape[1]), falloff=1.3, coarsest=16)[0][None, :]
    line = wave - shot.between(0.16, 0.34)
    foam = np.exp(-(((picture.y - line) / 0.012) ** 2)) + 0.5 * np.exp(-(((picture.y - line * 0.72) / 0.006) ** 2))
    picture.blend(np.full(3, 1.25 * _strength(hour)), np.clip(foam, 0, 1) * 0.8)
    wet = np.array([0.50, 0.40, 0.27]) * kelvin(hour.kelvin) * _strength(hour)
    picture.blend(wet, np.clip((line - picture.y) / 0.02, 0, 1))


def bokeh(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Small coloured lamps, which the lens turns into discs."""
    del hour
    tints = [(9.0, 5.5, 2.2), (9.0, 6.8, 4.0), (8.0, 2.0, 1.4), (2.2, 5.0, 9.0), (9.0, 3.4, 6.0)]
    for _ in range(int(26 * picture.right)):
        x, y = shot.between(-1, 1) * picture.right, abs(shot.between(-0.1, 1.0)) * 0.9 - 0.1
        tint = tints[int(shot.rng.integers(len(tints)))]
        picture.ellipse(x, y, 0.014, 0.014, dimmed(tint, shot.between(0.4, 1.2)))


def _strength(hour: Daylight) -> float:
    """How bright lit things are behind, against white paper at the product."""
    return 0.12 if hour.kelvin > 7000 else 0.55 if hour.height < 12 else 1.0


LAYERS: dict[str, Layer] = {
    layer.__name__: layer
    for layer in (
        mountains,
        hills,
        trees,
        hedge,
        woods,
        pines,
        city,
        street,
        crowd,
        tower,
        house,
        wheat,
        sunflowers,
        jungle,
        lake,
        sea,
        surf,
        bokeh,
    )
}
