"""How much a cut looks like a whole product, seen without knowing what the product is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen.masking.graphcut.superpixels import lab
from ecomgen.masking.morphology import box_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.types import BoolMask, Pixels

    Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Quality:
    """What speaks for and against a cut; each near [0, 1]."""

    votes: float  # share of all starting points that ended here
    agreement: float  # mean IoU with where they ended
    outline: float  # its edge lies on the photo's edges
    separation: float  # its colours are not those around it
    off_centre: float  # distance of its centroid from the photo's middle
    at_frame: float  # share of the photo's frame that it nearly touches
    misfit: float  # one minus the IoU of its box with the one that was drawn; 0 where none was
    tiny: float  # how many times e smaller than the smallest usual product

    @property
    def evidence(self) -> float:
        """That there is anything: an outline or colours of its own. Below 1 in photos of mere ground or walls."""
        return self.outline + 1.5 * self.separation

    @property
    def boxed_score(self) -> float:
        """Of a cut in a drawn box: it is known to be there and where it ends, so that its colours count for more."""
        return 2.0 * self.agreement + 0.5 * self.outline + 2.0 * self.separation - 3.0 * self.misfit

    @property
    def score(self) -> float:
        """Weighted by hand, after looking at what separates good cuts from bad; the order matters, not the scale."""
        return (
            2.0 * self.agreement
            + 0.8 * self.votes
            + 0.5 * self.outline
            + 0.5 * self.separation
            - 2.0 * self.off_centre
            - 1.0 * self.at_frame
            - 3.0 * self.misfit
            - 0.3 * self.tiny
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """A small photo, prepared for judging many cuts of it."""

    colours: NDArray[np.int64]  # HxW, histogram bin
    edges: NDArray[np.float32]  # HxW, gradient over a pixel's neighbourhood, relative to the photo's strong edges


LEAST_AREA = 0.04  # of the photo
BINS = 13  # a side of the CIELAB histogram


def view(photo: Pixels) -> View:
    """Prepare a small photo, uint8 HxWx3."""
    colours = lab(photo)
    smooth = cv2.GaussianBlur(colours, (0, 0), 1)
    across, down = cv2.Scharr(smooth, cv2.CV_32F, 1, 0) / 16, cv2.Scharr(smooth, cv2.CV_32F, 0, 1) / 16
    gradient = np.sqrt((across**2 + down**2).sum(axis=2))
    strong = float(np.percentile(gradient, 90)) + 2
    edges = cv2.dilate(gradient, np.ones((3, 3), np.uint8)) / strong
    return View(colours=_bins(colours), edges=edges.astype(np.float32))


def judge(seen: View, cut: BoolMask, votes: float, agreement: float, misfit: float = 0.0) -> Quality:
    """Judge one non-empty cut, bool HxW."""
    height, width = cut.shape
    down, across = (np.average(np.arange(len(sums)), weights=sums) for sums in (cut.sum(axis=1), cut.sum(axis=0)))
    return Quality(
        votes=votes,
        agreement=agreement,
        outline=_outline(seen, cut),
        separation=_separation(seen, cut),
        off_centre=float(np.hypot(across / width - 0.5, down / height - 0.5)),
        at_frame=_at_frame(cut),
        misfit=misfit,
        tiny=max(0.0, float(np.log(LEAST_AREA / cut.mean()))),
    )


def _bins(colours: NDArray[np.float32]) -> NDArray[np.int64]:
    steps = ((colours + np.array((0, 128, 128))) / (8, 20, 20)).astype(np.int64).clip(0, BINS - 1)
    return (steps[..., 0] * BINS + steps[..., 1]) * BINS + steps[..., 2]


def _outline(seen: View, cut: BoolMask) -> float:
    bytes_ = cut.astype(np.uint8)
    kernel = np.ones((3, 3), np.uint8)
    edge = cv2.dilate(bytes_, kernel) > cv2.erode(bytes_, kernel)
    edge[[0, 1, -2, -1]] = False
    edge[:, [0, 1, -2, -1]] = False
    return float(np.minimum(seen.edges[edge], 2).mean()) if edge.any() else 0.0


def _separation(seen: View, cut: BoolMask) -> float:
    """One minus the Bhattacharyya coefficient of the colours in the cut and in a ring around it."""
    reach = max(3, round(0.12 * float(np.count_nonzero(cut)) ** 0.5))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    near = box_of(cut).grown(reach, cut.shape).slices
    cut, colours = cut[near], seen.colours[near]
    ring = (cv2.dilate(cut.astype(np.uint8), kernel) > 0) & ~cut
    if not ring.any():
        return 0.0
    return 1 - float(np.sqrt(_histogram(colours[cut]) * _histogram(colours[ring])).sum())


def _histogram(colours: NDArray[np.int64]) -> Floats:
    counts = np.bincount(colours, minlength=BINS**3).reshape(BINS, BINS, BINS).astype(np.float64)
    for axis in range(3):
        counts = counts + 0.5 * (np.roll(counts, 1, axis) + np.roll(counts, -1, axis))
    return counts.ravel() / counts.sum()


def _at_frame(cut: BoolMask) -> float:
    depth = max(2, round(0.03 * max(cut.shape)))
    sides = cut[:depth].any(axis=0), cut[-depth:].any(axis=0), cut[:, :depth].any(axis=1), cut[:, -depth:].any(axis=1)
    return float(np.concatenate(sides).mean())
