"""What stands behind the product's edge, grown inwards from what is seen beside it (pull-push interpolation).

Gortler et al., "The Lumigraph", section 3.6. The soft edge of the product is blended over the scene, so the scene must
show there the background, never the stand-in.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.types import BoolMask

MOSTLY = 100  # of 255: below, a pixel at the stand-in's edge shows ground rather than the stand-in
NEAR = 3.0  # pixels: how far what is seen at the edge reaches in, before the wider surroundings count


def grown_behind(picture: Values, hidden: BoolMask) -> Values:
    """`picture` (HxWx3, linear) with its `hidden` pixels (HxW) filled from the others.

    At the edge the nearest pixel is taken, so that the dark line under a product also lies under its soft edge; farther
    in, the surroundings flow together smoothly.
    """
    if not hidden.any() or hidden.all():
        return picture
    weight = (~hidden).astype(np.float32)[..., None]
    smooth = _pull_push(picture * weight, weight)
    distance, label = cv2.distanceTransformWithLabels(
        hidden.astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    nearest = np.asarray(label, dtype=np.intp)
    seen = np.zeros((int(nearest.max()) + 1, 3), np.float32)
    seen[nearest[~hidden]] = picture[~hidden]
    share = np.exp(-np.maximum(distance - 1, 0) / NEAR)[..., None]
    filled = cv2.GaussianBlur(seen[nearest], (0, 0), 1.0) * share + smooth * (1 - share)
    return np.where(hidden[..., None], filled, picture)


def _pull_push(weighted: Values, weight: Values) -> Values:
    height, width = weight.shape[:2]
    mean = weighted / np.maximum(weight, 1e-6)
    if min(height, width) <= 2 or weight.min() > 0.999:
        return mean
    half = ((width + 1) // 2, (height + 1) // 2)
    coarse_weight = cv2.resize(weight, half, interpolation=cv2.INTER_AREA)[..., None]
    coarse = cv2.resize(weighted, half, interpolation=cv2.INTER_AREA)
    gain = np.minimum(coarse_weight * 4, 1) / np.maximum(coarse_weight, 1e-6)
    below = _pull_push(coarse * gain, coarse_weight * gain)
    up = cv2.resize(below, (width, height), interpolation=cv2.INTER_LINEAR)
    share = np.minimum(weight, 1)
    return mean * share + up * (1 - share)


def hidden_by(alpha: NDArray[np.uint8]) -> BoolMask:
    """Where the stand-in of a product of this alpha (HxW) hides the scene: it is as large as what is mostly opaque."""
    return alpha >= MOSTLY
