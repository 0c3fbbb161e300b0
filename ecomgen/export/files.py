"""Pictures as files in every format: sRGB, with their metadata, within a size limit, written whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from ecomgen.atomic_file import write_atomically
from ecomgen.errors import UsageError
from ecomgen.export.metadata import Provenance, srgb
from ecomgen.picture_file import encoded
from ecomgen.types import Format, Pixels

SUFFIXES: dict[str, str] = {
    "png": ".png", "jpeg": ".jpg", "webp": ".webp", "avif": ".avif", "tiff": ".tif", "psd": ".psd"
}  # fmt: skip
BEST, WORST = 95, 25  # of the qualities that are tried
XMP_TAG, DESCRIPTION_TAG = 700, 270  # of TIFF
JPEG_ROOM = 60_000  # bytes of EXIF and XMP: what Pillow writes before the picture has to fit into 64 KiB


def picture_hash(pixels: Pixels) -> str:
    """SHA-256 of the decoded RGB values, row by row."""
    return hashlib.sha256(pixels.tobytes()).hexdigest()


def save_picture(path: Path, pixels: Pixels, kind: Format = "png") -> None:
    """Write HxWx3, HxWx4 or HxW uint8 pixels to a file.

    Raises:
        CannotWrite: the folder cannot be written, or the disk is full.
    """
    write_atomically(path, encode(pixels, kind))


def encode(
    pixels: Pixels,
    kind: Format,
    provenance: Provenance | None = None,
    max_bytes: int | None = None,
    dpi: int | None = None,
) -> bytes:
    """HxWx3, HxWx4 or HxW uint8 sRGB pixels as the bytes of a file.

    JPEG, WebP and AVIF take the best quality that keeps within `max_bytes`. `dpi` is written into PNG, JPEG and TIFF.

    Raises:
        UsageError: the picture does not get as small as `max_bytes`.
    """
    picture = Image.fromarray(pixels)
    profile = srgb() if picture.mode in ("RGB", "RGBA") else None
    options: dict[str, Any] = {"icc_profile": profile} | ({"dpi": (dpi, dpi)} if dpi else {})
    if kind in ("png", "tiff"):
        data = _png(picture, provenance, options) if kind == "png" else _tiff(picture, provenance, options)
        return _within(data, kind, max_bytes)
    return _best(lambda quality: _lossy(picture, kind, quality, provenance, options), kind, max_bytes)


def _best(saved: Callable[[int], bytes], kind: str, max_bytes: int | None) -> bytes:
    """The highest quality whose file fits, found by bisection; only a file that was seen to fit is returned."""
    data = saved(BEST)
    if max_bytes is None or len(data) <= max_bytes:
        return data
    fits, low, high = None, WORST, BEST - 1
    while low <= high:
        quality = (low + high) // 2
        data = saved(quality)
        if len(data) <= max_bytes:
            fits, low = data, quality + 1
        else:
            high = quality - 1
    return _within(fits or data, kind, max_bytes)


def _within(data: bytes, kind: str, max_bytes: int | None) -> bytes:
    if max_bytes is None or len(data) <= max_bytes:
        return data
    raise UsageError(
        "As {kind} this picture has {size:.2f} MB, not {most:g}: choose {--format} webp, avif or jpeg, "
        "or a smaller picture.",
        kind=kind,
        size=len(data) / 1e6,
        most=max_bytes / 1e6,
    )


def _png(picture: Image.Image, provenance: Provenance | None, options: dict[str, Any]) -> bytes:
    info = PngInfo()
    if provenance:
        for name, text in provenance.texts().items():
            info.add_itxt(name, text)
        info.add_itxt("XML:com.adobe.xmp", provenance.xmp(with_texts=False))
    return encoded(picture, "PNG", pnginfo=info, compress_level=4, **options)


def _tiff(picture: Image.Image, provenance: Provenance | None, options: dict[str, Any]) -> bytes:
    info = ImageFileDirectory_v2()
    if provenance:
        info.tagtype[XMP_TAG] = 1  # bytes
        info[XMP_TAG] = provenance.xmp(with_texts=True).encode("utf-8")
        info[DESCRIPTION_TAG] = provenance.parameters.encode("ascii", "replace").decode()
    return encoded(picture, "TIFF", compression="tiff_adobe_deflate", tiffinfo=info, **options)


def _lossy(
    picture: Image.Image, kind: str, quality: int, provenance: Provenance | None, options: dict[str, Any]
) -> bytes:
    extras = dict(options)
    if provenance:
        extras["exif"] = _user_comment(provenance.parameters)
        most = JPEG_ROOM - len(extras["exif"]) if kind == "jpeg" else None
        extras["xmp"] = provenance.xmp(with_texts=True, most=most).encode("utf-8")
    extras |= {
        "jpeg": {"subsampling": 0 if quality >= 90 else 2, "optimize": True},
        "webp": {"method": 4},
        "avif": {"speed": 6, "subsampling": "4:4:4" if quality >= 90 else "4:2:0", "max_threads": 2},
    }[kind]
    return encoded(picture, kind.upper(), quality=quality, **extras)


def _user_comment(text: str) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"UNICODE\0" + text.encode("utf-16-be")
    return exif.tobytes()
