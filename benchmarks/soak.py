"""Many small pictures by many people: all served, in a fair order, and nothing of them left in the server.

    python benchmarks/soak.py [--out FILE.json] [--pictures 200] [--runs 100000] [crowd] [log]

`crowd` has twenty people ask for one small picture after the other. It tells how far anybody was ahead of anybody else,
the slope of the server's memory after a fifth of the pictures, and how many more files and threads the server has
once all are gone than it had after a first picture. `log` fills a log with runs and tells how long its lists and a page
of the history take, and `ecomgen runs list` as a multiple of `ecomgen --help`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import runlog

from app import PEOPLE, app_command, listening, product, resident, served
from ecomgen.runlog import RunFilter, RunLog

WARM = 0.2  # of the pictures, before memory counts
SETTLED = 60  # seconds that the server may take to let go of people who have gone
LISTS = {
    "newest": RunFilter(),
    "by product": RunFilter(product="teapot 41"),
    "no such text": RunFilter(text="no such thing"),
}
PAGES = (("newest", RunFilter()), ("searched", RunFilter(text="marble podium")))
COMMAND = "from ecomgen.cli import main; main()"
SMALL = {"size": "64x64", "count": 1, "steps": 1, "threshold": 0, "seed": 1}


def ask(person: httpx.Client, photo: Path, prompt: str) -> float:
    """Have one picture made; returns when it was there."""
    with photo.open("rb") as file:
        (path,) = person.post("gradio_api/upload", files={"files": (photo.name, file)}).json()
    asked = {"photos": [{"path": path, "meta": {"_type": "gradio.FileData"}}], "prompt": prompt, **SMALL}
    event = person.post("gradio_api/call/v2/generate", json=asked).json()["event_id"]
    answer = person.get(f"gradio_api/call/v2/generate/{event}").text
    if "event: complete" not in answer:
        raise RuntimeError(answer[-500:])
    return time.monotonic()


def somebody(url: str) -> httpx.Client:
    person = httpx.Client(base_url=url, timeout=None, trust_env=False)
    person.get("config").raise_for_status()
    return person


def crowd(pictures: int) -> dict[str, Any]:
    """Everybody asks for as many pictures, each as soon as the one before is there."""
    with tempfile.TemporaryDirectory() as place, served(app_command(), Path(place)) as (url, process, _):
        listening(url)
        photos = [product(Path(place), number) for number in range(PEOPLE)]
        with closing(somebody(url)) as first:
            ask(first, photos[0], "on oak")
        quiet = _quiet(process.pid, None)
        memory: list[float] = []
        times: list[tuple[float, int]] = []

        def asks(who: int) -> None:
            with closing(somebody(url)) as person:
                for _ in range(pictures // PEOPLE):
                    times.append((ask(person, photos[who], f"on oak, by {who}"), who))
                    memory.append(resident(process.pid))

        with ThreadPoolExecutor(PEOPLE) as pool:
            errors = [
                str(one.exception()) for one in [pool.submit(asks, who) for who in range(PEOPLE)] if one.exception()
            ]
        after = _quiet(process.pid, quiet)
        kept = resident(process.pid)
    return {
        "people": PEOPLE,
        "asked": pictures // PEOPLE * PEOPLE,
        "served": len(times),
        "errors": errors,
        "most ahead": most_ahead([who for _, who in sorted(times)], pictures // PEOPLE),
        "MiB a picture": round(slope(memory[int(len(memory) * WARM) :]), 3),
        "MiB at the end": round(kept),
        "quiet before": quiet,
        "quiet after": after,
    }


def most_ahead(order: list[int], each: int) -> int:
    """By how many pictures the one most served was ahead of the one least served, while that one still waited."""
    had: Counter[int] = Counter(dict.fromkeys(set(order), 0))
    most = 0
    for who in order:
        had[who] += 1
        waiting = [count for count in had.values() if count < each]
        most = max(most, had[who] - min(waiting, default=had[who]))
    return most


def slope(values: list[float]) -> float:
    """Of the straight line that lies nearest, by step."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    spread = sum((step - middle) ** 2 for step in range(len(values)))
    return sum((step - middle) * (value - mean) for step, value in enumerate(values)) / spread


def _quiet(process: int, wanted: dict[str, int] | None) -> dict[str, int]:
    """Open files and threads of a server that has nothing to do, as soon as they are no more than `wanted`."""
    for _ in range(SETTLED):
        time.sleep(1)
        threads = len(list(Path(f"/proc/{process}/task").iterdir()))
        found = {"files": len(list(Path(f"/proc/{process}/fd").iterdir())), "threads": threads}
        if wanted and all(found[name] <= wanted[name] for name in wanted):
            break
    return found


def log(runs: int) -> dict[str, Any]:
    """Lists, pages and the command on a log of so many runs, in milliseconds of a processor."""
    with tempfile.TemporaryDirectory(prefix="ecomgen-many-") as place:
        os.environ["ECOMGEN_HOME"] = place
        kept = RunLog(Path(place) / "runs.sqlite")
        runlog.insert(kept, runs, Path(place) / "runs")
        lists = {name: _spent(lambda which=which: kept.recent(which=which)) for name, which in LISTS.items()}
        pages = {name: _spent(lambda which=which: runlog.history_page("visitor:all", which)) for name, which in PAGES}
        listed, least = (_command(*words) for words in (("runs", "list"), ("--help",)))
    return {
        "runs": runs,
        "lists, ms": {name: round(1000 * seconds, 1) for name, seconds in lists.items()},
        "pages of the history, ms": {name: round(1000 * seconds, 1) for name, seconds in pages.items()},
        "runs list, s": round(listed, 2),
        "runs list to --help": round(listed / least, 2),
    }


def _spent(work: Callable[[], object]) -> float:
    """Seconds of the processor, the best of several."""
    least = float("inf")
    for _ in range(5):
        began = time.process_time()
        work()
        least = min(least, time.process_time() - began)
    return least


def _command(*words: str) -> float:
    """Seconds of the processor that a command takes."""
    least = float("inf")
    for _ in range(5):
        before = os.times()
        subprocess.run([sys.executable, "-c", COMMAND, *words], check=True, capture_output=True)
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        least = min(least, spent)
    return least


def main() -> None:
    parts = ("crowd", "log")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help=", ".join(parts))
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    results = {}
    for name in asked.parts or parts:
        results[name] = crowd(asked.pictures) if name == "crowd" else log(asked.runs)
        print(name, json.dumps(results[name], indent=1), flush=True)
    if asked.out:
        asked.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
