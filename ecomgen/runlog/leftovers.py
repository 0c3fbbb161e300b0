"""What a killed process leaves in its run's folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

BEFORE_THE_FIRST_PICTURE = ("product.png", "mask.png", "cutout.png")


def clean(folder: Path, *, made_nothing: bool) -> None:
    """Remove half-written files; of a run that made no picture, everything that it wrote."""
    with suppress(OSError):
        for part in (*folder.glob(".*.part"), *folder.glob("*/.*.part")):
            part.unlink(missing_ok=True)
        if made_nothing and not (folder / "run.json").exists():
            for name in BEFORE_THE_FIRST_PICTURE:
                (folder / name).unlink(missing_ok=True)
            for place in (folder / "candidates", folder):
                if place.is_dir():
                    place.rmdir()


def write_record(folder: Path, record: Mapping[str, Any]) -> None:
    """Write the run.json that an interrupted run did not come to write; where its folder is gone there is none."""
    target = folder / "run.json"
    if target.exists() or not folder.is_dir():
        return
    part = folder / ".run.json.part"
    with suppress(OSError):
        part.write_text(json.dumps(record, indent=2, ensure_ascii=False), "utf-8")
        part.replace(target)
