"""The run log under load and under attack: 100 kills, 20 full disks, 100,000 runs.

    python benchmarks/runlog.py [--runs N] [--kills N] [--full N] [--out FILE.json]

Prints for each what was lost (it must be nothing), the size of a run, and how long a filtered list and the app's page
of the history, with its thumbnails, take in relation to reading every run. Needs Linux; the full
disks need root, since each is a small one of its own (tmpfs).
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from ecomgen.errors import CannotWrite
from ecomgen.exporting import encode, write_atomically
from ecomgen.runlog import RunLog, Which

PLACES = ("oak table", "marble podium", "sandy beach", "forest moss", "kitchen counter", "city street", "snow", "linen")
PRODUCTS = ("mug", "vase", "bottle", "sneaker", "backpack", "teapot", "candle", "watch")
PICTURE = 60_000  # bytes
PAGE = 24  # runs on a page of the history


def record(run_id: str, number: int, count: int = 4) -> dict[str, Any]:
    """A run's record, about as long as a real one."""
    rng = random.Random(number)
    parameters = {
        "product": f"{rng.choice(PRODUCTS)} {number % 997}",
        "mask": None,
        "seed": number,
        "note": "x" * 700,
        "width": 1024,
    }
    created = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    return {
        "run_id": run_id,
        "created": created.isoformat(timespec="seconds"),
        "pipeline": "studio" if number % 9 else "sd15-inpaint",
        "prompt": f"on a {rng.choice(PLACES)}, {rng.choice(('morning', 'evening'))} light, item {number}",
        "references": [{"path": "/photos/a.jpg", "sha256": f"{number % 500:064d}"}],
        "parameters": parameters,
        "candidates": [candidate(index, rng, parameters) for index in range(count)],
    }


def candidate(index: int, rng: random.Random, parameters: dict[str, Any]) -> dict[str, Any]:
    score = round(rng.uniform(0.5, 1), 3)
    return {
        "index": index,
        "seed": 7 + index,
        "path": f"candidates/{index:02d}-{7 + index}.png",
        "sha256": "0" * 64,
        "status": "kept" if score > 0.7 else "filtered",
        "reasons": [],
        "scores": dict.fromkeys(("identity", "extension", "adherence", "quality", "overall"), score),
        "parameters": parameters,
    }


def make_runs(home: Path, told: Callable[[str], object], count: int = 10**9) -> None:
    """Make runs as the program does: the log, the files, the log; `told` hears of each finished one."""
    log = RunLog(home / "runs.sqlite")
    for number in range(count):
        run_id = f"{number:06d}-{secrets.token_hex(4)}"
        whole = record(run_id, number, 2)
        folder = home / "runs" / run_id
        log.begin(whole | {"candidates": []}, folder)
        write_atomically(folder / "product.png", b"p" * PICTURE)
        for entry in whole["candidates"]:
            write_atomically(folder / entry["path"], b"c" * PICTURE)
            log.add_candidate(run_id, entry)
        write_atomically(folder / "run.json", json.dumps(whole).encode())
        log.finish(whole, "done")
        told(run_id)


def wrong_after(home: Path, finished: list[str]) -> list[str]:
    """What is not as it should be after a process has died: nothing, if the log keeps its promises."""
    log = RunLog(home / "runs.sqlite")
    rows = {row["run_id"]: row for row in log.recent(limit=10**6)}
    wrong = [f"{run_id} is lost" for run_id in finished if rows.get(run_id, {}).get("status") != "done"]
    wrong += [f"{row['run_id']} is still {row['status']}" for row in rows.values() if row["status"] == "running"]
    wrong += [f"{part} was left behind" for part in (home / "runs").rglob("*.part")]
    pictures = (home / "runs").rglob("candidates/*.png")
    return wrong + [f"{file} is half written" for file in pictures if file.stat().st_size != PICTURE]


def kill(times: int) -> dict[str, Any]:
    """SIGKILL at random moments, into one log."""
    home = Path(tempfile.mkdtemp(prefix="ecomgen-kills-"))
    finished: list[str] = []
    wrong: list[str] = []
    for turn in range(times):
        words = [sys.executable, __file__, "--child", str(home)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            finished.append(process.stdout.readline().strip())
            time.sleep(random.Random(turn).uniform(0, 0.15))
            process.kill()
            finished += process.stdout.read().split()
        wrong += wrong_after(home, finished)
    shutil.rmtree(home)
    return {"kills": times, "finished_runs": len(finished), "wrong": wrong}


def fill(times: int) -> dict[str, Any]:
    """A disk that gets full at another moment each time, and then is emptied."""
    wrong: list[str] = []
    runs = 0
    for turn in range(times):
        disk = Path(tempfile.mkdtemp(prefix="ecomgen-full-"))
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={600 + 61 * turn}k", "tmpfs", str(disk)], check=True)
        finished: list[str] = []
        try:
            try:
                make_runs(disk, finished.append)
            except CannotWrite:
                subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
            wrong += wrong_after(disk, finished)
            runs += len(finished)
            make_runs(disk, finished.append, 1)
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=False)
            disk.rmdir()
    return {"full_disks": times, "finished_runs": runs, "wrong": wrong}


def grow(runs: int) -> dict[str, Any]:
    """A log of many runs: how large, and how fast its lists are against reading every record."""
    home = Path(tempfile.mkdtemp(prefix="ecomgen-many-"))
    log = RunLog(home / "runs.sqlite")
    insert(log, runs, home / "runs")
    paint(home / "runs", [row["folder"] for row in log.recent(limit=PAGE)])
    size = (home / "runs.sqlite").stat().st_size
    scan = timed(lambda: sum("zzz" in one["prompt"] for one, _ in log.each(Which())), repeats=1)
    narrow = timed(lambda: log._read("SELECT COUNT(*) FROM runs WHERE instr(lower(prompt), 'item 77')", ()), repeats=3)
    lists = {
        "newest": Which(),
        "prompt": Which(prompt="marble podium"),
        "prompt, rare": Which(prompt="item 77123"[: len(str(runs)) + 4]),
        "product": Which(product="teapot 41"),
        "text, none": Which(text="no such thing"),
        "pipeline": Which(pipeline="sd15-inpaint"),
        "date": Which(since="2026-01-20", until="2026-01-21"),
        "kept": Which(kept=True),
        "not kept": Which(kept=False),
        "prompt, pipeline, kept": Which(prompt="beach", pipeline="sd15-inpaint", kept=True),
    }
    seconds = {name: timed(lambda which=which: log.recent(which=which)) for name, which in lists.items()}
    import_module("ecomgen.web.history_markup")  # not to be timed
    pages = {
        "first look": timed(lambda: history_page(log, Which()), repeats=1),
        "again": timed(lambda: history_page(log, Which())),
        "searched": timed(lambda: history_page(log, Which(text="marble podium"))),
    }
    shutil.rmtree(home)
    return {
        "runs": runs,
        "bytes_per_run": round(size / runs),
        "bytes_per_run_without_its_record": round(size / runs - len(json.dumps(record("x", 1)))),
        "scan_of_records_s": round(scan, 3),
        "scan_of_rows_s": round(narrow, 4),
        "list_to_scan_of_records": {name: round(value / scan, 5) for name, value in seconds.items()},
        "list_to_scan_of_rows": {name: round(value / narrow, 3) for name, value in seconds.items()},
        "history_page_to_scan_of_records": {name: round(value / scan, 5) for name, value in pages.items()},
        "list_ms": {name: round(1000 * value, 2) for name, value in seconds.items()},
    }


def insert(log: RunLog, runs: int, folder: Path) -> None:
    """As begin and finish do, but in few transactions."""
    from ecomgen.runlog import database

    with log._writing() as connection:
        for number in range(runs):
            run_id = f"r{number:06d}"
            whole = record(run_id, number)
            database.put_run(connection, whole, folder / run_id)
            database.put_record(connection, whole, "done")


def paint(home: Path, folders: list[str]) -> None:
    """Kept pictures of a usual size for the runs that a page of the history shows."""
    pixels = np.random.default_rng(0).integers(0, 256, (128, 128, 3), np.uint8)
    data = encode(np.kron(pixels, np.ones((8, 8, 1), np.uint8)), "png")
    for folder in folders:
        write_atomically(home / folder / "kept" / "01-7.png", data)


def history_page(log: RunLog, which: Which) -> str:
    """What the app does for its page of runs."""
    rows = log.recent(limit=PAGE + 1, which=which)
    from ecomgen.web import history_markup

    return history_markup.runs(rows[:PAGE], "", len(rows) > PAGE, which)


def timed(work: Callable[[], object], repeats: int = 7) -> float:
    """The best of several, in seconds."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--full", type=int, default=20)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        make_runs(options.child, lambda run_id: print(run_id, flush=True))
        return
    results = {"grow": grow(options.runs), "kill": kill(options.kills), "fill": fill(options.full)}
    print(json.dumps(results, indent=2))
    if options.out:
        options.out.write_text(json.dumps(results, indent=2), "utf-8")


if __name__ == "__main__":
    main()
