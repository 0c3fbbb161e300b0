"""Is it still the product? At its place where that is known or found, else by how alike the crops are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from ecomgen.scoring import difference, embedding, words
from ecomgen.scoring.calibration import calibration
from ecomgen.scoring.descriptor import Descriptor, likeness
from ecomgen.scoring.frames import Pair, frame_of, pair_at
from ecomgen.scoring.locate import located
from ecomgen.scoring.registered import Comparison, compare
from ecomgen.scoring.registration import features_in, found, nudged

if TYPE_CHECKING:
    from ecomgen.scoring.subject import Subject
    from ecomgen.types import BoolMask, Difference, Pixels, Placement

SURE = 0.9  # from here no better alignment is looked for
OTHER_VIEW = "it is not the same view as in any reference, so it is judged by likeness"
GUESSED = "no mask of the product was at hand, so its place was guessed from its colours"
FAINT = 0.02  # of light: a picture with less contrast than that shows nothing

_known: WeakKeyDictionary[Subject, tuple[Descriptor, ...]] = WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The score in [0, 1], what it is made of, and what lowered it."""

    score: float
    parts: Mapping[str, float]
    findings: tuple[str, ...] = ()
    difference: Difference | None = None

    @property
    def why(self) -> str:
        """What lowered it, in one sentence."""
        return "; ".join(self.findings)


def references(subject: Subject) -> tuple[Descriptor, ...]:
    """The subject's descriptors, hero first, worked out once for as long as the subject lives."""
    if subject not in _known:
        shown = (cutout for cutout in subject.cutouts if cutout.rgba[..., 3].any())
        _known[subject] = tuple(Descriptor(frame_of(cutout.rgba)) for cutout in shown)
    return _known[subject]


def at_place(picture: Pixels, placement: Placement) -> Identity:
    """The product where it was put, give or take a small shift, turn and scaling."""
    pair = pair_at(picture, placement)
    best = (compare(pair), pair)
    if best[0].identity < SURE:
        other = nudged(pair, picture)
        if other is not None:
            best = max(best, (compare(other), other), key=lambda one: one[0].identity)
    return _of(*best)


def anywhere(picture: Pixels, subject: Subject, mask: BoolMask | None) -> Identity:
    """The product wherever it is in HxWx3; `mask` (HxW) says where, if anybody knows."""
    if float(picture.std()) < FAINT * 255:
        return Identity(score=0.0, parts={}, findings=("the picture is blank",))
    known = references(subject)
    guess = located(picture, known[0].frame) if mask is None else None
    where = guess if mask is None else mask
    shown = features_in(picture, mask)
    pairs = [found(picture, one.frame, one.features, shown, where) for one in known]
    seen = [(compare(pair), pair) for pair in pairs if pair is not None]
    if seen:
        return _of(*max(seen, key=lambda one: one[0].identity))
    told = (OTHER_VIEW,) if mask is not None else (OTHER_VIEW, GUESSED)
    return _by_likeness(picture, known, where, told)


def _of(comparison: Comparison, pair: Pair) -> Identity:
    return Identity(
        score=comparison.identity,
        parts=dict(comparison.parts),
        findings=words.of_comparison(pair, comparison),
        difference=difference.of_comparison(pair, comparison),
    )


def _by_likeness(
    picture: Pixels, known: tuple[Descriptor, ...], mask: BoolMask | None, findings: tuple[str, ...]
) -> Identity:
    shown = Descriptor(frame_of(np.dstack([picture, _matte(mask, picture)])))
    each = [_likeness(one, shown) for one in known]
    scores = [calibration().anywhere(parts) for parts in each]
    best = int(np.argmax(scores))
    return Identity(score=scores[best], parts=each[best], findings=findings)


def _likeness(reference: Descriptor, shown: Descriptor) -> Mapping[str, float]:
    """Classical likenesses, and the embedding's where a model is there."""
    return {**likeness(reference, shown), **embedding.likeness(reference.frame, shown.frame)}


def _matte(mask: BoolMask | None, picture: Pixels) -> np.ndarray:
    known = mask if mask is not None and mask.any() else np.ones(picture.shape[:2], bool)
    return known.astype(np.uint8) * 255
