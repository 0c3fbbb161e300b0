"""Setup: what this machine can do, its weights, and what takes up its disk."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import gradio as gr

from ecomgen import models, recipes
from ecomgen.errors import Cancelled
from ecomgen.web import controls, locale
from ecomgen.web.events import LONG, PRIVATE, SWIFT
from ecomgen.web.jobs.scheduler import Job
from ecomgen.web.markup import esc, hint, live
from ecomgen.web.messages import sentence, spoken
from ecomgen.web.people.access import person, trusted
from ecomgen.web.tabs import machine_markup as markup
from ecomgen.web.tabs.own_channels import OwnChannels

_pulls: dict[str, Job] = {}  # by model or recipe, as they go on for whoever looks
_sizes: dict[str, int] = {}  # bytes, of recipes for which the hub was asked


ASKED_AT_ONCE = 4


class MachineTab:
    """The findings, gathered when the tab is opened."""

    def __init__(self) -> None:
        controls.markup(f'<p class="hint intro">{esc(locale.MACHINE_HINT)}</p>')
        self.findings = controls.markup(hint(locale.MACHINE_LOADING), "findings")
        self.own_channels = OwnChannels()
        self.storage = controls.markup(name="storage")
        with controls.folded(locale.WEIGHTS, "weights-folded"):
            self.weights = live("", "pulled", "halted", "sized", elem_id="weights")

    def wire(self, tab: gr.Tab) -> None:
        """Connect the events."""
        tab.select(look_around, None, [self.findings], **PRIVATE)
        tab.select(list_weights, None, [self.weights], **PRIVATE)
        tab.select(markup.storage, None, [self.storage], **PRIVATE)
        self.weights.pulled(pull, None, [self.weights], **LONG)
        self.weights.sized(ask_sizes, None, [self.weights], **PRIVATE)
        self.weights.halted(halt, None, None, **SWIFT)


@spoken
def look_around() -> str:
    """A row per finding."""
    from ecomgen.diagnosis import diagnose

    return markup.findings(diagnose())


@spoken
def list_weights(web: gr.Request) -> str:
    """Models and pipelines with size and licence, and what is being fetched."""
    return markup.weights(_pulls, _sizes, may_pull=person(web).may_pull)


@spoken
def ask_sizes(web: gr.Request) -> str:
    """Ask the hub how much there is to fetch for each recipe that is not here; nothing is fetched."""
    trusted(web, locale.PULL_FORBIDDEN)
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        requested = {name: pool.submit(_size_of, name) for name in markup.unsized(_sizes)}
    failed = [error for future in requested.values() if (error := future.exception()) is not None]
    _sizes.update({name: future.result() for name, future in requested.items() if future.exception() is None})
    if failed:
        gr.Warning(esc(sentence(failed[0])), duration=12)
    return list_weights(web)


def _size_of(name: str) -> int:
    return models.size_of(recipes.get(name) if name in recipes.paths() else recipes.get(name, recipes.WORDS))


@spoken
def pull(web: gr.Request, evt: gr.EventData) -> Iterator[str]:
    """Fetch weights, telling how far it is; it goes on when the page is left."""
    name = str(evt.value)
    trusted(web, locale.PULL_FORBIDDEN)
    job = _pulls.get(name)
    if job is None or job.view.ended:
        job = _pulls[name] = Job(lambda report, _: models.pull(name, report)).begin()
    for _ in job.watch():
        yield list_weights(web)
    del _pulls[name]
    yield list_weights(web)
    error = job.view.error
    if error is not None and not isinstance(error, Cancelled):
        gr.Warning(esc(sentence(error)), duration=12)


def halt(web: gr.Request, evt: gr.EventData) -> None:
    """Stop fetching; what has come is kept for the next time."""
    job = _pulls.get(str(evt.value))
    if job and person(web).may_pull:
        job.cancel()
