"""A table as text: what is not changed is written as it was read, to the letter."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ecomgen.export.spreadsheet import line

HEAD = 2**16  # characters in which the first line ends


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


def delimiter_of(first: str) -> str:
    """What parts the cells of a table with this first line."""
    return max(",;\t", key=first.count)


def parse(text: str) -> Table:
    """Take a table apart.

    Raises:
        csv.Error: it is none.
    """
    delimiter = delimiter_of((text[:HEAD].splitlines() or [""])[0])
    records = list(_records(text, delimiter))
    head = records[0] if records else Record((), "")
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
