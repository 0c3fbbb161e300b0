"""How well each proposal fits the product's name, by CLIP.

A crop of the box would score the neighbour, so what lies outside a proposal is neutralised first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from ecomgen.masking.cache import key_of, remembered
from ecomgen.models.clip import Clip
from ecomgen.types import BoolMask, Box, Pixels

TEMPLATES = ("a photo of a {}.", "a product photo of a {}.", "a cut-out of a {} on a grey background.")
BACKGROUND_WORDS = ("table", "wall", "floor", "shadow", "hand", "background", "plant", "cloth", "patch of grass")
PART_WORDS = ("part of a {}", "detail of a {}", "label of a {}")
GREY = 124  # near the mean of CLIP's training pictures


@dataclass(frozen=True, kw_only=True)
class Likelihood:
    """How likely a mask shows the product, and how likely background; the rest is parts. Each in [0, 1]."""

    product: float
    background: float


def rank(clip: Clip, views: NDArray[np.float32], product: str, weights: str) -> list[Likelihood]:
    """What each mask, of two `views`, is likely to show.

    The words for backgrounds are encoded once for `weights`, the model's hash; the product's own at every call.
    """
    own = _directions(clip, [product, *(word.format(product) for word in PART_WORDS)])
    key = key_of("clip-words", BACKGROUND_WORDS, TEMPLATES, weights, clip.device)
    others = remembered(key, lambda: {"words": _directions(clip, BACKGROUND_WORDS)})["words"]
    cosines = views @ np.concatenate([own[:1], others, own[1:]]).T
    likely = np.nan_to_num(softmax(clip.scale * cosines, axis=1)).reshape(-1, 2, cosines.shape[1]).mean(axis=1)
    background = likely[:, 1 : 1 + len(BACKGROUND_WORDS)].sum(axis=1)
    return [
        Likelihood(product=float(one), background=float(other))
        for one, other in zip(likely[:, 0], background, strict=True)
    ]


def seen(clip: Clip, photo: Pixels, masks: Sequence[BoolMask], weights: str) -> NDArray[np.float32]:
    """The unit vectors of two views of each mask, one after the other.

    They are remembered by the content of photo and masks, and by `weights`, the model's hash: for another text they
    are not encoded again.
    """

    def encode() -> dict[str, NDArray[np.float32]]:
        views = [view for mask in masks for view in (tight_view(photo, mask), context_view(photo, mask))]
        return {"views": clip.of_pictures(views)}

    key = key_of("clip-views", photo, np.packbits(np.array(masks), axis=-1), weights)
    return remembered(key, encode)["views"]


def _directions(clip: Clip, names: Sequence[str]) -> NDArray[np.float32]:
    """One unit vector a name: the mean over the sentences that it is said in."""
    encoded = clip.of_texts([template.format(name) for name in names for template in TEMPLATES])
    means = encoded.reshape(len(names), len(TEMPLATES), -1).mean(axis=1)
    return means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)


def tight_view(photo: Pixels, mask: BoolMask) -> Pixels:
    """The proposal alone on grey, filling a square."""
    return _padded(np.where(mask[..., None], photo, np.uint8(GREY)), _square(mask, 1.1))


def context_view(photo: Pixels, mask: BoolMask) -> Pixels:
    """The proposal with some of its surroundings, blurred and greyed so that they cannot be taken for it."""
    square = _square(mask, 1.6)
    blurred = cv2.GaussianBlur(photo, (0, 0), max(1.0, 0.02 * square.width))
    dull = (0.35 * blurred + 0.65 * GREY).astype(np.uint8)
    return _padded(np.where(mask[..., None], photo, dull), square)


def _square(mask: BoolMask, room: float) -> Box:
    """Round a mask; it may reach beyond the photo."""
    box = Box.of(mask)
    middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    half = room * box.longest / 2
    x0, y0 = round(middle[0] - half), round(middle[1] - half)
    side = max(1, round(2 * half))
    return Box(x0, y0, x0 + side, y0 + side)


def _padded(picture: Pixels, square: Box) -> Pixels:
    canvas = np.full((square.height, square.width, 3), GREY, np.uint8)
    seen = square.grown(0, picture.shape)
    canvas[seen.within(square).slices] = picture[seen.slices]
    return canvas
