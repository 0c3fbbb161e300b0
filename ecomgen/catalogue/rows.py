"""The products of a table, a shop's feed, a folder, a zip of one or a folder in storage, each as a row."""

from __future__ import annotations

import csv
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from ecomgen import references, shops
from ecomgen.catalogue.archive import Limits, unzipped
from ecomgen.catalogue.storage import brought, listed, stand_in
from ecomgen.catalogue.table import Reading, Row, table_row, table_rows
from ecomgen.errors import BadInput
from ecomgen.messages import Message
from ecomgen.outbound import is_address
from ecomgen.request import MAX_PHOTOS
from ecomgen.shops.dialects import PLAIN, plain
from ecomgen.shops.table import WORKBOOKS, refuse_large, refuse_workbook

STRANGE = {stat.S_ISFIFO: Message("pipe"), stat.S_ISSOCK: Message("socket")}


def rows(source: Path | str, unpacked: Path, how: Reading) -> Iterator[Row]:
    """The products of a source."""
    if not (isinstance(source, str) and is_address(source)):
        return _rows_here(Path(source), unpacked, how)
    if urlsplit(source).scheme == "file":
        return _rows_here(Path(unquote(urlsplit(source).path)), unpacked, how)
    if PurePosixPath(urlsplit(source).path).suffix.lower() in (".csv", ".tsv", ".xml", ".zip", *WORKBOOKS):
        return _rows_here(brought(source), unpacked, replace(how, base=source.rpartition("/")[0]))
    return _stored_rows(source)


def _rows_here(source: Path, unpacked: Path, how: Reading) -> Iterator[Row]:
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
    return _feed_rows(feed, how) if feed else table_rows(table, how)


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


def _feed_rows(feed: shops.Feed, how: Reading) -> Iterator[Row]:
    """A row for each product that has pictures, named by its key; columns of the feed stand in for those of a table."""
    there = {name for product in feed.products for name in product.cells}
    if missing := ", ".join(theirs for theirs in how.columns.values() if plain(theirs) not in there):
        note = Message("{file} has no column {missing}: correct {--columns}", file=feed.file.name, missing=missing)
        how.notes.append(note)
    for product in feed.products:
        line = {"name": product.key, "product": product.title}
        line["photos"] = ";".join(one.place for one in product.pictures[:MAX_PHOTOS])
        line |= {name: product.cells.get(plain(theirs), "") for name, theirs in how.columns.items()}
        yield replace(table_row(feed.file, how, 0, line), source=product.key)


def _stored_rows(url: str) -> Iterator[Row]:
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
        yield Row(source=name, name=stem, photos=tuple(map(stand_in, photos)), cells=cells, remote=tuple(photos))


def _folder_rows(folder: Path) -> Iterator[Row]:
    """A folder of photos is a product; loose photos are a product each."""
    for place in sorted(folder.iterdir()):
        if place.name.startswith((".", "__MACOSX")):
            continue
        if place.is_dir() and (photos := references.photos_in(place)):
            prompt = place / "prompt.txt"
            cells = {"prompt": prompt.read_text("utf-8", errors="replace").strip()} if prompt.is_file() else {}
            yield Row(source=place.name, name=place.name, photos=photos, cells=cells)
        elif place.suffix.lower() in references.SUFFIXES:
            yield Row(source=place.name, name=place.stem, photos=(place,), cells={})


def _table_of(place: Path) -> Path | None:
    """The place itself where it is a file, or the only CSV file of a folder."""
    if not place.is_dir():
        return place
    tables = sorted(file for file in place.glob("*.csv") if not file.name.startswith("."))
    return tables[0] if len(tables) == 1 else None


def _unzipped(file: Path, target: Path, limits: Limits) -> Path:
    """The archive's root, or the one folder of products in it."""
    place = unzipped(file, target, limits)
    inside = [one for one in place.iterdir() if not one.name.startswith((".", "__MACOSX"))]
    only = inside[0] if len(inside) == 1 and inside[0].is_dir() else None
    return only if only and any(one.is_dir() for one in only.iterdir()) else place


def _refuse_strange(source: Path) -> None:
    """What is neither a file nor a folder is not read, as a device or a pipe need not ever end; nor is a photo or a
    workbook."""
    try:
        mode = source.stat().st_mode
    except (OSError, ValueError) as error:
        raise BadInput("There is no {source}: check the name and the folder.", source=source.name) from error
    is_photo = stat.S_ISREG(mode) and source.suffix.lower() in references.SUFFIXES
    if is_photo or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        kind = next((word for test, word in STRANGE.items() if test(mode)), Message("device"))
        kind = Message("photo") if is_photo else kind
        raise BadInput("{source} is a {kind}: give a CSV file, a folder or a zip.", source=source.name, kind=kind)
    if stat.S_ISREG(mode):
        refuse_workbook(source)
        if not zipfile.is_zipfile(source):
            refuse_large(source)
