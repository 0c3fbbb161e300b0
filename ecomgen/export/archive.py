"""Finished files into a folder or a zip, what they are called, and which of a run's pictures are the best."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path
from string import Formatter

from ecomgen import picture_file
from ecomgen.atomic_file import replacing, write_atomically
from ecomgen.errors import BadPhoto, UsageError
from ecomgen.record import CandidateEntry, RunRecord
from ecomgen.types import Pixels

LONGEST = 120  # bytes, suffix left out: file systems allow 255, archives and shops less


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


def free_name(name: str, taken: dict[str, int]) -> str:
    """The name, or numbered: names that differ in case only would share a file on some systems.

    `taken` is empty at first and counts those that began alike.
    """
    base, free = name.casefold(), name
    while free.casefold() in taken:
        taken[base] += 1
        free = f"{name}-{taken[base]}"
    taken.setdefault(base, 1)
    taken[free.casefold()] = taken.get(free.casefold(), 1)
    return free


RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


def file_name(pattern: str, facts: Mapping[str, object], suffix: str, taken: Set[str] = frozenset()) -> str:
    """The pattern with its fields filled in, without anything that a file system, a shell or a shop stumbles over.

    Args:
        pattern: text with fields in braces, for example "{product}-{channel}-{rank}".
        facts: the fields' values. A `rank` is written with two digits.
        suffix: the file's ending, with its dot.
        taken: names that are there already, in lower case; the new one is numbered if need be.

    Raises:
        UsageError: the pattern has an unknown field or a single brace.
    """
    stem = _safe(_filled(pattern, facts))
    name, number = f"{stem}{suffix}", 2
    while name.lower() in taken:
        name, number = f"{stem}-{number}{suffix}", number + 1
    return name


def _filled(pattern: str, facts: Mapping[str, object]) -> str:
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        parts = [("", "", None, None)]
    known = ", ".join(f"{{{name}}}" for name in facts)
    for _, field, form, conversion in parts:
        if field is not None and (field not in facts or form or conversion):
            raise UsageError(
                "The file name pattern {pattern!r} cannot be read: its fields are {known}.",
                pattern=pattern,
                known=known,
            )
    words = {name: f"{value:02d}" if name == "rank" else _safe(str(value)) for name, value in facts.items()}
    return "".join(text + (words[field] if field is not None else "") for text, field, _, _ in parts)


def _safe(text: str) -> str:
    """Letters, digits, dots, dashes and underscores; never empty, hidden, reserved or too long."""
    plain = unicodedata.normalize("NFC", text)
    plain = re.sub(r"[^\w.\-]+", "-", plain)
    plain = re.sub(r"-{2,}", "-", re.sub(r"\.{2,}", ".", plain)).strip("-. ")
    plain = plain.encode("utf-8")[:LONGEST].decode("utf-8", "ignore").strip("-. ")
    if plain.split(".")[0].lower() in RESERVED:
        plain = f"_{plain}"
    return plain or "picture"
