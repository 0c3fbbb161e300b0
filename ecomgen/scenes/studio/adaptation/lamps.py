"""The lamps as the prompt places, shapes and colours them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from ecomgen.color import LUMA
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.types import Lamp, Softbox, Stage, Sun, triple
from ecomgen.scenes.studio.props.gobos import is_card, pool_of_light
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.scenes.studio.stage.shot import Shot

Change = Callable[[Stage, Shot], Stage]

LIT = frozenset({"candle", "tealights", "lantern", "campfire", "table lamp"})
"""Props that give light."""
GEL = 0.42  # of a coloured light's colour where it also falls round the product


def placed(stage: Stage, shot: Shot) -> Stage:
    """The lamps as the prompt places and shapes them."""
    if shot.wish.hardness in LIGHTS or shot.wish.side in SIDES:  # cards were hung before lamps as they were
        stage = replace(stage, things=tuple(thing for thing in stage.things if not is_card(thing)))
    dimmed = LIT & {*shot.wish.props} and shot.wish.time != "night" and "bright" not in shot.wish.mood
    stage = _by_lit_props(stage) if dimmed else stage
    named = LIGHTS.get(shot.wish.hardness or "")
    stage = named(stage, shot) if named else stage
    turned = SIDES.get(shot.wish.side or "")
    return turned(stage, shot) if turned and not shot.frame.lying else stage


def coloured(stage: Stage, shot: Shot) -> Stage:
    """Lamps in the wished colour, as pale gels make it, since the product keeps its own; half as strong in the fill.

    The photographer's own soft box stays as it is: the colour comes from behind.
    """
    if shot.wish.light_colour is None:
        return stage
    gel = np.asarray(hexadecimal(shot.wish.light_colour)) + 0.03
    gel = gel / float(gel @ LUMA)
    pale = 1 + GEL * (np.minimum(gel, 3.5) - 1)
    full, half = triple(np.minimum(gel, 3.5) if stage.flashed else pale), triple(np.sqrt(pale))
    own, others = (), stage.lamps
    if stage.flashed:
        own, others = stage.lamps[:1], (*stage.lamps[1:], _strength(_rim(shot), 0.4))
    lamps = (*own, *(lamp.lit(lambda light: lights.tinted(light, full)) for lamp in others))
    return replace(stage, lamps=lamps, dome=stage.dome.lit(lambda light: lights.tinted(light, half)))


def out_of_sight(stage: Stage, shot: Shot) -> Stage:
    """Lamps that would hang into the picture are raised above it."""
    return replace(stage, lamps=tuple(_raised(lamp, shot.frame) for lamp in stage.lamps))


def _raised(lamp: Lamp, frame: Frame) -> Lamp:
    if isinstance(lamp, Sun) or frame.lying:
        return lamp
    x, y, z = lamp.position
    reach = 0.5 * math.hypot(lamp.width, lamp.height)
    if z - reach > frame.distance or abs(x) - reach > frame.half_width(z - reach):
        return lamp
    top = frame.high(frame.top, z - reach)
    return replace(lamp, position=(x, max(y, top + reach), z))


def _long_shadows(stage: Stage, shot: Shot) -> Stage:
    """A low, hard sun from the side."""
    height = shot.uniform(13, 18)
    direction = lights.towards(shot.side, azimuth=shot.uniform(68, 88), height=height)
    sun = Sun(towards=direction, spread=1.4, irradiance=lights.dimmed(lights.kelvin(4500), 3.2))
    return _filled(replace(stage, lamps=(sun,)), 0.8)


def _spot(stage: Stage, shot: Shot) -> Stage:
    """One lamp that lights a pool round the product and leaves the rest dark, but for the colour that is asked for
    behind it."""
    direction = lights.towards(shot.side, azimuth=shot.uniform(15, 45), height=shot.uniform(48, 60))
    sun = Sun(towards=direction, spread=2.2, irradiance=lights.dimmed(lights.kelvin(4900), 3.4))
    fill = 5.0 if shot.wish.backdrop_colour and "dark" not in shot.wish.mood else 0.4
    return _filled(replace(stage, lamps=(sun,)), fill).adding(pool_of_light(shot, sun))


def _by_candle(stage: Stage, shot: Shot) -> Stage:
    """A small, warm, low lamp near by, and dusk for the rest."""
    direction = lights.towards(shot.side, azimuth=shot.uniform(55, 85), height=18)
    glow = lights.softbox(direction, size=0.5, strength=0.6, colour=lights.kelvin(2300), distance=2.2)
    dimmed = tuple(_strength(lamp, 0.6) for lamp in stage.lamps)
    stage = stage.behind(lambda picture: picture * np.float32(0.55))
    return _filled(replace(stage, lamps=(*dimmed, glow), exposure=stage.exposure - 0.1), 0.4)


def _by_lit_props(stage: Stage) -> Stage:
    """The day dimmed, so that the light of flames and lamps is seen on what is near them."""
    stage = stage.behind(lambda picture: picture * np.float32(0.75))
    return _filled(replace(stage, exposure=stage.exposure - 0.3), 0.7)


def _from_behind(stage: Stage, shot: Shot) -> Stage:
    """A strong lamp above and behind that rims the product; the key gives way."""
    return _filled(replace(stage, lamps=(*(_strength(lamp, 0.5) for lamp in stage.lamps), _rim(shot))), 0.8)


def _rim(shot: Shot) -> Softbox:
    x = shot.side * shot.uniform(0.5, 1.1)
    return Softbox(
        position=(x, 3.4, -1.7), target=(0, 0.3, 0), width=1.1, height=0.9, radiance=lights.dimmed((1, 1, 1), 42.0)
    )


def _keyed(stage: Stage, shot: Shot, *, azimuth: float, height: float, fill: float) -> Stage:
    """The key alone, from another direction, and its fill so many times as strong."""
    direction = lights.towards(shot.side, azimuth=azimuth, height=height)
    return _filled(replace(stage, lamps=tuple(_aimed(lamp, direction) for lamp in stage.lamps[:1])), fill)


def _aimed(lamp: Lamp, direction: lights.Direction) -> Lamp:
    if isinstance(lamp, Sun):
        return replace(lamp, towards=direction)
    far = float(np.linalg.norm(lamp.position))
    x, y, z = (far * part for part in direction)
    return replace(lamp, position=(x, y, z))


def _strength(lamp: Lamp, factor: float) -> Lamp:
    return lamp.lit(lambda colour: lights.dimmed(colour, factor))


def _filled(stage: Stage, factor: float) -> Stage:
    """The light in the shadows, `factor` times as strong."""
    return replace(stage, dome=stage.dome.lit(lambda colour: lights.dimmed(colour, factor)))


LIGHTS: dict[str, Change] = {"long": _long_shadows, "spot": _spot, "candle": _by_candle}
SIDES: dict[str, Change] = {
    "back": _from_behind,
    "top": partial(_keyed, azimuth=40, height=78, fill=1.0),
    "side": partial(_keyed, azimuth=88, height=24, fill=0.6),  # half of everything lies in shade
    "front": partial(_keyed, azimuth=12, height=26, fill=1.1),  # hardly a shadow
}
