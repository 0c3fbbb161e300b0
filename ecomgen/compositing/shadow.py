"""A soft contact shadow, painted from the cut-out alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.types import Pixels

REACH = 0.10  # of the product's height: what hangs higher than this above the ground casts no contact shadow
CORE, VEIL = 0.55, 0.30  # light taken away where the product touches, and around it
SMALL = 512  # pixels of the longer side at which a shadow this soft is painted


def contact_shadow(product: Pixels) -> NDArray[np.float32]:
    """How much light the product takes from the ground it stands on, HxW float32 in [0, 1].

    `product` is HxWx4. Each column's lowest opaque pixel darkens the ground below it, the more the nearer it is to the
    lowest one of all: a narrow core under what touches, a wide veil around it.
    """
    import cv2

    height, width = product.shape[:2]
    scale = min(1.0, SMALL / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    alpha = cv2.resize(product[..., 3], size, interpolation=cv2.INTER_AREA)
    touched = _touched(alpha)
    span = max(2.0, float(np.ptp(np.nonzero((alpha > 127).any(0))[0])) if (alpha > 127).any() else 2.0)
    core = cv2.GaussianBlur(touched, (0, 0), sigmaX=0.025 * span + 0.5, sigmaY=0.010 * span + 0.5)
    veil = cv2.GaussianBlur(touched, (0, 0), sigmaX=0.10 * span + 0.5, sigmaY=0.035 * span + 0.5)
    taken = CORE * _scaled(core) + VEIL * _scaled(veil)
    return np.clip(cv2.resize(taken, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1).astype(np.float32)


def _touched(alpha: NDArray[Any]) -> NDArray[np.float32]:
    """The pixels at which the product meets the ground, weighted by how near they are to its lowest row."""
    opaque = alpha > 127
    found = np.zeros(alpha.shape, np.float32)
    if not opaque.any():
        return found
    rows = np.nonzero(opaque.any(1))[0]
    columns = np.nonzero(opaque.any(0))[0]
    lowest = alpha.shape[0] - 1 - np.argmax(opaque[::-1, columns], axis=0)
    reach = max(2.0, REACH * (rows[-1] - rows[0]))
    found[lowest, columns] = np.clip(1 - (rows[-1] - lowest) / reach, 0, 1) ** 2
    return found


def _scaled(blurred: NDArray[Any]) -> NDArray[Any]:
    most = float(blurred.max())
    return blurred / most if most > 0 else blurred
