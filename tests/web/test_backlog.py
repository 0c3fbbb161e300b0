"""What was asked of the app is noted until it has ended, and told to its owner by another process only."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ecomgen.errors import UsageError
from ecomgen.web import left_over
from ecomgen.web.jobs import backlog
from ecomgen.web.jobs.backlog import Asked
from ecomgen.web.jobs.scheduler import Lane
from ecomgen.web.people.access import Person

ASKED = Asked(title="on <oak>", values={"prompt": "on <oak>"})
ANNA, BEN = (Person(name=name, private_machine=False) for name in ("visitor:anna", "visitor:ben"))
KILLED = """
import os
from ecomgen.web.jobs import backlog
for person, place in (("visitor:anna", "create"), ("visitor:ben", "lab")):
    backlog.keep(person, place, backlog.Asked(title=f"of {person}", values={}))
os._exit(9)
"""


def noted() -> list[Path]:
    return list(backlog.folder().glob("*"))


def test_a_job_is_noted_until_it_has_ended() -> None:
    lane, may_end = Lane(), threading.Event()
    jobs = [lane.start("visitor:anna", "create", lambda *_: may_end.wait(30), None, ASKED) for _ in range(3)]
    assert len(list(backlog.folder().glob("*.json"))) == 3
    assert backlog.left(ANNA.name) == [], "this process has them in work"
    jobs[2].cancel()
    may_end.set()
    for job in jobs[:2]:
        job.wait()
    for thread in threading.enumerate():
        if thread.name == "ecomgen-lane":
            thread.join(30)
    assert noted() == []


def test_a_job_that_is_refused_is_not_noted() -> None:
    lane = Lane(lambda: 0)
    with pytest.raises(UsageError):
        lane.start("visitor:anna", "create", lambda *_: None, None, ASKED)
    assert noted() == []


def test_what_a_killed_process_left_is_told_to_its_owner_only() -> None:
    assert subprocess.run([sys.executable, "-c", KILLED], check=False).returncode == 9
    assert [entry.place for entry in backlog.left(ANNA.name)] == ["create"]
    assert "of visitor:anna" in left_over.notice(ANNA) and "ben" not in left_over.notice(ANNA)
    (entry,) = backlog.left(BEN.name)
    with pytest.raises(UsageError):
        left_over._entry(ANNA, entry.name)
    backlog.forget(entry.name)
    assert left_over.notice(BEN) == "" and backlog.left(ANNA.name)


def test_what_somebody_wrote_is_shown_as_they_wrote_it() -> None:
    forget = backlog.keep("visitor:anna", "create", ASKED)
    (file,) = backlog.folder().glob("*.json")
    assert file.stat().st_mode & 0o077 == 0
    (entry,) = (backlog._read(one) for one in (file,))
    assert entry and entry.asked == ASKED and "&lt;oak&gt;" in left_over._line(entry)
    forget()


def test_a_damaged_note_is_passed_over() -> None:
    backlog.keep("visitor:anna", "create", ASKED)()
    for number, content in enumerate((b"", b"{", b"[]", b'{"name": 1}', b"\xff")):
        (backlog.folder() / f"{number}.json").write_bytes(content)
    assert backlog.left(ANNA.name) == []
