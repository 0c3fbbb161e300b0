"""Several photos of one product: the candidate that looks like candidates in the other photos wins.

Rocks, hands and tables change from photo to photo; the product does not. Two candidates are alike by their colours
(Bhattacharyya's coefficient over CIELAB), and where CLIP is on this machine also by what it sees in them; what is just
as much like the other photo's surroundings counts for less.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import convolve1d

from ecomgen import models
from ecomgen.color import to_lab
from ecomgen.masking.refinement import resized, smaller
from ecomgen.masking.sam import clip_ranking
from ecomgen.models.clip import load_clip
from ecomgen.types import BoolMask, Mask, Pixels, ReferenceImage

Vectors = NDArray[np.float64]  # NxD, each of length 1

SIDE = 256  # pixels of the copy on which candidates are compared
STEPS = (20.0, 14.0, 14.0)  # CIELAB units of a bin; light changes from photo to photo, hue less
BINS = (5, 16, 16)
SURROUNDINGS = 0.5  # how much likeness to the other photo's surroundings counts against a candidate
LEAD, TRUSTED_LEAD = 0.04, 0.25  # by how much another must be more alike: where the first is not trusted, and is


@dataclass(frozen=True, kw_only=True, eq=False)
class _Looks:
    """The candidates of one photo, and for each what is around it."""

    own: Vectors
    rest: Vectors


def ranks(references: Sequence[ReferenceImage], masks: Sequence[Mask], certain: Collection[int]) -> list[int]:
    """Which candidate of each photo, of which there are at least two, to take, by its likeness to those of the others;
    see `masking.agree`."""
    each = enumerate(zip(references, masks, strict=True))
    looks = [
        _look(photo, [one.pixels for one in ([mask] if number in certain else mask.candidates)])
        for number, (photo, mask) in each
    ]
    return [mask.chosen if number in certain else _rank(number, looks, mask) for number, mask in enumerate(masks)]


def agreement(number: int, looks: Sequence[_Looks]) -> NDArray[np.float64]:
    """For each candidate of one photo, how much it is like the most alike of every other photo, on average."""
    own = looks[number].own
    others = [looks[other] for other in range(len(looks)) if other != number]
    return np.mean([(own @ one.own.T - SURROUNDINGS * own @ one.rest.T).max(axis=1) for one in others], axis=0)


def _rank(number: int, looks: Sequence[_Looks], mask: Mask) -> int:
    alike = agreement(number, looks)
    best = int(alike.argmax())
    needed = LEAD + (TRUSTED_LEAD - LEAD) * mask.confidence
    return best if alike[best] > alike[mask.chosen] + needed else mask.chosen


def _look(reference: ReferenceImage, masks: Sequence[BoolMask]) -> _Looks:
    photo = smaller(reference.pixels, SIDE)
    pixels = [resized(mask, photo.shape) for mask in masks]
    places = _bins(photo)
    own, rest = ([_histogram(places, each) for each in group] for group in (pixels, [~each for each in pixels]))
    model = models.first_here("clip")
    if model is None:
        return _Looks(own=np.array(own), rest=np.array(rest))
    views = clip_ranking.seen(load_clip(model), photo, pixels, models.used(model).sha256)
    seen = views[::2].astype(np.float64)  # each candidate alone on grey, of length 1
    return _Looks(own=np.hstack([own, seen]) / 2**0.5, rest=np.hstack([rest, np.zeros_like(seen)]) / 2**0.5)


def _bins(photo: Pixels) -> NDArray[np.int64]:
    shifted = cv2.GaussianBlur(to_lab(photo), (0, 0), 1) + np.array((0, 112, 112))
    colours = shifted / STEPS
    places = np.clip(colours, 0, np.array(BINS) - 1).astype(np.int64)
    return (places[..., 0] * BINS[1] + places[..., 1]) * BINS[2] + places[..., 2]


def _histogram(places: NDArray[np.int64], where: BoolMask) -> NDArray[np.float64]:
    """Its square root, so that the product of two is Bhattacharyya's coefficient; neighbouring bins share."""
    counts = np.bincount(places[where], minlength=int(np.prod(BINS))).reshape(BINS).astype(np.float64)
    for axis in range(3):
        counts = convolve1d(counts, (0.25, 0.5, 0.25), axis, mode="constant")  # nothing wraps around
    return np.sqrt(counts.ravel() / max(counts.sum(), 1))
