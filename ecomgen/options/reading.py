"""How the text of an option is read, as people type it, or as a record or a program gives it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from ecomgen.errors import UsageError
from ecomgen.messages import flag
from ecomgen.types import SPELLINGS, Box, Companion, Masker, Place, Point, Stroke

LEVELS = ("strict", "normal", "lenient")
FARTHEST, LARGEST = (-1.0, 2.0), 4.0  # of the canvas: where a base may be, and how high a product
TALL = (0.1, 1000.0)  # centimetres that a product is high
PLACED = re.compile(r"@[-+0-9., ]*$")  # a place after a product's photos
CORRECTED = re.compile(r"(product|masker|box|point|mask)=(.*)", re.DOTALL)  # among photos, what helps to find it
UNITS = {"": 1, "b": 1, "kb": 1000, "mb": 1_000_000, "kib": 1024, "mib": 1024**2}
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


def several(files: Any) -> Any:
    """Files, of which one may stand for itself."""
    return (files,) if isinstance(files, (str, Path)) else files


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
    if is_nothing(value):
        return None
    try:
        box = Box(*(int(side) for side in _parts(value, "[;,]")))
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
    if is_nothing(value):
        return None
    try:
        width, height = (int(side) for side in _parts(value, "[xX×]"))
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
    if is_nothing(value):
        return None
    try:
        place = Place(*(float(part) for part in _parts(value, "[;,]")))
    except (ValueError, TypeError, OverflowError):
        raise UsageError(
            "{--place} {value!r} is no place: give X,Y,HEIGHT or X,Y,HEIGHT,TURN, the first three as shares of the "
            "canvas, for example 0.5,0.85,0.4.",
            value=value,
        ) from None
    for part, bounds in zip(place, (FARTHEST, FARTHEST, (0.01, LARGEST), (-360, 360)), strict=True):
        within(flag("place"), part, *bounds)
    return place


def read_heights(value: Any) -> tuple[float, ...]:
    """Heights in centimetres, as text parted by semicolons, or as numbers or such texts one by one; none are unknown.

    Raises:
        UsageError: one is no number, or no height of a product, or the first one is left out.
    """
    entries = [value] if isinstance(value, str | int | float) else value or ()
    texts = [part.strip() for entry in entries for part in str(entry).split(";")]
    if any(texts) and not texts[0]:
        raise UsageError("The main product's height, which comes first in {--height-cm}, is missing: give it, or none.")
    try:
        heights = tuple(map(_decimal, filter(None, texts)))
    except ValueError:
        raise UsageError(
            "{--height-cm} {value!r} is no height: give centimetres, for several products parted by semicolons, for "
            "example 24; 9.5.",
            value="; ".join(texts),
        ) from None
    for height in heights:
        within(flag("height_cm"), height, *TALL)
    return heights


def read_set(value: str) -> tuple[str, int | None]:
    """A run whose set is kept, and the seed of the one of its pictures that is meant: RUN, or RUN:SEED."""
    run, _, seed = value.rpartition(":")
    return (run, int(seed)) if run and seed.isdecimal() else (value, None)


def read_format(value: Any) -> Any:
    """A picture's format by its name, or as its files' names have it."""
    return SPELLINGS.get(value, value) if isinstance(value, str) else value


def read_bytes(value: Any) -> Any:
    """A file's size in bytes, as text with or without a unit, or as a number; nothing means no limit.

    Raises:
        UsageError: it is none.
    """
    if is_nothing(value):
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", str(value).strip().lower().replace(",", "."))
    if not found or found.group(2) not in UNITS or float(found.group(1)) <= 0:
        raise UsageError("{--max-size} {text!r} is not a size: give one like 500kB or 2MB.", text=value)
    return int(float(found.group(1)) * UNITS[found.group(2)])


def read_masker(value: Any) -> Masker | None:
    """The name of a masker; nothing means the request's.

    Raises:
        UsageError: there is none of that name.
    """
    if is_nothing(value):
        return None
    if value not in get_args(Masker):
        raise unknown(flag("masker"), value, get_args(Masker))
    return value


def read_companion(value: Any) -> Companion:
    """PHOTO[;PHOTO...][;product=T][;masker=M][;box=BOX][;point=POINT...][;mask=FILE][@X,Y,HEIGHT[,TURN]].

    An @ that no numbers follow is a part of the photo's name. Box, points and mask are about the first photo.

    Raises:
        UsageError: it names no photo, or its place, masker, box or a point cannot be.
    """
    if isinstance(value, Companion):
        return value
    text = str(value)
    named, _, place = text.rpartition("@") if PLACED.search(text) else (text, "", "")
    parts = [part.strip() for part in named.split(";") if part.strip()]
    said = [(found[1], found[2]) for part in parts if (found := CORRECTED.fullmatch(part))]
    photos = tuple(Path(part) for part in parts if not CORRECTED.fullmatch(part))
    if not photos:
        raise UsageError("{--with} {value!r} names no photo: give PHOTO[;PHOTO...][@X,Y,HEIGHT].", value=text)
    last = dict(said)
    try:
        return Companion(
            photos=photos,
            place=read_place(place),
            product=last.get("product", ""),
            masker=read_masker(last.get("masker")),
            box=read_box(last.get("box")),
            point=tuple(read_point(point) for name, point in said if name == "point"),
            mask=Path(last["mask"]) if last.get("mask") else None,
        )
    except UsageError as error:
        raise UsageError("{--with} {value!r}: {reason}", value=text, reason=error) from None


def read_companions(value: Any) -> Any:
    """Further products, each as text or as it is; of a text, one on each line."""
    entries = value.splitlines() if isinstance(value, str) else value or ()
    return tuple(map(read_companion, entries)) if isinstance(entries, Sequence) else entries


def read_threshold(value: Any) -> Any:
    """A level by its name, or a number from 0 to 1.

    Raises:
        UsageError: it is neither.
    """
    try:
        number = _decimal(value)
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
    if is_nothing(value):
        return None
    if isinstance(value, str) and value.strip() == "off":
        return "off"
    try:
        number = _decimal(value)
    except (TypeError, ValueError, OverflowError):
        raise UsageError("{--extension} {value!r} is neither a number nor off.", value=value) from None
    within(flag("extension"), number, 0, 1)
    return number


def read_whole(option: str, value: Any) -> int | None:
    """A whole number as people type it, or as a program gives it; nothing means the default.

    Raises:
        UsageError: it is none.
    """
    if is_nothing(value):
        return None
    try:
        number = _decimal(value)
    except (TypeError, ValueError, OverflowError):
        raise not_whole(flag(option), value) from None
    if not number.is_integer():
        raise not_whole(flag(option), value)
    return int(number)


def parted(separator: str) -> Callable[[Any], Any]:
    """Several values as text, parted by `separator`."""

    return lambda value: (
        [part.strip() for part in value.split(separator) if part.strip()] if isinstance(value, str) else value
    )


def _decimal(value: Any) -> float:
    """A number as people type it, with a comma or a point; True is none."""
    if isinstance(value, bool):
        raise TypeError
    return float(value.replace(",", ".") if isinstance(value, str) else value)


def is_nothing(value: Any) -> bool:
    """Whether an option was left empty."""
    return value is None or (isinstance(value, str) and not value.strip())


def _parts(value: Any, between: str) -> Any:
    return re.split(between, value) if isinstance(value, str) else value


def within(option: str, value: float | None, low: float, high: float | None = None) -> None:
    """Raises UsageError unless `value` is None or a number from `low` to `high`, which is no limit where it is None."""
    if value is None:
        return
    if isinstance(value, bool) or not math.isfinite(value) or value < low or (high is not None and value > high):
        raise out_of_range(option, value, low, high)


def not_whole(option: object, value: Any) -> UsageError:
    """What is told of a number that is to be a whole one."""
    return UsageError(
        "{option} {value} is not a whole number: give one, or leave it empty.", option=option, value=value
    )


def unknown_field(name: str, known: Iterable[str]) -> UsageError:
    """What is told of a field that is none of those that are known."""
    return UsageError("There is no field {name!r}: the fields are {known}.", name=name, known=", ".join(known))


def out_of_range(option: str, value: Any, low: float | None, high: float | None) -> UsageError:
    """What is said of a number that is less than `low` or more than `high`; None is no limit."""
    if high is None:
        return UsageError(
            "{option} {value} is out of range: choose a number of {low:.10g} or more.",
            option=option,
            value=value,
            low=low,
        )
    return UsageError(
        "{option} {value} is out of range: choose a number from {low:.10g} to {high:.10g}.",
        option=option,
        value=value,
        low=low,
        high=high,
    )


def unknown(option: str, value: Any, known: Iterable[str]) -> UsageError:
    """What is said of a value that is none of the `known`; those that are spelt much like it come first."""
    named = list(known)
    alike = [one for one in named if str(value).lower() in one] or get_close_matches(str(value).lower(), named)
    told = ", ".join(dict.fromkeys([*alike, *named]))
    return UsageError("{option} {value!r} is not known: choose one of {known}.", option=option, value=value, known=told)
