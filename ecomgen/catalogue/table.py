"""A table as CSV: each line is a product."""

from __future__ import annotations

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecomgen import references
from ecomgen.catalogue.archive import Limits
from ecomgen.catalogue.storage import stand_in
from ecomgen.errors import BadInput
from ecomgen.messages import Message
from ecomgen.options import on
from ecomgen.options.reading import CORRECTED, PLACED
from ecomgen.outbound import is_address
from ecomgen.request import Request
from ecomgen.shops.table import delimiter_of, unreadable

WINDOWS = "cp1252"
COLUMN_OF = {"languages": "language", "attributes": "attribute", "points": "point", "with": "with_"}  # where it differs
ITS_OWN = ("name", "photos", "channels")  # columns that are not options of "generate"
COLUMNS = on("catalogue", Request)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A product as its source names it."""

    source: str
    name: str
    photos: tuple[Path, ...]
    cells: Mapping[str, str]
    remote: tuple[str, ...] = ()  # the addresses of photos that lie elsewhere
    surplus: str = ""  # what stands beyond the last column


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a source is read; `base` is the address from which a table names photos, `notes` what is said of it."""

    limits: Limits
    enclosed: bool
    columns: Mapping[str, str]
    base: str = ""
    notes: list[str] = field(default_factory=list)


def table_rows(file: Path, how: Reading) -> Iterator[Row]:
    encoding = _encoding_of(file)
    if encoding == WINDOWS:
        how.notes.append(Message("the table is not UTF-8, and was read as Windows saves it in Western Europe"))
    with _table(file, encoding) as (table, record):
        table.fieldnames = columns = [(name or "").strip().lower() for name in table.fieldnames or []]
        if "photos" not in columns:
            raise BadInput(
                "{file} has no column photos: its first line must name the columns, photos among them.", file=file.name
            )
        if unknown := [name for name in columns if name and COLUMN_OF.get(name, name) not in (*COLUMNS, *ITS_OWN)]:
            how.notes.append(Message("the columns {unknown} are not used", unknown=", ".join(unknown)))
        record.clear()
        for line in table:
            yield table_row(file, how, table.line_num, line)
            record.clear()


def _encoding_of(file: Path) -> str:
    """How a table's text is written: UTF-8, UTF-16 with its mark, or else as Windows does in Western Europe."""
    try:
        data = file.read_bytes()
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return "utf-16"
        data.decode("utf-8")
    except UnicodeDecodeError:
        return WINDOWS
    except OSError as error:
        raise unreadable(file, error.strerror) from error
    return "utf-8-sig"


@contextmanager
def _table(file: Path, encoding: str) -> Iterator[tuple[csv.DictReader[str], list[str]]]:
    """A table to be read line by line, and the lines read since its reader has emptied that list; what is wrong with it
    is one sentence."""
    line = 0
    try:
        with file.open(encoding=encoding, newline="") as text:
            delimiter, said = delimiter_of(text.readline())
            text.seek(0)
            record: list[str] = []
            table = csv.DictReader(_closed(file, text, record), delimiter=delimiter, restkey="")
            try:
                if said:
                    next(table.reader)
                yield table, record
            finally:
                line = table.line_num
    except csv.Error as error:
        raise BadInput(
            "{file} is not a CSV table ({error}, line {line}): mend that line.", file=file.name, error=error, line=line
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(file, getattr(error, "strerror", None) or Message("no text")) from error


def _closed(file: Path, text: Iterable[str], record: list[str]) -> Iterator[str]:
    """Lines of a table. A reader that still wants one in the middle of a record is within quotation marks.

    Raises:
        BadInput: these are never closed, and hold the rest of the table.
    """
    number = 0
    for number, line in enumerate(text, start=1):  # noqa: B007
        record.append(line)
        yield line
    if any(map(str.strip, record)):
        raise BadInput(
            "{file} has a quotation mark in line {line} that is not closed: close it, or leave it out.",
            file=file.name,
            line=number - len(record) + 1,
        )


def table_row(file: Path, how: Reading, number: int, line: Mapping[str, Any]) -> Row:
    enclosed, base = how.enclosed, how.base
    cells = {
        COLUMN_OF.get(name, name): value.strip()
        for name, value in line.items()
        if name and isinstance(value, str) and value.strip()
    }
    if enclosed:
        cells.pop("mask", None)
    if "mask" in cells:
        cells["mask"] = str(file.parent / cells["mask"])
    for name in {"backdrop", "repair", "style"} & set(cells):
        cells[name] = str(_beside(file, cells[name], enclosed).absolute())
    parts = [part.strip() for part in cells.get("photos", "").split(";") if part.strip()]
    if base:
        parts = [part if is_address(part) else f"{base}/{part}" for part in parts]
    away = tuple(dict.fromkeys(part for part in parts if is_address(part) and not enclosed))
    named = [stand_in(part) if part in away else _beside(file, part, enclosed) for part in parts]
    if "with_" in cells:
        cells["with_"] = "\n".join(_companion(file, text, enclosed) for text in cells["with_"].split("|"))
    photos = tuple(photo for place in named for photo in (references.photos_in(place) if place.is_dir() else (place,)))
    name = cells.get("name") or cells.get("product") or (photos[0].stem if photos else "")
    surplus = ", ".join(filter(None, map(str.strip, rest))) if isinstance(rest := line.get(""), list) else ""
    return Row(source=f"line {number}", name=name, photos=photos, cells=cells, remote=away, surplus=surplus)


def _beside(file: Path, name: str, enclosed: bool) -> Path:
    """What a table names, relative to its folder; of a stranger's table nothing that lies elsewhere."""
    place = file.parent / name
    strays = enclosed and not place.resolve().is_relative_to(file.parent.resolve())
    return file.parent / place.name if strays else place


def _companion(file: Path, text: str, enclosed: bool) -> str:
    """A further product of a line, its files named from anywhere; a stranger's table brings photos alone."""
    photos, at, place = text.strip().rpartition("@") if PLACED.search(text.strip()) else (text.strip(), "", "")
    named = [_part_of_companion(file, part.strip(), enclosed) for part in photos.split(";")]
    return f"{';'.join(filter(None, named))}{at}{place}"


def _part_of_companion(file: Path, part: str, enclosed: bool) -> str:
    """A photo, or what is said of the cut-out."""
    name, _, value = part.partition("=") if CORRECTED.fullmatch(part) else ("", "", part)
    if name not in ("", "mask"):
        return part
    if not value or (name == "mask" and enclosed):
        return ""
    lies = str(_beside(file, value, enclosed).absolute())
    return f"{name}={lies}" if name else lies
