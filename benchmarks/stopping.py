"""How long a run goes on after Stop, wherever it is: looking for the product, in a pass of light, judging, waiting.

    python benchmarks/stopping.py [--out FILE.json] [--size 1024]

Each stop is measured in the app's own queue, from the press to the end of the run, in seconds and as a share of the
longest time that a whole run spends between two reports of that step, which is what a stop could take without asking
more often. Diffusion is the miniature model of the tests, with random weights: there a step is what counts.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROMPT = "on a wooden table by a window, soft morning light"


def photos() -> tuple[Path, ...]:
    """A sample's photo, without its matte: it has to be found and cut out."""
    from ecomgen.samples import get

    return tuple(get("mug").photos[:1])


def begun(request: Any) -> Any:
    """The run in the app's queue."""
    from ecomgen.generation import generate
    from ecomgen.web.jobs.scheduler import Lane

    return Lane().start("somebody", "create", lambda report, seen: generate(request, report, seen))


def stopped(request: Any, there: Callable[[Any], bool]) -> float | None:
    """Seconds from a stop at the place until the run has ended; None where it ended before it came there."""
    job = begun(request)
    while not (now := job.view).ended:
        if now.progress is not None and there(now.progress):
            break
        time.sleep(0.005)
    else:
        return None
    pressed = time.perf_counter()
    job.cancel()
    for view in job.watch():
        if view.ended:
            break
    return time.perf_counter() - pressed


def waiting(request: Any) -> float:
    """The same for a run that has not begun."""
    from ecomgen.generation import generate
    from ecomgen.web.jobs.scheduler import Lane

    lane = Lane()
    first = lane.start("one", "create", lambda report, seen: generate(request, report, seen))
    second = lane.start("two", "create", lambda report, seen: generate(request, report, seen))
    pressed = time.perf_counter()
    second.cancel()
    for view in second.watch():
        if view.ended:
            break
    seconds = time.perf_counter() - pressed
    first.cancel()
    list(first.watch())
    return seconds


def passes(request: Any) -> dict[str, float]:
    """Of a whole run, the longest time between two changes in what each step tells."""
    longest: dict[str, float] = {}
    last = time.perf_counter(), None
    for view in begun(request).watch():
        now = time.perf_counter()
        if view.progress is not None and view.progress != last[1]:
            if last[1] is not None:
                longest[last[1].step] = max(longest.get(last[1].step, 0.0), now - last[0])
            last = now, view.progress
    return longest


def forget() -> None:
    """What was found in the photo before is looked for again."""
    from ecomgen.masking import cache
    from ecomgen.workflows import preparation

    preparation._remembered.clear()
    cache.forget()


def table(size: int) -> list[dict[str, Any]]:
    """Where it was stopped, how long that took, and how many passes that is."""
    from ecomgen.request import Request

    studio = Request(photos=photos(), prompt=PROMPT, product="mug", count=2, size=(size, size), seed=3)
    painted = Request(photos=photos(), prompt=PROMPT, pipeline="tiny", count=2, size=(128, 128), steps=40, seed=3)
    places: list[tuple[str, Any, Callable[[Any], bool]]] = [
        ("looking for the product", studio, lambda now: now.step == "mask"),
        ("softening its edge", studio, lambda now: now.step == "matte"),
        ("placing it", studio, lambda now: now.step == "place"),
        ("building the set", studio, lambda now: now.step == "scene"),
        ("light, first half", studio, lambda now: now.step == "scene" and now.done > 300),
        ("denoising", studio, lambda now: now.step == "scene" and now.done % 1000 > 860),
        ("judging", studio, lambda now: now.step == "score"),
        ("light of the second picture", studio, lambda now: now.step == "scene" and now.done > 1300),
        ("diffusion, a step", painted, lambda now: now.step == "scene" and now.done > 5),
    ]
    longest = {id(request): passes(request) for request in (studio, painted)}
    rows = [{"at": "in the queue", "seconds": round(waiting(studio), 2), "passes": None}]
    for name, request, there in places:
        forget()
        seconds = stopped(request, there)
        step = {"looking": "mask", "softening": "matte", "placing": "place", "judging": "score"}
        one = longest[id(request)].get(step.get(name.split()[0], "scene"), 0.0)
        share = round(seconds / one, 2) if seconds is not None and one else None
        rows.append({"at": name, "seconds": None if seconds is None else round(seconds, 2), "passes": share})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--size", type=int, default=1024)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"ECOMGEN_HOME": home, "ECOMGEN_PIPELINES": f"{home}/pipelines"}
        sys.path.insert(0, str(ROOT / "tests"))
        from tiny_models import save_sd, write_recipe  # pyright: ignore[reportMissingImports]

        weights = save_sd(Path(home) / "tiny", channels=9)
        write_recipe(Path(home) / "pipelines", "tiny", weights, "inpaint", steps=40)
        rows = table(asked.size)
    for row in rows:
        seconds, share = (("–" if row[key] is None else f"{row[key]:.2f}") for key in ("seconds", "passes"))
        print(f"{row['at']:<30} {seconds:>6} s {share:>6} passes")
    if asked.out:
        asked.out.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
