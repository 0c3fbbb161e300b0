"""Skies: gradients with clouds, for the hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio.noise import spectral, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.scenes.studio.lights import Daylight
    from ecomgen.scenes.studio.painting import Painting
    from ecomgen.scenes.studio.shot import Shot

CLEAR = {
    "low": ((0.62, 0.74, 0.88), (0.17, 0.37, 0.74)),
    "golden": ((1.08, 0.80, 0.54), (0.40, 0.54, 0.78)),
    "dusk": ((0.95, 0.55, 0.42), (0.20, 0.25, 0.48)),
    "night": ((0.05, 0.07, 0.14), (0.012, 0.02, 0.05)),
}


def _kind(hour: Daylight) -> str:
    return "night" if hour.kelvin > 7000 else "dusk" if hour.height < 12 else "golden" if hour.height < 22 else "low"


def haze(hour: Daylight) -> NDArray[np.floating[Any]]:
    """The colour into which things far away fade."""
    return np.asarray(CLEAR[_kind(hour)][0]) * 0.85


def paint_sky(shot: Shot, picture: Painting, hour: Daylight) -> None:
    """Fill the part above the horizon: colours by the sun's height, clouds in streaks."""
    kind = _kind(hour)
    horizon, zenith = (np.array(colour, dtype=np.float32) for colour in CLEAR[kind])
    rise = np.clip(picture.y / max(1.6 * picture.top, 0.6), 0, 1)[..., None] ** 0.7
    sky = np.broadcast_to(horizon + (zenith - horizon) * rise, (*picture.shape, 3))
    picture.light[:] = sky
    cover = {"cloudy": 1.0, "overcast": 1.8, "clear": 0.0}.get(shot.wish.weather or "", shot.between(0.15, 0.6))
    clouds = unit(spectral(shot.rng, picture.shape, falloff=1.5, coarsest=0.6, stretch=(1, 3.2)), 1.8)
    share = np.clip((clouds - 0.55) * 2.4, 0, 1) * cover * np.clip(picture.y * 6, 0, 1)
    lit = np.array([1.15, 1.1, 1.05]) if kind == "low" else horizon * 1.1 + 0.12
    picture.blend(lit, np.clip(share, 0, 0.9))
    warm = np.exp(-((picture.x - shot.side * picture.right) ** 2) / 3 - picture.y**2 / 1.5) * (picture.y > 0)
    picture.light += (0.3 * warm[..., None] * horizon).astype(np.float32)
