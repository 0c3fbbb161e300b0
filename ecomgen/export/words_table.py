"""Words as a table for a shop's import: a row for each picture and language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ecomgen.record import RunRecord

COLUMNS: tuple[str, ...] = ("file", "product", "channel", "language", "title", "alt_text", "description", "look_at")
Row = Mapping[str, str]


def rows_of(record: RunRecord, index: int, file: str, channel: str | None) -> Iterator[Row]:
    """The rows of one picture: the candidate of a run with this index, as `file`. None where no words were written."""
    for words in record.words:
        yield {
            "file": file,
            "product": record.parameters.product,
            "channel": channel or "",
            "language": words.language,
            "title": words.title,
            "alt_text": words.alt_of(index),
            "description": words.description,
            "look_at": "; ".join(words.doubts),
        }
