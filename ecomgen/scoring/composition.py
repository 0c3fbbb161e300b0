"""How a picture is composed: what is behind the product, how it stands out from that, how much room is beside it.

It is no score: between pictures whose scores are alike it decides which comes first.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_lab
from ecomgen.morphology import dilated
from ecomgen.types import Pixels, Placement

SMALL = 192  # pixels of the longer side at which it is looked at
BUSY = 6.0  # lightness that changes between neighbours there, at which a place is two thirds short of calm
APART = 45.0  # mean ΔE76 of product and surroundings that is as much as one could wish
ROUND = 0.12  # of the product's height, that counts as behind or beside it
FREE = 0.05  # of a third of the picture: where the product covers less, the third is room


def composed(picture: Pixels, placement: Placement) -> dict[str, float]:
    """Each in [0, 1]: `calm`, `contrast` and `room`; none where no product is seen."""
    height, width = picture.shape[:2]
    scale = SMALL / max(height, width)
    size = max(round(width * scale), 3), max(round(height * scale), 3)
    small = cv2.resize(np.ascontiguousarray(picture[..., :3]), size, interpolation=cv2.INTER_AREA)
    alpha = cv2.resize(placement.product[..., 3], size, interpolation=cv2.INTER_AREA)
    lab = to_lab(small)
    inside, rim = alpha > 127, dilated(alpha > 12, 1)
    if not inside.any():
        return {}
    reach = max(round(ROUND * placement.box.height * scale), 2)
    around = dilated(inside, reach) & ~rim
    around[min(max(int(placement.contact_y * scale), 1), size[1] - 1) :] = False
    if not around.any():
        return {}
    thirds = (slice(size[0] * k // 3, size[0] * (k + 1) // 3) for k in range(3))
    edges = np.abs(np.gradient(lab[..., 0], axis=0)) + np.abs(np.gradient(lab[..., 0], axis=1))
    apart = np.linalg.norm(lab[inside].mean(0) - lab[around].mean(0))
    return {
        "calm": _calm(edges[around]),
        "contrast": float(np.clip(apart / APART, 0, 1)),
        "room": max((_calm(edges[:, part]) for part in thirds if rim[:, part].mean() < FREE), default=0.0),
    }


def _calm(edges: NDArray[np.floating[Any]]) -> float:
    return float(np.exp(-edges.mean() / BUSY))
