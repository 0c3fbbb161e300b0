"""What lies in or on a vessel beside the product: things as they are on a plate, pieces heaped in a bowl."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Values, xyz
from ecomgen.scenes.studio.primitives.types import Thing, points_of
from ecomgen.scenes.studio.props.declaration import Hollow, Prop
from ecomgen.scenes.studio.props.scatter import pieces_of, put
from ecomgen.scenes.studio.stage.shot import Shot

FULL = 0.86  # of a vessel's radius, that what lies on it takes at most
LEAST, LARGEST = 0.7, 1.6  # times as large is what lies there at least, and the vessel at most
SMALL = 0.4  # of what is heaped at most, a piece is that is heaped on a plate too
HEAPED = 0.36  # of a vessel's radius is a piece at most that is heaped
MANY, BROKEN = 5, 1.0  # as many pieces as this that are too large for a deep vessel are made smaller, to suit it so
STEMS, OVER = 0.1, 1.3  # of flowers' height that a pail hides; times its rim are those that stand on its floor
SHOWN = 0.6  # of what lies in a deep vessel as it is, that is seen over the rim
LAYERS = 3  # of a heap, the lowest below the rim
LEANING = 0.5  # radii of a piece from the wall is its middle at least, in the lowest layer
SUNK = 0.05  # radii of a piece below the rim are the middles of the lowest layer
CLOSE, RISE = 0.92, 0.74  # diameters between the pieces of a layer, and between layers


def filled(shot: Shot, vessel: Prop, content: Sequence[Thing], *, heaped: bool = True) -> list[Thing]:
    """A vessel, the first of its prop's things, with its content, whose pieces are `heaped` if they are small; as much
    larger as that wants."""
    things, hollow = vessel.build(shot), vessel.holds
    if hollow is None:
        return [*things, *content]
    if not heaped:
        return _standing(things, hollow, content)
    middle, deep = pieces_of(content), hollow.rim > 2 * hollow.floor
    reach = _reach(content, middle)
    larger = reach / (HEAPED * hollow.rim_radius)
    if deep and larger >= LARGEST and len(middle) >= MANY:
        smaller, larger = BROKEN / larger, BROKEN
        content, middle, reach = [one.scaled(smaller) for one in content], middle * smaller, reach * smaller
    if larger < (LARGEST if deep else SMALL):
        larger = max(larger, 1.0)
        return [things[0].scaled(larger), *_heap(shot, hollow.scaled(larger), content, middle, reach)]
    size, larger, (x, y, z), tall = _fitted(hollow, content)
    raised = larger * max(hollow.floor, hollow.rim - (1 - SHOWN) * tall)
    return [things[0].scaled(larger), *(thing.moved(x, y, z).scaled(size).moved(0, raised) for thing in content)]


def _standing(things: Sequence[Thing], hollow: Hollow, content: Sequence[Thing]) -> list[Thing]:
    """Flowers in a pail: tall ones, whose vase it hides, on its floor, others as high as their stems let them."""
    size, larger, (x, y, z), tall = _fitted(hollow, content)
    sunk = tall > OVER * larger * hollow.rim
    raised = larger * (hollow.floor if sunk else max(hollow.floor, hollow.rim - STEMS * tall))
    return [things[0].scaled(larger), *(thing.moved(x, y, z).scaled(size).moved(0, raised) for thing in content)]


def _fitted(hollow: Hollow, content: Sequence[Thing]) -> tuple[float, float, Values, float]:
    """How many times as large the content and the vessel are to be, so that the one fits in the other, by how much the
    content is moved to its middle, and how tall it is then."""
    points = points_of(content)
    low, high = points.min(0), points.max(0)
    middle = -0.5 * (low + high) * (1, 0, 1) - low * (0, 1, 0)
    wide = float(np.hypot(*(points + middle)[:, ::2].T).max())
    size = float(np.clip(FULL * hollow.rim_radius / wide, LEAST, 1))
    larger = float(np.clip(size * wide / (FULL * hollow.rim_radius), 1, LARGEST))
    return size, larger, middle, float(size * (high - low)[1])


def _reach(content: Sequence[Thing], middle: Values) -> float:
    """The radius of a ball as large as a piece is."""
    from scipy.spatial import KDTree

    points = points_of(content)
    away = np.abs(points - middle[KDTree(middle).query(points)[1]])
    half = np.quantile(away, 0.98, axis=0)
    return float(np.prod(np.maximum(half, 0.25 * half.max())) ** (1 / 3))


def _heap(shot: Shot, hollow: Hollow, content: Sequence[Thing], middle: Values, reach: float) -> list[Thing]:
    """The pieces again and again, each turned by chance, in layers that grow narrower above the rim."""
    from scipy.spatial.transform import Rotation

    place = _layers(shot, hollow, reach)
    hidden = place[:1].repeat(-len(place) % len(middle), axis=0)  # what is left of the last round, under the others
    heap: list[Thing] = []
    for there in np.split(np.concatenate([hidden, place]), (len(hidden) + len(place)) // len(middle)):
        heap += put(content, middle, Rotation.random(len(middle), shot.rng).as_matrix(), there)
    return heap


def _layers(shot: Shot, hollow: Hollow, reach: float) -> Values:
    """The middles of the pieces of a heap, Nx3, the lowest first and among them the one in the vessel's middle."""
    step, places = 2 * CLOSE * reach, []
    lowest = max(hollow.floor + reach, hollow.rim - SUNK * reach)
    inside = float(np.interp(lowest, (hollow.floor, hollow.rim), (hollow.radius, hollow.rim_radius))) - LEANING * reach
    for layer in range(LAYERS):
        narrower = inside - layer * reach
        if layer and narrower < 0.3 * reach:
            break
        count = int(hollow.wide * narrower / step) + 2
        row, column = (axis.ravel() for axis in np.mgrid[-count : count + 1, -count : count + 1])
        x, z = step * (column + 0.5 * (row % 2) + 0.5 * (layer % 2)), step * (0.87 * row + 0.29 * (layer % 2))
        away = np.hypot(x / hollow.wide, z)
        order = np.argsort(away)[: int((away <= max(narrower, 0.6 * step)).sum())]
        jitter = shot.rng.normal(0, 0.06 * reach, (3, len(order)))
        height = lowest + layer * 2 * RISE * reach
        places.append(xyz(x[order] + jitter[0], height + jitter[1], z[order] + jitter[2]))
    return np.concatenate(places)
