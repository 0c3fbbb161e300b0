"""What the placed product tells about its own photo: the camera's height, the light's side, its colours, its size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio.palette import Palette, product_palette

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.types import Box, Pixels

USUAL_ELEVATION = 10.0  # degrees
LOWEST, HIGHEST = 5.0, 14.0
STEEPEST = 18.0  # for things on feet
TRUST = 0.6  # in a foot's curve, against the usual: rounded edges make it look deeper than it is
USUAL_SIZE = 0.22  # metres
SIZES = {
    0.06: "ring earring lipstick coin die dice keychain thimble",
    0.10: "can tin watch mug cup jar candle soap perfume cosmetics cream serum glass duck mouse glasses sunglasses egg",
    0.16: "phone smartphone wallet book notebook bowl plate cap headphones tube camera toy doll teapot figurine sandal",
    0.24: "bottle vase wine pitcher jug kettle thermos box tablet",
    0.29: "shoe sneaker boot trainer heel hat plush plushie teddy bear purse handbag clutch lamp laptop keyboard",
    0.42: "backpack bag rucksack satchel cushion pillow helmet jacket shirt dress monitor printer drone guitar blender",
    0.80: "chair stool suitcase luggage table bicycle bike sofa",
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """`elevation` in degrees, or None where the outline does not show it; `side` -1 left, 1 right, 0 undecided."""

    palette: Palette
    elevation: float | None
    side: float
    metres: float


def facts(product: Pixels, box: Box, phrase: str) -> Facts:
    """Read a placed product (HxWx4); `phrase` is what the user calls it."""
    crop = product[box.y0 : box.y1, box.x0 : box.x1]
    return Facts(
        palette=product_palette(crop),
        elevation=elevation(crop[..., 3] > 127),
        side=key_side(crop),
        metres=size_in_metres(phrase),
    )


def size_in_metres(phrase: str) -> float:
    """The larger side of such a thing, by the last known noun of its phrase."""
    words = re.split(r"[\W_]+", phrase.lower())
    for word in reversed(words):
        for size, nouns in SIZES.items():
            if word.removesuffix("s") in nouns.split() or word in nouns.split():
                return size
    return USUAL_SIZE


def key_side(crop: Pixels) -> float:
    """Where the photo's key light came from, by the slope of lightness across the product; 0 where it is slight."""
    opaque = crop[..., 3] > 200
    if opaque.sum() < 64:
        return 0.0
    luma = crop[..., :3] @ np.array([0.2126, 0.7152, 0.0722])
    rows, columns = np.nonzero(opaque)
    step = max(1, len(rows) // 40_000)
    rows, columns = rows[::step], columns[::step]
    x = (columns - columns.mean()) / max(float(columns.std()), 1.0)
    values = luma[rows, columns]
    slope = float((x * (values - values.mean())).mean())
    return float(np.sign(slope)) if abs(slope) > 0.12 * float(values.std()) + 1.5 else 0.0


def elevation(mask: NDArray[np.bool_]) -> float | None:
    """The camera's elevation by the sag of a round foot: a circle seen at e is an ellipse sin(e) as high as wide.

    Args:
        mask: HxW, cropped to the product.

    Returns:
        Degrees, or None where the foot is not a symmetric curve.
    """
    height, width = mask.shape
    if min(height, width) < 24 or not mask.any():
        return None
    lowest = np.where(mask.any(0), height - np.argmax(mask[::-1], axis=0), 0).astype(float)
    foot = np.nonzero(lowest > height - 0.22 * width)[0]
    if len(foot) < 0.3 * width:
        return _by_feet(lowest, height, width)
    left, right = foot[0], foot[-1]
    span = (right - left + 1) / 2
    position = (np.arange(left, right + 1) - (left + right) / 2) / span
    curve = np.sqrt(np.clip(1 - position**2, 0, 1))
    inner = np.abs(position) < 0.6  # the flanks of a foot that tapers would pass for sag
    sag, residual = _fit(curve[inner], lowest[left : right + 1][inner])
    if sag <= 0 or residual > 0.02 * span + 0.7:
        return _by_feet(lowest, height, width)
    seen = float(np.degrees(np.arcsin(min(sag / span, 0.99))))
    return float(np.clip(USUAL_ELEVATION + TRUST * (seen - USUAL_ELEVATION), LOWEST, HIGHEST))


def _by_feet(lowest: NDArray[np.floating[Any]], height: int, width: int) -> float | None:
    """Where a thing stands on several feet, the farther ones appear higher: about as far behind as half its width.

    Feet are corners of the outline's lower hull that rise gently and from which the outline rises again on the way to
    the lowest one, or to which it runs straight, as the edge of a sole does. Bulging flanks do neither.
    """
    import cv2

    columns = np.nonzero(lowest > 0)[0]
    hull = cv2.convexHull(np.stack([columns, lowest[columns]], -1).astype(np.float32))[:, 0]
    bottom = hull[np.argmax(hull[:, 1])]
    rises = [height - float(y) for x, y in hull if _is_foot(lowest, (float(x), float(y)), bottom, width)]
    if not rises:
        return None
    seen = float(np.degrees(np.arctan(max(rises) / (0.55 * width))))
    return float(np.clip(seen, USUAL_ELEVATION, STEEPEST)) if seen > USUAL_ELEVATION else None


def _is_foot(
    lowest: NDArray[np.floating[Any]], corner: tuple[float, float], bottom: NDArray[np.floating[Any]], width: int
) -> bool:
    x, y = corner
    reach, rise = abs(x - float(bottom[0])), float(bottom[1]) - y
    if reach < 0.2 * width or rise / reach > 0.42:
        return False
    low, high = sorted((int(x), int(bottom[0])))
    between = lowest[low : high + 1]
    line = np.linspace(lowest[low], lowest[high], len(between))
    straight = reach > 0.35 * width and float(np.abs(between - line).max()) < 0.025 * width
    return straight or y - float(between[between > 0].min()) > 0.03 * width


def _fit(curve: NDArray[np.floating[Any]], row: NDArray[np.floating[Any]]) -> tuple[float, float]:
    """Least squares row = a + sag * curve, and its residual."""
    matrix = np.stack([np.ones_like(curve), curve], 1)
    (_, sag), *_ = np.linalg.lstsq(matrix, row, rcond=None)
    fitted = matrix @ np.linalg.lstsq(matrix, row, rcond=None)[0]
    return float(sag), float(np.sqrt(np.mean((row - fitted) ** 2)))
