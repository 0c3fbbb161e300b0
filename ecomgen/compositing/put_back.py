"""A re-drawn product's true pixels, put back where the picture shows it as its photo does."""

from __future__ import annotations

import numpy as np

from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.compositing.composition import Composed
from ecomgen.messages import Message
from ecomgen.types import Float, Pixels, Transform

FITS, MISSES = 10.0, 20.0  # CIE 1976 between picture and product, softened: up to which it fits, from which it does not
SOFT = 0.012  # of the product's longer side: over which differences are softened, and true pixels fade in
LEAST = 0.05  # of the product: with less there is nothing to put back


def put_back(product: Pixels, picture: Pixels, onto: Transform) -> Composed:
    """The picture (HxWx3) with the true pixels of `product` (RGBA, canvas) where they fit.

    Args:
        onto: the map from the canvas to the picture.
    """
    import cv2

    size = picture.shape[1::-1]
    layer = product.astype(np.float32) / 255
    layer[..., :3] = to_linear(product[..., :3]) * layer[..., 3:]
    laid = cv2.warpAffine(layer, onto, size, flags=cv2.INTER_CUBIC)
    alpha = np.clip(laid[..., 3], 0, 1)
    true = to_srgb(np.clip(laid[..., :3] / np.maximum(alpha, 1e-3)[..., None], 0, 1))
    weight = alpha * _fitting(true, picture, alpha)
    share = float(weight.sum() / max(alpha.sum(), 1.0))
    if share < LEAST:
        return Composed(pixels=picture)
    mixed = to_linear(picture) * (1 - weight[..., None]) + to_linear(true) * weight[..., None]
    note = Message("the product was found again in the picture, and {share:.0%} of it has its true pixels", share=share)
    pixels = np.where(weight[..., None] > 0, to_bytes(to_srgb(mixed)), picture)
    return Composed(pixels=pixels, notes=(note,))


def _fitting(true: Float, picture: Pixels, alpha: Float) -> Float:
    """HxW: 1 where the picture shows nearly what the photo does, 0 where it does not; soft between, and at the edge."""
    import cv2

    rows, columns = np.nonzero(alpha > 0.5)
    sigma = max(SOFT * max(np.ptp(rows), np.ptp(columns), 1), 1.0) if len(rows) else 1.0
    there, own = (cv2.cvtColor(one.astype(np.float32), cv2.COLOR_RGB2LAB) for one in (picture / 255, true))
    away = np.linalg.norm(there - own, axis=-1).astype(np.float32) * alpha
    near = cv2.GaussianBlur(away, (0, 0), sigma) / np.maximum(cv2.GaussianBlur(alpha, (0, 0), sigma), 1e-3)
    fits = np.clip((MISSES - near) / (MISSES - FITS), 0, 1).astype(np.float32)
    inside = cv2.erode((alpha > 0.98).astype(np.float32), np.ones((3, 3)), iterations=max(round(sigma), 1))
    return np.minimum(cv2.GaussianBlur(fits, (0, 0), sigma), cv2.GaussianBlur(inside, (0, 0), sigma))
