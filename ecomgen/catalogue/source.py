"""A CSV table, a folder of products or a zip of one: each product and channel becomes one item."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, reduce
from pathlib import Path, PurePosixPath
from typing import Any

from ecomgen import channels, looks, placement, recipes
from ecomgen.catalogue.archive import LOCAL, OF_A_STRANGER, Limits
from ecomgen.catalogue.item import Item, safe
from ecomgen.catalogue.rows import rows
from ecomgen.catalogue.storage import stand_in
from ecomgen.catalogue.table import COLUMNS, Reading, Row
from ecomgen.errors import BadInput, EcomgenError
from ecomgen.export.names import free_name
from ecomgen.messages import Message
from ecomgen.options.reading import read_companions
from ecomgen.request import Request
from ecomgen.types import Companion

_Named = Callable[[str | None, str], None]  # refuses a look and a pipeline that are not there
_Wish = tuple[Row, Mapping[str, str], str | None]  # a product, its cells, and one of its channels
ANY_ROW = Row(source="", name="", photos=(stand_in("any"),), cells={}, remote=("any",))
ANY_CELLS = {"prompt": "any"}


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
    refuse_wrong(defaults)
    limits = limits or (OF_A_STRANGER if enclosed else LOCAL)
    how = Reading(limits=limits, enclosed=enclosed, columns=columns or {})
    taken: dict[str, int] = {}
    named = cache(_refuse_unknown)
    items = [item for row in rows(source, unpacked, how) for item in _items(row, defaults, taken, named)]
    if not items:
        raise BadInput(
            "{source} holds no product: give a CSV file with a column photos, or a folder with one "
            "folder of photos for each product.",
            source=PurePosixPath(source).name,
        )
    notes = (*how.notes, *_told_apart(items), *dict.fromkeys(item.note for item in items if item.note))
    return Catalogue(items=tuple(items), notes=notes)


def _told_apart(items: Sequence[Item]) -> Iterator[str]:
    """That products share a name, where some do."""
    again = next((item.product for item in items if item.product != safe(item.spelt)), None)
    if again:
        yield Message("some products share a name and are told apart by a number, as {name}", name=again)


def refuse_wrong(defaults: Mapping[str, str]) -> None:
    """Say before there is any product what would be wrong with each.

    Raises:
        EcomgenError: an option cannot be read, or names what is not there.
    """
    cells = {**ANY_CELLS, **defaults}
    for channel in _channels(cells):
        _asked(ANY_ROW, cells, channel, _refuse_unknown)


def _items(row: Row, defaults: Mapping[str, str], taken: dict[str, int], named: _Named) -> Iterator[Item]:
    """One item for each channel of a product, or one for its picture without a channel."""
    cells = _cells(row.cells, defaults)
    name = free_name(safe(row.name), taken)
    for channel in _channels(cells):
        called = f"{name}-{channel}" if channel else name
        item = Item(name=called, source=row.source, asked=None, product=name, spelt=row.name)
        try:
            asked, note = _asked(row, cells, channel, named)
        except (EcomgenError, ValueError):
            problem = _joined(_faults(row, cells, channel, named))
            yield replace(item, name=safe(item.name), problem=problem)
        else:
            yield replace(item, asked=asked, note=note, remote=row.remote)


def _faults(row: Row, cells: Mapping[str, str], channel: str | None, named: _Named) -> Iterator[Message]:
    """All that is wrong with a product: what is found first, and then what is found without that."""
    asked: _Wish = row, cells, channel
    while fault := _fault(asked, named):
        yield fault
        asked = next((one for one in _mendings(*asked) if _fault(one, named) != fault), (ANY_ROW, ANY_CELLS, None))


def _mendings(row: Row, cells: Mapping[str, str], channel: str | None) -> Iterator[_Wish]:
    """A product with photos that are there, with a prompt, without its channel, and without one of its cells."""
    yield replace(row, photos=ANY_ROW.photos, remote=ANY_ROW.remote, surplus=""), cells, channel
    yield row, {**cells, **ANY_CELLS}, channel
    yield row, cells, None
    yield from ((row, {name: text for name, text in cells.items() if name != one}, channel) for one in cells)


def _fault(asked: _Wish, named: _Named) -> Message | None:
    try:
        _asked(*asked, named)
    except (EcomgenError, ValueError) as error:
        return Message(getattr(error, "message", str(error)))
    return None


def _joined(faults: Iterator[Message]) -> Message:
    return reduce(lambda before, fault: Message("{before} {fault}", before=before, fault=fault), faults)


def _cells(own: Mapping[str, str], defaults: Mapping[str, str]) -> dict[str, str]:
    """What a product says itself, and else the defaults; its own channels or size stand without the other one's."""
    excluded = {"channels": "size", "size": "channels"}
    return {**{name: text for name, text in defaults.items() if not own.get(excluded.get(name, ""))}, **own}


def _channels(cells: Mapping[str, str]) -> list[str] | list[None]:
    return [part.strip() for part in cells.get("channels", "").split(";") if part.strip()] or [None]


def _asked(row: Row, cells: Mapping[str, str], channel: str | None, named: _Named) -> tuple[str, str]:
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
        raise _missing(gone, "photos")
    _refuse_missing(read_companions(cells.get("with_", "")))
    values = {name: cells[name] for name in COLUMNS if name in cells}
    if not values.get("words"):
        values = {name: text for name, text in values.items() if name not in ("language", "attribute")}
    if "attribute" in values:
        values["attribute"] = values["attribute"].replace(";", "\n")
    options: dict[str, Any] = {"prompt": "", **values} | ({"channel": channel} if channel else {})
    here = tuple(photo.absolute() for photo in photos)
    request = Request(photos=here, **options)
    placement.canvas_for(request.size, channel, (placement.MAX_SIDE, placement.MAX_SIDE))
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
        raise _missing(gone, "with")


def _missing(photos: Sequence[str], column: str) -> BadInput:
    return BadInput("There is no photo {gone}: correct the column {column}.", gone=", ".join(photos), column=column)
