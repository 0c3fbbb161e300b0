"""Where the product is in a picture; is it there once, and whole.

In a picture that comes without a mask it is looked for by its colours against the border's (Swain & Ballard's
back-projection, 1991): good enough to crop by, and said in the findings.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_lab
from ecomgen.morphology import dilated, frame, parts, stretched
from ecomgen.scoring.identity.descriptor import Descriptor
from ecomgen.scoring.identity.features import matched
from ecomgen.scoring.identity.frames import Frame, extent, frame_of
from ecomgen.scoring.identity.hues import compared
from ecomgen.scoring.identity.registration import features_in
from ecomgen.types import BoolMask, Float, Pixels

GRID = 256
BINS = (10, 24, 24)
MOST = 4  # regions that are looked at as possible second products
LEAST = 0.004  # of the picture: anything smaller is not worth cropping
SIDE = 640  # of the picture, while a second product is looked for
CUT = 0.10  # share of the outline on the picture's edge at which nothing of being whole is left
RIM = 0.04  # of the product's size around it, that is taken as its own
SIZES = (0.15, 3.0)  # of the product's area: what may be a second one
SAME_POINTS = 8  # feature matches that one similarity explains, from which a second product is seen
SAME_SHAPE, SAME_HUES = 0.78, 0.80  # overlaps from which a region of its colours is one


def located(picture: Pixels, product: Frame) -> BoolMask | None:
    """HxW of the largest region in the product's colours; None where there is none."""
    likely = _likely(picture, product, None)
    labels, areas = parts(likely)
    region = likely & (labels == areas.argmax())
    return None if region.mean() < LEAST else stretched(region, picture.shape[1::-1])


def regions(picture: Pixels, product: Frame, hidden: BoolMask) -> Iterator[BoolMask]:
    """HxW of each region in the product's colours that does not touch `hidden` (HxW), the largest first."""
    likely = _likely(picture, product, hidden)
    labels, areas = parts(likely)
    covered = cv2.resize(hidden.astype(np.uint8), likely.shape[::-1], interpolation=cv2.INTER_AREA) > 0
    areas[labels[dilated(covered, 1)]] = 0
    for label in np.argsort(-areas, kind="stable")[:MOST]:
        if areas[label] >= LEAST * likely.size:
            yield stretched(labels == label, picture.shape[1::-1])


def _likely(picture: Pixels, product: Frame, hidden: BoolMask | None) -> BoolMask:
    """Where the colours are the product's rather than the border's, on a grid of at most `GRID` a side."""
    height, width = picture.shape[:2]
    scale = min(GRID / max(height, width), 1.0)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    small = _cells(cv2.resize(picture[..., :3], size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255)
    own = _density(_cells(product.rgb)[product.alpha > 0.5])
    border = _density(np.concatenate([each.ravel() for each in (small[:3], small[-3:], small[:, :3], small[:, -3:])]))
    evidence = (own / (own + border + 1e-6))[small].astype(np.float32)
    if hidden is not None:
        evidence[cv2.resize(hidden.astype(np.uint8), size, interpolation=cv2.INTER_AREA) > 0] = 0
    likely = cv2.GaussianBlur(evidence, (0, 0), 2) > 0.5
    return cv2.morphologyEx(likely.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)) > 0


def _cells(rgb: Float) -> NDArray[np.int64]:
    """The histogram cell of each pixel of HxWx3 sRGB."""
    lab = to_lab(rgb)
    shares = np.stack([lab[..., 0] / 100, (lab[..., 1] + 110) / 220, (lab[..., 2] + 110) / 220], axis=-1)
    index = np.clip((shares * BINS).astype(int), 0, np.array(BINS) - 1)
    return np.asarray(np.ravel_multi_index(tuple(np.moveaxis(index, -1, 0)), BINS))


def _density(cells: NDArray[np.int64]) -> Float:
    counts = np.bincount(cells, minlength=int(np.prod(BINS))).astype(np.float32).reshape(BINS)
    for plane in counts:
        plane[:] = cv2.GaussianBlur(plane, (0, 0), 1)
    return (counts / max(float(counts.sum()), 1)).ravel()


def whole(mask: BoolMask) -> float:
    """1 where the product (HxW) lies inside the picture, falling to 0 as its outline runs along the edge."""
    edge = int(frame(mask).sum())
    box = extent(mask)
    return 1 - float(np.clip(edge / (2 * (box.width + box.height)) / CUT, 0, 1))


def alone(picture: Pixels, mask: BoolMask, product: Descriptor) -> float:
    """1 where HxWx3 shows no second product like the one under `mask` (HxW), 0 where it does."""
    own = dilated(mask, max(round(RIM * extent(mask).longest), 2))
    return 0.0 if _by_points(picture, ~own, product) or _by_colour(picture, own, product) else 1.0


def _by_points(picture: Pixels, outside: BoolMask, product: Descriptor) -> bool:
    """Whether one similarity lays the product's features elsewhere in the picture too."""
    source, target = matched(product.features, features_in(picture, outside, SIDE))
    if len(source) < SAME_POINTS:
        return False
    reach = max(float(np.ptp(target, axis=0).max()), 64.0)
    cv2.setRNGSeed(0)
    _, inliers = cv2.estimateAffinePartial2D(source, target, ransacReprojThreshold=0.02 * reach)
    return inliers is not None and int(inliers.sum()) >= SAME_POINTS


def _by_colour(picture: Pixels, own: BoolMask, product: Descriptor) -> bool:
    """Whether a region in the product's colours, apart from it, has its outline and its hues."""
    area = float(own.sum())
    for region in regions(picture, product.frame, own):
        if SIZES[0] <= region.sum() / area <= SIZES[1] and whole(region) == 1:
            other = Descriptor(frame_of(np.dstack([picture, region.astype(np.uint8) * 255])))
            if _same_shape(product, other) and compared(product.hues, other.hues).overlap >= SAME_HUES:
                return True
    return False


def _same_shape(one: Descriptor, other: Descriptor) -> bool:
    first, second = (descriptor.square[1] for descriptor in (one, other))
    return float((first & second).sum() / max(int((first | second).sum()), 1)) >= SAME_SHAPE
