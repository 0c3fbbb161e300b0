"""The lab: every combination of words and numbers on the product of the first tab, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from ecomgen.lab import Matrix
from ecomgen.options.reading import read_set, read_whole
from ecomgen.request import Request
from ecomgen.settings import settings
from ecomgen.web import controls, locale
from ecomgen.web.create.finished import reuse
from ecomgen.web.create.form import Form, by_field, request_from
from ecomgen.web.events import LONG, PRIVATE, stops, watching_again
from ecomgen.web.jobs.backlog import Asked
from ecomgen.web.jobs.scheduler import Job, lane
from ecomgen.web.markup import hint, live, stopping
from ecomgen.web.messages import ended, spoken
from ecomgen.web.people.access import Person, claim, person, run_of
from ecomgen.web.tabs import lab_markup as markup

SIDE = 512  # pixels: enough to compare by, and quick


class LabTab:
    """The components of the tab. `folder` holds the name of the experiment that is shown."""

    def __init__(self) -> None:
        self.folder = gr.State("")
        self.job = gr.State(None)
        with gr.Row(elem_classes=["history"]):
            with gr.Column(scale=4, min_width=320, elem_classes=["sheet"]):
                controls.markup(hint(locale.LAB_HINT))
                own: dict[str, Any] = {"value": locale.LAB_EXAMPLE, "lines": 3}
                self.prompt = controls.text(locale.LAB_PROMPT, locale.LAB_PROMPT_HINT, "lab-prompt", **own)
                self.grid = controls.text(locale.LAB_GRID, locale.LAB_GRID_HINT, "lab-grid", lines=2)
                with gr.Row(elem_classes=["fields"]):
                    self.count = controls.slider((1, 4, 1), locale.OPTIONS["count"], min_width=200)
                    self.side = controls.text(locale.LAB_SIDE, None, "lab-side", value=str(SIDE), min_width=200)
                self.start = gr.Button(locale.LAB_START, variant="primary", size="lg", elem_id="lab-start")
            with gr.Column(scale=7, min_width=320, elem_classes=["sheet", "run-sheet"]):
                self.stop = controls.stop_button("lab-stop")
                self.progress = controls.markup()
                self.sheet = live(markup.empty(), "opened", *reuse.EVENTS, elem_id="lab-sheet")

    def wire(self, app: gr.Blocks, notice: Any, form: Form, history: Any) -> None:
        """Connect the events; a picture that is clicked opens its run in the history."""
        self.requested = [self.prompt, self.grid, self.count, self.side]
        inputs = [*self.requested, self.folder, *form.inputs]
        shown = [self.folder, self.job, self.progress, self.sheet, self.start, self.stop]
        self.start.click(compare, inputs, shown, **LONG)
        app.load(fill_again, None, self.requested, **PRIVATE)
        for seen in (app.load, notice.returned):
            seen(watching_again("lab", _watched), [self.job], shown, **LONG)
        stops(self.stop, self.job, self.progress, stopping)
        history.opens(self.sheet.opened, form.tabs)


@dataclass(frozen=True, kw_only=True)
class Requested:
    """A comparison as it was started: the tab's own fields, what they mean, and where it is made."""

    texts: tuple[Any, ...]
    wanted: Matrix
    name: str


@spoken
def compare(
    web: gr.Request, prompt: str, grid: str, count: int, side: str, folder: str, *values: Any
) -> Iterator[list[Any]]:
    """Make every combination; the same question again goes on where it was stopped."""
    texts = {"prompt": prompt, "grid": grid, "count": count, "side": side}
    yield from _watched(begin(person(web), {"texts": texts, "folder": folder, "form": by_field(values)}))


def begin(who: Person, values: Mapping[str, Any]) -> Job:
    """Have a comparison made: `texts` are the tab's own fields, `form` those of the first tab, `folder` where it is."""
    from ecomgen import lab

    prompt, grid, count, side = texts = tuple(values["texts"].values())
    wanted = lab.matrix(prompt or "", [line for line in (grid or "").splitlines() if line.strip()])
    request = _request(values["form"], wanted, int(count), read_whole("size", side) or SIDE)
    if request.scene_from:
        run_of(who, read_set(request.scene_from)[0])
    name = values["folder"] or f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    requested = Requested(texts=texts, wanted=wanted, name=name)
    out = settings().labs_folder / requested.name
    claim(who, out)
    asked = Asked(title=prompt, values={**values, "folder": name})
    return lane.start(who.name, "lab", lambda report, _: lab.run(wanted, request, out, report), requested, asked)


def fill_again(web: gr.Request) -> Any:
    """The tab's fields as they were when it was started."""
    job = lane.current(person(web).name, "lab")
    return gr.skip() if job is None else list(job.requested.texts)


def _watched(job: Job) -> Iterator[list[Any]]:
    wanted, name = job.requested.wanted, job.requested.name
    hidden, visible = gr.update(visible=False), gr.update(visible=True)
    for number, view in enumerate(job.watch()):
        coming = gr.skip() if number else markup.coming(len(wanted.cells))
        told = markup.progress(view, len(wanted.cells), int(job.requested.texts[2]))
        yield [name, job, told, coming, hidden, visible]
    error = job.view.error
    if error is None:
        sheet = markup.compared(wanted, job.view.result, settings().labs_folder / name)
        yield [name, job, "", sheet, visible, hidden]
        return
    yield [name, job, ended(error, locale.LAB_STOPPED), markup.empty(), visible, hidden]


def _request(values: dict[str, Any], wanted: Matrix, count: int, side: int) -> Request:
    """The product and the settings of the first tab, with the lab's own prompt, size and seeds."""
    form = values | {"prompt": wanted.cells[0].prompt, "count": count, "keep": ""}
    request = request_from(form)
    return replace(request, seed=request.seed or 0, size=(side, side), channel=None)
