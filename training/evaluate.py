"""Masks of real photos against masks made by hand: `python -m training.evaluate --shared FOLDER [--out FILE.json]`.

For choosing among a handful of finished networks, never for training. Prints IoU alone and with the box, the mean of
the worst quarter, and the boundary F-score at 3 pixels, for every masker in the same run.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from ecomgen.errors import NoProduct
from ecomgen.masking import find_mask
from ecomgen.masking.signs import iou
from ecomgen.types import BoolMask, Box, Mask, MaskRequest, Pixels, ReferenceImage

REACH = 3  # pixels within which an edge counts as found


@dataclass(frozen=True, kw_only=True)
class Score:
    """One masker on one photo, with or without the box."""

    photo: str
    masker: str
    box: bool
    iou: float
    boundary: float
    best: float  # IoU of the best of its candidates
    confidence: float
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Masks of real photos against masks made by hand.")
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--maskers", nargs="+", default=["lite", "grabcut"])
    parser.add_argument("--out", type=Path, help="write the numbers as JSON")
    parser.add_argument("--sheet", type=Path, help="write a contact sheet of the first masker's cut-outs")
    arguments = parser.parse_args()
    entries = json.loads((arguments.shared / "masks" / "index.json").read_text("utf-8"))
    scores: list[Score] = []
    tiles: list[Pixels] = []
    for entry in entries:
        scores += measured(arguments.shared, entry, arguments.maskers, tiles)
    _print(scores)
    if arguments.out:
        arguments.out.write_text(json.dumps([vars(score) for score in scores], indent=1), "utf-8")
    if arguments.sheet:
        _sheet(tiles).save(arguments.sheet)


def measured(shared: Path, entry: dict, maskers: list[str], tiles: list[Pixels]) -> list[Score]:
    """Every masker on one photo, alone and with the box; the first masker's cut-outs go to `tiles`."""
    path = shared / "photos" / entry["subject"] / entry["photo"]
    photo = np.asarray(Image.open(path).convert("RGB"))
    truth = np.asarray(Image.open(shared / "masks" / entry["mask"])) > 127
    reference = ReferenceImage(path=path.resolve(), sha256="", pixels=photo)
    scores = []
    for masker in maskers:
        for box in (None, Box(*entry["box"])):
            start = time.perf_counter()
            mask = _found(reference, MaskRequest(masker=masker, box=box))
            seconds = time.perf_counter() - start
            scores.append(_score(entry["mask"], masker, box, mask, truth, seconds))
            print(
                f"{entry['mask']:26}{masker:10}{'box' if box else '':5}{scores[-1].iou:8.3f}{scores[-1].boundary:8.3f}",
                flush=True,
            )
            if masker == maskers[0]:
                tiles.append(_tile(photo, mask.pixels if mask else np.zeros_like(truth), scores[-1].iou))
    return scores


def _found(reference: ReferenceImage, request: MaskRequest) -> Mask | None:
    try:
        return find_mask(reference, request)
    except NoProduct:
        return None


def _score(photo: str, masker: str, box: Box | None, mask: Mask | None, truth: BoolMask, seconds: float) -> Score:
    pixels = mask.pixels if mask else np.zeros_like(truth)
    best = max((iou(each.pixels, truth) for each in mask.candidates), default=0.0) if mask else 0.0
    return Score(
        photo=photo,
        masker=masker,
        box=box is not None,
        iou=iou(pixels, truth),
        boundary=boundary_score(pixels, truth),
        best=best,
        confidence=mask.confidence if mask else 0.0,
        seconds=seconds,
    )


def boundary_score(mask: BoolMask, truth: BoolMask) -> float:
    """F-score of the outlines, an outline pixel counting as found within three pixels of the other outline."""
    mine, theirs = _outline(mask), _outline(truth)
    if not mine.any() or not theirs.any():
        return 0.0
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * REACH + 1, 2 * REACH + 1))
    precision = float((cv2.dilate(theirs, kernel)[mine > 0] > 0).mean())
    recall = float((cv2.dilate(mine, kernel)[theirs > 0] > 0).mean())
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _outline(mask: BoolMask) -> Pixels:
    whole = mask.astype(np.uint8)
    inner = cv2.erode(whole, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=(1.0,))
    return np.asarray(whole - inner, dtype=np.uint8)


def worst_quarter(values: list[float]) -> float:
    """Mean of the lowest quarter."""
    return float(np.mean(sorted(values)[: max(1, len(values) // 4)]))


def _print(scores: list[Score]) -> None:
    print(f"\n{'':16}{'IoU':>8}{'worst 1/4':>11}{'F 3px':>8}{'best of 5':>11}{'seconds':>9}")
    for masker, box in dict.fromkeys((score.masker, score.box) for score in scores):
        mine = [score for score in scores if (score.masker, score.box) == (masker, box)]
        ious = [score.iou for score in mine]
        means = [float(np.mean([getattr(score, name) for score in mine])) for name in ("boundary", "best", "seconds")]
        name = f"{masker}{', box' if box else ''}"
        print(f"{name:16}{np.mean(ious):8.3f}{worst_quarter(ious):11.3f}{means[0]:8.3f}{means[1]:11.3f}{means[2]:9.2f}")


def _tile(photo: Pixels, mask: BoolMask, score: float) -> Pixels:
    shown = np.where(mask[..., None], photo, photo // 4 + np.array([60, 0, 60], np.uint8)).astype(np.uint8)
    tile = np.asarray(cv2.resize(shown, (240, 240), interpolation=cv2.INTER_AREA), dtype=np.uint8).copy()
    cv2.putText(tile, f"{score:.2f}", (4, 18), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (255, 255, 0), 1)
    return tile


def _sheet(tiles: list[Pixels], across: int = 8) -> Image.Image:
    blank = [np.zeros_like(tiles[0])] * (-len(tiles) % across)
    rows = [np.hstack((tiles + blank)[start : start + across]) for start in range(0, len(tiles), across)]
    return Image.fromarray(np.vstack(rows))


if __name__ == "__main__":
    main()
