"""Words as a table for a shop's import: a row for each picture and language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ecomgen.record import RunRecord
from ecomgen.record.entries import words_of

COLUMNS: tuple[str, ...] = ("file", "product", "channel", "language", "title", "alt_text", "description", "look_at")
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
