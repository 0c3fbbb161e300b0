"""What speaks for each small patch of a photo to change sides with a click.

Signs are read off the mask, the colours, and the shipped network, which is told of the clicks; their weights were
fitted on simulated clicks on renders that the network never saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import cv2
import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from ecomgen.masking.cache import held, key_of
from ecomgen.masking.graphcut.superpixels import Division, divide, lab
from ecomgen.types import Point

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from ecomgen.masking.graphcut.superpixels import Floats, Superpixels
    from ecomgen.types import BoolMask, Matte, Pixels

    Signs = dict[str, NDArray[np.floating[Any]]]  # each HxW
    Network = Callable[[Pixels, Sequence[Point]], Matte]
    """A small photo and clicks on it to the log-odds that each pixel is product, HxW."""

PATCHES = Division(patches=1500, rounds=5)
MOST_ODDS = 6.0  # log-odds at which the network is held
MOST_HEARD = 4.0  # log-odds that clicks may have changed in it
LIGHTNESS = 0.7  # lightness counts less than hue: shading is not a change of material
COLOUR = 12.0  # CIELAB units
FARTHEST = 8.0  # in units of the click's depth
NEAREST = 2.0  # pixels: the least depth of a click
NEIGHBOUR = 3.0  # units of the depth, within which another click counts
RARE = 1e-3  # share of a colour that is never called unseen
SURE, SURE_ODDS = 0.5, 1.4  # share of a patch in the mask, and log-odds of the network, from which its colour is learnt
CERTAIN = 4.0  # log-odds from which the network is certain
OF_THE_OTHER = 1.0  # log-odds from which a colour is the other side's

DEEP, FAR = 2.0, 4.0  # units of depth
FIXED = {"deeper": -2.0, "farther": -0.4}  # log-odds a unit beyond them: nobody clicks at the rim of what is wrong
PROPOSED = 1.5  # log-odds, where another proposal is right at every click, for what it says


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Of the signs, in log-odds."""

    intercept: float
    signs: Mapping[str, float]


OBEYED = Weights(  # the network, told of the click, agrees with it
    intercept=2.404,
    signs={
        "told": 0.613,
        "heard": 0.06,
        "way": -0.083,
        "signed": -0.3,
        "colour": -0.408,
        "away": -0.144,
        "model": 0.153,
        "friend": -0.35,
        "opponent": 0.477,
    },
)
UNHEARD = Weights(  # it does not
    intercept=5.548,
    signs={
        "told": 0.55,
        "heard": 0.269,
        "way": -0.296,
        "signed": -0.735,
        "colour": -0.293,
        "away": -0.306,
        "model": 0.028,
        "friend": -0.915,
        "opponent": 0.485,
    },
)
BLIND = Weights(  # there is none
    intercept=5.01,
    signs={"signed": -1.045, "colour": -0.519, "away": -0.246, "model": 0.278, "friend": -0.641},
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Look:
    """A small copy of a photo's part, uint8 HxWx3, in its patches, and the mask there as it was."""

    photo: Pixels
    mask: BoolMask
    network: Network | None
    proposal: BoolMask | None = None  # another mask, which is right at every click

    @cached_property
    def patches(self) -> Superpixels:
        key = key_of("patches", self.photo, PATCHES)
        return held(key, lambda: divide(self.photo, PATCHES), lambda made: made.nbytes)

    @cached_property
    def colours(self) -> Matte:
        """CIELAB of the smoothed photo, float32 HxWx3, in which lightness counts for less."""
        smooth = np.asarray(cv2.bilateralFilter(self.photo, 5, 25, 5), dtype=np.uint8)
        return (lab(smooth) * np.array((LIGHTNESS, 1, 1))).astype(np.float32)

    @cached_property
    def share(self) -> Floats:
        """Of each patch, that is in the mask."""
        return self.patches.average(self.mask)

    def patch(self, point: Point) -> int:
        return int(self.patches.labels[point.y, point.x])

    def odds(self, points: Sequence[Point]) -> Matte | None:
        """What the network, told of these clicks, thinks of each pixel, in log-odds."""
        return None if self.network is None else self.network(self.photo, points)


def for_the_click(look: Look, points: Sequence[Point]) -> Matte:
    """Log-odds, HxW, that each pixel belongs on the side that the last of the clicks says.

    -inf where the network is certain that it does not, and its colour says the same.
    """
    signs = signs_of(look, points)
    odds = _sum(signs, _weights(look, points, signs))
    if look.proposal is not None:
        odds += PROPOSED * np.where(look.proposal == points[-1].inside, 1, -1)
    if "told" in signs:
        odds[(signs["told"] < -CERTAIN) & (signs["model"] < -OF_THE_OTHER)] = -np.inf
    return odds


def agrees(look: Look, points: Sequence[Point], signs: Signs) -> bool:
    """Whether the network, told of the clicks, agrees with the last one."""
    return bool(look.patches.average(signs["told"])[look.patch(points[-1])] >= 0)


def signs_of(look: Look, points: Sequence[Point]) -> Signs:
    """All that is known of each pixel, the last click's side being positive; the network's only where there is one."""
    side = 1.0 if points[-1].inside else -1.0
    told = look.odds(_with_the_surest(look, points))
    own = {} if told is None else _network_signs(look, points, told, side)
    return _distances(look, points) | own | {"model": side * _colour_model(look, told)[look.patches.labels]}


def _weights(look: Look, points: Sequence[Point], signs: Signs) -> Weights:
    if "told" not in signs:
        return BLIND
    return OBEYED if agrees(look, points, signs) else UNHEARD


def _with_the_surest(look: Look, points: Sequence[Point]) -> Sequence[Point]:
    """The clicks; where all lie beside the product also the mask's deepest pixel: the network learnt with one."""
    if any(point.inside for point in points) or not look.mask.any():
        return points
    depth = cv2.distanceTransform(np.pad(look.mask, 1).astype(np.uint8), cv2.DIST_L2, 5)[1:-1, 1:-1]
    depth = np.minimum(depth, nearest(points, depth.shape))
    y, x = np.unravel_index(int(depth.argmax()), depth.shape)
    return (*points, Point(int(x), int(y)))


def _sum(signs: Signs, weights: Weights) -> Matte:
    told = [weight * signs[name] for name, weight in (*FIXED.items(), *weights.signs.items())]
    return (np.sum(told, axis=0) + weights.intercept).astype(np.float32)


def _distances(look: Look, points: Sequence[Point]) -> Signs:
    """Distances from the clicks, in colours and in units of how deep the last one lies on the wrong side."""
    last, shape = points[-1], look.mask.shape
    depth, signed = _depths(look.mask, last)
    own = look.colours[look.patches.labels == look.patch(last)].mean(axis=0)
    friends = [point for point in points[:-1] if point.inside == last.inside]
    opponents = [point for point in points if point.inside != last.inside]
    deep, away = signed / depth, nearest([last], shape) / depth
    return {
        "signed": np.clip(deep, -DEEP, DEEP),
        "deeper": np.maximum(deep - DEEP, 0),
        "colour": np.minimum(np.linalg.norm(look.colours - own, axis=2) / COLOUR, 5),
        "away": np.minimum(away, FARTHEST),
        "farther": np.maximum(away - FAR, 0),
        "friend": np.minimum(nearest(friends, shape) / depth, NEIGHBOUR),
        "opponent": np.minimum(nearest(opponents, shape) / depth, NEIGHBOUR),
    }


def _network_signs(look: Look, points: Sequence[Point], told: Matte, side: float) -> Signs:
    untold = look.odds(())
    heard = np.zeros_like(told) if untold is None else told - untold
    patches = look.patches
    likely = 1 / (1 + np.exp(-patches.average(told)))
    return {
        "told": side * np.clip(told, -MOST_ODDS, MOST_ODDS),
        "heard": side * np.clip(heard, -MOST_HEARD, MOST_HEARD),
        "way": _way(patches, likely, look.patch(points[-1]))[patches.labels],
    }


def _way(patches: Superpixels, likely: Floats, start: int) -> Floats:
    """How much the network's likelihood changes, all in all, on the smoothest way from a patch to each."""
    steps = np.abs(likely[patches.left] - likely[patches.right]) + 1e-6
    graph = coo_matrix((steps, (patches.left, patches.right)), (patches.count, patches.count)).tocsr()
    return dijkstra(graph, directed=False, indices=start)


def _colour_model(look: Look, odds: Matte | None) -> Floats:
    """Log-odds of each patch's colour: what mask and network both hold for product, against what both do not."""
    patches = look.patches
    sure = np.zeros(patches.count) if odds is None else patches.average(odds)
    wanted = 0.0 if odds is None else SURE_ODDS
    product = patches.areas * (look.share > SURE) * (sure >= wanted)
    rest = patches.areas * (look.share < SURE) * (sure <= -wanted)
    inside, outside = (patches.alikeness @ each / max(each.sum(), 1) + RARE for each in (product, rest))
    return np.log(inside / outside)


def _depths(mask: BoolMask, point: Point) -> tuple[float, Matte]:
    """How deep the click lies on its wrong side, and how deep every pixel does, negative on the right side.

    The picture's frame is no edge.
    """
    wrong = (mask != point.inside).astype(np.uint8)
    if wrong.all() or not wrong.any():
        depth = float(max(mask.shape)) / 4
        return depth, np.full(mask.shape, depth if wrong.any() else -depth, np.float32)
    inner, outer = (cv2.distanceTransform(each, cv2.DIST_L2, 5) for each in (wrong, 1 - wrong))
    return max(NEAREST, float(inner[point.y, point.x])), np.asarray(inner - outer, dtype=np.float32)


def nearest(points: Sequence[Point], shape: tuple[int, ...]) -> Matte:
    """The distance of every pixel from the nearest of some points; infinite where there is none."""
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    every = [np.hypot(columns - np.float32(point.x), rows - np.float32(point.y)) for point in points]
    return np.asarray(np.min(every, axis=0) if every else np.full(shape[:2], np.inf), dtype=np.float32)
