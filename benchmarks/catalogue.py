"""What a catalogue costs over calling `generate`, what its driver holds, and what kills lose.

    python benchmarks/catalogue.py [--products 6] [--driver 2000] [--kills 20] [--batch N] [--engine local|ray]
                                   [--folder DIR] [--out FILE.json]

Overhead is the median time between two products of one worker over the median of `generate` in one process with
everything loaded, at drafts of 512². The driver's memory and its own time are measured on so many products, whose
workers answer at once with a copy of a real run. Kills fall evenly upon a batch of so many products, three for each
unless told: in turn a worker's, a node's and the driver's, on a cluster of two nodes on this machine; with the local
engine, which has no nodes, a worker's, a worker's and the driver's. `kills.log` in `--folder` tells of each; with that
folder the same command goes on after a stop.
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
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[1]
DRAFT = {"prompt": "on a walnut table", "size": "512x512", "count": 1, "steps": 4, "threshold": 0}
TINY = DRAFT | {"size": "64x64", "steps": 1}
PAUSE = 3, 9  # seconds between two kills
NODE = {"num_cpus": 1, "object_store_memory": 80 * 2**20, "include_dashboard": False, "node_ip_address": "127.0.0.1"}
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
    """What 1,000 products take of the driver's memory, in MB, when they are read and over the second half of those that
    are made, and its milliseconds for each."""
    from ecomgen.catalogue import Engine, read, run
    from ecomgen.generation import generate

    own = psutil.Process()
    read(table(folder / "few.csv", 100, TINY), folder / "unpacked", {})
    before, file = own.memory_info().rss, table(folder / "driver.csv", count, TINY)
    items = read(file, folder / "unpacked", {}).items
    reading = (own.memory_info().rss - before) / 1e6 / count
    made = generate(replace(items[0].request, out=folder / "one")).folder
    held: list[float] = []
    Engine.open = lambda *_: Copies(made, folder / "driver")  # type: ignore[method-assign]
    began = time.process_time()
    run(items, folder / "driver", on_outcome=lambda _: held.append(own.memory_info().rss / 1e6))
    spent = time.process_time() - began
    half = len(held) // 2
    slope = statistics.linear_regression(range(half, len(held)), held[half:]).slope
    grown = {"MB_per_1000_read": round(1000 * reading, 2), "MB_per_1000": round(1000 * slope, 2)}
    return grown | {"ms_per_product": round(1000 * spent / count, 1)}


class Nodes:
    """A Ray cluster on the loopback: a head, and another node that can be killed; without Ray it has none."""

    def __init__(self, engine: str) -> None:
        self._cluster: Any = None
        self.words: list[str] = ["--engine", engine]
        if engine == "ray":
            os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
            os.environ["RAY_AUTH_MODE"] = "disabled"
            from ray.cluster_utils import Cluster

            self._cluster = Cluster(initialize_head=True, head_node_args=NODE)
            self._other = self._cluster.add_node(**NODE)
            self.words += ["--address", self._cluster.address]

    def one_dies(self) -> bool:
        """Whether there was one; another takes its place."""
        if self._cluster is None:
            return False
        self._cluster.remove_node(self._other, allow_graceful=False)
        self._other = self._cluster.add_node(**NODE)
        return True

    def end(self) -> None:
        if self._cluster is not None:
            self._cluster.shutdown()


@dataclass(frozen=True)
class Log:
    """What happened to a batch, a line each in `kills.log`; a later start reads it and goes on."""

    file: Path

    def tell(self, what: str, done: int) -> None:
        with self.file.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now():%H:%M:%S}  {done:4} done  {what}\n")

    def died(self) -> Counter[str]:
        """How many died so far of each kind."""
        lines = self.file.read_text("utf-8").splitlines() if self.file.exists() else []
        return Counter(line.split()[-2] for line in lines if line.endswith(" killed"))


def kills(folder: Path, engine: str, wanted: int, batch: int) -> dict[str, int]:
    """How many died of each kind, and products lost, finished twice and logged twice."""
    batch = batch or 3 * wanted
    file, out = table(folder / "kills.csv", batch, TINY), folder / "kills"
    nodes, log = Nodes(engine), Log(folder / "kills.log")
    command = [sys.executable, "-c", DRIVER, "batch", str(file), "--out", str(out), *nodes.words]
    code = -1
    try:
        while code != 0:  # killed, or with products that were at hand too often when somebody was
            log.tell("driver begins", len(_journal(out)))
            code = _run_with_kills(command, nodes, out, log, batch // wanted)
            log.tell(f"driver ended with {code}", len(_journal(out)))
    finally:
        nodes.end()
    finished = Counter(one["name"] for one in _journal(out) if one["status"] == "done")
    from ecomgen.runlog import RunFilter, RunLog
    from ecomgen.settings import settings

    logged = Counter(str(place) for _, place in RunLog(settings().database).each(RunFilter()) if out in place.parents)
    return {
        **{f"{kind}s": count for kind, count in log.died().items()},
        "products": batch,
        "lost": batch - len(finished),
        "finished_twice": sum(count > 1 for count in finished.values()),
        "logged_twice": sum(count > 1 for count in logged.values()),
        "not_logged": batch - len(logged),
    }


def _journal(out: Path) -> list[dict[str, Any]]:
    """The journal's lines, but for one that a kill has cut."""
    file, found = out / "journal.jsonl", []
    for line in file.read_text("utf-8").split("\n") if file.exists() else []:
        with suppress(ValueError):
            found.append(json.loads(line))
    return found


def _run_with_kills(command: list[str], nodes: Nodes, out: Path, log: Log, every: int) -> int:
    """The command's exit code; while it runs somebody dies after `every` so many products, a few seconds later."""
    random_ = random.Random(log.died().total())
    begun = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while begun.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            begun.wait(random_.uniform(*PAUSE))
        died = log.died().total()
        if len(_journal(out)) < (died + 1) * every or begun.poll() is not None:
            continue
        kind = ("worker", "node", "driver")[died % 3]
        if kind == "driver":
            begun.send_signal(signal.SIGKILL)
        elif kind == "worker" or not nodes.one_dies():
            kind = "worker" if _worker_dies(out) else ""
        if kind:
            log.tell(f"{kind} killed", len(_journal(out)))
    return begun.returncode


def _worker_dies(out: Path) -> bool:
    """Whether there was somebody at a product of this catalogue to kill."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if any(file.path.startswith(f"{out}/runs/.") for file in process.open_files()):
                process.kill()
                return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    for name, count in (("products", 6), ("driver", 2000), ("kills", 20), ("batch", 0)):
        parser.add_argument(f"--{name}", type=int, default=count)
    asked = parser.parse_args()
    folder = asked.folder.absolute() if asked.folder else Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"ECOMGEN_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    found: dict[str, Any] = {}
    try:
        from ecomgen.catalogue import Engine

        if asked.products:
            found["overhead"] = overhead(folder, Engine(name=asked.engine, workers=1), asked.products)
        if asked.kills:
            found["kills"] = kills(folder, asked.engine, asked.kills, asked.batch)
        if asked.driver:
            found["driver"] = driver(folder, asked.driver)
    finally:
        if not asked.folder:
            shutil.rmtree(folder, ignore_errors=True)
    for name, figures in found.items():
        print(f"{name:<10}", "  ".join(f"{key} {value}" for key, value in figures.items()))
    if asked.out:
        asked.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
