"""What a mood does to a finished stage: warmth, contrast, brightness, strength of colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.stage.backdrop import defocused
from ecomgen.scenes.studio.stage.lights import dimmed, kelvin
from ecomgen.scenes.studio.stage.types import Softbox, Stage, Sun

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecomgen.scenes.studio.prompt.wish import Wish
    from ecomgen.scenes.studio.stage.types import Colour


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
    "cool": Mood(temperature=6300),
    "vivid": Mood(saturation=1.28, contrast=1.06),
    "muted": Mood(saturation=0.68, contrast=0.95),
    "pastel": Mood(exposure=0.3, contrast=0.88, saturation=0.95, fill=1.5),
    "vintage": Mood(temperature=4900, saturation=0.72, contrast=0.9),
    "luxury": Mood(exposure=-0.35, contrast=1.15, fill=0.6),
    "dreamy": Mood(temperature=5200, exposure=0.2, contrast=0.86, fill=1.4),
    "crisp": Mood(contrast=1.12, fill=0.8),
    "dramatic": Mood(exposure=-0.3, contrast=1.28, fill=0.4),
    "fresh": Mood(temperature=6100, exposure=0.2, saturation=1.12, fill=1.2),
    "calm": Mood(temperature=5300, saturation=0.85, contrast=0.9, fill=1.35),
    "futuristic": Mood(temperature=7600, contrast=1.2, saturation=1.05, fill=0.6),
}
STYLES = {
    "scandinavian": Mood(temperature=5900, exposure=0.15, saturation=0.82, contrast=0.95, fill=1.2),
    "japanese": Mood(temperature=5300, saturation=0.78, contrast=0.96),
    "industrial": Mood(temperature=6000, saturation=0.72, contrast=1.16, fill=0.75),
    "boho": Mood(temperature=4800, saturation=0.95, contrast=0.95),
    "farmhouse": Mood(temperature=5000, saturation=0.88, fill=1.1),
    "mediterranean": Mood(temperature=5100, exposure=0.15, saturation=1.12, contrast=1.06),
    "art deco": Mood(temperature=4900, exposure=-0.2, contrast=1.2, fill=0.65),
    "mid century": Mood(temperature=4900, saturation=1.08, contrast=0.97),
    "coastal": Mood(temperature=6000, exposure=0.12, saturation=0.92),
    "minimal": Mood(saturation=0.9, contrast=0.96, fill=1.15),
    "memphis": Mood(saturation=1.35, contrast=1.06),
    "rustic": Mood(temperature=4800, saturation=0.9, contrast=1.05),
    "gothic": Mood(temperature=6400, exposure=-0.6, saturation=0.8, contrast=1.2, fill=0.5),
    "festive": Mood(temperature=4600, saturation=1.08, fill=0.9),
    "cyberpunk": Mood(temperature=7200, saturation=1.15, contrast=1.08, fill=0.8),
    "tropical": Mood(exposure=0.1, saturation=1.22),
    "academia": Mood(temperature=4500, exposure=-0.3, saturation=0.85, contrast=1.08, fill=0.75),
    "spa": Mood(temperature=5300, exposure=0.1, saturation=0.85, contrast=0.93, fill=1.25),
}
"""How a style is graded; what it brings into the set is in `prompt.styles`."""


def _shown_light(stage: Stage) -> Stage:
    """The light itself becomes visible: less fill, more contrast between lit and unlit."""
    return _under(stage, Mood(fill=0.75, exposure=0.08))


def _shown_background(stage: Stage) -> Stage:
    """What is behind is lifted: the backdrop is brighter, or a lamp makes the wall glow."""
    if stage.backdrop is not None:
        picture = stage.backdrop.picture * np.float32(1.18)
        return replace(stage, backdrop=replace(stage.backdrop, picture=picture))
    glow = Softbox(position=(0, 5.5, -0.8), target=(0, 0.9, -3.4), width=1.2, height=1.2, radiance=(12.0, 12.0, 12.0))
    return replace(stage, lamps=(*stage.lamps, glow))


ACCENTS: dict[str, Callable[[Stage], Stage]] = {
    "light": _shown_light,
    "beams": _shown_light,
    "shadow": lambda stage: _under(stage, Mood(fill=0.55)),
    "background": _shown_background,
    "ground": lambda stage: replace(stage, aperture=0.5 * stage.aperture),
    "colour": lambda stage: _under(stage, Mood(saturation=1.1)),
    "copy": lambda stage: _under(stage, Mood(contrast=0.97)),
}


def finished(stage: Stage, wish: Wish) -> Stage:
    """The stage in the wished moods, behind the wished lens."""
    for name in wish.mood:
        stage = _under(stage, MOODS[name])
    for name in wish.style:
        stage = _under(stage, STYLES[name])
    for name in wish.accents:
        stage = ACCENTS[name](stage)
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
    own = 1 if stage.flashed else 0  # the light on the product stays as it is in its photo
    dome = stage.dome
    return replace(
        stage,
        lamps=(*stage.lamps[:own], *(_tinted(lamp, tint) for lamp in stage.lamps[own:])),
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
