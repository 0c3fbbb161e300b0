"""Paved ground: cobbles, asphalt, a wooden deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.building import supports
from ecomgen.scenes.studio.building.stage import Material, Thing
from ecomgen.scenes.studio.building.surfaces import WOODS, paint
from ecomgen.scenes.studio.grounds.relief import land
from ecomgen.scenes.studio.grounds.sand import grains

if TYPE_CHECKING:
    from ecomgen.scenes.studio.building.shot import Shot


def cobbles(shot: Shot, drop: float) -> list[Thing]:
    floor = supports.floor(shot, "cobbles", far=-9.0)
    return [Thing(shape=floor.shape.moved(0, -drop), material=floor.material)]


def asphalt(shot: Shot, drop: float) -> list[Thing]:
    """A road's dark grain."""
    area = land(shot)
    heights = 0.0035 * area.noise(falloff=0.7, coarsest=0.15, finest=0.8) * area.calm(0.8)
    colour = grains(shot, paint(shot.wish.surface_colour, (0.13, 0.13, 0.135)), strength=0.4)
    return [Thing(shape=area.shape(heights, drop), material=Material(colour=colour, roughness=0.8))]


def tiles(shot: Shot, drop: float) -> list[Thing]:
    """Large slabs of pale stone, as on a roof or a terrace."""
    area = supports.floor(shot, "paving", far=-5.0)
    return [Thing(shape=area.shape.moved(0, -drop), material=area.material)]


def deck(shot: Shot, drop: float) -> list[Thing]:
    """Boards of a terrace or a jetty."""
    usual = shot.pick("weathered", "teak", "oak")
    name = str(shot.wish.surface) if shot.wish.surface in WOODS else usual
    floor = supports.floor(shot, name, far=-5.0)
    return [Thing(shape=floor.shape.moved(0, -drop), material=floor.material)]
