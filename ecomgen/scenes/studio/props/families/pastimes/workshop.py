"""Tools, and what they leave."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import BEECH, STEEL, assembled, circle, rounded
from ecomgen.scenes.studio.primitives.shapes import ball, block, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around, strewn
from ecomgen.scenes.studio.stage.shot import Shot


@prop(
    "tool, hammer, wrench, spanner, screwdriver, pliers, saw, chisel, toolbox, nail, screw, hardware, plier",
    "tool belt, garden tool, secateur, trowel, carpentry, spade, repair, shears, mallet, rasp, hand plane",
    place="room",
)
def tools(shot: Shot) -> list[Thing]:
    """A hammer and a spanner."""
    shaft = (
        lathe(rounded([(0, 0), (0.03, 0), (0.036, 0.2), (0.026, 0.5), (0.028, 0.85), (0, 0.86)]))
        .turned(z=90)
        .moved(0.45, 0.035)
    )
    head = joined(
        [
            lathe(rounded([(0, -0.16), (0.055, -0.16), (0.055, -0.08), (0.04, -0.05), (0.045, 0.06)])).turned(x=90),
            block(0.085, 0.08, 0.2, 0.02).moved(0, -0.04, 0.1),
        ]
    ).moved(-0.36, 0.055)
    spanner = (
        joined(
            [
                block(0.62, 0.03, 0.07, 0.013),
                tube(circle(0.075)[:33], 0.03, segments=12).turned(x=90).turned(y=-40).moved(0.37, 0.02),
                tube(circle(0.06), 0.026, segments=12).turned(x=90).moved(-0.35, 0.02),
            ]
        )
        .turned(y=22)
        .moved(0.05, 0, 0.26)
    )
    turn = shot.uniform(-20, 20)
    return assembled(turn, (shaft, BEECH), (joined([head, spanner]), STEEL))


@prop(
    "sawdust, wood shaving, shaving, wood chip, curl of wood, planing, wood curl, woodwork, woodworking, carpenter",
    "saw dust, wood dust, wood chipping, planed wood",
    place="room",
    strewn=True,
)
def shavings(shot: Shot, count: int) -> list[Thing]:
    """Sawdust and curled shavings of wood."""
    t = np.linspace(0, 1, 26)
    curls = []
    for turns in (1.3, 2.1, 0.8):
        angle, r = 2 * np.pi * turns * t, 0.045 * (0.6 + 0.4 * t)
        line = np.stack([r * np.cos(angle), r * np.sin(angle) + 0.045], -1)
        curls.append(sheet(np.stack([xyz(np.full(26, x) + 0.05 * t, line[:, 1], line[:, 0]) for x in (-0.04, 0.04)])))
    lying = strewn(shot, curls, around(shot, count, reach=0.6), 0.5)
    dust = strewn(shot, [ball(0.5, rings=5).scaled(1.0, 0.5, 0.7)], around(shot, 14 * count, reach=0.5), 0.012)
    pine = Material((0.66, 0.46, 0.25), roughness=0.8)
    return [Thing(joined([lying, dust]), pine)]
