"""The one door through which picture files come in, whoever made them.

A file's size is judged by its header, before anything is decoded; whatever a decoder raises becomes one sentence; and
what decoders would print of their own accord is left to that sentence.
"""

from __future__ import annotations

import ctypes
import io
import logging
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from ecomgen.errors import NO_FILE, BadInput, BadPhoto, EcomgenError
from ecomgen.messages import Message
from ecomgen.shared_switch import SharedSwitch
from ecomgen.types import Pixels

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "AVIF", "GIF", "PPM", "HEIF")
ADDRESS = re.compile(r"(^|/)[a-z][a-z0-9+.-]+:/+[^/]")  # as a path has it, where one slash of two is left
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".avif", ".heic", ".heif")  # of photos
MAX_PIXELS = 120_000_000
MAX_BYTES = 1 << 30
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture of this EXIF orientation upright."""


def load(path: Path | str, *, near: tuple[int, int] | None = None) -> Image.Image:
    """A picture file, decoded.

    Args:
        path: the file.
        near: where a smaller picture will do, the size that it must still have; JPEGs are decoded faster then.

    Raises:
        BadPhoto: the file is missing, empty, no picture, damaged, or over 120 megapixels.
    """
    picture = opened(read(path), path)
    with decoding(path):
        if near:
            picture.draft("RGB", near)
        picture.load()
    return picture


def pixels(path: Path | str, mode: str = "RGB") -> Pixels:
    """A picture file's pixels, HxW or HxWxC, in one of Pillow's modes.

    Raises:
        BadPhoto: as `load`.
    """
    picture = load(path)
    with decoding(path):
        return np.asarray(picture.convert(mode))


def pixels_if_there(path: Path | str, mode: str = "RGB") -> Pixels | None:
    """What `pixels` gives, None where there is no picture that can be read."""
    try:
        return pixels(path, mode)
    except BadPhoto:
        return None


def size(path: Path | str) -> tuple[int, int]:
    """Width and height, by the header alone.

    Raises:
        BadPhoto: as `load`.
    """
    return opened(read(path), path).size


def read(path: Path | str) -> bytes:
    """A picture file's content.

    Raises:
        BadPhoto: the file is missing, empty, over 1 GiB, or may not be read.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise BadPhoto("{file} is a folder: name the photos in it.", file=printable(path))
        if not path.is_file() and path.exists():
            raise BadPhoto(
                "{file} is a pipe or a device: save the photo as a file, and name that.", file=printable(path)
            )
        if not path.is_file() and ADDRESS.search(path.as_posix()):
            raise BadPhoto("{file} is named by an address: download it, and name the file.", file=printable(path))
        if not path.is_file():
            raise BadPhoto(NO_FILE, file=printable(path))
        if path.stat().st_size == 0:
            raise BadPhoto("{file} is empty (0 bytes): copy or download it again.", file=printable(path))
        if path.stat().st_size > MAX_BYTES:
            raise BadPhoto("{file} is larger than 1 GiB: save a smaller copy.", file=printable(path))
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise BadPhoto(
            "{file} cannot be opened ({error}): check the name and the permissions.", file=printable(path), error=error
        ) from error


def opened(data: bytes, path: Path | str) -> Image.Image:
    """The content of a picture file, its header read and its size judged; nothing is decoded before `load()`.

    Whatever is asked of it further is asked within `decoding`.

    Raises:
        BadPhoto: it is no picture, its header is damaged, or it has over 120 megapixels.
    """
    with decoding(path):
        try:
            picture = _recognized(data, path)
        except (UnidentifiedImageError, Image.DecompressionBombError) as error:
            raise BadPhoto(_unreadable(data, path, error)) from error
        _refuse_large(*picture.size, path)
        return picture


@contextmanager
def decoding(path: Path | str) -> Iterator[None]:
    """What is decoded within is decoded in silence, and whatever a decoder raises is a `BadPhoto` about this file."""
    with _silence:
        try:
            yield
        except EcomgenError:
            raise
        except MemoryError as error:
            raise BadPhoto(
                "{file} needs more memory than this machine has left: save a smaller copy.", file=printable(path)
            ) from error
        except Exception as error:  # decoders raise whatever they stumble over, struct.error and KeyError among it
            raise BadPhoto("{file} is damaged or cut short: copy or export it again.", file=printable(path)) from error


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """A picture as the content of a file of one of Pillow's formats, with its `options`."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def small_webp(picture: Image.Image, side: int, quality: int = 84) -> bytes:
    """The content of a WebP file whose longer side has at most `side` pixels; `picture` itself is made as small."""
    picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return encoded(picture, "WEBP", quality=quality, method=2)


def mask(path: Path) -> Image.Image:
    """The picture of a mask that somebody painted, upright, in whatever mode it was saved; RGBA for a palette with
    transparent colours.

    Raises:
        BadInput: there is none, or it cannot be read.
    """
    if not path.exists():
        raise BadInput("There is no mask file at {path}: check the path.", path=path)
    if path.is_dir():
        raise BadInput("The mask {path} is a folder: name a file in it.", path=path)
    try:
        picture = upright(load(path), [])
        return picture.convert("RGBA") if picture.mode == "P" and "transparency" in picture.info else picture
    except BadPhoto as error:
        raise BadInput("The mask {path} cannot be read as an image: save it again as a grey PNG.", path=path) from error


def upright(picture: Image.Image, notes: list[str]) -> Image.Image:
    """A decoded picture, turned as its EXIF orientation asks for; what is to be said of it is added to `notes`."""
    try:
        turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # whatever damaged EXIF brings about, it is no reason to refuse the picture
        notes.append(Message("the EXIF data is damaged and was ignored"))
        return picture
    if turn is None:
        return picture
    turned = picture.transpose(turn)
    if turned.size != picture.size:
        notes.append(Message("turned upright by its EXIF orientation"))
    return turned


def profile_of(picture: Image.Image) -> str:
    """The embedded profile's own description, "" where there is none, "unreadable profile" where it is damaged."""
    data = picture.info.get("icc_profile")
    if not data:
        return ""
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data))).strip()
    except (OSError, TypeError, ValueError, ImageCms.PyCMSError):
        return "unreadable profile"


def printable(path: Path | str) -> str:
    """The file's name, safe to show: control characters and undecodable bytes are replaced, long names shortened."""
    name = Path(path).name.encode("utf-8", "replace").decode("utf-8")
    name = "".join(char if char.isprintable() else "?" for char in name)
    return name if len(name) <= 80 else f"{name[:60]}…{name[-16:]}"


def to_8_bit(values: np.ndarray) -> np.ndarray:
    """Integers are scaled from their 16 bits, floats from [0, 1] (or [0, 255] where they exceed 1); NaN becomes 0."""
    if values.dtype == np.uint8:
        return values
    if np.issubdtype(values.dtype, np.floating):
        finite = np.clip(np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=0.0), 0, 255)
        scaled = finite * 255 if finite.max(initial=0) <= 1 else finite
    else:
        wide = values.astype(np.int64)
        scaled = wide / 257 if wide.max(initial=0) > 255 else wide
    return np.round(np.clip(scaled, 0, 255)).astype(np.uint8)


def _recognized(data: bytes, path: Path | str) -> Image.Image:
    if data[4:8] == b"ftyp":
        with suppress(ImportError):
            import pillow_heif

            pillow_heif.register_heif_opener()
    Image.init()
    known = [name for name in FORMATS if name in Image.OPEN]
    try:
        return Image.open(io.BytesIO(data), formats=known)
    except UnidentifiedImageError:
        if data[:4] in (b"II*\0", b"MM\0*"):
            return _deep_tiff(data, path)
        raise


def _deep_tiff(data: bytes, path: Path | str) -> Image.Image:
    """TIFFs that Pillow does not know (floats in colour), read by OpenCV."""
    import cv2

    _refuse_large(*_tiff_size(data), path)
    with _silence_of_opencv:
        values = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None:
        raise UnidentifiedImageError
    if values.ndim == 3:
        values = values[..., [2, 1, 0, 3][: values.shape[2]]]
    picture = Image.fromarray(to_8_bit(values))
    picture.format = "TIFF"
    return picture


def _tiff_size(data: bytes) -> tuple[int, int]:
    """The largest width and height in the first directory, which may name each twice.

    Raises:
        ValueError: they are no plain numbers.
    """
    order = "<" if data[:2] == b"II" else ">"
    (place,) = struct.unpack_from(order + "I", data, 4)
    (count,) = struct.unpack_from(order + "H", data, place)
    sides = {256: 0, 257: 0}  # the tags of width and height
    for entry in range(place + 2, place + 2 + 12 * count, 12):
        tag, kind = struct.unpack_from(order + "HH", data, entry)
        if tag in sides:
            if kind not in (3, 4):  # 16 or 32 bits
                raise ValueError(f"a side of type {kind}")
            (side,) = struct.unpack_from(order + ("H" if kind == 3 else "I"), data, entry + 8)
            sides[tag] = max(sides[tag], side)
    return sides[256], sides[257]


def _refuse_large(width: int, height: int, path: Path | str) -> None:
    if width * height > MAX_PIXELS:
        raise BadPhoto(
            "{file} has {megapixels:.0f} megapixels; at most {most} are read. Save a smaller copy.",
            file=printable(path),
            megapixels=width * height / 1e6,
            most=MAX_PIXELS // 10**6,
        )


def _unreadable(data: bytes, path: Path | str, error: Exception) -> str:
    if isinstance(error, Image.DecompressionBombError):
        return Message(
            "{file} has far too many pixels to be a photo: save a copy under 120 megapixels.", file=printable(path)
        )
    if data[4:8] == b"ftyp" and data[8:11] in (b"hei", b"hev", b"mif", b"msf"):
        return Message(
            '{file} is a HEIC photo: run pip install "ecomgen[heic]", or save it as JPEG.', file=printable(path)
        )
    kinds = ", ".join(SUFFIXES)
    return Message(
        "{file} is not a photo that can be read, whatever it is called: give a picture saved as {kinds}.",
        file=printable(path),
        kinds=kinds,
    )


def _hush_warnings(undo: ExitStack) -> None:
    """Pillow warns of odd metadata that does not change the pixels."""
    warnings.filterwarnings("ignore", module=_WARNING.pattern)
    undo.callback(_hear_warnings)


def _hear_warnings() -> None:
    with suppress(ValueError):  # another thread has put filters of its own in their place
        cast(list[Any], warnings.filters).remove(("ignore", None, Warning, _WARNING, 0))


def _hush_libtiff(undo: ExitStack) -> None:
    for put in _libtiff_handlers():
        undo.callback(put, put(None))


@cache
def _libtiff_handlers() -> tuple[Any, ...]:
    """What sets the handlers of Pillow's libtiff; nothing where that cannot be reached, as on Windows."""
    from PIL import _imaging

    try:
        library = ctypes.CDLL(_imaging.__file__)
        handlers = (library.TIFFSetErrorHandler, library.TIFFSetWarningHandler)
    except (OSError, AttributeError):
        return ()
    for put in handlers:
        put.argtypes, put.restype = [ctypes.c_void_p], ctypes.c_void_p
    return handlers


def _hush_opencv(undo: ExitStack) -> None:
    from cv2.utils import logging as voice

    undo.callback(voice.setLogLevel, voice.setLogLevel(voice.LOG_LEVEL_SILENT))


logging.getLogger("PIL").addHandler(logging.NullHandler())  # its errors go to the program's own log, if there is one
_WARNING = re.compile(r"PIL\b|pillow_heif\b")  # the modules that warn
# each voice has its own: to lead file descriptor 2 elsewhere would silence other threads, too, and what they start
_silence = SharedSwitch(_hush_libtiff, _hush_warnings)
_silence_of_opencv = SharedSwitch(_hush_opencv)
