"""Clicks and brush strokes from what people type and what a record holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ecomgen.errors import UsageError
from ecomgen.types import Point, Stroke

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
    except (ValueError, TypeError, IndexError):
        raise UsageError("{--point} wants [x, y] or [x, y, inside] for each click, in pixels.") from None


def read_strokes(entries: Iterable[Sequence[Any]] | None) -> tuple[Stroke, ...]:
    """Strokes from [[[x, y], ...], width, inside] lists, as a record holds them."""
    return tuple(Stroke(tuple((int(x), int(y)) for x, y in line), *rest) for line, *rest in entries or ())
