"""POST /v1.0/removebg, as remove.bg documents it, for photos that are uploaded or named by their address."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageColor, ImageOps

from ecomgen import picture_file
from ecomgen.errors import UsageError
from ecomgen.request import CutoutRequest
from ecomgen.types import Box
from ecomgen.workflows.cutouts import CutoutFile

MEGAPIXELS = {
    "preview": 0.25,
    "small": 0.25,
    "regular": 0.25,
    "medium": 1.5,
    "hd": 4.0,
    "full": 25.0,
    "4k": 25.0,
    "50MP": 50.0,
    "auto": 50.0,
}
FORMATS = {"auto": "", "png": "png", "jpg": "jpeg", "webp": "webp"}
TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
PLACED = ("foreground_left", "foreground_top", "foreground_width", "foreground_height")
FIELDS = ("image_file", "bg_image_file")
CHOICES = {
    "size": (*MEGAPIXELS,),
    "format": (*FORMATS,),
    "type": ("auto", "person", "product", "car", "animal", "graphic", "transportation", "other"),
    "type_level": ("none", "1", "2", "latest"),
    "channels": ("rgba", "alpha"),
    "crop": ("true", "false"),
    "add_shadow": ("true", "false"),
    "semitransparency": ("true", "false"),
    "scale": ("original",),
    "position": ("original", "center"),
    "shadow_type": ("auto", "none", "drop", "3D", "car"),
}
OTHERS = ("bg_color", "crop_margin")
ELSEWHERE = ("image_file_b64", "bg_image_url", "roi", "shadow_opacity")  # of theirs, and not of ours


class Refused(UsageError):
    """A parameter that is wrong, or that this endpoint does not support; `code` is for programs."""

    code = "invalid_parameter"


class Unsupported(Refused):
    code = "unsupported_parameter"


class NotFetched(Refused):
    code = "invalid_image_url"


class Twice(Refused):
    code = "multiple_sources"


class Missing(Refused):
    code = "missing_source"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What was asked for. `colour` and `backdrop` lie behind the product."""

    size: str = "preview"
    kind: str = ""  # "" is PNG where something is transparent, else JPEG
    only_alpha: bool = False
    crop: bool = False
    margin: str = "0"
    shadow: bool = False
    colour: tuple[int, int, int, int] | None = None
    backdrop: Path | None = None

    @property
    def request(self) -> CutoutRequest:
        return CutoutRequest(shadow=self.shadow)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The finished picture and where the product is in it."""

    data: bytes
    kind: str
    width: int
    height: int
    box: tuple[int, int, int, int]  # left, top, width, height

    @property
    def headers(self) -> dict[str, str]:
        size = {"X-Width": str(self.width), "X-Height": str(self.height)}
        placed = zip(PLACED, map(str, self.box), strict=True)
        named = {"-".join(("X", *map(str.capitalize, name.split("_")))): value for name, value in placed}
        return size | {"X-Credits-Charged": "0", "X-Type": "product"} | named

    @property
    def as_json(self) -> dict[str, Any]:
        placed = dict(zip(PLACED, self.box, strict=True))
        return {"data": {"result_b64": base64.b64encode(self.data).decode(), **placed}}


def wish_of(fields: Mapping[str, str], backdrop: Path | None) -> Wish:
    """What the form's fields ask for; empty ones are their defaults.

    Raises:
        Refused: a field is wrong, or not supported.
    """
    sent = {name: value.strip() for name, value in fields.items() if value.strip()}
    for name, value in sent.items():
        if name in ELSEWHERE:
            raise Unsupported(
                "{name} is not supported here: upload files as {fields}.", name=name, fields=" and ".join(FIELDS)
            )
        if name not in CHOICES and name not in OTHERS:
            raise Refused("There is no parameter {name!r}.", name=name)
        if name in CHOICES and value not in CHOICES[name]:
            kind = Unsupported if name in ("scale", "position", "format", "shadow_type") else Refused
            raise kind(
                "{name} {value!r} is not supported: choose one of {known}.",
                name=name,
                value=value,
                known=", ".join(CHOICES[name]),
            )
    return Wish(
        size=sent.get("size", "preview"),
        kind=FORMATS[sent.get("format", "auto")],
        only_alpha=sent.get("channels") == "alpha",
        crop=sent.get("crop") == "true",
        margin=sent.get("crop_margin", "0"),
        shadow=sent.get("add_shadow") == "true" or sent.get("shadow_type", "none") != "none",
        colour=_colour(sent["bg_color"]) if "bg_color" in sent else None,
        backdrop=backdrop,
    )


def _colour(text: str) -> tuple[int, int, int, int]:
    digits = re.fullmatch(r"#?([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", text)
    try:
        found = ImageColor.getcolor(f"#{digits[1]}" if digits else text, "RGBA")
    except ValueError as error:
        raise Refused(
            "bg_color {value!r} is no colour: give its name or its hexadecimal digits.", value=text
        ) from error
    return found  # type: ignore[return-value]


def finished(cut: CutoutFile, wish: Wish) -> Answer:
    """A cut-out in the size, shape and format that was asked for."""
    picture, box = picture_file.load(cut.file).convert("RGBA"), cut.box
    left, top, right, bottom = _window(wish, box, picture.size)
    picture = picture.crop((left, top, right, bottom))
    product = [box.x0 - left, box.y0 - top, box.x1 - left, box.y1 - top]
    scale = min(1.0, (MEGAPIXELS[wish.size] * 1e6 / (picture.width * picture.height)) ** 0.5)
    if scale < 1:
        size = max(1, int(picture.width * scale)), max(1, int(picture.height * scale))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    x0, y0, x1, y1 = (round(value * scale) for value in product)
    picture = picture.getchannel("A") if wish.only_alpha else _behind(picture, wish)
    data, kind = _encoded(picture, wish.kind)
    return Answer(data=data, kind=kind, width=picture.width, height=picture.height, box=(x0, y0, x1 - x0, y1 - y0))


def _window(wish: Wish, box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The part that is kept: everything, or the product with a margin of so many pixels or per cent of it."""
    if not wish.crop:
        return (0, 0, *size)
    parts = wish.margin.split()
    if len(parts) not in (1, 2, 4) or not all(re.fullmatch(r"\d{1,3}(\.\d+)?%|\d{1,4}px|0", part) for part in parts):
        raise Refused("crop_margin {value!r} is none: give one, two or four lengths as 30px or 10%.", value=wish.margin)
    top, right, bottom, left = parts * (4 // len(parts))
    across, down = box.x1 - box.x0, box.y1 - box.y0
    return (
        box.x0 - _length(left, across), box.y0 - _length(top, down),
        box.x1 + _length(right, across), box.y1 + _length(bottom, down),
    )  # fmt: skip


def _length(text: str, side: int) -> int:
    most = 0.5 * side if text.endswith("%") else 500
    return round(min(most, float(text.rstrip("%px")) * (side / 100 if text.endswith("%") else 1)))


def _behind(picture: Image.Image, wish: Wish) -> Image.Image:
    if wish.backdrop is None and wish.colour is None:
        return picture
    from ecomgen import references

    if wish.backdrop is not None:
        photo = Image.fromarray(references.load(wish.backdrop).pixels)
        ground = ImageOps.fit(photo, picture.size, Image.Resampling.LANCZOS).convert("RGBA")
    else:
        ground = Image.new("RGBA", picture.size, wish.colour)
    ground.alpha_composite(picture)
    return ground


def _encoded(picture: Image.Image, kind: str) -> tuple[bytes, str]:
    clear = picture.mode == "RGBA" and picture.getextrema()[3][0] < 255  # type: ignore[index]
    kind = kind or ("png" if clear or picture.mode == "L" else "jpeg")
    if kind == "jpeg" and picture.mode == "RGBA":
        white = Image.new("RGBA", picture.size, "white")
        white.alpha_composite(picture)
        picture = white
    opaque = picture.convert("RGB" if kind == "jpeg" and picture.mode != "L" else picture.mode)
    return picture_file.encoded(opaque, kind, quality=92), kind
