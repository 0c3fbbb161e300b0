"""From any photo file to upright sRGB pixels, with limits applied before decoding."""

from __future__ import annotations

import hashlib
import io
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from ecomgen.errors import BadPhoto
from ecomgen.messages import Message
from ecomgen.types import ReferenceImage

if TYPE_CHECKING:
    from ecomgen.types import Matte, Pixels

FORMATS = ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "AVIF", "GIF", "HEIF"]
MAX_PIXELS = 120_000_000
MAX_BYTES = 1 << 30
MIN_SIDE = 32
KINDS = "JPEG, PNG, WebP, TIFF, BMP or AVIF"
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".avif", ".heic", ".heif")


def photos_in(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that are photos by their name, in order; those that a system hides are none."""
    files = (file for file in folder.iterdir() if not file.name.startswith("."))
    return tuple(sorted(file for file in files if file.suffix.lower() in SUFFIXES and file.is_file()))


def load(path: Path | str) -> ReferenceImage:
    """Read a photo of the product.

    EXIF orientation is applied, an embedded ICC profile (CMYK too) is converted to sRGB, 16-bit, grey and palette
    pictures become 8-bit RGB; whatever was converted is in `notes`.

    Raises:
        BadPhoto: the file is missing, empty, not a photo, damaged, animated, fully transparent, under 32 pixels a
            side or over 120 megapixels.
    """
    path = Path(path).absolute()
    data = _read(path)
    notes: list[str] = []
    pixels, alpha = _decode(data, path, notes)
    if alpha is not None and not alpha.any():
        raise BadPhoto(
            "{file} is fully transparent: there is no product in it. Choose another photo.", file=printable(path)
        )
    return ReferenceImage(
        path=path, sha256=hashlib.sha256(data).hexdigest(), pixels=pixels, alpha=alpha, notes=tuple(notes)
    )


def printable(path: Path | str) -> str:
    """The file's name, safe to show: control characters and undecodable bytes are replaced, long names shortened."""
    name = Path(path).name.encode("utf-8", "replace").decode("utf-8")
    name = "".join(char if char.isprintable() else "?" for char in name)
    return name if len(name) <= 80 else f"{name[:60]}…{name[-16:]}"


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise BadPhoto("{file} is a folder: name the photos in it.", file=printable(path))
        if not path.is_file():
            raise BadPhoto("{file} does not exist: check the name and the folder.", file=printable(path))
        if path.stat().st_size == 0:
            raise BadPhoto("{file} is empty (0 bytes): copy or download it again.", file=printable(path))
        if path.stat().st_size > MAX_BYTES:
            raise BadPhoto("{file} is larger than 1 GiB: save a smaller copy.", file=printable(path))
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise BadPhoto(
            "{file} cannot be opened ({error}): check the name and the permissions.", file=printable(path), error=error
        ) from error


def _decode(data: bytes, path: Path, notes: list[str]) -> tuple[Pixels, Matte | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata that does not change the pixels
        try:
            picture = _open(data, path)
            _guard(picture.width, picture.height, path)
            _refuse_animation(picture, path)
            picture.load()
            return _to_srgb(picture, notes)
        except (UnidentifiedImageError, Image.DecompressionBombError) as error:
            raise BadPhoto(_unreadable(data, path, error)) from error
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError, IndexError, TypeError) as error:
            raise BadPhoto("{file} is damaged or cut short: copy or export it again.", file=printable(path)) from error


def _open(data: bytes, path: Path) -> Image.Image:
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
            return _open_deep_tiff(data, path)
        raise


def _open_deep_tiff(data: bytes, path: Path) -> Image.Image:
    """TIFFs that Pillow does not know (16-bit or float RGB): tifffile tells the size, OpenCV reads the pixels."""
    import cv2
    import tifffile

    with tifffile.TiffFile(io.BytesIO(data)) as file:
        page = file.pages[0]
        _guard(page.imagewidth, page.imagelength, path)  # type: ignore[union-attr]
    values = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None:
        raise OSError(Message("not a TIFF that can be decoded"))
    if values.ndim == 3:
        values = values[..., [2, 1, 0, 3][: values.shape[2]]]
    return Image.fromarray(_to_8_bit(values))


def _guard(width: int, height: int, path: Path) -> None:
    if width * height > MAX_PIXELS:
        raise BadPhoto(
            "{file} has {megapixels:.0f} megapixels; at most {most} are read. Save a smaller copy.",
            file=printable(path),
            megapixels=width * height / 1e6,
            most=MAX_PIXELS // 10**6,
        )
    if min(width, height) < MIN_SIDE:
        raise BadPhoto(
            "{file} is only {width}×{height} pixels; at least {least} a side are needed, and 1000 "
            "make good pictures. Choose a larger photo.",
            file=printable(path),
            width=width,
            height=height,
            least=MIN_SIDE,
        )


def _refuse_animation(picture: Image.Image, path: Path) -> None:
    frames = getattr(picture, "n_frames", 1)
    if frames > 1 and picture.format not in ("MPO", "HEIF"):  # phones store a depth map or a preview as a second frame
        raise BadPhoto(
            "{file} is animated or has several pages ({pages}): save one of them as a photo.",
            file=printable(path),
            pages=frames,
        )


def _unreadable(data: bytes, path: Path, error: Exception) -> str:
    if isinstance(error, Image.DecompressionBombError):
        return Message(
            "{file} has far too many pixels to be a photo: save a copy under 120 megapixels.", file=printable(path)
        )
    if data[4:8] == b"ftyp" and data[8:11] in (b"hei", b"hev", b"mif", b"msf"):
        return Message(
            '{file} is a HEIC photo: run pip install "ecomgen[heic]", or save it as JPEG.', file=printable(path)
        )
    return Message("{file} is not a photo that can be read: use {kinds}.", file=printable(path), kinds=KINDS)


def _to_srgb(picture: Image.Image, notes: list[str]) -> tuple[Pixels, Matte | None]:
    picture = _upright(picture, notes)
    profile = picture.info.get("icc_profile")
    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        notes.append(Message("16-bit or float picture ({mode}) reduced to 8 bits", mode=picture.mode))
        picture = Image.fromarray(_to_8_bit(np.asarray(picture)))
        profile = None
    if picture.mode in ("P", "PA", "1") or "transparency" in picture.info:
        picture = picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "PA" else "RGB")
    alpha = _alpha(picture)
    if picture.mode in ("LA", "La", "RGBa"):
        picture = picture.convert("RGBA")
    colour = picture.convert("RGB") if picture.mode in ("RGBA", "L") else picture
    pixels = np.asarray(_apply_profile(colour, profile, notes), dtype=np.uint8)
    return np.ascontiguousarray(pixels), alpha


def _upright(picture: Image.Image, notes: list[str]) -> Image.Image:
    try:
        turned = ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, ZeroDivisionError):
        notes.append(Message("the EXIF data is damaged and was ignored"))
        return picture
    if turned.size != picture.size:
        notes.append(Message("turned upright by its EXIF orientation"))
    return turned


def _alpha(picture: Image.Image) -> Matte | None:
    if "A" not in picture.mode and "a" not in picture.mode:
        return None
    alpha = np.asarray(picture.convert("RGBA").getchannel("A"))
    return None if alpha.min() == 255 else alpha.astype(np.float32) / np.float32(255)


def _apply_profile(picture: Image.Image, profile: bytes | None, notes: list[str]) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB"
            )
            name = ImageCms.getProfileDescription(source).strip()
            if "sRGB" not in name:
                notes.append(
                    Message("colours converted from {profile} to sRGB", profile=name or Message("its ICC profile"))
                )
            return converted or picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            notes.append(Message("the ICC profile does not fit the picture and was ignored"))
    if picture.mode == "CMYK":
        notes.append(Message("CMYK without a usable profile: colours are approximate"))
    return picture.convert("RGB")


def _to_8_bit(values: np.ndarray) -> np.ndarray:
    """Integers are scaled from their 16 bits, floats from [0, 1] (or [0, 255] where they exceed 1); NaN becomes 0."""
    if values.dtype == np.uint8:
        return values
    if np.issubdtype(values.dtype, np.floating):
        finite = np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=0.0)
        scaled = finite * 255 if finite.max(initial=0) <= 1 else finite
    else:
        wide = values.astype(np.int64)
        scaled = wide / 257 if wide.max(initial=0) > 255 else wide
    return np.round(np.clip(scaled, 0, 255)).astype(np.uint8)
