"""How far a finished mask may be trusted, whichever masker made it.

The shipped network looks at the mask's place once more, without having been asked for it, and with either of its two
encoders closed: opinions that err apart. From how far they differ from the mask, and from what is seen along its edge,
follows the probability that the mask is good. The weights were fitted by `training/calibrate.py` on renders that the
network never saw.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ecomgen import models
from ecomgen.masking.cache import held, key_of
from ecomgen.masking.doubts import Evidence, doubts
from ecomgen.masking.graphcut import plausibility
from ecomgen.masking.morphology import box_of
from ecomgen.masking.network.hypothesis_ranking import iou
from ecomgen.masking.network.inference import ALIKE, Looker, Looks, load
from ecomgen.masking.refinement import resized, shrink

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecomgen.masking.network.inference import Opinions
    from ecomgen.types import BoolMask, Box, Doubt, Pixels

KIND = "lite"
SIDE = 512  # pixels of the copy on which a mask is judged
FAR_SIDE = 224  # of the whole photo, as the network sees it
INTERCEPT = -6.247
WEIGHTS: Mapping[str, float] = {
    "both": -0.708,
    "renders": -0.006,
    "photos": -0.462,
    "told": -0.792,
    "far": -0.087,
    "opinions": -0.401,
    "unsure": -0.08,
    "leak": -1.015,
    "outline": 0.078,
    "separation": 1.282,
    "off_centre": -0.301,
    "at_frame": 0.164,
    "size": 0.049,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Judgement:
    """`confidence` is the probability of an IoU of at least 0.9 with the truth; `doubts` come largest first."""

    confidence: float
    doubts: tuple[Doubt, ...]


def judged(photo: Pixels, mask: BoolMask, before: BoolMask | None = None) -> Judgement | None:
    """What is to be thought of a mask; None where the network that ships with ecomgen is gone, or the mask is a speck.

    Args:
        photo: uint8 HxWx3.
        mask: bool HxW.
        before: what clicks have made the mask of; where both lie at nearly the same place, the looks at it are enough.
    """
    evidence = evidence_of(photo, mask, before)
    if evidence is None:
        return None
    return Judgement(confidence=probability(signs(evidence)), doubts=doubts(evidence))


def evidence_of(photo: Pixels, mask: BoolMask, before: BoolMask | None = None) -> Evidence | None:
    """What the network thinks of a mask's place; None as for `judged`."""
    name, small = models.first_here(KIND), shrink(photo, SIDE)
    cut = resized(mask, small.shape)
    if name is None or not cut.any():
        return None
    seen, near, told, far = _looked(name, small, _place(cut, before))
    return Evidence(mask=cut, seen=seen, near=near, told=told, far=far, scale=photo.shape[1] / small.shape[1])


def _place(cut: BoolMask, before: BoolMask | None) -> Box:
    box, known = box_of(cut), None if before is None else resized(before, cut.shape)
    if known is None or not known.any() or box.overlap(box_of(known)) <= ALIKE:
        return box
    return box_of(known)


def _looked(name: str, small: Pixels, box: Box) -> tuple[plausibility.View, Opinions, Opinions, Opinions]:
    """The photo's outlines and colours, and looks at a place in it: not told of it, told of it, and from afar."""

    def look() -> tuple[plausibility.View, Opinions, Opinions, Opinions]:
        with ThreadPoolExecutor(2) as pool:
            looks = Looks(Looker(load(name), small), pool)
            near, told, far = looks.near(box, told=False), looks.near(box), looks.far(looks.whole, FAR_SIDE)
            return plausibility.view(small), near.result(), told.result(), far.result()

    return held(
        key_of("looked", models.used(name), small, box), look, lambda found: sum(one.nbytes for one in found[1] * 4)
    )


def probability(found: Mapping[str, float]) -> float:
    """Of an IoU of at least 0.9, by logistic regression on `signs`."""
    odds = INTERCEPT + sum(weight * found[name] for name, weight in WEIGHTS.items())
    return float(1 / (1 + np.exp(-odds)))


def signs(evidence: Evidence) -> dict[str, float]:
    """Differences of opinion are logarithms of one minus an IoU; the rest is as `plausibility` says."""
    mask, near = evidence.mask, evidence.near
    area, inside = float(np.count_nonzero(mask)), float(near.both[mask].sum())
    quality = plausibility.judge(evidence.seen, mask, votes=0.0, agreement=0.0)
    answers = {**near._asdict(), "told": evidence.told.both, "far": evidence.far.both}
    return {
        **{name: _differing(mask, soft > 0.5) for name, soft in answers.items()},
        "opinions": _differing(near.renders > 0.5, near.photos > 0.5),
        "unsure": 1 - inside / area,
        "leak": min((float(near.both.sum()) - inside) / area, 1.0),
        "outline": quality.outline,
        "separation": quality.separation,
        "off_centre": quality.off_centre,
        "at_frame": quality.at_frame,
        "size": float(np.log(area / mask.size)),
    }


def _differing(one: BoolMask, other: BoolMask) -> float:
    return float(np.log(1.02 - iou(one, other)))
