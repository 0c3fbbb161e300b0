"""Many windows in which the product may stand, each cut out, each cut giving a better window, until they agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from ecomgen.masking.graphcut import Tuning, segment
from ecomgen.masking.saliency import saliency

if TYPE_CHECKING:
    from ecomgen.masking.superpixels import Floats, Superpixels
    from ecomgen.types import BoolMask

rim = 0.01  # of the photo's side, never product
ring = 0.35  # of the window's side: the background that matters is near


class Window(NamedTuple):
    """XYXY in [0, 1] of the photo's sides."""

    x0: float
    y0: float
    x1: float
    y1: float

    def grown(self, share: float) -> Window:
        """Larger by `share` of its size on every side, within the photo."""
        across, down = share * (self.x1 - self.x0), share * (self.y1 - self.y0)
        return Window(
            max(rim, self.x0 - across), max(rim, self.y0 - down), min(1 - rim, self.x1 + across),
            min(1 - rim, self.y1 + down),
        )  # fmt: skip


def overlap(one: Window, other: Window) -> float:
    """Intersection over union."""
    across = max(0.0, min(one.x1, other.x1) - max(one.x0, other.x0))
    down = max(0.0, min(one.y1, other.y1) - max(one.y0, other.y0))
    sizes = [(each.x1 - each.x0) * (each.y1 - each.y0) for each in (one, other)]
    return across * down / (sum(sizes) - across * down)


@dataclass(frozen=True, kw_only=True)
class Style:
    """One way to look into a window: product in the middle with `centre`, at its edge with `edge` likelihood."""

    centre: float
    edge: float
    contrast: float  # how much saliency counts
    tuning: Tuning


styles = (
    Style(centre=0.6, edge=0.2, contrast=0.0, tuning=Tuning(place=0.5, outline=30)),
    Style(centre=0.7, edge=0.4, contrast=1.5, tuning=Tuning(place=1.0, outline=20)),
)
box_styles = (
    Style(centre=0.6, edge=0.2, contrast=0.0, tuning=Tuning(place=0.5, outline=30)),
    Style(centre=0.6, edge=0.4, contrast=0.0, tuning=Tuning(place=1.5, outline=30)),
    Style(centre=0.75, edge=0.4, contrast=0.0, tuning=Tuning(place=1.5, outline=10)),
    Style(centre=0.7, edge=0.5, contrast=0.0, tuning=Tuning(place=1.0, outline=30)),
    Style(centre=0.6, edge=0.2, contrast=0.0, tuning=Tuning(place=0.5, outline=60)),
)
_places = ((0.5, 0.5), (0.5, 0.58), (0.42, 0.5), (0.58, 0.5), (0.5, 0.42))
_sizes = ((0.42, 0.42), (0.62, 0.62), (0.84, 0.84), (0.4, 0.75), (0.75, 0.45))


def search(patches: Superpixels) -> list[BoolMask]:
    """Cuts (bool, one per patch) from every window and style; equal ones are many, and that is a vote."""
    salient = saliency(patches)
    windows = [*_central_windows(), *_salient_windows(patches, salient)]

    @cache  # many starts lead to the same window
    def look(window: Window, style: Style) -> BoolMask | None:
        return _main_part(patches, _cut(patches, salient, window, style))

    cuts = [_converge(patches, look, window, style) for window in windows for style in styles]
    return [cut for cut in cuts if cut is not None]


def search_in(patches: Superpixels, window: Window) -> list[BoolMask]:
    """Cuts of the product in a window that a person has drawn."""
    nothing = np.full(patches.count, 0.5)
    cuts = [_cut(patches, nothing, window, style) for style in box_styles]
    return [cut for cut in cuts if cut.any()]


def _central_windows() -> Iterator[Window]:
    for x, y in _places:
        for width, height in _sizes:
            if (x, y) == (0.5, 0.5) or min(width, height) < 0.6:
                half = width / 2, height / 2
                yield Window(
                    max(rim, x - half[0]), max(rim, y - half[1]), min(1 - rim, x + half[0]), min(1 - rim, y + half[1])
                )


def _salient_windows(patches: Superpixels, salient: Floats) -> Iterator[Window]:
    central = salient * _centredness(patches)
    central = central / (central.max() + 1e-9)
    for level in (0.3, 0.5, 0.7):
        part = _main_part(patches, central > level)
        if part is not None:
            yield window_of(part[patches.labels]).grown(0.08)


def _converge(
    patches: Superpixels, look: Callable[[Window, Style], BoolMask | None], window: Window, style: Style
) -> BoolMask | None:
    """Cut, draw the window around the cut, cut again; None where nothing is left."""
    part = None
    for _ in range(3):
        part = look(window, style)
        if part is None:
            return None
        tighter = window_of(part[patches.labels]).grown(0.1)
        if np.abs(np.subtract(tighter, window)).max() < 0.02:
            break
        window = tighter
    return part


def _cut(patches: Superpixels, salient: Floats, window: Window, style: Style) -> BoolMask:
    across = _offset(patches.centres[:, 0], window.x0, window.x1)
    down = _offset(patches.centres[:, 1], window.y0, window.y1)
    outside = np.maximum(across, down) > 1
    if np.count_nonzero(~outside) < 4:
        return np.zeros(patches.count, dtype=bool)
    fade = np.clip((across**2 + down**2 - 0.3) / 1.2, 0, 1)
    prior = style.centre - (style.centre - style.edge) * fade
    logit = np.log(prior / (1 - prior)) + style.contrast * (salient - 0.5)
    prior = np.where(outside, 0.02, 1 / (1 + np.exp(-logit)))
    return segment(patches, prior, outside, _weights(patches, window), style.tuning)


def _offset(values: Floats, low: float, high: float) -> Floats:
    """Distance from the middle, 1 at either end."""
    return np.abs(values - (low + high) / 2) / ((high - low) / 2)


def _weights(patches: Superpixels, window: Window) -> Floats:
    """Far patches hardly count for the colour models."""
    margin = ring * max(window.x1 - window.x0, window.y1 - window.y0)
    x, y = patches.centres.T
    near = (x > window.x0 - margin) & (x < window.x1 + margin) & (y > window.y0 - margin) & (y < window.y1 + margin)
    return np.where(near, patches.areas, 0.1 * patches.areas)


def _centredness(patches: Superpixels) -> Floats:
    return np.exp(-(((patches.centres - 0.5) / 0.3) ** 2).sum(axis=1) / 2)


def _main_part(patches: Superpixels, cut: BoolMask) -> BoolMask | None:
    """The connected part that has most of the product's likely place."""
    if not cut.any():
        return None
    count, parts = cv2.connectedComponents(cut[patches.labels].astype(np.uint8))
    if count == 2:
        return cut
    votes = np.bincount(parts.ravel(), (_centredness(patches) + 1e-6)[patches.labels].ravel(), count)
    votes[0] = 0
    return patches.average(parts == votes.argmax()) > 0.5


def window_of(pixels: BoolMask) -> Window:
    """The window that a mask, not empty, fills."""
    height, width = pixels.shape
    rows, columns = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
    return Window(
        float(columns[0] / width), float(rows[0] / height), float((columns[-1] + 1) / width),
        float((rows[-1] + 1) / height),
    )  # fmt: skip
