"""A folder that is watched: what is dropped in comes out finished."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest

from ecomgen.catalogue import Outcome
from ecomgen.catalogue.watch import watch
from ecomgen.errors import BadInput, UsageError
from ecomgen.types import Progress

DEFAULTS = {"prompt": "on marble", "count": "1", "size": "64x64", "seed": "3", "threshold": "0", "steps": "1"}


@pytest.mark.usefixtures("in_process")
def test_what_is_dropped_in_comes_out_finished(photo: Path, tmp_path: Path) -> None:
    folder, out, stop = tmp_path / "in", tmp_path / "out", threading.Event()
    folder.mkdir()
    (folder / "half.png").write_bytes(photo.read_bytes()[:500])
    heard: list[Outcome] = []

    def told(outcome: Outcome) -> None:
        heard.append(outcome)
        if outcome.name == "half" and outcome.status == "failed":
            shutil.copy(photo, folder / "half.png")  # its copying ends late
        elif outcome.name == "half":
            (folder / ".hidden.png").write_bytes(b"")
            shutil.copy(photo, folder / "new.png")
        else:
            stop.set()

    limit = threading.Timer(150, stop.set)
    limit.start()
    watch(folder, out, DEFAULTS, on_outcome=told, stop=stop)
    limit.cancel()
    assert [(one.name, one.status) for one in heard] == [("half", "failed"), ("half", "done"), ("new", "done")]
    assert {file.name for file in (out / "pictures").iterdir()} == {"half-1.png", "new-1.png"}


def test_a_watch_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no gone"):
        watch(tmp_path / "gone", tmp_path / "out", DEFAULTS)
    with pytest.raises(UsageError, match="outside"):
        watch(tmp_path, tmp_path / "out", DEFAULTS)
    with pytest.raises(UsageError, match="no look called 'no-such'"):
        watch(tmp_path, tmp_path.with_name("out"), {"look": "no-such"})


def test_what_cannot_be_read_yet_is_told_and_waited_for(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "prompt.txt").write_text("on oak", "utf-8")
    stop, told = threading.Event(), list[Progress]()

    def report(progress: Progress) -> None:
        told.append(progress)
        stop.set()

    watch(tmp_path / "in", tmp_path / "out", DEFAULTS, report=report, stop=stop)
    assert len(told) == 1 and "holds no product" in told[0].message


def test_an_empty_folder_waits(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    stop = threading.Event()
    threading.Timer(2, stop.set).start()
    began = time.monotonic()
    watch(tmp_path / "in", tmp_path / "out", DEFAULTS, stop=stop)
    assert time.monotonic() - began >= 1.5 and not (tmp_path / "out").exists()
