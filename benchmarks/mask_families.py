"""Masks of products whose families no network has seen, and how true the confidence is. See masks.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from mask_photos import iou

from ecomgen.errors import NoProduct
from ecomgen.masking import find_mask
from ecomgen.types import BoolMask, Box, Mask, MaskRequest, Pixels, ReferenceImage

TORN, EXCELLENT = 0.8, 0.95  # IoU below which a mask should be doubted, and above which it should not
GOOD = 0.9  # IoU that the confidence is the probability of
DOUBTED = 0.5  # confidence below which a mask is doubted
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One render: IoU alone and with the box, and how sure the masker was."""

    family: str
    alone: float
    boxed: float
    confidence: float
    sure_boxed: float


def measure(folder: Path, masker: str, limit: int | None = None) -> dict[str, Any]:
    """Every render of a folder that `training.render` has made of families held out."""
    rows = []
    for number, (picture, truth, family) in enumerate(_renders(folder)):
        if limit is not None and number >= limit:
            break
        photo = ReferenceImage(path=folder / f"{number}.png", sha256="", pixels=picture)
        alone, boxed = (_found(photo, MaskRequest(masker=masker, box=box)) for box in (None, around(truth)))
        rows.append(
            Row(
                family=family,
                alone=iou(alone.pixels, truth) if alone else 0.0,
                boxed=iou(boxed.pixels, truth) if boxed else 0.0,
                confidence=alone.confidence if alone else 0.0,
                sure_boxed=boxed.confidence if boxed else 0.0,
            )
        )
    return _told(rows)


def worst_quarter(values: Sequence[float]) -> float:
    """Mean of the lowest quarter."""
    return float(np.mean(sorted(values)[: max(1, len(values) // 4)]))


def _renders(folder: Path) -> Iterator[tuple[Pixels, BoolMask, str]]:
    for path in sorted(folder.glob("shard-*.npz")):
        with np.load(path) as stored:
            for picture, mask, family in zip(stored["pictures"], stored["masks"], stored["families"], strict=True):
                yield picture, mask > 127, str(family).partition(":")[0]


def around(truth: BoolMask) -> Box:
    rows, columns = np.flatnonzero(truth.any(1)), np.flatnonzero(truth.any(0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def _found(photo: ReferenceImage, request: MaskRequest) -> Mask | None:
    try:
        return find_mask(photo, request)
    except NoProduct:
        return None


def _told(rows: Sequence[Row]) -> dict[str, Any]:
    families: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        families[row.family].append(row.alone)
    for family, values in sorted(families.items()):
        print(f"{family:24}{np.mean(values):8.3f}{len(values):6}")
    found: dict[str, Any] = {"pictures": len(rows)}
    for name, ious, sure in (
        ("alone", [row.alone for row in rows], [row.confidence for row in rows]),
        ("box", [row.boxed for row in rows], [row.sure_boxed for row in rows]),
    ):
        figures = {"IoU": float(np.mean(ious)), "worst quarter": worst_quarter(ious)} | _doubts(ious, sure)
        print(f"{name:10}" + "  ".join(f"{key} {value:.3f}" for key, value in figures.items()))
        found[name] = figures | {"reliability": _reliability(ious, sure)}
    return found


def _doubts(ious: Sequence[float], sure: Sequence[float]) -> dict[str, float]:
    torn = [confidence < DOUBTED for value, confidence in zip(ious, sure, strict=True) if value < TORN]
    fine = [confidence < DOUBTED for value, confidence in zip(ious, sure, strict=True) if value > EXCELLENT]
    return {
        "torn that are doubted": float(np.mean(torn)) if torn else float("nan"),
        "excellent that are doubted": float(np.mean(fine)) if fine else float("nan"),
    }


def _reliability(ious: Sequence[float], sure: Sequence[float]) -> list[dict[str, float]]:
    """For each range of confidence, its mean and the share of masks that are good."""
    curve = []
    for low, high in pairwise(BINS):
        these = [
            (confidence, value > GOOD)
            for confidence, value in zip(sure, ious, strict=True)
            if low <= confidence < high or confidence == high == 1
        ]
        if these:
            said, true = np.mean(these, axis=0)
            curve.append({"said": round(float(said), 3), "true": round(float(true), 3), "masks": len(these)})
            print(f"  said {said:.2f}, true {true:.2f}: {len(these)} masks")
    return curve
