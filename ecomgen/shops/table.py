"""A table as text: what is not changed is written as it was read, to the letter."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecomgen.errors import BadInput
from ecomgen.export.spreadsheet import line

LARGEST = 256 * 2**20  # bytes
HEAD = 2**16  # characters in which the first line ends
SEPARATED = re.compile(r'"?sep=(.)"?', re.IGNORECASE)  # Excel's own line above the one that names the columns
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers")
OLD_WORKBOOK = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Record:
    """A line of a table, which can hold line breaks: its cells, and how it stood there."""

    cells: tuple[str, ...]
    raw: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table; `head` is the line that names the columns."""

    head: Record
    records: tuple[Record, ...]
    delimiter: str
    newline: str

    def encoded(self, cells: Sequence[str]) -> Record:
        """A new line."""
        return Record(tuple(cells), line(cells, self.delimiter, self.newline))


def is_workbook(file: Path) -> bool:
    """Whether a file is a spreadsheet's own rather than text, by its name or, however it is called, as Excel's."""
    if file.suffix.lower() in WORKBOOKS:
        return True
    with file.open("rb") as data:
        if data.read(len(OLD_WORKBOOK)) == OLD_WORKBOOK:
            return True
    try:
        with zipfile.ZipFile(file) as parts:
            return "xl/workbook.xml" in parts.namelist()
    except (OSError, ValueError, zipfile.BadZipFile):
        return False


def refuse_workbook(file: Path) -> None:
    """Raises BadInput for a workbook of a spreadsheet."""
    if is_workbook(file):
        raise BadInput(
            "{file} is a spreadsheet's workbook, as of Excel: save its sheet as CSV in UTF-8, and give that.",
            file=file.name,
        )


def unreadable(file: Path, reason: object) -> BadInput:
    """The error for a table that is no CSV text."""
    return BadInput("{file} cannot be read ({reason}): save it as CSV in UTF-8.", file=file.name, reason=reason)


def refuse_large(file: Path) -> None:
    """Raises BadInput for a table that is too large to be read."""
    if file.stat().st_size > LARGEST:
        raise BadInput("{source} is larger than 256 MiB: give several tables.", source=file.name)


def delimiter_of(first: str) -> tuple[str, bool]:
    """What parts the cells of a table with this first line, and whether the line says only that."""
    said = SEPARATED.fullmatch(first.removeprefix("\ufeff").rstrip("\r\n"))
    return (said[1], True) if said else (max(",;\t", key=first.count), False)


def parse(text: str) -> Table:
    """Take a table apart.

    Raises:
        csv.Error: it is none.
    """
    delimiter, said = delimiter_of((text[:HEAD].splitlines() or [""])[0])
    records = list(_records(text, delimiter))
    above = records.pop(0).raw if said else ""
    head = Record(records[0].cells, above + records[0].raw) if records else Record((), above)
    newline = "\r\n" if head.raw.endswith("\r\n") else "\n"
    return Table(head=head, records=tuple(records[1:]), delimiter=delimiter, newline=newline)


def _records(text: str, delimiter: str) -> Iterator[Record]:
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for one in io.StringIO(text, newline=""):
            taken.append(one)
            yield one

    for cells in csv.reader(lines(), delimiter=delimiter):
        yield Record(tuple(cells), "".join(taken))
        taken.clear()
