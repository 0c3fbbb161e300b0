"""A catalogue's folder of the app: whose it is, and what its source says, with the corrections of its cut-outs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ecomgen.catalogue import Catalogue
from ecomgen.errors import UsageError
from ecomgen.settings import settings
from ecomgen.shops.table import WORKBOOKS
from ecomgen.web import locale
from ecomgen.web.people.access import Person, claim, may_see

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


def list_of(folder: Path) -> Path:
    """Its table or zip; the folder of photos where it has neither."""
    dropped = folder / "source"
    return next((file for file in dropped.iterdir() if file.suffix.lower() in LISTS), dropped)


def source_of(folder: Path, defaults: Mapping[str, str]) -> Catalogue:
    """What its source says, and where that says nothing the `defaults`."""
    from ecomgen.catalogue import read

    return read(list_of(folder), folder / "unpacked", defaults, enclosed=True)


def catalogue_of(folder: Path, defaults: Mapping[str, str]) -> Catalogue:
    """The same with what was corrected of cut-outs, and which of them somebody has found fine."""
    from ecomgen.catalogue.cutouts import FOLDER, confirmed, corrected, corrections, fine
    from ecomgen.catalogue.journal import Journal

    told, found, cut_outs = corrections(folder), fine(folder), Journal(folder / FOLDER)
    said = source_of(folder, defaults)
    items = (corrected(item, told.get(item.product)) for item in said.items)
    return replace(said, items=tuple(confirmed(item, found, cut_outs) for item in items))
