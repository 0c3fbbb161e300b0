"""The lab: every combination of words and numbers on the product of the first tab, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import gradio as gr

from ecomgen.errors import Cancelled
from ecomgen.settings import settings
from ecomgen.web import lab_markup as markup
from ecomgen.web import words
from ecomgen.web.form import FIELDS, read_whole, request_from
from ecomgen.web.lane import lane
from ecomgen.web.markup import live, message
from ecomgen.web.saying import spoken
from ecomgen.web.wiring import PRIVATE, SWIFT

if TYPE_CHECKING:
    from ecomgen.lab import Matrix
    from ecomgen.request import Request

SIDE = 512  # pixels: enough to compare by, and quick


class LabTab:
    """The components of the tab. `folder` holds the name of the experiment that is shown."""

    def __init__(self) -> None:
        self.folder = gr.State("")
        with gr.Row(elem_classes=["history"]):
            with gr.Column(scale=4, min_width=320, elem_classes=["sheet"]):
                gr.HTML(f'<p class="hint">{words.LAB_HINT}</p>', apply_default_css=False)
                self.prompt = gr.Textbox(
                    words.LAB_EXAMPLE, label=words.LAB_PROMPT, info=words.LAB_PROMPT_HINT, lines=3, elem_id="lab-prompt"
                )
                self.grid = gr.Textbox(label=words.LAB_GRID, info=words.LAB_GRID_HINT, lines=2, elem_id="lab-grid")
                with gr.Row(elem_classes=["fields"]):
                    self.count = gr.Slider(1, 4, value=1, step=1, label=words.COUNT, min_width=140, buttons=[])
                    self.side = gr.Textbox(str(SIDE), label=words.LAB_SIDE, min_width=140, elem_id="lab-side")
                self.start = gr.Button(words.LAB_START, variant="primary", size="lg", elem_id="lab-start")
            with gr.Column(scale=7, min_width=320, elem_classes=["sheet", "run-sheet"]):
                self.stop = gr.Button(words.CANCEL, visible=False, size="sm", elem_id="lab-stop")
                self.progress = gr.HTML("", apply_default_css=False)
                self.sheet = live(markup.empty(), "opened", elem_id="lab-sheet")

    def wire(self, fields: dict[str, Any], tabs: gr.Tabs, history: Any) -> None:
        """Connect the events; a picture that is clicked opens its run in the history."""
        inputs = [self.prompt, self.grid, self.count, self.side, self.folder, *(fields[name] for name in FIELDS)]
        shown = [self.folder, self.progress, self.sheet, self.start, self.stop]
        self.start.click(compare, inputs, shown, concurrency_limit=None, **PRIVATE)
        self.stop.click(stop, None, [self.progress], **SWIFT)
        history.opens(self.sheet.opened, tabs)


@spoken
def compare(
    web: gr.Request, prompt: str, grid: str, count: int, side: str, folder: str, *values: Any
) -> Iterator[list[Any]]:
    """Make every combination; the same question again goes on where it was stopped."""
    from ecomgen import lab

    wanted = lab.matrix(prompt or "", [line for line in (grid or "").splitlines() if line.strip()])
    request = _request(dict(zip(FIELDS, values, strict=True)), wanted, int(count), read_whole("size", side) or SIDE)
    name = folder or f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    out = settings().labs_folder / name
    job = lane.start(_owner(web), lambda report, _: lab.run(wanted, request, out, report))
    hidden, visible = gr.update(visible=False), gr.update(visible=True)
    for view in job.watch():
        yield [name, markup.progress(view, len(wanted.cells)), gr.skip(), hidden, visible]
    error = job.view.error
    if error is None:
        yield [name, "", markup.compared(wanted, job.view.result, out), visible, hidden]
        return
    yield [name, message(words.LAB_STOPPED, "plain"), gr.skip(), visible, hidden]
    if not isinstance(error, Cancelled):
        raise error


def stop(web: gr.Request) -> str:
    """Stop this browser's comparison; what is made stays."""
    lane.cancel(_owner(web))
    return message(words.STOPPING, "plain")


def _owner(web: gr.Request) -> str:
    return f"{web.session_hash}/lab"


def _request(values: dict[str, Any], wanted: Matrix, count: int, side: int) -> Request:
    """The product and the settings of the first tab, with the lab's own prompt, size and seeds."""
    form = values | {"prompt": wanted.cells[0].prompt, "count": count, "keep": ""}
    request = request_from(form)
    return replace(request, seed=request.seed or 0, size=(side, side), channel=None)
