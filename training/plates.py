"""Renders the studio's sets without a product: `python -m training.plates --out FOLDER --count 400`.

Products are pasted over them, so that the network sees kitchens, gardens, skylines and festive tables behind what it
looks for. Prompts are those of `benchmarks/studio_prompts.txt`, again and again with other seeds. Shards are written
whole, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from ecomgen.scenes.studio.backend import preview
from ecomgen.types import silent

PROMPTS = Path(__file__).parent.parent / "benchmarks" / "studio_prompts.txt"
SHARD = 20  # pictures


def render_plates(folder: Path, number: int, size: int, count: int = SHARD) -> None:
    """One shard, `plates-NNNN.npz`: pictures Nx`size`x`size`x3, sRGB."""
    prompts = PROMPTS.read_text("utf-8").split("\n")[:-1]
    plates = [
        preview(prompts[seed % len(prompts)], seed=seed, width=size, height=size, report=silent).pixels
        for seed in range(number * SHARD, number * SHARD + count)
    ]
    part = folder / f".plates-{number:04d}.npz"
    np.savez_compressed(part, plates=np.stack(plates))
    part.replace(folder / f"plates-{number:04d}.npz")


def main() -> None:
    parser = argparse.ArgumentParser(description="Renders the studio's sets without a product.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--size", type=int, default=224)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for number in range(-(-arguments.count // SHARD)):
        if not (arguments.out / f"plates-{number:04d}.npz").is_file():
            start = time.perf_counter()
            render_plates(arguments.out, number, arguments.size)
            print(f"plates {number}: {(time.perf_counter() - start) / SHARD:.2f} s a picture", flush=True)


if __name__ == "__main__":
    main()
