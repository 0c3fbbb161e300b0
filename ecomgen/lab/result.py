"""What came of one picture of a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecomgen.lab.matrix import Cell
    from ecomgen.record import ScoresEntry


@dataclass(frozen=True, kw_only=True)
class Result:
    """One picture of a cell. `scores` has None for what this machine cannot judge."""

    cell: Cell
    seed: int
    status: str
    scores: ScoresEntry
    path: str  # relative to the experiment's folder
    run_id: str
