"""The sRGB curve, for the steps that blend or render in linear light (IEC 61966-2-1), CIELAB, for comparing, and alpha,
of what is covered."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ecomgen.types import Float, Pixels

LUMA = np.array([0.2126, 0.7152, 0.0722])
"""What linear red, green and blue add to luminance."""


def to_linear(srgb: ArrayLike) -> NDArray[np.float32]:
    """sRGB, uint8 or float in [0, 1], to linear light, float32 in [0, 1]."""
    values = np.asarray(srgb)
    encoded = values.astype(np.float32) / 255 if values.dtype == np.uint8 else values.astype(np.float32)
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4).astype(np.float32)


def to_srgb(linear: ArrayLike) -> NDArray[np.float32]:
    """Linear light, clipped to [0, 1], to sRGB, float32 in [0, 1]."""
    values = np.clip(np.asarray(linear, dtype=np.float32), 0, 1)
    return np.where(values <= 0.0031308, values * 12.92, 1.055 * values ** (1 / 2.4) - 0.055).astype(np.float32)


def to_lab(srgb: ArrayLike) -> NDArray[np.float32]:
    """HxWx3 sRGB, uint8 or float in [0, 1], to CIELAB (D65), float32."""
    import cv2

    values = np.asarray(srgb)
    encoded = values.astype(np.float32) / 255 if values.dtype == np.uint8 else values.astype(np.float32)
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(encoded), cv2.COLOR_RGB2LAB), np.float32)


def to_bytes(unit: ArrayLike) -> NDArray[np.uint8]:
    """Floats in [0, 1] to the nearest of 0–255."""
    return np.round(np.clip(np.asarray(unit), 0, 1) * 255).astype(np.uint8)


def uncovered(product: Pixels, cover: Float) -> Pixels:
    """`product` (HxWx4) without what is covered (HxW in [0, 1]) of it: there it is clear."""
    shown = product.copy()
    shown[..., 3] = np.round(product[..., 3] * (1 - cover))
    return shown
