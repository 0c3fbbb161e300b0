"""The selection made again with another threshold, from a run's files alone: nothing is generated."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from ecomgen import picture_file, selection
from ecomgen.errors import BadPhoto
from ecomgen.messages import Message
from ecomgen.record import CandidateEntry, RunRecord
from ecomgen.record.entries import SCORES, judged
from ecomgen.types import Candidate, Scores


def refilter(record: RunRecord, folder: Path, threshold: float) -> RunRecord:
    """The run's record as it would be with this threshold; candidates whose file is gone keep their verdict."""
    candidates = [_candidate(entry, folder) for entry in record.candidates]
    there = [candidate for candidate in candidates if candidate is not None]
    verdicts = selection.select(
        there,
        threshold=threshold,
        extension=record.parameters.extension,
        keep=record.parameters.keep,
        confidence=record.mask.confidence,
        confirmed=record.mask.confirmed,
        in_range=bool(record.parameters.look),
    )
    found = {candidate.index: verdict for candidate, verdict in zip(there, verdicts, strict=True)}
    entries = (judged(entry, found[entry.index]) if entry.index in found else entry for entry in record.candidates)
    return record.model_copy(update={"candidates": tuple(entries)})


def as_exported(record: RunRecord, folder: Path, threshold: float) -> RunRecord:
    """The record for an export: with another threshold than the run's, that is said in its notes."""
    if abs(threshold - record.parameters.threshold) < 0.005:
        return record
    note = Message(
        "the selection was made again with the threshold {threshold:.2f} before the export", threshold=threshold
    )
    return refilter(record, folder, threshold).model_copy(update={"notes": (*record.notes, note)})


def _candidate(entry: CandidateEntry, folder: Path) -> Candidate | None:
    pixels = _thumbnail(folder / entry.path)
    if pixels is None:
        return None
    return Candidate(
        index=entry.index,
        seed=entry.seed,
        pixels=pixels,
        scores=Scores(
            **{name: getattr(entry.scores, name) for name in SCORES},
            unavailable=entry.unavailable,
            composition=entry.composition,
            findings=entry.findings,
        ),
        steps=entry.steps,
        sampler=entry.sampler,
    )


@lru_cache(maxsize=256)
def _thumbnail(path: Path) -> np.ndarray | None:
    """As small as the selection compares them; pictures of a run never change."""
    import cv2

    try:
        pixels = picture_file.pixels(path)
    except BadPhoto:
        return None
    size = (selection.THUMBNAIL, selection.THUMBNAIL)
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
