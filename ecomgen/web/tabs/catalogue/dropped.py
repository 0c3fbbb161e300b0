"""What is dropped on the catalogue's tab: photos, a table or a zip, for another catalogue or for the open one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from ecomgen import references
from ecomgen.errors import UsageError
from ecomgen.web import locale
from ecomgen.web.people.access import Person
from ecomgen.web.tabs.catalogue.folder import LISTS, fresh, list_of


def keep(who: Person, opened: Path | None, files: Sequence[Path]) -> tuple[Path, str]:
    """Keep files where their catalogue is, and what that is called after them. A table that is dropped alone finds the
    photos of the `opened` catalogue, and takes the place of its table where it has the same name; photos that the
    table of that one names join it.

    Raises:
        UsageError: it is more than one list, or nothing that could become pictures.
    """
    lists = [file for file in files if file.suffix.lower() in LISTS]
    photos = list(_photos(files))
    if len(lists) != 1 and (lists or not photos):
        raise UsageError(locale.CATALOGUE_ONE)
    named = (lists or photos)[0]
    known = opened if opened and _belongs(opened, files) else None
    if known and (not lists or list_of(known).name == named.name):
        for file in files:
            shutil.copy(file, known / "source" / file.name)
        return known, list_of(known).name
    folder = fresh(who, re.sub(r"[^\w-]+", "-", named.stem).strip("-")[:40] or "catalogue")
    for number, file in enumerate([*files, *(_photos((known / "source").iterdir()) if known else ())], 1):
        target = folder / "source" / file.name
        shutil.copy(file, target.with_stem(f"{file.stem}-{number}") if target.exists() else target)
    others = "" if lists or len(photos) == 1 else f" +{len(photos) - 1}"
    return folder, f"{named.name}{others}"


def _belongs(opened: Path, files: Sequence[Path]) -> bool:
    """Whether these are a table that names photos of the catalogue, or photos that its table names."""
    ours, theirs = list_of(opened), [file for file in files if file.suffix.lower() == ".csv"]
    if ours.suffix.lower() != ".csv" or len(theirs) not in (0, len(files)):
        return False
    text, names = (theirs[0], (opened / "source").iterdir()) if theirs else (ours, files)
    told = text.read_bytes()
    return any(name.name.encode() in told for name in _photos(names))


def _photos(files: Iterator[Path] | Sequence[Path]) -> Iterator[Path]:
    return (file for file in files if file.suffix.lower() in references.SUFFIXES)
