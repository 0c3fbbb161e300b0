"""What is written about a catalogue: journal.jsonl as it goes, the reports at its end."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic_core import from_json

from ecomgen.catalogue import consistency
from ecomgen.catalogue.item import Item, Outcome, is_still_good, outcome_of
from ecomgen.catalogue.storage import Where, where
from ecomgen.errors import CannotWrite
from ecomgen.export import dataset, write_atomically
from ecomgen.export.archive import best_first
from ecomgen.export.spreadsheet import encoded
from ecomgen.record import read_file

NAME, EVERY = "journal.jsonl", 30.0  # seconds between two writes to storage
REPORTED: tuple[str, ...] = (  # columns of report.csv
    "source", "name", "status", "reason", "made", "pictures", "folder", "run_id", "seconds", "cutout_confidence",
    "retried", "unlike_its_range",
)  # fmt: skip


class Journal:
    """The file journal.jsonl in the catalogue's folder; a later line about an item replaces an earlier one.

    In storage it is written anew, as a whole, now and then; what it lacks is told by each run's own outcome.
    """

    def __init__(self, folder: Path | Where) -> None:
        self._folder = where(folder)
        self._file = self._folder.local / NAME
        self._published = time.monotonic()
        self._known: dict[str, Outcome] = {}
        stored = self._folder.read(NAME) or b""
        if self._folder.url and stored:
            self._file.write_bytes(stored)
        for line in stored.decode("utf-8", errors="replace").split("\n"):  # cut anywhere by a full disk
            self._remember(line)

    def add(self, outcome: Outcome) -> None:
        """Append one outcome.

        Raises:
            CannotWrite: the file cannot be written.
        """
        self._known[outcome.name] = outcome
        try:
            with self._file.open("a", encoding="utf-8") as file:
                file.write("\n" + json.dumps(outcome.entry, ensure_ascii=False))
                file.flush()
                os.fsync(file.fileno())
            if time.monotonic() - self._published > EVERY:
                self.publish()
        except OSError as error:
            raise CannotWrite(
                "{file} cannot be written ({reason}): free some space.", file=self._file, reason=error.strerror
            ) from error

    def publish(self) -> None:
        """Write it to its storage, if it has one."""
        self._folder.publish(NAME)
        self._published = time.monotonic()

    def finished(self, item: Item) -> Outcome | None:
        """The earlier outcome of an item, if it need not be made again: unchanged, and its pictures still there."""
        known = self._known.get(item.name)
        return known if known and is_still_good(known, item, self._folder) else None

    def _remember(self, line: str) -> None:
        try:
            outcome = outcome_of(from_json(line))
        except (ValueError, TypeError, KeyError):
            return  # cut off in the middle of a write
        self._known[outcome.name] = outcome


def write_reports(outcomes: Sequence[Outcome], items: Sequence[Item], place: Where) -> None:
    """report.json, report.csv, and words.csv where words were written."""
    out = place.local
    sources = {item.name: item.source for item in items}
    entries = [{"source": sources[one.name], **one.reported} for one in outcomes]
    ranges = consistency.judged(outcomes)
    text = json.dumps({"items": entries, "total": len(items), "consistency": ranges}, indent=2, ensure_ascii=False)
    write_atomically(out / "report.json", text.encode("utf-8"))
    unlike = {one["name"]: "; ".join(one["reasons"]) for each in ranges for one in each["stands_out"]}
    told = (
        entry
        | {name: separator.join(entry[name]) for name, separator in (("pictures", ";"), ("retried", "; "))}
        | {"unlike_its_range": unlike.get(entry["name"], "")}
        for entry in entries
    )
    write_atomically(out / "report.csv", encoded(REPORTED, told))
    rows = [row for outcome in outcomes for row in _words_of(outcome, place)]
    if rows:
        write_atomically(out / "words.csv", dataset.encode_table(rows))
    place.publish("report.json", "report.csv", *(["words.csv"] if rows else []))


def _words_of(outcome: Outcome, out: Where) -> Iterator[dataset.Row]:
    """What was written about an item's finished pictures."""
    if not outcome.pictures:
        return
    try:
        record = read_file(out.bring(f"{outcome.folder}/run.json").parent)
    except (OSError, ValueError):  # its folder was deleted since
        return
    for name, position in zip(outcome.pictures, best_first(record), strict=False):
        index = record.candidates[position].index
        yield from dataset.rows_of(record, index, name, record.parameters.channel)
