"""Runs the cells of a matrix, and tells which words and numbers did best."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from ecomgen import catalogue, options
from ecomgen.atomic_file import write_atomically, write_json
from ecomgen.catalogue import Item
from ecomgen.errors import BadInput, EcomgenError, UsageError
from ecomgen.export.spreadsheet import encoded
from ecomgen.lab.matrix import Cell, Matrix, Result
from ecomgen.lab.sheet import contact_sheet
from ecomgen.messages import Message
from ecomgen.record import read_file
from ecomgen.record.entries import SCORES
from ecomgen.request import Request
from ecomgen.types import Report, silent
from ecomgen.workflows.resolution import choose_recipe


@dataclass(frozen=True, kw_only=True)
class Fragment:
    """One value of an axis, with the overall scores of its pictures."""

    axis: str
    value: str
    pictures: int
    mean: float
    spread: float  # standard deviation


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """What came out. `fragments` are best first within each axis."""

    results: tuple[Result, ...]
    fragments: tuple[Fragment, ...]
    sheet: Path
    problems: tuple[str, ...] = ()
    failed: int = 0  # combinations that could not be made


def run(wanted: Matrix, request: Request, out: Path, report: Report = silent) -> Experiment:
    """Make every cell with the same seeds; a second start goes on where the first stopped.

    Args:
        wanted: the matrix.
        request: what all cells share; its prompt is replaced, its seeds are every cell's.
        out: the folder for `runs/`, contact-sheet.png, scores.csv, fragments.csv and lab.json.

    Raises:
        UsageError: a grid names what the pipeline has no number for.
        BadInput: no cell could be made; the message is the first cell's.
        CannotWrite, Cancelled: as for a catalogue.
    """
    shared = replace(request, seed=0 if request.seed is None else request.seed)
    _refuse_unknown(wanted, shared)
    items = [_item(cell, shared, len(wanted.cells)) for cell in wanted.cells]
    outcomes = catalogue.run(items, out, report=report)
    made = list(zip(wanted.cells, outcomes, strict=True))
    results = tuple(
        result for cell, outcome in made if outcome.folder for result in _results(cell, out, outcome.folder)
    )
    problems = tuple(f"{cell.prompt}: {outcome.reason}" for cell, outcome in made if not outcome.made)
    if not results:
        raise BadInput(
            "No combination could be made: {problem}", problem=problems[0] if problems else Message("there was none")
        )
    failed = sum(outcome.status == "failed" for _, outcome in made)
    fragments = _ranked(wanted, results)
    sheet = out / "contact-sheet.png"
    contact_sheet(wanted, results, out, sheet)
    _write_tables(wanted, results, fragments, problems, out)
    return Experiment(results=results, fragments=fragments, sheet=sheet, problems=problems, failed=failed)


def _refuse_unknown(wanted: Matrix, request: Request) -> None:
    """Only numbers that the pipeline listens to make sense as an axis."""
    recipe = choose_recipe(request.pipeline, request.mode)
    known = {name for name, value in recipe.defaults.items() if isinstance(value, (int, float))}
    known |= {"steps"} | ({"guidance_scale", "strength"} & recipe.defaults.keys())
    if recipe.backend == "studio":
        known |= {name for name, one in options.of(Request).items() if one.option.scope == "studio" and one.is_number}
    for name in wanted.cells[0].parameters:
        if name not in known:
            raise UsageError(
                "{recipe} has no number called {name!r}: choose from {known}.",
                recipe=recipe.name,
                name=name,
                known=", ".join(sorted(known)),
            )


def _item(cell: Cell, shared: Request, count: int) -> Item:
    item = Item(name=f"{cell.number:0{len(str(count))}d}", source=f"cell {cell.number}", asked=None)
    try:
        return replace(item, asked=_cell_request(cell, shared))
    except EcomgenError as error:
        return replace(item, problem=error.message)


def _cell_request(cell: Cell, shared: Request) -> Request:
    """Options of a request by their names; every other number goes to the recipe."""
    own = {field.name for field in fields(Request)}
    defaults = choose_recipe(shared.pipeline, shared.mode).defaults
    numbers = {name: _alike(value, defaults.get(name)) for name, value in cell.parameters.items()}
    mine = {name: value for name, value in numbers.items() if name in own}
    rest = {name: value for name, value in numbers.items() if name not in own}
    return replace(shared, prompt=cell.prompt, replayed=rest, **mine)


def _alike(value: float, usual: object) -> float | int:
    """A whole number stays one, unless the recipe's own value is not whole."""
    return int(value) if value.is_integer() and not isinstance(usual, float) else value


def _results(cell: Cell, out: Path, folder: str) -> list[Result]:
    record = read_file(out / folder)
    return [
        Result(
            cell=cell,
            seed=entry.seed,
            status=entry.status,
            scores=entry.scores,
            path=f"{folder}/{entry.path}",
            run_id=record.run_id,
        )
        for entry in record.candidates
    ]


def _ranked(wanted: Matrix, results: Sequence[Result]) -> tuple[Fragment, ...]:
    overall: defaultdict[tuple[int, str], list[float]] = defaultdict(list)  # by the axis and its value
    for result in results:
        for place in enumerate(result.cell.values):
            overall[place] += [score for score in (result.scores.overall,) if score is not None]
    fragments = (
        Fragment(
            axis=axis.name,
            value=value,
            pictures=len(scores),
            mean=round(statistics.fmean(scores), 4),
            spread=round(statistics.stdev(scores), 4) if len(scores) > 1 else 0.0,
        )
        for number, axis in enumerate(wanted.axes)
        for value in axis.values
        if (scores := overall[number, value])
    )
    return tuple(sorted(fragments, key=lambda one: (one.axis, -one.mean)))


def _write_tables(
    wanted: Matrix, results: Sequence[Result], fragments: Sequence[Fragment], problems: Sequence[str], out: Path
) -> None:
    names = [axis.name for axis in wanted.axes]
    rows = [
        {"cell": one.cell.number, **dict(zip(names, one.cell.values, strict=True)), "prompt": one.cell.prompt}
        | {
            "seed": one.seed,
            "status": one.status,
            **{name: getattr(one.scores, name) for name in SCORES},
            "path": one.path,
            "run_id": one.run_id,
        }
        for one in results
    ]
    for name, table in (("scores.csv", rows), ("fragments.csv", [asdict(one) for one in fragments])):
        write_atomically(out / name, encoded(list(table[0]) if table else ["axis"], table))
    record = {"axes": [{"name": axis.name, "values": list(axis.values)} for axis in wanted.axes], "pictures": rows}
    told = {"fragments": [asdict(one) for one in fragments], "problems": [str(one) for one in problems]}
    write_json(out / "lab.json", record | told)
