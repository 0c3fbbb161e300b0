"""A CSV table, a folder of products or a zip of one: each product and channel becomes one item."""

from __future__ import annotations

import csv
import json
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from ecomgen import channels, looks, recipes, references, shops
from ecomgen.catalogue.archive import LOCAL, OF_A_STRANGER, Limits, unzipped
from ecomgen.catalogue.item import Item, safe
from ecomgen.catalogue.storage import brought, listed, stand_in
from ecomgen.errors import BadInput, EcomgenError
from ecomgen.export.archive import free_name
from ecomgen.messages import Message
from ecomgen.options import on
from ecomgen.options.reading import CORRECTED, PLACED, read_companions
from ecomgen.outbound import is_address
from ecomgen.request import MAX_PHOTOS, Request
from ecomgen.shops.dialects import PLAIN, plain
from ecomgen.shops.table import WORKBOOKS, delimiter_of, refuse_large, refuse_workbook
from ecomgen.types import Companion

STRANGE = {stat.S_ISFIFO: Message("pipe"), stat.S_ISSOCK: Message("socket")}
COLUMN_OF = {"languages": "language", "attributes": "attribute", "points": "point", "with": "with_"}  # where it differs
ITS_OWN = ("name", "photos", "channels")  # columns that are not options of "generate"
COLUMNS = on("catalogue", Request)
_Named = Callable[[str | None, str], None]  # refuses a look and a pipeline that are not there


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What is to be made. `notes` say in words what was not used."""

    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()

    @cached_property
    def problems(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.asked is None)

    @cached_property
    def pictures(self) -> int:
        """How many are made of what can be made."""
        return sum(request.count for item in self.items if (request := item.request))


def read(
    source: Path | str,
    unpacked: Path,
    defaults: Mapping[str, str],
    *,
    enclosed: bool = False,
    limits: Limits | None = None,
    columns: Mapping[str, str] | None = None,
) -> Catalogue:
    """Read a catalogue without making anything.

    Args:
        source: a path or an address of storage: a CSV file with a line for each product (columns: photos, and any of
            name, product, prompt, channels, words, languages, attributes ("material: oak; size: 30 cm") and the
            options of "generate" with underscores; photos, channels and languages separated by ";", photos, mask and
            backdrop relative to the file, each photo a file, a folder or an address); a folder with such a file, or
            with a folder of photos for each product (its own prompt in prompt.txt); or a zip of such a folder.
        unpacked: where a zip is unpacked.
        defaults: what a product does not say itself, by column.
        enclosed: whether a table may name only what lies in its own folder, as one from a stranger should.
        columns: of a shop's feed, which of its columns holds which of a table's.
        limits: what a zip may hold; without them those of the command line, or of a stranger.

    Returns:
        One item for each product and channel; what is wrong with a product is in its `problem`.

    Raises:
        BadInput: the source cannot be read, or holds no product.
    """
    limits = limits or (OF_A_STRANGER if enclosed else LOCAL)
    how = _Reading(limits=limits, enclosed=enclosed, columns=columns or {})
    taken: dict[str, int] = {}
    named = cache(_refuse_unknown)
    items = [item for row in _rows(source, unpacked, how) for item in _items(row, defaults, taken, named)]
    if not items:
        raise BadInput(
            "{source} holds no product: give a CSV file with a column photos, or a folder with one "
            "folder of photos for each product.",
            source=PurePosixPath(source).name,
        )
    notes = (*how.notes, *dict.fromkeys(item.note for item in items if item.note))
    return Catalogue(items=tuple(items), notes=notes)


def refuse_wrong(defaults: Mapping[str, str]) -> None:
    """Say before there is any product what would be wrong with each.

    Raises:
        EcomgenError: an option cannot be read, or names what is not there.
    """
    any_row = _Row(source="", name="", photos=(stand_in("any"),), cells={}, remote=("any",))
    cells = {"prompt": "any", **defaults}
    for channel in _channels(cells):
        _asked(any_row, cells, channel, _refuse_unknown)


@dataclass(frozen=True, kw_only=True)
class _Row:
    source: str
    name: str
    photos: tuple[Path, ...]
    cells: Mapping[str, str]
    remote: tuple[str, ...] = ()  # the addresses of photos that lie elsewhere
    surplus: str = ""  # what stands beyond the last column


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """How a source is read; `base` is the address from which a table names photos, `notes` what is said of it."""

    limits: Limits
    enclosed: bool
    columns: Mapping[str, str]
    base: str = ""
    notes: list[str] = field(default_factory=list)


def _rows(source: Path | str, unpacked: Path, how: _Reading) -> Iterator[_Row]:
    """The products of a source."""
    if not (isinstance(source, str) and is_address(source)):
        return _rows_here(Path(source), unpacked, how)
    if urlsplit(source).scheme == "file":
        return _rows_here(Path(unquote(urlsplit(source).path)), unpacked, how)
    if PurePosixPath(urlsplit(source).path).suffix.lower() in (".csv", ".tsv", ".xml", ".zip", *WORKBOOKS):
        return _rows_here(brought(source), unpacked, replace(how, base=source.rpartition("/")[0]))
    return _stored_rows(source)


def _rows_here(source: Path, unpacked: Path, how: _Reading) -> Iterator[_Row]:
    """Those of a file or folder of this machine."""
    _refuse_strange(source)
    place = _unzipped(source, unpacked, how.limits) if source.is_file() and zipfile.is_zipfile(source) else source
    table = _table_of(place)
    if table is None:
        if unread := sorted(file.name for file in place.iterdir() if file.suffix.lower() in WORKBOOKS):
            note = Message(
                "{file} is a spreadsheet's workbook and was not read: save its sheet as CSV", file=", ".join(unread)
            )
            how.notes.append(note)
        return _folder_rows(place)
    feed = _shop_feed(table)
    return _feed_rows(feed, how) if feed else _table_rows(table, how)


def _shop_feed(file: Path) -> shops.Feed | None:
    """A file as the feed of a shop; None where it is a table of ours, or one that only that reading can tell of."""
    try:
        if file.suffix.lower() != ".xml" and not shops.is_of_a_shop(file):
            return None
        feed = shops.read(file)
    except (BadInput, OSError, csv.Error):
        if file.suffix.lower() == ".xml":
            raise
        return None
    return feed if feed.dialect != PLAIN and feed.products else None


def _feed_rows(feed: shops.Feed, how: _Reading) -> Iterator[_Row]:
    """A row for each product that has pictures, named by its key; columns of the feed stand in for those of a table."""
    for product in feed.products:
        line = {"name": product.key, "product": product.title}
        line["photos"] = ";".join(one.place for one in product.pictures[:MAX_PHOTOS])
        line |= {name: product.cells.get(plain(theirs), "") for name, theirs in how.columns.items()}
        yield replace(_table_row(feed.file, how, 0, line), source=product.key)


def _stored_rows(url: str) -> Iterator[_Row]:
    """A folder in storage: of a folder in it the photos are a product, loose photos are a product each."""
    products: dict[str, list[str]] = {}
    prompts: dict[str, str] = {}
    for file in listed(url):
        inside = PurePosixPath(file.removeprefix(url.rstrip("/")).lstrip("/"))
        if not 1 <= len(inside.parts) <= 2 or any(part.startswith(".") for part in inside.parts):
            continue
        if inside.suffix.lower() in references.SUFFIXES:
            products.setdefault(str(inside.parents[-2] if len(inside.parts) > 1 else inside), []).append(file)
        elif inside.name == "prompt.txt" and len(inside.parts) == 2:
            prompts[inside.parent.name] = brought(file).read_text("utf-8", errors="replace").strip()
    for name, photos in products.items():
        cells = {"prompt": prompts[name]} if name in prompts else {}
        stem = PurePosixPath(name).stem if len(photos) == 1 and photos[0].endswith(f"/{name}") else name
        yield _Row(source=name, name=stem, photos=tuple(map(stand_in, photos)), cells=cells, remote=tuple(photos))


def _table_of(place: Path) -> Path | None:
    """The place itself where it is a file, or the only CSV file of a folder."""
    if not place.is_dir():
        return place
    tables = sorted(file for file in place.glob("*.csv") if not file.name.startswith("."))
    return tables[0] if len(tables) == 1 else None


def _table_rows(file: Path, how: _Reading) -> Iterator[_Row]:
    with _table(file) as (table, record):
        table.fieldnames = columns = [(name or "").strip().lower() for name in table.fieldnames or []]
        if "photos" not in columns:
            raise BadInput(
                "{file} has no column photos: its first line must name the columns, photos among them.", file=file.name
            )
        if unknown := [name for name in columns if name and COLUMN_OF.get(name, name) not in (*COLUMNS, *ITS_OWN)]:
            how.notes.append(Message("the columns {unknown} are not used", unknown=", ".join(unknown)))
        record.clear()
        for line in table:
            yield _table_row(file, how, table.line_num, line)
            record.clear()


@contextmanager
def _table(file: Path) -> Iterator[tuple[csv.DictReader[str], list[str]]]:
    """A table to be read line by line, and the lines read since its reader has emptied that list; what is wrong with it
    is one sentence."""
    line = 0
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
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
        reason = getattr(error, "strerror", None) or Message("not UTF-8 text")
        raise BadInput(
            "{file} cannot be read ({reason}): save it as CSV in UTF-8.", file=file.name, reason=reason
        ) from error


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


def _table_row(file: Path, how: _Reading, number: int, line: Mapping[str, Any]) -> _Row:
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
    return _Row(source=f"line {number}", name=name, photos=photos, cells=cells, remote=away, surplus=surplus)


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


def _folder_rows(folder: Path) -> Iterator[_Row]:
    """A folder of photos is a product; loose photos are a product each."""
    for place in sorted(folder.iterdir()):
        if place.name.startswith((".", "__MACOSX")):
            continue
        if place.is_dir() and (photos := references.photos_in(place)):
            prompt = place / "prompt.txt"
            cells = {"prompt": prompt.read_text("utf-8", errors="replace").strip()} if prompt.is_file() else {}
            yield _Row(source=place.name, name=place.name, photos=photos, cells=cells)
        elif place.suffix.lower() in references.SUFFIXES:
            yield _Row(source=place.name, name=place.stem, photos=(place,), cells={})


def _unzipped(file: Path, target: Path, limits: Limits) -> Path:
    """The archive's root, or the one folder of products in it."""
    place = unzipped(file, target, limits)
    inside = [one for one in place.iterdir() if not one.name.startswith((".", "__MACOSX"))]
    only = inside[0] if len(inside) == 1 and inside[0].is_dir() else None
    return only if only and any(one.is_dir() for one in only.iterdir()) else place


def _refuse_strange(source: Path) -> None:
    """What is neither a file nor a folder is not read, as a device or a pipe need not ever end; nor is a workbook."""
    try:
        mode = source.stat().st_mode
    except (OSError, ValueError) as error:
        raise BadInput("There is no {source}: check the name and the folder.", source=source.name) from error
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        kind = next((word for test, word in STRANGE.items() if test(mode)), Message("device"))
        raise BadInput("{source} is a {kind}: give a CSV file, a folder or a zip.", source=source.name, kind=kind)
    if stat.S_ISREG(mode):
        refuse_workbook(source)
        if not zipfile.is_zipfile(source):
            refuse_large(source)


def _items(row: _Row, defaults: Mapping[str, str], taken: dict[str, int], named: _Named) -> Iterator[Item]:
    """One item for each channel of a product, or one for its picture without a channel."""
    cells = {**defaults, **row.cells}
    name = free_name(safe(row.name), taken)
    for channel in _channels(cells):
        item = Item(name=f"{name}-{channel}" if channel else name, source=row.source, asked=None, product=name)
        try:
            asked, note = _asked(row, cells, channel, named)
        except (EcomgenError, ValueError) as error:
            yield replace(item, name=safe(item.name), problem=getattr(error, "message", str(error)))
        else:
            yield replace(item, asked=asked, note=note, remote=row.remote)


def _channels(cells: Mapping[str, str]) -> list[str] | list[None]:
    return [part.strip() for part in cells.get("channels", "").split(";") if part.strip()] or [None]


def _asked(row: _Row, cells: Mapping[str, str], channel: str | None, named: _Named) -> tuple[str, str]:
    """The options of a product's request as JSON, once they are found good, and what is otherwise than asked."""
    if row.surplus:
        raise BadInput(
            "{surplus!r} stands beyond the last column: put a text that holds what parts the columns, as a comma, in "
            "quotation marks.",
            surplus=row.surplus,
        )
    photos, away = row.photos, {stand_in(url) for url in row.remote}
    gone = [photo.name for photo in photos if photo not in away and not photo.is_file()]
    if gone:
        raise BadInput("There is no photo {gone}: correct the column photos.", gone=", ".join(gone))
    if channel:
        channels.get(channel)
    _refuse_missing(read_companions(cells.get("with_", "")))
    values = {name: cells[name] for name in COLUMNS if name in cells}
    if not values.get("words"):
        values = {name: text for name, text in values.items() if name not in ("language", "attribute")}
    if "attribute" in values:
        values["attribute"] = values["attribute"].replace(";", "\n")
    options: dict[str, Any] = {"prompt": "", **values} | ({"channel": channel} if channel else {})
    here = tuple(photo.absolute() for photo in photos)
    request = Request(photos=here, **options)
    named(request.look, request.pipeline)
    note = ""
    if channel and request.count > 1 and (rules := channels.get(channel)).is_same_for_all(request.mode):
        options |= {"count": 1, "keep": None}
        note = rules.one_picture
    return json.dumps({"photos": [str(photo) for photo in here], **options}), note


def _refuse_unknown(look: str | None, pipeline: str) -> None:
    """Raises EcomgenError for a look or a recipe that is not there or cannot be read."""
    if look:
        looks.get(look)
    if pipeline != "auto":
        recipes.get(pipeline)


def _refuse_missing(companions: Sequence[Companion]) -> None:
    """Raises BadInput for further products whose photos or masks are not there."""
    files = [file for one in companions for file in (*one.photos, one.mask) if file]
    gone = [file.name for file in files if not file.is_file()]
    if gone:
        raise BadInput("There is no photo {gone}: correct the column with.", gone=", ".join(gone))
