"""Paved ground: cobbles, asphalt, slabs, a wooden deck."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.grounds.relief import TEXTURE, land
from ecomgen.scenes.studio.grounds.sand import PIXELS, grains
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import ground, joined
from ecomgen.scenes.studio.primitives.types import Material, Thing, Values
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import tables
from ecomgen.scenes.studio.stage.surfaces import WOODS, paint

CHIPPING = 0.007  # metres
LINE, PAINT = 0.16, 0.004  # units: the width of a court's line, and how high it lies


def paved(shot: Shot, drop: float, *, surface: str) -> list[Thing]:
    return [tables.floor(shot, surface, far=-9.0).moved(0, -drop)]


def asphalt(shot: Shot, drop: float) -> list[Thing]:
    """A road: chippings of several greys in tar. Wet, it lies flat, since a film of water evens it out."""
    area = land(shot)
    wet = "wet" in shot.wish.finish
    swell = 0.0005 * area.noise(falloff=2.0, coarsest=0.9, finest=10)
    heights = swell if wet else 0.0025 * area.noise(falloff=0.7, coarsest=0.15, finest=0.8) * area.calm(0.8)
    chips = _chippings(shot)
    tar = grains(shot, paint(shot.wish.surface_colour, (0.12, 0.12, 0.125)), strength=0.25)
    road = Material(
        np.clip(tar * (1 + 0.32 * chips[..., None]), 0.004, 1).astype(np.float32),
        roughness=0.8,
        bump=chips,
        bump_scale=0.0012,
    )
    return [Thing(area.shape(heights, drop), road)]


def court(shot: Shot, drop: float) -> list[Thing]:
    """A court for ball games: painted ground with a white line across and one that runs away from the camera."""
    area = land(shot)
    usual = hexadecimal(shot.turn("#2f6ea3", "#b4583a", "#3d7d55", "#356f9c"))
    painted = grains(shot, paint(shot.wish.surface_colour, usual), strength=0.12)
    floor = Material(painted, roughness=0.75, bump=_chippings(shot), bump_scale=0.0004)
    chalk = Material(grains(shot, (0.8, 0.8, 0.78), strength=0.1), roughness=0.8)
    across, along = -shot.uniform(0.9, 1.5), shot.order * shot.uniform(0.9, 1.4)
    lines = [ground(-14, 14, across + LINE, across), ground(along, along + LINE, across, -14)]
    marked = joined(lines).moved(0, PAINT - drop)
    flat = 0.0004 * area.noise(falloff=2.0, coarsest=0.9, finest=10)
    return [Thing(area.shape(flat, drop), floor), Thing(marked, chalk)]


def _chippings(shot: Shot) -> Values:
    """Rounded stones of about seven millimetres side by side, PIXELS x PIXELS in [-1, 1]."""
    size = float(np.clip(CHIPPING * shot.units_per_metre / TEXTURE * PIXELS, 3.0, 10.0))
    return np.tanh(1.3 * spectral(shot.rng, (PIXELS, PIXELS), falloff=0.0, finest=size)).astype(np.float32)


def deck(shot: Shot, drop: float) -> list[Thing]:
    """Boards of a terrace or a jetty."""
    usual = shot.choice("weathered", "teak", "oak")
    name = str(shot.wish.surface) if shot.wish.surface in WOODS else usual
    return [tables.floor(shot, name, far=-5.0).moved(0, -drop)]
