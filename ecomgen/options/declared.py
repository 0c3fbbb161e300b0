"""The options that several commands or settings share: type, range, help and how their text is read, once each."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ecomgen.errors import UsageError
from ecomgen.messages import flag
from ecomgen.options import Number, Option, Whole
from ecomgen.types import Box, Companion, Masker, Matting, Place, Point, Stroke

LEVELS = ("strict", "normal", "lenient")
Init = Literal["auto", "studio", "photo", "blur", "noise"]
Framing = Literal["auto", "whole", "crop", "windows"]
REPAINTED: Mapping[Init, float] = {"studio": 0.6, "photo": 0.7, "blur": 0.85, "noise": 1.0}
"""The strength that goes with a first image where none is given: what is asked for is to be seen."""
FARTHEST, LARGEST = (-1.0, 2.0), 4.0  # of the canvas: where a base may be, and how high a product
PLACED = re.compile(r"@[-+0-9., ]*$")  # a place after a product's photos
SIDES = {"": True, "+": True, "-": False}


def read_point(text: str) -> Point:
    """X,Y or X,Y,+ for a click on the product, X,Y,- for one beside it, in pixels of the photo.

    Raises:
        UsageError: it is none of these.
    """
    x, y, side, *more = [*(part.strip() for part in text.split(",")), "", "", ""]
    if not (x.isdecimal() and y.isdecimal() and side in SIDES) or any(more):
        raise UsageError(
            "{--point} {text!r} is not a point: give X,Y on the product, or X,Y,- beside it, in pixels.", text=text
        )
    return Point(int(x), int(y), SIDES[side])


def as_lists(hints: Iterable[Any]) -> list[Any]:
    """Points or strokes as nested lists, the way JSON gives them back."""
    return [as_lists(hint) if isinstance(hint, tuple) else hint for hint in hints]


def read_points(value: Any) -> tuple[Point, ...]:
    """Clicks from text ("X,Y", "X,Y,-"), several of them parted by semicolons, or from [x, y] and [x, y, inside] lists.

    Raises:
        UsageError: one of them is none of these.
    """
    entries = value.split(";") if isinstance(value, str) else value or ()
    try:
        return tuple(
            read_point(entry) if isinstance(entry, str) else Point(int(entry[0]), int(entry[1]), *map(bool, entry[2:]))
            for entry in entries
        )
    except (ValueError, TypeError, LookupError, OverflowError):
        raise UsageError("{--point} wants [x, y] or [x, y, inside] for each click, in pixels.") from None


def read_strokes(entries: Iterable[Sequence[Any]] | None) -> tuple[Stroke, ...]:
    """Strokes from [[[x, y], ...], width, inside] lists, as a record holds them."""
    return tuple(Stroke(tuple((int(x), int(y)) for x, y in line), *rest) for line, *rest in entries or ())


def read_box(value: Any) -> Any:
    """X0,Y0,X1,Y1 in pixels, as text or as four numbers; nothing means no box.

    Raises:
        UsageError: it is not four whole numbers, or the box is empty.
    """
    if isinstance(value, Box):
        return value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        sides = value.replace(";", ",").split(",") if isinstance(value, str) else value
        box = Box(*(int(side) for side in sides))
    except (ValueError, TypeError, OverflowError):
        raise UsageError("{--box} {value!r} is not a box: give X0,Y0,X1,Y1 in whole pixels.", value=value) from None
    if min(box) < 0 or box.width < 1 or box.height < 1:
        raise UsageError("{--box} {value!r} is empty: X1 must be larger than X0, and Y1 larger than Y0.", value=value)
    return box


def read_size(value: Any) -> Any:
    """WxH in pixels, as text or as two numbers; nothing means the recipe's own size.

    Raises:
        UsageError: it is not two whole numbers.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        sides = value.lower().replace("×", "x").split("x") if isinstance(value, str) else value
        width, height = (int(side) for side in sides)
    except (ValueError, TypeError, OverflowError):
        raise UsageError(
            "{--size} {value!r} is not a size: give WIDTHxHEIGHT, for example 1080x1350.", value=value
        ) from None
    return width, height


def read_place(value: Any) -> Any:
    """X,Y,HEIGHT or X,Y,HEIGHT,TURN, as text or as numbers; nothing means by rule.

    Raises:
        UsageError: it is neither, or out of range.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        parts = value.replace(";", ",").split(",") if isinstance(value, str) else value
        place = Place(*(float(part) for part in parts))
    except (ValueError, TypeError, OverflowError):
        raise UsageError(
            "{--place} {value!r} is no place: give X,Y,HEIGHT or X,Y,HEIGHT,TURN, the first three as shares of the "
            "canvas, for example 0.5,0.85,0.4.",
            value=value,
        ) from None
    within(flag("place"), place.x, *FARTHEST)
    within(flag("place"), place.y, *FARTHEST)
    within(flag("place"), place.height, 0.01, LARGEST)
    within(flag("place"), place.turn, -360, 360)
    return place


def read_companion(value: Any) -> Companion:
    """PHOTO[;PHOTO...][@X,Y,HEIGHT[,TURN]]; an @ that no numbers follow is a part of the photo's name.

    Raises:
        UsageError: it names no photo, or its place cannot be.
    """
    if isinstance(value, Companion):
        return value
    text = str(value)
    named, _, place = text.rpartition("@") if PLACED.search(text) else (text, "", "")
    photos = tuple(Path(part.strip()) for part in named.split(";") if part.strip())
    if not photos:
        raise UsageError("{--with} {value!r} names no photo: give PHOTO[;PHOTO...][@X,Y,HEIGHT].", value=text)
    return Companion(photos=photos, place=read_place(place))


def read_companions(value: Any) -> tuple[Companion, ...]:
    """Further products, each as text or as it is; of a text, one on each line."""
    return tuple(read_companion(one) for one in (value.splitlines() if isinstance(value, str) else value or ()))


def read_threshold(value: Any) -> Any:
    """A level by its name, or a number from 0 to 1.

    Raises:
        UsageError: it is neither.
    """
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        if value not in LEVELS:
            raise UsageError(
                "{--threshold} {threshold!r} is neither a number nor one of {known}.",
                threshold=value,
                known=", ".join(LEVELS),
            ) from None
        return value
    within(flag("threshold"), number, 0, 1)
    return number


def read_extension(value: Any) -> Any:
    """off, or a number from 0 to 1; nothing means the usual.

    Raises:
        UsageError: it is neither.
    """
    if value is None or (isinstance(value, str) and value.strip() in ("", "off")):
        return None if value is None else value.strip() or None
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise UsageError("{--extension} {value!r} is neither a number nor off.", value=value) from None
    within(flag("extension"), number, 0, 1)
    return number


def _parted(separator: str) -> Callable[[Any], Any]:
    """Several values as text, parted by `separator`."""

    def parted(value: Any) -> Any:
        return [part.strip() for part in value.split(separator) if part.strip()] if isinstance(value, str) else value

    return parted


Product = Annotated[str, Option(help="What the product is, in words: helps the mask and the scores.", record="product")]
MaskerName = Annotated[Masker, Option(help="How to find the product in the photo.", record="masker")]
MattingName = Annotated[
    Matting,
    Option(
        help="How a soft edge is solved; auto is ViTMatte where its weights are here.",
        record="matting",
        absent=("app",),  # it goes by what is on the machine
    ),
]
MaskFile = Annotated[Path | None, Option(help="A mask made elsewhere; white is the product.", absent=("mcp",))]
RepairFile = Annotated[
    Path | None,
    Option(
        help="A mask over the first photo; what is white in it, a tag, a string, a scratch, is filled from around it.",
        absent=("app", "mcp"),  # the app corrects cut-outs, not photos
    ),
]
Upscale = Annotated[
    str,
    Option(
        help="Enlarge a product whose photo is too small with this network, one of the manifest "
        "of the kind upscale; its pixels are then the model's.",
        metavar="NAME",
        record="upscale",
        absent=("app",),  # its networks are entered by hand
    ),
]
BackdropFile = Annotated[
    Path | None,
    Option(
        help="Your own photo in which the product stands, instead of a scene; its camera and light are read from it.",
        scope="studio",
    ),
]
StyleFile = Annotated[
    Path | None,
    Option(
        help="A picture whose palette, warmth, contrast and softness of light the scene takes over; a recipe with an "
        "IP-Adapter paints in its style.",
        scope="style",
    ),
]
LightFrom = Annotated[
    Literal["left", "right", "front", "back"] | None,
    Option(
        help="Where the light comes from; by default as the prompt or the backdrop says.",
        scope="studio",
        setting="light_from",
        record="light_from",
    ),
]
ProductBox = Annotated[
    Box | None,
    BeforeValidator(read_box),
    Option(help="Where the product is, in pixels.", metavar="X0,Y0,X1,Y1", record="box"),
]
Placed = Annotated[
    Place | None,
    BeforeValidator(read_place),
    Option(
        help="Where the product stands: the middle of its base and its height as shares of the canvas, and how many "
        "degrees it is turned clockwise.",
        metavar="X,Y,HEIGHT[,TURN]",
        scope="placed",
        record="place_asked",
    ),
]
Companions = Annotated[
    tuple[Companion, ...],
    BeforeValidator(read_companions),
    Option(
        help="Photos of a further product in the same picture, and where it stands; repeat it for more.",
        metavar="PHOTO[;PHOTO...][@X,Y,HEIGHT[,TURN]]",
        absent=("rest",),  # files of the server are nobody's
    ),
]
Clicks = Annotated[
    tuple[Point, ...],
    BeforeValidator(read_points),
    Option(
        help="A pixel of the product, or with ,- one beside it; corrects the mask. Repeat it for more.",
        metavar="X,Y[,-]",
        record="points",
    ),
]
Threshold = Annotated[
    float | str,
    BeforeValidator(read_threshold),
    Option(help="The least identity of a picture that is kept; 0 filters nothing.", metavar="X|strict|normal|lenient"),
]
Extension = Annotated[
    float | str | None,
    BeforeValidator(read_extension),
    Option(
        help="The most of its area that diffusion may paint on to the product; 0.1 if unsaid.",
        metavar="X|off",
        scope="diffusion",
    ),
]
Words = Annotated[
    str,
    Option(
        help='Write alt texts, title and description too, with a writer of "ecomgen words list".',
        metavar="auto|endpoint|NAME",
        absent=("mcp",),
    ),
]
Languages = Annotated[
    tuple[str, ...],
    BeforeValidator(_parted(";")),
    Option(help="A language of the words, as de or German; repeat it for more.", absent=("mcp",)),
]
Attributes = Annotated[
    tuple[str, ...],
    BeforeValidator(_parted("\n")),
    Option(
        help="A fact that the words may use besides the picture, as material=oak; repeat it for more.",
        metavar="NAME=VALUE",
        absent=("mcp",),
    ),
]
Steps = Annotated[
    Whole,
    Field(ge=1, le=1000),
    Option(help="Diffusion steps, or the studio's samples per pixel.", setting="num_inference_steps"),
]
GuidanceScale = Annotated[
    Number,
    Field(ge=0, le=100),
    Option(help="How closely diffusion follows the prompt.", scope="diffusion", setting="guidance_scale"),
]
Strength = Annotated[
    Number,
    Field(ge=0.01, le=1),
    Option(
        help="How much of the first image diffusion repaints; without it, what suits --init.",
        scope="diffusion",
        setting="strength",
    ),
]
NegativePrompt = Annotated[
    str,
    Option(help="What must not be in the picture (diffusion only).", scope="diffusion", setting="negative_prompt"),
]
FirstImage = Annotated[
    Init,
    Option(help="What diffusion starts from; auto is a plain corner.", scope="diffusion", setting="init"),
]
CanvasFraming = Annotated[
    Framing,
    Option(
        help="How diffusion makes a canvas of another size: whole, the missing part only, or in windows.",
        scope="inpaint",
        setting="framing",
    ),
]
MaskGrow = Annotated[
    Whole,
    Field(ge=0, le=16),
    Option(
        help="Latent cells by which the painted region reaches into what is kept.",
        scope="diffusion",
        setting="mask_grow",
    ),
]
MaskFeather = Annotated[
    Whole,
    Field(ge=0, le=16),
    Option(help="Latent cells over which painted fades into kept.", scope="diffusion", setting="mask_feather"),
]
BorderStrength = Annotated[
    Number,
    Field(ge=0, le=1),
    Option(
        help="A second pass over the product's border, at this strength; 0 is none.",
        scope="diffusion",
        setting="border_strength",
    ),
]
ReferenceScale = Annotated[
    Number,
    Field(ge=0, le=2),
    Option(
        help="How much the photos count beside the prompt (recipes with an IP-Adapter).",
        scope="reference",
        setting="reference_scale",
    ),
]
ControlScale = Annotated[
    Number,
    Field(ge=0, le=2),
    Option(
        help="How closely the product's outline is followed (recipes with a ControlNet).",
        scope="control",
        setting="control_scale",
    ),
]
TaughtName = Annotated[
    str,
    Option(
        help='The product that "ecomgen teach" has taught under this name; name it in the prompt, too.',
        metavar="NAME",
        scope="diffusion",
        record="lora",
        absent=("app",),  # it is taught on the command line
    ),
]
Compile = Annotated[
    bool,
    Option(help="Compile the network first: minutes once, then faster steps.", scope="diffusion", setting="compile"),
]


def within(option: str, value: float | None, low: float, high: float) -> None:
    """Raises UsageError unless `value` is None or a number from `low` to `high`."""
    if value is None:
        return
    if isinstance(value, bool) or not math.isfinite(value) or not low <= value <= high:
        raise UsageError(
            "{option} {value} is out of range: choose a number from {low} to {high}.",
            option=option,
            value=value,
            low=low,
            high=high,
        )
