"""The selection made again with another threshold, from a run's files alone: nothing is generated."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ecomgen import selection
from ecomgen.messages import Message
from ecomgen.types import Candidate, Scores

NAMES = ("identity", "extension", "adherence", "quality", "overall")


def refilter(record: Mapping[str, Any], folder: Path, threshold: float) -> dict[str, Any]:
    """The run's record as it would be with this threshold; candidates whose file is gone keep their verdict."""
    candidates = [_candidate(entry, folder) for entry in record["candidates"]]
    there = [candidate for candidate in candidates if candidate is not None]
    verdicts = selection.select(there, threshold=threshold, keep=record["parameters"]["keep"])
    judged = {candidate.index: verdict for candidate, verdict in zip(there, verdicts, strict=True)}
    entries = [
        entry | {"status": judged[entry["index"]].status, "reasons": list(judged[entry["index"]].reasons)}
        if entry["index"] in judged
        else entry
        for entry in record["candidates"]
    ]
    return {**record, "candidates": entries}


def as_exported(record: Mapping[str, Any], folder: Path, threshold: float) -> dict[str, Any]:
    """The record for an export: with another threshold than the run's, that is said in its notes."""
    if abs(threshold - record["parameters"]["threshold"]) < 0.005:
        return dict(record)
    changed = refilter(record, folder, threshold)
    note = Message(
        "the selection was made again with the threshold {threshold:.2f} before the export", threshold=threshold
    )
    return {**changed, "notes": [*record.get("notes", []), note]}


def _candidate(entry: Mapping[str, Any], folder: Path) -> Candidate | None:
    pixels = _thumbnail(folder / entry["path"])
    if pixels is None:
        return None
    return Candidate(
        index=entry["index"],
        seed=entry["seed"],
        pixels=pixels,
        scores=Scores(
            **{name: entry["scores"][name] for name in NAMES},
            unavailable=entry.get("unavailable", {}),
            findings=tuple(entry.get("findings", ())),
        ),
        steps=entry["steps"],
        sampler=entry["sampler"],
    )


@lru_cache(maxsize=256)
def _thumbnail(path: Path) -> np.ndarray | None:
    """As small as the selection compares them; pictures of a run never change."""
    import cv2

    try:
        with Image.open(path) as picture:
            pixels = np.asarray(picture.convert("RGB"))
    except OSError:
        return None
    size = (selection.THUMBNAIL, selection.THUMBNAIL)
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
