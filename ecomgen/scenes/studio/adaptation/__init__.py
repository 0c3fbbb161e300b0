"""What the wish and the photo change on a finished set. In: a stage and its shot. Out: the stage that is rendered.

`light_match` brings its light near to the photo's; `adapted` adds what the prompt asks of any set: a wall, something
under the product, another light, snow, room for words, a mood.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.adaptation.grade import balanced, graded, tried
from ecomgen.scenes.studio.adaptation.lamps import coloured, out_of_sight, placed
from ecomgen.scenes.studio.adaptation.underlay import under_product
from ecomgen.scenes.studio.adaptation.wall import before_wall, behind_lens, calmed
from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import ball, joined
from ecomgen.scenes.studio.primitives.types import Material, Stage, Thing
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.backdrop import defocused
from ecomgen.scenes.studio.stage.shot import Shot

SMOKE = 0.3  # how bright smoke is, 1 is as white paper
SHAFTS, HAZE = 256, 0.55  # columns in which shafts of light are drawn; how bright they are, 1 is as white paper


def adapted(stage: Stage, shot: Shot) -> Stage:
    """The stage as the rest of the wish would have it, in its moods and behind its lens."""
    for change in (
        under_product,
        before_wall,
        _with_snow,
        placed,
        coloured,
        _with_beams,
        _with_smoke,
        behind_lens,
        calmed,
    ):
        stage = change(stage, shot)
    return out_of_sight(balanced(graded(tried(stage, shot), shot.wish), shot), shot)


def _with_snow(stage: Stage, shot: Shot) -> Stage:
    """Flakes in the air."""
    if shot.wish.weather != "snowy" or shot.frame.lying:
        return stage
    flakes = []
    for _ in range(420):
        z = shot.uniform(-2.6, 1.2)
        x = shot.frame.at(shot.uniform(-1, 1) * shot.frame.right, z)
        y = shot.frame.high(shot.uniform(shot.frame.bottom, shot.frame.top), z)
        if y > 0.02 and not (abs(x - shot.frame.product_x) < 0.5 * shot.frame.product_width and z > -0.1):
            flakes.append(ball(shot.uniform(0.006, 0.016), rings=7).moved(x, y, z))
    return stage.adding(Thing(joined(flakes), Material((0.92, 0.94, 0.97))))


def _with_smoke(stage: Stage, shot: Shot) -> Stage:
    """Wisps of smoke that rise behind the product where no room and no land is seen to be hazy, in the colour of the
    light that is asked for."""
    hazy = stage.backdrop is not None and declared()[str(shot.wish.place)].studio is None
    if shot.wish.weather != "foggy" or hazy or shot.frame.lying:
        return stage
    rows, columns = round(SHAFTS * shot.frame.height / shot.frame.width), SHAFTS
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) / columns
    ground = max(shot.frame.ground_row / shot.frame.height, 0.3) * rows / columns
    wisps = to_unit_range(spectral(shot.rng, (rows, columns), falloff=1.7, coarsest=0.7, stretch=(1.6, 1)), 1.8)
    above = np.clip(1.25 - (ground - y) / ground, 0, 1) * np.clip((ground - y) / 0.4, 0, 1)
    across = np.exp(-(((x - 0.5 - 0.12 * shot.side) / 0.42) ** 2))
    smoke = defocused((np.clip((wisps - 0.35) * 1.7, 0, 1) * above * across)[..., None], 0.012 * columns)
    beams = 0.0 if stage.shafts is None else stage.shafts
    lit = np.ones(3) if shot.wish.light_colour is None else np.asarray(hexadecimal(shot.wish.light_colour))
    return replace(stage, shafts=(SMOKE * smoke * lit / lit.max() + beams).astype(np.float32))


def _with_beams(stage: Stage, shot: Shot) -> Stage:
    """Shafts of light behind the product, from above on the key's side, soft-edged and of many widths."""
    if "beams" not in shot.wish.accents or shot.frame.lying:
        return stage
    rows, columns = round(SHAFTS * shot.frame.height / shot.frame.width), SHAFTS
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) / columns
    source = np.array([0.5 + shot.side * shot.uniform(0.45, 0.8), -shot.uniform(0.3, 0.5)])
    away = np.hypot(x - source[0], y - source[1])
    fan = np.arctan2(y - source[1], x - source[0]) * 40 / np.pi
    waves = np.interp(fan, np.arange(-10, 51), shot.rng.random(61)) * np.interp(
        fan, np.arange(-10, 51, 0.7), shot.rng.random(88)
    )
    landing = 1 - 0.85 * np.clip(y * columns / rows / max(shot.frame.ground_row / shot.frame.height, 0.3), 0, 1) ** 2
    fan_out = np.clip((waves - 0.14) / 0.5, 0, 1) * np.exp(-1.1 * away) * landing
    shafts = defocused(fan_out[..., None], 0.02 * columns)
    return replace(stage, shafts=(HAZE * shafts * np.asarray(lights.kelvin(4700))).astype(np.float32))
