"""Catalogues that come as a zip: looked at before anything is unpacked, and unpacked once."""

from __future__ import annotations

import lzma
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from ecomgen.errors import BadInput
from ecomgen.record import file_hash

MIB, GIB = 2**20, 2**30
HARMLESS = 64 * MIB  # unpacked, at which no ratio is looked at: a drawing's white paper packs a thousandfold
RATIO = 100  # photos hardly pack at all
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, NotImplementedError, ValueError)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What an archive may hold: `unpacked` bytes in all, in so many `entries`."""

    unpacked: int = 20 * GIB
    entries: int = 20_000


LOCAL = Limits()
OF_A_STRANGER = Limits(unpacked=2 * GIB, entries=2_000)


def unzipped(file: Path, target: Path, limits: Limits) -> Path:
    """The folder in `target` that holds what is in the archive; what was unpacked before is found there.

    Raises:
        BadInput: it cannot be unpacked, or holds more than it may; then nothing is written.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _look(archive, file, limits)
            place = target / file_hash(file)[:16]
            if not place.is_dir():
                _unpack(archive, place)
    except (OSError, *DAMAGED) as error:
        raise BadInput(
            "{file} cannot be unpacked ({error}): make the zip again.", file=file.name, error=error
        ) from error
    return place


def _look(archive: zipfile.ZipFile, file: Path, limits: Limits) -> None:
    members = archive.infolist()
    if len(members) > limits.entries:
        raise BadInput(
            "{file} holds {count} files, more than {most}: give the folder itself, or several zips.",
            file=file.name,
            count=len(members),
            most=limits.entries,
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked:
        raise BadInput(
            "{file} is larger than {most} GiB unpacked: give the folder itself, or several zips.",
            file=file.name,
            most=round(limits.unpacked / GIB, 2),
        )
    if unpacked > max(HARMLESS, RATIO * file.stat().st_size):
        raise BadInput(
            "{file} would grow more than a hundredfold when it is unpacked, as no photos do: make the zip again.",
            file=file.name,
        )


def _unpack(archive: zipfile.ZipFile, place: Path) -> None:
    """Whole, or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = Path(mkdtemp(prefix=".unpacking-", dir=place.parent))
    try:
        archive.extractall(part)
        part.replace(place)
    finally:
        shutil.rmtree(part, ignore_errors=True)
