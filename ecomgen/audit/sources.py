"""What is to be audited: the pictures of a folder or of a shop's feed, with the photos that show the true product."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ecomgen import outbound, references, shops
from ecomgen.errors import BadInput, UsageError
from ecomgen.record import read_file
from ecomgen.shops.dialects import plain

SUFFIXES = (*references.SUFFIXES, ".gif")
RECORD = "run.json"  # in a run's folder, of whose pictures only the kept ones are a shop's


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture of a shop: `place` is what it is called there, a path or an address."""

    place: str
    title: str = ""
    key: str = ""
    references: tuple[Path, ...] = ()

    @property
    def name(self) -> str:
        """What it is to be called: by its product, else by its file."""
        return self.title or self.place.partition("?")[0].rpartition("/")[2] or self.place


@dataclass(frozen=True, kw_only=True)
class Found:
    """The pictures of a source, and the channel whose feed it is."""

    pictures: tuple[Picture, ...]
    channel: str | None = None


def found_in(source: Path, reference_column: str = "") -> Found:
    """The pictures of a folder and those below it, of a feed, or a single one.

    Raises:
        BadInput: there is none.
        UsageError: a reference column is named that a feed has not, or for a folder.
    """
    if not source.exists():
        raise BadInput("There is no {source}: check the name and the folder.", source=source.name)
    if source.is_file() and shops.recognized(source):
        found = _of_feed(source, reference_column)
    elif reference_column:
        raise UsageError("{--reference-column} names a column of a feed: give a feed, not a folder.")
    else:
        files = _files(source) if source.is_dir() else [source]
        found = Found(pictures=tuple(_of_file(file.absolute()) for file in files))
    if not found.pictures:
        raise BadInput("There is no picture in {source}: give a folder or a feed that has some.", source=source.name)
    return found


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if RECORD in names:
            folders[:] = [name for name in folders if name == "kept"]
            continue
        shown = (name for name in sorted(names) if not name.startswith("."))
        yield from (Path(place) / name for name in shown if Path(name).suffix.lower() in SUFFIXES)


def _of_file(file: Path) -> Picture:
    """A picture file; the photos of one that lies in a run's folder are known."""
    try:
        record = read_file(file.parent.parent)
    except (OSError, ValueError):
        return Picture(place=str(file))
    photos = tuple(Path(one.path) for one in record.references)
    known = photos if all(photo.is_file() for photo in photos) else ()
    return Picture(place=str(file), title=record.parameters.product or "", references=known)


def _of_feed(file: Path, reference_column: str) -> Found:
    feed = shops.read(file)
    column = plain(reference_column)
    if column and not any(column in one.cells for one in feed.products):
        raise UsageError("{file} has no column {column}.", file=file.name, column=reference_column)
    pictures = [
        Picture(place=place, title=product.title, key=product.key, references=photos)
        for product in feed.products
        for photos in (_references(feed, product.cells.get(column, "")),)
        for one in product.pictures
        for place in (one.place if outbound.is_address(one.place) else str(feed.beside(one.place)),)
    ]
    return Found(pictures=tuple(pictures), channel=feed.dialect.channel)


def _references(feed: shops.Feed, cell: str) -> tuple[Path, ...]:
    return tuple(feed.beside(part.strip()) for part in cell.replace("\n", ";").split(";") if part.strip())
