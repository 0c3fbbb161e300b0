"""The run log with 100,000 runs: how large it is, and how fast its lists are against reading every run.

    python benchmarks/runlog.py [--runs N] [--out FILE.json]

Two scans are the measure: of the records (what a log without indices would read) and of the narrow rows alone. The
pages of the history are what the app does when its tab is opened or searched, with the pictures: for a person who sees
every run, and for a visitor of a public app who made one run in a thousand.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ecomgen import samples
from ecomgen.atomic_file import write_atomically
from ecomgen.export import encode
from ecomgen.export.thumbnails import show_in_lists
from ecomgen.record import RunRecord, validated
from ecomgen.runlog import RunFilter, RunLog, database

PLACES = ("oak table", "marble podium", "sandy beach", "forest moss", "kitchen counter", "city street", "snow", "linen")
PRODUCTS = ("mug", "vase", "bottle", "sneaker", "backpack", "teapot", "candle", "watch")
PAGE = 24  # runs on a page of the history
OWN = 1000  # of so many runs, the visitor made one
VISITOR = "visitor:v"


def record(run_id: str, number: int, count: int = 4) -> RunRecord:
    """A run's record, about as long as a real one."""
    rng = random.Random(number)
    parameters = {
        "product": f"{rng.choice(PRODUCTS)} {number % 997}",
        "mask": None,
        "seed": number,
        "note": "x" * 700,
        "width": 1024,
        "height": 1024,
        "count": count,
        "threshold": 0.5,
    }
    created = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    values = {
        "run_id": run_id,
        "created": created.isoformat(timespec="seconds"),
        "pipeline": "studio" if number % 9 else "sd15-inpaint",
        "prompt": f"on a {rng.choice(PLACES)}, {rng.choice(('morning', 'evening'))} light, item {number}",
        "references": [{"path": "/photos/a.jpg", "sha256": f"{number % 500:064d}"}],
        "parameters": parameters,
        "candidates": [candidate(index, rng, parameters) for index in range(count)],
    }
    return validated(values)


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


def insert(log: RunLog, runs: int, folder: Path) -> None:
    """As begin and finish do, but in few transactions."""
    with log._writing() as connection:
        for number in range(runs):
            run_id = f"r{number:06d}"
            whole = record(run_id, number)
            database.put_run(connection, whole, folder / run_id)
            database.put_record(connection, whole)


def claim(home: Path, runs: int) -> None:
    """The visitor's runs, and everybody else's, as the app notes them."""
    from ecomgen.web.people import access

    with closing(sqlite3.connect(home / "app.sqlite")) as connection, connection:
        connection.execute(access.TABLE)
        owners = ((f"runs/r{number:06d}", f"visitor:{number % OWN or 'v'}") for number in range(runs))
        connection.executemany("INSERT INTO places VALUES (?, ?)", owners)


def paint(folders: list[Path]) -> None:
    """Kept pictures of a usual size for the runs that a page of the history shows."""
    with Image.open(samples.get("bottle").photos[0]) as photo:
        data = encode(np.asarray(photo.convert("RGB").resize((1024, 1024))), "png")
    for folder in folders:
        write_atomically(folder / "kept" / "01-7.png", data)


def history_page(name: str, which: RunFilter, private_machine: bool = True) -> str:
    """What the app does for its page of runs."""
    from ecomgen.web.people import access
    from ecomgen.web.tabs import history_markup

    who = access.Person(name=name, private_machine=private_machine)
    rows = access.runs_of(who, which, PAGE + 1)
    return history_markup.runs(rows[:PAGE], "", len(rows) > PAGE, which)


def timed(work: Callable[[], object], repeats: int = 7) -> float:
    """The best of several, in seconds."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def lists(log: RunLog, runs: int) -> dict[str, float]:
    """Seconds that lists of 50 runs take, by what is asked for."""
    asked = {
        "newest": RunFilter(),
        "prompt": RunFilter(prompt="marble podium"),
        "prompt, rare": RunFilter(prompt="item 77123"[: len(str(runs)) + 4]),
        "prompt, two letters": RunFilter(prompt="zq"),
        "product": RunFilter(product="teapot 41"),
        "text, none": RunFilter(text="no such thing"),
        "pipeline": RunFilter(pipeline="sd15-inpaint"),
        "pipeline, none": RunFilter(pipeline="no-such"),
        "date": RunFilter(since="2026-01-20", until="2026-01-21"),
        "date, none": RunFilter(since="2030-01-01"),
        "first day": RunFilter(until="2026-01-01"),
        "kept": RunFilter(kept=True),
        "not kept": RunFilter(kept=False),
        "prompt, pipeline, kept": RunFilter(prompt="beach", pipeline="sd15-inpaint", kept=True),
        "pipeline, not kept, first day": RunFilter(pipeline="studio", kept=False, until="2026-01-01"),
    }
    return {name: timed(lambda which=which: log.recent(which=which)) for name, which in asked.items()}


def pages(log: RunLog, home: Path, runs: int) -> dict[str, float]:
    """Seconds that pages of the history take."""
    import_module("ecomgen.web.tabs.history_markup")  # not to be timed
    newest = [Path(row.folder) for row in log.recent(limit=PAGE)]
    paint(newest)
    everyone = "visitor:all"
    cold = timed(lambda: history_page(everyone, RunFilter()), repeats=1)
    shutil.rmtree(home / "cache")
    for folder in newest:
        show_in_lists(folder)  # as the recorder does for each run that it finishes
    found = {
        "first look": timed(lambda: history_page(everyone, RunFilter()), repeats=1),
        "first look, no small pictures yet": cold,
        "again": timed(lambda: history_page(everyone, RunFilter())),
        "searched": timed(lambda: history_page(everyone, RunFilter(text="marble podium"))),
    }
    claim(home, runs)
    found |= {
        "a visitor's own": timed(lambda: history_page(VISITOR, RunFilter(), False)),
        "a visitor's own, searched": timed(lambda: history_page(VISITOR, RunFilter(text="marble podium"), False)),
        "a stranger's, none": timed(lambda: history_page("visitor:nobody", RunFilter(), False)),
    }
    return found | {"in a new browser, all others' runs": timed(lambda: history_page("visitor:nobody", RunFilter()))}


def measure(home: Path, runs: int) -> dict[str, Any]:
    log = RunLog(home / "runs.sqlite")
    insert(log, runs, home / "runs")
    size = (home / "runs.sqlite").stat().st_size
    everything = timed(lambda: sum("zzz" in one.prompt for one, _ in log.each(RunFilter())), repeats=1)
    narrow = timed(lambda: log._read("SELECT COUNT(*) FROM runs WHERE instr(lower(prompt), 'item 77')", ()), repeats=3)
    listed, shown = lists(log, runs), pages(log, home, runs)
    return {
        "runs": runs,
        "bytes_per_run": round(size / runs),
        "bytes_per_run_without_its_record": round(size / runs - len(json.dumps(record("x", 1).as_json()))),
        "rows_scan_to_records_scan": round(narrow / everything, 4),
        "list_to_scan_of_records": {name: round(seconds / everything, 5) for name, seconds in listed.items()},
        "list_to_scan_of_rows": {name: round(seconds / narrow, 3) for name, seconds in listed.items()},
        "history_to_scan_of_records": {name: round(seconds / everything, 5) for name, seconds in shown.items()},
        "worst": round(max((*listed.values(), *shown.values())) / everything, 5),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ecomgen-many-") as folder:
        os.environ["ECOMGEN_HOME"] = folder
        results = measure(Path(folder), asked.runs)
    print(json.dumps(results, indent=2))
    if asked.out:
        asked.out.write_text(json.dumps(results, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
