"""Tables for spreadsheets: no cell of theirs is a formula, whatever a name or a prompt begins with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the last four in full width
Rows = Iterable[Mapping[str, Any]]


def harmless(cell: Any) -> Any:
    """A cell as it is written: text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell


def write_rows(file: TextIO, columns: Sequence[str], rows: Rows) -> int:
    """Write a header and rows as CSV; what is no column is left out. Returns how many rows."""
    writer = csv.DictWriter(file, columns, extrasaction="ignore")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow({name: harmless(row.get(name)) for name in columns})
        count += 1
    return count


def line(cells: Sequence[str], delimiter: str, newline: str) -> str:
    """A line of a table that programs read: every cell to the letter, quoted where it must be."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=newline).writerow(cells)
    return text.getvalue()


def encoded(columns: Sequence[str], rows: Rows) -> bytes:
    """The table as CSV in UTF-8, marked so that spreadsheets read it as that."""
    table = io.StringIO(newline="")
    write_rows(table, columns, rows)
    return table.getvalue().encode("utf-8-sig")
