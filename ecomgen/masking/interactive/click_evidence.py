"""What speaks for each small patch of a photo to change sides with a click.

Signs are read off the mask, the colours, and the shipped network, which is told of the clicks; their weights were fitted
on simulated clicks on renders that the network never saw.
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
from ecomgen.masking.graphcut.superpixels import Division, divide

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ecomgen.masking.graphcut.superpixels import Floats, Superpixels
    from ecomgen.types import BoolMask, Matte, Pixels, Point

    Network = Callable[[Pixels, Sequence[Point]], Matte]
    """A small photo and clicks on it to the log-odds that each pixel is product, HxW."""

PATCHES = Division(patches=1500, rounds=5)
MOST_ODDS = 6.0  # log-odds at which the network is held
MOST_HEARD = 4.0  # log-odds that clicks may have changed in it
LIGHTNESS = 0.7  # lightness counts less than hue: shading is not a change of material
COLOUR = 12.0  # CIELAB units
FARTHEST = 8.0  # in units of the click's depth
NEAREST = 2.0  # pixels: the least depth of a click
NEIGHBOUR = 3.0  # units of the depth, within which an earlier click of the same kind counts
RARE = 1e-3  # share of a colour that is never called unseen
SURE, SURE_ODDS = 0.5, 1.4  # share of a patch in the mask, and log-odds of the network, from which its colour is learnt
CERTAIN = 4.0  # log-odds from which the network is certain
OF_THE_OTHER = 1.0  # log-odds from which a colour is the other side's

INTERCEPT = 6.03
WEIGHTS: Mapping[str, float] = {
    "told": 0.56,
    "heard": 0.117,
    "way": -0.982,
    "signed": -0.52,
    "colour": -0.321,
    "away": -0.188,
    "model": 0.082,
    "neighbour": -0.746,
}
INTERCEPT_BLIND = 5.01  # without the network
WEIGHTS_BLIND: Mapping[str, float] = {
    "signed": -1.045,
    "colour": -0.519,
    "away": -0.246,
    "model": 0.278,
    "neighbour": -0.641,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Look:
    """A small copy of a photo's part, uint8 HxWx3, in its patches, and the mask there as it was."""

    photo: Pixels
    mask: BoolMask
    network: Network | None

    @cached_property
    def patches(self) -> Superpixels:
        key = key_of("patches", self.photo, PATCHES)
        return held(key, lambda: divide(self.photo, PATCHES), lambda made: made.nbytes)

    @cached_property
    def share(self) -> Floats:
        """Of each patch, that is in the mask."""
        return self.patches.average(self.mask)

    @cached_property
    def centres(self) -> Floats:
        """x and y of each patch, in pixels."""
        return self.patches.centres * self.mask.shape[::-1]

    def patch(self, point: Point) -> int:
        return int(self.patches.labels[point.y, point.x])

    def odds(self, points: Sequence[Point]) -> Floats | None:
        """What the network, told of these clicks, thinks of each patch, in log-odds."""
        network = self.network
        if network is None:
            return None
        key = key_of("clicked", self.photo, tuple(points))
        return self.patches.average(held(key, lambda: network(self.photo, points), lambda made: made.nbytes))


def for_the_click(look: Look, points: Sequence[Point]) -> Floats:
    """Log-odds, patch by patch, that it belongs on the side that the last of the clicks says.

    -inf where the network is certain that it does not, and its colour says the same.
    """
    last = points[-1]
    side = 1.0 if last.inside else -1.0
    told = look.odds(points)
    model = side * _colour_model(look, told)
    signs = _signs(look, points) | {"model": model}
    if told is None:
        return INTERCEPT_BLIND + _sum(signs, WEIGHTS_BLIND)
    odds = INTERCEPT + _sum(signs | _network_signs(look, points, told, side), WEIGHTS)
    odds[(side * told < -CERTAIN) & (model < -OF_THE_OTHER)] = -np.inf
    return odds


def _sum(signs: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    return np.sum([weight * signs[name] for name, weight in weights.items()], axis=0)


def _signs(look: Look, points: Sequence[Point]) -> dict[str, Floats]:
    """Distances from the click, in colours and in units of how deep it lies on the wrong side."""
    patches, last = look.patches, points[-1]
    depth, signed = _depths(look.mask, last)
    colours = patches.colours * (LIGHTNESS, 1, 1)
    alike = [point for point in points[:-1] if point.inside == last.inside]
    near = np.min([_distance(look, point) for point in alike], axis=0) if alike else np.full(patches.count, np.inf)
    return {
        "signed": np.clip(patches.average(signed) / depth, -2, 2),
        "colour": np.minimum(np.linalg.norm(colours - colours[look.patch(last)], axis=1) / COLOUR, 5),
        "away": np.minimum(_distance(look, last) / depth, FARTHEST),
        "neighbour": np.minimum(near / depth, NEIGHBOUR),
    }


def _network_signs(look: Look, points: Sequence[Point], told: Floats, side: float) -> dict[str, Floats]:
    untold = look.odds(())
    heard = np.zeros_like(told) if untold is None else told - untold
    return {
        "told": side * np.clip(told, -MOST_ODDS, MOST_ODDS),
        "heard": side * np.clip(heard, -MOST_HEARD, MOST_HEARD),
        "way": _way(look.patches, 1 / (1 + np.exp(-told)), look.patch(points[-1])),
    }


def _way(patches: Superpixels, likely: Floats, start: int) -> Floats:
    """How much the network's likelihood changes, all in all, on the smoothest way from a patch to each."""
    steps = np.abs(likely[patches.left] - likely[patches.right]) + 1e-6
    graph = coo_matrix((steps, (patches.left, patches.right)), (patches.count, patches.count)).tocsr()
    return dijkstra(graph, directed=False, indices=start)


def _colour_model(look: Look, told: Floats | None) -> Floats:
    """Log-odds of each patch's colour: what mask and network both hold for product, against what both do not."""
    patches, sure = look.patches, np.zeros(look.patches.count) if told is None else told
    wanted = 0.0 if told is None else SURE_ODDS
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


def _distance(look: Look, point: Point) -> Floats:
    return np.hypot(*(look.centres - (point.x, point.y)).T)
