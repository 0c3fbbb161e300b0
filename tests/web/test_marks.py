"""Clicks and strokes on the photo, from the page to a request and back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ecomgen.errors import UsageError
from ecomgen.types import Point, Stroke
from ecomgen.web.create.product import marks

CLICK = {"point": [12.4, 30, True]}
STROKE = {"stroke": [[[1, 2], [3, 4]], 9, False]}


def sent(*some: Any, number: int = 1, box: Any = None) -> str:
    """What the editor sends."""
    return json.dumps({"product": 2, "number": number, "box": box, "marks": some})


def test_an_edit_is_read_whole() -> None:
    edit = marks.edited(sent(CLICK, STROKE, number=7, box=[1, 2, 30, 40]))
    assert (edit.product, edit.number, edit.box) == (2, 7, "1,2,30,40")
    assert marks.read(edit.marks) == ((Point(12, 30, True),), (Stroke(((1, 2), (3, 4)), 9, False),))
    nothing = marks.edited(sent())
    assert (nothing.box, nothing.marks, marks.read(nothing.marks)) == ("", "", ((), ()))


def test_what_a_run_used_comes_back_to_the_page() -> None:
    points, strokes = marks.read(marks.edited(sent(CLICK, STROKE)).marks)
    assert marks.read(marks.written(points, strokes)) == (points, strokes)
    assert marks.written((), ()) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "{}",
        "[]",
        "nonsense",
        sent({"point": [1, 2]}),
        sent({"point": ["a", 2, True]}),
        sent({"stroke": [[], 3, True]}),
        sent(box=[1, 2, None, 4]),
        sent(box=3),
    ],
)
def test_what_is_no_edit_is_told(wrong: str) -> None:
    with pytest.raises(UsageError, match="could not be read"):
        marks.edited(wrong)


def test_nobody_can_send_marks_without_end() -> None:
    with pytest.raises(UsageError, match="start over"):
        marks.edited(sent(*[CLICK] * (marks.MOST + 1)))
