"""Where a product probably is in a picture that comes without a mask: pixels of its colours rather than the border's.

A fallback (Swain & Ballard's back-projection, 1991): good enough to crop by, and said in the findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ecomgen.scoring.identity.frames import Frame
    from ecomgen.types import BoolMask, Float, Pixels


SIDE = 256
BINS = (10, 24, 24)
MOST = 4  # regions that are looked at as possible second products
LEAST = 0.004  # of the picture: anything smaller is not worth cropping


def located(picture: Pixels, product: Frame) -> BoolMask | None:
    """HxW of the largest region in the product's colours; None where there is none."""
    region = _largest(_likely(picture, product, None))
    return None if region.mean() < LEAST else _enlarged(region, picture)


def regions(picture: Pixels, product: Frame, hidden: BoolMask) -> Iterator[BoolMask]:
    """HxW of each region in the product's colours that does not touch `hidden` (HxW), the largest first."""
    likely = _likely(picture, product, hidden)
    number, labels, stats, _ = cv2.connectedComponentsWithStats(likely.astype(np.uint8))
    areas = {label: stats[label, cv2.CC_STAT_AREA] for label in range(1, number)}
    covered = cv2.resize(hidden.astype(np.uint8), likely.shape[::-1], interpolation=cv2.INTER_AREA) > 0
    touching = set(np.unique(labels[cv2.dilate(covered.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0]))
    for label in sorted(areas.keys() - touching, key=lambda label: -areas[label])[:MOST]:
        if areas[label] >= LEAST * likely.size:
            yield _enlarged(labels == label, picture)


def _likely(picture: Pixels, product: Frame, hidden: BoolMask | None) -> BoolMask:
    """Where the colours are the product's rather than the border's, on a grid of at most `SIDE` a side."""
    height, width = picture.shape[:2]
    scale = min(SIDE / max(height, width), 1.0)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    small = _cells(cv2.resize(picture[..., :3], size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255)
    own = _density(_cells(product.rgb)[product.alpha > 0.5])
    border = _density(
        np.concatenate([small[:3].ravel(), small[-3:].ravel(), small[:, :3].ravel(), small[:, -3:].ravel()])
    )
    evidence = (own / (own + border + 1e-6))[small].astype(np.float32)
    if hidden is not None:
        evidence[cv2.resize(hidden.astype(np.uint8), size, interpolation=cv2.INTER_AREA) > 0] = 0
    return _closed(cv2.GaussianBlur(evidence, (0, 0), 2) > 0.5)


def _enlarged(region: BoolMask, picture: Pixels) -> BoolMask:
    return cv2.resize(region.astype(np.uint8), picture.shape[1::-1], interpolation=cv2.INTER_NEAREST) > 0


def _cells(rgb: Float) -> NDArray[np.int64]:
    """The histogram cell of each pixel of HxWx3 sRGB."""
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)
    shares = np.stack([lab[..., 0] / 100, (lab[..., 1] + 110) / 220, (lab[..., 2] + 110) / 220], axis=-1)
    index = np.clip((shares * BINS).astype(int), 0, np.array(BINS) - 1)
    return np.asarray(np.ravel_multi_index(tuple(np.moveaxis(index, -1, 0)), BINS))


def _density(cells: NDArray[np.int64]) -> Float:
    counts = np.bincount(cells, minlength=int(np.prod(BINS))).astype(np.float32).reshape(BINS)
    for plane in counts:
        plane[:] = cv2.GaussianBlur(plane, (0, 0), 1)
    return (counts / max(float(counts.sum()), 1)).ravel()


def _closed(region: BoolMask) -> BoolMask:
    return cv2.morphologyEx(region.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)) > 0


def _largest(region: BoolMask) -> BoolMask:
    number, labels, stats, _ = cv2.connectedComponentsWithStats(region.astype(np.uint8))
    if number < 2:
        return np.zeros_like(region)
    return labels == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
