"""Identity where product and picture lie on one grid: structure, colour, detail and geometry, pixel by pixel.

- structure: the contrast-structure term of SSIM (Wang et al. 2004) over Lab vectors at three scales, after the light
  has been equalised; an edge between two colours of one lightness counts.
- colour: CIEDE2000 at low resolution, lightness at half weight, smooth shading removed within bounds.
- detail: the same term on a band of fine detail, weighted by the reference's own detail: lettering turned to mush.
- hue: the angle by which all hues are turned once the lamp is accounted for, in degrees; it shows on dull products too.
- geometry: dense optical flow (Kroeger et al. 2016, DIS) that is left between the two: warping, in shares of the size.

Each part is exp(-badness), so 1 is the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.color import deltaE_ciede2000

from ecomgen.color import to_lab
from ecomgen.scoring.calibration import calibration
from ecomgen.scoring.identity import light
from ecomgen.scoring.identity.frames import Frame, Pair, over
from ecomgen.types import BoolMask, Float

SLACK = 0.012  # of the product's size: displacement that structure and detail forgive; geometry counts it
ALIKE = 0.35  # structure badness from which a place is certainly wrong
EXACT, UNTOUCHED = 0.05, 0.45  # badness of an unchanged place, and the share of those that two photos never reach
WARPED = 0.06  # of the product's size: displacement undone when asking whether it is the same photo bent
HOPELESS = 0.1  # share of places that are not quite wrong, below which undoing the flow is not worth the time
CLOSE, BENT = 0.1, 0.74  # badness of such a place after that, and the share that two photos never reach
NOISE = 9.0  # variance in Lab units that counts as no structure at all: JPEG and sensor noise
CHROMA = 0.4  # weight of colour at the finest scale, where JPEG keeps half of its resolution
NOISE_MARGIN = 6.0  # how far above the measured noise a difference must stand
FINE_NOISE = 3.0  # the same in the detail band
WORST = 0.2  # the share of the product on which a local fault is judged
TURN_SAMPLES = 4000
TURN_RIDGE = (4.0, 0.02)  # of the turn, in squared chroma, and of the tint
PALE, VIVID = 0.25, 20.0  # the least weight of a grey place, and the chroma from which a place counts whole
SHADING = 12.0  # lightness that a soft shadow or another lamp may add or take


@dataclass(frozen=True, kw_only=True, eq=False)
class Deviations:
    """How bad each part is, and where: HxW maps on the pair's grid."""

    badness: Mapping[str, float]
    structure: Float  # 0 same … 1 unlike
    detail: Float  # the same for fine detail, where the reference has any
    colour: Float  # ΔE2000
    shift: NDArray[np.float64]  # mean ΔL, Δa, Δb where the colour differs

    @property
    def parts(self) -> Mapping[str, float]:
        """Each in [0, 1]."""
        return {name: calibration().part(name, value) for name, value in self.badness.items()}

    @property
    def identity(self) -> float:
        return calibration().at_place(self.parts)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Seen:
    """Both sides in Lab, in one light, with the noise and the flow between them."""

    reference: Float
    picture: Float
    noise: float
    flow: Float

    def structure(self, slack: float) -> Float:
        """Where the structure differs once up to `slack` pixels of displacement are forgiven."""
        settled = _settled(self.picture, self.flow, slack)
        return np.minimum(*(structure_map(self.reference, seen, self.noise) for seen in (self.picture, settled)))

    def unbent(self, slack: float) -> Float:
        """Where the structure differs once the flow is undone, in two steps of up to `slack` pixels each."""
        once = _settled(self.picture, self.flow, slack)
        twice = _settled(once, _flow(self.reference, once), slack)
        return np.minimum(*(structure_map(self.reference, seen, self.noise) for seen in (once, twice)))

    def detail(self, slack: float) -> Float:
        """The same for fine detail."""
        settled = _settled(self.picture, self.flow, slack)
        return np.minimum(*(detail_map(self.reference, seen, self.noise) for seen in (self.picture, settled)))


def _seen(pair: Pair) -> _Seen:
    lamp = light.fit(pair.front.rgb, pair.picture, pair.solid)
    expected = over(Frame(rgb=lamp.on(pair.front.rgb), alpha=pair.alpha), pair.picture)
    reference, picture = to_lab(expected), to_lab(pair.picture)
    noise = noise_between(reference, picture, pair.solid)
    return _Seen(reference=reference, picture=picture, noise=noise, flow=_flow(reference, picture))


def compare(pair: Pair) -> Deviations:
    """Judge `pair`; the product must stand at one place in both."""
    solid, seen = pair.solid, _seen(pair)
    structure, detail = seen.structure(SLACK * pair.size), seen.detail(SLACK * pair.size)
    colour, shift = colour_map(seen.reference, seen.picture, solid)
    fineness = _fineness(seen.reference, seen.noise)
    badness = {
        "structure": _pooled(structure, _strength(seen.reference), solid),
        "colour": _pooled(colour, _colourfulness(seen.reference, seen.picture), solid),
        "detail": _pooled(detail, fineness, solid),
        "geometry": _displacement(seen, solid) / pair.size,
        "hue": abs(turn_between(seen.reference, seen.picture, solid)),
    }
    return Deviations(badness=badness, structure=structure, detail=detail * fineness, colour=colour, shift=shift)


def is_same_shot(pair: Pair) -> bool:
    """Whether the picture shows the very photo of the reference, be it cut, relabelled or bent; not another view.

    A fair share that agrees to the pixel means the photo with a part changed; a large share that agrees once the flow
    is undone means the photo bent. Two photos of one object, even from one side, reach neither.
    """
    seen = _seen(pair)
    weight = np.where(pair.solid, _strength(seen.reference), 0)

    def share(badness: Float, limit: float) -> float:
        return float((weight * (badness < limit)).sum() / weight.sum())

    as_it_is = seen.structure(SLACK * pair.size)
    if share(as_it_is, EXACT) >= UNTOUCHED:
        return True
    if share(as_it_is, ALIKE) < HOPELESS:
        return False
    return share(seen.unbent(WARPED * pair.size), CLOSE) >= BENT


def noise_between(reference: Float, picture: Float, mask: BoolMask) -> float:
    """Variance of the noise (Lab, three channels) that the picture has over the reference, by Immerkaer (1996)."""
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6

    def level(pixels: Float) -> float:
        response = cv2.filter2D(pixels, -1, kernel)[mask]
        return float(((1.4826 * np.median(np.abs(response), axis=0)) ** 2).sum())

    return max(level(picture) - level(reference), 0.0)


def structure_map(reference: Float, picture: Float, noise: float) -> Float:
    """1 - contrast-structure, mean of three scales, in [0, 1]; both HxWx3 Lab; `noise` is a variance to ignore."""
    height, width = reference.shape[:2]
    total = np.zeros((height, width), np.float32)
    for scale in (1, 2, 4):
        small = (max(width // scale, 8), max(height // scale, 8))
        channels = np.array([1, 1, 1] if scale > 1 else [1, CHROMA, CHROMA], np.float32)
        pair = (cv2.resize(pixels, small, interpolation=cv2.INTER_AREA) * channels for pixels in (reference, picture))
        total += cv2.resize(
            1 - _agreement(*pair, sigma=3, noise=NOISE + NOISE_MARGIN * noise / scale**2), (width, height)
        )
    return np.clip(total / 3, 0, 1)


def _agreement(reference: Float, picture: Float, *, sigma: float, noise: float) -> Float:
    """(2 cov + c) / (var + var + c) in Gaussian windows, the channels' sums."""

    def smooth(values: Float) -> Float:
        return cv2.GaussianBlur(values, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE).reshape(values.shape)

    x, y = reference - smooth(reference), picture - smooth(picture)
    covariance = smooth(_inner(x, y))
    variance = smooth(_inner(x, x) + _inner(y, y))
    return (2 * covariance + noise) / (variance + noise)


def _inner(x: Float, y: Float) -> Float:
    """The channels' products summed, HxW."""
    return np.einsum("hwc,hwc->hw", x, y)


def _strength(pixels: Float) -> Float:
    """How much there is to see at each pixel: local contrast in Lab units, never quite 0."""
    smooth = cv2.GaussianBlur(pixels, (0, 0), 2)
    energy = cv2.GaussianBlur(_inner(pixels - smooth, pixels - smooth), (0, 0), 4)
    return np.sqrt(energy) + 1


def _pooled(badness: Float, weight: Float, mask: BoolMask) -> float:
    """Half the mean, half the mean of the worst fifth: small faults count, noise does not."""
    sigma = 0.02 * max(badness.shape)
    area = np.where(mask, weight, 0).astype(np.float32)
    local = cv2.GaussianBlur(badness * area, (0, 0), sigma) / np.maximum(cv2.GaussianBlur(area, (0, 0), sigma), 1e-6)
    values, weights = badness[mask], weight[mask]
    mean = float((values * weights).sum() / weights.sum())
    worst = np.sort(local[mask])[-max(int(WORST * mask.sum()), 1) :]
    return 0.5 * mean + 0.5 * float(worst.mean())


def colour_map(reference: Float, picture: Float, mask: BoolMask) -> tuple[Float, NDArray[np.float64]]:
    """ΔE2000 at each pixel, and the mean (ΔL, Δa, Δb) weighted by it inside `mask`."""
    height, width = mask.shape
    small = (max(width // 2, 8), max(height // 2, 8))
    sigma = 0.008 * max(height, width)
    x, y = (
        cv2.resize(cv2.GaussianBlur(p, (0, 0), sigma), small, interpolation=cv2.INTER_AREA)
        for p in (reference, picture)
    )
    inside = cv2.resize(mask.astype(np.float32), small, interpolation=cv2.INTER_AREA)
    y = y.copy()
    y[..., 0] -= _shading(y[..., 0] - x[..., 0], inside)
    differs = deltaE_ciede2000(x, y, kL=2).astype(np.float32)
    weight = (differs * inside)[..., None]
    shift = ((y - x) * weight).sum(axis=(0, 1)) / max(float(weight.sum()), 1e-6)
    return cv2.resize(differs, (width, height)), shift.astype(np.float64)


def _colourfulness(reference: Float, picture: Float) -> Float:
    """How much a place's colour says, from `PALE` to 1: a small print on a white mug is what its colour is known by."""
    chroma = np.maximum(*(np.hypot(side[..., 1], side[..., 2]) for side in (reference, picture)))
    return np.clip(cv2.GaussianBlur(chroma, (0, 0), 2) / VIVID, PALE, 1)


def turn_between(reference: Float, picture: Float, mask: BoolMask) -> float:
    """The angle in degrees by which hues are turned from `reference` to `picture` (HxWx3 Lab, in one light).

    Colours as complex numbers a + ib: picture = turn * reference + tint * lightness, fitted robustly with a ridge
    towards no turn. What is left of a lamp is a tint and does not turn.
    """
    step = max(int(mask.sum()) // TURN_SAMPLES, 1)
    x, y = (cv2.GaussianBlur(side, (0, 0), 2)[mask][::step].astype(np.float64) for side in (reference, picture))
    design = np.stack([x[:, 1] + 1j * x[:, 2], x[:, 0] / 50 + 0j], axis=1)
    shown, weight = y[:, 1] + 1j * y[:, 2], np.ones(len(x))
    found = np.array([1, 0], complex)
    for _ in range(6):
        weighted = (design * weight[:, None]).conj().T
        normal = weighted @ design + np.diag(TURN_RIDGE) * weight.sum()
        found = np.linalg.solve(normal, weighted @ shown + np.array([TURN_RIDGE[0], 0]) * weight.sum())
        weight = 1 / (1 + (np.abs(shown - design @ found) / 4) ** 2)
    return float(np.degrees(np.angle(found[0])))


def _shading(difference: Float, inside: Float) -> Float:
    """The smooth part of a lightness difference, bounded: what a soft shadow may do."""
    sigma = 0.12 * max(difference.shape)
    area = np.maximum(cv2.GaussianBlur(inside, (0, 0), sigma), 1e-3)
    return np.clip(cv2.GaussianBlur(difference * inside, (0, 0), sigma) / area, -SHADING, SHADING)


def detail_map(reference: Float, picture: Float, noise: float) -> Float:
    """1 - agreement of the fine band of lightness, in [0, 1]."""
    unlike = 1 - _agreement(_fine(reference), _fine(picture), sigma=4, noise=FINE_NOISE + NOISE_MARGIN * noise / 3)
    return np.clip(unlike, 0, 1)


def _fine(pixels: Float) -> Float:
    """The band of lightness finer than two pixels, HxWx1."""
    lightness = pixels[..., :1]
    return lightness - cv2.GaussianBlur(lightness, (0, 0), 2).reshape(lightness.shape)


def _fineness(reference: Float, noise: float) -> Float:
    """Where the reference has fine detail that stands above the noise: 0 … 1."""
    energy = cv2.GaussianBlur(_fine(reference)[..., 0] ** 2, (0, 0), 4)
    return energy / (energy + FINE_NOISE + NOISE_MARGIN * noise / 3) + 1e-3


def _flow(reference: Float, picture: Float) -> Float:
    """HxWx2 displacement in pixels; zero where the grid is too small for it."""
    x, y = (np.clip(pixels[..., 0] * 2.55, 0, 255).astype(np.uint8) for pixels in (reference, picture))
    return flow_between(x, y) if min(x.shape) >= 32 else np.zeros((*x.shape, 2), np.float32)


def _settled(picture: Float, flow: Float, most: float) -> Float:
    """`picture` moved back along the flow, by at most `most` pixels: a hair's breadth is not another product."""
    length = np.linalg.norm(flow, axis=-1, keepdims=True)
    step = flow * np.minimum(1, most / np.maximum(length, 1e-6))
    height, width = length.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return cv2.remap(picture, x + step[..., 0], y + step[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _displacement(seen: _Seen, mask: BoolMask) -> float:
    """Root mean square of the flow in pixels, where there is something to hold on to and it does not lie right."""
    dx, dy = (cv2.Sobel(seen.reference[..., 0], cv2.CV_32F, *order, scale=0.125) for order in ((1, 0), (0, 1)))
    hold = np.where(mask, np.minimum(np.hypot(dx, dy), 8), 0)
    hold[hold < 1.5] = 0
    wrong = np.minimum(structure_map(seen.reference, seen.picture, seen.noise) / ALIKE, 1)
    squared = (seen.flow**2).sum(axis=-1) * wrong
    return float(np.sqrt((squared * hold).sum() / (hold.sum() + 50)))


def flow_between(x: NDArray[Any], y: NDArray[Any]) -> Float:
    """HxWx2 flow in pixels from grey `x` to grey `y` (HxW uint8, at least 32 pixels a side)."""
    return cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST).calc(x, y, np.zeros((*x.shape, 2), np.float32))
