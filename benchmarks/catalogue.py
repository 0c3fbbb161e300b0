"""What a catalogue costs over calling `generate`, what its driver holds, and what kills lose.

    python benchmarks/catalogue.py [--products 6] [--driver 2000] [--kills 20] [--engine local|ray] [--out FILE.json]

Overhead is the median time between two products of one worker over the median of `generate` in one process with
everything loaded, at drafts of 512². The driver's memory and its own time are measured on so many products, whose
workers answer at once with a copy of a real run. Of the kills every third is the driver's, the others a worker's.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[1]
DRAFT = {"prompt": "on a walnut table", "size": "512x512", "count": 1, "steps": 4, "threshold": 0}
TINY = DRAFT | {"size": "64x64", "steps": 1}
PAUSE = 10, 40  # seconds between two kills
DRIVER = "import sys; from ecomgen.cli import main; main()"


def table(place: Path, count: int, values: dict[str, Any]) -> Path:
    """A catalogue of so many products, all of one sample's photo."""
    from ecomgen.samples import get

    photo = get("mug").photos[0]
    rows = [f"p{number},{photo},{','.join(map(str, values.values()))},{number}" for number in range(count)]
    place.write_text("\n".join([f"name,photos,{','.join(values)},seed", *rows, ""]), "utf-8")
    return place


def overhead(folder: Path, engine: Any, products: int) -> dict[str, float]:
    """Medians of seconds a product, after the first two."""
    from ecomgen.catalogue import read, run
    from ecomgen.generation import generate

    items = read(table(folder / "overhead.csv", products + 2, DRAFT), folder / "unpacked", {}).items
    alone = []
    for item in items:
        began = time.perf_counter()
        generate(replace(item.request, out=folder / "alone" / item.name))
        alone.append(time.perf_counter() - began)
    ends: list[tuple[float, float]] = []
    run(
        items,
        folder / "overhead",
        engine=engine,
        on_outcome=lambda one: ends.append((time.perf_counter(), one.seconds)),
    )
    between = [after[0] - before[0] for before, after in itertools.pairwise(ends)][1:]
    around = [whole - own for whole, (_, own) in zip(between, ends[2:], strict=True)]
    once, inside = statistics.median(alone[2:]), statistics.median(between)
    figures = {
        "generate": once,
        "catalogue": inside,
        "overhead": inside / once - 1,
        "outside_worker": statistics.median(around),
    }
    return {name: round(value, 3) for name, value in figures.items()}


class Copies:
    """In place of workers: every product is a copy of one run, at once."""

    def __init__(self, run: Path, out: Path) -> None:
        self._run, self._out, self._items = run, out, []
        self._record = json.loads((run / "run.json").read_text("utf-8"))

    def has_room(self) -> bool:
        return not self._items

    def begin(self, item: Any) -> None:
        self._items.append(item)

    def ended(self, _: float) -> list[Any]:
        from ecomgen.catalogue import Outcome

        item = self._items.pop()
        place = self._out / "runs" / item.name
        (place / "kept").mkdir(parents=True)
        picture = next((self._run / "kept").iterdir())
        os.link(picture, place / "kept" / picture.name)
        record = self._record | {"run_id": f"20261122-120000-{item.name}"}
        (place / "run.json").write_text(json.dumps(record), "utf-8")
        folder = f"runs/{item.name}"
        one = Outcome(name=item.name, status="done", run_id=record["run_id"], folder=folder, seconds=1.0, made=1)
        return [(item, replace(one, pictures=(f"{folder}/kept/{picture.name}",), fingerprint=item.fingerprint))]

    def close(self) -> None: ...


def driver(folder: Path, count: int) -> dict[str, float]:
    """MB that the driver's memory grows by for 1,000 products, over the second half, and its milliseconds for each."""
    from ecomgen.catalogue import Engine, read, run
    from ecomgen.generation import generate

    items = read(table(folder / "driver.csv", count, TINY), folder / "unpacked", {}).items
    made = generate(replace(items[0].request, out=folder / "one")).folder
    held, own = [], psutil.Process()
    Engine.open = lambda *_: Copies(made, folder / "driver")  # type: ignore[method-assign]
    began = time.process_time()
    run(items, folder / "driver", on_outcome=lambda _: held.append(own.memory_info().rss / 1e6))
    spent = time.process_time() - began
    half = len(held) // 2
    slope = statistics.linear_regression(range(half, len(held)), held[half:]).slope
    return {"MB_per_1000": round(1000 * slope, 2), "ms_per_product": round(1000 * spent / count, 1)}


def kills(folder: Path, engine: str, wanted: int) -> dict[str, int]:
    """Products lost, finished twice and logged twice, over so many kills of workers and drivers."""
    file, out, random_ = table(folder / "kills.csv", max(6, wanted), TINY), folder / "kills", random.Random(1)
    command = [sys.executable, "-c", DRIVER, "batch", str(file), "--out", str(out), "--engine", engine]
    done, code = 0, -1
    while code != 0:  # killed, or with products that were at hand too often when somebody was
        begun = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while begun.poll() is None:
            time.sleep(random_.uniform(*PAUSE))
            if done < wanted and begun.poll() is None:
                done += _one_dies(begun, driver=done % 3 == 2)
        code = begun.returncode
    journal = [json.loads(line) for line in (out / "journal.jsonl").read_text("utf-8").split("\n") if line]
    finished = Counter(one["name"] for one in journal if one["status"] == "done")
    from ecomgen.runlog import RunLog, Which
    from ecomgen.settings import settings

    logged = Counter(str(place) for _, place in RunLog(settings().database).each(Which()) if out in place.parents)
    items = len(file.read_text("utf-8").splitlines()) - 1
    return {
        "kills": done,
        "products": items,
        "lost": items - len(finished),
        "finished_twice": sum(count > 1 for count in finished.values()),
        "logged_twice": sum(count > 1 for count in logged.values()),
    }


def _one_dies(begun: subprocess.Popen[bytes], *, driver: bool) -> bool:
    """Whether there was somebody to kill: the driver, or one that is at an item."""
    if driver:
        begun.send_signal(signal.SIGKILL)
        return True
    for process in psutil.Process(begun.pid).children(recursive=True):
        with suppress(psutil.Error):
            if any(file.path.endswith(".lock") and "/runs/." in file.path for file in process.open_files()):
                process.kill()
                return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    for name, count in (("products", 6), ("driver", 2000), ("kills", 20)):
        parser.add_argument(f"--{name}", type=int, default=count)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    os.environ |= {"ECOMGEN_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    found: dict[str, Any] = {}
    try:
        from ecomgen.catalogue import Engine

        if asked.products:
            found["overhead"] = overhead(folder, Engine(name=asked.engine, workers=1), asked.products)
        if asked.kills:
            found["kills"] = kills(folder, asked.engine, asked.kills)
        if asked.driver:
            found["driver"] = driver(folder, asked.driver)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for name, figures in found.items():
        print(f"{name:<10}", "  ".join(f"{key} {value}" for key, value in figures.items()))
    if asked.out:
        asked.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
