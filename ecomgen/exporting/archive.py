"""A run's best pictures as a folder or a zip, in a chosen format."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from ecomgen.errors import BadPhoto, UsageError
from ecomgen.exporting.files import SUFFIXES, Format, encode, write_atomically

if TYPE_CHECKING:
    from ecomgen.exporting.metadata import Provenance


def export_run(
    folder: Path,
    record: Mapping[str, Any],
    provenances: Sequence[Provenance],
    *,
    top: int | None = None,
    kind: Format = "png",
    max_bytes: int | None = None,
    target: Path,
) -> Path:
    """Write the best `top` kept pictures of a run, with run.json, into the zip `target`.

    Args:
        folder: the run folder.
        record: its run.json.
        provenances: one per candidate, in the order of `record["candidates"]`.

    Raises:
        UsageError: no picture of the run was kept.
        BadPhoto: a picture of the run folder is gone.
    """
    kept = best_first(record)[:top]
    if not kept:
        raise UsageError("No picture of this run was kept: lower the threshold, then export.")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for rank, position in enumerate(kept, start=1):
            candidate = record["candidates"][position]
            data = encode(_pixels(folder / candidate["path"]), kind, provenances[position], max_bytes)
            archive.writestr(f"{rank:02d}-{candidate['seed']}{SUFFIXES[kind]}", data)
        archive.writestr("run.json", json.dumps(record, indent=2, ensure_ascii=False))
    write_atomically(target, buffer.getvalue())
    return target


def best_first(record: Mapping[str, Any]) -> list[int]:
    """Positions of the kept candidates, best overall score first."""
    kept = [position for position, entry in enumerate(record["candidates"]) if entry["status"] == "kept"]
    return sorted(kept, key=lambda position: -(record["candidates"][position]["scores"]["overall"] or 0.0))


def _pixels(path: Path) -> np.ndarray:
    try:
        with Image.open(path) as picture:
            return np.asarray(picture.convert("RGB"))
    except OSError as error:
        raise BadPhoto(f'{path} is gone: make it again with "ecomgen runs replay".') from error
