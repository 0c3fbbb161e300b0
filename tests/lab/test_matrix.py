"""Alternatives, lists and grids."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecomgen.errors import BadPrompt, UsageError
from ecomgen.lab import matrix

word = st.text("abcdefgh ", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(st.lists(word, min_size=1, max_size=4, unique=True), max_size=3))
def test_every_combination_once_the_last_varying_fastest(groups: list[list[str]]) -> None:
    prompt = "on " + " and ".join("{" + "|".join(group) + "}" for group in groups)
    found = matrix(prompt)
    assert [axis.values for axis in found.axes] == [tuple(group) for group in groups]
    combinations = [cell.values for cell in found.cells]
    assert len(set(combinations)) == len(combinations) == max(1, len(found.cells))
    assert combinations[0] == tuple(group[0] for group in groups)
    assert [cell.number for cell in found.cells] == list(range(1, len(found.cells) + 1))


def test_an_empty_alternative_leaves_no_trace() -> None:
    assert [cell.prompt for cell in matrix("on oak{|, with ferns}, at dawn").cells] == [
        "on oak, at dawn",
        "on oak, with ferns, at dawn",
    ]
    assert [cell.prompt for cell in matrix("on {dark|} oak").cells] == ["on dark oak", "on oak"]


@pytest.mark.parametrize(
    ("grid", "values"),
    [
        ("strength=0.4,0.8", [0.4, 0.8]),
        ("strength=0.2:0.8:0.2", [0.2, 0.4, 0.6, 0.8]),
        ("guidance-scale=5:7:1", [5, 6, 7]),
    ],
)
def test_grids(grid: str, values: list[float]) -> None:
    name = grid.split("=")[0].replace("-", "_")
    assert [cell.parameters[name] for cell in matrix("on oak", [grid]).cells] == values


@pytest.mark.parametrize("grid", ["strength", "strength=", "strength=a,b", "strength=1:0:0.1", "x=0:1:0", "x=nan"])
def test_a_grid_that_cannot_be_read_shows_how_to_write_it(grid: str) -> None:
    with pytest.raises(UsageError, match="write steps"):
        matrix("on oak", [grid])


def test_lists_come_from_files(tmp_path: Path) -> None:
    (tmp_path / "woods.txt").write_text("# dark ones\nwalnut\n\nwenge\n", "utf-8")
    assert [cell.prompt for cell in matrix("on __woods__", lists=tmp_path).cells] == ["on walnut", "on wenge"]
    for lists in (None, tmp_path / "none"):
        with pytest.raises(BadPrompt, match="woods"):
            matrix("on __woods__", lists=lists)


@pytest.mark.parametrize("prompt", ["on {oak|marble", "on oak}", "on {a|{b|c}}"])
def test_braces_that_do_not_match(prompt: str) -> None:
    with pytest.raises(BadPrompt, match="brace"):
        matrix(prompt)


def test_too_many_combinations() -> None:
    with pytest.raises(UsageError, match="combinations"):
        matrix("on oak", ["strength=0:1:0.01", "guidance_scale=0:20:1"])
