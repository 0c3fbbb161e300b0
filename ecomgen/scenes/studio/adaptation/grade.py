"""What a mood does to a finished stage: warmth, contrast, brightness, strength of colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from ecomgen.color import LUMA
from ecomgen.scenes.studio.adaptation.light_match import LIT
from ecomgen.scenes.studio.declarations.sets import Tones, declared
from ecomgen.scenes.studio.declarations.vocabulary import Grade, vocabulary
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.primitives.palette import hexadecimal, is_grey, lightness
from ecomgen.scenes.studio.primitives.types import Softbox, Stage, triple
from ecomgen.scenes.studio.stage.backdrop import defocused
from ecomgen.scenes.studio.stage.lights import dimmed, kelvin, tinted
from ecomgen.scenes.studio.stage.shot import Shot

SNOW = "snow"  # what one stands on, or the set
BLURRED = 0.012  # of its width: the disc by which a backdrop goes further out of focus
WHITE, EXPOSED = 0.95, 0.7  # Oklab lightness above which paper is to be white in the picture too; stops that make it so
SHADOWLESS = 3.0  # times the usual light in shadows
CASTING = ("dappled", "window", "hard", "long")  # light whose shadows on white paper are what is asked for


def _shown_light(stage: Stage) -> Stage:
    """The light itself becomes visible: less fill, more contrast between lit and unlit."""
    return _under(stage, Grade(fill=0.75, exposure=0.08))


def _shown_background(stage: Stage) -> Stage:
    """What is behind is lifted: the backdrop is brighter, or a lamp makes the wall glow."""
    if stage.backdrop is not None:
        return stage.behind(lambda picture: picture * np.float32(1.18))
    glow = Softbox(position=(0, 5.5, -0.8), target=(0, 0.9, -3.4), width=1.2, height=1.2, radiance=(12.0, 12.0, 12.0))
    return replace(stage, lamps=(*stage.lamps, glow))


ACCENTS: dict[str, Callable[[Stage], Stage]] = {
    "light": _shown_light,
    "beams": _shown_light,
    "shadow": lambda stage: _under(stage, Grade(fill=0.8)),
    "background": _shown_background,
    "ground": lambda stage: replace(stage, aperture=0.5 * stage.aperture),
    "colour": lambda stage: _under(stage, Grade(saturation=1.1)),
    "copy": lambda stage: _under(stage, Grade(contrast=0.97)),
}


def graded(stage: Stage, wish: Wish) -> Stage:
    """The stage in the wished moods, behind the wished lens. Snow in a warm sun has a cool sky, or it would be sand."""
    known, snowy = vocabulary(), SNOW in (wish.place, wish.surface, wish.ground)
    for name in dict.fromkeys(wish.mood):
        grade, sky = known.mood[name].grade, stage.dome
        stage = _under(stage, grade)
        if snowy:
            stage = replace(stage, dome=sky.lit(partial(dimmed, factor=grade.fill)))
    for name in wish.style:
        stage = _under(stage, known.style[name].grade)
    for name in wish.accents:
        plain = "dark" in wish.mood or wish.hardness in CASTING
        if name in ACCENTS and not (name == "background" and plain):
            stage = ACCENTS[name](stage)
    if "shadow" in wish.without:
        stage = _under(stage, Grade(fill=SHADOWLESS))
    if wish.lens == "shallow":
        blurred = stage.behind(lambda picture: defocused(picture, BLURRED * picture.shape[1]))
        return replace(blurred, aperture=1.7 * stage.aperture)
    return replace(stage, aperture=0.35 * stage.aperture) if wish.lens == "deep" else stage


def tried(stage: Stage, shot: Shot) -> Stage:
    """As another photographer would light and develop it: seeds take turns, as far as the prompt leaves it open."""
    wish = shot.wish
    if not shot.ideas:
        return stage
    if shot.idea and shot.idea.tones:
        return _planned(stage, shot.idea.tones, told=wish.backdrop_colour is not None)
    toned = not (wish.time or wish.mood or wish.light_colour or shot.palette.colours)
    lit = wish.hardness is None and not wish.mood
    grade = Grade(
        temperature=shot.span("warmth", 5050, 6400) if toned else 5600,
        exposure=shot.span("exposure", -0.34, 0.26) if lit and not wish.time else 0.0,
        fill=shot.span("fill", 0.55, 1.3) if lit else 1.0,
        contrast=shot.span("contrast", 0.96, 1.08) if lit else 1.0,
    )
    return _under(stage, grade)


def balanced(stage: Stage, shot: Shot) -> Stage:
    """With the light white in which a wished colour is seen as it is, and white paper without a cast."""
    wish, known = shot.wish, declared()[str(shot.wish.place)]
    told = wish.backdrop_colour or wish.surface_colour
    painted = wish.wall is not None and told == wish.backdrop_colour
    tinted = wish.light_colour or wish.time or (LIT & {*wish.mood} and not painted)
    if not shot.idea or told is None or tinted or known.landscape is not None:
        return stage
    colour = np.asarray(hexadecimal(told))
    neutral = is_grey(triple(colour))
    cast = triple((LUMA @ colour) / colour) if neutral else (1.0, 1.0, 1.0)
    paper = known.studio is not None and told == wish.backdrop_colour and "dark" not in wish.mood
    exposed = paper and neutral and lightness(colour) > WHITE and wish.hardness not in CASTING
    white = stage.lit(lambda light: dimmed(cast, float(LUMA @ light)))
    return replace(white, exposure=max(stage.exposure, EXPOSED)) if exposed else white


def _planned(stage: Stage, tones: Tones, *, told: bool) -> Stage:
    """As the picture's idea has it; a colour behind that was `told` is no darker than it is."""
    grade = Grade(**tones.model_dump(exclude={"backdrop"}))
    bright = np.float32(max(tones.backdrop, 1.0) if told else tones.backdrop)
    return _under(stage.behind(lambda picture: picture * bright), grade)


def _under(stage: Stage, grade: Grade) -> Stage:
    tint = kelvin(grade.temperature)
    own = 1 if stage.flashed else 0  # the light on the product stays as it is in its photo
    return replace(
        stage,
        lamps=(*stage.lamps[:own], *(lamp.lit(lambda light: tinted(light, tint)) for lamp in stage.lamps[own:])),
        dome=stage.dome.lit(lambda light: dimmed(tinted(light, tint), grade.fill)),
        exposure=stage.exposure + grade.exposure,
        contrast=stage.contrast * grade.contrast,
        saturation=stage.saturation * grade.saturation,
    )
