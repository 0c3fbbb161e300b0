"""Clicks and strokes on the photo, from the page to a request and back."""

from __future__ import annotations

import json

import pytest

from ecomgen.errors import UsageError
from ecomgen.types import Point, Stroke
from ecomgen.web.create import marks

CLICK = json.dumps({"point": [12.4, 30, True]})
STROKE = json.dumps({"stroke": [[[1, 2], [3, 4]], 9, False]})


def test_marks_are_added_read_and_taken_back() -> None:
    both = marks.added(marks.added("", CLICK), STROKE)
    assert marks.read(both) == ((Point(12, 30, True),), (Stroke(((1, 2), (3, 4)), 9, False),))
    assert marks.read(marks.fewer(both)) == ((Point(12, 30, True),), ())
    assert marks.fewer(marks.fewer(both)) == ""
    assert marks.read("") == ((), ())


def test_what_a_run_used_comes_back_to_the_page() -> None:
    points, strokes = marks.read(marks.added(marks.added("", CLICK), STROKE))
    assert marks.read(marks.written(points, strokes)) == (points, strokes)
    assert marks.written((), ()) == ""


@pytest.mark.parametrize(
    "wrong",
    ["", "{}", "[]", "nonsense", '{"point": [1, 2]}', '{"point": ["a", 2, true]}', '{"stroke": [[], 3, true]}'],
)
def test_what_is_no_mark_is_told(wrong: str) -> None:
    with pytest.raises(UsageError, match="could not be read"):
        marks.added("", wrong)


def test_nobody_can_send_marks_without_end() -> None:
    many = json.dumps([json.loads(CLICK)] * marks.MOST)
    with pytest.raises(UsageError, match="start over"):
        marks.added(many, CLICK)
