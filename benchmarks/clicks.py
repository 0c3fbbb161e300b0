"""How fast clicks lead to the product: simulated clicks, each in the middle of what is then most wrong.

    python benchmarks/clicks.py [--renders FOLDER] [--shards NAME...] [--every 5] [--shared FOLDER] [--masker lite]
        [--out FILE.json]

FOLDER holds what `python -m training.render` has made; SHARED holds photos/SUBJECT/NN.jpg, masks/SUBJECT__NN.png and
masks/index.json. The figures: IoU after 0, 1, 3 and 5 clicks, the median number of clicks to an IoU of 0.95 (those that
need none count as 0, and more than ten as ten), the share of clicks after which the mask is worse, and the time of a
click as a ratio to one cv2.grabCut with the true box on the same photo, both in processor time.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from mask_photos import centre_of_error, iou
from PIL import Image

from ecomgen import references
from ecomgen.errors import NoProduct
from ecomgen.masking import find_mask
from ecomgen.masking.refinement import smaller
from ecomgen.types import BoolMask, Box, MaskRequest, Pixels, Point, ReferenceImage

CONTENT = 0.95  # IoU at which a user clicks no more
MOST = 10  # clicks
COUNTS = (0, 1, 3, 5)
HARM = 0.002  # of IoU, lost by a click
PLAIN_SIDE = 640


@dataclass(frozen=True, kw_only=True, eq=False)
class Shown:
    """A photo with its truth."""

    name: str
    photo: ReferenceImage
    truth: BoolMask


@dataclass(frozen=True, kw_only=True)
class Clicked:
    """IoU before the first click and after each; seconds of the processor a click, and for one cv2.grabCut."""

    name: str
    ious: tuple[float, ...]
    seconds: tuple[float, ...]
    plain: float

    @property
    def needed(self) -> int:
        """Clicks until the user was content, or ten."""
        return next((count for count, value in enumerate(self.ious) if value >= CONTENT), MOST)

    def after(self, count: int) -> float:
        """IoU after so many clicks; a user who is content makes no more."""
        return self.ious[min(count, len(self.ious) - 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--renders", type=Path, help="a folder of renders")
    parser.add_argument("--shards", nargs="+", help="only these, as shard-0003")
    parser.add_argument("--every", type=int, default=5, help="only every so many renders")
    parser.add_argument("--shared", type=Path, help="photos with masks made by hand")
    parser.add_argument("--masker", choices=["grabcut", "lite"], default="lite")
    parser.add_argument("--out", type=Path, help="where the figures are written")
    asked = parser.parse_args()
    shown = [*(_renders(asked.renders, asked.shards, asked.every) if asked.renders else ())]
    shown += _photos(asked.shared) if asked.shared else ()
    told = _told([_said(_clicked(each, asked.masker)) for each in shown])
    if asked.out:
        asked.out.write_text(json.dumps(told, indent=2) + "\n", "utf-8")


def _renders(folder: Path, names: Sequence[str] | None, every: int) -> Iterator[Shown]:
    number = 0
    for path in sorted(folder.glob("shard-*.npz")):
        if names and path.stem not in names:
            continue
        with np.load(path) as stored:
            for picture, mask, family in zip(stored["pictures"], stored["masks"], stored["families"], strict=True):
                if number % every == 0:
                    photo = ReferenceImage(path=folder / f"{number}.png", sha256="", pixels=picture)
                    yield Shown(name=f"{path.stem[6:]} {number} {family}", photo=photo, truth=mask > 127)
                number += 1


def _photos(shared: Path) -> Iterator[Shown]:
    for entry in json.loads((shared / "masks" / "index.json").read_text("utf-8")):
        photo = references.load(shared / "photos" / entry["subject"] / entry["photo"])
        truth = np.asarray(Image.open(shared / "masks" / entry["mask"])) > 127
        yield Shown(name=entry["mask"].removesuffix(".png"), photo=photo, truth=truth)


def _clicked(shown: Shown, masker: str) -> Clicked:
    """A user who stops when content, or after ten clicks."""
    points: tuple[Point, ...] = ()
    mask = _found(shown.photo, masker, points)
    ious, seconds = [iou(mask, shown.truth)], []
    while len(points) < MOST and ious[-1] < CONTENT:
        points = (*points, centre_of_error(mask, shown.truth))
        start = time.process_time()
        mask = _found(shown.photo, masker, points)
        seconds.append(time.process_time() - start)
        ious.append(iou(mask, shown.truth))
    plain = _plain(shown.photo.pixels, shown.truth)
    return Clicked(name=shown.name, ious=tuple(ious), seconds=tuple(seconds), plain=plain)


def _found(photo: ReferenceImage, masker: str, points: tuple[Point, ...]) -> BoolMask:
    try:
        return find_mask(photo, MaskRequest(masker=masker, points=points)).pixels
    except NoProduct:
        return np.zeros(photo.pixels.shape[:2], dtype=bool)


def _plain(photo: Pixels, truth: BoolMask) -> float:
    """Seconds of the processor for one cv2.grabCut with the true box, on a copy of at most 640 pixels."""
    small = smaller(photo, PLAIN_SIDE)
    box = Box.of(truth).scaled(small.shape[1] / photo.shape[1])
    start = time.process_time()
    cv2.grabCut(
        small, np.zeros(small.shape[:2], np.uint8), (box.x0, box.y0, box.width, box.height), np.zeros((1, 65)),
        np.zeros((1, 65)), 5, cv2.GC_INIT_WITH_RECT,
    )  # fmt: skip
    return time.process_time() - start


def _said(clicked: Clicked) -> Clicked:
    print(f"{clicked.name:34}{clicked.needed:3}  {' '.join(f'{value:.3f}' for value in clicked.ious)}", flush=True)
    return clicked


def _told(rows: Sequence[Clicked]) -> dict[str, Any]:
    """All photos, and those alone that are not good without a click."""
    torn = [row for row in rows if row.needed]
    found = {name: _figures(these) for name, these in (("all", rows), ("below 0.95 at first", torn)) if these}
    for name, figures in found.items():
        print(f"\n{name}")
        for key, value in figures.items():
            print(f"  {key:34}{value:8.3f}")
    return found


def _figures(rows: Sequence[Clicked]) -> dict[str, float]:
    steps = [after - before for row in rows for before, after in zip(row.ious, row.ious[1:], strict=False)]
    first = [row.seconds[0] / row.plain for row in rows if row.seconds]
    later = [value / row.plain for row in rows for value in row.seconds[1:]]
    return {
        "photos": len(rows),
        **{f"IoU after {count}": float(np.mean([row.after(count) for row in rows])) for count in COUNTS},
        "clicks to 0.95, median": float(np.median([row.needed for row in rows])),
        "clicks to 0.95, mean": float(np.mean([row.needed for row in rows])),
        "never in ten clicks": float(np.mean([max(row.ious) < CONTENT for row in rows])),
        "clicks that do harm": float(np.mean([step < -HARM for step in steps])) if steps else 0.0,
        "first click over grabCut": float(np.median(first)) if first else 0.0,
        "later click over grabCut": float(np.median(later)) if later else 0.0,
    }


if __name__ == "__main__":
    main()
