"""Finished files into a folder or a zip, and which of a run's pictures are the best."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from ecomgen.errors import BadPhoto, UsageError
from ecomgen.export.files import write_atomically

if TYPE_CHECKING:
    from ecomgen.record import RunRecord
    from ecomgen.types import Pixels

Files = Mapping[str, bytes]


def write_files(files: Files, target: Path) -> Path:
    """Write named files into `target`: one zip where it ends in .zip, else a folder. Each is whole or not there.

    Raises:
        CannotWrite: the place cannot be written, or the disk is full.
    """
    if target.suffix.lower() != ".zip":
        for name, data in files.items():
            write_atomically(target / name, data)
        return target
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    write_atomically(target, buffer.getvalue())
    return target


def best(record: RunRecord, top: int | None) -> list[int]:
    """Positions of the best `top` kept candidates, or of all kept.

    Raises:
        UsageError: none was kept.
    """
    kept = best_first(record)[:top]
    if not kept:
        raise UsageError("No picture of this run was kept: lower the threshold, then export.")
    return kept


def best_first(record: RunRecord) -> list[int]:
    """Positions of the kept candidates, best overall score first."""
    kept = [position for position, entry in enumerate(record.candidates) if entry.kept]
    return sorted(kept, key=lambda position: -(record.candidates[position].scores.overall or 0.0))


def read_pixels(path: Path, mode: str = "RGB") -> Pixels:
    """A run folder's picture.

    Raises:
        BadPhoto: it is gone.
    """
    try:
        with Image.open(path) as picture:
            return np.asarray(picture.convert(mode))
    except OSError as error:
        raise BadPhoto('{path} is gone: make it again with "ecomgen runs replay".', path=path) from error
