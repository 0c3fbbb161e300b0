"""The rendered samples, and the shared photos where they are: another view of the product against other products."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from ecomgen import samples
from ecomgen.scoring import Subject, judge, threshold
from ecomgen.types import Box, Cutout

SHARED = Path(__file__).parents[3] / "shared"


def cutout(photo: Path, mask: Path, side: int = 512) -> np.ndarray:
    rgb = cv2.cvtColor(cv2.imread(str(photo)), cv2.COLOR_BGR2RGB)
    rgba = np.dstack([rgb, cv2.imread(str(mask), cv2.IMREAD_GRAYSCALE)])
    scale = side / max(rgba.shape[:2])
    return cv2.resize(rgba, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def subject(*views: np.ndarray) -> Subject:
    return Subject(cutouts=tuple(Cutout(rgba=view, box=Box(0, 0, view.shape[1], view.shape[0])) for view in views))


def identity(picture: np.ndarray, *references: np.ndarray) -> float:
    score = judge(picture, subject(*references)).identity
    assert score is not None
    return score


@pytest.fixture(scope="module")
def views() -> dict[str, list[np.ndarray]]:
    return {
        one.name: [cutout(photo, matte) for photo, matte in zip(one.photos, one.mattes, strict=True)]
        for one in samples.every()
    }


def test_another_view_scores_above_another_product(views: dict[str, list[np.ndarray]]) -> None:
    same = [identity(shots[2], shots[1]) for shots in views.values()]
    other = [identity(views[b][2], views[a][1]) for a in views for b in views if a != b]
    assert np.mean(same) > np.mean(other) + 0.3, (same, other)


def test_a_photo_without_its_mask_still_tells_products_apart(views: dict[str, list[np.ndarray]]) -> None:
    for name, shots in views.items():
        scores = {other: identity(views[other][1][..., :3], shots[0]) for other in views}
        assert max(scores, key=lambda other: scores[other]) == name, scores


def test_several_references_help(views: dict[str, list[np.ndarray]]) -> None:
    shots = views["box"]
    assert identity(shots[3], *shots[:3]) >= max(identity(shots[3], shot) for shot in shots[:3]) - 1e-6


def test_several_views_give_a_usable_level(views: dict[str, list[np.ndarray]]) -> None:
    shots = views["bottle"]
    level = threshold("normal", subject(*shots[:3]))
    assert 0.2 < level <= threshold("normal", subject(shots[0]))
    assert identity(shots[3], *shots[:3]) >= level


@pytest.mark.shared
def test_real_products_are_told_apart() -> None:
    masks = sorted((SHARED / "masks").glob("*__*.png"))
    if not masks:
        pytest.skip("the shared photos are not beside this checkout")
    shots: dict[str, list[np.ndarray]] = {}
    for mask in masks:
        name, number = mask.stem.split("__")
        shots.setdefault(name, []).append(cutout(SHARED / "photos" / name / f"{number}.jpg", mask))
    names = list(shots)[::2]
    same = [identity(shots[name][1], shots[name][0]) for name in names]
    other = [identity(shots[b][1], shots[a][0]) for a, b in zip(names, names[1:] + names[:1], strict=True)]
    assert np.mean(same) > np.mean(other) + 0.4, (same, other)
