"""A catalogue's folder of the app: whose it is, what is chosen for it, and what its source says.

With that go the corrections of its cut-outs, and how high its products are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ecomgen.atomic_file import write_atomically
from ecomgen.catalogue import Catalogue, Item
from ecomgen.disk_cache import read_json
from ecomgen.errors import UsageError
from ecomgen.request import Request
from ecomgen.settings import settings
from ecomgen.shops.table import WORKBOOKS
from ecomgen.web import locale
from ecomgen.web.people.access import Person, claim, may_see
from ecomgen.web.titles import FORM

HEIGHTS = "heights"  # in what is kept: centimetres, as they were typed, by the product's name
LISTS = (".csv", ".zip", *WORKBOOKS)  # what lists products, or tries to; without one each photo is a product


def folder_of(who: Person, name: str) -> Path:
    """The catalogue's folder; a name from the browser leads nowhere else, and to nobody else's.

    Raises:
        UsageError: it is not there.
    """
    home = settings().catalogues_folder
    folder = home / Path(name).name
    if not name or not folder.is_dir() or not may_see(who, folder):
        raise UsageError(locale.CATALOGUE_GONE)
    return folder


def fresh(who: Person, stem: str) -> Path:
    """A folder for another catalogue, with one for its source."""
    folder = settings().catalogues_folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{stem}"
    (folder / "source").mkdir(parents=True)
    claim(who, folder)
    return folder


def form_of(folder: Path) -> dict[str, Any]:
    """What was chosen for a catalogue, as it is kept beside it."""
    return read_json(folder / FORM) or {}


def keep(folder: Path, told: Mapping[str, Any]) -> None:
    """Keep what is told of a catalogue, beside what was told before.

    Raises:
        CannotWrite: it cannot be written.
    """
    write_atomically(folder / FORM, json.dumps(form_of(folder) | dict(told)).encode())


def list_of(folder: Path) -> Path:
    """Its table or zip; the folder of photos where it has neither."""
    dropped = folder / "source"
    return next((file for file in dropped.iterdir() if file.suffix.lower() in LISTS), dropped)


def source_of(folder: Path, defaults: Mapping[str, str]) -> Catalogue:
    """What its source says, and where that says nothing the `defaults`."""
    from ecomgen.catalogue import read

    return read(list_of(folder), folder / "unpacked", defaults, enclosed=True)


def catalogue_of(folder: Path, defaults: Mapping[str, str]) -> Catalogue:
    """The same with what was corrected of cut-outs, which of them are fine, and how high products are."""
    from ecomgen.catalogue.cutouts import FOLDER, confirmed, corrected, corrections, fine
    from ecomgen.catalogue.journal import Journal

    told, found, cut_outs = corrections(folder), fine(folder), Journal(folder / FOLDER)
    said, heights = source_of(folder, defaults), form_of(folder).get(HEIGHTS, {})
    items = (sized(corrected(item, told.get(item.product)), heights.get(item.product)) for item in said.items)
    return replace(said, items=tuple(confirmed(item, found, cut_outs) for item in items))


def sized(item: Item, height: str | None) -> Item:
    """An item of a product that is so many centimetres high; nothing leaves what its source says."""
    if height is None or not isinstance(item.asked, str):
        return item
    return replace(item, asked=json.dumps(json.loads(item.asked) | {"height_cm": height}))


def height_of(request: Request) -> str:
    """How high its products are, as it is typed."""
    return "; ".join(f"{height:g}" for height in request.height_cm)
