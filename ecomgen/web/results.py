"""Step 3: the pictures as they are made, ranked, filtered anew at a touch, and downloaded."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen import channels
from ecomgen.errors import Cancelled, UsageError
from ecomgen.request import Request, within
from ecomgen.runlog import RunLog
from ecomgen.settings import settings
from ecomgen.web import results_markup as markup
from ecomgen.web import words
from ecomgen.web.form import FIELDS, read_whole, request_from
from ecomgen.web.lane import Job, View, lane
from ecomgen.web.markup import esc, heading
from ecomgen.web.refilter import as_exported, refilter
from ecomgen.web.saying import spoken
from ecomgen.web.wiring import PRIVATE, SWIFT, scroll_to

SHOW_RESULTS = scroll_to(".results")
CLICK_DOWNLOAD = "() => document.querySelector('#zip-file').click()"


class ResultsStep:
    """The components of step 3. `run` holds the id of the run that is shown."""

    def __init__(self) -> None:
        with gr.Row(elem_classes=["results-head"]):
            gr.HTML(heading(3, words.RESULTS, ""), apply_default_css=False)
            self.stop = gr.Button(words.CANCEL, visible=False, elem_id="stop", size="sm", min_width=80, scale=0)
        self.run = gr.State("")
        self.progress = gr.HTML("", apply_default_css=False, elem_id="progress")
        with gr.Column(visible=False, elem_classes=["toolbar"]) as self.tools:
            self.summary = gr.HTML("", apply_default_css=False, elem_id="summary")
            self.threshold = gr.Slider(
                0, 1, value=0.5, step=0.01, label=words.THRESHOLD, info=words.THRESHOLD_HINT, elem_id="threshold"
            )
        self.grid = gr.HTML(markup.empty(), apply_default_css=False, elem_id="grid")
        with gr.Row(visible=False, elem_classes=["export"]) as self.export_row:
            self.top = gr.Textbox(
                "", label=words.EXPORT_TOP, placeholder=words.EXPORT_TOP_HINT, max_lines=1, min_width=110, elem_id="top"
            )
            self.kind = gr.Dropdown(_formats(), value="png", label=words.EXPORT_FORMAT, min_width=190, elem_id="kind")
            self.export = gr.Button(words.EXPORT, variant="primary", elem_id="export", min_width=170)
        self.file = gr.DownloadButton("zip", visible="hidden", elem_id="zip-file")

    @property
    def shown(self) -> list[Any]:
        """What a run fills: the run, progress, tools, summary, threshold, grid, export row, stop button."""
        return [
            self.run,
            self.progress,
            self.tools,
            self.summary,
            self.threshold,
            self.grid,
            self.export_row,
            self.stop,
        ]

    def wire(self, button: gr.Button, fields: dict[str, Any]) -> None:
        """Connect the events; `button` generates from `fields`."""
        inputs = [fields[name] for name in FIELDS]
        button.click(generate, inputs, self.shown, concurrency_limit=None, **PRIVATE)
        button.click(None, None, None, js=SHOW_RESULTS, **PRIVATE)
        self.stop.click(stop, None, [self.progress], **SWIFT)
        self.threshold.input(
            sort_anew,
            [self.run, self.threshold],
            [self.summary, self.grid],
            trigger_mode="always_last",
            **PRIVATE,
        )
        self.export.click(make_zip, [self.run, self.threshold, self.top, self.kind], [self.file], **PRIVATE).success(
            None, None, None, js=CLICK_DOWNLOAD, **PRIVATE
        )


def _formats() -> list[tuple[str, str]]:
    plain = [(title, kind) for kind, title in words.FORMATS.items()]
    return plain + [(one.title, one.name) for one in channels.every()]


def work_of(request: Request) -> Any:
    """A run as a piece of work for the lane."""
    from ecomgen.generation import generate as make

    return lambda report, seen: make(request, report, seen)


@spoken
def generate(web: gr.Request, *values: Any) -> Iterator[list[Any]]:
    """Make the pictures of the filled form, showing each as soon as it is ready."""
    request = request_from(dict(zip(FIELDS, values, strict=True)))
    job = lane.start(web.session_hash or "", work_of(request))
    yield _running(job.view, request)
    shown: tuple[int, object] = 0, None
    for view in job.watch():
        if view.ended:
            break
        now = len(view.made), view.draft
        yield _running(view, request, cards=now[0] != shown[0] or now[1] is not shown[1])
        shown = now
    yield from _ended(job)


def stop(web: gr.Request) -> str:
    """Stop this browser's run; what is finished is kept."""
    lane.cancel(web.session_hash or "")
    return f'<p class="hint">{words.STOPPING}</p>'


def _running(view: View, request: Request, *, cards: bool = True) -> list[Any]:
    total = max(request.count, request.keep or 0, len(view.made))
    grid = markup.live_cards(view, total, _shape(request)) if cards else gr.skip()
    hidden = gr.update(visible=False)
    return ["", markup.progress(view, total), hidden, "", gr.skip(), grid, hidden, gr.update(visible=True)]


def _ended(job: Job) -> Iterator[list[Any]]:
    """The finished run; a run without a picture leaves the step as it was at the start."""
    if job.view.error is None:
        yield show(job.view.result.record, job.view.result.folder)
        return
    hidden = gr.update(visible=False)
    stopped = isinstance(job.view.error, Cancelled)
    yield ["", "", hidden, "", gr.skip(), markup.stopped_empty() if stopped else markup.empty(), hidden, hidden]
    if not stopped:
        raise job.view.error


def show(record: dict[str, Any], folder: Path) -> list[Any]:
    """A finished run, for `ResultsStep.shown`."""
    visible = gr.update(visible=True)
    threshold = gr.update(value=round(record["parameters"]["threshold"], 2))
    return [
        record["run_id"],
        "",
        visible,
        markup.summary(record),
        threshold,
        markup.cards(record, folder),
        visible,
        gr.update(visible=False),
    ]


@spoken
def sort_anew(run: str, threshold: float) -> tuple[Any, Any]:
    """Kept and filtered as they would be with another threshold."""
    if not run:
        return gr.skip(), gr.skip()
    record, folder = run_log().show(run)
    changed = refilter(record, folder, threshold)
    return markup.summary(changed), markup.cards(changed, folder)


@spoken
def make_zip(web: gr.Request, run: str, threshold: float, top: str, kind: str) -> str:
    """The zip of the best pictures, as the screen ranks them now; returns its file."""
    if not run:
        raise UsageError(words.NOTHING_TO_EXPORT)
    record, folder = run_log().show(run)
    record = as_exported(record, folder, threshold)
    if kind not in words.FORMATS and kind != record["parameters"]["channel"]:
        gr.Info(esc(words.COMPOSING.format(title=channels.get(kind).title)), title=words.EXPORT)
    return str(zip_of(record, folder, read_whole("top", top), kind, f"{web.session_hash}/export"))


def zip_of(record: dict[str, Any], folder: Path, top: int | None, kind: str, owner: str) -> Path:
    """A zip of the best `top` pictures; `kind` is a file format, or a channel for which they are composed anew.

    Raises:
        UsageError: no picture was kept, or there is no format or channel of that name.
    """
    from ecomgen.publishing import Wish, publish

    within("--top", top, 1, len(record["candidates"]))
    plain = kind in words.FORMATS
    wish = Wish(channels=() if plain else (kind,), kind=kind if plain else None, top=top)
    target = Path(tempfile.mkdtemp(prefix="export-", dir=upload_folder())) / f"ecomgen-{record['run_id']}.zip"
    if plain:
        publish(record, folder, target, wish)
    else:
        lane.start(owner, lambda report, _: publish(record, folder, target, wish, report)).wait()
    return target


def upload_folder() -> Path:
    """Where gradio keeps what comes in and goes out; cleaned by age."""
    folder = Path(os.environ["GRADIO_TEMP_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _shape(request: Request) -> tuple[int, int]:
    if request.channel:
        channel = channels.get(request.channel)
        return channel.width, channel.height
    return request.size or (1, 1)


def run_log() -> RunLog:
    """The log of this machine's runs."""
    return RunLog(settings().database)
