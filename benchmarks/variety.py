"""Variety: how different the pictures are that a few seeds give for one prompt.

    python benchmarks/variety.py [--size 144] [--seeds 4] [--least 10] [--sheets FOLDER] [--out FILE.json]

The prompts below are fixed: whoever changes what chance may do in the studio measures before and after, and compares
the means of the least varied. The distance of two pictures is that of their colours in CIE Lab, averaged over the
picture and over three scales: as they are, a quarter and a sixteenth of their size, so that a moved shadow counts
little, another light much. The product is a plain can, the same in all, and counts as 0. With --sheets the pictures
are shown in rows.
"""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from studio import can

from ecomgen.compositing import compose
from ecomgen.export import save_picture
from ecomgen.scenes.studio.backend import StudioBackend
from ecomgen.types import SceneRequest, silent

PROMPTS = (
    "on a marble table",
    "on a wooden table by the window",
    "on a podium",
    "on a white podium with soft light",
    "at the beach",
    "in the forest",
    "in a garden",
    "on a kitchen counter",
    "in fresh snow",
    "on linen",
    "on moss",
    "in a cafe",
    "on a desk",
    "in the bathroom",
    "on a shelf",
    "in the mountains",
    "by a lake",
    "on a concrete floor",
    "on a beige background",
    "at night in the city",
    "on a stone slab",
    "on silk",
    "on a rooftop",
    "in the desert",
)
SCALES = (1, 4, 16)
SAMPLES = 8  # a pixel: drafts tell as much


def distance(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """The mean difference of two pictures (HxWx3) in CIE Lab, over `SCALES`."""
    found = []
    for scale in SCALES:
        size = (one.shape[1] // scale, one.shape[0] // scale)
        small = (cv2.resize(side, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255 for side in (one, other))
        first, second = (cv2.cvtColor(side, cv2.COLOR_RGB2LAB) for side in small)
        found.append(float(np.linalg.norm(first - second, axis=-1).mean()))
    return float(np.mean(found))


def pictures(backend: StudioBackend, prompt: str, size: int, seeds: int) -> list[NDArray[np.uint8]]:
    placement = can(size)
    known = backend.resolved() | {"samples_per_pixel": SAMPLES}
    asked = SceneRequest(prompt=prompt, placement=placement, seeds=tuple(range(seeds)), parameters=known, product="can")
    return [compose(placement.product, scene.pixels).pixels for scene in backend.make(asked, silent)]


def measured(size: int, seeds: int, sheets: Path | None) -> dict[str, float]:
    """The mean distance between the seeds of each prompt, least first."""
    backend, found = StudioBackend(), {}
    for prompt in PROMPTS:
        made = pictures(backend, prompt, size, seeds)
        pairs = [distance(*pair) for pair in itertools.combinations(made, 2)]
        found[prompt] = round(float(np.mean(pairs)), 2)
        print(f"{found[prompt]:6.2f}  {prompt}", flush=True)
        if sheets:
            save_picture(sheets / f"{prompt}.png", np.hstack(made))
    return dict(sorted(found.items(), key=lambda one: one[1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=144)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--least", type=int, default=10)
    parser.add_argument("--sheets", type=Path)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    found = measured(asked.size, asked.seeds, asked.sheets)
    least = float(np.mean(list(found.values())[: asked.least]))
    print(f"{least:6.2f}  the mean of the {asked.least} least varied")
    if asked.out:
        asked.out.write_text(
            json.dumps({"least": round(least, 2), "prompts": found}, indent=2) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
