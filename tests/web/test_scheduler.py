"""The lane: one job at a time, watched, stopped, and going on when nobody looks."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ecomgen.errors import BadPrompt, Cancelled
from ecomgen.types import Candidate, Progress, Report, Scores
from ecomgen.web import locale
from ecomgen.web.create.results.export import of_all
from ecomgen.web.create.results.progress import counted, live_cards, progress
from ecomgen.web.jobs.scheduler import Job, Lane, Latest, TooManyJobs, View, drafting

WAIT = 10  # seconds


class Gate:
    """Work that tells when it has begun and goes on when it is let."""

    def __init__(self) -> None:
        self.begun, self.open = threading.Event(), threading.Event()

    def __call__(self, report: Report, _: Any) -> str:
        self.begun.set()
        assert self.open.wait(WAIT)
        report(Progress(step="scene", done=1, total=2))
        return "done"


def test_a_draft_waits_for_a_picture_only_where_one_is_made() -> None:
    assert drafting(View(ahead=1)) == drafting(View(ahead=1, behind="create")) == locale.STAGE_WAITING
    assert drafting(View()) == drafting(View(ahead=1, behind="draft")) == locale.STAGE_DRAFTING


def test_jobs_run_one_after_the_other_and_know_how_many_are_before_them() -> None:
    lane, first, second = Lane(), Gate(), Gate()
    job = lane.start("anna", "create", first)
    other = lane.start("ben", "create", second)
    assert first.begun.wait(WAIT)
    assert other.view.ahead == 1
    assert not second.begun.is_set()
    first.open.set()
    second.open.set()
    assert (job.wait(), other.wait()) == ("done", "done")
    assert job.view.progress == Progress(step="scene", done=1, total=2)


def test_cancelling_stops_that_job_and_no_other() -> None:
    lane, first, second = Lane(), Gate(), Gate()
    job, other = lane.start("anna", "create", first), lane.start("ben", "create", second)
    assert first.begun.wait(WAIT)
    job.cancel()
    assert job.view.stopping
    first.open.set()
    second.open.set()
    with pytest.raises(Cancelled):
        job.wait()
    assert other.wait() == "done"


def test_a_job_that_waits_is_cancelled_at_once_and_never_begins() -> None:
    lane, first, second = Lane(), Gate(), Gate()
    job, other = lane.start("anna", "create", first), lane.start("ben", "create", second)
    assert first.begun.wait(WAIT)
    other.cancel()
    with pytest.raises(Cancelled):
        other.wait()
    first.open.set()
    assert job.wait() == "done"
    assert not second.begun.is_set()


def test_the_owner_finds_the_job_again_after_leaving() -> None:
    lane, gate = Lane(), Gate()
    lane.start("anna", "create", gate)
    assert gate.begun.wait(WAIT)
    found = lane.current("anna", "create")
    assert found is not None
    assert next(found.watch()) is found.view
    gate.open.set()
    assert [view for view in found.watch() if view.ended][-1].result == "done"
    assert lane.current("nobody", "create") is None


def test_what_reports_much_is_looked_at_a_few_times_a_second() -> None:
    def work(report: Report, _seen: Any) -> str:
        for number in range(100):
            report(Progress(step="scene", done=number, total=100))
        return "done"

    views = list(Job(work).begin().watch())
    assert len(views) <= 3 and views[-1].result == "done"


def test_an_error_reaches_whoever_waits() -> None:
    def fail(_report: Report, _seen: Any) -> None:
        raise BadPrompt("The prompt is empty.")

    job = Job(fail).begin()
    with pytest.raises(BadPrompt):
        job.wait()


def test_only_the_latest_question_counts() -> None:
    latest, cancelled = Latest(), []
    first = latest.take_over("anna", lambda: cancelled.append("first"))
    other = latest.take_over("ben", lambda: cancelled.append("other"))
    second = latest.take_over("anna", lambda: cancelled.append("second"))
    assert (first(), second(), other()) == (False, True, True)
    assert cancelled == ["first"]


def test_a_draft_is_shown_until_its_picture_is_done() -> None:
    rough = np.full((6, 8, 3), 90, np.uint8)
    seen: list[View] = []

    def work(report: Report, done: Any) -> None:
        report(Progress(step="scene", total=2))
        seen.append(job.view)
        report(Progress(step="scene", total=2, draft=rough))
        report(Progress(step="scene", done=1, total=2))
        seen.append(job.view)
        done(Candidate(index=0, seed=1, pixels=rough, scores=Scores(), steps=1, sampler="path"), Path("one.png"))
        seen.append(job.view)

    job = Job(work)
    job.run()
    job.wait()
    empty, drafted, finished = seen
    assert drafted.draft is rough
    assert drafted.begun == empty.begun, "the draft is a part of the first picture"
    assert finished.draft is None
    assert "data:image" in live_cards(drafted, 3, (8, 6))
    assert locale.DRAFT in live_cards(drafted, 3, (8, 6))
    assert live_cards(drafted, 3, (8, 6)).count("card coming") == 3
    assert "data:image" not in live_cards(finished, 3, (8, 6))


def test_the_time_left_is_told_from_the_first_picture_on() -> None:
    ago = time.monotonic() - 60
    first = View(started=ago - 100, begun=ago, progress=Progress(step="scene", done=25, total=100))
    assert "about 3 min left<" in progress(first, 2)
    assert "about 2 min left<" in progress(first, 2, expected=160 + 60), "halfway between what is seen and expected"
    for view in (
        replace(first, begun=None),
        replace(first, progress=Progress(step="scene", done=2, total=100)),
        replace(first, progress=Progress(step="matte", done=1, total=2)),
    ):
        assert " left<" not in progress(view, 2)
    unseen = replace(first, progress=Progress(step="scene", done=2, total=100))
    assert "about 5 min left<" in progress(unseen, 2, expected=160 + 290), "as earlier runs took"


def test_of_many_runs_the_one_in_work_is_told_with_a_time_left_that_is_steady(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: clock)
    view, left = View(started=clock), []
    steps = [Progress(step="load"), Progress(step="mask"), Progress(step="scene", done=0, total=4000)]
    steps += [Progress(step="scene", done=done, total=4000) for done in range(500, 4500, 500)]
    for number, step in enumerate(steps):
        clock = 100.0 + 4 * number
        view = view.after(Progress(step="catalogue", done=1, total=3, unit=step))
        shown = counted(view, "Making the catalogue", 1, 3, name="Mug", pictures=4, each=40)
        left.append(int(shown.split("· about ")[1].split(" s left<")[0]))
        assert shown.count('role="progressbar"') == 2 and ">Mug</strong>" in shown
    assert left[0] == 80 and left[-1] < 45
    assert all(2 <= before - after <= 6 for before, after in pairwise(left)), left
    assert "Picture 4 of 4" in shown and 'aria-valuenow="99"' in shown and "1 / 3" in shown
    found = counted(View(started=0.0).after(Progress(step="catalogue", unit=steps[1])), "", 0, 3, name="Mug")
    assert locale.STEPS_OF_WORK["mask"] in found and locale.PREPARING not in found
    single = counted(view, "", 1, 3, name="Mug", pictures=1)
    assert locale.STEPS_OF_WORK["scene"] in single and "Picture 1 of 1" not in single
    after = view.after(Progress(step="catalogue", done=2, total=3))
    assert after.unit is None and locale.PREPARING in counted(after, "", 2, 3, name="Bowl"), "the next begins anew"
    assert "Mug" not in counted(replace(view, ahead=1), "", 1, 3, name="Mug"), "others go first"


def test_short_work_waits_for_other_short_work_alone_and_counts_like_any_other() -> None:
    lane, picture, cutouts, others = Lane(lambda: 2), Gate(), Gate(), Gate()
    run = lane.start("anna", "create", picture)
    assert picture.begun.wait(WAIT)
    short, waiting = (
        lane.start("anna", "catalogue", cutouts, is_short=True),
        lane.start("ben", "rest", others, is_short=True),
    )
    assert cutouts.begun.wait(WAIT), "a picture in work keeps no cut-out waiting"
    assert waiting.view.ahead == 1 and not others.begun.is_set()
    assert lane.counted() == (1, 2)
    with pytest.raises(TooManyJobs):
        lane.start("anna", "catalogue", cutouts, is_short=True)
    short.cancel()
    cutouts.open.set()
    with pytest.raises(Cancelled):
        short.wait()
    assert others.begun.wait(WAIT) and not run.view.stopping
    others.open.set()
    picture.open.set()
    assert (waiting.wait(), run.wait()) == ("done", "done")


@pytest.mark.parametrize("kind", ["pictures", "files"])
def test_a_draft_goes_between_two_pictures_and_a_run_between_two_files_of_its_own_person(kind: str) -> None:
    lane, made, blank = Lane(), Gate(), np.zeros((2, 2, 3), np.uint8)
    done: list[str] = []

    def work(report: Report, seen: Any) -> None:
        hear = of_all(report, [1.0, 1.0])
        for number in range(2):
            hear(Progress(step="export", done=number, total=2) if kind == "files" else Progress(step="scene"))
            hear(Progress(step="scene", done=1000, total=1000))  # the renderer may be at it
            done.append("picture")
            if number == 0:
                made(report, None)
            if kind == "pictures":
                one = Candidate(index=number, seed=1, pixels=blank, scores=Scores(), steps=1, sampler="path")
                seen(one, Path("one.png"))

    first = lane.start("anna", "export", work)
    assert made.begun.wait(WAIT)
    last = lane.start("anna", "create", lambda *_: done.append("run"))
    assert "your download" in progress(last.view, 1), "it is said why it waits"
    draft = lane.start("anna", "draft", lambda *_: done.append("draft"), is_draft=True)
    assert (draft.view.ahead, last.view.ahead) == (1, 2)
    made.open.set()
    for job in (first, draft, last):
        job.wait()
    between = ["run"] if kind == "files" else []
    assert done == ["picture", "draft", *between, "picture", *(["run"] if not between else [])]


def test_a_run_calls_off_the_draft_in_work_and_those_that_wait() -> None:
    lane, drawn = Lane(), Gate()

    def draft(report: Report, _: Any) -> None:
        drawn.begun.set()
        while True:
            report(Progress(step="scene"))
            time.sleep(0.01)

    drafts = [lane.start("anna", "draft", draft, is_draft=True) for _ in range(2)]
    other = lane.start("ben", "draft", lambda *_: "his", is_draft=True)
    assert drawn.begun.wait(WAIT)
    lane.call_off("anna", "draft")
    assert lane.start("anna", "create", lambda *_: "made").wait() == "made"
    assert all(isinstance(job.view.error, Cancelled) for job in drafts) and other.wait() == "his"


def test_a_download_lets_others_have_a_turn_between_two_files() -> None:
    lane, made, done = Lane(), Gate(), list[str]()

    def work(report: Report, _: Any) -> None:
        for number in range(2):
            report(Progress(step="export", done=number, total=2))
            done.append("file")
            if number == 0:
                made(lambda _: None, None)

    first = lane.start("anna", "export", work)
    assert made.begun.wait(WAIT)
    other = lane.start("ben", "create", lambda *_: done.append("run"))
    made.open.set()
    first.wait()
    other.wait()
    assert done == ["file", "run", "file"]
