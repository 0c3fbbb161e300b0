"""How props are told their number, their colour and their places. Props are modelled in metres times `METRE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.stage.shapes import Shape, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecomgen.scenes.studio.stage.shot import Shot


def cluster(shot: Shot, count: int, gap: float) -> list[tuple[float, float]]:
    """`count` places (x, z) close together, about `gap` units apart, the first in the middle (sunflower spiral)."""
    start = shot.between(0, 360)
    places = []
    for k in range(count):
        reach, angle = 0.72 * gap * k**0.5, np.radians(start + 137.5 * k)
        jitter = 0.0 if k == 0 else 0.08 * gap
        places.append(
            (
                float(reach * np.cos(angle)) + shot.between(-jitter, jitter),
                float(reach * np.sin(angle)) + shot.between(-jitter, jitter),
            )
        )
    return places


def around(shot: Shot, count: int, *, reach: float = 0.75, gap: float = 0.06) -> list[tuple[float, float]]:
    """Places (x, z) strewn round the product's foot, denser close by, never under it, nor on the calm side."""
    half = 0.5 * shot.frame.product_width + gap
    angle = shot.rng.uniform(0, 2 * np.pi, count)
    far = shot.rng.gamma(1.6, 0.36 * reach, count)
    x = shot.frame.product_x + (half + far) * np.cos(angle)
    z = -0.2 + (0.42 + 0.8 * far) * np.sin(angle)
    calm = {"left": -1, "right": 1}.get(shot.wish.space or "", 0)
    kept = (x - shot.frame.product_x) * calm <= 0.5 * half
    return [(float(a), float(b)) for a, b in zip(x[kept], z[kept], strict=True)]


def strewn(shot: Shot, moulds: Sequence[Shape], places: Sequence[tuple[float, float]], size: float) -> Shape:
    """One of the moulds at each place, turned about by chance, `size` times as large give or take a sixth."""
    return joined(
        [
            moulds[int(shot.rng.integers(len(moulds)))]
            .turned(y=shot.between(0, 360))
            .scaled(size * shot.between(0.85, 1.17))
            .moved(x, 0, z)
            for x, z in places
        ]
    )
