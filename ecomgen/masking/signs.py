"""What speaks for and against a mask: in the photo, in the network's own doubt, and in other opinions.

They are worked out here alone. `network/hypothesis_ranking` and `confidence` weigh them, each with its own constants;
`graphcut/box_fit` ranks graph cuts by those in the photo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import convolve1d

from ecomgen.color import to_lab
from ecomgen.morphology import dilated, disc, eroded
from ecomgen.types import BoolMask, Box, Matte, Pixels

Floats = NDArray[np.float64]

Decimal = TypeVar("Decimal", np.float32, np.float64)
Found = TypeVar("Found")

BINS = 13  # a side of the CIELAB histogram


@dataclass(frozen=True, kw_only=True, eq=False)
class Thumbnail:
    """A small photo, prepared for judging many masks of it."""

    colours: NDArray[np.int64]  # HxW, histogram bin
    edges: NDArray[np.float32]  # HxW, gradient over a pixel's neighbourhood, relative to the photo's strong edges


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What is seen of a mask in its photo; each near [0, 1]."""

    outline: float  # its edge lies on the photo's edges
    separation: float  # its colours are not those around it
    off_centre: float  # distance of its centroid from the photo's middle
    at_frame: float  # share of the photo's frame that it nearly touches


def view(photo: Pixels) -> Thumbnail:
    """Prepare a small photo, uint8 HxWx3."""
    colours = to_lab(photo)
    smooth = cv2.GaussianBlur(colours, (0, 0), 1)
    across, down = cv2.Scharr(smooth, cv2.CV_32F, 1, 0) / 16, cv2.Scharr(smooth, cv2.CV_32F, 0, 1) / 16
    gradient = np.sqrt((across**2 + down**2).sum(axis=2))
    strong = float(np.percentile(gradient, 90)) + 2
    edges = cv2.dilate(gradient, np.ones((3, 3), np.uint8)) / strong
    return Thumbnail(colours=_bins(colours), edges=edges.astype(np.float32))


def look(seen: Thumbnail, mask: BoolMask) -> Signs:
    """Of one mask, bool HxW, not empty."""
    height, width = mask.shape
    down, across = (np.average(np.arange(len(sums)), weights=sums) for sums in (mask.sum(axis=1), mask.sum(axis=0)))
    return Signs(
        outline=_outline(seen, mask),
        separation=_separation(seen, mask),
        off_centre=float(np.hypot(across / width - 0.5, down / height - 0.5)),
        at_frame=_at_frame(mask),
    )


def likelihood(mask: BoolMask, soft: Matte) -> tuple[float, float]:
    """How likely a mask's pixels are product on average, and how much of `soft` (HxW in [0, 1]) lies outside it, in its
    own areas; both in [0, 1]."""
    area, inside = max(float(np.count_nonzero(mask)), 1.0), float(soft[mask].sum())
    return inside / area, min((float(soft.sum()) - inside) / area, 1.0)


def log_odds(likely: NDArray[Decimal], least: float) -> NDArray[Decimal]:
    """Of likelihoods, which are kept `least` away from 0 and 1."""
    kept = np.clip(likely, least, 1 - least)
    return np.log(kept / (1 - kept))


def agreement(mask: BoolMask, opinions: Mapping[str, BoolMask]) -> dict[str, float]:
    """IoU with what each of several opinions takes for the product."""
    return {name: iou(mask, opinion) for name, opinion in opinions.items()}


def iou(one: BoolMask, other: BoolMask) -> float:
    """Intersection over union; 0 for two empty masks."""
    return float(np.count_nonzero(one & other) / max(np.count_nonzero(one | other), 1))


def distinct(found: Iterable[Found], is_same: Callable[[Found, Found], bool]) -> list[Found]:
    """Those that are not the same as one that is kept before."""
    kept: list[Found] = []
    for one in found:
        if not any(is_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _bins(colours: NDArray[np.float32]) -> NDArray[np.int64]:
    steps = ((colours + np.array((0, 128, 128))) / (8, 20, 20)).astype(np.int64).clip(0, BINS - 1)
    return (steps[..., 0] * BINS + steps[..., 1]) * BINS + steps[..., 2]


def _outline(seen: Thumbnail, mask: BoolMask) -> float:
    edge = dilated(mask, 1) & ~eroded(mask, 1)
    edge[[0, 1, -2, -1]] = False
    edge[:, [0, 1, -2, -1]] = False
    return float(np.minimum(seen.edges[edge], 2).mean()) if edge.any() else 0.0


def _separation(seen: Thumbnail, mask: BoolMask) -> float:
    """One minus the Bhattacharyya coefficient of the colours in the mask and in a ring around it."""
    reach = max(3, round(0.12 * float(np.count_nonzero(mask)) ** 0.5))
    near = Box.of(mask).grown(reach, mask.shape).slices
    mask, colours = mask[near], seen.colours[near]
    ring = (cv2.dilate(mask.astype(np.uint8), disc(reach)) > 0) & ~mask
    if not ring.any():
        return 0.0
    return 1 - float(np.sqrt(_histogram(colours[mask]) * _histogram(colours[ring])).sum())


def _histogram(colours: NDArray[np.int64]) -> Floats:
    counts = np.bincount(colours, minlength=BINS**3).reshape(BINS, BINS, BINS).astype(np.float64)
    for axis in range(3):
        counts = convolve1d(counts, (0.5, 1, 0.5), axis, mode="wrap")
    return counts.ravel() / counts.sum()


def _at_frame(mask: BoolMask) -> float:
    depth = max(2, round(0.03 * max(mask.shape)))
    rows, columns = (mask[:depth], mask[-depth:]), (mask[:, :depth], mask[:, -depth:])
    sides = [*(strip.any(axis=0) for strip in rows), *(strip.any(axis=1) for strip in columns)]
    return float(np.concatenate(sides).mean())
