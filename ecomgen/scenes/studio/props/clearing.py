"""Room for the product: a prop stands beside it, so that nothing seems to grow out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecomgen.scenes.studio.building.shot import Shot
    from ecomgen.scenes.studio.building.stage import Thing

GAP = 0.05  # units, between prop and product in the picture
LEAST = 0.16  # units of a prop that stay in the picture, however narrow it is


def beside(shot: Shot, things: Sequence[Thing]) -> list[Thing]:
    """The things of one prop, moved outwards until the product hides none of them, as far as the picture reaches."""
    frame, points = shot.frame, np.concatenate([thing.shape.points for thing in things])
    if frame.lying and not -GAP < float(np.median(points[:, 1])) < frame.product_height + GAP:
        return list(things)
    x, spread = points[:, 0], 1 - points[:, 2] / frame.distance
    left, right = shot.clear_of_product(GAP)
    reach = frame.right - LEAST
    if float((x / spread).mean()) >= frame.product_x:
        step = max(float((min(right, reach) * spread - x).max()), 0.0)
    else:
        step = min(float((max(left, -reach) * spread - x).min()), 0.0)
    return [thing.moved(step) for thing in things]
