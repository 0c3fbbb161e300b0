"""What a killed process leaves in its run's folder: cleared away, or completed."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from ecomgen.atomic_file import as_json, write
from ecomgen.record import RunRecord, read_file

FINISHED = ("done", "cancelled", "failed")
BEFORE_THE_FIRST_PICTURE = ("product.png", "mask.png", "cutout.png")


def clean(folder: Path, logged: Collection[str]) -> None:
    """Remove half-written files, half-filled folders, and pictures that the log did not come to hear of; of a run that
    made no other picture, everything that it wrote.

    Args:
        logged: the run's pictures, by their paths in the folder.
    """
    with suppress(OSError):
        for part in (*folder.glob(".*.part"), *folder.glob("*/.*.part")):
            part.unlink(missing_ok=True)
        if (folder / "run.json").exists():
            return
        shutil.rmtree(folder / "kept", ignore_errors=True)
        for picture in folder.glob("candidates/*.png"):
            if f"candidates/{picture.name}" not in logged:
                picture.unlink(missing_ok=True)
        if not logged:
            _clear(folder)


def _clear(folder: Path) -> None:
    for name in BEFORE_THE_FIRST_PICTURE:
        (folder / name).unlink(missing_ok=True)
    for place in (folder / "candidates", folder):
        if place.is_dir():
            place.rmdir()  # refuses where something of the user's is left


def record_in(folder: Path, begun: RunRecord) -> RunRecord | None:
    """The run.json of a run that ended after it had written it; None where there is none, or another's.

    Args:
        begun: the run's record as far as the log has it; on a full disk it can lack the last pictures.
    """
    try:
        whole = read_file(folder)
    except (OSError, ValueError):
        return None
    made, logged = ([one.sha256 for one in record.candidates] for record in (whole, begun))
    is_its_own = whole.run_id == begun.run_id and whole.status in FINISHED and made[: len(logged)] == logged
    return whole if is_its_own else None


def write_record(folder: Path, record: RunRecord) -> None:
    """Write the run.json that an interrupted run did not come to write; where its folder is gone there is none."""
    target = folder / "run.json"
    if target.exists() or not folder.is_dir():
        return
    with suppress(OSError, ValueError):
        write(target, as_json(record.as_json()))
