"""Catalogues on a real Ray cluster of two nodes on the loopback: workers, a node and the driver are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from commands import Run
from drawn_photo import draw_photo

from ecomgen import catalogue
from ecomgen.catalogue import Engine, Outcome
from ecomgen.catalogue.ray_engine import AUTH, LOOPBACK, Share, fraction, shared
from ecomgen.runlog import RunFilter, RunLog
from ecomgen.settings import settings

ROOT = Path(__file__).parents[2]
SMALL = {"num_cpus": 1, "object_store_memory": 80 * 2**20, "include_dashboard": False, "node_ip_address": "127.0.0.1"}
pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A head and one more node; workers have a home of their own, as on other machines."""
    there = dict(os.environ)
    home = tmp_path_factory.mktemp("workers")
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "PYTHONPATH": str(ROOT), "ECOMGEN_HOME": str(home), LOOPBACK: "0"}
    os.environ[AUTH] = "disabled"
    from ray.cluster_utils import Cluster

    whole = Cluster(initialize_head=True, head_node_args=SMALL)
    try:
        whole.other = whole.add_node(**SMALL)  # type: ignore[attr-defined]
        whole.home = home  # type: ignore[attr-defined]
        yield whole
    finally:
        whole.shutdown()
        os.environ.clear()
        os.environ |= there


def table(folder: Path, count: int) -> Path:
    """So many good products, p0 and so on, in sets of one kind, so that a kernel is compiled once for all."""
    photo = draw_photo(folder / "bottle.png")
    file = folder / "catalogue.csv"
    rows = [f"p{number},{photo},on blue paper,1,64x64,3,0" for number in range(count)]
    file.write_text("\n".join(["name,photos,prompt,count,size,seed,threshold", *rows, ""]), "utf-8")
    return file


def holders(item: str) -> set[int]:
    """The processes that are at an item now."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if any(str(link.readlink()).endswith(f"/.{item}.lock") for link in (entry / "fd").iterdir()):
                found.add(int(entry.name))
    return found


@contextmanager
def killing(items: dict[str, int]) -> Iterator[dict[str, int]]:
    """Kill whoever is at one of these items, so many times; what is left of them is there at the end."""
    left, dying, over = dict(items), set(), threading.Event()

    def kill() -> None:
        while not over.wait(0.1):
            for item in [item for item, times in left.items() if times]:
                for process in holders(item) - dying:  # which takes its time on a busy machine
                    os.kill(process, signal.SIGKILL)
                    dying.add(process)
                    left[item] -= 1

    hunter = threading.Thread(target=kill, daemon=True)
    hunter.start()
    try:
        yield left
    finally:
        over.set()
        hunter.join()


def logged() -> Counter[str]:
    """How often the driver's log has a run in each item's folder."""
    return Counter(folder.name for _, folder in RunLog(settings().database).each(RunFilter()))


def test_kills_of_a_worker_a_node_and_a_poisoned_product(cluster: Any, tmp_path: Path) -> None:
    out, seen = tmp_path / "out", []
    items = catalogue.read(table(tmp_path, 4), tmp_path / "unpacked", {}).items

    def node_down_after_the_second(outcome: Outcome) -> None:
        seen.append(outcome)
        if len(seen) == 2:
            cluster.remove_node(cluster.other)
            cluster.other = cluster.add_node(**SMALL)

    with killing({"p0": 99, "p1": 1}) as left:
        engine = Engine(name="ray", address=cluster.address)
        outcomes = catalogue.run(items, out, engine=engine, on_outcome=node_down_after_the_second)
    status = {outcome.name: outcome.status for outcome in outcomes}
    assert status == {"p0": "failed"} | {f"p{number}": "done" for number in range(1, 4)}
    assert 99 - left["p0"] in (2, 3), "one of its three losses may be the node's"
    assert left["p1"] == 0 and len(outcomes[0].retried) == 2 and outcomes[1].retried
    assert logged() == Counter(f"p{number}" for number in range(1, 4)), "each once"
    assert not (cluster.home / "runs.sqlite").exists(), "the log is the driver's"
    names = [json.loads(line)["name"] for line in (out / "journal.jsonl").read_text().split("\n") if line]
    assert sorted(names) == sorted(status)


def test_a_driver_that_was_killed_goes_on_and_another_engine_ends_it(cluster: Any, run: Run, tmp_path: Path) -> None:
    file, out = table(tmp_path, 5), tmp_path / "out"
    words = ("batch", file, "--out", out, "--engine", "ray", "--address", cluster.address)
    command = [sys.executable, "-c", "from ecomgen.cli import main; main()", *map(str, words)]
    driver = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"ECOMGEN_HOME": str(settings().home)})
    journal = out / "journal.jsonl"
    while not (journal.exists() and '"p' in journal.read_text()):
        assert driver.poll() is None
        time.sleep(0.02)
    driver.kill()
    driver.wait()
    before = {folder.name for folder in (out / "runs").glob("p*") if (folder / "outcome.json").exists()}
    made = {name: json.loads((out / "runs" / name / "run.json").read_text())["run_id"] for name in before}

    seen = 0

    def stop_soon(_: Outcome) -> None:
        nonlocal seen
        seen += 1
        if seen == 3:
            raise KeyboardInterrupt

    items = catalogue.read(file, tmp_path / "unpacked", {}).items
    with pytest.raises(KeyboardInterrupt):
        catalogue.run(items, out, engine=Engine(name="ray", address=cluster.address), on_outcome=stop_soon)
    answer = run("batch", file, "--out", out, "--json")
    assert answer.code == 0 and [item["status"] for item in answer.json["items"]] == ["done"] * 5
    after = {item["name"]: item["run_id"] for item in answer.json["items"]}
    assert after.items() >= made.items(), "what was made before the kill is not made again"
    assert logged() == Counter(after.keys())
    assert not any(holders(name) for name in after)


def test_what_cannot_be_is_a_sentence(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = table(tmp_path, 1)
    answer = run("batch", file, "--out", tmp_path / "out", "--address", "127.0.0.1:1")
    assert answer.code == 2 and "--engine" in answer.err
    answer = run("batch", file, "--out", tmp_path / "out", "--engine", "ray", "--address", "127.0.0.1:1")
    assert answer.code == 4 and "127.0.0.1:1 (" in answer.err and "--address" in answer.err
    monkeypatch.setitem(sys.modules, "ray", None)
    answer = run("batch", file, "--out", tmp_path / "out", "--engine", "ray")
    assert answer.code == 4 and "ecomgen[ray]" in answer.err and answer.err.count("\n") == 1


def test_workers_share_a_cluster() -> None:
    def nodes(*resources: dict[str, float]) -> list[dict[str, Any]]:
        return [{"Alive": True, "Resources": one} for one in resources]

    two = nodes({"CPU": 8}, {"CPU": 4})
    assert shared(two, None, 0) == Share(workers=3, cpus=4, gpus=0)
    assert shared(two, 2, 0) == Share(workers=2, cpus=4, gpus=0) and shared(two, 12, 0).cpus == 1
    assert shared(nodes({"CPU": 8, "GPU": 2}, {"CPU": 64}), None, 0.25) == Share(workers=8, cpus=1, gpus=0.25)
    assert fraction(4, 24) == 1 / 5 and fraction(40, 24) == 1
