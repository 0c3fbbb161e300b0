"""Random runs made again from the log alone, after the log was brought up from its first version: are they identical?

    python benchmarks/replay.py [--runs 50] [--seed 1] [--out FILE.json]

Each run draws a back end, recipe, mode, masker, size, scheduler, photo and prompt. Diffusion is done by small networks
with random weights in the real formats: what is shown is that nothing is left to chance, not that it looks good.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

TESTS = Path(__file__).parents[1] / "tests"
PROMPTS = (
    "on marble, morning light",
    "on white",
    "on a wooden table by a window",
    "in snow",
    "on a pink podium",
    "beach",
)
SCHEDULERS = (
    "DDIMScheduler",
    "EulerAncestralDiscreteScheduler",
    "DPMSolverMultistepScheduler",
    "UniPCMultistepScheduler",
)
SIZES = (64, 96, 100, 128, 160, 200, 256)
DIFFUSION = {  # recipe: back end, modes
    "fill9": ("inpaint", ("keep", "replace")),
    "fill4": ("inpaint", ("keep", "replace")),
    "again": ("img2img", ("keep", "redraw")),
    "again-xl": ("img2img", ("keep", "redraw")),
}


def prepare(home: Path) -> None:
    """A home of its own, with a recipe for each small network."""
    os.environ |= {"ECOMGEN_HOME": str(home), "ECOMGEN_WEIGHTS": str(home / "weights"), "HF_HUB_OFFLINE": "1"}
    os.environ["ECOMGEN_PIPELINES"] = str(home / "pipelines")
    sys.path.insert(0, str(TESTS))
    import tiny_models

    made = {
        "fill9": tiny_models.save_sd(home / "models" / "sd9", channels=9, checker="passes"),
        "fill4": tiny_models.save_sd(home / "models" / "sd4"),
        "again-xl": tiny_models.save_xl(home / "models" / "xl"),
    }
    made["again"] = made["fill4"]
    for name, (backend, _) in DIFFUSION.items():
        tiny_models.write_recipe(home / "pipelines", name, made[name], backend)


def draw(path: Path, rng: random.Random) -> Path:
    """A product before a calm ground; with its own transparency where the file is to be its own mask."""
    numbers = np.random.default_rng(rng.randrange(2**32))
    height, width = rng.choice((200, 240)), rng.choice((160, 200))
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., :3] = np.clip(numbers.normal(rng.randrange(170, 230), 2, (height, width, 3)), 0, 255)
    x0, x1 = round(width * rng.uniform(0.25, 0.4)), round(width * rng.uniform(0.6, 0.75))
    y0, y1 = round(height * rng.uniform(0.15, 0.35)), round(height * rng.uniform(0.7, 0.9))
    pixels[y0:y1, x0:x1, :3] = numbers.integers(20, 140, 3)
    pixels[(y0 + y1) // 2 : y1 - 10, x0 + 4 : x1 - 4, :3] = numbers.integers(60, 255, 3)
    pixels[..., 3] = 0
    pixels[y0:y1, x0:x1, 3] = 255
    Image.fromarray(pixels if path.suffix == ".png" else pixels[..., :3]).save(path, quality=95)
    Image.fromarray(pixels[..., 3]).save(path.with_suffix(".mask.png"))
    return path


def wishes(count: int, rng: random.Random, folder: Path) -> Iterator[dict[str, Any]]:
    """Random requests, each an own photo."""
    for number in range(count):
        masker = rng.choice(("lite", "grabcut", "alpha", "file", "auto"))
        pipeline = rng.choice(("studio", *DIFFUSION))
        photo = draw(folder / f"{number:03d}.{'png' if masker == 'alpha' else 'jpg'}", rng)
        wish: dict[str, Any] = {
            "photos": (photo,),
            "prompt": rng.choice(PROMPTS),
            "pipeline": pipeline,
            "masker": masker if masker != "file" else "auto",
            "mask": photo.with_suffix(".mask.png") if masker == "file" else None,
            "size": (rng.choice(SIZES), rng.choice(SIZES)),
            "seed": rng.randrange(2**32),
            "count": rng.choice((1, 1, 2)),
            "steps": 2,
            "threshold": 0.0,
        }
        if pipeline != "studio":
            wish |= {"mode": rng.choice(DIFFUSION[pipeline][1]), "strength": rng.choice((0.6, 0.9))}
            wish |= {"guidance_scale": rng.choice((1.0, 4.0)), "replayed": {"scheduler": rng.choice(SCHEDULERS)}}
        yield wish


def as_first_version(path: Path) -> None:
    """The log as ecomgen's first version would have written it."""
    from ecomgen.runlog.migration import scripts

    with sqlite3.connect(path) as new:
        runs = new.execute(
            "SELECT run_id, created, status, pipeline, prompt, folder, record FROM runs JOIN records USING (run_id)"
        ).fetchall()
        photos = new.execute("SELECT * FROM photos WHERE position >= 0").fetchall()
    new.close()
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    with sqlite3.connect(path) as old:
        old.executescript(scripts()[0])
        old.executemany("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)", runs)
        old.executemany("INSERT INTO photos VALUES (?, ?, ?, ?)", photos)
        old.execute("PRAGMA user_version = 1")
    old.close()


def again(run_id: str) -> dict[str, Any]:
    """One run made again: whether each picture is identical, and what differs."""
    from ecomgen.workflows.replay import replay

    result = replay(run_id)
    off = [picture.max_difference for picture in result.pictures if not picture.identical]
    return {"run": run_id, "pictures": len(result.pictures), "off": off, "differences": list(result.differences)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ecomgen-replays-") as folder:
        home = Path(folder)
        prepare(home)
        from ecomgen import Request, Settings, generate
        from ecomgen.errors import NoProduct

        rows, rng = [], random.Random(asked.seed)
        made: dict[str, dict[str, Any]] = {}
        for wish in wishes(10 * asked.runs, rng, home):
            try:
                record = generate(Request(**wish)).record
            except NoProduct:
                continue
            made[record.run_id] = wish | {"masker": record.mask.masker}
            print(f"made {len(made)}", file=sys.stderr, flush=True)
            if len(made) == asked.runs:
                break
        as_first_version(Settings().database)
        for run_id, wish in made.items():
            row = again(run_id) | {name: wish[name] for name in ("pipeline", "masker", "size")}
            row["mode"] = wish.get("mode", "keep")
            rows.append(row)
            print(f"{'identical' if not row['off'] else 'OFF':9} {row}", file=sys.stderr, flush=True)
        report(rows, asked.out)


def report(rows: list[dict[str, Any]], out: Path | None) -> None:
    identical = sum(not row["off"] and not row["differences"] for row in rows)
    results: dict[str, Any] = {
        "runs": len(rows),
        "identical": identical,
        "pictures": sum(row["pictures"] for row in rows),
        "off": [row for row in rows if row["off"] or row["differences"]],
        **{name: dict(Counter(row[name] for row in rows)) for name in ("pipeline", "mode", "masker")},
        "sizes": sorted("x".join(map(str, size)) for size in {tuple(row["size"]) for row in rows}),
        "log_migrated_from_version": 1,
    }
    text = json.dumps(results, indent=2)
    print(text)
    if out:
        out.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
