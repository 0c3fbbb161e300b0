"""Lamps and skies as photographers speak of them: direction, size, warmth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecomgen.color import LUMA
from ecomgen.scenes.studio.primitives.types import Colour, Dome, Softbox, Sun, triple
from ecomgen.scenes.studio.stage.shot import Shot

Direction = tuple[float, float, float]


def kelvin(temperature: float) -> Colour:
    """The colour of a black body, linear, of luminance 1, white at 5600 K (after Tanner Helland's fit)."""

    def raw(k: float) -> np.ndarray:
        t = k / 100
        red = 255 if t <= 66 else 329.7 * (t - 60) ** -0.1332
        green = 99.47 * np.log(t) - 161.12 if t <= 66 else 288.12 * (t - 60) ** -0.0755
        blue = 255 if t >= 66 else (0 if t <= 19 else 138.52 * np.log(t - 10) - 305.04)
        return (np.clip([red, green, blue], 1, 255) / 255) ** 2.2

    colour = raw(temperature) / raw(5600)
    return triple(colour / (colour @ LUMA))


def dimmed(colour: Colour, factor: float) -> Colour:
    return colour[0] * factor, colour[1] * factor, colour[2] * factor


def tinted(colour: Colour, tint: Colour) -> Colour:
    """Light through a gel."""
    return colour[0] * tint[0], colour[1] * tint[1], colour[2] * tint[2]


def towards(side: float, *, azimuth: float, height: float) -> Direction:
    """A direction: `azimuth` 0 is behind the camera, 90 at the side, 180 behind the product; `height` in degrees."""
    a, h = np.radians(azimuth), np.radians(height)
    return float(side * np.sin(a) * np.cos(h)), float(np.sin(h)), float(np.cos(a) * np.cos(h))


def softbox(direction: Direction, *, size: float, strength: float, colour: Colour, distance: float = 4.0) -> Softbox:
    """A square softbox of `size` units that gives `strength` on a surface facing it at the product."""
    x, y, z = (distance * c for c in direction)
    radiance = strength * distance**2 / size**2
    return Softbox(position=(x, y, z), target=(0, 0.35, 0), width=size, height=size, radiance=dimmed(colour, radiance))


def flash(shot: Shot) -> Softbox:
    """The photographer's soft box, near by: a pool of its light lies round the product and fades into the night."""
    direction = towards(shot.side, azimuth=shot.uniform(58, 76), height=shot.uniform(38, 47))
    return softbox(direction, size=1.0, strength=1.25, colour=(1, 1, 1), distance=2.5)


@dataclass(frozen=True, kw_only=True)
class Daylight:
    """The sun's warmth, its height in degrees, its strength, and the colours of the sky that fills the shadows."""

    kelvin: float
    height: float
    sun: float
    spread: float
    sky: Dome


def greyed(dome: Dome, share: float) -> Dome:
    """`dome` with its colours drawn towards grey of the same brightness by `share`."""

    def drawn(colour: Colour) -> Colour:
        grey = float(np.dot(colour, LUMA))
        return triple(channel + share * (grey - channel) for channel in colour)

    return dome.lit(drawn)


BLUE, PALE, EARTH = (0.55, 0.75, 1.1), (0.9, 0.97, 1.05), (0.45, 0.42, 0.36)


def _sky(zenith: Colour, horizon: Colour, strength: float, nadir: Colour = EARTH) -> Dome:
    return Dome(zenith=zenith, horizon=horizon, nadir=nadir).lit(lambda colour: dimmed(colour, strength))


DAY, NIGHT = _sky(BLUE, PALE, 0.31), _sky((0.10, 0.14, 0.3), (0.16, 0.2, 0.36), 0.5, (0.05, 0.05, 0.07))
TIMES = {
    "morning": Daylight(kelvin=5000, height=32, sun=2.4, spread=3.8, sky=DAY),
    "noon": Daylight(kelvin=5500, height=62, sun=3.0, spread=2.6, sky=DAY),
    "afternoon": Daylight(kelvin=5300, height=42, sun=2.7, spread=3.2, sky=DAY),
    "golden": Daylight(
        kelvin=4450, height=19, sun=3.0, spread=3.4, sky=_sky((0.6, 0.62, 0.8), (1.15, 0.85, 0.6), 0.30)
    ),
    "dusk": Daylight(kelvin=4000, height=11, sun=1.2, spread=4, sky=_sky((0.42, 0.5, 0.85), (1.1, 0.7, 0.6), 0.3)),
    "night": Daylight(kelvin=7500, height=45, sun=0.5, spread=4, sky=NIGHT),
}
PLANNED = {
    "golden": Daylight(
        kelvin=4700, height=17, sun=3.2, spread=3.0, sky=_sky((0.5, 0.64, 1.0), (0.96, 0.9, 0.88), 0.30)
    ),
    "dusk": Daylight(kelvin=6500, height=8, sun=0.5, spread=14, sky=_sky((0.54, 0.63, 0.83), (0.8, 0.82, 0.89), 0.36)),
}
"""Hours of pictures that are planned as a whole: shade is blue, and what warmth there is comes from the sun."""
OVERCAST = Dome(zenith=(1.05, 1.08, 1.12), horizon=(0.8, 0.83, 0.87), nadir=(0.35, 0.34, 0.32))
CLOUDED = Dome(zenith=(1.1, 1.13, 1.17), horizon=(0.42, 0.44, 0.46), nadir=(0.2, 0.195, 0.19))
"""As clouds light: three times as bright above as at the horizon (CIE), so that what stands darkens its foot."""


CRISP = 1.2  # degrees, of a sun whose shadows show what they are of


def daylight(shot: Shot, *usual: str, noon: bool = False) -> Daylight:
    """The light of the hour that was asked for, else of one of the `usual` ones.

    Seeds that take turns also have the golden hour, and under the open sky `noon`.
    """
    hour = shot.wish.time if shot.wish.time in TIMES else None
    told = shot.idea is not None and "hours" in shot.idea.light
    more = ("golden", *(("noon",) if noon else ())) if shot.ideas and not told else ()
    name = hour or shot.seeded_choice(*usual, *more)
    return PLANNED.get(name, TIMES[name]) if shot.idea else TIMES[name]


def hardness(shot: Shot) -> str | None:
    """How hard the studio's light is, as wished; where seeds take turns, each of four has its own."""
    if not shot.ideas or shot.wish.hardness or shot.wish.gradient:
        return shot.wish.hardness
    return shot.turn("soft", "dappled", "window", "hard")


def sun_from(shot: Shot, light: Daylight, *, azimuth: float, height: float) -> Sun:
    """The sun of `light`, at the key's side."""
    direction = towards(shot.side, azimuth=azimuth, height=height)
    spread = min(light.spread, CRISP) if shot.wish.cast else light.spread  # so that what casts them is known
    return Sun(towards=direction, spread=spread, irradiance=dimmed(kelvin(light.kelvin), light.sun))
