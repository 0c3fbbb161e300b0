"""Where a picture differs from the product, as a picture beside the run's: made when it is first shown."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from ecomgen.errors import CannotWrite
from ecomgen.export import write_atomically
from ecomgen.record import CandidateEntry
from ecomgen.record.entries import difference_of

LONGEST = 1200  # pixels: a screen shows no more


def heat(entry: CandidateEntry, folder: Path) -> Path | None:
    """The file of a candidate's heat map; None where there was nothing to compare, or its picture is gone."""
    target = folder / "heat" / f"{Path(entry.path).stem}.webp"
    if target.exists():
        return target
    if not entry.difference:
        return None
    from ecomgen.scoring import heat_map

    try:
        with Image.open(folder / entry.path) as opened:
            picture = np.asarray(opened.convert("RGB"))
        shown = Image.fromarray(heat_map(picture, difference_of(entry.difference)))
        shown.thumbnail((LONGEST, LONGEST))
        buffer = io.BytesIO()
        shown.save(buffer, "WEBP", quality=85)
        write_atomically(target, buffer.getvalue())
    except (OSError, CannotWrite):
        return None
    return target
