"""The product without any network: many graph cuts over superpixels vote, the best five are refined by GrabCut."""

from __future__ import annotations

import cv2
import numpy as np

from ecomgen.color import to_lab
from ecomgen.errors import NoProduct
from ecomgen.masking.graphcut.box_fit import Quality, finished, judge
from ecomgen.masking.graphcut.superpixels import Superpixels, divide
from ecomgen.masking.graphcut.window_search import Window, overlap, search, search_in, window_filled, window_of
from ecomgen.masking.proposals import LIMIT, Proposals
from ecomgen.masking.refinement import cut_rectangle, refine, smaller
from ecomgen.masking.signs import distinct, iou, view
from ecomgen.messages import Message
from ecomgen.types import BoolMask, Box, MaskCandidate, MaskRequest, Pixels, Progress, ReferenceImage, Report

SIDE = 400  # pixels of the copy on which the search runs
FINE = 800, 10  # patches, and how often their centres are moved
SAME, SAME_REFINED = 0.88, 0.97  # IoU from which two cuts are one: before, and after their edges are moved
SMALLEST = 8  # pixels a side
FLAT = 6.0  # CIELAB distance from the median below which nothing stands out
LEAST_EVIDENCE = 1.03  # of the best cut, unless a box says that there is a product
BOX_MARGIN = 0.12  # of background around a drawn box
ADVICE = Message(
    'grabcut guesses from colours and edges alone. For better masks run "ecomgen models pull '
    'sam-vit-b clip-vit-b-32", or help with {--box}.'
)


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five cuts, best first.

    Raises:
        NoProduct: nothing in the photo, or in the box, stands out.
    """
    whole = Box(0, 0, reference.width, reference.height)
    box = helpful(request.box, whole)
    size = reference.pixels.shape
    area = box.grown(round(BOX_MARGIN * box.longest) + 2, size) if box else whole
    report(Progress(step="mask", done=0, total=LIMIT + 1, message=Message("Looking for what stands out")))
    small = smaller(reference.pixels[area.slices], SIDE)
    require_contrast(small, box)
    ranked = rank(small, window_of(box, area) if box else None)
    if not ranked or (box is None and ranked[0][0].evidence < LEAST_EVIDENCE):
        raise nothing(box)
    coarse = [cut for _, cut in ranked]
    # refinement may make two cuts one; the better-ranked stays
    refined = (_refined(reference, cut, area, box, report, at) for at, cut in enumerate(coarse))
    found = distinct(refined, lambda one, other: iou(one, other) >= SAME_REFINED)
    return Proposals(candidates=tuple(MaskCandidate(pixels=pixels) for pixels in found), warnings=(ADVICE,))


def helpful(box: Box | None, whole: Box) -> Box | None:
    """A box around nearly all of the photo says nothing."""
    if box is None or box.width * box.height > 0.9 * whole.width * whole.height:
        return None
    return box


def require_contrast(small: Pixels, box: Box | None) -> None:
    """A strip of a few pixels, a flat colour or mere sensor noise has no product in it, whatever the box says."""
    if min(small.shape[:2]) < SMALLEST:
        raise nothing(box)
    smooth = cv2.GaussianBlur(to_lab(small), (0, 0), 2)
    if float(np.percentile(np.linalg.norm(smooth - np.median(smooth, axis=(0, 1)), axis=2), 99.5)) < FLAT:
        raise nothing(box)


def nothing(box: Box | None) -> NoProduct:
    if box is None:
        return NoProduct("Nothing in the photo stands out as a product: draw a box around it with {--box}.")
    return NoProduct("Nothing in the box stands out as a product: draw it a little larger than the product.")


def _refined(
    reference: ReferenceImage, coarse: BoolMask, area: Box, box: Box | None, report: Report, rank: int
) -> BoolMask:
    report(
        Progress(
            step="mask", done=rank + 1, total=LIMIT + 1, message=Message("Refining proposal {number}", number=rank + 1)
        )
    )
    allowed = box and box.within(area)
    whole = np.zeros((reference.height, reference.width), dtype=bool)
    photo = reference.pixels[area.slices]
    whole[area.slices] = finished(photo, coarse, allowed) if allowed else refine(photo, coarse)
    return whole


def rank(small: Pixels, window: Window | None, division: tuple[int, int] = FINE) -> list[tuple[Quality, BoolMask]]:
    """The best distinct cuts with their quality, best first.

    Each counts with the votes of its like.
    """
    patches = divide(small, *division)
    cuts = _in_window(small, patches, window) if window else search(patches)
    if not cuts:
        return []
    every = np.array(cuts)
    overlaps = _overlaps(every, patches)
    seen = view(small)
    ranked = []
    for number in _representatives(overlaps):
        like = overlaps[number]
        pixels = every[number][patches.labels]
        votes = 0.0 if window else float((like > SAME).mean())  # few starts from one box are no vote
        misfit = 1 - overlap(window_filled(pixels), window) if window else 0.0
        ranked.append((judge(seen, pixels, votes, float(like.mean()), misfit), pixels))
    return sorted(ranked, key=lambda pair: pair[0].boxed_score if window else pair[0].score, reverse=True)[:LIMIT]


def _in_window(small: Pixels, patches: Superpixels, window: Window) -> list[BoolMask]:
    """Cuts over patches, and GrabCut over pixels from the same window, which sees finer differences of colour."""
    by_pixels = patches.average(cut_rectangle(small, window)) > 0.5
    cuts = search_in(patches, window)
    return [*cuts, by_pixels] if by_pixels.any() else cuts


def _overlaps(cuts: BoolMask, patches: Superpixels) -> np.ndarray:
    """IoU of every cut with every other."""
    weighted = cuts * patches.areas
    common = weighted @ cuts.T
    sizes = weighted.sum(axis=1)
    return common / (sizes[:, None] + sizes[None] - common)


def _representatives(overlaps: np.ndarray) -> list[int]:
    """Greedily the most typical cut of each group of equals."""
    order = np.argsort(-(overlaps > SAME).sum(axis=1) - overlaps.mean(axis=1), kind="stable")
    return distinct(order.tolist(), lambda one, other: overlaps[one, other] > SAME)
