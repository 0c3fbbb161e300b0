"""Reads a shop's feed: Shopify's or WooCommerce's CSV, Google Merchant's table or XML, or a plain table."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecomgen.errors import BadInput
from ecomgen.messages import Message
from ecomgen.shops.dialects import PLAIN, Dialect, cell, of, plain
from ecomgen.shops.table import WORKBOOKS, delimiter_of, parse, refuse_large, refuse_workbook, unreadable

SUFFIXES = (".csv", ".tsv", ".txt", ".xml", *WORKBOOKS)  # of these only a table's text can be read
ITEMS = ("item", "entry")  # of RSS and of Atom
LINE = "\n"  # parts what an XML entry names several times


@dataclass(frozen=True, kw_only=True)
class FeedPicture:
    """A picture as a feed names it: a path relative to the feed, or an address. `row` counts from 0."""

    place: str
    row: int
    column: str
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Product:
    """One product of a feed. `cells` are those of its first row, by their column as `plain` writes it."""

    key: str
    gtin: str
    title: str
    pictures: tuple[FeedPicture, ...]
    cells: Mapping[str, str]
    rows: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed as it was read."""

    file: Path
    dialect: Dialect
    products: tuple[Product, ...]

    def beside(self, place: str) -> Path:
        """A file that the feed names, relative to it."""
        return (self.file.parent / place).absolute()


Cells = Mapping[str, str]


def recognized(file: Path) -> bool:
    """Whether a file is a feed by its name."""
    return file.suffix.lower() in SUFFIXES


def is_of_a_shop(file: Path) -> bool:
    """Whether a feed is XML, or its first line has the columns of a shop's."""
    with file.open("rb") as data:
        if is_xml(data.read(1024)):
            return True
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        delimiter, said = delimiter_of(text.readline())
        if not said:
            text.seek(0)
        dialect = of({plain(name) for name in next(csv.reader(text, delimiter=delimiter), ())})
    return dialect not in (None, PLAIN)


def read(file: Path) -> Feed:
    """Read a feed.

    Raises:
        BadInput: it cannot be read, or has no column of pictures.
    """
    text = _text(file)
    rows = _xml_rows(file, text) if is_xml(text) else _table_rows(file, text)
    columns = {name for cells in rows for name in cells}
    dialect = of(columns)
    if dialect is None:
        raise BadInput(
            "{file} has no column of pictures: give a product feed of Shopify, WooCommerce or Google Merchant, or a "
            "table with a column pictures.",
            file=file.name,
        )
    return Feed(file=file, dialect=dialect, products=tuple(_products(rows, dialect)))


def is_xml(data: bytes) -> bool:
    """Whether a feed is XML rather than a table."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _text(file: Path) -> bytes:
    try:
        refuse_workbook(file)
        refuse_large(file)
        return file.read_bytes()
    except OSError as error:
        raise unreadable(file, error.strerror) from error


def _table_rows(file: Path, data: bytes) -> list[Cells]:
    try:
        table = parse(data.decode("utf-8-sig"))
        columns = [plain(name) for name in table.head.cells]
        texts = ([text.strip() for text in record.cells] for record in table.records)
        return [{name: text for name, text in zip(columns, one, strict=False) if name} for one in texts]
    except (UnicodeDecodeError, csv.Error) as error:
        raise unreadable(file, error if isinstance(error, csv.Error) else Message("not UTF-8 text")) from error


def _xml_rows(file: Path, data: bytes) -> list[Cells]:
    """Each item of RSS 2.0 or entry of Atom; an element that stands there several times has a line for each."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BadInput(
            "{file} is no XML feed that can be read ({reason}): export it again.", file=file.name, reason=error
        ) from error
    return [_element_cells(one) for one in root.iter() if local(one.tag) in ITEMS]


def _element_cells(item: Any) -> Cells:
    cells: dict[str, str] = {}
    for part in item:
        name = plain(local(part.tag))
        text = (part.text or "").strip()
        cells[name] = LINE.join(filter(None, (cells.get(name, ""), text)))
    return cells


def local(tag: Any) -> str:
    """An element's name without its namespace; a comment has none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _products(rows: Sequence[Cells], dialect: Dialect) -> Iterator[Product]:
    for numbers in _grouped(rows, dialect):
        first = rows[numbers[0]]
        keys = (cell(rows[number], dialect.key) for number in numbers)
        yield Product(
            key=next(filter(None, keys), "")
            or cell(first, dialect.gtin)
            or cell(first, dialect.group)
            or cell(first, dialect.title),
            gtin=cell(first, dialect.gtin),
            title=cell(first, dialect.title),
            pictures=_pictures(rows, numbers, dialect),
            cells=first,
            rows=tuple(numbers),
        )


def _grouped(rows: Sequence[Cells], dialect: Dialect) -> list[list[int]]:
    """The numbers of the rows of each product."""
    groups: list[list[int]] = []
    last = ""
    for number, cells in enumerate(rows):
        if not any(cells.values()):
            continue
        group = cell(cells, dialect.group)
        if group and group == last:
            groups[-1].append(number)
        else:
            groups.append([number])
        last = group
    return groups


def _pictures(rows: Sequence[Cells], numbers: Sequence[int], dialect: Dialect) -> tuple[FeedPicture, ...]:
    """Each picture once, in the feed's order."""
    found: dict[str, FeedPicture] = {}
    for number in numbers:
        for names in (dialect.pictures, dialect.more_pictures):
            column = next((name for name in names if rows[number].get(name)), "")
            for place in _parted(rows[number].get(column, ""), dialect):
                alt = cell(rows[number], dialect.alt)
                found.setdefault(place, FeedPicture(place=place, row=number, column=column, alt=alt))
    return tuple(found.values())


def _parted(text: str, dialect: Dialect) -> list[str]:
    lines = text.split(LINE)
    parts = [part for line in lines for part in (line.split(dialect.between) if dialect.between else (line,))]
    return [part.strip() for part in parts if part.strip()]
