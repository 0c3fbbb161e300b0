"""Cut-outs as files: every format holds the same product."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ecomgen import CutoutRequest, cutout
from ecomgen.errors import CannotWrite, UsageError


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo with an alpha channel of its own: a red disc."""
    y, x = np.mgrid[:96, :96]
    alpha = np.where(np.hypot(x - 48, y - 48) < 30, 255, 0)
    pixels = np.dstack([np.full_like(alpha, 200), np.full_like(alpha, 30), np.full_like(alpha, 30), alpha])
    file = tmp_path / "disc.png"
    Image.fromarray(pixels.astype(np.uint8)).save(file)
    return file


@pytest.mark.parametrize(
    ("kind", "suffix", "mode"),
    [("png", ".png", "RGBA"), ("webp", ".webp", "RGBA"), ("tiff", ".tif", "RGBA"), ("avif", ".avif", "RGBA")],
)
def test_a_format_with_transparency_keeps_it(kind: str, suffix: str, mode: str, photo: Path, tmp_path: Path) -> None:
    (made,) = cutout([photo], tmp_path / "out", CutoutRequest(format=kind))  # type: ignore[arg-type]
    assert made.file.name == f"disc{suffix}"
    with Image.open(made.file) as picture:
        assert (picture.mode, picture.size) == (mode, (96, 96))
        pixels = np.asarray(picture).astype(int)
    assert pixels[0, 0, 3] == 0 and pixels[48, 48, 3] == 255
    assert abs(pixels[48, 48, :3] - (200, 30, 30)).max() < 12


def test_jpeg_wants_a_background(photo: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="transparency"):
        CutoutRequest(format="jpeg")
    (made,) = cutout([photo], tmp_path / "out", CutoutRequest(format="jpeg", background="white"))
    with Image.open(made.file) as picture:
        assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert min(picture.getpixel((0, 0))) > 250  # type: ignore[type-var]


def test_a_folder_that_cannot_be_written_is_told_before_the_work(photo: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        cutout([photo, tmp_path / "gone.png"], photo, report=lambda _: pytest.fail("it was begun"))


def test_one_photo_may_stand_for_itself(photo: Path, tmp_path: Path) -> None:
    (made,) = cutout(str(photo), tmp_path / "out")
    assert made.file == tmp_path / "out" / "disc.png"
