"""Photos without files, and how alike two masks are."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ecomgen.types import BoolMask, Matte, Pixels, ReferenceImage


def photo_of(pixels: Pixels, alpha: Matte | None = None, name: str = "photo.png") -> ReferenceImage:
    """A reference without a file behind it."""
    return ReferenceImage(path=Path("/photos") / name, sha256="0" * 64, pixels=pixels, alpha=alpha)


def iou(one: BoolMask, other: BoolMask) -> float:
    """Intersection over union."""
    return float(np.count_nonzero(one & other) / np.count_nonzero(one | other))


def grain(pixels: Pixels, seed: int = 0) -> Pixels:
    """The picture with the noise that every sensor adds."""
    noise = np.random.default_rng(seed).normal(0, 3, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)
