"""The set's light brought near to that of the product's photo, as far as the prompt leaves it open.

The product keeps the light in which it was taken, so a set looks right around it only if its lamps are about as soft,
as warm and as bright. What the prompt names (an hour, hard light, a warm mood) stays as the set made it.
"""

from __future__ import annotations

from dataclasses import replace

from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.estimation.photo_light import PhotoLight
from ecomgen.scenes.studio.primitives.types import Lamp, Stage, Sun, triple
from ecomgen.scenes.studio.stage.lights import dimmed, kelvin, tinted

SHARE = 0.7  # of the photo's cast that the set takes over: the eye adapts to a part of it
LIT = frozenset({"warm", "cool", "vintage", "dreamy"})  # moods that name the light's colour
BRIGHTNESS = frozenset({"dark", "bright", "luxury", "dreamy"})  # and its strength
SMALLER, LARGER = 0.55, 1.35  # factors on a lamp's size for the hardest and the softest photo
LEAST_SPREAD = 0.6  # degrees of the sun
NIGHT = frozenset({"night", "dusk", "golden"})


def matched(stage: Stage, wish: Wish, light: PhotoLight) -> Stage:
    """`stage` under light as in the photo: lamps resized at constant power, lamps and sky tinted, exposure moved."""
    if stage.flashed:
        return _flashed(stage, light)
    if wish.hardness is None and wish.time not in NIGHT:
        stage = _softened(stage, light.softness)
    if wish.time is None and not LIT & set(wish.mood):
        stage = _tinted(stage, light.kelvin)
    if wish.time not in NIGHT and not BRIGHTNESS & set(wish.mood):
        stage = replace(stage, exposure=stage.exposure + light.level)
    return stage


def _flashed(stage: Stage, light: PhotoLight) -> Stage:
    """The photographer's own lamp alone as in the photo: whatever else glows is behind the product."""
    flash, *others = stage.lamps
    key = replace(stage, lamps=(flash,))
    own = _tinted(_softened(key, light.softness), light.kelvin).lamps
    return replace(stage, lamps=(*own, *others), exposure=stage.exposure + 0.5 * light.level)


def _softened(stage: Stage, softness: float) -> Stage:
    """Larger or smaller lamps of the same power, and with it more or less light from everywhere."""
    strength = 2 * softness - 1
    size = (LARGER if strength > 0 else 1 / SMALLER) ** strength
    fill = 1.25**strength
    dome = stage.dome.lit(lambda colour: dimmed(colour, fill))
    return replace(stage, lamps=tuple(_resized(lamp, size) for lamp in stage.lamps), dome=dome)


def _resized(lamp: Lamp, factor: float) -> Lamp:
    if isinstance(lamp, Sun):
        return replace(lamp, spread=max(lamp.spread * factor, LEAST_SPREAD))
    radiance = dimmed(lamp.radiance, factor**-2)
    return replace(lamp, width=lamp.width * factor, height=lamp.height * factor, radiance=radiance)


def _tinted(stage: Stage, temperature: float) -> Stage:
    cast = triple(channel**SHARE for channel in kelvin(temperature))
    return stage.lit(lambda light: tinted(light, cast))
