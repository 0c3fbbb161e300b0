"""The masker that looks at a finished picture is told where the product was put, and asks for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from masking.small_detectors import save_sam2

from ecomgen.masking.finished_picture import inner_points, seen
from ecomgen.masking.maskers.sam2 import SegmentAnything2
from ecomgen.masking.sam.segmenter import SegmentAnything
from ecomgen.types import BoolMask, Box, Canvas, Pixels, Placement, Point


def put(mug: tuple[Pixels, BoolMask]) -> Placement:
    pixels, mask = mug
    product = np.dstack([pixels, mask.astype(np.uint8) * 255])
    canvas = Canvas(width=mask.shape[1], height=mask.shape[0])
    return Placement(canvas=canvas, product=product, box=Box.of(mask), scale=1.0, contact_y=220)


@pytest.mark.parametrize(("kind", "masker"), [(SegmentAnything, "sam-clip"), (SegmentAnything2, "sam2")])
def test_segment_anything_is_told_box_and_points_and_never_asked_everywhere(
    kind: Any, masker: str, with_sam: Callable[[], Path], weights: Path, mug: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ = with_sam() if masker == "sam-clip" else save_sam2(weights)
    asked: list[tuple[Box | None, Sequence[Point]]] = []
    prompted = kind.prompted

    def noted(self: Any, photo: Pixels, *, box: Box | None = None, points: Sequence[Point] = ()) -> Any:
        asked.append((box, points))
        return prompted(self, photo, box=box, points=points)

    monkeypatch.setattr(kind, "prompted", noted)
    monkeypatch.setattr(kind, "everything", lambda *_: pytest.fail("asked everywhere"))
    placement = put(mug)
    seen(mug[0], placement, masker)
    ((box, points),) = asked
    assert box == placement.box
    assert len(points) == 3 and all(mug[1][point.y, point.x] for point in points)


def test_our_own_network_looks_at_each_of_several_products(mug: Any) -> None:
    placement = put(mug)
    left, right = (
        replace(placement, product=np.roll(placement.product, by, 1), box=Box(*(np.add(placement.box, (by, 0, by, 0)))))
        for by in (-90, 60)
    )
    bare = np.full_like(mug[0], (150, 140, 120))
    for one in (left, right):
        alpha = one.product[..., 3:] > 0
        bare = np.where(alpha, one.product[..., :3], bare)
    found = seen(bare, replace(placement, parts=(left, right)), "grabcut")
    assert found is not None
    for one in (left, right):
        inside = one.product[..., 3] > 0
        assert (found & inside).sum() > 0.9 * inside.sum()


def test_points_lie_far_inside_and_apart() -> None:
    mask = np.zeros((60, 200), bool)
    mask[10:50, 10:190] = True
    points = inner_points(mask, 3)
    assert len({point[:2] for point in points}) == 3
    assert all(mask[point.y - 9 : point.y + 9, point.x - 9 : point.x + 9].all() for point in points)
    assert np.ptp([point.x for point in points]) > 60
    assert inner_points(np.zeros((5, 5), bool), 3) == []
