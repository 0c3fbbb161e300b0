"""What was committed survives a killed process and a full disk; what was half done is cleared up at the next start."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from logged import entry, record

from ecomgen.errors import CannotWrite
from ecomgen.runlog import RunLog

HERE = str(Path(__file__).parents[1])
ENDLESS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from logged import entry, record
from ecomgen.runlog import RunLog
from ecomgen.atomic_file import write_atomically
log, runs = RunLog(Path(sys.argv[1])), Path(sys.argv[2])
for number in range(10_000):
    run_id = f"r{number:05d}"
    folder = runs / run_id
    log.begin(record(run_id), folder)
    write_atomically(folder / "product.png", b"x" * 20_000)
    for index in range(2):
        write_atomically(folder / "candidates" / f"{index:02d}-{7 + index}.png", b"x" * 50_000)
        log.add_candidate(run_id, entry(index))
    done = record(run_id, candidates=[entry(0), entry(1, "filtered")])
    write_atomically(folder / "run.json", b"{}")
    log.finish(done)
    print(run_id, flush=True)
"""


@pytest.mark.parametrize("moment", [2, 7, 16])
def test_a_killed_process_loses_nothing_that_was_committed(tmp_path: Path, moment: int) -> None:
    path, runs = tmp_path / "runs.sqlite", tmp_path / "runs"
    words = [sys.executable, "-c", ENDLESS, str(path), str(runs), HERE]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        finished = [process.stdout.readline().strip() for _ in range(moment)]
        process.kill()
        finished += process.stdout.read().split()
    log = RunLog(path)
    rows = {row.run_id: row for row in log.recent(limit=1000)}
    assert all(rows[run_id].status == "done" and rows[run_id].count == 2 for run_id in finished)
    assert {row.status for row in rows.values()} <= {"done", "failed"}
    for run_id, row in rows.items():
        assert len(log.show(run_id)[0].candidates) == row.count >= 1
    assert not list(runs.rglob("*.part"))
    assert {len(file.read_bytes()) for file in runs.rglob("candidates/*.png")} == {50_000}
    assert {folder.name for folder in runs.iterdir()} == set(rows)
    log.begin(record("next"), runs / "next")


def test_an_interrupted_run_is_complete_with_what_it_made(tmp_path: Path) -> None:
    script = ENDLESS.replace("    done =", "    import os; os.kill(os.getpid(), 9)\n    done =")
    path, runs = tmp_path / "runs.sqlite", tmp_path / "runs"
    subprocess.run([sys.executable, "-c", script, str(path), str(runs), HERE], check=False)
    log = RunLog(path)
    (row,) = log.recent()
    assert (row.status, row.count, row.kept) == ("failed", 2, 2)
    shown, folder = log.show(row.run_id)
    assert shown.candidates == (entry(0), entry(1)) and "interrupted" in shown.notes[-1]
    assert json.loads((folder / "run.json").read_text("utf-8")) == shown.as_json()


@pytest.mark.parametrize("heard", [True, False], ids=["logged", "unlogged"])
def test_a_run_killed_behind_its_run_json_is_what_that_says(tmp_path: Path, heard: bool) -> None:
    written = 'folder / "run.json", json.dumps(done.as_json()).encode())\n    os.kill(os.getpid(), 9)'
    script = ENDLESS.replace('folder / "run.json", b"{}")', written)
    script = script.replace("import sys\n", "import json, os, sys\n")
    script = script if heard else script.replace("log.add_candidate(run_id, entry(index))", "pass")
    path, runs = tmp_path / "runs.sqlite", tmp_path / "runs"
    subprocess.run([sys.executable, "-c", script, str(path), str(runs), HERE], check=False)
    log = RunLog(path)
    (row,) = log.recent()
    assert (row.status, row.count, row.kept) == ("done", 2, 1)
    shown, folder = log.show(row.run_id)
    assert json.loads((folder / "run.json").read_text("utf-8")) == shown.as_json()


def test_a_picture_that_the_log_never_heard_of_is_cleared_away(tmp_path: Path) -> None:
    for moment, left in (
        ("log.add_candidate(run_id, entry(index))", []),
        ("log.finish(done", ["00-7.png", "01-8.png"]),
    ):
        script = ENDLESS.replace(moment, f"import os; os.kill(os.getpid(), 9); {moment}")
        path, runs = tmp_path / "runs.sqlite", tmp_path / "runs"
        script = script.replace('write_atomically(folder / "run.json", b"{}")', "")
        subprocess.run([sys.executable, "-c", script, str(path), str(runs), HERE], check=False)
        rows = RunLog(path).recent()
        assert sorted(file.name for file in runs.rglob("candidates/*.png")) == left
        assert [row.count for row in rows] == ([2] if left else [])
        assert {folder.name for folder in runs.iterdir()} == {row.run_id for row in rows}


def test_a_run_that_goes_on_is_left_alone(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "runs.sqlite")
    log.begin(record("r1"), tmp_path / "r1")
    log.add_candidate("r1", entry(0))
    beside = RunLog(tmp_path / "runs.sqlite")
    assert beside.recent()[0].status == "running"
    assert beside.show("r1")[0].candidates == (entry(0),)
    log.finish(record("r1", candidates=[entry(0)]))
    assert beside.recent()[0].status == "done"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="a small disk of its own needs root to be mounted")
@pytest.mark.parametrize("room", [500, 760, 1100])
def test_a_full_disk_loses_nothing_that_was_committed(room: int) -> None:
    disk = Path(tempfile.mkdtemp(prefix="ecomgen-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={room}k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        disk.rmdir()
        pytest.skip("a small disk of its own cannot be mounted here")
    try:
        log = RunLog(disk / "runs.sqlite")
        finished = []
        with pytest.raises(CannotWrite, match="free some space"):
            for number in range(1000):
                run_id = f"r{number:04d}"
                log.begin(record(run_id, prompt="x" * 3000), disk / run_id)
                log.add_candidate(run_id, entry(0))
                log.finish(record(run_id, candidates=[entry(0)]))
                finished.append(run_id)
        rows = {row.run_id: row.status for row in log.recent(limit=1000)}
        assert finished and all(rows[run_id] == "done" for run_id in finished)
        subprocess.run(["mount", "-o", "remount,size=4m", str(disk)], check=True)
        del log
        again = RunLog(disk / "runs.sqlite")
        assert {row.status for row in again.recent(limit=1000)} <= {"done", "failed"}
        again.begin(record("next"), disk / "next")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
        shutil.rmtree(disk, ignore_errors=True)
