"""How well ecomgen masks and cuts out: tables, and JSON beside this file.

    python benchmarks/masks.py [--only PART...] [--masker grabcut|lite] [--shared FOLDER] [--renders FOLDER]
        [--sheets FOLDER]

photos: IoU and boundary F on photos with hand-made masks, alone, with a box, with clicks, in pairs, beside plain
    cv2.grabCut; SHARED holds photos/SUBJECT/NN.jpg, masks/SUBJECT__NN.png and masks/index.json with the boxes.
mattes: soft edges against exact mattes, of the samples and of drawn glass, fur, lace and more.
openings: handles, rings and meshes stay open, pinholes are filled.
families: renders of product families that were held out, alone and with a box, and whether the confidence is true;
    FOLDER is what `python -m training.render --families held-out --out FOLDER` has made.
rims: smooth products among such renders, before busy ground: how rough their edge comes out.
copies: mirrored, smaller, brighter and cropped copies of every photo of SHARED against the photo itself.
speed: a second text, and a 12-megapixel photo, with a small random-weight SAM and CLIP.
large: a 60-megapixel photo's peak memory.
Figures of time are ratios within one run.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mask_copies
import mask_edges
import mask_families
import mask_photos
import mask_rims
import mask_speed

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "masks.json"
SHARED = HERE.parents[1] / "shared"
PARTS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "photos": lambda asked: mask_photos.measure(asked.shared, asked.masker, asked.sheets),
    "mattes": lambda asked: mask_edges.mattes(asked.sheets),
    "openings": lambda asked: mask_edges.openings(asked.masker),
    "families": lambda asked: mask_families.measure(asked.renders, asked.masker),
    "rims": lambda asked: mask_rims.measure(asked.renders, asked.masker, asked.sheets),
    "copies": lambda asked: mask_copies.measure(asked.shared, asked.masker),
    "speed": lambda asked: mask_speed.texts_and_size(),  # noqa: ARG005
    "large": lambda asked: mask_speed.large(),  # noqa: ARG005
}

NEEDED: dict[str, Callable[[argparse.Namespace], Path]] = {
    "photos": lambda asked: asked.shared,
    "families": lambda asked: asked.renders,
    "rims": lambda asked: asked.renders,
    "copies": lambda asked: asked.shared,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--masker", choices=["grabcut", "lite"], default="grabcut")
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--renders", type=Path, default=HERE / "renders", help="renders of families held out")
    parser.add_argument("--sheets", type=Path, help="a folder for contact sheets; nothing of them is kept here")
    asked = parser.parse_args()
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
    for part in asked.only:
        folder = NEEDED.get(part, lambda _: HERE)(asked)
        if not folder.is_dir():
            print(f"{part}: left out, for there is no folder {folder}")
            continue
        name = f"{part} ({asked.masker})" if part in NEEDED else part
        print(f"\n{name}")
        results[name] = PARTS[part](asked)
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
