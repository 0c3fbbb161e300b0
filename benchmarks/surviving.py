"""Runs under attack: kill -9 at 100 random moments, and 20 disks that get full at another moment each.

    python benchmarks/surviving.py [--kills N] [--full N] [--out FILE.json]

A child process records runs without end through the program's own recorder: photos, product, pictures with their
metadata, kept copies, run.json and the log; only the pictures themselves are noise, so that almost all of its time is
spent on writing. After each attack everything is looked at: every run that was reported as finished, every picture,
copy and photo, decoded and compared by its hash; nothing half-written under a finished name, nothing left over; and the
next run must succeed. Needs Linux; the full disks need root, since each is a small one of its own (tmpfs).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from PIL import Image

from ecomgen.record import RunRecord

SIDE = 96  # pixels


def plan(photo: Path, number: int) -> Any:
    """What a run of two pictures of a square on a photo is recorded from."""
    from ecomgen import recipes
    from ecomgen.request import Request
    from ecomgen.types import Box, Canvas, Cutout, Mask, Placement, ReferenceImage, Understanding
    from ecomgen.workflows.preparation import Prepared
    from ecomgen.workflows.recorder import Plan

    pixels = np.asarray(Image.open(photo).convert("RGB"))
    inside = np.zeros(pixels.shape[:2], bool)
    inside[20:76, 30:66] = True
    box = Box(30, 20, 66, 76)
    product = np.dstack([pixels, inside.astype(np.uint8) * 255])
    reference = ReferenceImage(path=photo, sha256=hashlib.sha256(photo.read_bytes()).hexdigest(), pixels=pixels)
    prepared = Prepared(
        references=(reference,),
        hero_index=0,
        mask=Mask(pixels=inside, masker="alpha", candidates=()),
        cutout=Cutout(rgba=product, box=box),
    )
    canvas = Canvas(width=SIDE, height=SIDE)
    return Plan(
        request=Request(photos=(photo,), prompt=f"on noise {number}", pipeline="studio", count=2),
        recipe=recipes.get("studio"),
        backend=SimpleNamespace(models=(), device="cpu"),  # type: ignore[arg-type]
        prepared=prepared,
        placed=Placement(canvas=canvas, product=product, box=box, scale=1.0, contact_y=box.y1),
        parameters={
            "width": SIDE,
            "height": SIDE,
            "count": 2,
            "threshold": 0.5,
            "product": "square",
            "mask": None,
            "seed": number,
        },
        negative_prompt="",
        understanding=Understanding(),
    )


def make_runs(photos: Path, told: Callable[[str], object], count: int = 10**9) -> None:
    """Record runs, each of its own photo, into ECOMGEN_HOME; `told` hears of each finished one."""
    from ecomgen.types import Candidate, Scores
    from ecomgen.workflows.recorder import Recording

    rng = np.random.default_rng()
    for number in range(count):
        photo = photos / f"{number}.png"
        Image.fromarray(rng.integers(0, 256, (SIDE, SIDE, 3), np.uint8)).save(photo)
        with Recording(plan(photo, number), logged=True, timings={}) as recording:
            for index in range(2):
                pixels = rng.integers(0, 256, (SIDE, SIDE, 3), np.uint8)
                scores = Scores(identity=float(rng.uniform(0.3, 1)), overall=0.8)
                recording.add(
                    Candidate(index=index, seed=7 + index, pixels=pixels, scores=scores, steps=1, sampler="noise")
                )
        told(recording.run_id)


def wrong(home: Path, finished: list[str]) -> list[str]:
    """What is not as it should be once the log was opened anew: nothing, if everything keeps its promises."""
    from ecomgen.runlog import RunLog

    log = RunLog(home / "runs.sqlite")
    rows = {row.run_id: row for row in log.recent(limit=10**6)}
    found = [f"{run_id} is lost" for run_id in finished if run_id not in rows or rows[run_id].status != "done"]
    found += [f"{run_id} is still {row.status}" for run_id, row in rows.items() if row.status == "running"]
    found += [f"{run_id} has no line in the log" for run_id in set(_names(home / "runs")) - set(rows)]
    found += [f"{file.name} was left behind" for file in home.rglob("*.part")]
    for run_id in rows:
        found += [f"{run_id}: {fault}" for fault in faults(*log.show(run_id), finished=run_id in finished)]
    for photo in (home / "originals").iterdir() if (home / "originals").is_dir() else ():
        if hashlib.sha256(photo.read_bytes()).hexdigest() != photo.stem:
            found.append(f"the copy of the photo {photo.name} is damaged")
    return found


def faults(record: RunRecord, folder: Path, *, finished: bool) -> Iterator[str]:
    """What is wrong with one run's files."""
    from ecomgen.export import picture_hash

    if json.loads((folder / "run.json").read_text("utf-8")) != record.as_json():
        yield "run.json is not what the log says"
    logged = {entry.path: entry for entry in record.candidates}
    there = {f"candidates/{name}" for name in _names(folder / "candidates")}
    if there != set(logged):
        yield f"its pictures are {sorted(there)}, the log has {sorted(logged)}"
    for path in there & set(logged):
        if picture_hash(np.asarray(Image.open(folder / path))) != logged[path].sha256:
            yield f"{path} is not the picture that was logged"
    kept = sum(entry.kept for entry in logged.values())
    copies = [(folder / "kept" / name).read_bytes() for name in _names(folder / "kept")]
    whole = {(folder / path).read_bytes() for path in there}
    if not all(copy in whole for copy in copies) or (finished and len(copies) != kept):
        yield f"{len(copies)} kept pictures where {kept} were kept, or one that is no candidate"


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []


def child(home: Path, photos: Path, *more: str) -> subprocess.Popen[str]:
    """This program as the one that records runs."""
    words = [sys.executable, __file__, "--child", str(home), "--photos", str(photos), *more]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill(times: int) -> dict[str, Any]:
    """SIGKILL at random moments, into one home."""
    home, photos = (Path(tempfile.mkdtemp(prefix=f"ecomgen-{name}-")) for name in ("kills", "photos"))
    finished: list[str] = []
    found: list[str] = []
    for turn in range(times):
        with child(home, photos) as process:
            assert process.stdout is not None
            finished.append(process.stdout.readline().strip())
            time.sleep(random.Random(turn).uniform(0, 0.4))
            process.kill()
            finished += process.stdout.read().split()
        found += wrong(home, finished)
        print(f"kill {turn + 1}: {len(finished)} runs, {len(found)} faults", file=sys.stderr, flush=True)
    states = _states(home)
    shutil.rmtree(home)
    shutil.rmtree(photos)
    return {"kills": times, "finished_runs": len(finished), "states_in_the_log": states, "wrong": found}


def fill(times: int) -> dict[str, Any]:
    """A disk that gets full at another moment each time, and then is given more room."""
    photos = Path(tempfile.mkdtemp(prefix="ecomgen-photos-"))
    found: list[str] = []
    said: Counter[str] = Counter()
    runs = 0
    for turn in range(times):
        disk = Path(tempfile.mkdtemp(prefix="ecomgen-full-"))
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={500 + 137 * turn}k", "tmpfs", str(disk)], check=True)
        try:
            with child(disk, photos) as process:
                out, error = process.communicate()
            finished = out.split()
            runs += len(finished)
            said[error.strip().splitlines()[-1].replace(str(disk), "DISK")] += 1
            found += [f"it ended with {process.returncode}: {error}"] * (process.returncode != 3)
            subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
            found += wrong(disk, finished)
            with child(disk, photos, "--count", "1") as process:
                finished += process.communicate()[0].split()
            found += wrong(disk, finished) + ["the next run failed"] * (process.returncode != 0)
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=False)
            disk.rmdir()
        print(f"disk {turn + 1}: {runs} runs, {len(found)} faults", file=sys.stderr, flush=True)
    shutil.rmtree(photos)
    return {"full_disks": times, "finished_runs": runs, "said": _without_ids(said), "wrong": found}


def _states(home: Path) -> dict[str, int]:
    from ecomgen.runlog import RunLog

    return dict(Counter(row.status for row in RunLog(home / "runs.sqlite").recent(limit=10**6)))


def _without_ids(said: Counter[str]) -> dict[str, int]:
    """The messages, with run ids alike."""
    import re

    merged: Counter[str] = Counter()
    for message, count in said.items():
        merged[re.sub(r"\d{8}-\d{6}-[0-9a-f]{6}|[0-9a-f]{64}", "…", message)] += count
    return dict(merged)


def be_child(home: Path, photos: Path, count: int) -> None:
    """Record runs; an error is one sentence and its exit code, as on the command line."""
    import os

    from ecomgen.errors import EcomgenError

    os.environ["ECOMGEN_HOME"] = str(home)
    try:
        make_runs(photos, lambda run_id: print(run_id, flush=True), count)
    except EcomgenError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--full", type=int, default=20)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--photos", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, default=10**9, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        be_child(asked.child, asked.photos, asked.count)
        return
    results = {"kill": kill(asked.kills), "fill": fill(asked.full)}
    print(json.dumps(results, indent=2))
    if asked.out:
        asked.out.write_text(json.dumps(results, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
