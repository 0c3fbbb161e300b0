"""One number to rank by: the weighted geometric mean of the scores that are there.

overall = exp(sum of weight * ln(score) / sum of weight), with the weights below; a score that is None is left out of
both sums. A geometric mean, because a good background does not make up for a wrong product.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

WEIGHTS = {"identity": 0.5, "quality": 0.2, "extension": 0.15, "adherence": 0.15}
FLOOR = 1e-3  # so that ranking still works among hopeless pictures


def overall(scores: Mapping[str, float | None]) -> float | None:
    """In [0, 1]; None where no score is there."""
    there = {name: value for name, value in scores.items() if value is not None}
    total = sum(WEIGHTS[name] for name in there)
    if not total:
        return None
    logs = sum(WEIGHTS[name] * math.log(max(value, FLOOR)) for name, value in there.items())
    return math.exp(logs / total)
