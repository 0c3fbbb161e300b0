"""A dirt road: packed earth, rutted by wheels, that bends away between verges of grass."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.grounds.lawn import grown, tufts
from ecomgen.scenes.studio.grounds.relief import land
from ecomgen.scenes.studio.grounds.sand import grains, stones
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing, Values
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import paint

EARTH: Colour = (0.30, 0.215, 0.14)
TUFTS, VERGE = 5_000, 0.3  # of grass; units over which it thins out towards the wheels
BEND = 0.035  # units aside at one unit's depth, growing with its square
RUT = 0.018, 0.16  # units deep and wide


def track(shot: Shot, drop: float) -> list[Thing]:
    """The product stands on the strip between the ruts; the road is a little wider than it."""
    area, half = land(shot), 0.5 * shot.frame.product_width + shot.uniform(0.5, 0.65)
    aside = np.abs(_from_middle(shot, area.x, area.z))
    ruts = -RUT[0] * np.exp(-(((aside - 0.6 * half) / RUT[1]) ** 2))
    lumps = area.noise(falloff=1.1, coarsest=0.5)
    bank = 0.06 * np.clip((aside - half) / VERGE, 0, 1)
    shape = area.shape((ruts + 0.012 * lumps) * area.calm() + bank + area.rolling(), drop)
    earth = Material(grains(shot, paint(shot.wish.surface_colour, EARTH), strength=0.3, relief=0.4))
    places, leaning = tufts(shot, TUFTS)
    thick = np.abs(_from_middle(shot, places[:, 0], places[:, 2])) - half > VERGE * (shot.rng.random(len(places)) - 0.5)
    grass = grown(shot, area, area.risen(shape), drop, places[thick], leaning[thick])
    return [Thing(shape, earth), *stones(shot, area, shape, 420, (0.006, 0.028)), grass]


def _from_middle(shot: Shot, x: Values, z: Values) -> Values:
    """How far aside of the middle of the road something is, in units, to the right above 0."""
    return x - shot.frame.product_x - shot.side * BEND * np.minimum(z, 0) ** 2
