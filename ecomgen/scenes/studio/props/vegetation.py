"""What grows round a set: ferns and bamboo beside and behind the product, leaves close to the lens."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.props.plants import fronds, leaf, mottled, shades
from ecomgen.scenes.studio.stage.shapes import lathe
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.types import Material, Thing


def undergrowth(shot: Shot, *, count: int = 9) -> list[Thing]:
    """Ferns on both sides of the product and behind it."""
    found = []
    left, right = shot.clear_of_product(0.3)
    for number in range(count):
        z = -shot.between(0.7, 3.2)
        side = -1.0 if number % 2 else 1.0
        inner = right if side > 0 else -left
        x = shot.frame.at(side * shot.between(inner, max(shot.frame.right * 1.15, inner + 0.2)), z)
        shape = fronds(shot.rng, shot.between(0.55, 0.95)).moved(x, -0.14, z)
        green = Material(colour=shades(shot.rng, (0.06, 0.12, 0.035)), roughness=0.5)
        found.append(Thing(shape=shape, material=green))
    return found


def foreground_leaves(shot: Shot) -> list[Thing]:
    """A few leaves hanging into a corner of the picture, close to the lens and out of focus."""
    side = -shot.order if shot.wish.space is None else (1.0 if shot.wish.space == "left" else -1.0)
    z = 0.42 * shot.frame.distance
    things = []
    for _ in range(4):
        size = shot.between(0.22, 0.4)
        x = shot.frame.at(side * shot.frame.right * shot.between(0.85, 1.1), z)
        y = shot.frame.eye + (shot.frame.top - shot.frame.eye) * shot.frame.spread(z) * shot.between(0.7, 1.05)
        shape = (
            leaf(size, 0.4 * size).turned(x=shot.between(-30, 30), z=180 + side * shot.between(-10, 70)).moved(x, y, z)
        )
        things.append(
            Thing(shape=shape, material=Material(colour=tuple(np.array([0.09, 0.20, 0.05]) * shot.between(0.7, 1.6))))
        )
    return things


def grove(shot: Shot) -> list[Thing]:
    """Bamboo behind the product, as tall as the picture: canes with pale knots, leaves above."""
    canes, blades = [], []
    for _ in range(30):
        z = -shot.between(1.3, 5.0)
        x = shot.between(-1.1, 1.1) * shot.frame.half_width(z)
        tall, thick = 1.3 * shot.frame.top * shot.frame.spread(z) + 0.5, shot.between(0.03, 0.055)
        h = np.linspace(-0.3, tall, 120)
        knot = np.abs(((h / 0.36 + shot.between(0, 1)) % 1) - 0.5) > 0.475
        girth = thick * np.where(knot, 1.13, 1.0)
        cane = lathe([(float(r), float(y)) for r, y in zip(girth, h, strict=True)], segments=16)
        canes.append(cane.turned(x=shot.between(-3, 3), z=shot.between(-4, 4)).moved(x, 0, z))
        for y in shot.rng.uniform(0.5, 1.0, 9) * tall:
            blade = leaf(shot.between(0.25, 0.42), 0.05, curl=0.5, rows=7).turned(x=shot.between(70, 130))
            blades.append(blade.turned(y=shot.between(0, 360)).moved(x + shot.between(-0.2, 0.2), float(y), z))
    return [
        Thing(shape=mottled(shot.rng, canes), material=Material(colour=shades(shot.rng, (0.20, 0.27, 0.075)))),
        Thing(shape=mottled(shot.rng, blades), material=Material(colour=shades(shot.rng, (0.14, 0.25, 0.055)))),
    ]
