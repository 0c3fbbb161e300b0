"""A run as a piece of work for the lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ecomgen.options.reading import read_set
from ecomgen.request import Request
from ecomgen.web import locale
from ecomgen.web.create.form import FIELDS, request_from
from ecomgen.web.jobs.backlog import Asked
from ecomgen.web.jobs.scheduler import Job, Work, lane
from ecomgen.web.people.access import Person, claim, run_of
from ecomgen.web.rest import metrics


def work_of(request: Request, who: Person) -> Work:
    """A run as a piece of work for the lane; its pictures belong to `who`.

    Raises:
        UsageError: it wants the set of a run that is not theirs, or what can be refused without waiting for a turn.
    """
    from ecomgen.workflows.matched_light import generate_kept
    from ecomgen.workflows.resolution import accepted

    if request.scene_from:
        run_of(who, read_set(request.scene_from)[0])
    accepted(request)
    return owned(lambda report, seen: generate_kept(request, report, seen), who)


def owned(make: Work, who: Person) -> Work:
    """What `make` makes belongs to `who`, and is counted."""

    def work(report: Any, seen: Any) -> Any:
        def mine(candidate: Any, path: Path) -> None:
            claim(who, path)
            seen(candidate, path)

        run = make(report, mine)
        metrics.count(run.record)
        return run

    return work


def begin(who: Person, values: Mapping[str, Any]) -> Job:
    """Have the pictures of the filled form made; `values` by field."""
    filled = {name: values.get(name) for name in FIELDS}
    request = request_from(filled)
    if request.backdrop:
        request = replace(request, prompt="")  # the backdrop takes its place
    return start(who, work_of(request, who), filled, request.prompt or locale.BACKDROP)


def start(who: Person, work: Work, filled: Mapping[str, Any], title: str) -> Job:
    """Queue a run of the filled form; a draft of the same person is of no use any more."""
    lane.call_off(who.name, "draft")
    return lane.start(who.name, "create", work, filled, Asked(title=title, values=dict(filled)))
