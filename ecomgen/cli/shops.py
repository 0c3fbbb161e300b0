"""audit, the pictures that a shop has already, and feed, new ones into its feed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecomgen.cli.channels import verdict_line
from ecomgen.cli.options import Json, Narrator, counted, print_json, tell
from ecomgen.errors import NothingPassed, UsageError

if TYPE_CHECKING:
    from ecomgen.audit import Audited


def audit(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER|FEED",
            help="A folder of pictures, or a product feed: Shopify's or WooCommerce's CSV, Google Merchant's table or "
            "XML, or a table with a column pictures; pictures by path relative to the feed, or by address.",
        ),
    ],
    channel: Annotated[
        list[str],
        typer.Option(help="Hold them against this channel's rules; repeat it for more. By default that of the feed."),
    ] = [],  # noqa: B006
    reference_column: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="The feed's column with photos of the true product, separated by ;, for identity."
        ),
    ] = "",
    out: Annotated[Path | None, typer.Option(help="The folder for report.html and audit.json.")] = None,
    as_json: Json = False,
) -> None:
    """Tell what is wrong with a shop's pictures, and which command mends it; exits with 5 where something fails."""
    from ecomgen.audit import Wanted, entry, write_report
    from ecomgen.audit import audit as examine

    wanted = Wanted(channels=tuple(channel), reference_column=reference_column, out=out)
    with Narrator() as narrator:
        audited = examine(source, wanted, narrator)
    page = write_report(audited, out) if out else None
    lines = chain(chain.from_iterable(map(_lines, audited)), [str(page)] if page else [])
    tell({"pictures": [entry(one) for one in audited]}, lines, as_json=as_json)
    failed = sum(bool(one.failed) for one in audited)
    if failed:
        raise NothingPassed("{failed} of {total} pictures fail: see the list.", failed=failed, total=len(audited))


def _lines(one: Audited) -> Iterator[str]:
    scores = (("identity", one.judged.identity), ("quality", one.judged.quality))
    figures = "".join(f"  {name} {value:.2f}" for name, value in scores if value is not None)
    where = f" ({one.channel})" if one.channel else ""
    yield f"{'✗' if one.failed else '✓'} {one.picture.place}{where}{figures}"
    yield from (f"  {verdict_line(rule)}" for rule in one.rules if not rule.passed)
    yield from (f"  {reason}" for reason in one.judged.reasons)
    yield from (f"  $ {repair.command}" for repair in one.repairs)


def feed(
    source: Annotated[Path, typer.Argument(metavar="FEED", help="The feed that was the catalogue's source.")],
    made: Annotated[str, typer.Argument(metavar="OUT", help='The folder or address that "ecomgen batch" wrote to.')],
    to: Annotated[Path, typer.Option(help="The new feed; the old one is never written.")],
    images_base_url: Annotated[
        str, typer.Option(metavar="URL", help="Where the pictures are uploaded to; without it they are named by path.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be different.")] = False,
    as_json: Json = False,
) -> None:
    """Write the pictures of a catalogue into its shop's feed, with alt texts; what failed keeps its lines."""
    from ecomgen.atomic_file import write_atomically
    from ecomgen.catalogue.feed_pictures import rewrite

    _refuse_no_address(images_base_url)
    if to.absolute() == source.absolute():
        raise UsageError("{--to} names the feed itself: name another file.")
    new = rewrite(source, made, to, images_base_url)
    if not dry_run:
        write_atomically(to, new.after.encode("utf-8"))
    if as_json:
        changed = [{"key": key, "pictures": [one.place for one in pictures]} for key, pictures in new.changed.items()]
        left = [{"key": key, "reason": reason} for key, reason in new.left.items()]
        print_json({"path": None if dry_run else str(to.absolute()), "changed": changed, "left": left})
        return
    if dry_run:
        lines = (new.before.splitlines(), new.after.splitlines())
        for line in difflib.unified_diff(*lines, str(source), str(to), lineterm="", n=0):
            typer.echo(line)
    for key, reason in new.left.items():
        typer.echo(f"✗ {key}: {reason}", err=True)
    typer.echo(f"{counted(len(new.changed), 'product')} with new pictures, {len(new.left)} left as before.", err=True)


def _refuse_no_address(base_url: str) -> None:
    from ecomgen.outbound import Refused, placed

    try:
        if base_url:
            placed(base_url)
    except Refused:
        raise UsageError(
            "{--images-base-url} {url!r} is no address: give one that begins with https:// or http://.", url=base_url
        ) from None
