"""Where what grows stands: all over the land, denser near the camera, laid aside where the product stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio.grounds.relief import FAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.scenes.studio.stage.shot import Shot

    Values = NDArray[np.floating[Any]]


def sown(shot: Shot, count: int, *, far: float = FAR + 0.5, together: int = 12, apart: float = 0.03) -> Values:
    """`count` places, Nx3 with y = 0, in tufts of so many `together`, as far `apart` as that, in units."""
    near = shot.frame.nearest + 0.3
    z = near + (far - near) * shot.rng.random(count) ** 1.9
    half = shot.frame.right * 1.15 * (shot.frame.distance - z) / shot.frame.distance
    x = shot.rng.uniform(-1, 1, count) * half
    tuft = shot.rng.normal(0, apart, (count // together + 1, 2)).repeat(together, 0)[:count]
    return np.stack([x + tuft[:, 0], np.zeros(count), z + tuft[:, 1]], -1)


def visible(places: Values) -> Values:
    """How wide blades are at least at the `places` (Nx3), N: the farther, the wider, so that few look like many."""
    return 0.0025 + 0.0045 * np.clip(-places[:, 2] / 6, 0, 2)


def covered(shot: Shot, places: Values) -> NDArray[np.bool_]:
    """Which places may lie under what the product stands on."""
    reach = 0.65 * shot.frame.product_width + 0.85
    return np.hypot(places[:, 0] - shot.frame.product_x, places[:, 2] + 0.2) < reach


def ending_below(shot: Shot, places: Values) -> Values:
    """How tall what grows before a foot may be, N: its tips reach just to where the product begins in the picture."""
    dx, dz = shot.from_foot(places[:, 0], places[:, 2])
    before = np.clip(dz, 0, None) * shot.frame.eye / shot.frame.distance
    least = 0.02 + 0.03 * shot.rng.random(len(places))
    beside = np.clip(np.abs(dx) - 0.02, 0, None)
    return np.where(dz > 0, least + 1.1 * before + 1.5 * beside, np.inf)
