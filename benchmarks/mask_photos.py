"""Masks without downloads on photos with hand-made masks, beside plain cv2.grabCut. See masks.py."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from ecomgen import references
from ecomgen.masking import agree, cut_out, find_mask
from ecomgen.masking.signs import iou
from ecomgen.types import BoolMask, Box, Mask, MaskRequest, Pixels, Point, ReferenceImage

plain_side = 640
tolerance = 3  # pixels, of the boundary's F-score
clicks = 3
content = 0.985  # IoU at which a user clicks no more
columns = (
    "alone",
    "box",
    "clicks",
    "plain",
    "plain box",
    "best of five",
    "F alone",
    "F box",
    "F clicks",
    "F plain box",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Photo:
    """One photo with its truth."""

    name: str
    subject: str
    reference: ReferenceImage
    truth: BoolMask
    box: Box


@dataclass(frozen=True, kw_only=True, eq=False)
class Measured:
    """What was found in one photo, and how good each way was, by `columns`."""

    photo: Photo
    alone: Mask
    boxed: Mask
    clicked: int
    figures: dict[str, float]


def measure(shared: Path, masker: str, sheets: Path | None) -> dict[str, Any]:
    """Every photo of the index, then the photos of each subject together."""
    photos = [_photo(shared, entry) for entry in json.loads((shared / "masks" / "index.json").read_text("utf-8"))]
    print(f"{'IoU and boundary F at 3 px':26}{''.join(f'{name:>13}' for name in columns)}{'sure':>8}")
    rows = []
    for photo in photos:
        rows.append(_measured(photo, masker))
        print(_line(photo.name, rows[-1].figures, rows[-1].alone.confidence), flush=True)
        if sheets:
            _draw(rows[-1], sheets)
    means = {name: float(np.mean([row.figures[name] for row in rows])) for name in columns}
    print(_line(f"mean of {len(rows)}", means, float(np.mean([row.alone.confidence for row in rows]))))
    together = _together(rows)
    auc = _auc(rows)
    print(f"confidence tells IoU > 0.9 from < 0.7 with AUC {auc:.3f}")
    print(f"photos of one product given together: mean IoU {means['alone']:.3f} -> {together:.3f}")
    return {
        "mean": means,
        "auc": auc,
        "together": {"before": means["alone"], "after": together},
        "photos": {
            row.photo.name: {**row.figures, "confidence": row.alone.confidence, "clicks made": row.clicked}
            for row in rows
        },
    }


def _photo(shared: Path, entry: dict[str, Any]) -> Photo:
    return Photo(
        name=entry["mask"].removesuffix(".png"),
        subject=entry["subject"],
        reference=references.load(shared / "photos" / entry["subject"] / entry["photo"]),
        truth=np.asarray(Image.open(shared / "masks" / entry["mask"])) > 127,
        box=Box(*entry["box"]),
    )


def _measured(photo: Photo, masker: str) -> Measured:
    alone = find_mask(photo.reference, MaskRequest(masker=masker))
    boxed = find_mask(photo.reference, MaskRequest(masker=masker, box=photo.box))
    helped, clicked = _clicked(photo, masker, boxed.pixels)
    pixels = photo.reference.pixels
    masks = alone.pixels, boxed.pixels, helped, _plain(pixels, _centred(pixels)), _plain(pixels, photo.box)
    best = max(iou(each.pixels, photo.truth) for each in alone.candidates)
    figures = [*(iou(mask, photo.truth) for mask in masks), best]
    figures += [boundary(mask, photo.truth) for mask in (masks[0], masks[1], masks[2], masks[4])]
    return Measured(
        photo=photo, alone=alone, boxed=boxed, clicked=clicked, figures=dict(zip(columns, figures, strict=True))
    )


def _clicked(photo: Photo, masker: str, start: BoolMask) -> tuple[BoolMask, int]:
    """The box and at most three clicks, each at the centre of what is most wrong, by a user who stops when content."""
    points: tuple[Point, ...] = ()
    mask = start
    while len(points) < clicks and iou(mask, photo.truth) < content:
        points = (*points, centre_of_error(mask, photo.truth))
        mask = find_mask(photo.reference, MaskRequest(masker=masker, box=photo.box, points=points)).pixels
    return mask, len(points)


def centre_of_error(mask: BoolMask, truth: BoolMask) -> Point:
    """The pixel deepest in the largest connected error."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((mask ^ truth).astype(np.uint8), connectivity=4)
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    depth = cv2.distanceTransform(np.pad((labels == largest).astype(np.uint8), 1), cv2.DIST_L2, 5)[1:-1, 1:-1]
    y, x = np.unravel_index(int(depth.argmax()), depth.shape)
    return Point(int(x), int(y), bool(truth[y, x]))


def boundary(mask: BoolMask, truth: BoolMask) -> float:
    """F-score of the contour within `tolerance` pixels."""
    ours, theirs = _contour(mask), _contour(truth)
    if not (ours.any() and theirs.any()):
        return 0.0
    precision, recall = (float((_away(two)[one] <= tolerance).mean()) for one, two in ((ours, theirs), (theirs, ours)))
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _contour(mask: BoolMask) -> BoolMask:
    bytes_ = mask.astype(np.uint8)
    return (bytes_ - cv2.erode(bytes_, np.ones((3, 3), np.uint8))) > 0


def _away(contour: BoolMask) -> np.ndarray:
    return np.asarray(cv2.distanceTransform((~contour).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE))


def _together(rows: Sequence[Measured]) -> float:
    """Mean IoU where all photos of a subject are given at once."""
    found = []
    for _, group in groupby(sorted(rows, key=lambda row: row.photo.subject), key=lambda row: row.photo.subject):
        same = list(group)
        masks = agree([row.photo.reference for row in same], [row.alone for row in same])
        for row, mask in zip(same, masks, strict=True):
            found.append(iou(mask.pixels, row.photo.truth))
            if mask.chosen != row.alone.chosen:
                print(f"  {row.photo.name}: {row.figures['alone']:.3f} -> {found[-1]:.3f}")
    return float(np.mean(found))


def _auc(rows: Sequence[Measured]) -> float:
    good = [row.alone.confidence for row in rows if row.figures["alone"] > 0.9]
    bad = [row.alone.confidence for row in rows if row.figures["alone"] < 0.7]
    wins = [float(one > other) + 0.5 * float(one == other) for one in good for other in bad]
    return float(np.mean(wins)) if wins else float("nan")


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


def _line(name: str, figures: dict[str, float], confidence: float) -> str:
    return f"{name:26}{''.join(f'{figures[each]:13.3f}' for each in columns)}{confidence:8.2f}"


def _draw(row: Measured, sheets: Path) -> None:
    """The photo with truth green, ours magenta, ours with the box yellow; beside it the cut-out over magenta."""
    sheets.mkdir(parents=True, exist_ok=True)
    canvas = row.photo.reference.pixels.copy()
    for mask, colour in (
        (row.photo.truth, (0, 255, 0)), (row.boxed.pixels, (255, 255, 0)), (row.alone.pixels, (255, 0, 255)),
    ):  # fmt: skip
        outlines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        cv2.drawContours(canvas, outlines, -1, colour, 3)
    rgba = cut_out(row.photo.reference, row.boxed).rgba
    alpha = rgba[..., 3:].astype(np.float32) / 255
    over = (rgba[..., :3] * alpha + np.array((255, 0, 255)) * (1 - alpha)).astype(np.uint8)
    Image.fromarray(np.hstack([canvas, over])).save(sheets / f"{row.photo.name}.jpg", quality=88)
