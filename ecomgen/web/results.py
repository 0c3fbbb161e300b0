"""Step 3: the pictures as they are made, ranked, filtered anew at a touch, and downloaded."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen import channels
from ecomgen.errors import Cancelled, UsageError
from ecomgen.request import Request
from ecomgen.runlog import RunLog
from ecomgen.settings import settings
from ecomgen.web import results_markup as markup
from ecomgen.web import words
from ecomgen.web.form import FIELDS, request_from, whole
from ecomgen.web.lane import Job, View, lane
from ecomgen.web.markup import heading
from ecomgen.web.refilter import as_exported, refilter
from ecomgen.web.saying import spoken

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
            self.top = gr.Number(
                None, label=words.EXPORT_TOP, placeholder=words.EXPORT_TOP_HINT, minimum=1, min_width=110, elem_id="top"
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
        private = {"api_visibility": "private"}
        inputs = [fields[name] for name in FIELDS]
        button.click(generate, inputs, self.shown, show_progress="hidden", concurrency_limit=None, **private)
        self.stop.click(stop, None, [self.progress], queue=False, show_progress="hidden", **private)
        self.threshold.input(
            sort_anew,
            [self.run, self.threshold],
            [self.summary, self.grid],
            show_progress="hidden",
            trigger_mode="always_last",
            **private,
        )
        self.export.click(
            make_zip, [self.run, self.threshold, self.top, self.kind], [self.file], show_progress="hidden", **private
        ).success(None, None, None, js=CLICK_DOWNLOAD, **private)


def _formats() -> list[tuple[str, str]]:
    plain = [(title, kind) for kind, title in words.FORMATS.items()]
    return plain + [(one.title, one.name) for one in channels.every()]


def work_of(request: Request) -> Any:
    """A run as a piece of work for the lane."""
    from ecomgen.generation import generate as make

    return lambda report, seen: make(request, report, seen)


@spoken
def generate(*values: Any, web: gr.Request) -> Iterator[list[Any]]:
    """Make the pictures of the filled form, showing each as soon as it is ready."""
    raise NotImplementedError


def _canvas(request: Request) -> tuple[int, int]:
    if request.channel:
        channel = channels.get(request.channel)
        return channel.width, channel.height
    return request.size or (1, 1)


def run_log() -> RunLog:
    """The log of this machine's runs."""
    return RunLog(settings().database)
