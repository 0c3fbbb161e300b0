"""A log of each earlier version is brought up to date, with everything that was in it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from logged import entry, entry_values, record, values

from ecomgen.errors import CannotWrite
from ecomgen.runlog import RunFilter, RunLog
from ecomgen.runlog.migration import scripts

MASKED = {"parameters": {"product": "blue mug", "mask": "mm", "channel": None}}


def written_by_version_1(path: Path) -> None:
    """Two runs, as the first version wrote them; the later one in time stands first."""
    connection = sqlite3.connect(path)
    connection.executescript(scripts()[0])
    for run_id, status in (("r2", "done"), ("r1", "cancelled")):
        run = values(run_id, f"on oak {run_id}", **MASKED, candidates=[entry_values(0), entry_values(1, "filtered")])
        connection.execute(
            "INSERT INTO runs VALUES (?, ?, ?, 'studio', ?, '/runs/x', ?)",
            (run_id, run["created"], status, run["prompt"], json.dumps(run)),
        )
        connection.execute("INSERT INTO photos VALUES (?, 0, '/photos/a.jpg', 'aa')", (run_id,))
        for candidate in run["candidates"]:
            facts = [run_id, *(candidate[name] for name in ("index", "seed", "path", "sha256", "status")), "[]"]
            scores = list(candidate["scores"].values())
            connection.execute(f"INSERT INTO candidates VALUES ({', '.join('?' * 12)})", [*facts, *scores])
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()


def written_by_version_2(path: Path) -> None:
    """The same runs, with narrow rows and without a table of messages."""
    written_by_version_1(path)
    connection = sqlite3.connect(path)
    connection.executescript(scripts()[1])
    connection.execute("PRAGMA user_version = 2")
    connection.commit()
    connection.close()


def written_by_version_3(path: Path) -> None:
    """With messages, and nobody decides anything yet."""
    written_by_version_2(path)
    connection = sqlite3.connect(path)
    connection.executescript(scripts()[2])
    connection.execute("PRAGMA user_version = 3")
    connection.commit()
    connection.close()


WRITERS = {1: written_by_version_1, 2: written_by_version_2, 3: written_by_version_3}


def test_every_earlier_version_has_its_test() -> None:
    assert set(WRITERS) == set(range(1, len(scripts())))


@pytest.mark.parametrize("version", WRITERS)
def test_nothing_is_lost_and_everything_is_found(tmp_path: Path, version: int) -> None:
    path = tmp_path / "runs.sqlite"
    WRITERS[version](path)
    log = RunLog(path)
    rows = log.recent()
    assert [row.run_id for row in rows] == ["r2", "r1"]
    assert [(row.status, row.count, row.kept, row.best) for row in rows] == [
        ("done", 2, 1, 0.85), ("cancelled", 2, 1, 0.85)
    ]  # fmt: skip
    assert log.show("r1")[0].candidates == (entry(0), entry(1, "filtered"))
    assert [row.run_id for row in log.recent(which=RunFilter(prompt="OAK r1", product="mug", kept=True))] == ["r1"]
    log.begin(record("r3"), tmp_path)
    assert [row.run_id for row in log.recent()] == ["r3", "r2", "r1"]
    assert log.delete("r1") == [] and set(log.delete("r2")) == {"mm"} and log.delete("r3") == ["aa"]


def test_a_migration_is_taken_once_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    written_by_version_1(path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE runs SET record = 'no json' WHERE run_id = 'r2'")
    connection.commit()
    with pytest.raises(CannotWrite):
        RunLog(path)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    assert version == 1 and connection.execute("SELECT COUNT(*) FROM runs").fetchone() == (2,)
    connection.close()


def test_a_new_log_has_the_newest_version(tmp_path: Path) -> None:
    RunLog(tmp_path / "runs.sqlite")
    RunLog(tmp_path / "runs.sqlite")
    connection = sqlite3.connect(tmp_path / "runs.sqlite")
    assert connection.execute("PRAGMA user_version").fetchone() == (len(scripts()),)
    connection.close()
