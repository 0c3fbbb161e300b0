"""Writes pictures into a shop's feed: products that have none keep their lines to the letter."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecomgen.shops.dialects import Dialect, plain
from ecomgen.shops.feed import ITEMS, Feed, Product, is_xml, local, read
from ecomgen.shops.table import Record, Table, parse

POSITION = "image position"


@dataclass(frozen=True)
class NewPicture:
    """A finished picture: its path or address as it is to stand in the feed, and its alt text."""

    place: str
    alt: str = ""


Pictures = Mapping[str, Sequence[NewPicture]]  # by the product's key


def rewritten(file: Path, pictures: Pictures) -> str:
    """A feed's text with new pictures, the best first, in place of those that it named.

    Raises:
        BadInput: it cannot be read.
    """
    feed = read(file)
    data = file.read_bytes()
    if is_xml(data):
        return _xml(feed, data, pictures)
    text = data.decode("utf-8-sig")
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    return mark + _table(feed, parse(text), pictures)


def _table(feed: Feed, table: Table, pictures: Pictures) -> str:
    lines: dict[int, list[Record]] = {number: [record] for number, record in enumerate(table.records)}
    for product in feed.products:
        if new := pictures.get(product.key):
            lines |= _lines_of(product, table, feed.dialect, new)
    return table.head.raw + "".join(record.raw for number in sorted(lines) for record in lines[number])


def _lines_of(product: Product, table: Table, dialect: Dialect, new: Sequence[NewPicture]) -> dict[int, list[Record]]:
    """The lines that stand in place of each of a product's lines."""
    head = [plain(name) for name in table.head.cells]
    if dialect.between:
        number = product.rows[0]
        values = _joined(head, dialect, new)
        return {number: [_changed(table, table.records[number], head, values)]}
    changed: dict[int, list[Record]] = {}
    for rank, number in enumerate(product.rows):
        record = table.records[number]
        values = _values(dialect, head, new[rank] if rank < len(new) else None, rank + 1)
        kept = rank < len(new) or _says_more(record, head, dialect)
        changed[number] = [_changed(table, record, head, values)] if kept else []
    group = next(name for name in dialect.group if name in head)
    handle = table.records[product.rows[0]].cells[head.index(group)]
    for rank, one in enumerate(new[len(product.rows) :], start=len(product.rows) + 1):
        blank = Record(("",) * len(head), "")
        values = {group: handle} | _values(dialect, head, one, rank)
        changed[product.rows[-1]].append(_changed(table, blank, head, values))
    return changed


def _values(dialect: Dialect, head: Sequence[str], one: NewPicture | None, rank: int) -> dict[str, str]:
    """The cells of a line that holds one picture, or none."""
    picture = next(name for name in dialect.pictures if name in head)
    values = {picture: one.place if one else "", POSITION: str(rank) if one else ""}
    return values | {name: one.alt if one else "" for name in dialect.alt if one is None or one.alt}


def _joined(head: Sequence[str], dialect: Dialect, new: Sequence[NewPicture]) -> dict[str, str]:
    """The cells of a line that holds all pictures of its product."""
    picture = next(name for name in dialect.pictures if name in head)
    more = next((name for name in dialect.more_pictures if name in head), None)
    places = [one.place for one in new]
    if more:
        return {picture: places[0], more: ",".join(places[1:])}
    return {picture: places[0] if dialect.more_pictures else ", ".join(places)}


def _says_more(record: Record, head: Sequence[str], dialect: Dialect) -> bool:
    """Whether a line says more of a product than which picture it has."""
    own = {*dialect.group, *dialect.pictures, *dialect.alt, POSITION}
    return any(text.strip() for name, text in zip(head, record.cells, strict=False) if name not in own)


def _changed(table: Table, record: Record, head: Sequence[str], values: Mapping[str, str]) -> Record:
    cells = [*record.cells, *[""] * (len(head) - len(record.cells))]
    for name, text in values.items():
        if name in head:
            cells[head.index(name)] = text
    return table.encoded(cells)


def _xml(feed: Feed, data: bytes, pictures: Pictures) -> str:
    """The document with other pictures; namespaces keep their names."""
    from xml.etree import ElementTree

    from defusedxml.ElementTree import DefusedXMLParser, iterparse, parse

    for _, (name, uri) in iterparse(io.BytesIO(data), events=("start-ns",), forbid_dtd=True):
        ElementTree.register_namespace(name, uri)
    parser = DefusedXMLParser(target=ElementTree.TreeBuilder(insert_comments=True), forbid_dtd=True)
    document: Any = parse(io.BytesIO(data), parser=parser)
    items = [one for one in document.getroot().iter() if local(one.tag) in ITEMS]
    for product in feed.products:
        if new := pictures.get(product.key):
            _put(items[product.rows[0]], feed.dialect, new)
    written = io.BytesIO()
    document.write(written, encoding="utf-8", xml_declaration=True)
    return written.getvalue().decode() + "\n"


def _put(item: Any, dialect: Dialect, new: Sequence[NewPicture]) -> None:
    """Give an item its pictures; further ones are elements beside the first."""
    first = next((one for one in item if plain(local(one.tag)) in dialect.pictures), None)
    further = [one for one in item if plain(local(one.tag)) in dialect.more_pictures]
    if first is None:
        first = further.pop(0)
        first.tag = first.tag.replace("additional_image_link", "image_link")
    prefix = first.tag.rpartition("}")[0] + "}" if "}" in first.tag else ""
    for old in further:
        item.remove(old)
    first.text = new[0].place
    for place, one in enumerate(new[1:], start=list(item).index(first) + 1):
        more = item.makeelement(f"{prefix}additional_image_link", {})
        more.text, more.tail = one.place, first.tail
        item.insert(place, more)
