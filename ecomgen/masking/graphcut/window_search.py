"""Many windows in which the product may stand, each cut out, each cut giving a better window, until they agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_matrix, diags
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.sparse.linalg import spsolve
from scipy.spatial.distance import cdist

from ecomgen.masking.graphcut.graph_cut import Tuning, segment
from ecomgen.masking.graphcut.superpixels import Floats, Superpixels
from ecomgen.types import BoolMask, Box

RIM = 0.01  # of the photo's side, never product
RING = 0.35  # of the window's side: the background that matters is near
REACH = 10.0  # CIELAB distance along a path within which patches belong together
NEARBY = 0.25  # of the photo's side, within which contrast counts


class Window(NamedTuple):
    """XYXY in [0, 1] of the photo's sides."""

    x0: float
    y0: float
    x1: float
    y1: float

    def grown(self, share: float) -> Window:
        """Larger by `share` of its size on every side, within the photo."""
        across, down = share * (self.x1 - self.x0), share * (self.y1 - self.y0)
        return Window(self.x0 - across, self.y0 - down, self.x1 + across, self.y1 + down).within_rim

    @property
    def within_rim(self) -> Window:
        """What of it can show a product."""
        low, high = (max(RIM, side) for side in self[:2]), (min(1 - RIM, side) for side in self[2:])
        return Window(*low, *high)


def overlap(one: Window, other: Window) -> float:
    """Intersection over union."""
    across = max(0.0, min(one.x1, other.x1) - max(one.x0, other.x0))
    down = max(0.0, min(one.y1, other.y1) - max(one.y0, other.y0))
    sizes = [(each.x1 - each.x0) * (each.y1 - each.y0) for each in (one, other)]
    return across * down / (sum(sizes) - across * down)


@dataclass(frozen=True, kw_only=True)
class Prior:
    """One way to look into a window: product in the middle with `centre`, at its edge with `edge` likelihood."""

    centre: float
    edge: float
    contrast: float  # how much saliency counts
    tuning: Tuning


STYLES = (
    Prior(centre=0.6, edge=0.2, contrast=0.0, tuning=Tuning(place=0.5, outline=30)),
    Prior(centre=0.7, edge=0.4, contrast=1.5, tuning=Tuning(place=1.0, outline=20)),
)
BOX_STYLES = (
    Prior(centre=0.6, edge=0.2, contrast=0.0, tuning=Tuning(place=0.5, outline=30)),
    Prior(centre=0.6, edge=0.4, contrast=0.0, tuning=Tuning(place=1.5, outline=30)),
    Prior(centre=0.75, edge=0.4, contrast=0.0, tuning=Tuning(place=1.5, outline=10)),
    Prior(centre=0.7, edge=0.5, contrast=0.0, tuning=Tuning(place=1.0, outline=30)),
    Prior(centre=0.6, edge=0.2, contrast=0.0, tuning=Tuning(place=0.5, outline=60)),
)
_PLACES = ((0.5, 0.5), (0.5, 0.58), (0.42, 0.5), (0.58, 0.5), (0.5, 0.42))
_SIZES = ((0.42, 0.42), (0.62, 0.62), (0.84, 0.84), (0.4, 0.75), (0.75, 0.45))
Start = tuple[Window, Prior]


def search(patches: Superpixels) -> list[BoolMask]:
    """Cuts (bool, one per patch) from every window and style; equal ones are many, and that is a vote."""
    salient = saliency(patches)
    windows = [*_central_windows(), *_salient_windows(patches, salient)]
    going = dict(enumerate((window, style) for window in windows for style in STYLES))
    looks: dict[Start, BoolMask] = {}  # many starts lead to the same window
    ends: dict[int, BoolMask] = {}
    for _ in range(3):  # cut, draw the window around the cut, cut again
        new = [start for start in dict.fromkeys(going.values()) if start not in looks]
        looks |= zip(new, _main_parts(patches, _cuts(patches, salient, new)), strict=True)
        ends |= {number: looks[start] for number, start in going.items()}
        again = ((number, start, _tighter(patches, looks[start], start[0])) for number, start in going.items())
        going = {number: (tighter, style) for number, (_, style), tighter in again if tighter}
    return [part for _, part in sorted(ends.items()) if part.any()]


def search_in(patches: Superpixels, window: Window) -> list[BoolMask]:
    """Cuts of the product in a window that a person has drawn."""
    nothing = np.full(patches.count, 0.5)
    return [cut for cut in _cuts(patches, nothing, [(window, style) for style in BOX_STYLES]) if cut.any()]


def _central_windows() -> Iterator[Window]:
    for x, y in _PLACES:
        for width, height in _SIZES:
            if (x, y) == (0.5, 0.5) or min(width, height) < 0.6:
                yield Window(x - width / 2, y - height / 2, x + width / 2, y + height / 2).within_rim


def _salient_windows(patches: Superpixels, salient: Floats) -> Iterator[Window]:
    central = salient * _centredness(patches)
    central = central / (central.max() + 1e-9)
    parts = _main_parts(patches, np.stack([central > level for level in (0.3, 0.5, 0.7)]))
    return (_filled(patches, part).grown(0.08) for part in parts if part.any())


def _tighter(patches: Superpixels, part: BoolMask, window: Window) -> Window | None:
    """The window around what was found; None where nothing was, or where it is nearly the same."""
    if not part.any():
        return None
    tighter = _filled(patches, part).grown(0.1)
    return tighter if np.abs(np.subtract(tighter, window)).max() >= 0.02 else None


def _cuts(patches: Superpixels, salient: Floats, starts: Sequence[Start]) -> BoolMask:
    """What is product, one row for each start."""
    if not starts:
        return np.zeros((0, patches.count), dtype=bool)
    windows, ways = np.array([window for window, _ in starts]), [style for _, style in starts]
    across, down = _offsets(patches, windows)
    outside = np.maximum(across, down) > 1
    outside[np.count_nonzero(~outside, axis=1) < 4] = True
    fade = np.clip((across**2 + down**2 - 0.3) / 1.2, 0, 1)
    centre, edge, contrast = np.array([(way.centre, way.edge, way.contrast) for way in ways]).T[..., None]
    likely = centre - (centre - edge) * fade
    logit = np.log(likely / (1 - likely)) + contrast * (salient - 0.5)
    priors = np.where(outside, 0.02, 1 / (1 + np.exp(-logit)))
    return segment(patches, priors, outside, _weights(patches, windows), [way.tuning for way in ways])


def _offsets(patches: Superpixels, windows: Floats) -> Floats:
    """Distances of each patch from each window's middle, across and down, 2xBxN; 1 at either end."""
    low, high = windows.T[:2, :, None], windows.T[2:, :, None]
    return np.abs(patches.centres.T[:, None] - (low + high) / 2) / ((high - low) / 2)


def _weights(patches: Superpixels, windows: Floats) -> Floats:
    """Patches far from a window hardly count for its colour models."""
    low, high = windows.T[:2, :, None], windows.T[2:, :, None]
    margin = RING * (high - low).max(axis=0)
    places = patches.centres.T[:, None]
    near = ((places > low - margin) & (places < high + margin)).all(axis=0)
    return np.where(near, patches.areas, 0.1 * patches.areas)


def _centredness(patches: Superpixels) -> Floats:
    return np.exp(-(((patches.centres - 0.5) / 0.3) ** 2).sum(axis=1) / 2)


def _main_parts(patches: Superpixels, cuts: BoolMask) -> BoolMask:
    """Of each cut the connected part that has most of the product's likely place."""
    size, first = cuts.size, patches.count * np.arange(len(cuts))[:, None]
    inner = cuts[:, patches.left] & cuts[:, patches.right]
    ends = (first + patches.left)[inner], (first + patches.right)[inner]
    graph = coo_matrix((np.ones(len(ends[0]), np.int8), ends), (size, size))
    parts = connected_components(graph, directed=False)[1].reshape(cuts.shape)
    votes = np.bincount(parts.ravel(), (cuts * patches.areas * (_centredness(patches) + 1e-6)).ravel())[parts]
    return cuts & (votes == votes.max(axis=1, keepdims=True, initial=0))


def _filled(patches: Superpixels, part: BoolMask) -> Window:
    """The window that patches, of which there are some, fill."""
    extents = patches.extents[part]
    x0, y0 = extents[:, :2].min(axis=0)
    x1, y1 = extents[:, 2:].max(axis=0)
    return Window(float(x0), float(y0), float(x1), float(y1))


def window_of(box: Box, photo: Box) -> Window:
    """The window that a box takes in a photo, or in a part of one."""
    own = box.within(photo)
    return Window(own.x0 / photo.width, own.y0 / photo.height, own.x1 / photo.width, own.y1 / photo.height)


def window_filled(pixels: BoolMask) -> Window:
    """The window that a mask, not empty, fills."""
    return window_of(Box.of(pixels), Box(0, 0, pixels.shape[1], pixels.shape[0]))


def saliency(patches: Superpixels) -> Floats:
    """How likely each patch is product, in [0, 1], by contrast with what is connected to the border."""
    background = _background(patches)
    contrast = _unit(_contrast(patches, background))
    return _unit(_smoothed(patches, background, contrast))


def _background(patches: Superpixels) -> Floats:
    """Boundary connectivity: a region is background if much of its outline is the photo's frame."""
    steps = np.maximum(patches.differences - 3, 0) + 1e-6  # sensor noise is not a step
    graph = coo_matrix((steps, (patches.left, patches.right)), (patches.count, patches.count))
    near = np.exp(-(dijkstra(graph.tocsr(), directed=False, limit=5 * REACH) ** 2) / (2 * REACH**2))
    connectivity = near[:, patches.at_border].sum(axis=1) / np.sqrt(near.sum(axis=1))
    return 1 - np.exp(-(connectivity**2) / 2)


def _contrast(patches: Superpixels, background: Floats) -> Floats:
    colours = cdist(patches.colours, patches.colours)
    squares = cdist(patches.centres, patches.centres, "sqeuclidean")
    return (colours * np.exp(-squares / (2 * NEARBY**2))) @ background


def _smoothed(patches: Superpixels, background: Floats, contrast: Floats) -> Floats:
    """Least squares: 0 where background, 1 where contrast, alike neighbours equal."""
    weights = np.exp(-(patches.differences**2) / (2 * REACH**2)) + 0.1
    half = coo_matrix((weights, (patches.left, patches.right)), (patches.count, patches.count)).tocsr()
    both = half + half.T
    laplacian = diags(np.asarray(both.sum(axis=1)).ravel()) - both
    system = (diags(background + contrast + 1e-6) + laplacian).tocsc()
    return np.asarray(spsolve(system, contrast))


def _unit(values: Floats) -> Floats:
    return np.clip((values - values.min()) / (np.ptp(values) + 1e-9), 0, 1)
