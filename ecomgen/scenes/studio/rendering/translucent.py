"""Glass, jelly, gauze: products whose matte lets the set shine through, and whose shadow is lighter and coloured."""

from __future__ import annotations

import numpy as np

from ecomgen.color import to_linear
from ecomgen.morphology import eroded
from ecomgen.scenes.studio.primitives.types import Light
from ecomgen.types import Box, Pixels

RIM = 0.02  # of the larger side: within it of the outline, a soft matte is but an edge
CLEAR = 0.92  # below this opacity a pixel lets light through
ENOUGH = 0.04  # of the product must, or it counts as opaque
FAINTEST = 20  # of 255: what is fainter is no part of the product
STAINED = 0.75  # of the light that passes takes the product's colour
PASSING = 0.85  # of the light a clear glass lets pass; the rest is reflected or bent away


def transmitted(product: Pixels, box: Box) -> Light | None:
    """The share of light that passes through a placed product (HxWx4), linear RGB; None for an opaque one."""
    crop = product[box.slices]
    silhouette = crop[..., 3] >= FAINTEST
    reach = max(int(RIM * max(silhouette.shape)), 2)
    inside = eroded(np.pad(silhouette, 1), reach)[1:-1, 1:-1]
    opacity = crop[..., 3].astype(np.float32) / 255
    clear = inside & (opacity < CLEAR)
    if clear.sum() < max(ENOUGH * inside.sum(), 16):
        return None
    colour = to_linear(crop[..., :3])[clear]
    stain = colour / np.maximum(colour.max(-1, keepdims=True), 1e-3)
    passing = (1 - opacity[clear])[:, None] * (1 + STAINED * (stain - 1))
    return (PASSING * passing.sum(0) / inside.sum()).astype(np.float32)


def solid(product: Pixels) -> Pixels:
    """The product (HxWx4) as opaque as its silhouette: what its stand-in is made of."""
    opaque = np.where(product[..., 3] >= FAINTEST, 255, 0).astype(np.uint8)
    return np.dstack([product[..., :3], opaque])
