"""runs decide, decisions, link: what people think of the pictures, and how that agrees with the threshold."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ecomgen.cli.options import Json, tell
from ecomgen.cli.run_filter import OneRun, Product, RunId, RunOptions, Since, Until, latest, named, run_log

if TYPE_CHECKING:
    from ecomgen.runlog import Said
    from ecomgen.runlog.decisions import Agreement

USUAL = 0.5  # a threshold, where runs with several are meant


def decide(
    run: OneRun,
    picture: Annotated[int, typer.Argument(min=1, help="The picture's number in the order of making.")],
    act: Annotated[str, typer.Argument(metavar="ACT", help="star, unstar, approve, reject, undecide or comment.")],
    reason: Annotated[
        str, typer.Option(help="Of a rejection: product, scene, light, placement, quality, cutout or other.")
    ] = "",
    words: Annotated[str, typer.Option(help="A comment.")] = "",
) -> None:
    """Star, approve, reject or comment a picture; every act stays in the log."""
    from ecomgen.runlog import Said
    from ecomgen.settings import account

    log, run_id = run_log(), named(run)
    one = {"run_id": run_id, "position": picture - 1, "act": act, "reason": reason, "words": words}
    log.decide(Said(number=0, said="", person=account(), **one))  # type: ignore[arg-type]
    typer.echo(f"{run_id} picture {picture}: {act}")


def decisions(
    run: RunId = "",
    every: Annotated[bool, typer.Option("--all", help="All runs that the options describe.")] = False,
    product: Product = "",
    since: Since = "",
    until: Until = "",
    as_json: Json = False,
) -> None:
    """Show who decided what, why pictures were rejected, and which threshold fits the decisions."""
    from ecomgen.runlog.decisions import agreement, reasons

    log, which = run_log(), RunOptions(product=product, since=since, until=until)
    run_id = "" if every else latest(run, which)
    trail = log.said(which.filter(), run_id=run_id)
    judged = log.judged(which.filter(run_id))
    threshold = USUAL if every else log.show(run_id)[0].parameters.threshold
    found, fitting = reasons(judged), agreement(judged, threshold)
    why = {name: {"count": count, "means": means} for name, (count, means) in found.items()}
    told = {"acts": [asdict(one) for one in trail], "reasons": why, "agreement": asdict(fitting)}
    counted = (
        f"{name}: {count}  " + ", ".join(f"{score} {value:.2f}" for score, value in means.items())
        for name, (count, means) in found.items()
    )
    tell(told, (*map(_line, trail), *counted, _agreeing(fitting)), as_json=as_json)


def _line(one: Said) -> str:
    more = ": ".join(filter(None, (one.reason, one.words)))
    return f"{one.said}  {one.run_id} picture {one.position + 1}  {one.person}  {one.act}  {more}".rstrip()


def link(
    run: RunId = "",
    days: Annotated[float | None, typer.Option(help="For so long it is open, 90 at most.")] = None,
    address: Annotated[str, typer.Option(help="Where the app is reached.")] = "http://127.0.0.1:7860",
) -> None:
    """Print a link behind which reviewers see a run's pictures and change nothing, until it expires."""
    from ecomgen.web.deciding import review

    made = review.link(latest(run), days)
    typer.echo(f"{address.rstrip('/')}/review/{made.token}")


def _agreeing(found: Agreement) -> str:
    if not found.decided:
        return "Nobody has decided yet whether a picture is true."
    if not found.approved_below and not found.rejected_above:
        return f"The threshold {found.threshold:.2f} agrees with all {found.decided} decisions about likeness."
    told = (
        f"The threshold {found.threshold:.2f} filters {found.approved_below} approved and keeps {found.rejected_above} "
        f"of the pictures that were rejected as not true."
    )
    return told if found.fits is None else f"{told} {found.fits:.2f} fits the decisions best."
