"""How well a masker without downloads finds the product: IoU on hand-made masks, beside plain cv2.grabCut.

`python benchmarks/masking.py [--masker lite|grabcut] [--shared FOLDER] [--out FILE.json] [--sheet FILE.png]`
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
from PIL import Image

from ecomgen.masking import find_mask
from ecomgen.types import Box, MaskRequest, ReferenceImage

if TYPE_CHECKING:
    from ecomgen.types import BoolMask, Mask, Pixels

plain_side = 640
columns = ("ours", "plain", "ours, box", "plain, box", "best of five")


class Row(NamedTuple):
    """IoU of each way, the confidence, and the time of ours over plain's."""

    name: str
    ious: tuple[float, ...]
    confidence: float
    seconds: float
    plain_seconds: float


def main() -> None:
    arguments = _arguments()
    entries = json.loads((arguments.shared / "masks" / "index.json").read_text("utf-8"))
    pictures: list[Pixels] = []
    rows = [_measure(arguments.shared, arguments.masker, entry, pictures) for entry in entries]
    _print(rows)
    if arguments.out:
        arguments.out.write_text(json.dumps(_summary(rows), indent=2), "utf-8")
    if arguments.sheet:
        _sheet(pictures).save(arguments.sheet)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--masker", choices=["lite", "grabcut"], default="lite")
    parser.add_argument("--out", type=Path, help="write the numbers as JSON")
    parser.add_argument("--sheet", type=Path, help="write a contact sheet of the photos with their contours")
    return parser.parse_args()


def _measure(shared: Path, masker: str, entry: dict, pictures: list[Pixels]) -> Row:
    path = shared / "photos" / entry["subject"] / entry["photo"]
    photo = np.asarray(Image.open(path).convert("RGB"))
    truth = np.asarray(Image.open(shared / "masks" / entry["mask"])) > 127
    box = Box(*entry["box"])
    reference = ReferenceImage(path=path.resolve(), sha256="", pixels=photo)
    start = time.perf_counter()
    ours = find_mask(reference, MaskRequest(masker=masker))
    middle = time.perf_counter()
    plain = _plain(photo, _centred(photo))
    end = time.perf_counter()
    boxed = find_mask(reference, MaskRequest(masker=masker, box=box))
    masks = ours.pixels, plain, boxed.pixels, _plain(photo, box)
    pictures.append(_contours(photo, ours, boxed, truth))
    ious = (*(_iou(mask, truth) for mask in masks), max(_iou(each.pixels, truth) for each in ours.candidates))
    row = Row(entry["mask"], ious, ours.confidence, middle - start, end - middle)
    print(_line(row), flush=True)
    return row


def _plain(photo: Pixels, box: Box) -> BoolMask:
    """cv2.grabCut as its documentation shows it, on a copy of at most 640 pixels."""
    height, width = photo.shape[:2]
    scale = min(1.0, plain_side / max(height, width))
    small = cv2.resize(photo, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    mask = np.zeros(small.shape[:2], np.uint8)
    rectangle = tuple(round(value * scale) for value in (box.x0, box.y0, box.width, box.height))
    cv2.setRNGSeed(0)
    cv2.grabCut(small, mask, rectangle, np.zeros((1, 65)), np.zeros((1, 65)), 5, cv2.GC_INIT_WITH_RECT)
    soft = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)
    return cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR) > 0.5


def _centred(photo: Pixels) -> Box:
    height, width = photo.shape[:2]
    return Box(round(0.1 * width), round(0.1 * height), round(0.9 * width), round(0.9 * height))


def _iou(mask: BoolMask, truth: BoolMask) -> float:
    return float(np.count_nonzero(mask & truth) / max(np.count_nonzero(mask | truth), 1))


def _line(row: Row) -> str:
    numbers = "".join(f"{value:14.3f}" for value in row.ious)
    return f"{row.name:26}{numbers}{row.confidence:12.2f}{row.seconds / row.plain_seconds:12.2f}"


def _print(rows: list[Row]) -> None:
    print(f"\n{'mean IoU':26}{''.join(f'{name:>14}' for name in columns)}{'confidence':>12}{'time ratio':>12}")
    means = tuple(float(np.mean([row.ious[number] for row in rows])) for number in range(len(columns)))
    seconds, plain = sum(row.seconds for row in rows), sum(row.plain_seconds for row in rows)
    print(_line(Row(f"{len(rows)} photos", means, float(np.mean([row.confidence for row in rows])), seconds, plain)))
    print(f"confidence tells IoU > 0.9 from < 0.7 with AUC {_auc(rows):.2f}")


def _auc(rows: list[Row]) -> float:
    good = [row.confidence for row in rows if row.ious[0] > 0.9]
    bad = [row.confidence for row in rows if row.ious[0] < 0.7]
    wins = [float(g > b) + 0.5 * float(g == b) for g in good for b in bad]
    return float(np.mean(wins)) if wins else float("nan")


def _summary(rows: list[Row]) -> dict:
    means = {name: float(np.mean([row.ious[number] for row in rows])) for number, name in enumerate(columns)}
    photos = {row.name: {**dict(zip(columns, row.ious, strict=True)), "confidence": row.confidence} for row in rows}
    ratio = sum(row.seconds for row in rows) / sum(row.plain_seconds for row in rows)
    return {"mean_iou": means, "photos": photos, "time_ratio_to_plain": ratio}


def _contours(photo: Pixels, ours: Mask, boxed: Mask, truth: BoolMask) -> Pixels:
    """Truth green, ours magenta, ours with the box yellow."""
    canvas = photo.copy()
    for mask, colour in ((truth, (0, 255, 0)), (boxed.pixels, (255, 255, 0)), (ours.pixels, (255, 0, 255))):
        outlines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        cv2.drawContours(canvas, outlines, -1, colour, 3)
    return np.asarray(cv2.resize(canvas, (400, 400), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _sheet(pictures: list[Pixels]) -> Image.Image:
    rows = [np.hstack(pictures[start : start + 5]) for start in range(0, len(pictures) - len(pictures) % 5, 5)]
    return Image.fromarray(np.vstack(rows))


if __name__ == "__main__":
    main()
