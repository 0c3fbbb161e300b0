"""The product by a small network of our own, which looks through two encoders and ships with ecomgen.

It looks at the whole photo, then closely at what it found; several such pairs of looks, at other sizes, with other help
and by either encoder alone, are the hypotheses. How they are ranked was fitted on renders that it never saw. A second
network joins them to one where the first of them is not trusted. The best is looked at once more, enlarged.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np

from ecomgen import models
from ecomgen.masking.cleanup import keep_parts
from ecomgen.masking.maskers.grabcut import SIDE as COLOUR_SIDE
from ecomgen.masking.maskers.grabcut import helpful, nothing, rank, require_contrast
from ecomgen.masking.network import mask_fusion
from ecomgen.masking.network.hypothesis_ranking import Answers, Hypothesis, distinct, judged, ranked
from ecomgen.masking.network.inference import NEAR_SIDE, Looker, Looks, Opinions, around, load
from ecomgen.masking.network.mask_upsampling import follow_edges
from ecomgen.masking.proposals import LIMIT, Proposals
from ecomgen.masking.refinement import resized, smaller
from ecomgen.masking.self_correction import corrected
from ecomgen.masking.threads import in_pairs, one_for_numpy
from ecomgen.messages import Message
from ecomgen.morphology import dilated
from ecomgen.types import BoolMask, Box, MaskCandidate, MaskRequest, Matte, Pixels, Progress, ReferenceImage, Report

KIND = "lite"
WEIGHTS = (KIND, mask_fusion.KIND)
CANVAS = 768  # pixels of the longer side, on which looks are laid together
FAR_SIDES = (192, 256)  # of the whole photo, as the network sees it
LARGE_SIDE = 384  # of the last look, at the best answer
MIDDLE = 0.75  # of the photo, that a look at its middle takes
SUREST = 0.85  # likelihood, of the part that is looked at by itself
PARTS = 0.15  # of the largest part's area, from which another belongs to the product
LEAST = 0.0008  # of the photo's area
TRUSTED = 0.8  # expected IoU, below which the answers are joined
FAR_BELOW = 0.3  # by so much less expected of it, the joined answer is not believed
CONSULTED = 2  # of what stands out by its colours
SLACK = 0.02  # of the longer side of a drawn box, by which it may be too tight
REACH, MOST_OUTSIDE, SURE = 0.15, 0.25, 0.7  # how far, how much of the product, and how surely, what sticks out of it
COARSE = 400, 5  # patches and rounds, which take a third of the grabcut masker's time and are right as often


class Networks(NamedTuple):
    """The ids of the weights of the network that looks, and of the one that joins its answers."""

    looks: str
    joins: str


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five masks, best first.

    Raises:
        NoProduct: nothing in the photo, or in the box, stands out.
        WeightsMissing, WeightsCorrupt: the network that ships with ecomgen is gone or not what it was.
    """
    names = networks()
    box = helpful(request.box, Box(0, 0, reference.width, reference.height))
    report(Progress(step="mask", done=0, total=2, message=Message("Looking for the product")))
    small = smaller(reference.pixels, CANVAS)
    require_contrast(small, box)
    drawn = box and box.scaled(small.shape[1] / reference.width)
    found = hypotheses(small, names, drawn)
    if not found:
        raise nothing(box)
    report(Progress(step="mask", done=1, total=2, message=Message("Following the edges")))
    softs = [enlarged(small, names.looks, found[0].soft, drawn), *(each.soft for each in found[1:])]
    masks = in_pairs(lambda soft: follow_edges(reference.pixels, soft), softs)
    candidates = tuple(
        MaskCandidate(pixels=pixels, predicted_iou=round(each.expected, 4))
        for pixels, each in zip(masks, found, strict=True)
    )
    return Proposals(
        candidates=candidates if box else _with_one_thing(corrected(reference, candidates))[:LIMIT],
        models=tuple(models.used(name) for name in names),
    )


def _with_one_thing(candidates: tuple[MaskCandidate, ...]) -> tuple[MaskCandidate, ...]:
    """The candidates; after a first one of several things the largest of them alone."""
    first, *others = candidates
    alone = keep_parts(first.pixels, 1.0)
    if np.array_equal(alone, keep_parts(first.pixels, PARTS)):
        return candidates
    return first, replace(first, pixels=alone), *others


def networks() -> Networks:
    """Those that ship with ecomgen.

    Raises:
        WeightsMissing: the installation has lost one of them.
    """
    missing = Message(
        "ecomgen's own masking network is not in this installation: reinstall, or choose {--masker} grabcut."
    )
    return Networks(*(models.required(kind, missing) for kind in WEIGHTS))


def networks_here() -> Networks | None:
    """As `networks`; None where one is lost."""
    looks, joins = (models.first_here(kind) for kind in WEIGHTS)
    return Networks(looks, joins) if looks and joins else None


def hypotheses(small: Pixels, names: Networks, box: Box | None) -> list[Hypothesis]:
    """Distinct answers for a small photo, best first; empty where the network sees nothing."""
    answers = looked_at(small, names.looks, box)
    found = ranked(answers, small)
    if box or not found or found[0].expected >= TRUSTED:
        return found[:LIMIT]
    whole = _whole(mask_fusion.fused(*names, small, [each.soft for each in found], answers))
    joined = [] if whole is None else judged([whole], answers, small)
    likely = [one for one in joined if one.expected > found[0].expected - FAR_BELOW]
    return distinct([*likely, *found])[:LIMIT]


def enlarged(small: Pixels, name: str, soft: Matte, drawn: Box | None) -> Matte:
    """The mean of an answer and of a look at it that shows more of its edge; the answer where nothing is left of it."""
    box = drawn or extent(soft)
    if box is None:
        return soft
    looker = Looker(load(name), small)
    larger = looker.look(around(box, looker.whole), LARGE_SIDE, box=box).both
    mean = np.stack([soft, larger]).mean(0).astype(np.float32)
    return soft if _whole(mean) is None else mean


def looked_at(small: Pixels, name: str, box: Box | None) -> Answers:
    """What the looks at a small photo found; stray parts are left out, and answers of which hardly anything is left."""
    looker = Looker(load(name), small)
    with ThreadPoolExecutor(2) as pool, one_for_numpy:
        looks = Looks(looker, pool)
        coming = None if box else pool.submit(standing_out, small)
        closest, answers = boxed(looks, box) if box else free(looks)
        cuts = coming.result() if coming else []
        answers += at_cuts(looks, cuts)
        wholes = [whole for whole in pool.map(_whole, answers) if whole is not None]
    return Answers(every=wholes, closest=closest, colours=cuts[0] if cuts else None, box=box)


def free(looks: Looks) -> tuple[Opinions, list[Matte]]:
    """The closest look, and all answers.

    Without help: far looks, closer looks at what they found, at its surest part, and at the photo's middle.
    """
    far = [looks.far(looks.whole, side) for side in FAR_SIDES]
    central = looks.far(_middle(looks.whole), FAR_SIDES[0])
    first = _mean(far)
    found = extent(first.both) or extent(first.photos)
    if found is None:
        return first, [first.both]
    closer = _mean(_twice(looks, found))
    core = looks.near(extent(first.both, SUREST) or found)
    inner = looks.near(extent(central.result().both) or found)
    near = closer.mean(_mean(_twice(looks, extent(closer.both) or found)))
    return near, [*near, closer.both, *first, core.result().both, inner.result().both]


def _twice(looks: Looks, box: Box) -> tuple[Future[Opinions], Future[Opinions]]:
    """A closer look at what was found in a box, once told of the box and once not."""
    return looks.near(box), looks.near(box, told=False)


def standing_out(photo: Pixels) -> list[BoolMask]:
    """What stands out by its colours alone, at the photo's size, the best first."""
    cuts = [cut for _, cut in rank(smaller(photo, COLOUR_SIDE), None, COARSE)[:CONSULTED]]
    return [resized(cut, photo.shape) for cut in cuts]


def at_cuts(looks: Looks, cuts: list[BoolMask]) -> list[Matte]:
    """Closer looks at what stands out by its colours."""
    boxes = [box for box in (extent(cut.astype(np.float32)) for cut in cuts) if box]
    return [answer.result().both for answer in [looks.near(box) for box in boxes]]


def boxed(looks: Looks, box: Box) -> tuple[Opinions, list[Matte]]:
    """The closest look, and all answers.

    With a box: looked at closely and from farther off, and once more at what was found in it.
    """
    closer, farther, untold = looks.near(box), looks.far(looks.whole, NEAR_SIDE, box=box), looks.near(box, told=False)
    near, far = closer.result(), farther.result()
    allowed = _allowed(box, near.mean(untold.result()).both)
    found = extent(near.mean(far).both * allowed)
    if found is None:
        return near, [near.mean(far).both * allowed]
    again = looks.near(found).result()
    closest = near.mean(again)
    answers = [*closest, near.both, far.both, again.both, untold.result().both]
    return closest, [each * allowed for each in answers]


def _mean(looks: Sequence[Future[Opinions]]) -> Opinions:
    first, *others = (look.result() for look in looks)
    return first.mean(*others)


def extent(soft: Matte, least_likely: float = 0.5) -> Box | None:
    """The box of what is likelier product than `least_likely`, stray parts left out."""
    mask = soft > least_likely
    if not mask.any():
        return None
    return Box.of(keep_parts(mask, PARTS))


def _whole(soft: Matte) -> Matte | None:
    """Without stray parts; None where hardly anything is left."""
    mask = soft > 0.5
    if np.count_nonzero(mask) < LEAST * mask.size:
        return None
    stray = mask & ~keep_parts(mask, PARTS)
    return np.where(stray, np.float32(0), soft)


def _middle(whole: Box) -> Box:
    dx, dy = round(whole.width * (1 - MIDDLE) / 2), round(whole.height * (1 - MIDDLE) / 2)
    return Box(dx, dy, whole.x1 - dx, whole.y1 - dy)


def _allowed(box: Box, likely: Matte) -> BoolMask:
    """The box, and what sticks out of it where it was drawn too tight.

    That is surely product, hangs together with what is inside, and ends before something else could have begun.
    """
    slack, reach = round(SLACK * box.longest) + 1, round(REACH * box.longest)
    inside, near, end = (box.grown(by, likely.shape).drawn(likely.shape) for by in (slack, reach, reach - 2))
    labels = cv2.connectedComponents((near & ~inside & (likely > SURE)).astype(np.uint8), connectivity=8)[1]
    touched = dilated(inside & (likely > 0.5), 1)
    most = MOST_OUTSIDE * np.count_nonzero(inside & (likely > 0.5))
    belonging = [label for label in np.unique(labels[touched]) if label and np.count_nonzero(labels == label) <= most]
    ending = np.setdiff1d(belonging, labels[near & ~end])
    return inside | np.isin(labels, ending)
