"""Pictures as files in every format: sRGB, with their metadata, within a size limit, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from ecomgen.errors import CannotWrite, UsageError
from ecomgen.export.metadata import Provenance, srgb
from ecomgen.picture_file import encoded
from ecomgen.settings import is_private
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


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that no reader ever sees half of it.

    Raises:
        CannotWrite: with the reason and the way out.
    """
    with replacing(path) as part:
        part.write_bytes(data)


def as_json(value: object) -> bytes:
    """Plain values as JSON that people can read."""
    return json.dumps(value, indent=2, ensure_ascii=False).encode("utf-8")


def write_json(path: Path, value: object) -> None:
    """Write plain values as `as_json` has them, and as `write_atomically` writes."""
    write_atomically(path, as_json(value))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` to be written, which takes its place once it is whole; where anything fails it is gone.

    Raises:
        CannotWrite: with the reason and the way out. Only a file is ever replaced: no folder, pipe, socket or device.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _refuse_what_is_no_file(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        if is_private(path):
            part.chmod(0o600)
        part.replace(path)
    except OSError as error:
        raise CannotWrite(
            "{file} cannot be written ({reason}): choose another --out.",
            file=path,
            reason=error.strerror or str(error),
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _refuse_what_is_no_file(path: Path) -> None:
    if path.exists() and (not path.is_file() or _is_own_stream(path)):
        raise CannotWrite(
            "{file} is a folder, a pipe, a device or this command's own output, and is not replaced: "
            "choose another --out.",
            file=path,
        )


def _is_own_stream(path: Path) -> bool:
    """Whether this process's stdin, stdout or stderr is that file, as it is for /dev/stdout."""
    place = path.stat()
    for stream in range(3):
        with suppress(OSError):
            if os.path.samestat(place, os.fstat(stream)):
                return True
    return False


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
