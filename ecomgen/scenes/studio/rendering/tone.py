"""From scene light to a picture: metering, a film's shoulder, a little grain. The product never passes through here."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator

from ecomgen import color
from ecomgen.scenes.studio.primitives.types import Light
from ecomgen.types import BoolMask, Pixels

LUMA = color.LUMA.astype(np.float32)
SHOULDER = 0.62  # where highlights begin to be compressed
GRAIN = 0.0045  # deviation, of the sRGB range


def metered(light: Light, albedo: Light, usable: BoolMask) -> float:
    """The gain that shows a surface at the product's place as bright as it is: 1 over the light that falls on it.

    `usable` (HxW) marks the ground round the product. Falls back to the whole picture where nothing is usable.
    """
    reflectance = albedo @ LUMA
    known = usable & (reflectance > 0.02)
    if known.sum() < 50:
        known = reflectance > 0.02
    if known.sum() < 50:
        return 1.0
    falling = (light @ LUMA)[known] / reflectance[known]
    return float(1 / max(np.percentile(falling, 70), 1e-4))


def developed(
    light: Light,
    *,
    contrast: float = 1,
    saturation: float = 1,
    rng: Generator | None,
    look: Callable[[Light], Light] | None = None,
) -> Pixels:
    """Exposed scene light to sRGB bytes: gentle contrast about middle grey, a soft shoulder, a look, grain."""
    seen = graded(light, contrast=contrast, saturation=saturation)
    picture = color.to_srgb(look(seen) if look else seen)
    if rng is not None:
        noise = rng.standard_normal(picture.shape[:2], dtype=np.float32)[..., None]
        picture = picture + GRAIN * noise * (1 - 0.7 * picture)
    return color.to_bytes(picture)


def graded(light: Light, *, contrast: float = 1, saturation: float = 1) -> Light:
    """Exposed scene light, ...x3, as linear light of the picture."""
    exposed = 0.18 * (np.maximum(light, 0) / 0.18) ** contrast
    if saturation != 1:
        grey = (exposed @ LUMA)[..., None]
        exposed = np.maximum(grey + (exposed - grey) * _vibrance(exposed, saturation), 0)
    return _shoulder(exposed)


def _vibrance(light: Light, saturation: float) -> Light:
    """By what each colour's strength is multiplied, ...x1: more of it least where there is much, or grass glares."""
    if saturation <= 1:
        return np.float32(saturation) * np.ones_like(light[..., :1])
    peak = light.max(axis=-1, keepdims=True)
    pale = light.min(axis=-1, keepdims=True) / np.maximum(peak, 1e-6)
    return 1 + (saturation - 1) * np.minimum(1.3 * pale, 1)


def bloomed(light: Light) -> Light:
    """What is brighter than paper spills a little over its surroundings, as in any lens."""
    height, width = light.shape[:2]
    small = (max(width // 4, 1), max(height // 4, 1))
    excess = cv2.resize(np.clip(light - 1, 0, 12), small, interpolation=cv2.INTER_AREA)
    spread = np.zeros_like(excess)
    for share, radius in ((0.030, 0.006), (0.018, 0.02), (0.010, 0.06)):
        spread += share * cv2.GaussianBlur(excess, (0, 0), max(radius * max(small), 0.5))
    return light + cv2.resize(spread, (width, height), interpolation=cv2.INTER_LINEAR)


def _shoulder(light: Light) -> Light:
    """Values above the shoulder approach 1; very bright colours fade towards white, as on film."""
    peak = light.max(axis=-1, keepdims=True)
    room = 1 - SHOULDER
    over = np.maximum(peak - SHOULDER, 0)
    pressed = np.where(peak > SHOULDER, SHOULDER + room * (1 - np.exp(-over / room)), peak)
    scaled = light * (pressed / np.maximum(peak, 1e-6))
    fade = 0.9 * np.clip((peak - 1.5) / 10, 0, 1)
    return scaled + (pressed - scaled) * fade
