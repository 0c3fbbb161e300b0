"""Which way light and shadow follow each other in a photo: what changes its sign when the photo is mirrored.

A thing lit from the left is bright on its left and has its shadow on its right, so that edges from bright to dark are
sharper than those from dark to bright, and shadows' edges slant one way.
"""

from __future__ import annotations

import cv2
import numpy as np
import torch
from torch import Tensor

from ecomgen.color import LUMA, to_linear
from ecomgen.scenes.studio.estimation.resampling import squeezed
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.types import Pixels

SIDE, ROWS, COLUMNS = 192, 24, 6  # pixels; places that are told apart
SCALES = (1, 2, 4)  # pixels
SLANTS = 3 * len(SCALES)
LEAST, GAIN = 0.02, 4.0  # of log luminance a pixel: noise; towards values near 1


def slants(pixels: Pixels) -> Tensor:
    """Of a photo (HxWx3, sRGB): which sign prevails among the gradients of its log luminance, which slant, and their
    skew, SLANTSxROWSxCOLUMNS."""
    tone = np.log(to_linear(squeezed(pixels, (SIDE, SIDE))) @ LUMA + 0.02)
    told = np.concatenate([_slants(tone.astype(np.float32), scale) for scale in SCALES])
    return torch.from_numpy((GAIN * told).astype(np.float32))


def _slants(tone: Values, scale: int) -> Values:
    smooth = cv2.GaussianBlur(tone, (0, 0), 0.6 * scale)
    across, down = (cv2.Sobel(smooth, cv2.CV_32F, *axis, ksize=3) * scale / 8 for axis in ((1, 0), (0, 1)))
    strength = np.sqrt(_cells(across**2 + down**2)) + LEAST
    prevailing, slanted = _cells(across * abs(across)) / strength, _cells(across * down) / strength
    return np.stack([prevailing, slanted, np.cbrt(_cells(across**3))])


def _cells(values: Values) -> Values:
    return values.reshape(ROWS, SIDE // ROWS, COLUMNS, SIDE // COLUMNS).mean((1, 3))
