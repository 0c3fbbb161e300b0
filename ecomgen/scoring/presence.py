"""Is the product there once and whole: a second one in the scene, or one cut off by the picture's edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen.scoring.identity.descriptor import Descriptor
from ecomgen.scoring.identity.features import matched
from ecomgen.scoring.identity.frames import extent, frame_of
from ecomgen.scoring.identity.hues import compared
from ecomgen.scoring.identity.registration import features_in
from ecomgen.scoring.localization import regions

if TYPE_CHECKING:
    from ecomgen.types import BoolMask, Pixels


SIDE = 640  # of the picture, while a second product is looked for
CUT = 0.10  # share of the outline on the picture's edge at which nothing of being whole is left
RIM = 0.04  # of the product's size around it, that is taken as its own
SIZES = (0.15, 3.0)  # of the product's area: what may be a second one
SAME_POINTS = 8  # feature matches that one similarity explains, from which a second product is seen
SAME_SHAPE, SAME_HUES = 0.78, 0.80  # overlaps from which a region of its colours is one


def whole(mask: BoolMask) -> float:
    """1 where the product (HxW) lies inside the picture, falling to 0 as its outline runs along the edge."""
    edge = int(mask[0].sum() + mask[-1].sum() + mask[:, 0].sum() + mask[:, -1].sum())
    _, _, width, height = extent(mask)
    return 1 - float(np.clip(edge / (2 * (width + height)) / CUT, 0, 1))


def alone(picture: Pixels, mask: BoolMask, product: Descriptor) -> float:
    """1 where HxWx3 shows no second product like the one under `mask` (HxW), 0 where it does."""
    radius = max(round(RIM * max(extent(mask)[2:])), 2)
    own = cv2.dilate(mask.astype(np.uint8), np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)) > 0
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
