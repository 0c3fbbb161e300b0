"""The log is complete, readable while it is written, and survives what happens to it."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from logged import entry, record

from ecomgen.errors import BadPhoto, CannotWrite, UsageError
from ecomgen.messages import Message
from ecomgen.runlog import Originals, Places, RunFilter, RunLog


@pytest.fixture
def log(tmp_path: Path) -> RunLog:
    return RunLog(tmp_path / "deep" / "runs.sqlite")


def test_a_run_is_there_from_its_first_picture_on(log: RunLog, tmp_path: Path) -> None:
    log.begin(record("r1"), tmp_path)
    log.add_candidate("r1", entry(0))
    (row,) = log.recent()
    assert (row.status, row.count) == ("running", 1)
    log.finish(record("r1", candidates=[entry(0), entry(1, "filtered")]))
    (row,) = log.recent()
    assert (row.status, row.count, row.kept, row.best) == ("done", 2, 1, 0.85)
    shown, folder = log.show("r1")
    assert len(shown.candidates) == 2 and folder == tmp_path


def test_newest_first_limited_and_searched(log: RunLog, tmp_path: Path) -> None:
    for number, prompt in enumerate(("on MARBLE", "in snow 100%", "a_b")):
        log.begin(record(f"r{number}", prompt), tmp_path / str(number))
    assert [row.run_id for row in log.recent()] == ["r2", "r1", "r0"]
    assert len(log.recent(limit=2)) == 2
    assert [row.run_id for row in log.recent(which=RunFilter(text="marble"))] == ["r0"]
    assert [row.run_id for row in log.recent(which=RunFilter(text="%"))] == ["r1"]


def test_runs_are_found_by_what_they_hold(log: RunLog, tmp_path: Path) -> None:
    made = [
        ("r0", "on oak, morning", "blue mug", "studio", "2026-01-01T10:00:00+00:00", "kept"),
        ("r1", "on OAK, evening", "red vase", "sd15-inpaint", "2026-01-02T10:00:00+00:00", "filtered"),
        ("r2", 'in "snow" (x', "Blue Mug", "studio", "2026-01-03T10:00:00+00:00", "kept"),
    ]
    for run_id, prompt, product, pipeline, created, status in made:
        run = record(run_id, prompt, created=created, pipeline=pipeline, parameters={"product": product})
        log.begin(run, tmp_path)
        log.finish(run.model_copy(update={"candidates": (entry(0, status),)}))

    def found(**which: object) -> str:
        return " ".join(row.run_id for row in log.recent(which=RunFilter(**which)))  # type: ignore[arg-type]

    assert found(prompt="oak") == "r1 r0" and found(prompt="mug") == ""
    assert found(product="blue mug") == "r2 r0" and found(text="BLUE") == "r2 r0"
    assert found(pipeline="studio", prompt="oak") == "r0" and found(pipeline="stud") == ""
    assert found(since="2026-01-02") == "r2 r1" and found(until="2026-01-02") == "r1 r0"
    assert found(kept=True) == "r2 r0" and found(kept=False) == "r1"
    assert found(text='"snow" (') == "r2" and found(prompt="x") == "r2" and found(text="r1") == "r1"
    assert found(text="nothing like it") == "" and found(status="running") == ""
    assert [one.run_id for one, _ in log.each(RunFilter(prompt="oak"))] == ["r1", "r0"]


def test_runs_are_found_by_where_they_lie(log: RunLog, tmp_path: Path) -> None:
    for name in ("runs/a", "runs/b", "labs/x/one", "labs/x/two", "labs/x2/one"):
        log.begin(record(name.replace("/", "-"), "on oak"), tmp_path / name)
    places = Places(runs=(str(tmp_path / "runs/a"),), above=(str(tmp_path / "labs/x"),))
    for words in ({}, {"prompt": "oak"}):
        found = [row.run_id for row in log.recent(which=RunFilter(only=places, **words))]
        assert found == ["labs-x-two", "labs-x-one", "runs-a"]
        assert [row.run_id for row in log.recent(which=RunFilter(without=places, **words))] == ["labs-x2-one", "runs-b"]
    assert log.recent(which=RunFilter(only=Places())) == [] and len(log.recent(which=RunFilter(without=Places()))) == 5


def test_what_is_old_expires_but_never_the_newest(log: RunLog, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    for number in range(4):
        created = (now - timedelta(days=10 * (3 - number))).isoformat(timespec="seconds")
        log.begin(record(f"r{number}", created=created), tmp_path / str(number))
    log.finish(record("r0"))
    log.finish(record("r1"))
    log.finish(record("r3"))
    assert log.expired(older_than=timedelta(days=15), keep_last=None) == ["r0", "r1"]
    assert log.expired(older_than=timedelta(days=15), keep_last=3) == ["r0"]
    assert log.expired(older_than=None, keep_last=1) == ["r0", "r1"]


def test_a_mask_file_goes_with_the_last_run_that_used_it(log: RunLog, tmp_path: Path) -> None:
    log.begin(record("r1", parameters={"mask": "mm"}), tmp_path / "1")
    log.begin(record("r2", parameters={"mask": "mm"}), tmp_path / "2")
    assert log.delete("r1") == [] and sorted(log.delete("r2")) == ["aa", "mm"]


def test_the_start_of_an_id_is_enough_where_it_is_unambiguous(log: RunLog, tmp_path: Path) -> None:
    for run_id in ("ab1", "ab2", "ab"):
        log.begin(record(run_id), tmp_path / run_id)
    assert log.show("ab1")[0].run_id == "ab1"
    assert log.show("ab")[0].run_id == "ab"
    for wrong in ("a", "zz", "", "%"):
        with pytest.raises(UsageError, match="runs list"):
            log.show(wrong)


def test_a_folder_takes_one_run_at_a_time(log: RunLog, tmp_path: Path) -> None:
    log.begin(record("r1"), tmp_path / "out")
    with pytest.raises(CannotWrite, match="Another run"):
        RunLog(log.path).begin(record("r2"), tmp_path / "out")
    assert [row.run_id for row in log.recent()] == ["r1"]
    log.finish(record("r1"))
    log.begin(record("r2"), tmp_path / "out")


def test_a_run_that_somebody_makes_is_not_deleted(log: RunLog, tmp_path: Path) -> None:
    log.begin(record("r1"), tmp_path)
    with pytest.raises(UsageError, match="still being made"):
        RunLog(log.path).delete("r1")
    log.finish(record("r1"))
    assert RunLog(log.path).delete("r1") == ["aa"]


def test_a_photo_goes_with_the_last_run_that_used_it(log: RunLog, tmp_path: Path, photo: Path) -> None:
    sha256 = hashlib.sha256(photo.read_bytes()).hexdigest()
    kept = Originals(log.path.parent / "originals").keep(photo, sha256, "r0")
    for run_id in ("r1", "r2"):
        log.begin(record(run_id, sha256=sha256), tmp_path / run_id)
    log.delete("r1")
    assert kept.exists()
    log.delete("r2")
    assert not kept.exists()


def test_delete_tells_which_photos_nobody_needs(log: RunLog, tmp_path: Path) -> None:
    log.begin(record("r1", sha256="aa"), tmp_path / "1")
    log.begin(record("r2", sha256="aa"), tmp_path / "2")
    assert log.delete("r1") == []
    assert log.delete("r2") == ["aa"]
    assert log.recent() == []


def test_many_threads_write_and_read_at_once(log: RunLog, tmp_path: Path) -> None:
    def work(number: int) -> None:
        log.begin(record(f"r{number}"), tmp_path / str(number))
        log.add_candidate(f"r{number}", entry(0))
        log.recent()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(24)))
    assert len(log.recent(limit=100)) == 24


def test_what_is_committed_survives_a_killed_process(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "from logged import record, entry; from ecomgen.runlog import RunLog;"
        "log = RunLog(Path(sys.argv[1])); log.begin(record('r1'), Path('/x')); log.add_candidate('r1', entry(0));"
        "os.kill(os.getpid(), 9)"
    )
    path = tmp_path / "runs.sqlite"
    died = subprocess.run([sys.executable, "-c", script, str(path), str(Path(__file__).parents[1])], check=False)
    assert died.returncode == -9
    assert RunLog(path).recent()[0].count == 1


def test_a_log_from_the_future_or_no_log_at_all_is_refused(tmp_path: Path) -> None:
    newer = tmp_path / "newer.sqlite"
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    garbage = tmp_path / "garbage.sqlite"
    garbage.write_bytes(b"this is not a database, not at all" * 40)
    for path in (newer, garbage, Path("/proc/nowhere/runs.sqlite")):
        with pytest.raises(CannotWrite, match="update.*ECOMGEN_HOME" if path == newer else "ECOMGEN_HOME"):
            RunLog(path)


def test_originals_are_kept_once_and_found_by_content(tmp_path: Path, photo: Path) -> None:
    originals = Originals(tmp_path / "originals")
    sha256 = hashlib.sha256(photo.read_bytes()).hexdigest()
    first, second = originals.keep(photo, sha256, "r1"), originals.keep(photo, sha256, "r2")
    assert first == second and len(list(first.parent.iterdir())) == 1
    photo.unlink()
    assert originals.find(sha256, str(photo)) == first
    for strange in ("/etc/*", "../*", "", "*"):
        with pytest.raises(BadPhoto):
            originals.find(strange)
    first.write_bytes(b"changed")
    with pytest.raises(BadPhoto, match="gone or was changed"):
        originals.find(sha256, str(photo))


def test_a_photo_may_be_called_anything(tmp_path: Path) -> None:
    for name in ("a\nb.jpg", "no suffix", f"a.{'x' * 240}", "-rf;$(x) 'q'.PNG", "ü🫖.jpeg"):
        photo = tmp_path / name
        photo.write_bytes(name.encode())
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        kept = Originals(tmp_path / "originals").keep(photo, sha256, "r1")
        photo.unlink()
        assert Originals(tmp_path / "originals").find(sha256) == kept


def test_messages_can_still_be_translated(log: RunLog, tmp_path: Path) -> None:
    moved = Message("the earlier run in this folder was moved to {folder}", folder="out.1")
    log.begin(record("r1"), tmp_path)
    log.finish(record("r1", notes=[moved]))
    (note,) = log.show("r1")[0].notes
    assert isinstance(note, Message) and note == moved
    assert (note.template, note.values) == (moved.template, moved.values)
    log.amend(log.show("r1")[0].model_copy(update={"prompt": "on oak"}))
    assert isinstance(log.show("r1")[0].notes[0], Message)
