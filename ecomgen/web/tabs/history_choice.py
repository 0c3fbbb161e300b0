"""Runs and pictures of the history that are chosen: decided, downloaded or deleted together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten
from typing import Any

import gradio as gr

from ecomgen.errors import UsageError
from ecomgen.export import file_name
from ecomgen.options import given
from ecomgen.record import RunRecord
from ecomgen.request import ExportOptions
from ecomgen.runlog import Decision, run_log
from ecomgen.web import controls, locale
from ecomgen.web.create.results.export import ExportBar, begin_packing, order_of, packed
from ecomgen.web.deciding import markup
from ecomgen.web.deciding.events import enter
from ecomgen.web.events import MANY, stops
from ecomgen.web.markup import esc, live, stopping
from ecomgen.web.messages import sentence, spoken
from ecomgen.web.people import retention
from ecomgen.web.people.access import Person, person, run_of
from ecomgen.web.titles import of_run
from ecomgen.workflows.channel_export import Order

NAMES = "(_, ...rest) => [document.querySelector('.chosen-bar').dataset.names ?? '', ...rest]"
LONGEST = 60  # characters of a folder's name, which ends with a whole word
VERDICTS = {"": "undecide", "approved": "approve"}


class Choice:
    """The bar of what is chosen. What is chosen is known to the page alone; each event brings it along."""

    def __init__(self) -> None:
        with gr.Column(elem_classes=["choice"]):
            self.bar = live(markup.together(), "judged", "forgotten", elem_id="chosen")
            self.told = live("", "undone", elem_id="chosen-told")
            self.exporting = ExportBar("chosen-", title=locale.CHOSEN_EXPORT, ranked=False, visible=True)
            self.names = gr.Textbox(visible="hidden", elem_id="chosen-names")
            self.job = gr.State(None)
            self.stop = controls.stop_button("chosen-stop")

    def wire(self) -> None:
        """Connect the download."""
        bar = self.exporting
        asked = [self.names, bar.kind, bar.channels, bar.approved]
        bar.packs(make_zip, asked, [self.job, self.stop, self.told], js=NAMES)
        stops(self.stop, self.job, self.told, stopping)

    def judged(self, bars: Any) -> list[Any]:
        """The events that decide; `bars` takes the pictures' bars to the page."""
        filled = [bars, self.told]
        return [self.bar.judged(judge, None, filled, **MANY), self.told.undone(undo, None, filled, **MANY)]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A run, and those of its pictures that are meant, by their indices."""

    record: RunRecord
    folder: Path
    indices: frozenset[int]


def chosen(who: Person, names: str) -> list[Chosen]:
    """The runs among names such as `RUN,RUN:INDEX`. A whole run means the pictures that it kept.

    Raises:
        UsageError: a run is gone, or not theirs to see.
    """
    meant: dict[str, set[int] | None] = {}
    for run, _, index in (name.partition(":") for name in names.split(",") if name):
        if not index:
            meant[run] = None
        elif (indices := meant.setdefault(run, set())) is not None:
            indices.add(int(index))
    found = []
    for run, indices in meant.items():
        record, folder = run_of(who, run)
        kept = (entry.index for entry in record.candidates if entry.kept)
        found.append(Chosen(record=record, folder=folder, indices=frozenset(kept if indices is None else indices)))
    return found


@spoken
def judge(web: gr.Request, evt: gr.EventData) -> tuple[Any, str]:
    """Star, approve or reject the chosen pictures that do not stand so already: their bars, and how many they are."""
    ask, _, names = str(evt.value).partition("|")
    act = ask.partition(":")[0]
    who, log = person(web), run_log()
    values, back = [], []
    for run in chosen(who, names):
        standing = log.decisions(run.record.run_id)
        for index in sorted(run.indices):
            before = _again(standing.get(index, Decision()), act)
            if before != ask:
                values.append(f"{run.record.run_id}:{index}:{ask}")
                back.append(f"{run.record.run_id}:{index}:{before}")
    return enter(who, values) if values else gr.skip(), markup.judged(act, back)


def _again(before: Decision, act: str) -> str:
    """The act that brings back how a picture stands."""
    if act == "star":
        return "star" if before.starred else "unstar"
    return VERDICTS.get(before.verdict) or f"reject:{before.reason}"


@spoken
def undo(web: gr.Request, evt: gr.EventData) -> tuple[str, str]:
    """Bring back how the pictures stood."""
    return enter(person(web), str(evt.value).split(",")), ""


@spoken
def make_zip(
    web: gr.Request, names: str, kind: str, wanted: list[str] | None, approved: bool
) -> Iterator[tuple[Any, ...]]:
    """The zip of the chosen pictures, in a folder for each run; fills what the download of one run does."""
    who = person(web)
    runs = chosen(who, names)
    if approved:
        log = run_log()
        runs = [replace(run, indices=run.indices & log.approved(run.record.run_id)) for run in runs]
    options = ExportOptions(**given({"format": kind, "channel": wanted}))
    orders = _orders([run for run in runs if run.indices], options)
    if not orders:
        raise UsageError(locale.NONE_APPROVED if approved else locale.NOTHING_CHOSEN)
    yield from packed(begin_packing(who, orders, "ecomgen.zip"), locale.CHOSEN_EXPORT)


def _orders(runs: list[Chosen], options: ExportOptions) -> list[Order]:
    """What is wanted of each run, in a folder that is called as the run is."""
    orders: list[Order] = []
    taken: dict[str, int] = {}
    for run in runs:
        title, _ = of_run(run.record.prompt, run.record.parameters.product, run.folder)
        inside = file_name("{title}", {"title": shorten(title, LONGEST, placeholder="") or title[:LONGEST]}, "", taken)
        order = order_of(run.record, run.folder, options)
        orders.append(replace(order, chosen=run.indices, inside=inside))
    return orders


def forget(who: Person, names: str) -> list[str]:
    """Delete the chosen runs, with their pictures; the ids of those that are gone. What cannot be deleted is told."""
    gone = []
    for name in names.split(","):
        if name and ":" not in name:
            try:
                retention.forget(run_of(who, name)[0].run_id)
                gone.append(name)
            except UsageError as error:
                gr.Warning(esc(sentence(error)))
    return gone
