"""Is it still the product? At its place where that is known or found, else by how alike the crops are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np
from cachetools import cached

from ecomgen.messages import Message
from ecomgen.scoring import difference_map
from ecomgen.scoring.calibration import calibration
from ecomgen.scoring.identity import embedding, explanation, patches
from ecomgen.scoring.identity.descriptor import FAULTS, OUTLINE, Descriptor, faults, likeness
from ecomgen.scoring.identity.frames import Pair, behind, cropped, frame_of, grid, homogeneous, pair_at
from ecomgen.scoring.identity.hues import compared
from ecomgen.scoring.identity.registered import Deviations, compare
from ecomgen.scoring.identity.registration import features_in, found, nudged
from ecomgen.scoring.presence import located
from ecomgen.scoring.subject import Subject
from ecomgen.types import BoolMask, Difference, Float, Pixels, Placement, Transform

SURE = 0.9  # from here no better alignment is looked for
OTHER_VIEW = Message("it is not the same view as in any reference, so it is judged by likeness")
GUESSED = Message("no mask of the product was at hand, so its place was guessed from its colours")
MIRRORED = Message("it is the mirror image of the product: print and sides are reversed")
MIRROR_IMAGE = 0.2  # the most that a mirror image is worth
HANDED = 0.1  # by how much more it must be alike in a mirror: things that are the same on both sides are not
FAINT = 0.02  # of light: a picture with less contrast than that shows nothing


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


@dataclass(frozen=True, kw_only=True, eq=False)
class Shown:
    """A picture, HxWx3, with the product's mask if anybody knows, where it may be, and what covers it, HxW."""

    picture: Pixels
    mask: BoolMask | None
    where: BoolMask | None
    cover: Float | None = None

    @property
    def mirrored(self) -> Shown:
        mask, where, cover = (each if each is None else np.fliplr(each) for each in (self.mask, self.where, self.cover))
        return Shown(picture=np.ascontiguousarray(np.fliplr(self.picture)), mask=mask, where=where, cover=cover)

    def whole(self, mask: BoolMask | None) -> BoolMask | None:
        """With what is covered, which is the product's too."""
        return mask if mask is None or self.cover is None else mask | (self.cover > 0)


@cached(WeakKeyDictionary(), key=lambda subject: subject)
def references(subject: Subject) -> tuple[Descriptor, ...]:
    """The subject's descriptors, hero first, worked out once for as long as the subject lives."""
    return tuple(Descriptor(frame_of(one.rgba)) for one in subject.cutouts if one.rgba[..., 3].any())


def at_place(picture: Pixels, placement: Placement) -> Identity:
    """The product where it was put, give or take a small shift, turn and scaling."""
    pair = pair_at(picture, placement)
    best = (compare(pair), pair)
    others = nudged(pair, picture)
    while best[0].identity < SURE and (other := next(others, None)) is not None:
        best = max(best, (compare(other), other), key=lambda one: one[0].identity)
    return _of(*best)


def anywhere(picture: Pixels, subject: Subject, mask: BoolMask | None, cover: Float | None = None) -> Identity:
    """The product wherever it is in HxWx3; `mask` (HxW) says where, if anybody knows, `cover` what stands before it."""
    if float(picture.std()) < FAINT * 255:
        return Identity(score=0.0, parts={}, findings=(Message("the picture is blank"),))
    known = references(subject)
    guess = located(picture, known[0].frame) if mask is None else None
    shown = Shown(picture=picture, mask=mask, where=guess if mask is None else mask, cover=cover)
    seen = _same_shot(shown, known)
    if seen is not None and seen[0].identity >= SURE:
        return _of(*seen)
    told = (OTHER_VIEW,) if mask is not None else (OTHER_VIEW, GUESSED)
    plain = _of(*seen) if seen is not None else _by_likeness(picture, known, shown.where, told)
    mirrored = _same_shot(shown.mirrored, known)
    if mirrored is None or mirrored[0].identity < (seen[0].identity if seen else 0.0) + HANDED:
        return plain
    return replace(plain, score=min(plain.score, MIRROR_IMAGE), findings=(MIRRORED, *plain.findings))


def refound(picture: Pixels, placement: Placement) -> Transform | None:
    """The similarity from the canvas to the picture that lays the placed product where it is shown; None: it is not."""
    rgba = placement.product
    one = Descriptor(frame_of(rgba))
    near = rgba[..., 3] > 127 if picture.shape[:2] == rgba.shape[:2] else None
    pair = found(picture, one.frame, one.features, features_in(picture, None), near)
    if pair is None:
        return None
    return pair.transform @ np.linalg.inv(homogeneous(grid(one.frame, cropped(rgba))))


def _same_shot(shown: Shown, known: tuple[Descriptor, ...]) -> tuple[Deviations, Pair] | None:
    """The reference whose very photo is in the picture, the most alike of those; None where it is another view."""
    mask, where = shown.whole(shown.mask), shown.whole(shown.where)
    features = features_in(shown.picture, mask)
    pairs = [found(shown.picture, one.frame, one.features, features, where) for one in known]
    there = [pair if shown.cover is None else behind(pair, shown.cover) for pair in pairs if pair is not None]
    seen = [(compare(pair), pair) for pair in there]
    return max(seen, key=lambda one: one[0].identity, default=None)


def _of(comparison: Deviations, pair: Pair) -> Identity:
    return Identity(
        score=comparison.identity,
        parts=dict(comparison.parts),
        findings=explanation.of_comparison(pair, comparison),
        difference=difference_map.of_comparison(pair, comparison),
    )


def _by_likeness(
    picture: Pixels, known: tuple[Descriptor, ...], mask: BoolMask | None, told: tuple[str, ...]
) -> Identity:
    """Another view: held against each reference, the best counts."""
    where = mask if mask is not None and mask.any() else np.ones(picture.shape[:2], bool)
    shown = Descriptor(frame_of(np.dstack([picture, where.astype(np.uint8) * 255])))
    seen = [_seen(one, shown) for one in known]
    if GUESSED in told:  # the region's outline is then not the product's
        seen = [{**one, **dict.fromkeys((*OUTLINE, *embedding.NETWORK.values()), 0.0)} for one in seen]
    view = calibration().anywhere.view(learnt="network" in seen[0])
    met = [view.met(one) for one in seen]
    scores = [view.identity(one) for one in met]
    best = int(np.argmax(scores))
    unlike = patches.unlike(shown.cells, [one.cells for one in known])
    turn = compared(known[best].hues, shown.hues)
    hidden = (*FAULTS, *embedding.NETWORK.values())
    return Identity(
        score=scores[best],
        parts={**{name: value for name, value in seen[best].items() if name not in hidden}, **met[best]},
        findings=(*explanation.of_likeness(met[best], turn, shown.cells, unlike), *told),
        difference=difference_map.of_patches(shown.cells, unlike, where),
    )


def _seen(reference: Descriptor, shown: Descriptor) -> Mapping[str, float]:
    """Likenesses and faults, classical and learnt, as far as the models are there."""
    frames = reference.frame, shown.frame
    learnt = {**embedding.likeness(*frames), **embedding.network(*frames)}
    return {**likeness(reference, shown), **learnt, **faults(reference, shown)}


def likeness_between(one: Descriptor, other: Descriptor) -> float:
    """The identity that one view of a product has against another, as `anywhere` gives it."""
    seen = _seen(one, other)
    view = calibration().anywhere.view(learnt="network" in seen)
    return view.identity(view.met(seen))
