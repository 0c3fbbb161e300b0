"""How props are told their number, their colour and their places. Props are modelled in metres times `METRE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.stage.palette import hexadecimal
from ecomgen.scenes.studio.stage.shapes import Shape, joined, lathe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Colour, Thing

    Prop = Callable[[Shot], list[Thing]]

METRE = 4.0  # units in a metre beside a product of a quarter of a metre; `likely_size` suits them to others


def tint(shot: Shot, *usual: str) -> Colour:
    """The wished colour of props, else one of the usual ones; linear."""
    return hexadecimal(shot.wish.prop_colour or shot.pick(*usual))


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


def rounded(profile: Sequence[tuple[float, float]], *, times: int = 3) -> list[tuple[float, float]]:
    """A profile with its corners cut `times` times (Chaikin), so that no edge is sharp."""
    points = np.asarray(profile, dtype=float)
    for _ in range(times):
        near, far = 0.75 * points[:-1] + 0.25 * points[1:], 0.25 * points[:-1] + 0.75 * points[1:]
        points = np.concatenate([points[:1], np.stack([near, far], 1).reshape(-1, 2), points[-1:]])
    return [(float(r), float(h)) for r, h in points]


def turned_body(profile: Sequence[tuple[float, float]]) -> Shape:
    """A rounded profile in metres, (radius, height), turned on the lathe."""
    return lathe([(r * METRE, h * METRE) for r, h in rounded(profile)])


def lobed(shape: Shape, lobes: int, depth: float) -> Shape:
    """A turned body with `lobes` grooves from top to bottom, `depth` of its radius deep."""
    points = shape.points.astype(np.float64)
    angle = np.arctan2(points[:, 0], points[:, 2])
    points[:, [0, 2]] *= (1 - depth * (1 - np.abs(np.cos(0.5 * lobes * angle)) ** 0.7))[:, None]
    return Shape(points=points.astype(np.float32), faces=shape.faces, uv=shape.uv)


def fruit(radius: float, *, tall: float = 0.92, dimple: float = 0.22, taper: float = 0.0) -> Shape:
    """A round fruit of `radius` metres standing on y = 0, dimpled above and below; `taper` narrows its foot."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 41)
    r = np.cos(angle) ** 0.92 * (1 + taper * np.sin(angle))
    h = tall * np.sin(angle)
    h = h - np.sign(h) * dimple * np.exp(-((r / 0.34) ** 2)) * np.where(h > 0, 1, 0.5)
    outline = np.stack([np.maximum(r, 0), h - h.min()], -1) * radius * METRE
    return lathe([(float(a), float(b)) for a, b in outline])
