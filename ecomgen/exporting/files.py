"""Pictures as PNG, JPEG and WebP files: sRGB, with their metadata, written whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from ecomgen.errors import CannotWrite

if TYPE_CHECKING:
    from ecomgen.exporting.metadata import Provenance
    from ecomgen.types import Pixels

Format = Literal["png", "jpeg", "webp"]
SUFFIXES: dict[str, str] = {"png": ".png", "jpeg": ".jpg", "webp": ".webp"}
QUALITIES = (95, 90, 85, 80, 72, 64, 50, 35)


def picture_hash(pixels: Pixels) -> str:
    """SHA-256 of the decoded RGB values, row by row."""
    return hashlib.sha256(pixels.tobytes()).hexdigest()


def save_picture(path: Path, pixels: Pixels, provenance: Provenance | None = None) -> None:
    """Write HxWx3, HxWx4 or HxW uint8 pixels as PNG.

    Raises:
        CannotWrite: the folder cannot be written, or the disk is full.
    """
    write_atomically(path, encode(pixels, "png", provenance))


def encode(pixels: Pixels, kind: Format, provenance: Provenance | None = None, max_bytes: int | None = None) -> bytes:
    """The picture as the bytes of a file. JPEG and WebP take the best quality that keeps within `max_bytes`."""
    picture = Image.fromarray(pixels)
    if kind == "png":
        return _png(picture, provenance)
    data = b""
    for quality in QUALITIES:
        data = _lossy(picture, kind, quality, provenance)
        if max_bytes is None or len(data) <= max_bytes:
            break
    return data


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that no reader ever sees half of it.

    Raises:
        CannotWrite: with the reason and the way out.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise CannotWrite(f"{path.parent} cannot be written ({reason}): choose another folder with --out.") from error


def _png(picture: Image.Image, provenance: Provenance | None) -> bytes:
    info = PngInfo()
    if provenance:
        info.add_itxt("parameters", provenance.parameters)
        info.add_itxt("ecomgen", provenance.ecomgen)
        info.add_itxt("XML:com.adobe.xmp", provenance.xmp(with_texts=False))
    buffer = io.BytesIO()
    profile = _srgb_profile() if picture.mode in ("RGB", "RGBA") else None
    picture.save(buffer, "PNG", pnginfo=info, icc_profile=profile, compress_level=4)
    return buffer.getvalue()


def _lossy(picture: Image.Image, kind: Format, quality: int, provenance: Provenance | None) -> bytes:
    buffer = io.BytesIO()
    extras: dict[str, object] = {"icc_profile": _srgb_profile()}
    if provenance:
        extras["exif"] = _user_comment(provenance.parameters)
        extras["xmp"] = provenance.xmp(with_texts=True).encode("utf-8")
    extras |= {"subsampling": 0 if quality >= 90 else 2, "optimize": True} if kind == "jpeg" else {"method": 4}
    picture.save(buffer, kind.upper(), quality=quality, **extras)
    return buffer.getvalue()


def _user_comment(text: str) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"UNICODE\0" + text.encode("utf-16-be")
    return exif.tobytes()


@lru_cache
def _srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
