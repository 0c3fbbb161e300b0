"""What people decide of pictures: the last word counts, every word is kept, and the threshold that fits is found."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from commands import Run
from logged import SCORES, entry, record
from PIL import Image

from ecomgen.errors import UsageError
from ecomgen.export import best
from ecomgen.request import ExportOptions
from ecomgen.runlog import RunFilter, RunLog, Said, run_log
from ecomgen.runlog.decisions import Judged, agreement, reasons
from ecomgen.settings import settings
from ecomgen.workflows.channel_export import Order


@pytest.fixture
def log(tmp_path: Path) -> RunLog:
    log = RunLog(tmp_path / "runs.sqlite")
    for run in ("r1", "r2"):
        log.begin(record(run), tmp_path / run)
        log.finish(record(run, candidates=[entry(0), entry(1, "filtered"), entry(2)]))
    return log


def say(log: RunLog, position: int, act: str, reason: str = "", words: str = "", run: str = "r1") -> None:
    log.decide(
        Said(number=0, said="", run_id=run, position=position, person="anna", act=act, reason=reason, words=words)  # type: ignore[arg-type]
    )


def test_the_last_word_counts_and_every_word_is_kept(log: RunLog) -> None:
    say(log, 0, "approve")
    say(log, 0, "star")
    say(log, 0, "reject", "light", "too dark")
    say(log, 1, "comment", words="crop it")
    first = log.decisions("r1")[0]
    assert (first.starred, first.verdict, first.reason, first.by) == (True, "rejected", "light", "anna")
    assert [one.words for one in first.comments] == ["too dark"]
    assert log.decisions("r1")[1].verdict == "" and 2 not in log.decisions("r1") and not log.decisions("r2")
    assert [one.act for one in log.said()] == ["approve", "star", "reject", "comment"]
    say(log, 0, "undecide")
    say(log, 0, "unstar")
    assert (log.decisions("r1")[0].verdict, log.decisions("r1")[0].starred) == ("", False)
    assert log.judged() == []


def test_runs_are_found_by_what_was_decided(log: RunLog) -> None:
    say(log, 0, "star")
    say(log, 0, "approve", run="r2")
    say(log, 1, "reject", "scene", run="r2")

    def found(what: str) -> list[str]:
        return [row.run_id for row in log.recent(which=RunFilter(decided=what))]  # type: ignore[arg-type]

    assert (found("starred"), found("approved"), found("rejected")) == (["r1"], ["r2"], ["r2"])
    assert len(log.said(RunFilter(decided="starred"))) == 1


def test_decisions_outlive_the_record_that_is_written_anew_and_leave_with_the_run(log: RunLog) -> None:
    say(log, 2, "approve")
    log.finish(record("r1", candidates=[entry(0), entry(1), entry(2)]))
    assert log.decisions("r1")[2].verdict == "approved"
    log.delete("r1")
    assert log.said() == [] and log.judged() == []


@pytest.mark.parametrize(
    ("position", "act", "reason", "words", "told"),
    [
        (7, "approve", "", "", "no picture 8"),
        (0, "burn", "", "", "no decision"),
        (0, "reject", "", "", "for a reason"),
        (0, "approve", "light", "", "leave it out"),
        (0, "comment", "", "  ", "needs words"),
        (0, "comment", "", "x" * 1001, "shorten"),
    ],
)
def test_what_cannot_be_decided_is_told(
    log: RunLog, position: int, act: str, reason: str, words: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        say(log, position, act, reason, words)
    assert log.said() == []


def test_an_export_takes_what_was_approved_best_first_also_of_the_filtered() -> None:
    run = record("r1", candidates=[entry(0), entry(1, "filtered"), entry(2, why_first="it does")])
    first, second, third = run.candidates
    assert best(run, None) == [third, first]
    assert best(run, None, {1, 0}) == [first, second] and best(run, 1, {0, 1}) == [first]
    with pytest.raises(UsageError, match="approved yet"):
        best(run, None, frozenset())
    assert best(run, None, rejected={2}) == [first] and best(run, 1, rejected={2}) == [first]
    with pytest.raises(UsageError, match="take a rejection back"):
        best(run, None, rejected={0, 2})


def test_what_was_rejected_is_not_exported_until_it_is_taken_back(tmp_path: Path) -> None:
    run = record("r1", candidates=[entry(0), entry(1), entry(2)])
    log = run_log()
    log.begin(run, tmp_path / "r1")
    log.finish(run)
    order = partial(Order, record=run, folder=tmp_path / "r1", options=ExportOptions())
    say(log, 1, "reject", "light")
    assert [one.index for _, _, one in order().asked] == [0, 2]
    by_hand = order(chosen=frozenset({1}))
    assert [one.index for _, _, one in by_hand.asked] == [1]
    say(log, 1, "undecide")
    assert len(order().asked) == 3


def judged(verdict: str, identity: float | None, reason: str = "") -> Judged:
    return Judged(verdict=verdict, reason=reason, identity=identity, quality=0.5, overall=0.5)


def test_the_threshold_that_fits_parts_approved_from_untrue() -> None:
    people = [*(judged("approved", one) for one in (0.41, 0.44, 0.9)), judged("rejected", 0.2, "product")]
    people += [judged("rejected", 0.97, "light"), judged("approved", None)]  # these say nothing of identity
    found = agreement(people, 0.5)
    assert (found.approved_below, found.rejected_above, found.decided) == (2, 0, 4)
    assert found.fits is not None and 0.2 < found.fits <= 0.41
    strict = [*(judged("rejected", one, "product") for one in (0.55, 0.62)), judged("approved", 0.8)]
    found = agreement(strict, 0.5)
    assert found.rejected_above == 2 and found.fits is not None and 0.62 < found.fits <= 0.8


def test_one_disagreement_is_no_reason_for_another_threshold() -> None:
    assert agreement([judged("approved", 0.4), judged("approved", 0.9)], 0.5).fits is None
    assert agreement([], 0.5).fits is None


def test_reasons_are_counted_beside_the_scores(log: RunLog) -> None:
    say(log, 0, "reject", "light")
    say(log, 1, "reject", "light")
    say(log, 2, "approve")
    found = reasons(log.judged())
    assert {name: count for name, (count, _) in found.items()} == {"approved": 1, "light": 2}
    assert found["light"][1]["identity"] == pytest.approx(SCORES["identity"])


def test_the_command_line_decides_shows_and_exports_what_was_approved(run: Run, tmp_path: Path) -> None:
    log, folder = RunLog(settings().database), tmp_path / "r3"
    for name in ("candidates/01-8.png", "product.png"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGBA" if name == "product.png" else "RGB", (64, 48), "red").save(folder / name)
    log.begin(record("r3"), folder)
    log.finish(record("r3", candidates=[entry(0), entry(1, "filtered")]))
    nothing = run("runs", "export", "r3", "--approved", "--out", tmp_path / "out")
    assert nothing.code == 2 and "approved yet" in nothing.err
    assert run("runs", "decisions", "r3").out == "Nobody has decided yet whether a picture is true.\n"
    assert run("runs", "decide", "r3", 2, "approve").code == 0
    assert run("runs", "decide", "r3", 1, "reject", "--reason", "light", "--words", "too dark").code == 0
    assert run("runs", "export", "r3", "--approved", "--no-metadata", "--out", tmp_path / "out").code == 0
    assert [file.name for file in (tmp_path / "out").glob("*.png")] == ["product_table_01.png"]
    told = run("runs", "decisions", "r3").out
    assert "picture 1" in told and "light: too dark" in told and "agrees with all 1 decisions" in told
    assert run("runs", "decisions", "r3", "--json").json["reasons"]["light"]["count"] == 1
    assert run("runs", "export", "--approved", "--format", "csv").code == 2
