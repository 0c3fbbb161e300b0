"""The product by a small network of our own, trained on rendered products only and shipped with ecomgen.

It looks at the whole photo, then closely at what it found; several such pairs of looks, at other sizes and with other
help, are the hypotheses. How sure it may be of each was fitted on renders that it never saw in training; without a box,
an answer to which the photo's colours alone come as well is preferred.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from ecomgen import models
from ecomgen.errors import WeightsMissing
from ecomgen.masking.cleaning import keep_parts
from ecomgen.masking.edging import follow_edges
from ecomgen.masking.grabcut import helpful, nothing, rank, require_contrast
from ecomgen.masking.grabcut import side as colour_side
from ecomgen.masking.looking import Looker, load
from ecomgen.masking.proposals import Proposals, limit
from ecomgen.masking.refining import resized, shrink
from ecomgen.masking.trusting import Hypothesis, iou, ranked
from ecomgen.types import Box, MaskCandidate, MaskRequest, Progress, ReferenceImage, Report

if TYPE_CHECKING:
    from ecomgen.types import BoolMask, Matte, Pixels

kind = "lite"
canvas = 768  # pixels of the longer side, on which looks are laid together
far_sides = (160, 192)  # of the whole photo, as the network sees it
near_side = 256  # of the closer look
near_margin = 0.25  # of the product's size, left around it in the closer look
middle = 0.75  # of the photo, that a look at its middle takes
surest = 0.85  # likelihood, of the part that is looked at by itself
parts = 0.15  # of the largest part's area, from which another belongs to the product
least = 0.0008  # of the photo's area
unsure = 0.65  # expected IoU below which the user is asked to look
consulted = 2  # of what stands out by its colours
coarsely = 400  # patches of colour, which take half the time of the grabcut masker's and are right as often
second_opinion = 0.5  # what full agreement with it counts, as expected IoU
doubt = (
    "The mask is uncertain: look at it, choose another candidate, draw a box around the product, or run "
    '"ecomgen models pull sam-vit-b clip-vit-b-32" for better masks.'
)


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five masks, best first.

    Raises:
        NoProduct: nothing in the photo, or in the box, stands out.
        WeightsMissing, WeightsCorrupt: the network that ships with ecomgen is gone or not what it was.
    """
    name = weights_name()
    box = helpful(request.box, Box(0, 0, reference.width, reference.height))
    report(Progress(step="mask", done=0, total=2, message="Looking for the product"))
    small = shrink(reference.pixels, canvas)
    require_contrast(small, box)
    found = hypotheses(small, name, box and _scaled(box, small.shape[1] / reference.width))
    if not found:
        raise nothing(box)
    report(Progress(step="mask", done=1, total=2, message="Following the edges"))
    sure = found[0].expected
    return Proposals(
        candidates=tuple(
            MaskCandidate(pixels=follow_edges(reference.pixels, each.soft), predicted_iou=round(each.expected, 4))
            for each in found
        ),
        confidence=round(sure, 3),
        warnings=(doubt,) if sure < unsure and box is None else (),
        models=(models.used(name),),
    )


def weights_name() -> str:
    """The shipped network's id.

    Raises:
        WeightsMissing: the installation has lost it.
    """
    found = models.first_here(kind)
    if found is None:
        raise WeightsMissing(
            "ecomgen's own masking network is not in this installation: reinstall, or choose --masker grabcut."
        )
    return found


def hypotheses(small: Pixels, name: str, box: Box | None) -> list[Hypothesis]:
    """Distinct answers for a small photo, best first; empty where the network sees nothing."""
    looker = Looker(load(name), small)
    if box:
        return ranked(_wholes(boxed(looker, box)), small, box)[:limit]
    with ThreadPoolExecutor(2) as beside:  # colours on one core, looks on another, and whatever is left on both
        coming = beside.submit(standing_out, looker.photo)
        answers = free(looker, beside)
        cuts = coming.result()
        answers += at_cuts(looker, cuts, beside)
    found = ranked(_wholes(answers), small, None)
    return sorted(found, key=lambda each: each.expected + seconded(each.mask, cuts), reverse=True)[:limit]


def free(looker: Looker, beside: Executor) -> list[Matte]:
    """Without help: far looks, closer looks at what they found, at its surest part, and at the photo's middle."""
    first = _mean(*beside.map(lambda side: looker.look(looker.whole, side), far_sides))
    found = extent(first)
    if found is None:
        return [first]
    others = beside.submit(_elsewhere, looker, first, found)
    near = closely(looker, found)
    again = closely(looker, extent(near) or found)
    return [_mean(near, again), near, first, *others.result()]


def _elsewhere(looker: Looker, first: Matte, found: Box) -> list[Matte]:
    """Closer looks at the surest part of a far look, and at what the photo's middle shows."""
    core = extent(first, surest) or found
    inner = extent(looker.look(_middle(looker.whole), far_sides[0])) or found
    return [looker.look(around(box, looker.whole), near_side, box=box) for box in (core, inner)]


def closely(looker: Looker, box: Box) -> Matte:
    """A closer look at what was found in a box, once told of the box and once not."""
    window = around(box, looker.whole)
    return _mean(looker.look(window, near_side, box=box), looker.look(window, near_side))


def standing_out(photo: Pixels) -> list[BoolMask]:
    """What stands out by its colours alone, at the photo's size, the best first."""
    cuts = [cut for _, cut in rank(shrink(photo, colour_side), None, coarsely)[:consulted]]
    return [resized(cut, photo.shape) for cut in cuts]


def at_cuts(looker: Looker, cuts: list[BoolMask], beside: Executor) -> list[Matte]:
    """Closer looks at what stands out by its colours."""
    boxes = [box for box in (extent(cut.astype(np.float32)) for cut in cuts) if box]
    return list(beside.map(lambda box: looker.look(around(box, looker.whole), near_side, box=box), boxes))


def seconded(mask: BoolMask, cuts: list[BoolMask]) -> float:
    """What it counts for an answer that colours alone came to it too."""
    return second_opinion * max((iou(mask, cut) for cut in cuts[:1]), default=0.0)


def boxed(looker: Looker, box: Box) -> list[Matte]:
    """With a box: looked at closely and from farther off, and once more at what was found in it."""
    window = around(box, looker.whole)
    near, far = looker.look(window, near_side, box=box), looker.look(looker.whole, near_side, box=box)
    allowed = _only(box, near.shape)
    both = _mean(near, far) * allowed
    found = extent(both)
    if found is None:
        return [both]
    again = looker.look(around(found, looker.whole), near_side, box=found)
    return [each * allowed for each in (_mean(near, again), near, far, again, looker.look(window, near_side))]


def _mean(*answers: Matte) -> Matte:
    return np.asarray(np.mean(answers, axis=0, dtype=np.float32), dtype=np.float32)


def extent(soft: Matte, least_likely: float = 0.5) -> Box | None:
    """The box of what is likelier product than `least_likely`, stray parts left out."""
    mask = soft > least_likely
    if not mask.any():
        return None
    mask = keep_parts(mask, parts)
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def around(box: Box, whole: Box) -> Box:
    """A window with some room around a box."""
    room = round(near_margin * max(box.width, box.height)) + 4
    return Box(max(0, box.x0 - room), max(0, box.y0 - room), min(whole.x1, box.x1 + room), min(whole.y1, box.y1 + room))


def _wholes(answers: Iterable[Matte]) -> list[Matte]:
    """The answers without stray parts; those in which nothing is left are dropped."""
    return [whole for whole in map(_whole, answers) if whole is not None]


def _whole(soft: Matte) -> Matte | None:
    """Without stray parts; None where hardly anything is left."""
    mask = soft > 0.5
    if np.count_nonzero(mask) < least * mask.size:
        return None
    stray = mask & ~keep_parts(mask, parts)
    return np.where(stray, np.float32(0), soft)


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(round(value * scale) for value in box))


def _middle(whole: Box) -> Box:
    dx, dy = round(whole.width * (1 - middle) / 2), round(whole.height * (1 - middle) / 2)
    return Box(dx, dy, whole.x1 - dx, whole.y1 - dy)


def _only(box: Box, shape: tuple[int, ...]) -> Matte:
    """1 in the box, which may be drawn a little too tight, 0 outside."""
    plane = np.zeros(shape, np.float32)
    slack = round(0.02 * max(box.width, box.height)) + 1
    plane[max(0, box.y0 - slack) : box.y1 + slack, max(0, box.x0 - slack) : box.x1 + slack] = 1
    return plane
