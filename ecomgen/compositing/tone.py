"""One light for product and scene: the scene is brought to the product's or, only when asked, the other way round.

Whoever cut the product from its photo brought that photo's lamp along. The lamp's warmth is read from what is nearly
grey on either side (grey things show the lamp, coloured ones do not), its level from the lights of each. What differs
is taken off one side as gains in linear light, held to what looks natural; where nothing grey is to be seen, nothing
is changed. The bounds keep a night a night.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.color import LUMA, to_bytes, to_linear, to_srgb
from ecomgen.messages import Message
from ecomgen.types import Pixels

GREYISH = 0.35  # (max - min) / max up to which a pixel shows the lamp more than itself
DARK, BURNT = 0.02, 0.95  # of light: outside, a pixel shows neither
LEAST = 0.02  # of a side, that must be greyish to be believed
SAMPLES = 40_000
WARM = 0.30  # the largest change of the logarithm of red over blue
STOPS = 0.35  # the largest change of exposure
SHARE = 0.75  # of the difference is taken away: two things seldom stand in quite the same light
SMALL = (0.03, 0.08)  # warmth and stops not worth a change
LIGHT = LUMA.astype(np.float32)


@dataclass(frozen=True, kw_only=True)
class Tone:
    """A change of light: the logarithm of red over blue, and stops."""

    warmth: float = 0.0
    stops: float = 0.0

    @property
    def is_none(self) -> bool:
        return abs(self.warmth) < SMALL[0] and abs(self.stops) < SMALL[1]

    def on(self, pixels: Pixels) -> Pixels:
        """HxWx3 or HxWx4 sRGB in this light; alpha stays. Luminance changes by the stops alone."""
        gains = np.exp(np.array([self.warmth / 2, 0.0, -self.warmth / 2], np.float32))
        gains *= 2.0**self.stops / float(gains @ LIGHT)
        lit = to_bytes(to_srgb(np.clip(to_linear(pixels[..., :3]) * gains, 0, 1)))
        return np.concatenate([lit, pixels[..., 3:]], axis=-1)

    def told(self, what: str) -> Message:
        """The change of the scene or the product in words, for the picture's record."""
        words: dict[str, Any] = {
            "warmth": abs(self.warmth),
            "colour": Message("warmer") if self.warmth > 0 else Message("cooler"),
            "stops": abs(self.stops),
            "level": Message("brighter") if self.stops > 0 else Message("darker"),
        }
        if what == "scene":
            return Message(
                "the scene was made {warmth:.0%} {colour} and {stops:.2f} stops {level}, to stand in one light", **words
            )
        return Message(
            "the product was made {warmth:.0%} {colour} and {stops:.2f} stops {level}, to stand in one light", **words
        )


def between(product: Pixels, scene: Pixels) -> Tone:
    """What brings `scene` (HxWx3) into the light of `product` (HxWx4); the inverse brings the product to the scene."""
    shown = product[..., 3] > 250
    sides = [_greyish(pixels) for pixels in (product[shown][:, :3], scene[~shown])]
    if any(side is None for side in sides):
        return Tone()
    (own, own_level), (other, other_level) = (_read(side) for side in sides if side is not None)
    return Tone(
        warmth=float(np.clip(SHARE * (own - other), -WARM, WARM)),
        stops=float(np.clip(SHARE * np.log2(own_level / other_level), -STOPS, STOPS)),
    )


def inverse(tone: Tone) -> Tone:
    return Tone(warmth=-tone.warmth, stops=-tone.stops)


def _greyish(pixels: Pixels) -> NDArray[np.float32] | None:
    """The Nx3 in linear light that are nearly grey; None where they are too few."""
    linear = to_linear(pixels[:: max(len(pixels) // SAMPLES, 1)])
    high, low = linear.max(axis=-1, initial=0), linear.min(axis=-1, initial=1)
    chosen = (high > DARK) & (high < BURNT) & (high - low < GREYISH * high)
    return linear[chosen] if chosen.any() and chosen.mean() >= LEAST else None


def _read(greyish: NDArray[np.float32]) -> tuple[float, float]:
    """The logarithm of red over blue, and the level of the lights."""
    warm = float(np.median(np.log(np.maximum(greyish[:, 0], 1e-4) / np.maximum(greyish[:, 2], 1e-4))))
    return warm, float(np.percentile(greyish @ LIGHT, 90))
