"""Options that say which runs are meant."""

from __future__ import annotations

import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecomgen.errors import UsageError

if TYPE_CHECKING:
    from ecomgen.runlog import RunFilter, RunLog

RunId = Annotated[
    str, typer.Argument(metavar="[RUN]", help="A run's id, its start, or its folder; without one, the latest run.")
]
OneRun = Annotated[str, typer.Argument(metavar="RUN", help="A run's id, its unambiguous start, or its folder.")]
Product = Annotated[str, typer.Option(help="Only runs whose product's name holds this.")]
Since = Annotated[str, typer.Option(metavar="DATE", help="Only runs from this day on: 2026-01-31.")]
Until = Annotated[str, typer.Option(metavar="DATE", help="Only runs up to this day.")]


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """Which runs are meant."""

    prompt: Annotated[str, typer.Option(help="Only runs whose prompt holds this.")] = ""
    product: Product = ""
    pipeline: Annotated[str, typer.Option(help="Only runs of this pipeline.")] = ""
    since: Since = ""
    until: Until = ""
    kept: Annotated[
        bool | None, typer.Option("--kept/--none-kept", help="Only runs with, or without, a kept picture.")
    ] = None

    def filter(self, text: str = "") -> RunFilter:
        """The runs that the options name, and that hold `text`.

        Raises:
            UsageError: a date is none.
        """
        from ecomgen.runlog import RunFilter

        for option, date in (("--since", self.since), ("--until", self.until)):
            if date and not re.match(r"\d{4}(-\d\d(-\d\d(T.*)?)?)?$", date):
                raise UsageError("{option} {date!r} is not a date: give one like 2026-01-31.", option=option, date=date)
        return RunFilter(text=text, **asdict(self))


ANY = RunOptions()


def run_log() -> RunLog:
    """The log of this machine's runs."""
    from ecomgen.runlog import run_log as opened

    return opened()


def named(run: str) -> str:
    """The id of a run that is named by its id, the start of that, or its folder; one that was moved is found there
    from now on.

    Raises:
        UsageError: there is no such run.
    """
    folder = run.removesuffix("run.json") or "."
    if not os.path.isfile(os.path.join(folder, "run.json")):  # noqa: PTH113, PTH118 - any text may stand here
        return run_log().find(run).run_id
    from ecomgen.record.loader import run_id_in

    log = run_log()
    try:
        found = log.find(run_id_in(Path(folder)))
    except UsageError:
        raise UsageError(
            '{run} holds no run that this machine knows: "ecomgen runs list" shows those, by their ids.', run=run
        ) from None
    if not Path(found.folder).exists():
        log.moved(found.run_id, Path(folder).absolute())
    return found.run_id


def latest(run: str, options: RunOptions = ANY) -> str:
    """The id of the run that was named, or of the newest, of those that are meant.

    Raises:
        UsageError: there is no such run yet, or a run is given and described as well.
    """
    described = options != ANY
    if run and described:
        raise UsageError("Give either a run or options that describe it, such as --product.")
    if run:
        return named(run)
    newest = run_log().recent(limit=1, which=options.filter())
    if not newest and described:
        raise UsageError('There is no such run: "ecomgen runs list" shows all.')
    if not newest:
        raise UsageError('There are no runs yet: make one with "ecomgen generate".')
    return newest[0].run_id
