"""From which identity on a picture passes."""

from __future__ import annotations

import math
from itertools import permutations
from statistics import median
from typing import Literal, get_args

from ecomgen.errors import UsageError
from ecomgen.scoring.calibration import calibration
from ecomgen.scoring.identity import embedding
from ecomgen.scoring.identity.likeness import likeness_between, references
from ecomgen.scoring.subject import Subject

Level = Literal["strict", "normal", "lenient"]
TRUST = 0.5  # how far the references' own likeness moves the level
LOWEST = 0.6  # of the level: however unlike the references are


def threshold(level: float | str | None, subject: Subject, *, placed: bool = False) -> float:
    """The identity in [0, 1] that a picture of `subject` needs.

    A number stands for itself. A named level (None is normal) is the shipped one where the product stands at its place
    (`placed`), for there it is held against its own photo. Elsewhere it depends on the references: where several are
    less alike among themselves than views of one product usually are, it gives way by half of what is missing, but
    never below `LOWEST` of itself. It is never raised: pictures made from one of the references are closer to it than
    the references are to each other.

    Raises:
        UsageError: an unknown name, or a number outside [0, 1].
    """
    if level is None or (isinstance(level, str) and level in get_args(Level)):
        shipped = getattr(calibration().levels, level or "normal")
        return shipped if placed else _calibrated(shipped, subject)
    try:
        value = float(level)
    except (TypeError, ValueError):
        value = math.nan
    if not 0 <= value <= 1:
        raise UsageError(
            "A threshold is a number from 0 to 1, or one of {known}; not {level!r}.",
            known=", ".join(get_args(Level)),
            level=level,
        )
    return value


def _calibrated(shipped: float, subject: Subject) -> float:
    own = likeness_among(subject)
    if own is None:
        return shipped
    typical = calibration().anywhere.view(learnt=embedding.network_name() is not None).typical
    return max(shipped - TRUST * max(typical - own, 0.0), LOWEST * shipped)


def likeness_among(subject: Subject) -> float | None:
    """The median likeness of the references to each other; None where there is only one."""
    known = references(subject)
    scores = [likeness_between(one, other) for one, other in permutations(known, 2)]
    return median(scores) if scores else None
