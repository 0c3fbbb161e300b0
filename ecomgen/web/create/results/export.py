"""The download of a run: its best pictures as a zip; the button tells how far they are while they are composed anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen import channels
from ecomgen.errors import Cancelled, UsageError
from ecomgen.export import names
from ecomgen.messages import flag
from ecomgen.options import given
from ecomgen.options.reading import within
from ecomgen.record import RunRecord
from ecomgen.request import ExportOptions
from ecomgen.types import Progress, Report
from ecomgen.web import controls, locale
from ecomgen.web.create.setting.step import channel_choices
from ecomgen.web.events import LONG, hidden_button, then_saved
from ecomgen.web.files import fresh_folder
from ecomgen.web.jobs.scheduler import Job, View, lane
from ecomgen.web.markup import esc, hint, time_left
from ecomgen.web.messages import spoken, wrong
from ecomgen.web.people.access import Person, person, run_of
from ecomgen.workflows.channel_export import Order, Published
from ecomgen.workflows.reselection import as_exported

FILE = "zip-file"
FINE = 1000  # parts of a second that progress is counted in
TRUST = 0.2  # of the whole time: as much as this of the work done weighs the expected pace like the measured one


class ExportBar:
    """How many of a run's pictures are wanted, as what, and the button; `where` sets the ids of another one apart."""

    def __init__(self, where: str = "", *, title: str = "", ranked: bool = True, visible: bool = False) -> None:
        self._file = f"{where}{FILE}"
        with gr.Row(visible=visible, elem_classes=["export"]) as self.row:
            own: dict[str, Any] = {"value": "", "placeholder": locale.EXPORT_TOP_HINT, "visible": ranked}
            self.top = controls.text(locale.EXPORT_TOP, None, f"{where}top", max_lines=1, min_width=110, **own)
            self.kind = controls.one_of(
                locale.FORMATS, locale.EXPORT_FORMAT, None, f"{where}kind", value="png", min_width=150
            )
            self.channels = controls.several_of(
                channel_choices(), locale.EXPORT_CHANNELS, None, f"{where}export-channels", min_width=220
            )
            self.approved = gr.Checkbox(
                label=locale.EXPORT_APPROVED, min_width=10, elem_id=f"{where}approved", elem_classes=["approved"]
            )
            if ranked:
                controls.markup(hint(locale.EXPORT_HINT))
            self.button = gr.Button(title or locale.EXPORT, variant="primary", elem_id=f"{where}export", min_width=170)
        self.file = hidden_button(self._file)

    def wire(self, run: gr.State, threshold: Any, watched: list[Any]) -> None:
        """Pack the `run`; `watched` are the job that can be stopped, the stop button and the progress."""
        requested = [run, threshold, self.top, self.kind, self.channels, self.approved]
        self.packs(make_zip, requested, watched)

    def packs(self, make: Callable[..., Any], requested: list[Any], watched: list[Any], js: str | None = None) -> None:
        """Let the button `make` a zip of what is requested, as `packed` tells of it."""
        filled = [*watched, self.button, self.file]
        clicked = self.button.click(make, requested, filled, js=js, **LONG)
        then_saved(clicked, self._file)


@dataclass(frozen=True, kw_only=True)
class Packed:
    """A zip, and what is in it."""

    file: Path
    published: tuple[Published, ...]


def order_of(record: RunRecord, folder: Path, options: ExportOptions) -> Order:
    """What is wanted of a run; pictures for channels are in each one's own format.

    Raises:
        UsageError: there are fewer pictures than are asked for.
    """
    from ecomgen.workflows.channel_export import Order

    within(flag("top"), options.top, 1, len(record.candidates))
    return Order(record=record, folder=folder, options=replace(options, format=None) if options.channel else options)


def begin_packing(who: Person, orders: Sequence[Order], name: str = "") -> Job:
    """Pack what is wanted of runs into a zip, which is called as the pictures of the first run are where it has no
    `name`; what is composed anew waits for its turn. The result is `Packed`."""
    from ecomgen.workflows.channel_export import publish

    target = fresh_folder("export") / (name or names.of_run(orders[0].record, ".zip"))
    seconds = [each for order in orders for each in order.seconds]

    def work(report: Report, _: Any) -> Packed:
        return Packed(file=target, published=publish(orders, target, of_all(report, seconds)))

    waits = any(order.options.channel for order in orders)
    return lane.start(who.name, "export", work, orders) if waits else Job(work, orders).begin()


def of_all(report: Report, seconds: Sequence[float]) -> Report:
    """Hears how much of each picture is made, and reports how much of all, in the `seconds` that each should take."""
    now, share = Progress(step="export"), 0.0

    def hear(progress: Progress) -> None:
        nonlocal now, share
        if progress.step == "export":
            now, share = progress, 0.0
        elif progress.step == "scene":
            share = min(0.999, progress.done / max(1, progress.total))  # it is done once it is written
        done = sum(seconds[: now.done]) + share * sum(seconds[now.done : now.done + 1])
        report(replace(now, step=progress.step, done=round(FINE * done), total=round(FINE * sum(seconds))))

    return hear


@spoken
def make_zip(
    web: gr.Request, run: str, threshold: float | None, top: str, kind: str, wanted: list[str] | None, approved: bool
) -> Iterator[tuple[Any, ...]]:
    """The zip of the best pictures, as the screen ranks them now.

    Fills the job that can be stopped, the stop button, the progress, the button that was pressed, and the file.
    """
    if not run:
        raise UsageError(locale.NOTHING_TO_EXPORT)
    who = person(web)
    record, folder = run_of(who, run)
    ranked = record if threshold is None else as_exported(record, folder, threshold)
    options = ExportOptions(**given({"top": top, "format": kind, "channel": wanted, "approved": approved}))
    order = order_of(ranked, folder, options)
    yield from packed(begin_packing(who, [order]), locale.EXPORT)


def packed(job: Job, title: str) -> Iterator[tuple[Any, ...]]:
    """Tell of a zip that is being made, on the button that is called `title`; fills what `make_zip` does."""
    orders = job.requested
    for note in dict.fromkeys(locale.translated(note) for order in orders for note in order.notes):
        gr.Info(esc(f"{note}."))
    yield from told_on_button(job, title, locale.EXPORTING, lambda made: str(made.file), None)
    if isinstance(job.view.error, Cancelled):
        gr.Info(locale.EXPORT_STOPPED)
        return
    made = job.view.result
    gr.Info(esc(locale.EXPORTED.format(count=len(made.published), file=made.file.name)))
    for line in missed(made.published):
        gr.Warning(esc(line), duration=12)


def missed(published: Sequence[Published]) -> list[str]:
    """What pictures miss of what each channel asks for: for each rule what one picture has, and what is asked."""
    told: dict[str, dict[str, str]] = {}
    for one in published:
        for rule in one.failed:
            if one.channel and rule.required:
                found, wanted = locale.translated(rule.found), locale.translated(rule.wanted)
                line = locale.MISSED_RULE.format(rule=locale.RULES[rule.rule], found=found, wanted=wanted)
                told.setdefault(one.channel, {}).setdefault(rule.rule, line)
    titles = {name: locale.translated(channels.get(name).title) for name in told}
    return [locale.MISSED.format(channel=titles[name], rules="; ".join(told[name].values())) for name in told]


def told_on_button(
    job: Job, title: str, going: str, shown: Callable[[Any], str], stopped: Any
) -> Iterator[tuple[Any, ...]]:
    """Tell of a job on its button, which is called `title`: what is `going` on, how far it is.

    Fills the job that can be stopped, the stop button, the progress, the button, and what is `shown` of the result, or
    `stopped` where it was.
    """
    kept = gr.skip()
    yield job, gr.update(visible=True), "", busy(job.view, going), kept
    for view in job.watch():
        if not view.ended:
            yield kept, kept, kept, busy(view, going), kept
    error, ready = job.view.error, gr.update(value=title, interactive=True)
    is_told = error is not None and not isinstance(error, Cancelled)
    result = kept if is_told else stopped if error else shown(job.view.result)
    yield kept, gr.update(visible=False), wrong(error) if error and is_told else "", ready, result
    if error and is_told:
        raise error


def busy(view: View, going: str) -> Any:
    """The button while something is `going` on: how far it is, and how long it will take."""
    now = view.progress or Progress(step="export")
    share = round(100 * now.done / max(1, now.total))
    text = locale.WAITING.format(ahead=view.ahead) if view.ahead else going.format(share=share)
    if view.started is not None and now.total > 1:
        done, total = now.done / FINE, now.total / FINE
        pace = (time.monotonic() - view.started + TRUST * total) / (done + TRUST * total)
        text += f" · {time_left(pace * (total - done))}"
    return gr.update(value=text, interactive=False)
