"""What is written about a catalogue: journal.jsonl as it goes, the reports at its end."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, overload

from ecomgen.atomic_file import replacing
from ecomgen.catalogue import consistency
from ecomgen.catalogue.item import Item, Outcome, is_still_good
from ecomgen.catalogue.storage import Where, where
from ecomgen.errors import CannotWrite
from ecomgen.export import words_table
from ecomgen.export.archive import best_first
from ecomgen.export.spreadsheet import write_rows
from ecomgen.record import read_file

NAME, EVERY = "journal.jsonl", 30.0  # seconds between two writes to storage
REPORTED: tuple[str, ...] = (  # columns of report.csv
    "source", "name", "status", "reason", "made", "pictures", "folder", "run_id", "seconds", "cutout_confidence",
    "retried", "unlike_its_range",
)  # fmt: skip


class Journal:
    """The file journal.jsonl in the catalogue's folder; a later line about an item replaces an earlier one.

    Of each item only the place of its line is held: a catalogue's outcomes would fill the memory. In storage the file
    is written anew, as a whole, now and then; what it lacks is told by each run's own outcome.
    """

    def __init__(self, folder: Path | Where) -> None:
        self.place = where(folder)
        self._file = self.place.local / NAME
        self._published = time.monotonic()
        self._lines: dict[str, int] = {}  # where the last line about each item begins
        self._cut = False  # whether the last line may lack its end
        self.place.bring(NAME)
        if self._file.is_file():
            with self._file.open("rb") as file:
                self._find(file)

    def add(self, outcome: Outcome) -> None:
        """Append one outcome.

        Raises:
            CannotWrite: the file cannot be written.
        """
        try:
            with self._file.open("ab") as file:
                before = "\n" if self._cut else ""
                begins, self._cut = file.tell() + len(before), True
                file.write(f"{before}{json.dumps(outcome.entry, ensure_ascii=False)}\n".encode())
                file.flush()
                os.fsync(file.fileno())
            self._lines[outcome.name], self._cut = begins, False
            if time.monotonic() - self._published > EVERY:
                self.publish()
        except OSError as error:
            raise CannotWrite(
                "{file} cannot be written ({reason}): free some space.", file=self._file, reason=error.strerror
            ) from error

    def publish(self) -> None:
        """Write it to its storage, if it has one."""
        self.place.publish(NAME)
        self._published = time.monotonic()

    def finished(self, item: Item) -> Outcome | None:
        """The earlier outcome of an item, if it need not be made again: unchanged, and its pictures still there."""
        known = self.last(item.name)
        return known if known and is_still_good(known, item, self.place) else None

    def last(self, name: str) -> Outcome | None:
        """What the last line about an item says."""
        if name not in self._lines:
            return None
        with self._file.open("rb") as file:
            file.seek(self._lines[name])
            return Outcome.read(file.readline())

    def place_of(self, name: str) -> int | None:
        """Where the last line about an item begins, another for each that is added."""
        return self._lines.get(name)

    def _find(self, file: BinaryIO) -> None:
        begins = 0
        for line in file:
            if outcome := Outcome.read(line):
                self._lines[outcome.name] = begins
            begins += len(line)
            self._cut = not line.endswith(b"\n")


class Outcomes(Sequence[Outcome]):
    """What became of items, in their order; each is read from the journal when it is asked for."""

    def __init__(self, items: Sequence[Item], journal: Journal) -> None:
        self._items = items
        self._journal = journal

    @overload
    def __getitem__(self, at: int) -> Outcome: ...
    @overload
    def __getitem__(self, at: slice) -> Outcomes: ...
    def __getitem__(self, at: int | slice) -> Outcome | Outcomes:
        if isinstance(at, slice):
            return Outcomes(self._items[at], self._journal)
        item = self._items[at]
        outcome = refused(item) if item.asked is None else self._journal.last(item.name)
        if outcome is None:
            raise LookupError(f"the journal was changed: it says nothing of {item.name}")
        return outcome

    def __len__(self) -> int:
        return len(self._items)


def refused(item: Item) -> Outcome:
    """What becomes of an item that cannot be made."""
    return Outcome(name=item.name, status="failed", reason=item.problem)


def write_reports(outcomes: Sequence[Outcome], items: Sequence[Item], place: Where) -> None:
    """report.json, report.csv, and words.csv where words were written."""
    out = place.local
    sources = {item.name: item.source for item in items}
    ranges = consistency.judged(outcomes)

    def entries() -> Iterator[dict[str, Any]]:
        return ({"source": sources[one.name], **one.reported} for one in outcomes)

    with replacing(out / "report.json") as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_as_json(entries(), {"total": len(items), "consistency": ranges}))
    unlike = {one["name"]: "; ".join(one["reasons"]) for each in ranges for one in each["stands_out"]}
    told = (
        entry
        | {name: separator.join(entry[name]) for name, separator in (("pictures", ";"), ("retried", "; "))}
        | {"unlike_its_range": unlike.get(entry["name"], "")}
        for entry in entries()
    )
    _write_table(out / "report.csv", REPORTED, told)
    words = (row for outcome in outcomes for row in _words_of(outcome, place))
    first = next(words, None)
    if first:
        _write_table(out / "words.csv", words_table.COLUMNS, chain([first], words))
    place.publish("report.json", "report.csv", *(["words.csv"] if first else []))


def _as_json(entries: Iterable[Mapping[str, Any]], others: Mapping[str, Any]) -> Iterator[str]:
    """The text of {"items": entries, **others}, an entry at a time."""
    before = '{\n  "items": ['
    for entry in entries:
        yield before + f"\n{json.dumps(entry, indent=2, ensure_ascii=False)}".replace("\n", "\n    ")
        before = ","
    yield f"{before}]" if before != "," else "\n  ]"
    yield f",{json.dumps(others, indent=2, ensure_ascii=False)[1:]}"


def _write_table(file: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with replacing(file) as part, part.open("w", encoding="utf-8-sig", newline="") as table:
        write_rows(table, columns, rows)


def _words_of(outcome: Outcome, out: Where) -> Iterator[words_table.Row]:
    """What was written about an item's finished pictures."""
    if not outcome.pictures:
        return
    try:
        record = read_file(out.bring(f"{outcome.folder}/run.json").parent)
    except (OSError, ValueError):  # its folder was deleted since
        return
    for name, entry in zip(outcome.pictures, best_first(record), strict=False):
        yield from words_table.rows_of(record, entry.index, name, record.parameters.channel)
