"""Setup: what this machine can do, its weights, and what takes up its disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from ecomgen.errors import Cancelled, UsageError
from ecomgen.web import machine_markup as markup
from ecomgen.web import words
from ecomgen.web.access import House, person
from ecomgen.web.lane import Job
from ecomgen.web.markup import esc, live
from ecomgen.web.saying import sentence, spoken
from ecomgen.web.wiring import PRIVATE, SWIFT

_pulls: dict[str, Job] = {}  # by model or recipe, as they go on for whoever looks


class MachineTab:
    """The findings, gathered when the tab is opened."""

    def __init__(self) -> None:
        gr.HTML(f'<p class="hint intro">{esc(words.MACHINE_HINT)}</p>', apply_default_css=False)
        self.findings = gr.HTML(
            f'<p class="hint">{esc(words.MACHINE_LOADING)}</p>', apply_default_css=False, elem_id="findings"
        )
        self.weights = live("", "pulled", "halted", elem_id="weights")
        self.storage = gr.HTML("", apply_default_css=False, elem_id="storage")

    def wire(self, tab: gr.Tab) -> None:
        """Connect the events."""
        tab.select(look_around, None, [self.findings], **PRIVATE)
        tab.select(list_weights, None, [self.weights], **PRIVATE)
        tab.select(measure, None, [self.storage], **PRIVATE)
        self.weights.pulled(pull, None, [self.weights], concurrency_limit=None, **PRIVATE)
        self.weights.halted(halt, None, None, **SWIFT)


@spoken
def look_around() -> str:
    """A row per finding."""
    from ecomgen.diagnosis import diagnose

    return markup.findings(diagnose())


@spoken
def measure() -> str:
    """What the home holds, folder by folder."""
    return markup.storage()


@spoken
def list_weights(web: gr.Request) -> str:
    """Models and pipelines with size and licence, and what is being fetched."""
    return markup.weights(_pulls, may_pull=_may_pull(web))


@spoken
def pull(web: gr.Request, evt: gr.EventData) -> Iterator[str]:
    """Fetch weights, telling how far it is; it goes on when the page is left."""
    name = str(evt.value)
    if not _may_pull(web):
        raise UsageError(words.PULL_FORBIDDEN)
    job = _pulls.get(name)
    if job is None or job.view.ended:
        job = _pulls[name] = Job(_pulling(name)).begin()
    for _ in job.watch():
        yield list_weights(web)
    del _pulls[name]
    yield list_weights(web)
    error = job.view.error
    if error is not None and not isinstance(error, Cancelled):
        gr.Warning(esc(sentence(error)), title=esc(name), duration=12)


def halt(web: gr.Request, evt: gr.EventData) -> None:
    """Stop fetching; what has come is kept for the next time."""
    job = _pulls.get(str(evt.value))
    if job and _may_pull(web):
        job.cancel()


def _pulling(name: str) -> Any:
    from ecomgen.models import pull as fetch

    return lambda report, _: fetch(name, report)


def _may_pull(web: gr.Request) -> bool:
    """On one's own machine, or after a login; a stranger may not fill the disk."""
    return House.private_machine or person(web).startswith("user:")
