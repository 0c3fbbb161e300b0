"""What a user asks of the mask, and what comes back when it cannot be."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from masking.pictured import grain, photo_of
from PIL import Image

from ecomgen.errors import BadInput, Cancelled, NoProduct, UsageError
from ecomgen.masking import best_masker, cut_out, find_mask
from ecomgen.types import BoolMask, Box, MaskRequest, Pixels, Progress


@pytest.fixture
def file(tmp_path: Path, mug: tuple[Pixels, BoolMask]) -> Path:
    """The mug's truth as a mask file."""
    path = tmp_path / "mask.png"
    Image.fromarray(mug[1]).convert("L").save(path)
    return path


def test_auto_says_why_it_fell_back(mug: tuple[Pixels, BoolMask]) -> None:
    mask = find_mask(photo_of(mug[0]), MaskRequest())
    assert mask.masker == "lite"
    assert any("models pull sam-vit-b" in warning for warning in mask.warnings)


def test_grabcut_says_what_would_be_better(mug: tuple[Pixels, BoolMask]) -> None:
    mask = find_mask(photo_of(mug[0]), MaskRequest(masker="grabcut"))
    assert any("ecomgen models pull sam-vit-b clip-vit-b-32" in warning for warning in mask.warnings)


def test_auto_takes_the_photos_own_transparency(mug: tuple[Pixels, BoolMask]) -> None:
    photo = photo_of(mug[0], alpha=mug[1].astype(np.float32))
    assert best_masker(photo)[0] == "alpha"
    mask = find_mask(photo, MaskRequest())
    assert mask.masker == "alpha"
    assert np.array_equal(mask.pixels, mug[1])
    assert mask.confidence == 1


def test_a_cut_out_keeps_its_own_soft_alpha(mug: tuple[Pixels, BoolMask]) -> None:
    import cv2

    alpha = cv2.GaussianBlur(mug[1].astype(np.float32), (0, 0), 2)
    photo = photo_of(mug[0], alpha=alpha)
    cutout = cut_out(photo, find_mask(photo, MaskRequest(masker="alpha")))
    assert np.array_equal(cutout.rgba[..., 3], np.round(alpha * 255).astype(np.uint8))


def test_rounded_corners_are_not_a_cut_out(mug: tuple[Pixels, BoolMask]) -> None:
    alpha = np.ones(mug[1].shape, np.float32)
    alpha[:4, :4] = 0
    assert best_masker(photo_of(mug[0], alpha=alpha))[0] == "lite"


def test_an_opaque_photo_has_no_alpha_to_use(mug: tuple[Pixels, BoolMask]) -> None:
    with pytest.raises(BadInput, match="no transparency"):
        find_mask(photo_of(mug[0]), MaskRequest(masker="alpha"))


@pytest.mark.parametrize("masker", ["auto", "alpha"])
def test_a_fully_transparent_cut_out_has_no_product(mug: tuple[Pixels, BoolMask], masker: str) -> None:
    with pytest.raises(NoProduct, match="transparent"):
        find_mask(photo_of(mug[0], alpha=np.zeros(mug[1].shape, np.float32)), MaskRequest(masker=masker))


def test_a_mask_file_is_taken_as_it_is(mug: tuple[Pixels, BoolMask], file: Path) -> None:
    mask = find_mask(photo_of(mug[0]), MaskRequest(file=file))
    assert mask.masker == "file"
    assert np.array_equal(mask.pixels, mug[1])
    assert mask.filled == 0


def test_a_mask_file_of_the_same_proportions_is_resized(mug: tuple[Pixels, BoolMask], file: Path) -> None:
    Image.open(file).resize((720, 600)).save(file)
    mask = find_mask(photo_of(mug[0]), MaskRequest(file=file))
    assert mask.pixels.shape == (300, 360)
    assert any("720x600" in warning for warning in mask.warnings)


def test_a_mask_file_of_other_proportions_is_refused(mug: tuple[Pixels, BoolMask], file: Path) -> None:
    Image.open(file).resize((300, 300)).save(file)
    with pytest.raises(BadInput, match="300 by 300"):
        find_mask(photo_of(mug[0]), MaskRequest(file=file))


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "P", "I;16", "LA"])
def test_a_mask_file_may_have_any_mode(mug: tuple[Pixels, BoolMask], file: Path, mode: str) -> None:
    if mode == "I;16":
        Image.fromarray(mug[1].astype(np.uint16) * 65535).save(file)
    else:
        Image.open(file).convert(mode).save(file)
    assert np.array_equal(find_mask(photo_of(mug[0]), MaskRequest(file=file)).pixels, mug[1])


def test_a_mask_file_may_be_a_shape_in_a_palettes_transparency(mug: tuple[Pixels, BoolMask], file: Path) -> None:
    indexed = Image.frombytes("P", mug[1].shape[::-1], mug[1].astype(np.uint8).tobytes())
    indexed.putpalette([255, 255, 255] * 2)
    indexed.save(file, transparency=bytes((0, 255)))
    assert np.array_equal(find_mask(photo_of(mug[0]), MaskRequest(file=file)).pixels, mug[1])


def test_a_mask_file_may_be_a_shape_in_alpha(mug: tuple[Pixels, BoolMask], file: Path) -> None:
    rgba = np.zeros((*mug[1].shape, 4), np.uint8)
    rgba[..., 3] = np.where(mug[1], 255, 0)
    Image.fromarray(rgba).save(file)
    assert np.array_equal(find_mask(photo_of(mug[0]), MaskRequest(file=file)).pixels, mug[1])


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x89PNG\r\n\x1a\n and no more"])
def test_a_broken_mask_file_is_named(mug: tuple[Pixels, BoolMask], file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(BadInput, match=r"mask\.png"):
        find_mask(photo_of(mug[0]), MaskRequest(file=file))


def test_a_truncated_mask_file_is_named(mug: tuple[Pixels, BoolMask], file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(BadInput, match=r"mask\.png"):
        find_mask(photo_of(mug[0]), MaskRequest(file=file))


def test_a_missing_mask_file_is_named(mug: tuple[Pixels, BoolMask], tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="absent"):
        find_mask(photo_of(mug[0]), MaskRequest(file=tmp_path / "absent.png"))


def test_an_empty_or_full_mask_file_has_no_product(mug: tuple[Pixels, BoolMask], file: Path) -> None:
    Image.new("L", (360, 300), 0).save(file)
    with pytest.raises(NoProduct, match="white"):
        find_mask(photo_of(mug[0]), MaskRequest(file=file))
    Image.new("L", (360, 300), 255).save(file)
    with pytest.raises(NoProduct, match="whole photo"):
        find_mask(photo_of(mug[0]), MaskRequest(file=file))


@pytest.mark.parametrize(
    "box", [Box(300, 10, 400, 90), Box(-5, 0, 100, 100), Box(50, 50, 50, 90), Box(90, 90, 20, 20), Box(10, 10, 12, 200)]
)
def test_a_box_must_lie_in_the_photo(mug: tuple[Pixels, BoolMask], box: Box) -> None:
    with pytest.raises(BadInput, match="box"):
        find_mask(photo_of(mug[0]), MaskRequest(masker="grabcut", box=box))


def test_an_unknown_masker_or_rank_is_named(mug: tuple[Pixels, BoolMask], file: Path) -> None:
    with pytest.raises(UsageError, match="sam-clip, sam2, sam3, grounded, birefnet, rembg, lite, grabcut, alpha"):
        find_mask(photo_of(mug[0]), MaskRequest(masker="magic"))
    with pytest.raises(UsageError, match="candidate 3"):
        find_mask(photo_of(mug[0]), MaskRequest(file=file, chosen=3))


def texture() -> Pixels:
    """Ground, and nothing on it."""
    noise = np.random.default_rng(2).normal(0, 1, (300, 400, 3)).astype(np.float32)
    rough = sum(cv2.GaussianBlur(noise, (0, 0), size) * size for size in (1.5, 3, 6))
    return np.clip(120 + 25 * rough, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    "picture",
    [
        texture(),
        np.repeat(np.linspace(30, 220, 300, dtype=np.uint8)[:, None, None], 400, axis=1).repeat(3, axis=2),
        np.full((120, 160, 3), 128, np.uint8),
        grain(np.full((120, 160, 3), 128, np.uint8)),
        np.full((8, 8, 3), 200, np.uint8),
        np.zeros((500, 40, 3), np.uint8),
    ],
)
def test_a_photo_of_nothing_has_no_product(picture: Pixels) -> None:
    with pytest.raises(NoProduct, match="--box"):
        find_mask(photo_of(picture), MaskRequest(masker="grabcut"))


def test_cancelling_passes_through(mug: tuple[Pixels, BoolMask]) -> None:
    def stop(progress: Progress) -> None:
        if progress.done >= 1:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        find_mask(photo_of(mug[0]), MaskRequest(masker="grabcut"), stop)
