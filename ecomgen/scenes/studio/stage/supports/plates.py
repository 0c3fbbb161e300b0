"""What is thin: plates, a tray of metal, a slice of wood, a mat."""

from __future__ import annotations

from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import block, lathe
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports.footprint import BRIM, CHINA, MAT, Footprint
from ecomgen.scenes.studio.stage.supports.plinths import podium
from ecomgen.scenes.studio.stage.supports.stump import stump
from ecomgen.scenes.studio.stage.surfaces import METALS, WOODS, material, paint

GLAZE = "#ece6da"  # the usual colour of glazed ware
RIM = 0.04  # units by which the rim of a round tray of metal is raised
SLICE = "wood slice"  # of a trunk, with its bark
FOAM = ("#7c8f86", "#8a7fa8", "#c98f7d", "#4c6a7d")  # colours that a mat comes in
MAT_SIZE = 1.78, 0.006, 0.62  # metres: along, thick, across


def plate(shot: Shot, surface: str, *, radius: float, height: float) -> Thing:
    """A thin disc; of metal a tray, its rim raised."""
    if surface not in METALS:
        return podium(shot, surface, radius=radius, height=height)
    outer = radius + 0.5 * RIM
    profile = [(0.0, 0.0), (radius - RIM, 0.0), (radius, RIM), (outer, RIM), (outer, RIM - 0.012), (radius, -height)]
    shape = lathe([*profile, (0.0, -height)][::-1]).draped(2.4 * radius, 2.4 * radius).moved(shot.frame.product_x)
    return Thing(shape, material(shot, surface, 2.4 * radius, 2.4 * radius))


def china(shot: Shot, place: Footprint, *, height: float) -> Thing:
    """A glazed plate, level where the product stands, its brim raised."""
    well, outer = place.radius - BRIM, place.radius
    over = [(0, 0), (well, 0), (well + 0.03, 0.006), (well + 0.06, 0.03), (outer - 0.02, 0.055), (outer, 0.056)]
    under = [(outer, 0.046), (well + 0.07, 0.012), (well, -height + 0.012), (well, -height), (0, -height)]
    colour = dict(shot.wish.painted).get(CHINA)
    glaze = Material(paint(colour, hexadecimal(GLAZE)), roughness=0.25)
    shape = lathe([*over, *under][::-1], segments=128)
    return Thing(shape.moved(shot.frame.product_x, 0, place.z), glaze)


def wood_slice(shot: Shot, place: Footprint, *, height: float) -> list[Thing]:
    """A slice of a trunk, its bark round it."""
    wood = shot.wish.surface if shot.wish.surface in WOODS else "oak"
    parts = stump(
        shot.wishing(surface_colour=None, finish=()), str(wood), radius=place.radius, height=height, rooted=False
    )
    return [part.moved(shot.frame.product_x, 0, place.z) for part in parts]


def mat(shot: Shot) -> Thing:
    """A mat of foam to exercise on, unrolled across the picture, aslant, its top at y = 0."""
    along, thick, across = (shot.units_per_metre * size for size in MAT_SIZE)
    turn = shot.choice(-1.0, 1.0) * shot.uniform(8, 22)
    shape = block(along, thick, across, 0.3 * thick).moved(shot.uniform(-0.2, 0.2) * along, -thick).turned(y=turn)
    colour = dict(shot.wish.painted).get(MAT)
    foam = Material(paint(colour, hexadecimal(shot.turn(*FOAM))), roughness=0.85)
    return Thing(shape.moved(shot.frame.product_x, 0, -0.3 * across), foam)
