"""Did the scene lengthen the product: E = (|out ∪ in| - |in|) / |in| (arXiv 2404.10157), as a score that is 1 for none.

`in` is where the product was put, `out` where a mask model sees it in the finished picture. Without such a model,
`out` is guessed: regions that go on across the product's edge in its colour, with no edge between, and end before
they become the background.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen.scoring.frames import extent

if TYPE_CHECKING:
    from ecomgen.scoring.arrays import Float
    from ecomgen.types import BoolMask, Pixels, Placement


TOLERANCE = 0.015  # of the product's size: a mask model's edge is no surer than that
HALVING = 0.1  # E at which the score has fallen to a half
LOST = 0.5  # of the product, that a new mask must find to be believed
SIDE = 320  # the product's longest side while looking for a continuation
REACH = 0.35  # of the product's size: how far a continuation is followed
ALIKE = 5.0  # ΔE (1976) from the nearest rim colour up to which a pixel continues it
ENDED = 0.6  # of a continuation's outline, that must be an edge
LEAST = 0.004  # of the product's area: less is an edge effect


@dataclass(frozen=True, kw_only=True)
class Extension:
    """E ≥ 0, and how it was found: by a mask model, or by looking across the edge."""

    ratio: float
    by_mask: bool

    @property
    def score(self) -> float:
        """2 ** -(E / 0.1): 1 for none, a half for a tenth of the product's area."""
        return float(2 ** -(self.ratio / HALVING))


def extension(picture: Pixels, placement: Placement, out: BoolMask | None) -> Extension:
    """How much the product at its place was extended in HxWx3; `out` (HxW) is where a mask model sees it now."""
    inside = _inside(placement, *picture.shape[:2])
    if out is not None and (out & inside).sum() >= LOST * inside.sum():
        return Extension(ratio=_ratio(inside, _touching(out, inside)), by_mask=True)
    return Extension(ratio=_continued(picture, inside), by_mask=False)


def _inside(placement: Placement, height: int, width: int) -> BoolMask:
    alpha = placement.product[..., 3]
    if alpha.shape != (height, width):
        alpha = cv2.resize(alpha, (width, height), interpolation=cv2.INTER_AREA)
    return alpha > 127


def _ratio(inside: BoolMask, out: BoolMask) -> float:
    """E, with a rim of `TOLERANCE` around the product left out."""
    radius = max(round(TOLERANCE * max(extent(inside)[2:])), 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    near = cv2.dilate(inside.astype(np.uint8), kernel) > 0
    return float((out & ~near).sum() / max(int(inside.sum()), 1))


def _touching(out: BoolMask, inside: BoolMask) -> BoolMask:
    """The parts of `out` that hang together with the product; a second product is another matter."""
    _, labels = cv2.connectedComponents(out.astype(np.uint8))
    joined = np.unique(labels[inside & out])
    return np.isin(labels, joined[joined > 0])


def _continued(picture: Pixels, inside: BoolMask) -> float:
    """E by colour and edges across the product's rim."""
    x, y, width, height = extent(inside)
    reach = round(REACH * max(width, height))
    window = np.s_[max(y - reach, 0) : y + height + reach, max(x - reach, 0) : x + width + reach]
    scale = min(SIDE / max(width, height), 1.0)
    mask = cv2.resize(inside[window].astype(np.float32), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    rgb = cv2.resize(picture[window][..., :3], mask.shape[::-1], interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(cv2.bilateralFilter(rgb.astype(np.float32) / 255, 5, 0.1, 3), cv2.COLOR_RGB2LAB)
    product = mask > 0.5
    return _grown(lab, product) / max(int(product.sum()), 1)


def _grown(lab: Float, product: BoolMask) -> int:
    """Pixels outside that continue the product and end at an edge of their own before the window does."""
    alike = _rim_distance(lab, product) < ALIKE
    walls = _gradient(lab) > ALIKE
    _, labels, stats, _ = cv2.connectedComponentsWithStats((alike & ~walls & ~product).astype(np.uint8), connectivity=4)
    touching = set(np.unique(labels[_around(product)]))
    outer = set(np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])))
    areas = {label: int(stats[label, cv2.CC_STAT_AREA]) for label in touching - outer - {0}}
    large = {label: area for label, area in areas.items() if area >= LEAST * product.sum()}
    return sum(area for label, area in large.items() if _is_ended(labels == label, product, walls))


def _is_ended(region: BoolMask, product: BoolMask, walls: BoolMask) -> bool:
    """Whether most of the region's outline, where it is not the product's, is an edge: else it fades into the scene."""
    outline = _around(region) & ~region & ~product
    return bool(outline.any()) and float(walls[outline].mean()) >= ENDED


def _around(region: BoolMask) -> BoolMask:
    """The region and two pixels around it."""
    return cv2.dilate(region.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0


def _rim_distance(lab: Float, product: BoolMask) -> Float:
    """ΔE of each pixel from the product's rim pixel that is nearest to it."""
    inner = cv2.erode(product.astype(np.uint8), np.ones((7, 7), np.uint8))
    if not inner.any():
        return np.full(product.shape, np.inf, np.float32)
    _, labels = cv2.distanceTransformWithLabels(1 - inner, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    nearest = labels.astype(np.int64)
    colours = np.zeros((int(nearest.max()) + 1, 3), np.float32)
    colours[nearest[inner > 0]] = lab[inner > 0]
    return np.linalg.norm(lab - colours[nearest], axis=-1)


def _gradient(lab: Float) -> Float:
    """Colour difference across each pixel."""
    steps = [cv2.Sobel(lab, cv2.CV_32F, *order, scale=0.25) for order in ((1, 0), (0, 1))]
    return np.sqrt(sum((step**2).sum(axis=-1) for step in steps))
