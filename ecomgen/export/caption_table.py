"""Words as a table for a shop's import: a row for each picture and language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ecomgen.record.entries import words_of

if TYPE_CHECKING:
    from ecomgen.record import RunRecord

COLUMNS: tuple[str, ...] = ("file", "product", "channel", "language", "title", "alt_text", "description", "look_at")
FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would take for one

Row = Mapping[str, str]


def rows_of(record: RunRecord, index: int, file: str, channel: str | None) -> Iterator[Row]:
    """The rows of one picture: the candidate of a run with this index, as `file`. None where no words were written."""
    doubts = {entry.language: entry.doubts for entry in record.words}
    for words in words_of(record, index):
        yield {
            "file": file,
            "product": record.parameters.product,
            "channel": channel or "",
            "language": words.language,
            "title": words.title,
            "alt_text": words.alt_text,
            "description": words.description,
            "look_at": "; ".join(doubts[words.language]),
        }


def encode_table(rows: Iterable[Row]) -> bytes:
    """The table as CSV in UTF-8, marked so that spreadsheets read it as that."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: f"'{text}" if text.startswith(FORMULA) else text for name, text in row.items()})
    return table.getvalue().encode("utf-8-sig")
