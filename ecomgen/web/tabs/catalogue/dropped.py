"""What is dropped on the catalogue's tab: photos, a table or a zip, for another catalogue or for the open one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path

from ecomgen import references
from ecomgen.errors import UsageError
from ecomgen.web import locale
from ecomgen.web.people.access import Person
from ecomgen.web.tabs.catalogue.folder import LISTS, fresh, list_of
from ecomgen.web.titles import of_catalogue

OTHERS = " +"  # before how many photos there are besides the first


def keep(who: Person, opened: Path | None, files: Sequence[Path]) -> tuple[Path, str]:
    """Keep files where their catalogue is, and what that is called after them. A table that is dropped alone finds the
    photos of the `opened` catalogue, and takes the place of its table where it has the same name; photos that the
    table of that one names join it, as any do where it has no list and nothing of it is made yet.

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
    joined = opened if opened and not lists and _is_open(opened) else None
    folder = joined or fresh(who, re.sub(r"[^\w-]+", "-", named.stem).strip("-")[:40] or "catalogue")
    for file in [*files, *(_photos((known / "source").iterdir()) if known else ())]:
        shutil.copy(file, _free(folder / "source" / file.name, each_is_one=not lists))
    first = of_catalogue(joined).partition(OTHERS)[0] if joined else named.name
    others = 0 if lists else len([*_photos((folder / "source").iterdir())]) - 1
    return folder, f"{first}{OTHERS}{others}" if others else first


def _is_open(opened: Path) -> bool:
    """Whether further photos are products of it: each photo is one, and nothing is made yet."""
    return list_of(opened).is_dir() and not any((opened / "pictures").glob("*"))


def _free(target: Path, *, each_is_one: bool) -> Path:
    """A name that no file has yet, nor with another ending where each is a product."""
    part = "stem" if each_is_one else "name"
    there = {getattr(file, part) for file in target.parent.iterdir()}
    others = (target.with_stem(f"{target.stem}-{number}") for number in count(2))
    return next(one for one in chain([target], others) if getattr(one, part) not in there)


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
