"""The log is complete, readable while it is written, and survives what happens to it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ecomgen.errors import BadPhoto, CannotWrite, UsageError
from ecomgen.runlog import Originals, RunLog

SCORES = {"identity": 0.9, "extension": None, "adherence": None, "quality": 0.8, "overall": 0.85}


def record(run_id: str, prompt: str = "on a table", sha256: str = "aa") -> dict:
    return {
        "run_id": run_id,
        "created": f"2026-01-01T00:00:00+00:00-{run_id}",
        "pipeline": "studio",
        "prompt": prompt,
        "references": [{"path": "/photos/a.jpg", "sha256": sha256}],
        "candidates": [],
    }


def entry(index: int, status: str = "kept") -> dict:
    return {
        "index": index,
        "seed": 7 + index,
        "path": f"candidates/{index:02d}-{7 + index}.png",
        "sha256": "00",
        "status": status,
        "reasons": [] if status == "kept" else ["too far"],
        "scores": SCORES,
    }


@pytest.fixture
def log(tmp_path: Path) -> RunLog:
    return RunLog(tmp_path / "deep" / "runs.sqlite")


def test_a_run_is_there_from_its_first_picture_on(log: RunLog, tmp_path: Path) -> None:
    log.begin(record("r1"), tmp_path)
    log.add_candidate("r1", entry(0))
    (row,) = log.recent()
    assert (row["status"], row["count"]) == ("running", 1)
    log.finish(record("r1") | {"candidates": [entry(0), entry(1, "filtered")]}, "done")
    (row,) = log.recent()
    assert (row["status"], row["count"], row["kept"], row["best"]) == ("done", 2, 1, 0.85)
    shown, folder = log.show("r1")
    assert len(shown["candidates"]) == 2 and folder == tmp_path


def test_newest_first_limited_and_searched(log: RunLog, tmp_path: Path) -> None:
    for number, prompt in enumerate(("on MARBLE", "in snow 100%", "a_b")):
        log.begin(record(f"r{number}", prompt), tmp_path)
    assert [row["run_id"] for row in log.recent()] == ["r2", "r1", "r0"]
    assert len(log.recent(limit=2)) == 2
    assert [row["run_id"] for row in log.recent(text="marble")] == ["r0"]
    assert [row["run_id"] for row in log.recent(text="%")] == ["r1"]


def test_the_start_of_an_id_is_enough_where_it_is_unambiguous(log: RunLog, tmp_path: Path) -> None:
    for run_id in ("ab1", "ab2", "ab"):
        log.begin(record(run_id), tmp_path)
    assert log.show("ab1")[0]["run_id"] == "ab1"
    assert log.show("ab")[0]["run_id"] == "ab"
    for wrong in ("a", "zz", "", "%"):
        with pytest.raises(UsageError, match="runs list"):
            log.show(wrong)


def test_delete_tells_which_photos_nobody_needs(log: RunLog, tmp_path: Path) -> None:
    log.begin(record("r1", sha256="aa"), tmp_path)
    log.begin(record("r2", sha256="aa"), tmp_path)
    assert log.delete("r1") == []
    assert log.delete("r2") == ["aa"]
    assert log.recent() == []


def test_many_threads_write_and_read_at_once(log: RunLog, tmp_path: Path) -> None:
    def work(number: int) -> None:
        log.begin(record(f"r{number}"), tmp_path)
        log.add_candidate(f"r{number}", entry(0))
        log.recent()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(24)))
    assert len(log.recent(limit=100)) == 24


def test_what_is_committed_survives_a_killed_process(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "from test_database import RunLog, record, entry;"
        "log = RunLog(Path(sys.argv[1])); log.begin(record('r1'), Path('/x')); log.add_candidate('r1', entry(0));"
        "os.kill(os.getpid(), 9)"
    )
    path = tmp_path / "runs.sqlite"
    died = subprocess.run([sys.executable, "-c", script, str(path), str(Path(__file__).parent)], check=False)
    assert died.returncode == -9
    assert RunLog(path).recent()[0]["count"] == 1


def test_a_log_from_the_future_or_no_log_at_all_is_refused(tmp_path: Path) -> None:
    newer = tmp_path / "newer.sqlite"
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    garbage = tmp_path / "garbage.sqlite"
    garbage.write_bytes(b"this is not a database, not at all" * 40)
    for path in (newer, garbage, Path("/proc/nowhere/runs.sqlite")):
        with pytest.raises(CannotWrite, match="ECOMGEN_HOME"):
            RunLog(path)


def test_originals_are_kept_once_and_found_by_content(tmp_path: Path, photo: Path) -> None:
    import hashlib

    originals = Originals(tmp_path / "originals")
    sha256 = hashlib.sha256(photo.read_bytes()).hexdigest()
    first, second = originals.keep(photo, sha256), originals.keep(photo, sha256)
    assert first == second and len(list(first.parent.iterdir())) == 1
    photo.unlink()
    assert originals.find(sha256, str(photo)) == first
    first.write_bytes(b"changed")
    with pytest.raises(BadPhoto, match="gone or was changed"):
        originals.find(sha256, str(photo))
