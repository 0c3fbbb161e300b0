"""batch: a whole catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ecomgen.cli.captions import AttributeChoices, LanguageChoices, WordsChoice, words_request
from ecomgen.cli.options import Json, Narrator, print_json, tell_if_slow
from ecomgen.errors import BadInput, NothingPassed

UNSAID = "for products that do not name their own"


def batch(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="CATALOGUE",
            help="A CSV file (columns: photos, and any of name, product, prompt, channels and the options of "
            '"generate"), a folder with a folder of photos for each product, or a zip of one.',
        ),
    ],
    out: Annotated[Path, typer.Option(help="The folder for runs, finished pictures and reports.")],
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes side by side.")] = 1,
    prompt: Annotated[str | None, typer.Option(help=f"The scene, {UNSAID}.")] = None,
    channels: Annotated[str | None, typer.Option(help=f"Names of channels separated by ;, {UNSAID}.")] = None,
    pipeline: Annotated[str | None, typer.Option(help=f"A recipe, {UNSAID}.")] = None,
    count: Annotated[int | None, typer.Option(help=f"Pictures of each, {UNSAID}.")] = None,
    keep: Annotated[int | None, typer.Option(help=f"Kept of each, {UNSAID}.")] = None,
    seed: Annotated[int | None, typer.Option(help=f"The first seed, {UNSAID}.")] = None,
    size: Annotated[str | None, typer.Option(metavar="WxH", help=f"The size, {UNSAID}.")] = None,
    threshold: Annotated[str | None, typer.Option(help=f"The least identity, {UNSAID}.")] = None,
    words: WordsChoice = "",
    language: LanguageChoices = [],  # noqa: B006
    attribute: AttributeChoices = [],  # noqa: B006
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be made, and what is wrong.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make the pictures of many products; run it again to go on where it stopped."""
    from ecomgen import catalogue

    words_request(words, language, attribute)
    given = {
        "prompt": prompt,
        "channels": channels,
        "pipeline": pipeline,
        "count": count,
        "keep": keep,
        "seed": seed,
        "size": size,
        "threshold": threshold,
        "words": words or None,
        "languages": ";".join(language) or None,
        "attributes": "\n".join(attribute) or None,
    }
    defaults = {name: str(value) for name, value in given.items() if value is not None}
    wanted = catalogue.read(source, out / "photos", defaults)
    for note in wanted.notes:
        typer.echo(f"Note: {note}", err=True)
    if dry_run:
        _tell_plan(wanted, as_json)
        return
    tell_if_slow(pipeline or "auto")
    narrator = Narrator()
    outcomes = catalogue.run(wanted.items, out, workers=workers, report=narrator)
    narrator.done()
    if as_json:
        print_json({"items": [outcome.entry for outcome in outcomes], "total": len(wanted.items)})
    else:
        _tell_outcomes(outcomes, out)
    _exit(outcomes)


def _tell_plan(wanted: Any, as_json: bool) -> None:
    rows = [
        {
            "name": item.name,
            "source": item.source,
            "photos": [] if item.request is None else [str(photo) for photo in item.request.photos],
            "prompt": "" if item.request is None else item.request.prompt,
            "channel": None if item.request is None else item.request.channel,
            "count": 0 if item.request is None else item.request.count,
            "problem": item.problem,
        }
        for item in wanted.items
    ]
    if as_json:
        print_json({"items": rows})
    else:
        for row in rows:
            mark, what = (
                ("✗", row["problem"]) if row["problem"] else ("✓", f"{len(row['photos'])} photos, {row['prompt']}")
            )
            typer.echo(f"{mark} {row['name']} ({row['source']}): {what}")
    if wanted.problems:
        raise BadInput(f"{len(wanted.problems)} of {len(wanted.items)} items cannot be made: see the list.")


def _tell_outcomes(outcomes: Any, out: Path) -> None:
    for outcome in outcomes:
        mark = "✓" if outcome.status == "done" else "✗"
        what = f"{len(outcome.pictures)} of {outcome.made} kept" if outcome.status == "done" else outcome.reason
        typer.echo(f"{mark} {outcome.name}: {what}")
    typer.echo(f"Pictures in {out / 'pictures'}, report in {out / 'report.csv'}")


def _exit(outcomes: Any) -> None:
    failed = sum(outcome.status == "failed" for outcome in outcomes)
    if failed:
        raise BadInput(
            f"{failed} of {len(outcomes)} items failed: report.csv says why, and a new start tries them again."
        )
    if not any(outcome.status == "done" for outcome in outcomes):
        raise NothingPassed("No picture passed the filter: lower the threshold, or improve the photos.")
