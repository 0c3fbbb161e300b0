"""Several photos of one product doubt one another: a part that is seen in one and was left out of another.

The photo encoder of the cut-out network sees what a place is made of. Beside a mask it is looked for what is more like
the product in the other photos than like anything that surrounds it there or here. The limits were chosen on renders of
products in three scenes each: on five whole masks in a hundred it is wrong, and a third of torn ones are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from ecomgen import models
from ecomgen.masking.confidence import KIND
from ecomgen.masking.network.architecture import CutoutNetwork
from ecomgen.masking.network.inference import as_planes, load
from ecomgen.masking.proposals import warned
from ecomgen.masking.refinement import resized
from ecomgen.masking.threads import one_for_torch
from ecomgen.messages import Message
from ecomgen.morphology import depth, parts
from ecomgen.types import BoolMask, Box, Doubt, Mask, Pixels, ReferenceImage

Vectors = NDArray[np.float32]  # DxHxW, each place's of length 1

SIDE = 384  # pixels of the copy that is looked at
CELL = 8  # of its pixels a place
MIDDLE_LEVEL = 96  # channels of the photo encoder's third level
WIDE_WEIGHT = 0.5  # of what is seen with the widest view
WHOLE, EMPTY = 0.95, 0.02  # of a place, from which it is all product, and up to which it is none
REACH = 0.35  # of the product's size, beside the mask, in which a part may be missing
MARGIN = 0.06  # in cosine similarity, by which a place is liker the product
LEAST = 0.065  # of the product's area, from which it is a doubt
ODDS = 1 / 7  # that the mask is good, times this


@dataclass(frozen=True, kw_only=True, eq=False)
class _View:
    """One photo as the encoder sees it, and how much of every place the mask takes, in [0, 1]."""

    vectors: Vectors
    share: NDArray[np.float32]


def doubting(references: Sequence[ReferenceImage], masks: Sequence[Mask]) -> list[Mask]:
    """The masks, each with what those that are trusted make doubtful in it; what a hand has made is believed."""
    name = models.first_here(KIND)
    if name is None:
        return list(masks)
    network = load(name)
    views = [_view(network, photo.pixels, mask.pixels) for photo, mask in zip(references, masks, strict=True)]
    trusted = [number for number, mask in enumerate(masks) if not mask.doubted and (views[number].share > WHOLE).any()]
    return [
        mask
        if mask.corrected or mask.trust == 1
        else _doubted(mask, views[number], [views[other] for other in trusted if other != number])
        for number, mask in enumerate(masks)
    ]


def _doubted(mask: Mask, own: _View, others: Sequence[_View]) -> Mask:
    missing = _missing(own, others)
    if missing is None:
        return mask
    where = resized(missing, mask.pixels.shape) & ~mask.pixels
    if not where.any():
        return mask
    odds = ODDS * mask.confidence / max(1 - mask.confidence, 1e-6)
    sentence = Message("In another photo the product has a part like this, which was left out here.")
    doubt = Doubt(kind="left-out", box=Box.of(where), sentence=sentence)
    return warned(replace(mask, confidence=round(odds / (1 + odds), 3), doubts=(doubt, *mask.doubts)))


def _missing(own: _View, others: Sequence[_View]) -> BoolMask | None:
    """The largest place beside the mask that is liker the product in the other photos than what surrounds it."""
    size = float(np.count_nonzero(own.share > 0.5)) ** 0.5
    if not others or not size:
        return None
    away = depth(own.share <= 0.5)
    near, far = away <= REACH * size + 1.5, away > REACH * size + 1.5
    beside = near & (own.share < 0.1)
    if not beside.any():
        return None
    places = own.vectors[:, beside]
    alike = np.mean([_likest(places, other.vectors[:, other.share > WHOLE]) for other in others], axis=0)
    around = [other.vectors[:, other.share < EMPTY] for other in others]
    around.append(own.vectors[:, far & (own.share < EMPTY)])
    unlike = np.max([_likest(places, each) for each in around], axis=0)
    liker = np.zeros(own.share.shape, bool)
    liker[beside] = alike - unlike > MARGIN
    labels, areas = parts(liker, 4)
    return labels == areas.argmax() if areas.max() >= max(LEAST * size**2, 1) else None


def _likest(places: NDArray[np.float32], known: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each place the cosine similarity to the likest of what is known, -1 where nothing is."""
    return (known.T @ places).max(axis=0, initial=-1.0)


def _view(network: CutoutNetwork, photo: Pixels, mask: BoolMask) -> _View:
    scale = SIDE / max(photo.shape[:2])
    rows, columns = (max(2, round(length * scale / (4 * CELL))) * 4 * CELL for length in photo.shape[:2])
    seen = np.asarray(cv2.resize(photo, (columns, rows), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    share = cv2.resize(mask.astype(np.float32), (columns // CELL, rows // CELL), interpolation=cv2.INTER_AREA)
    return _View(vectors=_vectors(network, seen), share=share.astype(np.float32))


def _vectors(network: CutoutNetwork, picture: Pixels) -> Vectors:
    planes = torch.from_numpy(as_planes(picture))[None]
    device = next(network.parameters()).device
    with torch.inference_mode(), one_for_torch:
        _, eighth, sixteenth, deepest = network.photo_encoder(planes.to(device))
        standard = network.get_submodule("fusions.2.standard")
        deep = standard(torch.cat([sixteenth, deepest], 1))
        wide = functional.interpolate(deep, size=eighth.shape[-2:], mode="bilinear", align_corners=False)[0]
        middle, widest = (functional.normalize(part, dim=0) for part in wide.tensor_split([MIDDLE_LEVEL]))
        joined = functional.normalize(torch.cat([middle, WIDE_WEIGHT * widest]), dim=0)
    return joined.float().cpu().numpy()
