"""The product without any network: many graph cuts over superpixels vote, the best five are refined by GrabCut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen.errors import NoProduct
from ecomgen.masking import quality
from ecomgen.masking.proposals import Proposals, limit
from ecomgen.masking.refining import refine
from ecomgen.masking.search import Window, search, search_in
from ecomgen.masking.superpixels import Superpixels, divide
from ecomgen.types import Box, MaskCandidate, MaskRequest, Progress, ReferenceImage, Report

if TYPE_CHECKING:
    from ecomgen.masking.quality import Quality
    from ecomgen.types import BoolMask, Pixels

side = 400  # pixels of the copy on which the search runs
patches_wanted = 800
same = 0.88  # IoU from which two cuts are one
box_margin = 0.12  # of background around a drawn box
advice = (
    "grabcut guesses from colours and edges alone. For better masks run "
    '"ecomgen models pull sam-vit-b clip-vit-b-32", or help with --box.'
)


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five cuts, best first.

    Raises:
        NoProduct: nothing in the photo, or in the box, stands out.
    """
    whole = Box(0, 0, reference.width, reference.height)
    area = _around(request.box, whole) if request.box else whole
    photo = reference.pixels[area.y0 : area.y1, area.x0 : area.x1]
    small = shrink(photo, side)
    report(Progress(step="mask", done=0, total=limit + 1, message="Looking for what stands out"))
    patches = divide(small, patches_wanted)
    window = _window(request.box, area) if request.box else None
    cuts = search_in(patches, window) if window else search(patches)
    ranked = _rank(small, patches, cuts)
    ...


def shrink(photo: Pixels, longest: int) -> Pixels:
    """A copy of at most `longest` pixels a side."""
    scale = longest / max(photo.shape[:2])
    if scale >= 1:
        return np.ascontiguousarray(photo)
    size = max(1, round(photo.shape[1] * scale)), max(1, round(photo.shape[0] * scale))
    return cv2.resize(photo, size, interpolation=cv2.INTER_AREA)


def _around(box: Box, whole: Box) -> Box:
    margin = round(box_margin * max(box.width, box.height)) + 2
    return Box(
        max(0, box.x0 - margin), max(0, box.y0 - margin), min(whole.x1, box.x1 + margin), min(whole.y1, box.y1 + margin)
    )


def _window(box: Box, area: Box) -> Window:
    return Window(
        (box.x0 - area.x0) / area.width, (box.y0 - area.y0) / area.height,
        (box.x1 - area.x0) / area.width, (box.y1 - area.y0) / area.height,
    )  # fmt: skip


def _rank(small: Pixels, patches: Superpixels, cuts: list[BoolMask]) -> list[tuple[Quality, BoolMask]]:
    """Distinct cuts with their quality, best first. Each counts with the votes of its like."""
    if not cuts:
        return []
    every = np.array(cuts)
    overlaps = _overlaps(every, patches)
    seen = quality.view(small)
    ranked = []
    for number in _representatives(overlaps):
        like = overlaps[number]
        pixels = every[number][patches.labels]
        ranked.append((quality.judge(seen, pixels, float((like > same).mean()), float(like.mean())), pixels))
    return sorted(ranked, key=lambda pair: pair[0].score, reverse=True)


def _overlaps(cuts: BoolMask, patches: Superpixels) -> np.ndarray:
    """IoU of every cut with every other."""
    weighted = cuts * patches.areas
    common = weighted @ cuts.T
    sizes = weighted.sum(axis=1)
    return common / (sizes[:, None] + sizes[None] - common)


def _representatives(overlaps: np.ndarray) -> list[int]:
    """Greedily the most typical cut of each group of equals."""
    order = np.argsort(-(overlaps > same).sum(axis=1) - overlaps.mean(axis=1), kind="stable")
    chosen: list[int] = []
    for number in order:
        if all(overlaps[number, other] <= same for other in chosen):
            chosen.append(int(number))
    return chosen
