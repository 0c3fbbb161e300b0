"""Mountains, hills, meadows, trees and fields: each layer paints over what is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio.backdrops.foliage import PINE, thicket
from ecomgen.scenes.studio.backdrops.sky import haze, strength
from ecomgen.scenes.studio.building.lights import dimmed, kelvin
from ecomgen.scenes.studio.building.noise import spectral, unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ecomgen.scenes.studio.building.lights import Daylight
    from ecomgen.scenes.studio.building.painting import Painting
    from ecomgen.scenes.studio.building.shot import Shot


def line(shot: Shot, picture: Painting, *, level: float, swing: float, falloff: float, coarsest: float) -> np.ndarray:
    """A wavering height for each column, 1xW."""
    wave = spectral(shot.rng, (32, picture.shape[1]), falloff=falloff, coarsest=coarsest * 32 * picture.shape[1] / 900)
    return (level + swing * wave[0])[None, :]


def room_above(picture: Painting) -> float:
    """How much of the sky is seen: what is to be recognised must fit into it."""
    return max(picture.top - 0.05, 0.3)


def foot(shot: Shot, picture: Painting) -> float:
    """Where far land begins: below the horizon, so that a camera that looks down still sees some of it."""
    return 0.0 if shot.wish.place == "lake" else -0.24 * picture.frame.eye


def mountains(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Ranges that fade into the air: snow on the farthest, rock, then wooded foothills and a meadow."""
    base = foot(shot, picture)
    high = room_above(picture) - base
    crests = (shot.between(0.65, 0.88), shot.between(0.36, 0.5), shot.between(0.14, 0.24))
    rocks = ((0.20, 0.21, 0.24), (0.11, 0.125, 0.12), (0.05, 0.07, 0.035))
    air = haze(hour) * 0.8
    for number, (crest, rock) in enumerate(zip(crests, rocks, strict=True)):
        level = crest * high
        ridge, lit = _peaks(shot, picture, base, level)
        colour = np.asarray(rock) * np.asarray(kelvin(hour.kelvin)) * strength(hour) * lit * 1.5
        if number == 0:
            wander = 0.10 * high * spectral(shot.rng, picture.shape, falloff=1.2, coarsest=0.25, stretch=(1.6, 1))
            snow = np.clip((picture.y - base - 0.6 * level + wander) / (0.05 * high), 0, 1)[..., None]
            white = (
                np.array([0.86, 0.90, 0.97])
                * strength(hour)
                * (0.12 + 0.95 * lit)
                * (1 + (1 - lit) * np.array([-0.12, 0, 0.2]))
            )
            colour = colour + (white - colour) * snow
        near = (0.74, 0.84, 0.95)[number]
        picture.blend(air + (colour - air) * near, np.clip((ridge - picture.y) / 0.01, 0, 1))
        mist = 0.22 * np.exp(-np.clip(picture.y - base, 0, None) / (0.25 * level))
        picture.blend(haze(hour), mist * (1 - 0.3 * number) * np.ones(picture.shape))
    thicket(shot, picture, low=base - 0.05, high=base + 0.07 * high, light=0.6 * strength(hour), ragged=0.03)
    meadow(shot, picture, hour, at=base)


def _peaks(
    shot: Shot, picture: Painting, base: float, level: float
) -> tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]:
    """A chain of peaks: the height of its crest for each column, 1xW, and how its two flanks are lit, HxWx1."""
    count = int(3 + 3 * picture.right)
    at = np.linspace(-1.2, 1.2, count) * picture.right + 0.25 * picture.right * shot.rng.normal(size=count)
    high, steep = level * shot.rng.uniform(0.55, 1.15, count), shot.rng.uniform(0.55, 1.0, (count, 1))
    tents = high[:, None] - steep * np.abs(picture.x - at[:, None])
    rough = line(shot, picture, level=0, swing=0.035 * level, falloff=1.5, coarsest=0.15)
    wander = 0.1 * spectral(shot.rng, picture.shape, falloff=1.7, coarsest=0.3, stretch=(1.0, 1.6))
    sunward = shot.side * (picture.x - at[np.argmax(tents, axis=0)] + wander)
    gullies = spectral(shot.rng, picture.shape, falloff=1.6, coarsest=0.25)
    lit = np.clip(0.62 + 0.36 * np.tanh(sunward / 0.06) + 0.09 * gullies, 0.15, 1.2)
    return base + np.maximum(tents.max(axis=0), 0.3 * level)[None, :] + rough, lit[..., None]


def _slopes(shot: Shot, picture: Painting) -> NDArray[np.floating[Any]]:
    """Slow light and shade over soft hills, HxW about 1."""
    return np.clip(1 + 0.16 * spectral(shot.rng, picture.shape, falloff=2.0, coarsest=0.5, stretch=(1, 2)), 0.5, 1.5)


def meadow(
    shot: Shot, picture: Painting, hour: Daylight, colour: Sequence[float] = (0.13, 0.18, 0.055), *, at: float = 0.0
) -> None:
    """Open land from the height `at` down, paler and greyer towards it, with swathes of light and shade."""
    tint = np.asarray(colour) * np.asarray(kelvin(hour.kelvin)) * strength(hour) * 1.25
    far = np.exp(np.minimum(picture.y - at, 0) * 7)[..., None]
    swathes = 1 + 0.22 * spectral(shot.rng, picture.shape, falloff=1.2, coarsest=0.3, stretch=(1, 7))
    ground = (tint + (haze(hour) * 0.8 - tint) * 0.35 * far) * np.clip(swathes, 0.4, 1.7)[..., None]
    picture.blend(ground, np.clip((at - picture.y) / 0.02, 0, 1))


def hills(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Three soft ridges with copses on them."""
    base = foot(shot, picture)
    high = room_above(picture) - base
    levels = (shot.between(0.26, 0.4), shot.between(0.14, 0.22), shot.between(0.04, 0.09))
    for level, near in zip(levels, (0.4, 0.62, 0.85), strict=True):
        ridge = line(shot, picture, level=base + level * high, swing=0.2 * level * high, falloff=2.6, coarsest=0.8)
        tint = np.array([0.13, 0.17, 0.06]) * np.asarray(kelvin(hour.kelvin)) * strength(hour) * 1.2
        colour = (haze(hour) + (tint - haze(hour)) * near) * _slopes(shot, picture)[..., None]
        picture.blend(colour, np.clip((ridge - picture.y) / 0.012, 0, 1))
    meadow(shot, picture, hour, at=base)


def trees(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A line of trees behind a lawn."""
    meadow(shot, picture, hour)
    thicket(shot, picture, low=-0.06, high=shot.between(0.55, 0.9), light=strength(hour), ragged=0.25)


def hedge(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Trees with light between them, then bushes nearer by, flowers in some of them."""
    meadow(shot, picture, hour)
    thicket(shot, picture, low=-0.05, high=shot.between(0.9, 1.6), light=0.75 * strength(hour), ragged=0.4)
    gaps = unit(spectral(shot.rng, picture.shape, falloff=1.3, coarsest=0.22), 1.5)
    sky = np.asarray(haze(hour)) * 1.7 * strength(hour)
    picture.blend(sky, np.clip((gaps - 0.66) * 4, 0, 0.85) * np.clip(picture.y * 2, 0, 1))
    picture.defocus(0.05)
    thicket(shot, picture, low=-0.25, high=shot.between(0.05, 0.4), light=1.1 * strength(hour), ragged=0.14)
    _flowers(shot, picture, hour)


def _flowers(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Heads of flowers in one colour, in clumps, on one side or none."""
    if shot.wish.season in ("autumn", "winter") or shot.rng.random() < 0.4:
        return
    tint = ((0.85, 0.8, 0.76), (0.75, 0.32, 0.42), (0.8, 0.55, 0.12), (0.45, 0.32, 0.7))[int(shot.rng.integers(4))]
    middle = shot.between(-1, 1) * picture.right
    for _ in range(int(45 * picture.right)):
        x, y, size = middle + 0.4 * float(shot.rng.normal()), shot.between(-0.28, 0.12), shot.between(0.015, 0.035)
        picture.ellipse(x, y, size, 0.8 * size, dimmed(tint, strength(hour) * shot.between(0.5, 1.5)))


def woods(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Inside a forest: pale depth, trunks at three distances, light falling between them."""
    light = strength(hour)
    mist = np.array([0.62, 0.66, 0.48]) * np.asarray(kelvin(hour.kelvin)) * light
    picture.light[:] = mist
    for near in (0.25, 0.6, 1.0):
        thicket(shot, picture, low=-0.4, high=2.6, light=(0.3 + 0.5 * near) * light, ragged=0.3)
        gaps = unit(spectral(shot.rng, picture.shape, falloff=1.4, coarsest=0.3), 1.5)
        picture.blend(mist * 1.5, np.clip((gaps - 0.35 - 0.2 * near) * 2.5, 0, 0.95) * np.clip(picture.y + 0.5, 0, 1))
        for _ in range(int((9 - 4 * near) * (0.6 + picture.right))):
            _trunk(shot, picture, near, mist, light)
        picture.defocus(0.025)
    picture.rectangle(-picture.right, picture.bottom, picture.right, -0.2, np.array([0.06, 0.08, 0.035]) * light)
    thicket(shot, picture, low=-0.5, high=shot.between(-0.15, -0.02), light=0.8 * light, ragged=0.07)


def _trunk(shot: Shot, picture: Painting, near: float, mist: NDArray[np.floating[Any]], light: float) -> None:
    x, wide = shot.between(-1, 1) * picture.right, shot.between(0.02, 0.1) * near + 0.01
    lean, bark = shot.between(-0.08, 0.08), np.array([0.075, 0.06, 0.045]) * light * shot.between(0.6, 1.4)
    colour = mist + (bark - mist) * (0.45 + 0.5 * near)
    low = -0.3 + 0.15 * (1 - near)
    picture.polygon([(x - wide, low), (x + wide, low), (x + lean + 0.7 * wide, 3), (x + lean - 0.7 * wide, 3)], colour)
    edge = x + shot.side * 0.6 * wide
    picture.polygon(
        [
            (edge, low),
            (edge + 0.3 * shot.side * wide, low),
            (edge + lean + 0.2 * shot.side * wide, 3),
            (edge + lean, 3),
        ],
        colour * 1.9 + 0.05 * light,
    )


def pines(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Firs at three distances, the far ones pale in the air, under snow in winter."""
    winter = shot.wish.season == "winter" or shot.wish.place == "snow"
    meadow(shot, picture, hour, (0.62, 0.70, 0.82) if winter else (0.10, 0.13, 0.05))
    for near, count in ((0.2, 22), (0.55, 12), (0.95, 6)):
        for _ in range(int(count * (0.4 + picture.right))):
            _fir(shot, picture, hour, near, snowy=winter)
        picture.defocus(0.02)


def _fir(shot: Shot, picture: Painting, hour: Daylight, near: float, *, snowy: bool) -> None:
    """A fir of drooping branches, lit on the sun's side."""
    x, high = shot.between(-1.1, 1.1) * picture.right, shot.between(0.45, 1.0) * (0.4 + near)
    tint = np.asarray(PINE[int(shot.rng.integers(4))]) * 1.3
    air = haze(hour) * strength(hour)
    for _ in range(70):
        up, at = shot.rng.random(), shot.between(-1, 1)
        half = 0.24 * high * (1.04 - up)
        lit = 0.7 + 0.5 * at * shot.side + shot.between(-0.2, 0.4)
        white = snowy and shot.rng.random() < 0.25
        needle = np.array([0.72, 0.77, 0.86]) * (0.6 + 0.4 * lit) if white else tint * max(lit, 0.3)
        colour = air + (needle * strength(hour) - air) * (0.5 + 0.48 * near)
        y = -0.04 + high * (up + 0.03 - 0.05 * abs(at))
        picture.ellipse(x + at * half, y, 0.055 * high, 0.022 * high, np.maximum(colour, 0), -35 * at)


def wheat(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """A field of ears to the horizon, glowing towards the sun, trees at its end."""
    light = strength(hour)
    thicket(shot, picture, low=-0.02, high=shot.between(0.05, 0.16), light=0.5 * light, ragged=0.05)
    gold = np.array([0.50, 0.34, 0.13]) * np.asarray(kelvin(hour.kelvin)) * light
    sunward = 1 + 0.5 * shot.side * picture.x / picture.right
    swathes = np.clip(1 + 0.2 * spectral(shot.rng, picture.shape, falloff=1.1, coarsest=0.2, stretch=(1, 8)), 0.5, 1.6)
    picture.blend(gold * (sunward * swathes)[..., None], np.clip(-picture.y / 0.02, 0, 1) * np.ones(picture.shape))
    for _ in range(int(1700 * picture.right)):
        share = shot.rng.random() ** 1.5
        x, y, size = shot.between(-1, 1) * picture.right, 0.02 - share * 0.55, 0.012 + 0.07 * share
        glint = 2.6 if shot.rng.random() < 0.06 else 1.0
        tint = gold * (shot.between(0.35, 1.5) * glint * (1 + 0.4 * shot.side * x / picture.right))
        picture.ellipse(x, y, size * 0.16, size, tint, shot.between(-25, 25))


def sunflowers(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Sunflowers in a green field."""
    trees(shot, picture, hour)
    light = strength(hour)
    thicket(shot, picture, low=-0.6, high=-0.02, light=0.8 * light, ragged=0.02)
    for share in np.sort(shot.rng.random(int(110 * picture.right))):
        x, near = shot.between(-1, 1) * picture.right, float(share)
        y, size = 0.06 - 0.4 * near + shot.between(0, 0.1), 0.02 + 0.10 * near
        picture.ellipse(x, y, size, size * 0.95, dimmed((0.85, 0.52, 0.03), light * shot.between(0.8, 1.25)))
        picture.ellipse(x, y, size * 0.42, size * 0.4, dimmed((0.07, 0.035, 0.012), light))


def jungle(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Deep green shade, shafts of misty light, long leaves at three depths."""
    light = strength(hour)
    picture.light[:] = np.asarray((0.05, 0.08, 0.035)) * light
    thicket(shot, picture, low=-0.5, high=2.6, light=0.6 * light, ragged=0.5)
    x = shot.side * shot.between(0.1, 0.8) * picture.right
    beam = np.exp(-(((picture.x - x - 0.35 * shot.side * picture.y) / shot.between(0.25, 0.5)) ** 2))
    picture.light += (beam * np.clip(picture.y + 0.3, 0, 1.2))[..., None].astype(np.float32) * np.float32(0.55 * light)
    for near in (0.3, 0.6, 1.0):
        for _ in range(int(30 * picture.right)):
            at, y = shot.between(-1.1, 1.1) * picture.right, shot.between(-0.3, 1.3)
            length, turn = shot.between(0.2, 0.6) * near + 0.08, shot.between(-80, 80)
            lit = shot.between(0.3, 1.2) + (1.6 if shot.rng.random() < 0.12 else 0)
            green = np.array([0.075, 0.135, 0.045]) * (lit * light) + 0.06 * light * (1 - near)
            picture.ellipse(at, y, length * shot.between(0.09, 0.2), length / 2, green, turn)
        picture.defocus(0.022)
