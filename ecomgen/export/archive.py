"""Finished files into a folder or a zip, and which of a run's pictures are the best."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from ecomgen import picture_file
from ecomgen.atomic_file import replacing, write_atomically
from ecomgen.errors import BadPhoto, UsageError
from ecomgen.record import CandidateEntry, RunRecord
from ecomgen.types import Pixels


@contextmanager
def taking(target: Path) -> Iterator[Callable[[str, bytes], object]]:
    """What takes named files one by one, into one zip where `target` ends in .zip, else into a folder.

    Each file of a folder is whole or not there, and so is a zip.

    Raises:
        CannotWrite: the place cannot be written, or the disk is full.
    """
    if target.suffix.lower() != ".zip":
        yield lambda name, data: write_atomically(target / name, data)
        return
    with replacing(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as packed:
        yield packed.writestr


def best(
    record: RunRecord, top: int | None, chosen: Set[int] | None = None, *, rejected: Set[int] = frozenset()
) -> list[CandidateEntry]:
    """The best `top` kept candidates, or all kept.

    Args:
        chosen: indices of candidates, as those that people approved, that take the place of the kept ones.
        rejected: indices of those that people rejected, which are left out.

    Raises:
        UsageError: there is none.
    """
    ranked = best_first(record, chosen)
    found = [entry for entry in ranked if entry.index not in rejected][:top]
    if not found and chosen is not None:
        raise UsageError("No picture of this run is approved yet: approve some, then export.")
    if not found and ranked:
        raise UsageError("Every kept picture of this run is rejected: take a rejection back, then export.")
    if not found:
        raise UsageError("No picture of this run was kept: lower the threshold, then export.")
    return found


def best_first(record: RunRecord, chosen: Set[int] | None = None) -> list[CandidateEntry]:
    """The kept candidates, or those with the `chosen` indices, best first."""
    taken = record.kept if chosen is None else [entry for entry in record.candidates if entry.index in chosen]
    return sorted(taken, key=lambda entry: entry.turn)


def read_pixels(path: Path, mode: str = "RGB") -> Pixels:
    """A run folder's picture.

    Raises:
        BadPhoto: it is gone, or cannot be read.
    """
    if not path.exists():
        raise BadPhoto(
            '{path} is gone: name the run by the folder that it was moved to, or make it again with "ecomgen runs '
            'replay".',
            path=path,
        )
    return picture_file.pixels(path, mode)
