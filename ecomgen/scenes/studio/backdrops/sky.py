"""Skies: gradients with clouds, for the hour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.types import Colour, Values
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.lights import Daylight, dimmed, kelvin
from ecomgen.scenes.studio.stage.shot import Shot, share

CLEAR = {
    "low": ((0.50, 0.65, 0.80), (0.13, 0.29, 0.58)),
    "golden": ((0.82, 0.52, 0.28), (0.26, 0.36, 0.55)),
    "setting": ((0.66, 0.47, 0.36), (0.22, 0.31, 0.55)),
    "dusk": ((0.75, 0.35, 0.22), (0.11, 0.14, 0.31)),
    "blue": ((0.33, 0.40, 0.58), (0.09, 0.15, 0.37)),
    "night": ((0.05, 0.07, 0.14), (0.012, 0.02, 0.05)),
}
AIRLESS = (0.004, 0.005, 0.009)
HEIGHTS = {"blue": 10, "dusk": 12, "setting": 18, "golden": 22}  # of the sun, below which it is so
SUNS = {"golden": 1.5, "setting": 1.0, "dusk": 0.9, "low": 0.35, "blue": 0.2}  # how bright the sky is round the sun
LOW = ("golden", "setting", "dusk")
FAN = 720  # directions round the sun, in which leaves let its light through or not
SUN_HIGH, SUN_WIDE = 0.13, 0.085  # units above the horizon, and its radius
ASIDE = 0.45, 0.72  # of what is seen to one side of the product: where a low sun stands
PAINTED = frozenset({"house", "cabin", "barn"})  # behind, whose colour is the one that is told for it
GREY = {"overcast": 0.8, "rainy": 0.85, "snowy": 0.85, "foggy": 0.6, "cloudy": 0.35, "stormy": 0.5}
GLOWS = {"setting": ((1.0, 0.5, 0.2), 0.7), "blue": ((0.95, 0.5, 0.26), 0.75)}  # at the horizon, its share


def _kind(hour: Daylight) -> str:
    return "night" if is_blue(hour) else next((k for k, high in HEIGHTS.items() if hour.height < high), "low")


def haze(hour: Daylight) -> Values:
    """The colour into which things far away fade."""
    return np.asarray(CLEAR[_kind(hour)][0]) * 0.85


def is_blue(hour: Daylight) -> bool:
    """Whether the sun is down, so that the sky alone lights what is far."""
    return hour.kelvin > 7000


def is_dark(hour: Daylight) -> bool:
    """Whether lamps are lit."""
    return is_blue(hour) or hour.height < 12


def strength(hour: Daylight) -> float:
    """How bright lit things are behind, against white paper at the product."""
    return 0.12 if is_blue(hour) else 0.55 if hour.height < 12 else 1.0


def sunlight(hour: Daylight) -> Values:
    """The light on things behind, linear RGB."""
    return np.asarray(kelvin(hour.kelvin)) * strength(hour)


def fog_of(picture: Painting, hour: Daylight) -> NDArray[np.float32]:
    """The colour of fog that is lit by what is painted so far, linear: its mean, greyed, brighter by day; a low sun
    tints it."""
    mean, colour = picture.light.mean((0, 1)), 0.8 if _kind(hour) in LOW else 0.3
    bright = 1.0 if is_blue(hour) else 1.35
    return np.asarray(bright * (colour * mean + (1 - colour) * mean.mean()), dtype=np.float32)


def veil(picture: Painting, fog: NDArray[np.float32], density: float = 1.0) -> None:
    """Fog before what is painted so far, densest low over the ground; of steam and smoke a `density` below 1."""
    low = np.exp(-1.5 * np.abs(picture.y))
    picture.blend(fog, density * (0.18 + 0.28 * low))


def beams(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """The sun behind leaves in fog: a glow above the picture's side from which it shines, and shafts of light."""
    x, y = picture.x - 0.75 * shot.side * picture.right, 1.05 * picture.top - picture.y
    fan = np.interp(
        np.arctan2(x, y), np.linspace(-np.pi, np.pi, FAN), spectral(shot.rng, (32, FAN), falloff=1.2, coarsest=0.05)[0]
    )
    away = np.hypot(x, y) / max(picture.top, 0.6)
    glow = np.exp(-((away / 0.8) ** 2)) + 0.8 * np.clip(fan, 0, 2) * np.exp(-away / 1.2)
    glow *= np.clip(picture.y / max(picture.top, 0.6), 0, 1) ** 1.5  # the mist hides what falls low
    warm = np.asarray(kelvin(0.55 * hour.kelvin + 1900)) * strength(hour)
    picture.light += (glow[..., None] * warm).astype(np.float32)


def paint_sky(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Fill the part above the horizon: colours by the sun's height, clouds in streaks; over the moon it is black."""
    if shot.wish.surface == "lunar":
        picture.light[:] = AIRLESS
        return
    kind = _kind(hour)
    wished = _wished(shot, hour)
    horizon, zenith = wished or CLEAR[kind]
    horizon, zenith = (np.array(colour, dtype=np.float32) for colour in (horizon, zenith))
    rise = np.clip(picture.y / max(1.6 * picture.top, 0.6), 0, 1)[..., None] ** 0.7
    picture.light[:] = horizon + (zenith - horizon) * rise
    if kind in GLOWS and wished is None:
        warm, share = GLOWS[kind]
        picture.blend(warm, share * np.exp(-np.maximum(picture.y, 0) / (0.45 * max(picture.top, 0.4))))
    if shot.idea:
        grey = np.asarray((0.66, 0.69, 0.73), dtype=np.float32) * strength(hour)
        tinted = shot.wish.weather == "foggy" and kind in LOW
        picture.blend(grey, GREY.get(shot.wish.weather or "", 0.0) * (0.4 if tinted else 1))
    usual = shot.span("clouds", 0.15, 0.6, wider=0.14)
    cover = {"cloudy": 1.0, "overcast": 1.8, "clear": 0.0}.get(shot.wish.weather or "", usual)
    clouds = to_unit_range(spectral(shot.rng, picture.shape, falloff=1.5, coarsest=0.6, stretch=(1, 3.2)), 1.8)
    covered = np.clip((clouds - 0.55) * 2.4, 0, 1) * cover * np.clip(picture.y * 6, 0, 1)
    lit = np.array([1.15, 1.1, 1.05]) if kind == "low" else horizon * 1.1 + 0.12
    picture.blend(lit, np.clip(covered, 0, 0.9))
    if shot.wish.weather == "stormy":
        _storm(shot, picture, hour)
    if kind in LOW and shot.wish.weather not in GREY:
        _low_sun(shot, picture, horizon)
    else:
        clear = 1 - GREY.get(shot.wish.weather or "", 0.0)
        _glow_of_sun(shot, picture, horizon, strength=SUNS.get(kind, 0.05) * clear)


def _storm(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Heavy clouds, dark below and bright at their rims, over a horizon that stays light."""
    high = np.clip(picture.y / (0.6 * picture.top), 0, 1)
    heap = to_unit_range(spectral(shot.rng, picture.shape, falloff=1.9, coarsest=0.7, stretch=(1, 2.4)), 1.6)
    thick = np.clip((heap - 0.62 + 0.5 * high) * 2.6, 0, 1)
    rim = np.exp(-(((thick - 0.2) / 0.16) ** 2))
    bright = np.asarray((0.9, 0.9, 0.88)) * strength(hour)
    dark = np.asarray((0.085, 0.105, 0.135)) * strength(hour)
    picture.blend(bright, 0.55 * rim * np.clip(high * 5, 0, 1))
    picture.blend(dark, 0.92 * thick**1.3 * np.clip(0.25 + high * 3, 0, 1) * (picture.y > 0))


def _wished(shot: Shot, hour: Daylight) -> tuple[Colour, Colour] | None:
    """The wished colour, pale at the horizon and full above, as bright as the hour; None where none is wished, or where
    it is that of a house behind, or of hills and trees: no sky is green."""
    if shot.wish.backdrop_colour is None or PAINTED & {*shot.wish.background}:
        return None
    full = hexadecimal(shot.wish.backdrop_colour)
    if full[1] > max(full[0], full[2]):
        return None
    pale = np.asarray(full) + 0.45 * (1 - np.asarray(full))
    return dimmed((pale[0], pale[1], pale[2]), strength(hour)), dimmed(full, 0.9 * strength(hour))


def _glow_of_sun(shot: Shot, picture: Painting, tint: Values, *, strength: float) -> None:
    """The sky brightens towards the sun, which stands beside or above what the picture shows."""
    away = (picture.x - shot.side * shot.uniform(0.5, 1.1) * picture.right) ** 2 + (picture.y - 0.12) ** 2
    glow = 0.5 * np.exp(-away / 0.9) + 0.8 * np.exp(-away / 0.06)
    picture.light += (strength * glow[..., None] * (tint + 0.15)).astype(np.float32)


def sun_x(shot: Shot, picture: Painting) -> float:
    """Where a low sun stands, beside the product on the side that it lights."""
    near, far = ASIDE
    return shot.side * picture.right * (near + (far - near) * share(shot.turning, "sun"))


def _low_sun(shot: Shot, picture: Painting, tint: Values) -> None:
    """The sun just above the horizon, in a sky that it warms all round."""
    away = np.hypot(picture.x - sun_x(shot, picture), picture.y - SUN_HIGH)
    glow = 0.55 * np.exp(-((away / 0.75) ** 2)) + 0.9 * np.exp(-((away / 0.2) ** 2))
    picture.light += (glow[..., None] * (tint * np.array([1.25, 0.85, 0.5]) + 0.05)).astype(np.float32)
    picture.blend((6.0, 4.6, 3.0), np.clip((SUN_WIDE - away) / 0.012, 0, 1))
