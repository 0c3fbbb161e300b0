"""A square bale of straw, tied twice, stalks sticking out of it."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, block, joined, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing, Values
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports.footprint import CRATE, CRATE_END, FRONT

STRAW, SHADED, TWINE = (0.56, 0.42, 0.19), (0.42, 0.3, 0.13), (0.3, 0.22, 0.12)
STALK = 0.17, 0.0022  # metres: how long one is, and half as thick
MOST = 2600  # stalks
BALE = 1.0, 0.5  # metres: how wide and deep one is at least on which the product stands


def bale(shot: Shot, *, size: tuple[float, float, float], units_per_metre: float) -> list[Thing]:
    """A bale of this width, height and depth about the origin, its top at y = 0."""
    width, height, depth = size
    grain = spectral(shot.rng, (400, 400), falloff=0.7, stretch=(1.0, 6.0))
    colour = (np.asarray(SHADED) * (1 + 0.3 * np.clip(grain, -2, 2))[..., None]).astype(np.float32)
    body = (
        block(width, height, depth, 0.06 * height)
        .moved(0, -height)
        .draped(0.25 * units_per_metre, 0.25 * units_per_metre)
    )
    stalks, ends = _lying(shot, size, units_per_metre), _cut(shot, size, units_per_metre)
    half = np.array([(0.006, -0.5), (0.006, 0.5), (-height, 0.5), (-height, -0.5), (0.006, -0.5)])
    ties = [
        tube(xyz(x, half[:, 0], half[:, 1] * (depth + 0.01)), 0.004 * units_per_metre)
        for x in (-0.23 * width, 0.23 * width)
    ]
    return [
        Thing(body, Material(np.clip(colour, 0, 1), roughness=0.9)),
        Thing(joined([*stalks, *ends]), Material(STRAW, roughness=0.75)),
        Thing(joined(ties), Material(TWINE, roughness=0.9)),
    ]


def _lying(shot: Shot, size: tuple[float, float, float], units_per_metre: float) -> list[Shape]:
    """Stalks pressed flat on the top and on the sides that are seen, mostly across it."""
    width, height, depth = size
    long, thick = (units_per_metre * part for part in STALK)
    count = min(MOST, int(9 * (width * depth + width * height) / (2 * long * thick * 4)))
    made = []
    for _ in range(count):
        turn, front = shot.rng.normal(90, 40), shot.rng.random() < height / (height + depth)
        stalk = tube(_bent(shot, long), thick * shot.uniform(0.6, 1.2), segments=5)
        if front:
            lean = shot.rng.normal(0, 30)
            under = 0.5 * long * abs(np.sin(np.radians(lean)))  # so that none rises above the edge
            at = shot.uniform(-0.5, 0.5) * width, -under - shot.uniform(0.02, 1) * height, 0.5 * depth
            made.append(stalk.turned(z=lean).moved(*at))
        else:
            at = shot.uniform(-0.5, 0.5) * width, -0.6 * thick, shot.uniform(-0.5, 0.5) * depth
            made.append(stalk.turned(y=turn).moved(*at))
    return made


def _cut(shot: Shot, size: tuple[float, float, float], units_per_metre: float) -> list[Shape]:
    """Ends that stick out of the front and over the edge."""
    width, height, depth = size
    long, thick = (units_per_metre * part for part in STALK)
    made = []
    for _ in range(int(60 * width / units_per_metre) + 40):
        stalk = tube(_bent(shot, 0.35 * long), thick, segments=5)
        at = shot.uniform(-0.5, 0.5) * width, shot.uniform(-1, -0.08) * height, 0.5 * depth
        made.append(stalk.turned(y=shot.uniform(50, 130), x=shot.uniform(0, 60)).moved(*at))
    return made


def _bent(shot: Shot, long: float) -> Values:
    t = np.linspace(-0.5, 0.5, 4)
    return xyz(long * t, 0, long * shot.uniform(-0.12, 0.12) * t**2)


def on_bale(shot: Shot) -> list[Thing]:
    """A bale of straw, as large as one is or as the product needs."""
    width, depth = (part * shot.units_per_metre for part in BALE)
    width = max(width, shot.frame.product_width + 0.6, 2 * shot.frame.half_width(CRATE_END) if shot.wish.props else 0)
    depth = max(depth, FRONT - CRATE_END, shot.deep + 0.35)
    made = bale(shot, size=(width, CRATE, depth), units_per_metre=shot.units_per_metre)
    turn, front = shot.side * shot.uniform(2, 8), FRONT + shot.uniform(0.02, 0.12)
    return [thing.turned(y=turn).moved(shot.frame.product_x, 0, front - 0.5 * depth) for thing in made]
