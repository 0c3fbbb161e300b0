"""Light is not identity: fits what another lamp or exposure did to the product, within what lamps can do.

The reference is moved into the picture's light (not the other way round), so that highlights clipped by a longer
exposure are clipped in both. The model is a von Kries gain for each channel in linear light with one common contrast
exponent, fitted robustly (Tukey's weights) on logarithms and then held to plausible bounds: a lamp may be warmer or
cooler by a good deal, greener only a little, so a changed hue does not pass for a changed lamp.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_linear, to_srgb
from ecomgen.types import BoolMask, Float

WARM = np.array([1.0, 0.0, -1.0]) / np.sqrt(2)
GREEN = np.array([-1.0, 2.0, -1.0]) / np.sqrt(6)
BOUNDS = np.array([[-1.6, 1.6], [-0.7, 0.7], [-0.09, 0.09], [0.6, 1.6]])  # of exposure, warmth, green (logs), exponent
TYPICAL = np.array([0.0, 0.0, 0.0, 1.0])
PRIOR = np.array([1e-4, 1e-2, 1.0, 0.05])  # how firmly each is held to the typical value, per sample
FLOOR = 0.004  # of linear light: below it there is noise, not colour
BURNT = 0.98
SAMPLES = 3000


@dataclass(frozen=True, kw_only=True)
class Light:
    """What the picture's light has over the photo's: gains as natural logarithms, and a contrast exponent."""

    exposure: float
    warmth: float
    green: float
    exponent: float
    pivot: float  # mean log of the reference: the exponent turns about it

    def on(self, reference: Float) -> Float:
        """HxWx3 sRGB in [0, 1] in this light, clipped as a camera clips."""
        logs = np.log(np.maximum(to_linear(reference), FLOOR))
        gains = self.exposure + self.warmth * WARM + self.green * GREEN
        lit = np.exp((logs - self.pivot) * self.exponent + self.pivot + gains)
        return to_srgb(lit.astype(np.float32))


def fit(reference: Float, picture: Float, mask: BoolMask) -> Light:
    """The light of `picture` relative to `reference` (HxWx3 sRGB in [0, 1]) inside `mask`."""
    x, y = _samples(reference, mask), _samples(picture, mask)
    usable = (x > FLOOR) & (x < BURNT) & (y > FLOOR) & (y < BURNT)
    if usable.sum() < 90:
        return Light(exposure=0, warmth=0, green=0, exponent=1, pivot=0)
    x, y = np.log(np.maximum(x, FLOOR)), np.log(np.maximum(y, FLOOR))
    pivot = float(x[usable].mean())
    found = _robust(x - pivot, y - pivot, usable)
    exposure, warmth, green, exponent = (float(value) for value in np.clip(found, *BOUNDS.T))
    return Light(exposure=exposure, warmth=warmth, green=green, exponent=exponent, pivot=pivot)


def _samples(pixels: Float, mask: BoolMask) -> NDArray[np.float64]:
    linear = cv2.GaussianBlur(to_linear(pixels), (0, 0), 2)
    chosen = linear[mask]
    return chosen[:: max(len(chosen) // SAMPLES, 1)].astype(np.float64)


def _robust(x: NDArray[np.float64], y: NDArray[np.float64], usable: BoolMask) -> NDArray[np.float64]:
    """Tukey's biweight by iterated weighted ridge regression; one weight a pixel, so that its channels go together.

    `usable` (Nx3) leaves out channels that are black or burnt out in either picture.
    """
    columns = [np.ones_like(x), np.broadcast_to(WARM, x.shape), np.broadcast_to(GREEN, x.shape), x]
    design = np.stack(columns, axis=-1)
    weight = np.ones(len(x))
    found = TYPICAL
    for _ in range(8):
        each = weight[:, None] * usable
        weighted = design * each[..., None]
        normal = np.einsum("nci,ncj->ij", weighted, design) + np.diag(PRIOR) * each.sum() / 3
        found = np.linalg.solve(normal, np.einsum("nci,nc->i", weighted, y) + PRIOR * each.sum() / 3 * TYPICAL)
        residual = np.linalg.norm((y - design @ found) * usable, axis=1)
        spread = max(4.7 * 1.48 * float(np.median(residual[usable.any(axis=1)])), 0.15)
        weight = np.clip(1 - (residual / spread) ** 2, 0, None) ** 2 + 1e-6
    return found
