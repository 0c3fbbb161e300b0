"""Tables that a spreadsheet opens: no cell of theirs is a formula."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecomgen
from ecomgen.export.spreadsheet import encoded

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "=cmd|' /C calc'!A0")


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_text(text: str) -> None:
    assert cells(encoded(["a"], [{"a": text}]))[1] == [f"'{text}"]


@given(st.text(max_size=20))
def test_no_cell_begins_as_a_formula_and_nothing_is_lost(text: str) -> None:
    ((cell, number),) = cells(encoded(["a", "b"], [{"a": text, "b": -1.5}]))[1:]
    assert not re.match(r" *[=+\-@\t\r\n]", cell)
    assert cell.removeprefix("'") == text.removeprefix("'") and number == "-1.5"


def test_every_table_is_written_by_this_writer() -> None:
    package = Path(ecomgen.__file__).parent
    others = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"csv\.(Dict)?[wW]riter|to_csv", path.read_text("utf-8"))
    ]
    assert others == ["export/spreadsheet.py"]
