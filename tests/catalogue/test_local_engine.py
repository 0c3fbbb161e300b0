"""Catalogues on real worker processes: finished files, bad products, dying workers, a second start."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from channel_sizes import make_small
from commands import Run
from PIL import Image

from ecomgen import catalogue
from ecomgen.catalogue import Outcome
from ecomgen.catalogue.journal import Journal
from ecomgen.catalogue.lock import locked
from ecomgen.catalogue.worker import make
from ecomgen.errors import Cancelled
from ecomgen.types import Progress

FACTS = "count,size,seed,threshold"
VALUES = "1,64x64,3,0"


@pytest.fixture
def table(photo: Path, tmp_path: Path) -> Path:
    """Two good products and a broken photo."""
    (tmp_path / "broken.jpg").write_bytes(b"not a photo")
    file = tmp_path / "catalogue.csv"
    rows = [f"box,{photo},on marble,{VALUES}", f"broken,broken.jpg,on marble,{VALUES}", f"bag,{photo},white,{VALUES}"]
    file.write_text("\n".join([f"name,photos,prompt,{FACTS}", *rows, ""]), "utf-8")
    return file


def test_a_catalogue_goes_through_and_goes_on(run: Run, table: Path, photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = run("batch", table, "--out", out, "--json")
    assert answer.code == 3 and "1 of 3" in answer.err
    by_name = {item["name"]: item for item in answer.json["items"]}
    assert by_name["box"]["status"] == by_name["bag"]["status"] == "done"
    assert by_name["broken"]["status"] == "failed" and "broken.jpg" in by_name["broken"]["reason"]
    with Image.open(out / by_name["box"]["pictures"][0]) as picture:
        assert picture.size == (64, 64)
    assert (out / by_name["box"]["folder"] / "run.json").exists()
    lines = list(csv.DictReader((out / "report.csv").read_text("utf-8-sig").splitlines()))
    assert [line["status"] for line in lines] == ["done", "failed", "done"]

    shutil.copy(photo, tmp_path / "broken.jpg")
    again = run("batch", table, "--out", out, "--json")
    after = {item["name"]: item for item in again.json["items"]}
    assert again.code == 0 and after["broken"]["status"] == "done"
    assert after["box"]["run_id"] == by_name["box"]["run_id"], "what was done is not made again"


def test_what_a_worker_is_at_is_told_while_it_is_at_it(photo: Path, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.csv"
    file.write_text(f"name,photos,prompt,{FACTS}\nbox,{photo},on marble,2,64x64,3,0\n", "utf-8")
    items, told = catalogue.read(file, tmp_path / "unpacked", {}).items, list[Progress]()
    catalogue.run(items, tmp_path / "out", report=told.append)
    units = [(one.unit.step, one.done) for one in told if one.unit]
    assert {("load", 0), ("scene", 0), ("score", 0), ("picture", 0)} <= set(units)
    assert told[-1].done == 1 and told[-1].unit is None, "what is finished is at nothing any more"


def test_dry_run_makes_nothing(run: Run, table: Path, tmp_path: Path) -> None:
    answer = run("batch", table, "--out", tmp_path / "out", "--dry-run", "--json")
    assert answer.code == 3 and [row["count"] for row in answer.json["items"]] == [1, 0, 1]
    assert "broken.jpg is not a photo that can be read" in answer.json["items"][1]["problem"]
    for option, value in {"--look": "no-such", "--pipeline": "no-such"}.items():
        wrong = run("batch", table, "--out", tmp_path / "out", "--dry-run", "--json", option, value)
        assert wrong.code == 2 and "'no-such'" in wrong.err
    assert not (tmp_path / "out").exists()


def test_dry_run_tells_what_has_no_effect_and_what_no_pipeline_takes(run: Run, photo: Path, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.csv"
    file.write_text(f"photos,prompt,mode\n{photo},on oak with blorbs,\n{photo},on oak,redraw\n", "utf-8")
    words = ("batch", file, "--out", tmp_path / "out", "--dry-run")
    told = run(*words)
    assert told.code == 3 and "  Not understood: blorbs\n" in told.out and "cannot do --mode redraw" in told.out
    assert [row["ignored"] for row in run(*words, "--json").json["items"]] == [["blorbs"], []]
    assert "Not understood" not in run(*words, "--cutouts").out


def test_channels_give_their_own_files(run: Run, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_small(monkeypatch, "instagram-square", 540, 540)
    file = tmp_path / "catalogue.csv"
    line = f"box,{photo},on marble,instagram-square,1,1,7"
    file.write_text(f"name,photos,prompt,channels,count,steps,seed\n{line}\n", "utf-8")
    (item,) = catalogue.read(file, tmp_path / "unpacked", {}).items
    outcome = make(item, tmp_path / "out")
    assert outcome.status == "done" and outcome.pictures == ("pictures/box-instagram-square-1.jpg",)
    picture = tmp_path / "out" / outcome.pictures[0]
    assert run("channels", "check", picture, "--channel", "instagram-square").code == 0


@pytest.mark.usefixtures("in_process")
def test_a_cancel_keeps_what_is_done(table: Path, tmp_path: Path) -> None:
    items = catalogue.read(table, tmp_path / "unpacked", {}).items
    seen: list[Outcome] = []

    def stop_after_one(progress: Progress) -> None:
        if progress.done:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        catalogue.run(items, tmp_path / "out", report=stop_after_one, on_outcome=seen.append)
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert [item["name"] for item in report["items"]] == [outcome.name for outcome in seen] == ["box"]


def test_a_stop_leaves_the_product_in_work_to_the_next_start(photo: Path, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.csv"
    file.write_text(f"name,photos,prompt,{FACTS}\nbox,{photo},on marble,12,192x192,3,0\n", "utf-8")
    items = catalogue.read(file, tmp_path / "unpacked", {}).items
    begun = tmp_path / "out" / "runs" / "box" / "candidates"

    def stop_after_a_picture(_: Progress) -> None:
        if begun.is_dir() and any(begun.iterdir()):
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        catalogue.run(items, tmp_path / "out", report=stop_after_a_picture)
    assert len(list(begun.iterdir())) < 12
    assert json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["items"] == []


def test_a_worker_that_dies_costs_no_other_product(table: Path, tmp_path: Path) -> None:
    """The worker is killed from outside while it works, as the kernel does when memory runs out."""
    script = (
        "from pathlib import Path; from ecomgen.catalogue import read, run\n"
        f"if __name__ == '__main__':\n"
        f"    items = read(Path({str(table)!r}), Path({str(tmp_path / 'unpacked')!r}), {{}}).items\n"
        f"    print([one.status for one in run(items, Path({str(tmp_path / 'out')!r}))])\n"
    )
    file = tmp_path / "script.py"
    file.write_text(script, "utf-8")
    parent = subprocess.Popen([sys.executable, str(file)], stdout=subprocess.PIPE, text=True)
    os.kill(_first_child(parent.pid), signal.SIGKILL)
    out, _ = parent.communicate(timeout=240)
    assert out.strip() == "['done', 'failed', 'done']"
    (box,) = (item for item in json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["items"][:1])
    assert "-9" in box["retried"][0] and box["reason"] == ""


def _first_child(pid: int) -> int:
    """The pid of the first worker: spawned processes name themselves so on their command line."""
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                words = (entry / "cmdline").read_bytes()
            except (OSError, ValueError):
                continue
            if parent == pid and b"spawn_main" in words:
                return int(entry.name)
        time.sleep(0.05)
    raise AssertionError("no worker was started")


def test_a_journal_that_a_full_disk_cut_inside_a_letter_is_gone_on_with(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add(Outcome(name="a", status="done"))
    journal.add(Outcome(name="größe", status="done"))
    file = tmp_path / "journal.jsonl"
    with file.open("rb") as whole:
        assert [json.loads(line)["name"] for line in whole] == ["a", "größe"], "a line for each, and no empty one"
    file.write_bytes(file.read_bytes().partition("ö".encode())[0] + b"\xc3")
    again = Journal(tmp_path)
    again.add(Outcome(name="b\u2028c", status="done"))
    for journal in (again, Journal(tmp_path)):
        assert list(journal._lines) == ["a", "b\u2028c"]
        assert (found := journal.last("b\u2028c")) and found.name == "b\u2028c"


def test_two_catalogues_do_not_share_a_folder(run: Run, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with locked(out):
        answer = run("batch", table, "--out", out)
    assert answer.code == 3 and f"process {os.getpid()}" in answer.err
    assert not (out / "journal.jsonl").exists()
    with locked(out):
        pass


ORPHAN = """
import sys, time
from pathlib import Path
from ecomgen.catalogue.local_engine import _Process
from ecomgen.catalogue.worker import make

if __name__ == "__main__":
    process = _Process(Path(sys.argv[1]), 1, make)
    print(process._process.pid, flush=True)
    time.sleep(600)
"""


def test_a_worker_does_not_outlive_its_parent(tmp_path: Path) -> None:
    (tmp_path / "parent.py").write_text(ORPHAN)
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "parent.py"), str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        parent.kill()
    end = time.monotonic() + 120
    while time.monotonic() < end and _alive(worker):
        time.sleep(0.1)
    assert not _alive(worker)


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(")")[1].split()[0] != "Z"
    except OSError:
        return False
