"""Did the scene lengthen the product: E = (|out ∪ in| - |in|) / |in| (arXiv 2404.10157), as a score that is 1 for none.

`in` is where the product was put, `out` where a mask model sees it in the finished picture. Without such a model,
`out` is guessed: regions that go on across the product's edge in colours that are rather its own than the scene's, and
end at an edge of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ecomgen.color import to_lab
from ecomgen.morphology import depth, disc, eroded, frame, parts, touching
from ecomgen.scoring.identity.frames import extent
from ecomgen.types import EXTENSION_HALVING, BoolMask, Float, Pixels, Placement

TOLERANCE = 0.015  # of the product's size: a mask model's edge is no surer than that
TOLD = {True: EXTENSION_HALVING, False: 0.03}  # E that is said: by a mask model, by looking across the edge
LOST = 0.5  # of the product, that a new mask must find to be believed
SIDE = 160  # the product's longest side while looking for a continuation
REACH = 0.4  # of the product's size: how far a continuation is followed
FARTHEST = 0.9  # of the way to the farthest corner, from where on it is certainly the scene
BESIDE = 2  # pixels beside the product, that at first are taken for it
ROUNDS = 3  # of the graph cut
EDGE = 4.0  # ΔE (1976) across a pixel that is an edge
ENDED = 0.5  # of a continuation's outline, that must be an edge
LEAST = 0.004  # of the product's area: less is an edge effect


@dataclass(frozen=True, kw_only=True)
class Extension:
    """E ≥ 0, and how it was found: by a mask model, or by looking across the edge."""

    ratio: float
    by_mask: bool

    @property
    def score(self) -> float:
        """2 ** -(E / 0.1): 1 for none, a half for a tenth of the product's area."""
        return float(2 ** -(self.ratio / EXTENSION_HALVING))

    @property
    def told(self) -> bool:
        """Whether it is large enough to be said: more than what either way finds where nothing was added."""
        return self.ratio >= TOLD[self.by_mask]


NOTHING = Extension(ratio=0.0, by_mask=False)


def extension(picture: Pixels, placement: Placement, out: BoolMask | None) -> Extension:
    """How much the product at its place was extended in HxWx3; `out` (HxW) is where a mask model sees it now."""
    inside = _inside(placement, *picture.shape[:2])
    if out is not None and (out & inside).sum() >= LOST * inside.sum():
        return Extension(ratio=_ratio(inside, touching(out, inside)), by_mask=True)
    return Extension(ratio=_continued(picture, inside), by_mask=False)


def _inside(placement: Placement, height: int, width: int) -> BoolMask:
    alpha = placement.product[..., 3]
    if alpha.shape != (height, width):
        alpha = cv2.resize(alpha, (width, height), interpolation=cv2.INTER_AREA)
    return alpha > 127


def _ratio(inside: BoolMask, out: BoolMask) -> float:
    """E, with a rim of `TOLERANCE` around the product left out."""
    radius = max(round(TOLERANCE * extent(inside).longest), 1)
    near = cv2.dilate(inside.astype(np.uint8), disc(radius)) > 0
    return float((out & ~near).sum() / max(int(inside.sum()), 1))


def _continued(picture: Pixels, inside: BoolMask) -> float:
    """E by a graph cut between the product with what goes on in its colours, and what lies farther off."""
    box = extent(inside)
    window = box.grown(round(REACH * box.longest), inside.shape).slices
    scale = min(SIDE / box.longest, 1.0)
    mask = cv2.resize(inside[window].astype(np.float32), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = cv2.resize(picture[window][..., :3], mask.shape[::-1], interpolation=cv2.INTER_AREA)
    rgb = np.asarray(small, dtype=np.uint8)
    product = mask > 0.5
    if not eroded(product, 1).any():
        return 0.0
    beyond = _cut(rgb, product) & ~_around(product)
    return _ended(beyond, rgb, product) / max(int(product.sum()), 1)


def _cut(rgb: Pixels, product: BoolMask) -> BoolMask:
    """The product with what hangs on to it in its colours, not those far off (GrabCut, Rother et al. 2004)."""
    away = depth(~product)
    labels = np.full(product.shape, cv2.GC_BGD, np.uint8)
    labels[away < FARTHEST * float(away.max())] = cv2.GC_PR_BGD
    labels[away <= BESIDE] = cv2.GC_PR_FGD
    labels[eroded(product, 1)] = cv2.GC_FGD
    if not (labels == cv2.GC_BGD).any():
        return product
    cv2.setRNGSeed(0)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(np.ascontiguousarray(rgb), labels, (0, 0, 1, 1), *models, ROUNDS, cv2.GC_INIT_WITH_MASK)
    return touching((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD), product)


def _ended(beyond: BoolMask, rgb: Pixels, product: BoolMask) -> int:
    """Pixels of the regions that end at an edge before the window does: others fade into the scene, as shadows do."""
    lab = to_lab(cv2.bilateralFilter(rgb.astype(np.float32) / 255, 5, 0.1, 3))
    walls, near = _gradient(lab) > EDGE, _around(product)
    solid = cv2.morphologyEx(beyond.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    labels, areas = parts(solid > 0)
    large = np.flatnonzero(areas >= LEAST * product.sum())
    regions = ((labels == label, int(areas[label])) for label in {*large} - {0, *frame(labels)})
    return sum(area for region, area in regions if _is_ended(region, near, walls))


def _is_ended(region: BoolMask, near: BoolMask, walls: BoolMask) -> bool:
    """Whether enough of the region's outline, where it is not the product's, is an edge."""
    outline = _around(region) & ~region & ~near
    return bool(outline.any()) and float(walls[outline].mean()) >= ENDED


def _around(region: BoolMask) -> BoolMask:
    """The region and two pixels around it."""
    return cv2.dilate(region.astype(np.uint8), disc(2)) > 0


def _gradient(lab: Float) -> Float:
    """Colour difference across each pixel."""
    steps = [cv2.Sobel(lab, cv2.CV_32F, *order, scale=0.25) for order in ((1, 0), (0, 1))]
    return np.sqrt(sum((step**2).sum(axis=-1) for step in steps))
