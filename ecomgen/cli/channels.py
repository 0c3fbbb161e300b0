"""channels list, show, check."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecomgen.cli.options import Json, tell
from ecomgen.errors import NothingPassed

if TYPE_CHECKING:
    from ecomgen.export import RuleResult

app = typer.Typer(name="channels", help="Marketplaces and networks, with their rules.", no_args_is_help=True)


@app.command("list")
def list_channels(as_json: Json = False) -> None:
    """List the channels."""
    from ecomgen.channels import every

    lines = (f"{one.name:20} {one.width}×{one.height}  {one.format:5} {one.title}" for one in every())
    tell([one.model_dump() for one in every()], lines, as_json=as_json)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="CHANNEL", help="A name from the list.")], as_json: Json = False
) -> None:
    """Show a channel's rules, with their source and date, as they stand in channels.toml; - is no rule."""
    from ecomgen.channels import UNITS, get
    from ecomgen.toml_table import written

    facts = get(name).model_dump()
    said = get(name).model_dump(exclude_none=True)
    lines = (
        f"{key:12} {written(said[key]) if said.get(key) not in (None, {}) else '-'}"
        + (f"  # {UNITS[key]}" if key in UNITS and key in said else "")
        for key in facts
    )
    tell(facts, lines, as_json=as_json)


@app.command()
def check(
    picture: Annotated[Path, typer.Argument(help="A picture file.")],
    channel: Annotated[str, typer.Option(help="The channel whose rules it must meet.")],
    mask: Annotated[
        Path | None, typer.Option(help="Where the product is, in the picture's size; white is the product.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell whether a picture meets a channel's rules; exits with 5 where it does not."""
    from ecomgen.channels import get
    from ecomgen.workflows.channel_check import check_file

    results = check_file(picture, get(channel), mask=mask)
    failed = [result.rule for result in results if not result.passed]
    rules = [asdict(result) for result in results]
    record = {"path": str(picture), "channel": channel, "passed": not failed, "rules": rules}
    tell(record, map(verdict_line, results), as_json=as_json)
    if failed:
        raise NothingPassed(
            "{picture} does not meet the rules of {channel}: {failed}.",
            picture=picture.name,
            channel=channel,
            failed=", ".join(failed),
        )


def verdict_line(result: RuleResult) -> str:
    """A rule's verdict in one line."""
    mark = "✓" if result.passed else "✗"
    advice = "" if result.required else ", recommended"
    unsure = "" if result.confidence == 1 else f", confidence {result.confidence:.2f}"
    return f"{mark} {result.rule}: {result.found} (wanted: {result.wanted}{advice}{unsure})"
