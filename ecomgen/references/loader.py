"""From any photo file to upright sRGB pixels, with limits applied before decoding."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

from ecomgen import picture_file
from ecomgen.errors import BadPhoto
from ecomgen.messages import Message
from ecomgen.picture_file import SUFFIXES, printable
from ecomgen.types import Matte, Pixels, ReferenceImage

MIN_SIDE = 32


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
    data = picture_file.read(path)
    notes: list[str] = []
    picture = _opened(data, path)
    with picture_file.decoding(path):
        picture.load()
        pixels, alpha = _to_srgb(picture, notes)
    if alpha is not None and not alpha.any():
        raise BadPhoto(
            "{file} is fully transparent: there is no product in it. Choose another photo.", file=printable(path)
        )
    return ReferenceImage(
        path=path, sha256=hashlib.sha256(data).hexdigest(), pixels=pixels, alpha=alpha, notes=tuple(notes)
    )


def refuse_unusable(path: Path) -> None:
    """Raises BadPhoto for what `load` refuses by a file's header alone."""
    _opened(picture_file.read(path), path)


def _opened(data: bytes, path: Path) -> Image.Image:
    picture = picture_file.opened(data, path)
    with picture_file.decoding(path):
        _refuse_small(picture.width, picture.height, path)
        _refuse_animation(picture, path)
    return picture


def _refuse_small(width: int, height: int, path: Path) -> None:
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
    several = getattr(picture, "is_animated", False)
    if several and picture.format not in ("MPO", "HEIF"):  # phones store a depth map or a preview as a second frame
        raise BadPhoto("{file} is animated or has several pages: save one of them as a photo.", file=printable(path))


def _to_srgb(picture: Image.Image, notes: list[str]) -> tuple[Pixels, Matte | None]:
    picture = picture_file.upright(picture, notes)
    profile = picture.info.get("icc_profile")
    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        notes.append(Message("16-bit or float picture ({mode}) reduced to 8 bits", mode=picture.mode))
        picture = Image.fromarray(picture_file.to_8_bit(np.asarray(picture)))
        profile = None
    if picture.mode in ("P", "PA", "1") or "transparency" in picture.info:
        picture = picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "PA" else "RGB")
    alpha = _alpha(picture)
    if picture.mode in ("LA", "La", "RGBa"):
        picture = picture.convert("RGBA")
    colour = picture.convert("RGB") if picture.mode in ("RGBA", "L") else picture
    pixels = np.asarray(_apply_profile(colour, profile, notes), dtype=np.uint8)
    return np.ascontiguousarray(pixels), alpha


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
