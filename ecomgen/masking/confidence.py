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
from ecomgen.masking.doubts import Evidence, doubts
from ecomgen.masking.graphcut import plausibility
from ecomgen.masking.morphology import box_of
from ecomgen.masking.network.hypothesis_ranking import iou
from ecomgen.masking.network.inference import Looker, Looks, load
from ecomgen.masking.refinement import resized, shrink

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecomgen.types import BoolMask, Doubt, Pixels

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


def judged(photo: Pixels, mask: BoolMask) -> Judgement | None:
    """What is to be thought of a mask; None where the network that ships with ecomgen is gone, or the mask is a speck.

    Args:
        photo: uint8 HxWx3.
        mask: bool HxW.
    """
    evidence = evidence_of(photo, mask)
    if evidence is None:
        return None
    return Judgement(confidence=probability(signs(evidence)), doubts=doubts(evidence))


def evidence_of(photo: Pixels, mask: BoolMask) -> Evidence | None:
    """What the network thinks of a mask's place; None as for `judged`."""
    name, small = models.first_here(KIND), shrink(photo, SIDE)
    cut = resized(mask, small.shape)
    if name is None or not cut.any():
        return None
    with ThreadPoolExecutor(2) as pool:
        looks = Looks(Looker(load(name), small), pool)
        box = box_of(cut)
        near, told, far = looks.near(box, told=False), looks.near(box), looks.far(looks.whole, FAR_SIDE)
        return Evidence(
            mask=cut,
            seen=plausibility.view(small),
            near=near.result(),
            told=told.result(),
            far=far.result(),
            scale=photo.shape[1] / small.shape[1],
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
