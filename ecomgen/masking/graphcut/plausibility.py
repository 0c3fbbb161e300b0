"""How much a cut looks like a whole product, seen without knowing what the product is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.masking.signs import Look, View, look

if TYPE_CHECKING:
    from ecomgen.types import BoolMask

LEAST_AREA = 0.04  # of the photo


@dataclass(frozen=True, kw_only=True)
class Quality(Look):
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


def judge(seen: View, cut: BoolMask, votes: float = 0.0, agreement: float = 0.0, misfit: float = 0.0) -> Quality:
    """Judge one non-empty cut, bool HxW."""
    return Quality(
        **asdict(look(seen, cut)),
        votes=votes,
        agreement=agreement,
        misfit=misfit,
        tiny=max(0.0, float(np.log(LEAST_AREA / cut.mean()))),
    )
