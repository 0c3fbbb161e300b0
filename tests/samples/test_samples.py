"""The shipped samples: complete, small, and true."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from ecomgen import samples
from ecomgen.errors import UsageError

FOLDER = Path(samples.__file__).parent
PAIRS = [
    pytest.param(photo, matte, id=f"{sample.name}-{photo.stem}")
    for sample in samples.every()
    for photo, matte in zip(sample.photos, sample.mattes, strict=True)
]
MATTES = [
    pytest.param(matte, id=matte.parent.name + matte.stem) for sample in samples.every() for matte in sample.mattes
]
LONG_SIDE = 1024


def _matte(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path))


def _holes(matte: np.ndarray) -> list[float]:
    """The areas of the openings inside the product, in pixels, largest first."""
    contours, tree = cv2.findContours((matte > 127).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    inner = [cv2.contourArea(contour) for contour, links in zip(contours, tree[0], strict=True) if links[3] >= 0]
    return sorted(inner, reverse=True)


def _depth(solid: np.ndarray) -> np.ndarray:
    """How far inside the outline a pixel's centre lies, in pixels; negative outside."""
    inside, outside = (cv2.distanceTransform(side.astype(np.uint8), cv2.DIST_L2, 5) for side in (solid, ~solid))
    return np.where(solid, inside - 0.5, 0.5 - outside)


def test_there_are_three_products_with_four_photos_each() -> None:
    assert [sample.name for sample in samples.every()] == ["bottle", "mug", "box"]
    assert all(len(sample.photos) == len(sample.mattes) == 4 for sample in samples.every())
    assert all(sample.product and sample.prompt for sample in samples.every())


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="bottle, mug, box"):
        samples.get("teapot")


@pytest.mark.parametrize(("photo", "matte"), PAIRS)
def test_photo_and_matte_have_one_size(photo: Path, matte: Path) -> None:
    with Image.open(photo) as picture, Image.open(matte) as truth:
        assert picture.size == truth.size
        assert max(picture.size) == LONG_SIDE
        assert (picture.mode, truth.mode) == ("RGB", "L")


@pytest.mark.parametrize("matte", MATTES)
def test_the_matte_is_exact_and_smooth_at_its_edge(matte: Path) -> None:
    alpha = _matte(matte)
    certain = np.isin(alpha, (0, 255)).mean()
    assert 0.98 < certain < 1
    assert len(np.unique(alpha)) > 32
    assert 0.05 < (alpha == 255).mean() < 0.6


@pytest.mark.parametrize("matte", MATTES)
def test_the_product_is_one_piece_inside_the_frame(matte: Path) -> None:
    solid = _matte(matte) > 0
    assert cv2.connectedComponents(solid.astype(np.uint8))[0] == 2
    assert not (solid[0].any() or solid[-1].any() or solid[:, 0].any() or solid[:, -1].any())


@pytest.mark.parametrize("matte", samples.get("mug").mattes, ids=lambda path: path.stem)
def test_the_mugs_handle_is_open(matte: Path) -> None:
    holes = _holes(_matte(matte))
    assert len(holes) == 1
    assert holes[0] > 4000


@pytest.mark.parametrize("name", ["bottle", "box"])
def test_the_others_have_no_hole(name: str) -> None:
    assert [_holes(_matte(matte)) for matte in samples.get(name).mattes] == [[]] * 4


@pytest.mark.parametrize(("photo", "matte"), PAIRS)
def test_the_photos_own_edges_lie_on_the_mattes(photo: Path, matte: Path) -> None:
    """Going through the outline from outside, the photo is steepest within a pixel of it."""
    grey = np.asarray(Image.open(photo).convert("L"), np.float32)
    slope = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    depth = _depth(_matte(matte) > 127)
    steepness = {start: np.median(slope[(depth > start) & (depth <= start + 1)]) for start in range(-5, 5)}
    assert max(steepness, key=steepness.__getitem__) in (-1, 0)


def test_everything_together_is_small() -> None:
    shipped = [path for path in FOLDER.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in shipped) < 4_000_000
