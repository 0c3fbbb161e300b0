"""What a product looks like when it cannot be laid over its reference: classical descriptors of the masked crop.

- colour: a soft histogram in Lab, compared under a few plausible lamps (Bhattacharyya);
- gradients: histograms of oriented gradients (Dalal & Triggs 2005) of the crop on grey, cosine;
- texture: uniform local binary patterns (Ojala et al. 2002) inside the mask, Bhattacharyya;
- detail: how much fine contrast is left, at the coarser one's resolution;
- shape: Hu's moments (1962) of the mask, mirror and size aside;
- points: mutual SIFT matches that one affine map explains;
- hues and patches: see `hues` and `patches`.

`faults` holds what another view of one product does not have: a turned hue, a bent or stretched outline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import convolve1d
from skimage.feature import hog, local_binary_pattern

from ecomgen.color import to_lab, to_linear, to_srgb
from ecomgen.morphology import eroded
from ecomgen.scoring.identity.features import Features, features_of, matched
from ecomgen.scoring.identity.frames import Frame, extent, on_grey, shrunk
from ecomgen.scoring.identity.hues import Hues, compared, under_lamps
from ecomgen.scoring.identity.light import WARM
from ecomgen.scoring.identity.outline import Outline, losses, outline_of
from ecomgen.scoring.identity.patches import Cells, cells_of
from ecomgen.scoring.identity.patches import matched as patches_matched
from ecomgen.types import BoolMask, Float

SIDE = 128
PIXELS = 4000
FAINT = 0.02  # fine contrast that is as good as none
EXPOSURES = (-0.6, -0.3, 0.0, 0.3, 0.6)  # natural log of the gain
WARMTHS = (-0.4, -0.2, 0.0, 0.2, 0.4)
BINS = ((0, 100, 6), (-100, 100, 20), (-100, 100, 20))  # L, a, b: from, to, number


@dataclass(frozen=True, eq=False)
class Descriptor:
    """One product in one picture; everything is worked out when first asked for."""

    frame: Frame

    @cached_property
    def mask(self) -> BoolMask:
        mask = self.frame.alpha > 0.5
        return mask if mask.any() else np.ones_like(mask)

    @cached_property
    def square(self) -> tuple[Float, BoolMask]:
        """The product centred on a grey square of `SIDE`, rgb and mask."""
        square, matte = on_grey(self.frame, self.mask.astype(np.float32), SIDE)
        return square, matte > 0.5

    @cached_property
    def linear(self) -> Float:
        """Up to `PIXELS` of the product's pixels in linear light, Nx3."""
        pixels = self.frame.rgb[self.mask]
        return to_linear(pixels[:: max(len(pixels) // PIXELS, 1)])

    @cached_property
    def histogram(self) -> Float:
        return histogram(self.linear)

    @cached_property
    def lit_histograms(self) -> Float:
        """The histogram under each plausible lamp, MxB."""
        gains = [np.exp(e + w * WARM).astype(np.float32) for e in EXPOSURES for w in WARMTHS]
        return np.stack([histogram(self.linear * gain) for gain in gains])

    @cached_property
    def gradients(self) -> Float:
        square, _ = self.square
        grey = cv2.cvtColor(square, cv2.COLOR_RGB2GRAY)
        found = hog(grey, orientations=9, pixels_per_cell=(16, 16), cells_per_block=(2, 2))
        return (found / max(float(np.linalg.norm(found)), 1e-6)).astype(np.float32)

    @cached_property
    def texture(self) -> Float:
        square, mask = self.square
        grey = (cv2.cvtColor(square, cv2.COLOR_RGB2GRAY) * 255).astype(np.uint8)
        patterns = (local_binary_pattern(grey, 8, radius, "uniform")[mask].astype(int) for radius in (1, 3))
        counts = [np.bincount(each, minlength=10) for each in patterns]
        return np.concatenate([np.sqrt(each / max(each.sum(), 1)) for each in counts]).astype(np.float32) / np.sqrt(2)

    @cached_property
    def shape(self) -> NDArray[np.float64]:
        hu = cv2.HuMoments(cv2.moments(self.square[1].astype(np.uint8), binaryImage=True)).ravel()[:4]
        return np.log10(np.abs(hu) + 1e-7)

    @cached_property
    def hues(self) -> Mapping[float, Hues]:
        return under_lamps(self.linear)

    @cached_property
    def outline(self) -> Outline:
        return outline_of(self.square[1] if self.square[1].any() else np.ones((SIDE, SIDE), bool))

    @cached_property
    def cells(self) -> Cells:
        return cells_of(*self.square)

    @cached_property
    def features(self) -> Features:
        return features_of(self.frame.rgb, self.mask)


def histogram(linear: Float) -> Float:
    """The square roots of a smoothed Lab histogram's shares; `linear` is Nx3 in linear light."""
    lab = to_lab(to_srgb(linear)[None])[0]
    ranges = [(low, high) for low, high, _ in BINS]
    counts, _ = np.histogramdd(lab, bins=[number for *_, number in BINS], range=ranges)
    smooth = counts.astype(np.float32)
    for axis in range(3):
        smooth = convolve1d(smooth, (0.25, 0.5, 0.25), axis, mode="nearest")
    return np.sqrt(smooth / max(float(smooth.sum()), 1e-6)).ravel()


def likeness(reference: Descriptor, picture: Descriptor) -> Mapping[str, float]:
    """How alike two products are, each in [0, 1]."""
    apart = float(np.abs(reference.shape - picture.shape).sum())
    return {
        "colour": colours(reference, picture),
        "gradients": float(np.clip(reference.gradients @ picture.gradients, 0, 1)),
        "texture": _closeness(float(reference.texture @ picture.texture)),
        "shape": float(np.exp(-apart)),
        "detail": _detail(reference, picture),
        "points": 1 - float(np.exp(-_explained(reference, picture) / 12)),
        "hues": _closeness(compared(reference.hues, picture.hues).overlap),
        "patches": patches_matched(reference.cells, picture.cells),
    }


def colours(reference: Descriptor, picture: Descriptor) -> float:
    """How alike the colours of two products are under one of a few plausible lamps, in [0, 1]."""
    return _closeness(float(np.max(picture.lit_histograms @ reference.histogram)))


OUTLINE = ("asymmetry", "dents", "gaps", "waves", "ripples", "curves", "stretch")
FAULTS = ("turn", "turned", *OUTLINE)


def faults(reference: Descriptor, picture: Descriptor) -> Mapping[str, float]:
    """What speaks against two views of one product, each ≥ 0 and 0 for nothing."""
    turn = compared(reference.hues, picture.hues)
    return {"turn": abs(turn.degrees) / 90, "turned": turn.gain, **losses(reference.outline, picture.outline)}


def _closeness(overlap: float) -> float:
    """1 - Hellinger's distance, of Bhattacharyya's coefficient."""
    return 1 - float(np.sqrt(max(1 - overlap, 0.0)))


def _detail(reference: Descriptor, picture: Descriptor) -> float:
    """How much of the reference's fine contrast is left, at the resolution of the coarser; more is not better."""
    size = min(extent(one.mask).longest for one in (reference, picture))
    kept, there = (_fine_contrast(one, size) for one in (picture, reference))
    return float(min((kept + FAINT) / (there + FAINT), 1.0))


def _fine_contrast(one: Descriptor, size: float) -> float:
    """Contrast finer than 1.5 pixels with the product `size` pixels long, as a share of all its contrast."""
    scale = size / extent(one.mask).longest
    grey = shrunk(cv2.cvtColor(one.frame.rgb, cv2.COLOR_RGB2GRAY), scale)
    inside = eroded(shrunk(one.frame.alpha, scale) > 0.5, 4)
    if not inside.any():
        return 0.0
    fine = np.abs(grey - cv2.GaussianBlur(grey, (0, 0), 1.5))[inside]
    return float(fine.mean() / max(float(grey[inside].std()), 0.03))


def _explained(reference: Descriptor, picture: Descriptor) -> int:
    """How many feature matches one affine map explains, beyond the few that chance gives."""
    source, target = matched(reference.features, picture.features)
    if len(source) < 6:
        return 0
    cv2.setRNGSeed(0)
    threshold = 0.025 * max(picture.mask.shape)
    _, inliers = cv2.estimateAffine2D(source, target, ransacReprojThreshold=threshold)
    return max(int(inliers.sum()) - 5, 0) if inliers is not None else 0
