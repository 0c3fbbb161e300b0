"""words write, show, list: alt text, title and description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecomgen.cli.options import Json, Narrator, offering, print_json
from ecomgen.cli.run_filter import RunId, latest, run_log
from ecomgen.errors import UsageError
from ecomgen.request import WordsOptions

if TYPE_CHECKING:
    from ecomgen.record import WordsEntry

app = typer.Typer(help="Alt text, title and selling description of a run's product.", no_args_is_help=True)


@app.command()
@offering(WordsOptions, without=("words",))
def write(
    run: RunId = "",
    writer: Annotated[str, typer.Option(metavar="auto|endpoint|NAME", help="Who writes; see the list.")] = "auto",
    as_json: Json = False,
    **options: Any,
) -> None:
    """Write the words of a run that is there already; those in the same language are replaced."""
    from ecomgen.workflows.captioned_run import write_words

    request = WordsOptions(words=writer, **options).words_request
    if request is None:
        raise UsageError("Nobody is to write: give --writer auto, endpoint or a name.")
    narrator = Narrator()
    record = write_words(latest(run), request, narrator)
    narrator.done()
    entries = [entry for entry in record.words if entry.language in request.languages]
    print_json([entry.as_json() for entry in entries]) if as_json else tell(entries)


@app.command()
def show(run: RunId = "", as_json: Json = False) -> None:
    """Show a run's words."""
    record, _ = run_log().show(latest(run))
    if as_json:
        print_json([entry.as_json() for entry in record.words])
    elif record.words:
        tell(record.words)
    else:
        typer.echo(f'The run {record.run_id} has no words: "ecomgen words write" makes some.')


@app.command("list")
def list_writers(as_json: Json = False) -> None:
    """List who can write, and whether they can be used here."""
    from ecomgen.captions.choice import writers

    found = writers()
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        licence = f"  [{one.licence}]" if one.licence else ""
        typer.echo(f"{'✓' if one.here else '·'} {one.name:18} {one.title}{licence}")


def tell(entries: Sequence[WordsEntry]) -> None:
    """The words, language by language."""
    for entry in entries:
        typer.echo(f"{entry.language}, by {entry.model.id}\ntitle: {entry.title}")
        for alt in entry.alt_texts:
            typer.echo(f"alt text of picture {alt.index}: {alt.text}")
        typer.echo(entry.description)
        for doubt in entry.doubts:
            typer.echo(f"Look at this: {doubt}.")
