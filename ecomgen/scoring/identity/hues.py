"""Was the hue turned: colours as hue and chroma, and the turn about the neutral axis that fits better than none.

Whole colours may shift with the lamp; what no lamp does is turn every hue by one angle. Both sides become histograms
over hue (cyclic) and chroma, so that all turns are tried at once by a circular correlation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from ecomgen.color import LUMA, to_lab, to_srgb
from ecomgen.scoring.identity.light import WARM
from ecomgen.types import Float

ANGLES = 72  # of 5° each
CHROMAS = np.array([4.0, 10.0, 18.0, 30.0, 48.0])  # lower bounds; below the first a pixel is grey
BLUR = 1.2  # of the angles
MIDDLE = 0.25  # of light: what the median is brought to, since exposure is not identity
LAMPS = (-0.2, -0.1, 0.0, 0.1, 0.2)  # warmth, natural logarithms
LAZY = 0.0005  # of overlap per step of the angle: no turn where all are alike
DOUBT = 0.3  # of overlap per unit of warmth: an unlikely lamp explains less


@dataclass(frozen=True, kw_only=True, eq=False)
class Hues:
    """Square roots of shares: coloured (`ANGLES` x chromas), and the grey rest; their squares sum to 1."""

    coloured: Float
    grey: float
    mean: complex  # of a + ib


def under_lamps(linear: Float) -> Mapping[float, Hues]:
    """The hues of Nx3 in linear light as each lamp would show them."""
    middle = float(np.median(linear @ LUMA))
    even = linear * (MIDDLE / max(middle, 1e-3))
    return {lamp: _hues(even * np.exp(lamp * WARM)) for lamp in LAMPS}


def _hues(linear: Float) -> Hues:
    rgb = to_srgb(np.clip(linear, 0, 1).astype(np.float32))
    ab = to_lab(rgb[None])[0, :, 1:]
    band = np.searchsorted(CHROMAS, np.hypot(ab[:, 0], ab[:, 1])) - 1
    angle = (np.degrees(np.arctan2(ab[:, 1], ab[:, 0])) % 360 / (360 / ANGLES)).astype(int) % ANGLES
    counts = np.zeros((ANGLES, len(CHROMAS)), np.float32)
    np.add.at(counts, (angle[band >= 0], band[band >= 0]), 1)
    wrapped = cv2.GaussianBlur(np.tile(counts, (3, 1)), (1, 0), sigmaX=0.01, sigmaY=BLUR)[ANGLES : 2 * ANGLES]
    share = wrapped / max(len(ab), 1)
    mean = ab.mean(axis=0)
    return Hues(coloured=np.sqrt(share), grey=float(np.sqrt((band < 0).mean())), mean=complex(mean[0], mean[1]))


@dataclass(frozen=True, kw_only=True)
class Turn:
    """How two products' hues lie to each other."""

    overlap: float  # in [0, 1], under the lamp that explains most
    gain: float  # how much more they overlap once the hue is turned, in [0, 1]
    degrees: float  # that turn, -180 to 180


def compared(reference: Mapping[float, Hues], picture: Mapping[float, Hues]) -> Turn:
    """The picture's hues against the reference's."""
    own = reference[0.0]
    spectrum = np.conj(np.fft.fft(own.coloured, axis=0))
    overlaps = {lamp: _by_turn(spectrum, own, shown) for lamp, shown in picture.items()}
    as_it_is = max(float(found[0]) - DOUBT * abs(lamp) for lamp, found in overlaps.items())
    steps = np.minimum(np.arange(ANGLES), ANGLES - np.arange(ANGLES))
    best = int(np.argmax(overlaps[0.0] - LAZY * steps))
    return Turn(
        overlap=min(max(as_it_is, 0.0), 1.0),
        gain=max(float(overlaps[0.0][best]) - as_it_is, 0.0),
        degrees=float((best * 360 / ANGLES + 180) % 360 - 180),
    )


def _by_turn(spectrum: Float, own: Hues, shown: Hues) -> Float:
    """Bhattacharyya's coefficient for each turn of the reference's hues."""
    return np.fft.ifft(spectrum * np.fft.fft(shown.coloured, axis=0), axis=0).real.sum(axis=1) + own.grey * shown.grey
