"""A catalogue in its tab: it is made, made once more beside what is there, and shown on a page that is opened anew."""

from __future__ import annotations

import inspect
import shutil
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from ecomgen.catalogue import Outcome
from ecomgen.catalogue.cutouts import FOLDER, find_fine
from ecomgen.catalogue.journal import Journal
from ecomgen.errors import UsageError
from ecomgen.settings import settings
from ecomgen.web import locale
from ecomgen.web.jobs.scheduler import Job, lane
from ecomgen.web.people.access import Person, claim
from ecomgen.web.tabs.catalogue import cutouts, dropped
from ecomgen.web.tabs.catalogue import tab as catalogue
from ecomgen.web.tabs.catalogue.folder import catalogue_of, keep
from ecomgen.web.tabs.catalogue.tab import Chosen, Cutting, Making

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
    assert started[0][3].folder == folder


def test_what_is_made_stays_and_is_made_once_more_in_another_folder(folder: Path, started: list[Any]) -> None:
    make(folder)
    assert button(folder) == locale.CATALOGUE_AGAIN
    catalogue.begin(ME, {"name": folder.name, "chosen": ON_OAK})
    making, asked = started[0][3:]
    assert isinstance(making, Making) and making.folder != folder and making.folder.name.endswith("-mugs")
    assert asked.title == asked.values["name"] == making.folder.name, "after a restart it goes on there"
    assert [item.name for item in making.catalogue.items] == ["mug"] and not making.so_far
    assert (making.folder / "cutouts" / "corrections.json").is_file(), "what was corrected is not asked again"
    assert not (making.folder / "journal.jsonl").exists() and (folder / "pictures" / "mug-1.png").is_file()
    assert button(making.folder) == locale.CATALOGUE_START


def test_a_cut_out_that_was_found_fine_is_so_when_its_catalogue_is_made_once_more(
    folder: Path, started: list[Any]
) -> None:
    (product,) = cutouts.products(folder)
    doubtful = Outcome(name="mug", status="done", made=1, cutout_confidence=0.1, fingerprint=product.fingerprint)
    Journal(folder / FOLDER).add(doubtful)
    find_fine(folder, "mug", product.fingerprint)
    make(folder)
    catalogue.begin(ME, {"name": folder.name, "chosen": ON_OAK})
    cut = cutouts.seen(started[0][3].folder)
    assert cut.is_whole and cut.is_fine("mug") and not cut.is_doubtful("mug")


def test_a_product_s_height_is_kept_for_all_of_its_channels_and_one_that_is_none_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "person", lambda _: ME)
    chosen, web = ON_OAK._replace(channels=("etsy", "ebay")), Any

    def say(height: str) -> Any:
        event = gr.EventData(None, {"value": f"mug:height:{height}"})
        return inspect.unwrap(catalogue.size)(web, event, folder.name, *chosen)

    def heights() -> list[tuple[float, ...]]:
        items = catalogue_of(folder, chosen.as_columns()).items
        return [item.request.height_cm for item in items if item.request]

    table = say("9,5")[1]
    assert table.count('class="height"') == 1 and 'value="9.5"' in table
    assert heights() == [(9.5,), (9.5,)]
    for wrong in ("tall", "9; 20"):
        with pytest.raises(UsageError):
            say(wrong)
    assert heights() == [(9.5,), (9.5,)]
    say("")
    assert heights() == [(), ()]


def test_a_description_that_was_changed_while_products_were_cut_out_is_seen_when_they_are(folder: Path) -> None:
    keep(folder, {"prompt": "on oak"})
    job = Job(lambda *_: None, Cutting(catalogue._made_so_far(folder, ON_OAK), cutouts.seen(folder)))
    keep(folder, {"prompt": "on marble"})
    job.run()
    *_, last = catalogue._watched(job)
    assert "on marble" in last[3] and "on oak" not in last[3]


def test_a_page_that_is_opened_anew_gets_the_form_back_once_and_keeps_what_is_typed(folder: Path) -> None:
    keep(folder, {"prompt": "on oak"})
    job = Job(lambda *_: None, catalogue._made_so_far(folder, ON_OAK))
    job.run()
    first, *later = catalogue._as_left(job)
    assert first[0] == "on oak" and later
    assert all(shown[0] == gr.skip() for shown in later)


def test_what_the_form_says_late_covers_no_work_that_has_begun(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job(lambda *_: None, catalogue._made_so_far(folder, ON_OAK))
    web: Any = None
    monkeypatch.setattr(catalogue, "person", lambda _: ME)
    look = inspect.unwrap(catalogue.look_again)

    def current(*jobs: Job | None) -> None:
        left = iter(jobs)
        monkeypatch.setattr(lane, "current", lambda *_: next(left))

    unchanged = [gr.skip()] * 6
    current(None, job)
    assert look(web, folder.name, *ON_OAK) == unchanged, "pressed meanwhile"
    job.run()
    current(None, job)
    assert look(web, folder.name, *ON_OAK) == unchanged, "pressed and made meanwhile"
    current(job, job)
    assert look(web, folder.name, *ON_OAK)[0] == folder.name, "made before"


def test_photos_join_a_range_of_which_nothing_is_made_yet(photo: Path, tmp_path: Path) -> None:
    for name in ("mug.jpg", "cup.jpg", "mug.png"):
        shutil.copy(photo, tmp_path / name)
    folder, named = dropped.keep(ME, None, [tmp_path / "mug.jpg"])
    keep(folder, {"file": named})
    joined, renamed = dropped.keep(ME, folder, [tmp_path / "cup.jpg", tmp_path / "mug.png"])
    assert joined == folder and (named, renamed) == ("mug.jpg", "mug.jpg +2")
    names = [item.name for item in catalogue_of(folder, ON_OAK.as_columns()).items]
    assert sorted(names) == ["cup", "mug", "mug-2"] and (folder / "source" / "mug-2.png").exists()
    (folder / "pictures").mkdir()
    (folder / "pictures" / "mug-1.png").touch()
    another, _ = dropped.keep(ME, folder, [tmp_path / "cup.jpg"])
    assert another != folder


def test_a_table_that_was_corrected_keeps_its_photos_and_what_is_made(photo: Path, tmp_path: Path) -> None:
    shutil.copy(photo, tmp_path / "mug.jpg")
    shutil.copy(photo, tmp_path / "cup.jpg")
    table = tmp_path / "range.csv"
    table.write_text("photos,prompt\nmug.jpg,on oak\ncupp.jpg,on oak\n", "utf-8")
    folder, named = dropped.keep(ME, None, [table, tmp_path / "mug.jpg"])
    assert named == "range.csv" and [bool(item.problem) for item in catalogue_of(folder, {}).items] == [False, True]

    table.write_text("photos,prompt\nmug.jpg,on oak\ncup.jpg,on oak\n", "utf-8")
    assert dropped.keep(ME, folder, [table])[0] == folder, "it was dropped alone"
    assert dropped.keep(ME, folder, [tmp_path / "cup.jpg"]) == (folder, "range.csv"), "what it names joins it"
    assert not catalogue_of(folder, {}).problems

    another = table.rename(tmp_path / "winter.csv")
    winter, _ = dropped.keep(ME, folder, [another])
    assert winter != folder and not catalogue_of(winter, {}).problems, "the photos come along"
    shutil.copy(photo, tmp_path / "jar.jpg")
    alone, named = dropped.keep(ME, folder, [tmp_path / "jar.jpg"])
    assert alone != folder and named == "jar.jpg"


def test_a_list_of_catalogues_that_is_left_without_a_choice_changes_nothing() -> None:
    web: Any = None
    assert catalogue.open_earlier(web, None) == gr.skip()
