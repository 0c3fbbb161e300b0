"""The one place where a record is read: run.json, the log's copy, and what a picture says of its run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from ecomgen.record.run_record import VERSION, RunRecord

OF_PICTURES = ("run_id", "created", "pipeline", "prompt", "negative_prompt", "mask", "models", "versions", "device")
UNTOLD: Mapping[str, Any] = {  # what the first records lack, and what a picture does not say of its run
    "created": "",
    "status": "done",
    "negative_prompt": "",
    "references": [],
    "hero": 0,
    "mask": {"masker": "auto"},
    "understood": [],
    "ignored": [],
    "scene": {},
    "candidates": [],
    "models": [],
    "versions": {},
    "device": "",
    "timings": {},
    "notes": [],
}


def file_hash(path: Path, algorithm: str = "sha256") -> str:
    """A file's content as a hash, in hexadecimal: by SHA-256 a record knows photos, masks and weights."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, algorithm).hexdigest()


class NoRecord(ValueError):
    """What was read is JSON, but not that of a run."""


def read(text: str | bytes) -> RunRecord:
    """A record from JSON, of this version or of an earlier one.

    Raises:
        NoRecord: the JSON is not that of a run.
        ValueError: the text is no JSON.
    """
    return validated(from_json(text))


def read_file(folder: Path) -> RunRecord:
    """The record of a run's folder.

    Raises:
        OSError: there is none, or it cannot be read.
        ValueError: it is no record.
    """
    return read((folder / "run.json").read_bytes())


def run_id_in(folder: Path) -> str:
    """The id that a folder's run.json names, however little else of it can be read; "unknown" where it names none."""
    try:
        run_id = str(from_json((folder / "run.json").read_bytes())["run_id"])
    except (OSError, ValueError, KeyError, TypeError):
        return "unknown"
    return run_id if run_id.replace("-", "").isalnum() else "unknown"


def validated(values: Mapping[str, Any]) -> RunRecord:
    """A record from plain JSON values, of this version or of an earlier one.

    Raises:
        NoRecord: they are not those of a run.
    """
    try:
        told = {"version": 1, **values}
        if told["version"] < VERSION:
            told = {**UNTOLD, **told, "version": VERSION}
        return RunRecord.model_validate(told)
    except (ValidationError, TypeError, ValueError) as error:
        raise NoRecord(f"not a run's record: {error}") from error


def in_picture(run: RunRecord) -> dict[str, Any]:
    """What a picture says of its run besides its own entry: photos by their hashes, never by path."""
    whole = run.as_json()
    kept = {name: whole[name] for name in OF_PICTURES}
    return kept | {"references": [{"sha256": photo.sha256} for photo in run.references], "version": run.version}


def read_picture(candidate: str, run: str) -> RunRecord:
    """The record of a run of one picture, from what its file says: its entry, and `in_picture` of its run.

    Raises:
        ValueError: it is damaged.
    """
    try:
        entry, kept = from_json(candidate), from_json(run)
        references = [{"sha256": photo["sha256"], "path": ""} for photo in kept["references"]]
        parameters = entry["parameters"] | {"seed": entry["seed"]}
        single = {"path": "", "sha256": "", "status": "kept", "reasons": [], **entry}
    except (KeyError, TypeError) as error:
        raise NoRecord("not a picture's record") from error
    whole = {**UNTOLD, **kept, "parameters": parameters, "references": references, "candidates": [single]}
    return validated(whole)
