"""How far each of several answers may be trusted: signs seen in the photo and in the network's own doubt, weighed.

The weights were fitted by `training/calibrate.py` on renders that the network never saw; they give an expected IoU.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

import cv2
import numpy as np

from ecomgen.masking import signs
from ecomgen.masking.network.inference import Opinions
from ecomgen.masking.refinement import smaller
from ecomgen.masking.signs import Signs, Thumbnail, agreement, iou, likelihood, look, view
from ecomgen.types import BoolMask, Box, Matte, Pixels

SIDE = 192  # pixels of the copy on which outlines and colours are judged
SAME = 0.96  # IoU from which two answers are one
OPINIONS = ("renders", "photos", "colours")  # of either encoder alone, and of the photo's colours alone
SIGNS = ("inner", "leak", "agreement", "outline", "separation", "off_centre", "at_frame", "fit", *OPINIONS)
INTERCEPT_ALONE = -0.421
WEIGHTS_ALONE: Mapping[str, float] = {
    "inner": 0.565,
    "leak": 0.03,
    "agreement": 0.524,
    "outline": -0.043,
    "separation": -0.036,
    "off_centre": 0.036,
    "at_frame": -0.401,
    "renders": 0.15,
    "photos": 0.183,
    "colours": 0.058,
}
INTERCEPT_BOXED = -0.437
WEIGHTS_BOXED: Mapping[str, float] = {
    "inner": 0.47,
    "leak": -0.156,
    "agreement": 0.443,
    "outline": -0.012,
    "separation": 0.098,
    "off_centre": -0.103,
    "at_frame": -0.327,
    "fit": 0.145,
    "renders": 0.194,
    "photos": 0.15,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Answers:
    """What looks at one photo found: `every` answer, HxW in [0, 1], and opinions that were not asked for together."""

    every: Sequence[Matte]
    closest: Opinions  # of the closest look
    colours: BoolMask | None  # what stands out by its colours alone, HxW
    box: Box | None  # the one that was drawn, in the photo's pixels

    def opinions(self) -> dict[str, BoolMask]:
        """What each of `OPINIONS` takes for the product; one without an opinion is left out."""
        found = {"renders": self.closest.renders > 0.5, "photos": self.closest.photos > 0.5}
        return found if self.colours is None else found | {"colours": self.colours}


@dataclass(frozen=True, kw_only=True, eq=False)
class Hypothesis:
    """One answer, HxW in [0, 1], with what speaks for it and the IoU with the truth that is expected of it."""

    soft: Matte
    signs: Mapping[str, float]
    expected: float

    @property
    def mask(self) -> BoolMask:
        return self.soft > 0.5


def ranked(answers: Answers, photo: Pixels) -> list[Hypothesis]:
    """Distinct answers, none of them empty, the most trusted first; the photo is uint8 HxWx3."""
    found = judged(answers.every, answers, photo)
    return distinct(sorted(found, key=lambda each: each.expected, reverse=True))


def judged(softs: Sequence[Matte], answers: Answers, photo: Pixels) -> list[Hypothesis]:
    """How far each may be trusted, in the order in which they are given; none may be empty."""
    small = smaller(photo, SIDE)
    seen, opinions = view(small), answers.opinions()
    masks = [answer > 0.5 for answer in answers.every]
    found = []
    for soft in softs:
        mask = soft > 0.5
        others = [iou(mask, other) for other, answer in zip(masks, answers.every, strict=True) if answer is not soft]
        told = _signs(soft, seen, small.shape, answers.box)
        told |= {"agreement": float(np.mean(others)) if others else 0.5}
        told |= dict.fromkeys(OPINIONS, 0.0) | agreement(mask, opinions)
        found.append(_weighed(soft, told, boxed=answers.box is not None))
    return found


def distinct(found: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Those that are not nearly one that came before."""
    return signs.distinct(found, lambda one, other: iou(one.mask, other.mask) >= SAME)


def _signs(soft: Matte, seen: Thumbnail, shape: tuple[int, ...], box: Box | None) -> dict[str, float]:
    mask = soft > 0.5
    inner, leak = likelihood(mask, soft)
    found = {"inner": inner, "leak": leak, "fit": Box.of(mask).overlap(box) if box else 1.0}
    small = cv2.resize(soft, (shape[1], shape[0]), interpolation=cv2.INTER_AREA) > 0.5
    nothing = dict.fromkeys((one.name for one in fields(Signs)), 0.0)
    return found | (asdict(look(seen, small)) if small.any() else nothing)


def _weighed(soft: Matte, found: dict[str, float], *, boxed: bool) -> Hypothesis:
    intercept, weights = (INTERCEPT_BOXED, WEIGHTS_BOXED) if boxed else (INTERCEPT_ALONE, WEIGHTS_ALONE)
    expected = float(np.clip(intercept + sum(weight * found[name] for name, weight in weights.items()), 0.02, 0.99))
    return Hypothesis(soft=soft, signs=found, expected=expected)
