"""What a mood does to a finished stage: warmth, contrast, brightness, strength of colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ecomgen.scenes.studio.lights import dimmed, kelvin
from ecomgen.scenes.studio.painting import defocused
from ecomgen.scenes.studio.stage import Softbox, Stage, Sun

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage import Colour
    from ecomgen.scenes.studio.wish import Wish


@dataclass(frozen=True, kw_only=True)
class Mood:
    """`temperature` of the light in kelvin, `exposure` in stops, else factors; `fill` scales the light in shadows."""

    temperature: float = 5600
    exposure: float = 0.0
    contrast: float = 1.0
    saturation: float = 1.0
    fill: float = 1.0


MOODS = {
    "dark": Mood(exposure=-0.75, contrast=1.18, fill=0.45),
    "bright": Mood(exposure=0.28, contrast=0.93, fill=1.5),
    "warm": Mood(temperature=4700),
    "cool": Mood(temperature=7000),
    "vivid": Mood(saturation=1.28, contrast=1.06),
    "muted": Mood(saturation=0.68, contrast=0.95),
    "vintage": Mood(temperature=4900, saturation=0.72, contrast=0.9),
    "luxury": Mood(exposure=-0.35, contrast=1.15, fill=0.6),
    "dreamy": Mood(temperature=5200, exposure=0.2, contrast=0.86, fill=1.4),
    "crisp": Mood(contrast=1.12, fill=0.8),
}


def finished(stage: Stage, wish: Wish) -> Stage:
    """The stage in the wished moods, behind the wished lens."""
    for name in wish.mood:
        stage = _under(stage, MOODS[name])
    if wish.lens == "shallow":
        return replace(_blurred(stage, 0.012), aperture=1.7 * stage.aperture)
    return replace(stage, aperture=0.35 * stage.aperture) if wish.lens == "deep" else stage


def _blurred(stage: Stage, share: float) -> Stage:
    """The backdrop further out of focus, by a disc of `share` of its width."""
    if stage.backdrop is None:
        return stage
    picture = defocused(stage.backdrop.picture, share * stage.backdrop.picture.shape[1])
    return replace(stage, backdrop=replace(stage.backdrop, picture=picture))


def _under(stage: Stage, mood: Mood) -> Stage:
    tint = kelvin(mood.temperature)
    dome = stage.dome
    return replace(
        stage,
        lamps=tuple(_tinted(lamp, tint) for lamp in stage.lamps),
        dome=replace(
            dome,
            zenith=_times(dome.zenith, tint, mood.fill),
            horizon=_times(dome.horizon, tint, mood.fill),
            nadir=_times(dome.nadir, tint, mood.fill),
        ),
        exposure=stage.exposure + mood.exposure,
        contrast=stage.contrast * mood.contrast,
        saturation=stage.saturation * mood.saturation,
    )


def _times(colour: Colour, tint: Colour, factor: float = 1.0) -> Colour:
    return dimmed((colour[0] * tint[0], colour[1] * tint[1], colour[2] * tint[2]), factor)


def _tinted(lamp: Softbox | Sun, tint: Colour) -> Softbox | Sun:
    if isinstance(lamp, Sun):
        return replace(lamp, irradiance=_times(lamp.irradiance, tint))
    return replace(lamp, radiance=_times(lamp.radiance, tint))
