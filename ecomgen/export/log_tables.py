"""The run log as a file for other programs: JSON Lines with whole records, CSV and Parquet with a row a picture."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ecomgen.atomic_file import replacing
from ecomgen.errors import BackendMissing
from ecomgen.export.spreadsheet import write_rows
from ecomgen.record import RunRecord
from ecomgen.record.entries import SCORES, without_paths

RUN = ("run_id", "created", "status", "pipeline", "prompt", "negative_prompt", "device")
PARAMETERS = {"product": str, "channel": str, "mode": str, "masker": str, "width": int, "height": int}
COLUMNS: dict[str, type] = {
    **dict.fromkeys(RUN, str),
    **PARAMETERS,
    "index": int,
    "seed": int,
    "steps": int,
    "sampler": str,
    "verdict": str,
    "reasons": str,
    **dict.fromkeys(SCORES, float),
    "path": str,
    "sha256": str,
    "photos": str,
    "parameters": str,
}
BATCH = 5000  # rows of Parquet that are in memory at a time

Runs = Iterable[tuple["RunRecord", Path]]


def write_table(runs: Runs, target: Path, kind: str, *, keep_paths: bool = False) -> int:
    """Write runs (records with their folders) to `target` as "jsonl", "csv" or "parquet"; returns how many lines.

    Files are called by their names, not by where they lie on this machine, unless `keep_paths`.

    Raises:
        BackendMissing: Parquet needs the extra "parquet".
        CannotWrite: the file cannot be written; nothing is left of it.
    """
    told = runs if keep_paths else ((without_paths(record), Path(folder.name)) for record, folder in runs)
    with replacing(target) as part:
        return {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}[kind](told, part)


def rows_of(record: RunRecord, folder: Path) -> Iterator[dict[str, Any]]:
    """One flat row for each picture of a run."""
    parameters = record.parameters
    run = {name: getattr(record, name) for name in RUN} | {name: getattr(parameters, name) for name in PARAMETERS}
    run |= {
        "photos": " ".join(photo.sha256 for photo in record.references),
        "parameters": json.dumps(parameters.as_json(), ensure_ascii=False),
    }
    for entry in record.candidates:
        own = {name: getattr(entry, name) for name in ("index", "seed", "steps", "sampler", "sha256")}
        scores = {name: getattr(entry.scores, name) for name in SCORES}
        verdict = {"verdict": entry.status, "reasons": "; ".join(entry.reasons), "path": str(folder / entry.path)}
        yield {name: (run | own | scores | verdict)[name] for name in COLUMNS}


def _jsonl(runs: Runs, target: Path) -> int:
    count = 0
    with target.open("w", encoding="utf-8") as file:
        for record, folder in runs:
            file.write(json.dumps({**record.as_json(), "folder": str(folder)}, ensure_ascii=False) + "\n")
            count += 1
    return count


def _csv(runs: Runs, target: Path) -> int:
    with target.open("w", encoding="utf-8", newline="") as file:
        return write_rows(file, list(COLUMNS), (row for record, folder in runs for row in rows_of(record, folder)))


def _parquet(runs: Runs, target: Path) -> int:
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise BackendMissing('Parquet needs an extra: run "pip install ecomgen[parquet]".') from error
    kinds = {str: arrow.string(), int: arrow.int64(), float: arrow.float64()}
    schema = arrow.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
    count, rows = 0, (row for record, folder in runs for row in rows_of(record, folder))
    with parquet.ParquetWriter(target, schema) as writer:
        while batch := list(islice(rows, BATCH)):
            writer.write_table(arrow.Table.from_pylist(batch, schema))
            count += len(batch)
    return count
