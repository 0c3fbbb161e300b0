"""words write, show, list: alt text, title and description."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecomgen.cli.options import Json, Narrator, offering, tell
from ecomgen.cli.run_filter import RunId, latest, run_log
from ecomgen.errors import UsageError
from ecomgen.request import WordsOptions

if TYPE_CHECKING:
    from ecomgen.record import WordsEntry

app = typer.Typer(
    name="words", help="Alt text, title and selling description of a run's product.", no_args_is_help=True
)


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
    with Narrator() as narrator:
        record = write_words(latest(run), request, narrator)
    entries = [entry for entry in record.words if entry.language in request.languages]
    tell([entry.as_json() for entry in entries], lines_of(entries), as_json=as_json)


@app.command()
def show(run: RunId = "", as_json: Json = False) -> None:
    """Show a run's words."""
    record, _ = run_log().show(latest(run))
    none = f'The run {record.run_id} has no words: "ecomgen words write" makes some.'
    lines = lines_of(record.words) if record.words else [none]
    tell([entry.as_json() for entry in record.words], lines, as_json=as_json)


@app.command("list")
def list_writers(as_json: Json = False) -> None:
    """List who can write, and whether they can be used here."""
    from ecomgen.captions.choice import writers

    found = writers()
    lines = (
        f"{'✓' if one.here else '·'} {one.name:18} {one.title}" + (f"  [{one.licence}]" if one.licence else "")
        for one in found
    )
    tell([asdict(one) for one in found], lines, as_json=as_json)


def lines_of(entries: Sequence[WordsEntry]) -> Iterator[str]:
    """The words, language by language."""
    for entry in entries:
        yield f"{entry.language}, by {entry.model.id}\ntitle: {entry.title}"
        yield from (f"alt text of picture {alt.index}: {alt.text}" for alt in entry.alt_texts)
        yield entry.description
        yield from (f"Look at this: {doubt}." for doubt in entry.doubts)
