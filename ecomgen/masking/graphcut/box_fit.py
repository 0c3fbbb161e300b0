"""Which of several ways to finish a cut is best: how much it looks like a whole product, and fills a drawn box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from ecomgen.masking.graphcut.window_search import overlap, window_filled, window_of
from ecomgen.masking.interactive.clicks import correct
from ecomgen.masking.interactive.corrections import shipped_network
from ecomgen.masking.refinement import refine, resized, smaller
from ecomgen.masking.signs import Signs, Thumbnail, look, view
from ecomgen.types import BoolMask, Box, Pixels, Point

SIDE = 400  # pixels of the copy on which ways are compared
UNREACHED = 0.03  # of the box's side, between the cut and a side of the box, from which something is missing
LEAST_AREA = 0.04  # of the photo


def finished(photo: Pixels, coarse: BoolMask, box: Box) -> BoolMask:
    """A coarse cut at the photo's size.

    Its edge moved to where the colours change, or left where it was; and where the cut does not reach a side of the
    box, the gap is tried as if it had been clicked.

    Args:
        photo: uint8 HxWx3.
        coarse: bool, of the photo's proportions and any smaller size, not empty.
        box: in the photo's pixels.
    """
    fit = _Fit(photo, box)
    best = max((refine(photo, coarse, box), resized(coarse, photo.shape)), key=fit)
    network = shipped_network()
    if network is None:
        return best
    for point in _gaps(best, box):
        other = correct(photo, best, [point], network, box=box)
        best = max((best, other), key=fit)
    return best


class _Fit:
    """How well a mask's outline and colours stand out, and how well it fills the box."""

    def __init__(self, photo: Pixels, box: Box) -> None:
        small = smaller(photo, SIDE)
        self._shape, self._seen = small.shape, view(small)
        self._window = window_of(box, Box(0, 0, photo.shape[1], photo.shape[0]))

    def __call__(self, mask: BoolMask) -> float:
        small = resized(mask, self._shape)
        if not small.any():
            return float("-inf")
        misfit = 1 - overlap(window_filled(small), self._window)
        return judge(self._seen, small, misfit=misfit).boxed_score


def _gaps(mask: BoolMask, box: Box) -> Iterator[Point]:
    """The middle of each gap between the mask's own box and the drawn one."""
    x0, y0, x1, y1 = Box.of(mask)
    x, y = (x0 + x1) // 2, (y0 + y1) // 2
    if x0 - box.x0 > UNREACHED * box.width:
        yield Point((box.x0 + x0) // 2, y)
    if box.x1 - x1 > UNREACHED * box.width:
        yield Point((box.x1 + x1) // 2, y)
    if y0 - box.y0 > UNREACHED * box.height:
        yield Point(x, (box.y0 + y0) // 2)
    if box.y1 - y1 > UNREACHED * box.height:
        yield Point(x, (box.y1 + y1) // 2)


@dataclass(frozen=True, kw_only=True)
class Quality(Signs):
    """What speaks for and against a cut; each near [0, 1]."""

    votes: float  # share of all starting points that ended here
    agreement: float  # mean IoU with where they ended
    misfit: float  # one minus the IoU of its box with the one that was drawn; 0 where none was
    tiny: float  # how many times e smaller than the smallest usual product

    @property
    def evidence(self) -> float:
        """That there is anything: an outline or colours of its own. Below 1 in photos of mere ground or walls."""
        return self.outline + 1.5 * self.separation

    @property
    def boxed_score(self) -> float:
        """Of a cut in a drawn box: it is known to be there and where it ends, so that its colours count for more."""
        return 2.0 * self.agreement + 0.5 * self.outline + 2.0 * self.separation - 3.0 * self.misfit

    @property
    def score(self) -> float:
        """Weighted by hand, after looking at what separates good cuts from bad; the order matters, not the scale."""
        return (
            2.0 * self.agreement
            + 0.8 * self.votes
            + 0.5 * self.outline
            + 0.5 * self.separation
            - 2.0 * self.off_centre
            - 1.0 * self.at_frame
            - 3.0 * self.misfit
            - 0.3 * self.tiny
        )


def judge(seen: Thumbnail, cut: BoolMask, votes: float = 0.0, agreement: float = 0.0, misfit: float = 0.0) -> Quality:
    """Judge one non-empty cut, bool HxW."""
    return Quality(
        **asdict(look(seen, cut)),
        votes=votes,
        agreement=agreement,
        misfit=misfit,
        tiny=max(0.0, float(np.log(LEAST_AREA / cut.mean()))),
    )
