"""What stands behind the product's edge, grown inwards from what is seen beside it (pull-push interpolation).

Gortler et al., "The Lumigraph", section 3.6. The soft edge of the product is blended over the scene, so the scene must
show there the background, never the stand-in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.types import BoolMask


def grown_behind(picture: NDArray[np.floating[Any]], hidden: BoolMask) -> NDArray[np.floating[Any]]:
    """`picture` (HxWx3, linear) with its `hidden` pixels (HxW) filled smoothly from the others."""
    if not hidden.any() or hidden.all():
        return picture
    weight = (~hidden).astype(np.float32)[..., None]
    filled = _pull_push(picture * weight, weight)
    return np.where(hidden[..., None], filled, picture)


def _pull_push(weighted: NDArray[np.floating[Any]], weight: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    import cv2

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


def hidden_by(alpha: NDArray[np.uint8], reach: int) -> BoolMask:
    """Where a product of this alpha (HxW) hides the scene, widened by `reach` pixels."""
    import cv2

    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return cv2.dilate((alpha > 0).astype(np.uint8), kernel) > 0
