"""A crate of rough slats, upturned."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.stage.shapes import Shape, block, joined

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
