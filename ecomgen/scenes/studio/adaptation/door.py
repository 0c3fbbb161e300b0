"""A house's front door, closed: panels in a painted leaf, its white frame, a brass knob, the wall beside it."""

from __future__ import annotations

from ecomgen.scenes.studio.bodies import BRASS
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import ball, block, joined, wall
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import material, paint

PAINTS = "#1f3d4f", "#7c2026", "#2f4f3d", "#c9a23a", "#26282b", "#5f7f92"
WIDE, HIGH, FRAME, SILL = 3.2, 7.6, 0.34, -0.4  # units: a door is about 0.85 m wide
PANELS = (0.45, 2.1), (2.9, 3.3)  # from the sill up: where a pair of panels begins, and how high it is


def front_door(shot: Shot, far: float) -> list[Thing]:
    """The door and its wall at z = `far`; the product stands before the side where the knob is not."""
    middle = -0.7 * shot.order
    leaf = block(WIDE, HIGH, 0.12, 0.02).moved(middle, SILL, far + 0.02)
    panels = [
        block(0.37 * WIDE, high, 0.1, 0.05).moved(middle + side * 0.23 * WIDE, SILL + low, far + 0.07)
        for low, high in PANELS
        for side in (-1, 1)
    ]
    jambs = [block(FRAME, HIGH, 0.34, 0.03).moved(middle + side * 0.5 * (WIDE + FRAME), SILL, far) for side in (-1, 1)]
    knob = ball(0.13).moved(middle + 0.42 * WIDE * shot.order, 2.3, far + 0.22)
    half, high = 1.25 * shot.frame.half_width(far), shot.frame.high(shot.frame.top, far) + 0.4
    told = shot.wish.backdrop_colour
    bare = shot.wishing(surface_colour=told, finish=())
    beside = material(bare, "plaster" if told else shot.turn("brick", "plaster"), 2 * half, high - SILL)
    painted = Material(paint(shot.wish.colour_of("door"), hexadecimal(shot.turn(*PAINTS))), roughness=0.35)
    return [
        Thing(wall(-half, half, SILL, high, far), beside),
        Thing(joined([leaf, *panels]), painted),
        Thing(joined(jambs), Material((0.82, 0.81, 0.78), roughness=0.5)),
        Thing(knob, BRASS),
    ]
