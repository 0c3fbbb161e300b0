"""runs list, show, replay, export, delete."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecomgen.cli.options import FormatOption, Json, Narrator, print_json
from ecomgen.errors import EcomgenError, UsageError

if TYPE_CHECKING:
    from ecomgen.runlog import RunLog

app = typer.Typer(help="Everything that was made, and how to make it again.", no_args_is_help=True)
RunId = Annotated[str, typer.Argument(metavar="[RUN]", help="A run id or its start; without one, the latest run.")]


@app.command("list")
def list_runs(
    search: Annotated[str, typer.Option(help="Only runs whose prompt, pipeline or id holds this.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most this many, newest first.")] = 50,
    as_json: Json = False,
) -> None:
    """List the runs, newest first."""
    rows = _log().recent(limit=limit, text=search)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        best = "" if row["best"] is None else f"  best {row['best']:.2f}"
        typer.echo(
            f"{row['run_id']}  {row['pipeline']:14}  {row['kept']}/{row['count']} kept{best}  {row['prompt'][:60]}"
        )
    if not rows:
        typer.echo("There are no runs yet.")


@app.command()
def show(run: RunId = "", as_json: Json = False) -> None:
    """Show one run: what was asked for, what came out, and with what."""
    record, folder = _log().show(_latest(run))
    if as_json:
        print_json(record)
        return
    typer.echo(f"{record['run_id']}  {record['created']}  {record['pipeline']} on {record['device']}")
    typer.echo(f"prompt: {record['prompt']}\nfolder: {folder}")
    for name, value in record["parameters"].items():
        typer.echo(f"  {name} = {value}")
    for entry in record["candidates"]:
        scores = ", ".join(f"{name} {value:.2f}" for name, value in entry["scores"].items() if value is not None)
        typer.echo(f"{entry['status']:8} {entry['path']}  {scores}  {'; '.join(entry['reasons'])}")


@app.command()
def replay(
    run: RunId = "",
    verify: Annotated[bool, typer.Option("--verify", help="Only compare; keep no pictures.")] = False,
    out: Annotated[Path | None, typer.Option(help="The folder for the new run.")] = None,
    as_json: Json = False,
) -> None:
    """Make every picture of a run again; with --verify, prove that they are the same."""
    from ecomgen.replaying import replay as again
    from ecomgen.settings import settings

    run_id = _latest(run)
    if verify and out:
        raise UsageError("--verify keeps no pictures, so it takes no --out: give one of them.")
    narrator = Narrator()
    target = None if verify else out or settings().runs_folder / f"{_log().show(run_id)[0]['run_id']}-replay"
    result = again(run_id, out=target, report=narrator)
    narrator.done()
    if as_json:
        pictures = [asdict(picture) for picture in result.pictures]
        print_json({"pictures": pictures, "tolerance": result.tolerance, "differences": list(result.differences)})
    else:
        for picture in result.pictures:
            verdict = "identical" if picture.identical else f"differs by up to {picture.max_difference} of 255"
            typer.echo(f"seed {picture.seed}: {verdict}")
        for difference in result.differences:
            typer.echo(f"  {difference}")
        if target:
            typer.echo(str(target))
    if not result.faithful:
        raise EcomgenError("Not every picture is the same as before: the differences of this machine are listed above.")


@app.command()
def export(
    run: RunId = "",
    out: Annotated[Path, typer.Option(help="The zip to write.")] = Path("ecomgen.zip"),
    top: Annotated[int | None, typer.Option(min=1, help="The best so many; by default all that were kept.")] = None,
    kind: Annotated[FormatOption, typer.Option("--format", help="The pictures' format.")] = FormatOption.PNG,
    as_json: Json = False,
) -> None:
    """Write the best pictures of a run into a zip, each with its metadata."""
    from ecomgen.exporting import export_run
    from ecomgen.recording import provenance_of

    record, folder = _log().show(_latest(run))
    provenances = [provenance_of(record, entry) for entry in record["candidates"]]
    target = export_run(folder, record, provenances, top=top, kind=kind.value, target=out.absolute())
    print_json({"path": str(target)}) if as_json else typer.echo(str(target))


@app.command()
def delete(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run id or its unambiguous start.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    files: Annotated[bool, typer.Option("--files", help="Delete its pictures too.")] = False,
) -> None:
    """Forget a run; with --files its folder goes too."""
    from ecomgen.runlog import Originals
    from ecomgen.settings import settings

    log = _log()
    record, folder = log.show(run)
    if not yes:
        typer.confirm(f"Delete {record['run_id']} ({record['prompt'][:50]})?", abort=True)
    originals = Originals(settings().home / "originals")
    for sha256 in log.delete(record["run_id"]):
        originals.forget(sha256)
    if files:
        shutil.rmtree(folder, ignore_errors=True)
    typer.echo(f"Deleted {record['run_id']}.")


def _log() -> RunLog:
    from ecomgen.runlog import RunLog
    from ecomgen.settings import settings

    return RunLog(settings().database)


def _latest(run: str) -> str:
    if run:
        return run
    newest = _log().recent(limit=1)
    if not newest:
        raise UsageError('There are no runs yet: make one with "ecomgen generate".')
    return newest[0]["run_id"]
