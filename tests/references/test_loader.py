"""Any photo file becomes upright sRGB, or one sentence says why not."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from ecomgen.errors import BadPhoto
from ecomgen.references import load


def gradient(width: int = 96, height: int = 64) -> np.ndarray:
    across = np.linspace(0, 255, width)[None, :, None]
    down = np.linspace(255, 0, height)[:, None, None]
    return np.concatenate(np.broadcast_arrays(across, down, (across + down) / 2), axis=2).astype(np.uint8)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tiff", "a.bmp", "a.avif", "a.gif"])
def test_every_format_gives_rgb_of_its_size(tmp_path: Path, name: str) -> None:
    Image.fromarray(gradient()).save(tmp_path / name)
    reference = load(tmp_path / name)
    assert (reference.width, reference.height) == (96, 64)
    assert reference.pixels.dtype == np.uint8 and reference.pixels.shape == (64, 96, 3)
    assert reference.alpha is None
    assert np.abs(reference.pixels.astype(int) - gradient()).mean() < 12


def test_heic_through_the_extra(tmp_path: Path) -> None:
    heif = pytest.importorskip("pillow_heif", reason='HEIC needs pip install "ecomgen[heic]"')
    heif.from_pillow(Image.fromarray(gradient())).save(tmp_path / "a.heic", quality=90)
    assert load(tmp_path / "a.heic").pixels.shape == (64, 96, 3)


def test_exif_orientation_is_applied(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: rotate by 90° clockwise to see it upright
    Image.fromarray(gradient()).save(tmp_path / "a.png", exif=exif)
    reference = load(tmp_path / "a.png")
    assert (reference.width, reference.height) == (64, 96)
    np.testing.assert_array_equal(reference.pixels, np.rot90(gradient(), -1))


def test_an_icc_profile_is_converted_to_srgb(tmp_path: Path) -> None:
    pixels = np.full((64, 64, 3), (60, 140, 200), np.uint8)
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    in_lab = ImageCms.profileToProfile(Image.fromarray(pixels), ImageCms.createProfile("sRGB"), lab, outputMode="LAB")
    in_lab.save(tmp_path / "a.tiff", icc_profile=lab.tobytes())
    reference = load(tmp_path / "a.tiff")
    assert np.abs(reference.pixels.astype(int) - pixels).max() <= 6  # Lab has 8 bits here
    assert any("sRGB" in note for note in reference.notes)


@pytest.mark.parametrize("profile", [b"", b"not a profile at all", b"\0" * 200])
def test_a_broken_profile_is_ignored_and_said(tmp_path: Path, profile: bytes) -> None:
    Image.fromarray(gradient()).save(tmp_path / "a.png", icc_profile=profile)
    reference = load(tmp_path / "a.png")
    np.testing.assert_array_equal(reference.pixels, gradient())
    assert not profile or any("ICC" in note for note in reference.notes)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LAB"])
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    picture = Image.fromarray(gradient())
    if mode == "LAB":
        srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        picture = ImageCms.profileToProfile(picture, srgb, lab, outputMode="LAB") or picture
    else:
        picture = picture.convert(mode)
    picture.save(tmp_path / "a.tiff")
    assert load(tmp_path / "a.tiff").pixels.shape == (64, 96, 3)


@pytest.mark.parametrize("suffix", ["png", "tiff"])
def test_16_bit_grey_keeps_its_tones(tmp_path: Path, suffix: str) -> None:
    deep = (gradient()[..., 0].astype(np.uint16)) * 257
    Image.fromarray(deep).save(tmp_path / f"a.{suffix}")
    reference = load(tmp_path / f"a.{suffix}")
    np.testing.assert_array_equal(reference.pixels[..., 1], gradient()[..., 0])
    assert any("8 bits" in note for note in reference.notes)


def test_16_bit_colour_tiff(tmp_path: Path) -> None:
    import cv2

    assert cv2.imwrite(str(tmp_path / "a.tiff"), gradient()[..., ::-1].astype(np.uint16) * 257)
    np.testing.assert_array_equal(load(tmp_path / "a.tiff").pixels, gradient())


def test_nan_in_a_float_tiff_becomes_black(tmp_path: Path) -> None:
    values = gradient()[..., 0].astype(np.float32) / 255
    values[:8] = np.nan
    Image.fromarray(values).save(tmp_path / "a.tiff")
    reference = load(tmp_path / "a.tiff")
    assert reference.pixels[:8].max() == 0
    np.testing.assert_array_equal(reference.pixels[8:, :, 0], gradient()[8:, :, 0])


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_alpha_is_kept_as_a_matte(tmp_path: Path, mode: str) -> None:
    alpha = np.zeros((64, 96), np.uint8)
    alpha[16:48, 20:70] = 255
    picture = Image.fromarray(np.dstack([gradient(), alpha])).convert(mode)
    picture.save(tmp_path / f"a.{'tiff' if mode == 'PA' else 'png'}")
    matte = load(tmp_path / f"a.{'tiff' if mode == 'PA' else 'png'}").alpha
    assert matte is not None and matte.dtype == np.float32
    np.testing.assert_array_equal(matte > 0.5, alpha > 0)


def test_an_opaque_alpha_channel_is_no_alpha(tmp_path: Path) -> None:
    Image.fromarray(gradient()).convert("RGBA").save(tmp_path / "a.png")
    assert load(tmp_path / "a.png").alpha is None


def test_a_phone_photo_with_a_second_frame_is_a_photo(tmp_path: Path) -> None:
    first, second = Image.fromarray(gradient()), Image.fromarray(gradient()[:32, :48])
    first.save(tmp_path / "a.jpg", format="MPO", save_all=True, append_images=[second])
    assert load(tmp_path / "a.jpg").width == 96


def huge_png(side: int) -> bytes:
    """A valid PNG header of side×side that would decode into gigabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def animated(kind: str) -> bytes:
    buffer = io.BytesIO()
    frames = [Image.fromarray(np.roll(gradient(), shift, axis=1)) for shift in (0, 20, 40)]
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def saved(pixels: np.ndarray, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"hello, I am text", "not a photo"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "copy or export it again|not a photo"),
        (saved(gradient(), "JPEG")[:700], "cut short"),
        (saved(gradient(), "PNG")[:400], "cut short"),
        (huge_png(24_500), "megapixels|pixels"),
        (huge_png(60_000), "pixels"),
        (saved(gradient(8, 8)), "8×8"),
        (animated("GIF"), "animated"),
        (animated("WEBP"), "animated"),
        (animated("PNG"), "animated"),
        (animated("TIFF"), "animated|pages"),
        (saved(np.dstack([gradient(), np.zeros((64, 96), np.uint8)])), "fully transparent"),
        (b"%PDF-1.7 not a photo", "not a photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a photo"),
    ],
)
def test_bad_files_get_one_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(data)
    with pytest.raises(BadPhoto, match=says) as error:
        load(path)
    assert "\n" not in str(error.value) and str(error.value).startswith("photo.png")


def test_missing_files_folders_and_hostile_names(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.jpg", tmp_path, tmp_path / "a\nb\x1b[31m.jpg", tmp_path / ("x" * 300)):
        with pytest.raises(BadPhoto) as error:
            load(path)
        assert str(error.value).isprintable()


def test_a_name_that_is_hard_to_print_still_loads(tmp_path: Path) -> None:
    path = tmp_path / "фото 'ü\n🫖.png"
    Image.fromarray(gradient()).save(path)
    assert load(path).path == path
