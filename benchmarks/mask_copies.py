"""Whether copies of a photo give the same mask: mirrored, smaller, brighter, cropped. No truth is needed. See masks.py.

It finds instability, not error: a mask that is torn in the same way in every copy agrees with itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from mask_photos import iou

from ecomgen import references
from ecomgen.errors import NoProduct
from ecomgen.masking import find_mask
from ecomgen.types import BoolMask, MaskRequest, Pixels, ReferenceImage

SMALLER = 0.6  # of the side
BRIGHTER = 0.75  # exponent
CROPPED = 0.5  # of the room beside the product, on every side
STABLE = 0.95  # IoU of a photo's mask with that of its copy


def measure(shared: Path, masker: str) -> dict[str, Any]:
    """Every photo of products and of animals."""
    found: dict[str, dict[str, float]] = {}
    for path in sorted([*(shared / "photos").glob("*/*.jpg"), *(shared / "photos_more").glob("*/*.jpg")]):
        found[f"{path.parent.name}/{path.stem}"] = _agreement(references.load(path), masker)
    means = {name: float(np.mean([row[name] for row in found.values()])) for name in next(iter(found.values()))}
    everything = [value for row in found.values() for value in row.values()]
    print("  ".join(f"{name} {value:.3f}" for name, value in means.items()))
    whole = {"mean": float(np.mean(everything)), "unstable": float(np.mean(np.array(everything) < STABLE))}
    print(f"{len(found)} photos: mean IoU {whole['mean']:.3f}, {whole['unstable']:.0%} of copies below {STABLE}")
    return {"copies": means, **whole, "photos": found}


def _agreement(photo: ReferenceImage, masker: str) -> dict[str, float]:
    mine = _mask(photo, masker)
    return {name: copy(photo, mine, masker) for name, copy in COPIES.items()}


def _mask(photo: ReferenceImage, masker: str) -> BoolMask:
    try:
        return find_mask(photo, MaskRequest(masker=masker)).pixels
    except NoProduct:
        return np.zeros(photo.pixels.shape[:2], dtype=bool)


def _of(photo: ReferenceImage, pixels: Pixels, masker: str) -> BoolMask:
    return _mask(replace(photo, pixels=np.ascontiguousarray(pixels)), masker)


def _mirrored(photo: ReferenceImage, mine: BoolMask, masker: str) -> float:
    return iou(_of(photo, photo.pixels[:, ::-1], masker)[:, ::-1], mine)


def _smaller(photo: ReferenceImage, mine: BoolMask, masker: str) -> float:
    small = np.asarray(cv2.resize(photo.pixels, None, fx=SMALLER, fy=SMALLER, interpolation=cv2.INTER_AREA), np.uint8)
    there = _of(photo, small, masker).astype(np.float32)
    return iou(cv2.resize(there, mine.shape[::-1], interpolation=cv2.INTER_LINEAR) > 0.5, mine)


def _brighter(photo: ReferenceImage, mine: BoolMask, masker: str) -> float:
    lit = ((photo.pixels.astype(np.float32) / 255) ** BRIGHTER * 255).round().astype(np.uint8)
    return iou(_of(photo, lit, masker), mine)


def _cropped(photo: ReferenceImage, mine: BoolMask, masker: str) -> float:
    """Within the room beside what was found; 1 where nothing was."""
    rows, columns = np.flatnonzero(mine.any(1)), np.flatnonzero(mine.any(0))
    if not len(rows):
        return 1.0
    top, left = int(CROPPED * rows[0]), int(CROPPED * columns[0])
    bottom = mine.shape[0] - int(CROPPED * (mine.shape[0] - 1 - rows[-1]))
    right = mine.shape[1] - int(CROPPED * (mine.shape[1] - 1 - columns[-1]))
    there = np.s_[top:bottom, left:right]
    return iou(_of(photo, photo.pixels[there], masker), mine[there])


COPIES: dict[str, Callable[[ReferenceImage, BoolMask, str], float]] = {
    "mirrored": _mirrored,
    "smaller": _smaller,
    "brighter": _brighter,
    "cropped": _cropped,
}
