"""Where props stand: strewn, in clusters, beside the product so that nothing seems to grow out of it, on the ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.shapes import Shape, Values, joined, xyz
from ecomgen.scenes.studio.primitives.types import Thing, points_of
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports.footprint import Footprint

BARE = 0.06  # units round the product's foot in which nothing is strewn
GAP = 0.08  # units, between prop and product in the picture
RELIEF = 10_000  # points: ground of fewer is flat
TOUCHING, HEAPED = 0.002, 0.04  # units: so high lies what touches the ground, and what lies on other things
FLAT = 0.1  # units: what is no higher lies on each fold of a cloth by itself
EDGE = 0.03  # units of a plinth's rim on which nothing lies
NEAR = 1.2  # times as far as a piece reaches, smaller ones are its own
SUNK = 0.012  # units by which a thing sinks into natural ground


def cluster(shot: Shot, count: int, gap: float) -> list[tuple[float, float]]:
    """`count` places (x, z) close together, about `gap` units apart, the first in the middle (sunflower spiral)."""
    start = shot.uniform(0, 360)
    places = []
    for k in range(count):
        reach, angle = 0.72 * gap * k**0.5, np.radians(start + 137.5 * k)
        jitter = 0.0 if k == 0 else 0.08 * gap
        places.append(
            (
                float(reach * np.cos(angle)) + shot.uniform(-jitter, jitter),
                float(reach * np.sin(angle)) + shot.uniform(-jitter, jitter),
            )
        )
    return places


def around(shot: Shot, count: int, *, reach: float = 0.75) -> list[tuple[float, float]]:
    """Places (x, z) strewn round the product's foot, denser close by, never under it, nor on the calm side."""
    half = 0.5 * shot.frame.product_width + BARE
    angle = shot.rng.uniform(0, 2 * np.pi, count)
    far = shot.rng.gamma(1.6, 0.36 * reach, count)
    x = shot.frame.product_x + (half + far) * np.cos(angle)
    z = -0.2 + (0.42 + 0.8 * far) * np.sin(angle)
    calm = {"left": -1, "right": 1}.get(shot.wish.space or "", 0)
    kept = (x - shot.frame.product_x) * calm <= 0.5 * half
    return [(float(a), float(b)) for a, b in zip(x[kept], z[kept], strict=True)]


def apart(places: Sequence[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Those of the places at which things `gap` units wide do not run into those before them."""
    kept: list[tuple[float, float]] = []
    for place in places:
        if all(np.hypot(place[0] - x, place[1] - z) > gap for x, z in kept):
            kept.append(place)
    return kept


def strewn(shot: Shot, moulds: Sequence[Shape], places: Sequence[tuple[float, float]], size: float) -> Shape:
    """One of the moulds at each place, turned about by chance, `size` times as large give or take a sixth."""
    return joined(
        [
            moulds[int(shot.rng.integers(len(moulds)))]
            .turned(y=shot.uniform(0, 360))
            .scaled(size * shot.uniform(0.85, 1.17))
            .moved(x, 0, z)
            for x, z in places
        ]
    )


def lying(things: Sequence[Thing], far: float) -> list[Thing]:
    """Strewn things on something even that ends at z = `far`: each piece touches it, and none lies beyond its end."""
    return [replace(thing, shape=shape) for thing in things if len((shape := _lying(thing.shape, far)).faces)]


def in_the_air(shot: Shot, things: Sequence[Thing]) -> list[Thing]:
    """The strewn things of one prop as they fly: each piece turned by chance, at a height of its own in the picture.

    What is in one place, as a strawberry and its leaves, stays together.
    """
    from scipy.spatial.transform import Rotation

    middle = pieces_of(things)
    turn = Rotation.random(len(middle), shot.rng).as_matrix()
    height = [shot.frame.high(shot.uniform(shot.frame.bottom, shot.frame.top), z) for z in middle[:, 2]]
    return put(things, middle, turn, xyz(middle[:, 0], height, middle[:, 2]))


def pieces_of(things: Sequence[Thing]) -> NDArray[np.float64]:
    """The middles, Nx3, of the pieces of one prop; what is in a larger one, as a strawberry's leaves, is its own."""
    found = [(_middles(thing.shape, piece), piece, thing.shape) for thing in things for piece in [_pieces(thing.shape)]]
    middle = np.concatenate([each for each, _, _ in found])
    half = np.concatenate([_halves(shape, piece, each) for each, piece, shape in found])
    taken: list[int] = []
    for one in np.argsort(-half.sum(1), kind="stable"):
        if all((np.abs(middle[one] - middle[other]) > NEAR * half[other]).any() for other in taken):
            taken.append(int(one))
    return middle[sorted(taken)]


def _halves(shape: Shape, piece: NDArray[np.int32], middle: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each piece reaches from its middle along the axes, Nx3."""
    half = np.zeros(middle.shape)
    np.maximum.at(half, piece, np.abs(shape.points - middle[piece]))
    return half


def put(things: Sequence[Thing], middle: Values, turn: Values, place: Values) -> list[Thing]:
    """The pieces about each `middle`, Nx3, turned by the rotations `turn`, Nx3x3, and moved to `place`, Nx3."""
    from scipy.spatial import KDTree

    moved = []
    for thing in things:
        piece = _pieces(thing.shape)
        with_ = np.asarray(KDTree(middle).query(_middles(thing.shape, piece))[1])[piece]
        points = np.einsum("nij,nj->ni", turn[with_], thing.shape.points - middle[with_]) + place[with_]
        known = thing.shape.known_normals
        known = None if known is None else np.einsum("nij,nj->ni", turn[with_], known)
        moved.append(replace(thing, shape=replace(thing.shape.through(points), known_normals=known)))
    return moved


def clear_of(things: Sequence[Thing], place: Footprint | None, x: float) -> list[Thing]:
    """Strewn things without the pieces that would lie in the round `place` about `x`."""
    if place is None:
        return list(things)
    return [replace(thing, shape=shape) for thing in things if len((shape := _clear(thing.shape, place, x)).faces)]


def round_plinth(things: Sequence[Thing], place: Footprint, x: float, high: float) -> list[Thing]:
    """Strewn things round a plinth about `x` that is so `high`, and on it; none lies across its edge."""
    return [replace(thing, shape=_on_plinth(thing.shape, place, x, high)) for thing in things]


def _on_plinth(shape: Shape, place: Footprint, x: float, high: float) -> Shape:
    piece = _pieces(shape)
    away = np.hypot(shape.points[:, 0] - x, shape.points[:, 2] - place.z)
    nearest, farthest = np.full(int(piece.max()) + 1, np.inf), np.zeros(int(piece.max()) + 1)
    np.minimum.at(nearest, piece, away)
    np.maximum.at(farthest, piece, away)
    on = farthest < place.radius - EDGE
    kept = on | (nearest > place.radius)
    raised = shape.through(shape.points + np.outer(high * on[piece], (0, 1, 0)))
    return replace(raised, faces=shape.faces[kept[piece[shape.faces[:, 0]]]])


def _clear(shape: Shape, place: Footprint, x: float) -> Shape:
    piece = _pieces(shape)
    away = np.hypot(shape.points[:, 0] - x, shape.points[:, 2] - place.z)
    nearest = np.full(int(piece.max()) + 1, np.inf)
    np.minimum.at(nearest, piece, away)
    return replace(shape, faces=shape.faces[nearest[piece[shape.faces[:, 0]]] > place.radius])


def _lying(shape: Shape, far: float) -> Shape:
    piece = _pieces(shape)
    count = np.bincount(piece)
    low = np.full(len(count), np.inf)
    np.minimum.at(low, piece, shape.points[:, 1])
    fall = np.where(low < HEAPED, np.maximum(low - TOUCHING, 0), 0)
    there = np.bincount(piece, shape.points[:, 2]) / count >= far
    points = shape.points - np.outer(fall[piece], (0, 1, 0))
    return replace(shape.through(points), faces=shape.faces[there[piece[shape.faces[:, 0]]]])


def draped(things: Sequence[Thing], cloth: Shape) -> list[Thing]:
    """Things with every piece of what is flat, as a string of pearls or petals are, on the folds under it."""
    from scipy.spatial import KDTree

    under = KDTree(cloth.points[:, [0, 2]])

    def laid(shape: Shape) -> Shape:
        piece = _pieces(shape)
        high = cloth.points[under.query(_middles(shape, piece)[:, [0, 2]])[1], 1]
        return shape.through(shape.points + np.outer(high[piece], (0, 1, 0)))

    flat = [float(thing.shape.points[:, 1].max()) < FLAT for thing in things]
    return [replace(thing, shape=laid(thing.shape)) if low else thing for thing, low in zip(things, flat, strict=True)]


def _middles(shape: Shape, piece: NDArray[np.int32]) -> NDArray[np.float64]:
    """The middle of each piece, Nx3."""
    return np.stack([np.bincount(piece, shape.points[:, k]) for k in range(3)], -1) / np.bincount(piece)[:, None]


def _pieces(shape: Shape) -> NDArray[np.int32]:
    """The number of the piece that each point belongs to; faces join their points, and points at one place are one."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    places, at = np.unique(shape.points.round(6), axis=0, return_inverse=True)
    a, b, c = at.ravel()[shape.faces.T]
    links = coo_array((np.ones(2 * len(a), bool), (np.r_[a, b], np.r_[b, c])), shape=(len(places),) * 2)
    return connected_components(links, directed=False)[1][at.ravel()]


def resting(things: Sequence[Thing], ground: Shape, floor: float) -> list[Thing]:
    """The things of one prop, which stand at the height `floor`, on the uneven `ground` under the middle of them."""
    if len(ground.points) < RELIEF:
        return list(things)
    points = points_of(things)
    foot = points[points[:, 1] < max(floor, points[:, 1].min()) + 0.1][:, [0, 2]]  # of what flies, what is below it
    low, high = foot.min(0) - 0.02, foot.max(0) + 0.02
    where = ground.points[:, [0, 2]]
    under = ground.points[((where > low) & (where < high)).all(1), 1]
    if not len(under):
        return list(things)
    return [thing.moved(0, float(np.median(under)) - SUNK - floor) for thing in things]
