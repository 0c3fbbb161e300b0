"""A prompt with alternatives, and grids of numbers, as a matrix of cells, and what came of one."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecomgen.errors import BadPrompt, UsageError
from ecomgen.record import ScoresEntry

WORDS = "words"  # what axes of the prompt are called, with their numbers where there are several
LARGEST = 1000  # cells
_CHOICE = re.compile(r"\{([^{}]*)\}|__([\w-]+?)__")


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One thing that varies: a place in the prompt, or a parameter."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One combination: `values[i]` is of axis i."""

    number: int
    values: tuple[str, ...]
    prompt: str
    parameters: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """All combinations of the axes, the last varying fastest."""

    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]


def titled(axis: str, value: str) -> str:
    """A value as a sheet says it: words by themselves, a number with its name."""
    return value if axis.partition(" ")[0] == WORDS else f"{axis} {value}"


def matrix(prompt: str, grids: Sequence[str] = (), lists: Path | None = None) -> Matrix:
    """Read a prompt with alternatives and the grids of parameters.

    Args:
        prompt: may hold `{oak|marble}`, where an alternative may be empty, and `__name__`, the lines of `name.txt`.
        grids: each `NAME=V1,V2,…` or `NAME=FIRST:LAST:STEP`.
        lists: the folder of the lists.

    Raises:
        BadPrompt: a brace is not closed, or a list is missing.
        UsageError: a grid cannot be read, or there are more than 1000 combinations.
    """
    pieces, choices = _parsed(prompt, lists)
    numbers = [_grid(text) for text in grids]
    names = [f"{WORDS} {number}" if len(choices) > 1 else WORDS for number in range(1, len(choices) + 1)]
    axes = (
        *(Axis(name=name, values=values) for name, values in zip(names, choices, strict=True)),
        *(Axis(name=name, values=tuple(f"{value:g}" for value in values)) for name, values in numbers),
    )
    count = math.prod(len(axis.values) for axis in axes)
    if count > LARGEST:
        raise UsageError(
            "These are {count} combinations, and a sheet shows at most {most}: take some away.",
            count=count,
            most=LARGEST,
        )
    cells = (
        Cell(
            number=number,
            values=values,
            prompt=_joined(pieces, values[: len(choices)]),
            parameters={name: float(text) for (name, _), text in zip(numbers, values[len(choices) :], strict=True)},
        )
        for number, values in enumerate(itertools.product(*(axis.values for axis in axes)), start=1)
    )
    return Matrix(axes=axes, cells=tuple(cells))


def _parsed(prompt: str, lists: Path | None) -> tuple[list[str], list[tuple[str, ...]]]:
    """The fixed pieces of the prompt, and the alternatives between them."""
    pieces, choices, end = [], [], 0
    for match in _CHOICE.finditer(prompt):
        pieces.append(prompt[end : match.start()])
        choices.append(_alternatives(match, lists))
        end = match.end()
    pieces.append(prompt[end:])
    if any(brace in piece for piece in pieces for brace in "{}"):
        raise BadPrompt('A brace of the prompt is not closed, or lies in another: write "on {oak|marble}".')
    return pieces, choices


def _alternatives(match: re.Match[str], lists: Path | None) -> tuple[str, ...]:
    written = match[1]
    values = _lines(match[2], lists) if written is None else (part.strip() for part in written.split("|"))
    return tuple(dict.fromkeys(values))


def _lines(name: str, lists: Path | None) -> Iterator[str]:
    if lists is None:
        raise BadPrompt(
            "The prompt asks for the list __{name}__: give the folder of {name}.txt with --lists.", name=name
        )
    file = lists / f"{name}.txt"
    try:
        lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadPrompt("The list {file} cannot be read: make it, with one alternative a line.", file=file) from error
    found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise BadPrompt("The list {file} is empty: write one alternative a line.", file=file)
    yield from found


def _joined(pieces: Sequence[str], words: Sequence[str]) -> str:
    text = "".join(piece + word for piece, word in zip(pieces, (*words, ""), strict=True))
    return re.sub(r"\s+([,.])", r"\1", re.sub(r"\s+", " ", text)).strip(" ,")


def _grid(text: str) -> tuple[str, tuple[float, ...]]:
    name, _, written = text.partition("=")
    try:
        values = _span(written) if ":" in written else tuple(float(part) for part in written.split(","))
    except ValueError:
        values = ()
    if not values or not all(math.isfinite(value) for value in values):
        raise UsageError("The grid {text!r} cannot be read: write steps=8,16,32 or steps=8:32:8.", text=text)
    return name.strip().replace("-", "_"), tuple(dict.fromkeys(values))


def _span(written: str) -> tuple[float, ...]:
    first, last, step = (float(part) for part in written.split(":"))
    if step <= 0 or last < first or (last - first) / step > LARGEST:
        raise ValueError
    return tuple(round(first + step * index, 10) for index in range(math.floor((last - first) / step + 1e-9) + 1))


@dataclass(frozen=True, kw_only=True)
class Result:
    """One picture of a cell. `scores` has None for what this machine cannot judge."""

    cell: Cell
    seed: int
    status: str
    scores: ScoresEntry
    path: str  # relative to the experiment's folder
    run_id: str
