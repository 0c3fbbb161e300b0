"""The app: how long until the page can be used, twenty people at once, and memory over many runs.

    python benchmarks/app.py [--out FILE.json] [start] [crowd] [memory]

`start` compares with a bare gr.Blocks, alternately in this run, in the system's Chromium. `crowd` has twenty people,
each with a product of their own, ask at once, five of them twice. `memory` makes 200 runs at 256x256 and watches the
server. How soon a run stops is in stopping.py.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

ROOT = Path(__file__).parents[1]
ROUNDS = 3
PEOPLE, EAGER = 20, 5
RUNS, EVERY = 200, 20
HELLO = """
import gradio as gr
with gr.Blocks(analytics_enabled=False) as app:
    name = gr.Textbox(label="Name")
    button = gr.Button("Greet", elem_id="generate")
    button.click(lambda name: f"Hello {name}", name, name)
app.launch(server_port=int(__import__("sys").argv[1]), ssr_mode=False)
"""


@contextmanager
def served(command: list[str], home: Path) -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    """A server on a free port: its address, its process, and when it was started. The last word becomes the port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    own = {"ECOMGEN_HOME": str(home), "ECOMGEN_WEIGHTS": str(home / "weights"), "GRADIO_ANALYTICS_ENABLED": "False"}
    began = time.monotonic()
    log = (home / "server.txt").open("w")
    process = subprocess.Popen([*command, str(port)], env={**os.environ, **own}, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}/", process, began
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def app_command() -> list[str]:
    return [sys.executable, str(ROOT / "app.py"), "--port"]


def listening(url: str) -> None:
    """Wait until somebody listens there."""
    port = int(url.rstrip("/").rpartition(":")[2])
    for _ in range(6000):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("the server did not start")


def interactive(browser: Any, command: list[str]) -> float:
    """Seconds from the start of the process until its button can be pressed."""
    with tempfile.TemporaryDirectory() as home, served(command, Path(home)) as (url, _, began):
        listening(url)
        page = browser.new_page()
        page.goto(url, timeout=300_000)
        page.locator("#generate").click(trial=True, timeout=300_000)
        seconds = time.monotonic() - began
        page.close()
        return seconds


def start() -> dict[str, Any]:
    """The app beside a bare page, turn by turn."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    times: dict[str, list[float]] = {"bare": [], "ecomgen": []}
    commands = {"bare": [sys.executable, "-c", HELLO], "ecomgen": app_command()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(interactive(browser, command))
        browser.close()
    return {"ratio": round(statistics.median(times["ecomgen"]) / statistics.median(times["bare"]), 3), "rounds": ROUNDS}


def product(folder: Path, number: int) -> Path:
    """Somebody's product: a disc of a colour of its own, with real transparency."""
    picture = Image.new("RGBA", (200, 200))
    ImageDraw.Draw(picture).ellipse((40, 40, 160, 160), (255 - 10 * number, 12 * number, 120, 255))
    picture.save(folder / f"product-{number}.png")
    return folder / f"product-{number}.png"


def client(url: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from gradio_client import Client
    return Client(url, verbose=False)


def ask(person: Any, photo: Path, size: str, prompt: str) -> dict[str, Any]:
    """One run of one picture; with the time at which it was there."""
    from gradio_client import handle_file

    fixed = {"count": 1, "steps": 4, "threshold": 0, "seed": 1, "api_name": "/generate"}
    record = person.predict(photos=[handle_file(str(photo))], prompt=prompt, size=size, **fixed)
    return {"run": record["run_id"], "at": time.monotonic()}


def crowd() -> dict[str, Any]:
    """Everybody asks at once; the eager ask twice before anybody is served."""
    with tempfile.TemporaryDirectory() as place, served(app_command(), Path(place)) as (url, _, _began):
        listening(url)
        photos = [product(Path(place), number) for number in range(PEOPLE)]
        people = [client(url) for _ in range(PEOPLE)]
        wishes = [*range(EAGER), *range(PEOPLE)]
        with ThreadPoolExecutor(len(wishes)) as pool:
            futures = [pool.submit(ask, people[who], photos[who], "256x256", f"on oak, by {who}") for who in wishes]
            answers = [
                (who, future.exception() or future.result()) for who, future in zip(wishes, futures, strict=True)
            ]
        errors = [str(answer) for _, answer in answers if isinstance(answer, BaseException)]
        served_people = [who for who, answer in sorted(_done(answers), key=lambda pair: pair[1]["at"])]
        mine = {who: {answer["run"] for other, answer in _done(answers) if other == who} for who in range(PEOPLE)}
        seen = {who: {row["run_id"] for row in people[who].predict(api_name="/history")} for who in range(PEOPLE)}
    seconds = [place for place, who in enumerate(served_people) if who in served_people[:place]]
    firsts = [served_people.index(who) for who in range(PEOPLE) if who in served_people]
    return {
        "people": PEOPLE,
        "asked": len(wishes),
        "served": len(served_people),
        "errors": errors,
        "saw only their own": all(seen[who] == mine[who] for who in range(PEOPLE)),
        "first turns before second turns": max(firsts, default=0) <= min(seconds, default=len(wishes)) + 1,
        "order": served_people,
    }


def _done(answers: list[tuple[int, Any]]) -> list[tuple[int, dict[str, Any]]]:
    return [(who, answer) for who, answer in answers if not isinstance(answer, BaseException)]


def memory() -> dict[str, Any]:
    """The server's memory after each twenty runs, and how much it grew over the last three quarters of them."""
    with tempfile.TemporaryDirectory() as place, served(app_command(), Path(place)) as (url, process, _began):
        listening(url)
        photo, person, sizes = product(Path(place), 1), client(url), []
        for number in range(1, RUNS + 1):
            ask(person, photo, "256x256", "on oak")
            if number % EVERY == 0:
                sizes.append(resident(process.pid))
                print(f"{number} runs: {sizes[-1]:.0f} MiB", file=sys.stderr, flush=True)
    settled = sizes[len(sizes) // 4]
    return {"runs": RUNS, "MiB": [round(size) for size in sizes], "growth": round(sizes[-1] / settled - 1, 4)}


def resident(process: int) -> float:
    """MiB of memory that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    parts = {"start": start, "crowd": crowd, "memory": memory}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help=", ".join(parts))
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    results = {}
    for name in asked.parts or parts:
        results[name] = parts[name]()
        print(name, json.dumps(results[name], indent=1), flush=True)
    if asked.out:
        asked.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
