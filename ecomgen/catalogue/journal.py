"""What is done of a catalogue: one line for each outcome, appended and flushed, so that a stop loses nothing."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from ecomgen.catalogue.item import Item, Outcome, outcome_of
from ecomgen.errors import CannotWrite

if TYPE_CHECKING:
    from pathlib import Path


class Journal:
    """The file journal.jsonl in the catalogue's folder; a later line about an item replaces an earlier one."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "journal.jsonl"
        self._folder = folder
        self._known: dict[str, Outcome] = {}
        if self._file.exists():
            for line in self._file.read_text("utf-8").splitlines():
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
        except OSError as error:
            raise CannotWrite(
                "{file} cannot be written ({reason}): free some space.", file=self._file, reason=error.strerror
            ) from error

    def finished(self, item: Item) -> Outcome | None:
        """The earlier outcome of an item, if it need not be made again: unchanged, and its pictures still there."""
        known = self._known.get(item.name)
        if known is None or known.status == "failed" or known.fingerprint != item.fingerprint:
            return None
        there = all((self._folder / picture).exists() for picture in (known.folder, *known.pictures))
        return known if there else None

    def _remember(self, line: str) -> None:
        try:
            outcome = outcome_of(json.loads(line))
        except (ValueError, TypeError, KeyError):
            return  # cut off in the middle of a write
        self._known[outcome.name] = outcome
