"""runs export: pictures for channels, the log as a table, or a training set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer

from ecomgen.captions.request import WordsRequest
from ecomgen.cli.channels import verdict_line
from ecomgen.cli.options import Json, Narrator, counted, offering, print_json, tell, unfolding
from ecomgen.cli.run_filter import RunId, RunOptions, latest, named, run_log
from ecomgen.errors import BadInput, UsageError
from ecomgen.options import on
from ecomgen.request import ExportOptions, WordsOptions
from ecomgen.types import FileKind, Pixels

if TYPE_CHECKING:
    from ecomgen.runlog import RunFilter
    from ecomgen.workflows.channel_export import Published

OfTheLog = Literal["jsonl", "csv", "parquet", "imagefolder"]


@offering(WordsOptions)
@unfolding
def export(
    run: RunId = "",
    *,
    out: Annotated[
        Path | None, typer.Option(help="A zip or a folder for pictures, a file for tables; by default ecomgen.…")
    ] = None,
    kind: Annotated[
        Literal[FileKind, "jpg", "tif", OfTheLog] | None,
        typer.Option(
            "--format",
            help="Pictures: png, jpeg, webp, avif, tiff, psd (layers) or cutout (transparent); by default "
            "the channel's format or png. The log: jsonl, csv or parquet. A training set: imagefolder. These take all "
            "runs that the options describe, pictures are of the newest one.",
        ),
    ] = None,
    pictures: ExportOptions,
    keep_paths: Annotated[
        bool, typer.Option("--keep-paths", help="In tables, say where files lie on this machine, not only their names.")
    ] = False,
    which: RunOptions,
    as_json: Json = False,
    **options: Any,
) -> None:
    """Write a run's best pictures for their channels, the log as a table, or a training set."""
    words = WordsOptions(**options)
    if kind and kind in get_args(OfTheLog):
        _refuse(kind, pictures, words)
        _of_the_log(which.filter(named(run) if run else ""), out, kind, keep_paths, as_json)
        return
    asked = replace(pictures, format=kind)  # type: ignore[arg-type]
    _pictures(latest(run, which), out or Path("ecomgen.zip"), asked, words.words_request, as_json)


def _refuse(kind: str, *for_pictures: Any) -> None:
    """Raises UsageError for options that only pictures listen to."""
    given = [
        f"--no-{name}" if getattr(options, name) is False else str(one.flag)
        for options in for_pictures
        for name, one in on("cli", type(options)).items()
        if getattr(options, name) != one.default
    ]
    if given:
        raise UsageError(
            "--format {kind} writes no pictures for {options}: leave that out.", kind=kind, options=", ".join(given)
        )


def _pictures(run: str, out: Path, options: ExportOptions, wanted: WordsRequest | None, as_json: bool) -> None:
    from ecomgen.workflows.captioned_run import write_words
    from ecomgen.workflows.channel_export import Order, publish

    with Narrator() as narrator:
        if wanted:
            write_words(run, wanted, narrator)
        record, folder = run_log().show(run)
        order = Order(record=record, folder=folder, options=options)
        published = publish([order], out.absolute(), narrator)
    for note in order.notes:
        typer.echo(f"Note: {note}.", err=True)
    path = str(out.absolute())
    tell({"path": path, "files": [asdict(one) for one in published]}, [*_lines(published), path], as_json=as_json)


def _lines(published: Sequence[Published]) -> Iterator[str]:
    for one in published:
        yield f"{one.name}  {one.bytes / 1000:.0f} kB"
        yield from (f"  {verdict_line(rule)}" for rule in one.failed)


def _of_the_log(which: RunFilter, out: Path | None, kind: str, keep_paths: bool, as_json: bool) -> None:
    from ecomgen.export.log_tables import write_table

    if kind == "imagefolder":
        _training_set(which, out or Path("ecomgen-training"), as_json)
        return
    out = out or Path(f"ecomgen.{kind}")
    count = write_table(run_log().each(which), out.absolute(), kind, keep_paths=keep_paths)
    tell({"path": str(out.absolute()), "lines": count}, [f"{out}: {counted(count, 'line')}"], as_json=as_json)


def _training_set(which: RunFilter, out: Path, as_json: bool) -> None:
    from ecomgen.export.dataset import TrainingSet

    made = TrainingSet(out.absolute(), _photo_pixels)
    for record, folder in run_log().each(which):
        made.add(record, folder)
    path = made.close()
    if as_json:
        print_json({"path": str(path), "pictures": len(made), "skipped": made.skipped})
        return
    for skipped in made.skipped:
        typer.echo(f"Note: {skipped} is gone or does not fit its product.png, and was left out.", err=True)
    typer.echo(f"{path}: {counted(len(made), 'picture')}")


def _photo_pixels(sha256: str) -> Pixels | None:
    """The photo with this hash, upright and in sRGB; None where it is gone."""
    from ecomgen import references
    from ecomgen.runlog import originals

    try:
        return references.load(originals().find(sha256)).pixels
    except BadInput:
        return None
