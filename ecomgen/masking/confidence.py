"""How far a finished mask may be trusted, whichever masker made it.

The shipped network looks at the mask's place once more, without having been asked for it, and with either of its two
encoders closed: opinions that err apart. From how far they differ from the mask, and from what is seen along its edge,
follows the probability that the mask is good. The weights were fitted by `training/calibrate.py` on renders that the
network never saw. Where somebody has corrected the mask its odds are better than the signs show, since an opinion
that was corrected goes on differing from it. Maskers have no confidence of their own: this is the only place that
says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

import numpy as np

from ecomgen import models
from ecomgen.masking.cache import held, key_of
from ecomgen.masking.doubts import Evidence, doubts
from ecomgen.masking.network.inference import ALIKE, Looker, Looks, Opinions, load
from ecomgen.masking.refinement import resized, smaller
from ecomgen.masking.signs import Thumbnail, agreement, likelihood, look, view
from ecomgen.types import BoolMask, Box, Doubt, Pixels

KIND = "lite"
SIDE = 512  # pixels of the copy on which a mask is judged
FAR_SIDE = 224  # of the whole photo, as the network sees it
CORRECTED = 0.93  # log-odds of a good mask that clicks or a brush add
UNSEEN = 0.0  # confidence where the network is gone, or the mask is a speck: nobody has looked
INTERCEPT = -6.705
WEIGHTS: Mapping[str, float] = {
    "both": -0.461,
    "renders": 0.399,
    "photos": -0.44,
    "told": -0.855,
    "far": -0.142,
    "opinions": -0.629,
    "unsure": 0.249,
    "leak": 0.069,
    "outline": 1.207,
    "separation": 1.13,
    "off_centre": -0.01,
    "at_frame": -0.327,
    "size": 0.249,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Judgement:
    """`confidence` is the probability of an IoU of at least 0.9 with the truth; `doubts` come largest first."""

    confidence: float
    doubts: tuple[Doubt, ...]


def judged(photo: Pixels, mask: BoolMask, before: BoolMask | None = None) -> Judgement:
    """What is to be thought of a mask; where nothing can be, it is not trusted.

    Args:
        photo: uint8 HxWx3.
        mask: bool HxW.
        before: what clicks have made the mask of; where both lie at nearly the same place, the looks at it are enough.
    """
    evidence = evidence_of(photo, mask, before)
    if evidence is None:
        return Judgement(confidence=UNSEEN, doubts=())
    odds = log_odds(signs(evidence)) + (0 if before is None else CORRECTED)
    return Judgement(confidence=probability(odds), doubts=doubts(evidence))


def evidence_of(photo: Pixels, mask: BoolMask, before: BoolMask | None = None) -> Evidence | None:
    """What the network thinks of a mask's place; None where the network is gone, or the mask is a speck."""
    name, small = models.first_here(KIND), smaller(photo, SIDE)
    cut = resized(mask, small.shape)
    if name is None or not cut.any():
        return None
    seen, near, told, far = _looked(name, small, _place(cut, before))
    return Evidence(mask=cut, seen=seen, near=near, told=told, far=far, scale=photo.shape[1] / small.shape[1])


def _place(cut: BoolMask, before: BoolMask | None) -> Box:
    box, known = Box.of(cut), None if before is None else resized(before, cut.shape)
    if known is None or not known.any() or box.overlap(Box.of(known)) <= ALIKE:
        return box
    return Box.of(known)


def _looked(name: str, small: Pixels, box: Box) -> tuple[Thumbnail, Opinions, Opinions, Opinions]:
    """The photo's outlines and colours, and looks at a place in it: not told of it, told of it, and from afar."""
    photo = key_of(models.used(name), small)
    closely = held(key_of("closely", photo, box), lambda: _near(name, small, box), lambda found: _size(*found))
    seen, far = held(key_of("afar", photo), lambda: _far(name, small), lambda found: _size(found[1]))
    return seen, *closely, far


def _near(name: str, small: Pixels, box: Box) -> tuple[Opinions, Opinions]:
    with ThreadPoolExecutor(2) as pool:
        looks = Looks(Looker(load(name), small), pool)
        near, told = looks.near(box, told=False), looks.near(box)
        return near.result(), told.result()


def _far(name: str, small: Pixels) -> tuple[Thumbnail, Opinions]:
    with ThreadPoolExecutor(1) as pool:
        looks = Looks(Looker(load(name), small), pool)
        far = looks.far(looks.whole, FAR_SIDE)
        return view(small), far.result()


def _size(*opinions: Opinions) -> int:
    return sum(soft.nbytes for one in opinions for soft in one)


def probability(odds: float) -> float:
    """Of an IoU of at least 0.9."""
    return float(1 / (1 + np.exp(-odds)))


def log_odds(found: Mapping[str, float]) -> float:
    """The same, unbounded, by logistic regression on `signs`."""
    return INTERCEPT + sum(weight * found[name] for name, weight in WEIGHTS.items())


def signs(evidence: Evidence) -> dict[str, float]:
    """Differences of opinion are logarithms of one minus an IoU; the rest is as `masking/signs` says."""
    mask, near = evidence.mask, evidence.near
    answers = {**near._asdict(), "told": evidence.told.both, "far": evidence.far.both}
    shared = agreement(mask, {name: soft > 0.5 for name, soft in answers.items()})
    shared |= agreement(near.renders > 0.5, {"opinions": near.photos > 0.5})
    inner, leak = likelihood(mask, near.both)
    return {
        **{name: float(np.log(1.02 - share)) for name, share in shared.items()},
        "unsure": 1 - inner,
        "leak": leak,
        **asdict(look(evidence.seen, mask)),
        "size": float(np.log(np.count_nonzero(mask) / mask.size)),
    }
