"""Clicks and brush strokes on a photo as the page sends them, in the order in which they were made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from ecomgen.errors import UsageError
from ecomgen.options.reading import read_box
from ecomgen.types import Box, Point, Stroke
from ecomgen.web import locale

MOST = 400  # marks of one photo
LONGEST = 4000  # places of one stroke


@dataclass(frozen=True, kw_only=True)
class Aid:
    """How somebody helps to find the product on the first photo."""

    box: Box | None = None
    marks: str = ""

    def __bool__(self) -> bool:
        return bool(self.box or self.marks)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """All that is marked on a product's first photo, under the number that the page gave it."""

    product: int  # 0 is the first
    number: int
    box: str  # x0,y0,x1,y1, or nothing
    marks: str


def edited(sent: str) -> Edit:
    """What the editor sends: {"product": 0, "number": 3, "box": [x0, y0, x1, y1], "marks": [one, …]}, where one of the
    marks is {"point": [x, y, inside]} or {"stroke": [[[x, y], …], width, inside]}, and the box may be null.

    Raises:
        UsageError: it is something else, or there are too many.
    """
    try:
        found = from_json(sent)
        product, number, marks = int(found["product"]), int(found["number"]), list(found["marks"])
        box = ",".join(str(round(side)) for side in found["box"] or ())
        read_box(box or None)
        for one in marks:
            _parsed(one)
    except (ValueError, TypeError, KeyError):
        raise UsageError(locale.BAD_MARK) from None
    if len(marks) > MOST:
        raise UsageError(locale.TOO_MANY_MARKS)
    return Edit(product=product, number=number, box=box, marks=json.dumps(marks) if marks else "")


def read(text: str) -> tuple[tuple[Point, ...], tuple[Stroke, ...]]:
    """Points and strokes, each in their order."""
    parsed = [_parsed(one) for one in from_json(text or "[]")]
    points = tuple(one for one in parsed if isinstance(one, Point))
    return points, tuple(one for one in parsed if isinstance(one, Stroke))


def written(points: Any, strokes: Any) -> str:
    """Points and strokes of a request, as the page holds them."""
    all_points = [{"point": [point.x, point.y, point.inside]} for point in points]
    all_strokes = [{"stroke": [[list(place) for place in one.points], one.width, one.inside]} for one in strokes]
    found = [*all_points, *all_strokes]
    return json.dumps(found) if found else ""


def _parsed(one: Any) -> Point | Stroke:
    if "point" in one:
        x, y, inside = one["point"]
        return Point(round(x), round(y), bool(inside))
    places, width, inside = one["stroke"]
    if not 0 < len(places) <= LONGEST:
        raise ValueError
    return Stroke(tuple((round(x), round(y)) for x, y in places), max(1, round(width)), bool(inside))
