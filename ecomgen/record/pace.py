"""How long the pictures of a run take: what its record says, and one picture beside another by their pixels."""

from __future__ import annotations

from ecomgen.record.run_record import RunRecord

BUILDING = 105_000  # pixels that take as long as what a picture of any size takes (studio, 128 to 1024 a side)
ONCE = ("load", "mask", "place")  # steps of a run that prepare the product; the others are taken for each picture
EACH = ("scene", "composite", "score", "write")


def seconds_of(record: RunRecord) -> tuple[float, float]:
    """What a run took to prepare its product, and for each picture."""
    once, each = (sum(record.timings.get(step, 0.0) for step in steps) for steps in (ONCE, EACH))
    return once, each / max(1, len(record.candidates))


def times(pixels: int, beside: int) -> float:
    """How many times longer a picture of so many pixels takes than one of `beside`."""
    return (pixels + BUILDING) / (beside + BUILDING)
