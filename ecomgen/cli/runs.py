"""runs list, show, replay, delete, prune; export and decisions stand in files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecomgen.cli import decisions, exports
from ecomgen.cli.options import Json, Narrator, counted, tell, unfolding
from ecomgen.cli.run_filter import ANY, OneRun, RunId, RunOptions, latest, named, run_log
from ecomgen.errors import EcomgenError, UsageError

if TYPE_CHECKING:
    from ecomgen.record import RunRecord
    from ecomgen.runlog import RunLog, RunSummary

app = typer.Typer(name="runs", help="Everything that was made, and how to make it again.", no_args_is_help=True)
DAYS = {"h": 1 / 24, "d": 1.0, "w": 7.0, "m": 30.0, "y": 365.0}


@app.command("list")
@unfolding
def list_runs(
    *,
    search: Annotated[str, typer.Option(help="Only runs whose prompt, product, pipeline or id holds this.")] = "",
    which: RunOptions,
    limit: Annotated[int, typer.Option(min=1, help="At most this many, newest first.")] = 50,
    as_json: Json = False,
) -> None:
    """List the runs, newest first."""
    rows = run_log().recent(limit=limit, which=which.filter(search))
    none = "There are no such runs." if search or which != ANY else "There are no runs yet."
    tell([asdict(row) for row in rows], map(_line, rows) if rows else [none], as_json=as_json)


def _line(row: RunSummary) -> str:
    best = "" if row.best is None else f"  best {row.best:.2f}"
    return f"{row.run_id}  {row.pipeline:14}  {row.kept}/{row.count} kept{best}  {row.prompt[:60]}"


@app.command()
def show(run: RunId = "", as_json: Json = False) -> None:
    """Show one run: what was asked for, what came out, and with what."""
    record, folder = run_log().show(latest(run))
    tell(record.as_json(), _lines(record, folder), as_json=as_json)


def _lines(record: RunRecord, folder: Path) -> Iterator[str]:
    yield f"{record.run_id}  {record.created}  {record.pipeline} on {record.device}"
    yield f"prompt: {record.prompt}\nfolder: {folder}"
    yield from (f"  {name} = {value}" for name, value in record.parameters.as_json().items())
    for entry in record.candidates:
        scores = ", ".join(f"{name} {value:.2f}" for name, value in entry.scores if value is not None)
        yield f"{entry.status:8} {entry.path}  {scores}  {'; '.join(entry.reasons)}"


@app.command()
def replay(
    run: RunId = "",
    verify: Annotated[bool, typer.Option("--verify", help="Only compare; keep no pictures.")] = False,
    out: Annotated[Path | None, typer.Option(help="The folder for the new run.")] = None,
    as_json: Json = False,
) -> None:
    """Make every picture of a run again; with --verify, prove that they are the same."""
    from ecomgen.settings import settings
    from ecomgen.workflows.replay import replay as again

    run_id = latest(run)
    if verify and out:
        raise UsageError("--verify keeps no pictures, so it takes no --out: give one of them.")
    target = None if verify else out or settings().runs_folder / f"{run_id}-replay"
    with Narrator() as narrator:
        result = again(run_id, out=target, report=narrator)
    lines = [
        *(f"seed {picture.seed}: {_verdict(picture)}" for picture in result.pictures),
        *(f"  {difference}" for difference in result.differences),
        *([str(target)] if target else []),
    ]
    pictures = [asdict(picture) for picture in result.pictures]
    told = {"pictures": pictures, "tolerance": result.tolerance, "differences": list(result.differences)}
    tell(told, lines, as_json=as_json)
    if not result.faithful:
        what = (
            "the differences of this machine are listed above" if result.differences else "ecomgen itself was changed"
        )
        raise EcomgenError("Not every picture is the same as before: {what}.", what=what)


def _verdict(picture: Any) -> str:
    if picture.identical:
        return "identical"
    if picture.max_difference is None:
        return "not the same, and the earlier file is gone or was edited, so that how far off cannot be said"
    return f"differs by up to {picture.max_difference} of 255, by {picture.mean_difference:g} in the mean"


@app.command()
def delete(
    run: OneRun,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    files: Annotated[bool, typer.Option("--files", help="Delete its pictures too.")] = False,
) -> None:
    """Forget a run, and the photos that no other run uses; with --files its pictures go too."""
    log = run_log()
    found = log.find(named(run))
    if not yes:
        typer.confirm(f"Delete {found.run_id} ({found.prompt[:50]})?", abort=True)
    _forget(log, found.run_id, files=files)
    typer.echo(f"Deleted {found.run_id}.")


@app.command()
def prune(
    older_than: Annotated[
        str, typer.Option(metavar="AGE", help="Only runs older than this: 12h, 90d, 8w, 6m or 1y.")
    ] = "",
    keep_last: Annotated[int | None, typer.Option(min=0, help="Never the newest so many.")] = None,
    files: Annotated[bool, typer.Option("--files", help="Delete their pictures too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Forget old runs, and the photos that no other run uses."""
    if not older_than and keep_last is None:
        raise UsageError("Say which runs may go: --older-than 90d, --keep-last 100, or both.")
    log = run_log()
    run_ids = log.expired(older_than=_age(older_than) if older_than else None, keep_last=keep_last)
    if run_ids and not dry_run:
        if not yes:
            typer.confirm(f"Delete {counted(len(run_ids), 'run')}, {run_ids[0]} to {run_ids[-1]}?", abort=True)
        for run_id in run_ids:
            _forget(log, run_id, files=files)
    deleted, spared = ([], run_ids) if dry_run else (run_ids, [])
    lines = [*spared, f"{counted(len(run_ids), 'run')} {'would be ' if dry_run else ''}deleted."]
    tell({"deleted": deleted, "would_delete": spared}, lines, as_json=as_json)


def _age(text: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,5})\s*([hdwmy])[a-z]*", text.strip().lower())
    if not found:
        raise UsageError("{text!r} is not an age: give a number and a unit, as in 12h, 90d, 8w, 6m or 1y.", text=text)
    return timedelta(days=int(found.group(1)) * DAYS[found.group(2)])


def _forget(log: RunLog, run_id: str, *, files: bool) -> None:
    from ecomgen.export.run_folder import remove

    folder = Path(log.find(run_id).folder)
    log.delete(run_id)
    if files:
        remove(folder, run_id)


for command in (exports.export, decisions.decide, decisions.decisions, decisions.link):
    app.command()(command)
