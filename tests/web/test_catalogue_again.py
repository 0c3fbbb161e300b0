"""A catalogue that is made can be made once more, beside what is there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from ecomgen.catalogue import Outcome
from ecomgen.catalogue.journal import Journal
from ecomgen.settings import settings
from ecomgen.web import locale
from ecomgen.web.jobs.scheduler import lane
from ecomgen.web.people.access import Person, claim
from ecomgen.web.tabs import catalogue
from ecomgen.web.tabs.catalogue import Chosen, Making
from ecomgen.web.tabs.catalogue_folder import catalogue_of

ME = Person(name="visitor:me", private_machine=True)
ON_OAK = Chosen(prompt="on oak")


@pytest.fixture
def folder(photo: Path) -> Path:
    """A catalogue of one product whose cut-out was corrected."""
    place = settings().catalogues_folder / "20260131-120000-000000-mugs"
    (place / "source").mkdir(parents=True)
    shutil.copy(photo, place / "source" / "mug.jpg")
    (place / "cutouts").mkdir()
    (place / "cutouts" / "corrections.json").write_text("{}")
    claim(ME, place)
    return place


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the lane is asked to do, which is not done."""
    asked: list[Any] = []
    monkeypatch.setattr(lane, "start", lambda *told, **_: asked.append(told))
    return asked


def make(folder: Path) -> None:
    """Tell the journal that the product is made."""
    (item,) = catalogue_of(folder, ON_OAK.as_columns()).items
    run, picture = folder / "runs" / item.name, folder / "pictures" / "mug-1.png"
    for file in (run / "run.json", picture):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    inside = {"folder": str(run.relative_to(folder)), "pictures": (str(picture.relative_to(folder)),)}
    Journal(folder).add(Outcome(name=item.name, status="done", made=1, fingerprint=item.fingerprint, **inside))


def button(folder: Path) -> str:
    return catalogue._to_begin(catalogue._made_so_far(folder, ON_OAK))["value"]


def test_what_is_not_made_is_made_in_its_folder(folder: Path, started: list[Any]) -> None:
    assert button(folder) == locale.CATALOGUE_START
    catalogue.begin(ME, {"name": folder.name, "chosen": ON_OAK})
    assert started[0][2].folder == folder


def test_what_is_made_stays_and_is_made_once_more_in_another_folder(folder: Path, started: list[Any]) -> None:
    make(folder)
    assert button(folder) == locale.CATALOGUE_AGAIN
    catalogue.begin(ME, {"name": folder.name, "chosen": ON_OAK})
    making, asked = started[0][2:]
    assert isinstance(making, Making) and making.folder != folder and making.folder.name.endswith("-mugs")
    assert asked.title == asked.values["name"] == making.folder.name, "after a restart it goes on there"
    assert [item.name for item in making.catalogue.items] == ["mug"] and not making.so_far
    assert (making.folder / "cutouts" / "corrections.json").is_file(), "what was corrected is not asked again"
    assert not (making.folder / "journal.jsonl").exists() and (folder / "pictures" / "mug-1.png").is_file()
    assert button(making.folder) == locale.CATALOGUE_START
