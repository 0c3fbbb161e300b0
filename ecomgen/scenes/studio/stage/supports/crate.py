"""A crate of rough slats, upturned or open; an open box of card."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, block, joined
from ecomgen.scenes.studio.primitives.types import Thing
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports.footprint import CRATE, CRATE_END, FRONT
from ecomgen.scenes.studio.stage.surfaces import material

SLAT, THICK, GAP = 0.15, 0.03, 0.02  # units: how broad and thick a slat is, and how far from the next


def upturned(width: float, height: float, depth: float) -> Shape:
    """An upturned crate about the origin, the slats of its bottom level at y = 0, its open side on y = -`height`."""
    rows = max(round(depth / (SLAT + GAP)), 2)
    broad = depth / rows - GAP
    places = (np.arange(rows) + 0.5) * depth / rows - 0.5 * depth
    slats = [block(width, THICK, broad, 0.006).moved(0, -THICK, float(z)) for z in places]
    levels = np.linspace(-THICK - GAP, -height + SLAT, max(round(height / (1.6 * SLAT)), 2))
    for y in levels.tolist():
        for side in (-0.5, 0.5):
            slats.append(block(width, SLAT, THICK, 0.006).moved(0, y - SLAT, side * (depth - THICK)))
            slats.append(block(THICK, SLAT, depth - 2 * THICK, 0.006).moved(side * (width - THICK), y - SLAT))
    posts = [
        block(2 * THICK, height - THICK, 2 * THICK, 0.006).moved(
            x * (width - 4 * THICK), -height, z * (depth - 4 * THICK)
        )
        for x in (-0.5, 0.5)
        for z in (-0.5, 0.5)
    ]
    return joined([*slats, *posts])


def opened(width: float, depth: float, *, below: float, above: float) -> Shape:
    """A crate about the origin, open above: its front ends at y = 0, its sides and its back `above` units higher."""
    front = np.arange(0, below - 0.5 * SLAT, SLAT + GAP).tolist()
    rear = np.arange(-above, below - 0.5 * SLAT, SLAT + GAP).tolist()
    across, along = block(width, SLAT, THICK, 0.006), block(THICK, SLAT, depth, 0.006)
    slats = [across.moved(0, -y - SLAT, 0.5 * depth) for y in front]
    slats += [across.moved(0, -y - SLAT, -0.5 * depth) for y in rear]
    slats += [along.moved(side * (width + THICK), -y - SLAT) for side in (-0.5, 0.5) for y in rear]
    for side in (-0.5, 0.5):
        corner = side * (width - 2.5 * THICK)
        slats.append(block(2.4 * THICK, above + below, 1.6 * THICK, 0.006).moved(corner, -below, -0.5 * depth + THICK))
        slats.append(block(2.4 * THICK, below, 1.6 * THICK, 0.006).moved(corner, -below, 0.5 * depth - THICK))
    return joined(slats)


def box(width: float, depth: float, *, below: float, above: float) -> Shape:
    """A box of card about the origin, open above: its front ends at y = 0, its sides and its back `above` higher."""
    card = 0.5 * THICK
    walls = [block(width, below, card, 0.004).moved(0, -below, 0.5 * depth)]
    walls.append(block(width, above + below, card, 0.004).moved(0, -below, -0.5 * depth))
    walls += [block(card, above + below, depth, 0.004).moved(side * width, -below) for side in (-0.5, 0.5)]
    return joined(walls)


def on_crate(shot: Shot, surface: str) -> Thing:
    """An upturned crate, its slats seen: wider than the product, or as wide as the picture where more stands on it."""
    width = shot.frame.product_width + shot.uniform(0.5, 0.8)
    depth = shot.deep + 0.35
    if shot.wish.props:
        width, depth = 2 * shot.frame.half_width(CRATE_END), max(depth, FRONT - CRATE_END)
    turn = shot.uniform(2, 5) if shot.wish.props else shot.uniform(4, 16)
    shape = upturned(width, CRATE, depth).turned(y=shot.side * turn).draped(width, depth)
    place = 0.0 if shot.wish.props else shot.frame.product_x, 0.0, FRONT - 0.5 * depth
    return Thing(shape.moved(*place), material(shot, surface, width, depth))
