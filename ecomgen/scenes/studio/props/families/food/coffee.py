"""What coffee is made with."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import BLACK, METRE, STEEL, assembled, circle, tint, turned, turned_body
from ecomgen.scenes.studio.primitives.shapes import Shape, block, disc, joined, lathe, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot

ALUMINIUM = Material((0.66, 0.66, 0.67), roughness=0.32, metallic=1.0)
WHITE = Material((0.82, 0.81, 0.78), roughness=0.25)


def _box(width: float, height: float, depth: float, at: tuple[float, float, float], edge: float = 0.006) -> Shape:
    """A box of so many metres on the point `at`, also in metres."""
    return block(width * METRE, height * METRE, depth * METRE, edge * METRE).moved(*(METRE * part for part in at))


@prop(
    "espresso machine, coffee machine, espresso maker, coffee machine with portafilter, barista machine, portafilter",
    "home espresso machine, espresso station, coffee station",
    place="kitchen",
    tinted=True,
)
def espresso_machine(shot: Shot) -> list[Thing]:
    """An espresso machine: its tank and head, the handle of the filter, a steam pipe, a dial, cups on top."""
    shell = joined(
        [
            _box(0.29, 0.36, 0.14, (0, 0.012, -0.08), 0.012),
            _box(0.29, 0.1, 0.28, (0, 0.272, 0), 0.012),
            _box(0.29, 0.05, 0.28, (0, 0.012, 0), 0.01),
        ]
    )
    feet = [_box(0.03, 0.012, 0.03, (x, 0, z), 0.003) for x in (-0.12, 0.12) for z in (-0.11, 0.11)]
    bars = [_box(0.007, 0.004, 0.14, (0.018 * k, 0.0615, 0.062), 0.002) for k in range(-7, 8)]
    handle = tube(np.array([(0, 0.235, z) for z in np.linspace(0.11, 0.24, 12)]) * METRE, _grip(0.013, 12), segments=16)
    knobs = [disc(0.018 * METRE, 0.02 * METRE, 0.005).turned(x=90).moved(x, 1.29, 0.56) for x in (-0.42, 0.42)]
    head = [lathe([(0, 0), (r, 0), (r, h), (0, h)]).scaled(METRE) for r, h in ((0.038, 0.045), (0.034, 0.03))]
    chrome = [head[0].moved(0, 0.23 * METRE, 0.07 * METRE), head[1].moved(0, 0.205 * METRE, 0.07 * METRE)]
    t = np.linspace(0, 1, 24)
    bend = xyz(0.115 + 0.012 * np.sin(3 * t), 0.275 - 0.16 * t, 0.1 + 0.04 * np.sin(np.pi * t))
    chrome += [tube(bend * METRE, 0.005 * METRE), tube(circle(0.026 * METRE), 0.014)]
    chrome[-1] = chrome[-1].moved(0, 1.29, 0.565)
    face = lathe([(0, 0), (0.025 * METRE, 0), (0, 0.002)]).turned(x=90).moved(0, 1.29, 0.562)
    cup = turned_body([(0, 0), (0.022, 0), (0.032, 0.02), (0.034, 0.05), (0.031, 0.05), (0.028, 0.02), (0, 0.012)])
    cups = [cup.moved(x * METRE, 0.372 * METRE, -0.07 * METRE) for x in (-0.09, -0.01, 0.07)]
    painted = Material(tint(shot, "#d8d4cb", "#2b2d30", "#b9bcbf", "#7d2f2a"), roughness=0.3)
    parts = [
        (shell, painted),
        (joined([handle, *knobs, *feet, *bars]), BLACK),
        (joined(chrome), STEEL),
        (joined([face, *cups]), WHITE),
    ]
    turn = shot.uniform(-24, 24)
    return assembled(turn, *parts)


@prop(
    "moka pot, mocha pot, cafetiere, french press, coffee maker, percolator",
    "stovetop espresso, stovetop coffee maker, italian coffee maker, bialetti",
    place="kitchen",
)
def moka_pot(shot: Shot) -> list[Thing]:
    """An eight-sided pot of aluminium with a black handle and knob."""
    below = [(0, 0), (0.047, 0), (0.048, 0.005), (0.036, 0.072), (0.038, 0.08)]
    above = [(0.04, 0.082), (0.034, 0.09), (0.047, 0.158), (0.048, 0.162), (0.012, 0.178), (0, 0.178)]
    body = turned([*below, *above], segments=8)
    faceted = Shape(points=body.points, faces=body.faces, uv=body.uv, smooth=False)
    spout = tube(np.array([(-0.036, 0.128, 0), (-0.05, 0.15, 0), (-0.062, 0.165, 0)]) * METRE, [0.07, 0.05, 0.02])
    path = np.array([(0.044, 0.15, 0), (0.078, 0.152, 0), (0.09, 0.138, 0), (0.086, 0.09, 0)]) * METRE
    knob = turned_body([(0.004, 0.178), (0.009, 0.185), (0.011, 0.197), (0, 0.2)])
    black = joined([tube(path, [0.034, 0.04, 0.042, 0.034]), knob])
    turn = shot.uniform(-35, 35)
    parts = ((joined([faceted, spout]), ALUMINIUM), (black, BLACK))
    return assembled(turn, *parts)


def _grip(radius: float, count: int) -> np.ndarray:
    """The radii of a handle: slim where it begins, full, rounded at its end."""
    t = np.linspace(0, 1, count)
    return radius * METRE * (0.6 + 0.4 * np.minimum(3 * t, 1)) * np.sqrt(np.clip((1.02 - t) * 9, 0, 1))
