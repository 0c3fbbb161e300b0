"""Step 3: the pictures as they are made, ranked, filtered anew at a touch, and downloaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen import channels
from ecomgen.errors import Cancelled
from ecomgen.record import RunRecord
from ecomgen.request import Request
from ecomgen.runlog import RunFilter, run_log
from ecomgen.web import controls, left_over, locale
from ecomgen.web.create import unsent
from ecomgen.web.create.finished import reuse
from ecomgen.web.create.finished.filming import Filming
from ecomgen.web.create.finished.matching import Matching, asked
from ecomgen.web.create.finished.placing import Placing
from ecomgen.web.create.form import FIELDS, Form, by_field, request_from
from ecomgen.web.create.product.companions import doubtful
from ecomgen.web.create.product.intake import sample_of
from ecomgen.web.create.product.markup import name_of
from ecomgen.web.create.results import markup
from ecomgen.web.create.results.export import ExportBar
from ecomgen.web.create.results.progress import live_cards, progress
from ecomgen.web.create.results.work import begin, owned, start
from ecomgen.web.create.setting.meaning import is_unread, keeps_scene
from ecomgen.web.create.setting.step import example
from ecomgen.web.deciding import events as decisions
from ecomgen.web.events import LONG, PRIVATE, filling, scroll_to, stops, told_number, watching_again
from ecomgen.web.jobs.scheduler import Job, View, lane
from ecomgen.web.markup import chip, heading, hint, live, message, stopping
from ecomgen.web.messages import spoken, wrong
from ecomgen.web.people.access import Person, person, run_of, runs_of
from ecomgen.workflows.reselection import refilter

SHOW_RESULTS = scroll_to(".results")
SHOWN = ("run", "job", "progress", "tools", "summary", "threshold", "grid", "export_row", "stop", "go", "asks")
USUAL = "podium"  # where the product stands when nothing else is said
EARLIER = 8  # runs below the one that is shown


class ResultsStep:
    """The components of step 3. `run` holds the id of the run that is shown."""

    def __init__(self) -> None:
        with gr.Row(elem_classes=["results-head"]):
            controls.markup(heading(3, locale.RESULTS))
            self.stop = controls.stop_button("stop", min_width=80, scale=0)
        self.run = gr.State("")
        self.job = gr.State(None)  # what this page watches, and what its stop button stops
        self.progress = live("", "insisted", elem_id="progress")
        self.asks = gr.State(value=False)  # whether a doubtful cut-out is asked about
        with gr.Column(visible=False, elem_classes=["toolbar"]) as self.tools:
            self.summary = controls.markup(name="summary")
            controls.markup(hint(locale.CHECK_HINT))
            self.agreement = live("", "fitted", elem_id="agreement")  # what people decided, and where it disagrees
            with controls.folded(locale.CHECK, "strictness"):
                reach, own = (0, 1, 0.01), {"value": 0.5, "buttons": None}
                self.threshold = controls.slider(reach, locale.THRESHOLD, locale.THRESHOLD_HINT, "threshold", **own)
        self.grid = live(markup.empty(), *reuse.EVENTS, decisions.EVENT, "started", elem_id="grid")
        self.placing, self.matching = Placing(), Matching()
        self.filming = Filming()
        self.exporting = ExportBar()
        self.earlier = live("", "reshown", elem_id="earlier")

    @property
    def shown(self) -> list[Any]:
        """What a run fills."""
        return [self.exporting.row if name == "export_row" else getattr(self, name) for name in SHOWN]

    def wire(self, button: gr.Button, form: Form, seen: list[gr.State]) -> None:
        """Connect the events; `button` generates from the form, and asks first where a cut-out is doubtful, which the
        product step has `seen`."""
        self.inputs, self.go = form.inputs, button
        button.click(None, None, None, js=SHOW_RESULTS, **PRIVATE)  # before what it would wait for
        button.click(unless_doubted, [*seen, *self.inputs], self.shown, **LONG)
        seen[0].change(answered, [seen[0], self.asks], [self.progress, self.asks], **PRIVATE)
        self.generates(self.progress.insisted)
        self.generates(self.grid.started(example, None, [form.fields["prompt"]], **PRIVATE).success)
        stops(self.stop, self.job, self.progress, stopping)
        sorting = [self.run, self.threshold], [self.summary, self.grid]
        self.threshold.input(sort_anew, *sorting, trigger_mode="always_last", **PRIVATE)
        fitted = self.agreement.fitted(told_number, None, [self.threshold], **PRIVATE)
        fitted.success(sort_anew, *sorting, **PRIVATE)
        self.run.change(earlier, [self.run], [self.earlier], **PRIVATE)
        self.earlier.reshown(show_again, None, self.shown, **PRIVATE)
        self.matching.dialog.matched(match, None, self.shown, **LONG)
        self.filming.wire(self.run, self.job, self.stop, self.progress)
        self.exporting.wire(self.run, self.threshold, [self.job, self.stop, self.progress])

    def generates(self, event: Any) -> None:
        """Where `event` happens, make the pictures of the filled form."""
        event(None, None, None, js=SHOW_RESULTS, **PRIVATE)
        event(generate, self.inputs, self.shown, **LONG)

    def back(self, app: gr.Blocks, form: Form, notice: Any) -> Any:
        """When the page is opened, show the run that was left, and when somebody comes back to it one that was begun
        elsewhere; returns the event that fills the form and the notice."""
        again = watching_again("create", lambda job: _watched(job, request_from(job.requested)))
        for seen in (app.load, notice.returned):
            seen(again, [self.job], self.shown, **LONG)
            seen(earlier, [self.run], [self.earlier], **PRIVATE)
        return app.load(fill_again, None, [*form.inputs, form.product.sampled, notice], **PRIVATE)


@spoken
def unless_doubted(web: gr.Request, doubted: bool, cards: list[Any], *values: Any) -> Iterator[list[Any]]:
    """Make the pictures, but ask first where a cut-out is doubtful or nothing of the prompt was understood."""
    filled = by_field(values)
    beside = doubtful(filled["with_"], cards)
    names = [*([name_of(filled["photos"][:1], 1)] if doubted else []), *beside]
    question = locale.ASK_FIRST if doubted else locale.ASK_SCENE if _is_unread(web, filled) else ""
    if beside:
        question = locale.ASK_FIRST_OF.format(names=", ".join(names))
    if not question:
        yield from generate(web, *values)
        return
    asks = bool(doubted) and not beside
    told = message(question, "fail", chip(locale.GENERATE_ANYWAY, "insisted"))
    yield filling(SHOWN, {"progress": told, "asks": asks})


def answered(doubted: bool, asks: bool) -> Any:
    """Nothing is asked about a cut-out any more that is found right, or corrected."""
    return ("", False) if asks and not doubted else gr.skip()


@spoken
def generate(web: gr.Request, *values: Any) -> Iterator[list[Any]]:
    """Make the pictures of the filled form, showing each as soon as it is ready."""
    filled = by_field(values)
    if _is_unread(web, filled):  # it was asked before
        filled["prompt"] = f"{filled['prompt']}, {USUAL}"
    who = person(web)
    if _is_made(who, filled):
        gr.Info(locale.SAME_AGAIN)
    job = begin(who, filled)
    yield from _watched(job, request_from(job.requested))


def _is_made(who: Person, filled: Mapping[str, Any]) -> bool:
    """Whether the last pictures are of that very form, seed and all."""
    last = lane.current(who.name, "create")
    return bool(filled["seed"]) and last is not None and last.view.result is not None and last.requested == filled


def _is_unread(web: gr.Request, values: Mapping[str, Any]) -> bool:
    prompt, run = values.get("prompt") or "", values.get("scene_from")
    bound = values.get("look") or values.get("backdrop") or (run and keeps_scene(web, run, prompt))
    return bool(prompt.strip()) and not bound and is_unread(prompt, values.get("product") or "", values["pipeline"])


@spoken
def match(web: gr.Request, evt: gr.EventData) -> Iterator[list[Any]]:
    """A run of its own of one finished picture, with the set's light on its product."""
    from ecomgen.workflows.matched_light import relit

    who = person(web)
    record, scene, share, values = asked(who, str(evt.value))
    filled = {name: values.get(name) for name in FIELDS}
    work = owned(lambda report, seen: relit(record, scene, share, report, seen), who)
    job = start(who, work, filled, record.prompt)
    yield from _watched(job, request_from(job.requested))


def fill_again(web: gr.Request) -> list[Any]:
    """The form as it was left, else as it was when that run was started, and what a restart of the app left over."""
    who = person(web)
    job, told = lane.current(who.name, "create"), left_over.notice(who)
    held = unsent.of(web) or (job and job.requested)
    filled = {**held, "sampled": sample_of(held["photos"])} if held else {}
    return filling((*FIELDS, "sampled", "notice"), filled | {"notice": told})


def _watched(job: Job, request: Request) -> Iterator[list[Any]]:
    from ecomgen.catalogue.estimate import likely_seconds

    expected = None
    if not job.view.ended:
        yield _running(job.view, request, job=job)
        expected = likely_seconds([request])
    shown: tuple[int, object] = 0, None
    for view in job.watch():
        if view.ended:
            break
        now = len(view.made), view.draft
        yield _running(view, request, expected, cards=now[0] != shown[0] or now[1] is not shown[1])
        shown = now
    yield from _ended(job)


def _running(
    view: View, request: Request, expected: float | None = None, *, job: Job | None = None, cards: bool = True
) -> list[Any]:
    total = max(request.count, request.keep or 0, len(view.made))
    grid = live_cards(view, total, _shape(request)) if cards else gr.skip()
    told: dict[str, Any] = {"progress": progress(view, total, expected), "grid": grid} | ({"job": job} if job else {})
    busy = gr.update(value=locale.GENERATING, interactive=False)
    return _at_rest(stop=gr.update(visible=True), go=busy, **told)


def _ended(job: Job) -> Iterator[list[Any]]:
    """The finished run; a run without a picture leaves the step as it was at the start."""
    error = job.view.error
    if error is None:
        yield show(job.view.result.record, job.view.result.folder)
        return
    if isinstance(error, Cancelled):
        yield _at_rest(job=job, grid=message(locale.CANCELLED_EMPTY, "plain") + markup.empty())
    else:
        yield _at_rest(job=job, progress=wrong(error), grid=markup.empty())


def _at_rest(**told: Any) -> list[Any]:
    """The step as it is where nothing was made and nothing goes on, but for what is told."""
    hidden = dict.fromkeys(("tools", "export_row", "stop"), gr.update(visible=False))
    idle = gr.update(value=locale.GENERATE, interactive=True)
    return filling(SHOWN, {"run": "", "progress": "", "summary": "", "go": idle, "asks": False} | hidden | told)


def show(record: RunRecord, folder: Path) -> list[Any]:
    """A finished run."""
    return _at_rest(
        run=record.run_id,
        tools=gr.update(visible=True),
        summary=markup.summary(record),
        threshold=gr.update(value=round(record.parameters.threshold, 2)),
        grid=markup.cards(record, folder, run_log().decisions(record.run_id)),
        export_row=gr.update(visible=True),
    )


@spoken
def earlier(web: gr.Request, run: str) -> str:
    """The newest runs besides the one that is shown."""
    rows = runs_of(person(web), RunFilter(), EARLIER + 1)
    return markup.earlier([row for row in rows if row.run_id != run][:EARLIER])


@spoken
def show_again(web: gr.Request, evt: gr.EventData) -> list[Any]:
    """An earlier run, to be looked at and downloaded as it was."""
    return show(*run_of(person(web), str(evt.value)))


@spoken
def sort_anew(web: gr.Request, run: str, threshold: float) -> Any:
    """Kept and filtered as they would be with another threshold."""
    if not run:
        return gr.skip()
    record, folder = run_of(person(web), run)
    changed = refilter(record, folder, threshold)
    return markup.summary(changed), markup.cards(changed, folder, run_log().decisions(record.run_id))


def _shape(request: Request) -> tuple[int, int]:
    if request.channel:
        channel = channels.get(request.channel)
        return channel.width, channel.height
    return request.size or (1, 1)
