"""A table by a window; where snow was asked for, snow lies against the panes and on all that is seen through them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.grounds import GROUNDS
from ecomgen.scenes.studio.sets import indoors
from ecomgen.scenes.studio.sets.declaration import Room
from ecomgen.scenes.studio.stage.noise import spectral
from ecomgen.scenes.studio.stage.shapes import sheet
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.types import Material, Stage, Thing

SNOW = Material(colour=(0.9, 0.9, 0.905))
HIGH, DEEP = (0.15, 0.27), 0.5  # units: how high the snow is drifted, and how far back it lies


def build(shot: Shot, plan: Room) -> Stage:
    wish = shot.wish
    if "snow" not in (wish.surface, wish.ground) and wish.season != "winter":
        return indoors.build(shot, plan)
    surface = None if wish.surface in GROUNDS else wish.surface
    seen = tuple(dict.fromkeys((shot.turn("pines", "trees"), *wish.background)))
    told = replace(
        wish,
        surface=surface,
        ground=None,
        season="winter",
        background=seen,
        furniture=("window wall",),
        support="shelf",
    )
    stage = indoors.build(replace(shot, wish=told), plan)
    return stage.adding(_drift(shot, float(stage.things[0].shape.points[:, 2].min())))


def _drift(shot: Shot, edge: float) -> Thing:
    """Snow that lies along the outer sill, behind the sill's `edge`, drifted against the frame at one side."""
    half = 1.7 * shot.frame.half_width(edge)
    across, back = np.linspace(-half, half, 400), np.linspace(0, 1, 60)
    wave = spectral(shot.rng, (16, 400), falloff=1.9, coarsest=8)[0]
    aside = np.clip(0.5 + 0.5 * shot.order * across / half, 0, 1) ** 2
    high = shot.between(*HIGH) * (0.7 + 0.25 * wave + 0.7 * aside)
    rise = np.clip(back / 0.22, 0, 1) ** 0.5 * (1 - 0.35 * back)
    crumbs = 0.004 * spectral(shot.rng, (60, 400), falloff=1.0, coarsest=0.2, finest=2)
    y = np.maximum(high, 0.04)[None] * rise[:, None] + crumbs - 0.02
    x, z = np.broadcast_to(across, y.shape), edge - 0.01 - DEEP * np.broadcast_to(back[:, None], y.shape)
    return Thing(shape=sheet(np.stack([x, y, z], -1)[::-1]), material=SNOW)
