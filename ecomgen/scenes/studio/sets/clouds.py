"""Above the clouds: soft light, and a sky whose colour they take on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.declarations.sets import Landscape
from ecomgen.scenes.studio.declarations.wish import PLINTHS
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.types import Dome, Stage
from ecomgen.scenes.studio.sets import outdoors
from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.shot import Shot

PASTELS = ("#e7b3c4", "#c3b2e0", "#f2bfa0", "#a9cbe8")  # skies that the word pastel calls up
BLUE = "#8fb9e2"  # of a clear sky
RISING = 0.5  # units by which a podium rises from the clouds


def build(shot: Shot, plan: Landscape) -> Stage:
    wish = shot.wish
    pastel = {"pastel", "dreamy"} & {*wish.mood} and not wish.backdrop_colour
    sky = shot.choice(*PASTELS) if pastel else wish.backdrop_colour or (BLUE if wish.weather == "clear" else None)
    if wish.support in PLINTHS:
        plan = plan.model_copy(update={"drop": RISING})
    soft = shot.wishing(hardness=wish.hardness or "soft", backdrop_colour=sky)
    stage = outdoors.build(soft, plan)
    told = wish.surface_colour or sky  # a pink cloud is one in pink light
    return replace(stage, aperture=0.06, dome=_tinted(stage.dome, told) if told else stage.dome)


def _tinted(dome: Dome, told: str) -> Dome:
    """As bright as before, in the colour that is told, or in that of the sky, which clouds take on."""
    tint = np.sqrt(hexadecimal(told)) + 0.3
    return dome.lit(lambda light: dimmed(tuple(tint * np.mean(light) / np.mean(tint)), 1.0))
