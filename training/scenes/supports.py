"""What a product stands on, or who carries it."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from training.noise import spectral
from training.products.finishes import Colour, Look, Parts, make_look, moved, near, part
from training.products.vessels import turned_solid
from training.scenes import neighbours
from training.scenes.camera import extent, triple
from training.scenes.crowds import Crowd
from training.shapes import box, sheet


def carried(product: Parts, rng: Generator, tone: Colour, crowd: Crowd) -> tuple[float, Parts]:
    """What is under the product in some scenes, or who carries it; how high that lifts it first."""
    low, high = extent(product)
    reach = float(max(high[0] - low[0], high[1] - low[1])) / 2
    if crowd.worn and rng.random() < crowd.worn:
        top = float(rng.uniform(0.8, 1.8))
        return top, moved(neighbours.wearer(make_look(rng), triple(low), triple(high)), 0, 0, top)
    if rng.random() > crowd.support:
        return 0.0, []
    look = make_look(rng, near(rng, product[0].finish.colours[0], 0.15) if rng.random() < 0.35 else tone)
    if crowd.furniture and rng.random() < crowd.furniture:
        return neighbours.SUPPORTS[int(rng.integers(len(neighbours.SUPPORTS)))](look, reach)
    return _support(rng, look, reach)


def _support(rng: Generator, look: Look, reach: float) -> tuple[float, Parts]:
    """Something to stand on: a block, a plinth, a plate, books, a cloth; its height first."""
    kind, height = int(rng.integers(5)), float(rng.uniform(0.03, 0.5))
    finish = look.any_of("hard", "hard", "soft", "metal")
    if kind == 0:
        return height, [
            part(box(reach * 2 * rng.uniform(0.9, 1.8), reach * 2 * rng.uniform(0.9, 1.6), height, 0.02), finish)
        ]
    if kind == 1:
        radius = reach * float(rng.uniform(1.0, 1.6))
        return height, [part(turned_solid([radius, radius], [0, height], rounding=0.01), finish)]
    if kind == 2:
        radius, height = reach * float(rng.uniform(1.1, 1.8)), 0.06
        return height * 0.6, [part(turned_solid([radius * 0.6, radius], [0, height], rounding=0.02), finish)]
    if kind == 3:
        books = [
            part(
                box(reach * 2.4, reach * 2, 0.1, 0.01).turned(z=float(rng.normal(0, 10))).moved(z=0.1 * row),
                make_look(rng).printed(),
            )
            for row in range(int(rng.integers(1, 4)))
        ]
        return 0.1 * len(books), books
    cloth = sheet(
        reach * float(rng.uniform(2.5, 5)),
        reach * float(rng.uniform(2.5, 4)),
        heights=spectral(rng, (40, 40), falloff=2).astype(np.float64),
        fold=0.008,
    )
    return 0.02, [part(cloth.turned(z=float(rng.uniform(0, 90))).moved(z=0.012), look.soft())]
