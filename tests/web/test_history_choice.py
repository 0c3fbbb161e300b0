"""What is chosen of the history: which pictures it means, how they are decided together, and how that is taken back."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from logged import entry, record

from ecomgen.errors import UsageError
from ecomgen.runlog import RunFilter, RunLog, Said
from ecomgen.settings import settings
from ecomgen.web import locale
from ecomgen.web.people.access import Person
from ecomgen.web.tabs import history
from ecomgen.web.tabs import history_choice as choosing
from ecomgen.web.titles import FORM, of_run

ME = Person(name="visitor:me", private_machine=True)
OTHER = Person(name="visitor:other", private_machine=False)


@pytest.fixture
def log(tmp_path: Path) -> RunLog:
    """Two runs, each with two kept pictures and a filtered one; one picture was rejected for its light."""
    log = RunLog(settings().database)
    for run in ("r1", "r2"):
        log.begin(record(run), tmp_path / run)
        log.finish(record(run, candidates=[entry(0), entry(1, "filtered"), entry(2)]))
    log.decide(Said(number=0, run_id="r1", position=0, said="", person="anna", act="reject", reason="light"))
    return log


def sent(value: str) -> tuple[Any, Any]:
    """What the page sends from a private machine."""
    return SimpleNamespace(request=SimpleNamespace(state=SimpleNamespace(person=ME))), SimpleNamespace(value=value)


def verdicts(log: RunLog) -> dict[tuple[str, int], str]:
    return {(run, at): one.verdict for run in ("r1", "r2") for at, one in log.decisions(run).items()}


@pytest.mark.usefixtures("log")
def test_a_run_means_its_kept_pictures_and_a_picture_itself() -> None:
    found = {run.record.run_id: run.indices for run in choosing.chosen(ME, "r1:1,r1:0,r2")}
    assert found == {"r1": {0, 1}, "r2": {0, 2}}
    assert choosing.chosen(ME, "r1:1,r1")[0].indices == {0, 2}
    with pytest.raises(UsageError):
        choosing.chosen(OTHER, "r1")


def test_what_is_decided_together_is_taken_back_as_it_was(log: RunLog) -> None:
    _, told = choosing.judge(*sent("approve|r1,r2:1"))
    assert verdicts(log) == {("r1", 0): "approved", ("r1", 2): "approved", ("r2", 1): "approved"}
    back = told.partition('data-value="')[2].partition('"')[0]
    assert back == "r1:0:reject:light,r1:2:undecide,r2:1:undecide"
    choosing.undo(*sent(back))
    assert verdicts(log) == {("r1", 0): "rejected", ("r1", 2): "", ("r2", 1): ""}
    assert log.decisions("r1")[0].reason == "light"


def test_a_decision_that_stands_is_not_entered_again(log: RunLog) -> None:
    bars, told = choosing.judge(*sent("reject:light|r1:0"))
    assert bars == gr.skip() and "data-value" not in told
    assert len(log.said()) == 1


def test_all_of_it_is_entered_or_nothing(log: RunLog) -> None:
    with pytest.raises(gr.Error):
        choosing.judge(*sent("approve|r2,r1:7"))
    assert ("r2", 0) not in verdicts(log)


def test_only_runs_are_deleted(log: RunLog) -> None:
    assert choosing.forget(ME, "r1:0,r2") == ["r2"]
    assert [row.run_id for row in log.recent()] == ["r1"]


def test_the_history_opens_with_the_newest_run_that_is_finished(tmp_path: Path) -> None:
    log = RunLog(settings().database)
    for day, run in enumerate(("r1", "r2", "r3"), start=1):
        made = record(run, candidates=[entry(0)]).model_copy(update={"created": f"2026-01-0{day}T00:00:00+00:00"})
        log.begin(made, tmp_path / run)
        log.add_candidate(run, entry(0))
        if run != "r3":
            log.finish(made)
    asked = (history.PAGE, "", "every", history.EVERY, "every", "", "")
    web: Any = sent("")[0]
    opened, *_ = told = history.enter(web, "", *asked)
    assert opened == "r2" and 'data-value="r3"' in told[5], "the other one is listed"
    assert history.enter(web, "r1", *asked)[0] == gr.skip(), "what is open stays so"


def test_runs_of_a_catalogue_go_by_their_product_and_are_found_by_it() -> None:
    log, catalogue = RunLog(settings().database), settings().catalogues_folder / "20260131-120000-000000-autumn"
    catalogue.mkdir(parents=True)
    (catalogue / FORM).write_text('{"file": "autumn.csv"}', "utf-8")
    products = {"Green teapot": "Green-teapot", "": "Vase-amazon-main"}
    for product, place in products.items():
        made = record(place, candidates=[entry(0)]).model_copy(update={"created": "2026-01-31T00:00:00+00:00"})
        log.enter(made, catalogue / "runs" / place, product)
    web, asked = sent("")[0], ("every", history.EVERY, "every", "", "")
    assert [row.run_id for row in log.recent(which=RunFilter(text="green tea"))] == ["Green-teapot"]
    listed = history._listing(web, "", history.PAGE, "", *asked)
    assert listed.count("autumn.csv · ") == 2 and "<strong>on a table" not in listed
    assert "<strong>Green teapot</strong>" in listed and "<strong>Vase amazon main</strong>" in listed
    assert of_run("", "", settings().runs_folder / "r1") == (locale.BACKDROP, "")
    head = history._opened(web, "Green-teapot", history.PAGE, "", *asked)[1]
    assert "<h2>Green teapot</h2>" in head and "autumn.csv · on a table" in head
