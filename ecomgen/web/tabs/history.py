"""The history: every run with its pictures, to be found, used again, made again, compared, or deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from ecomgen import recipes
from ecomgen.errors import Cancelled
from ecomgen.runlog import RunFilter, run_log
from ecomgen.web import controls, locale
from ecomgen.web.create.finished import reuse
from ecomgen.web.create.form import Form
from ecomgen.web.create.results.export import ExportBar
from ecomgen.web.create.results.progress import progress
from ecomgen.web.deciding import review
from ecomgen.web.deciding.events import EVENT
from ecomgen.web.deciding.markup import linked
from ecomgen.web.events import LONG, PRIVATE, filling, scroll_to, stops
from ecomgen.web.jobs.scheduler import Latest, lane
from ecomgen.web.markup import live, message, stopping
from ecomgen.web.messages import spoken
from ecomgen.web.people import retention
from ecomgen.web.people.access import person, run_of, runs_of
from ecomgen.web.tabs import history_choice
from ecomgen.web.tabs import history_markup as markup
from ecomgen.web.tabs.history_choice import Choice

PAGE = 24
EVERY = "every"
TOLD = ("head", "details", "replayed", "compared")
OPENED = ("run", *TOLD, "list", "buttons", "sure", "other", "export_row")
listings = Latest()
SHOW_RUN = scroll_to(".opened-run")
SHOW_COMPARED = "() => document.querySelector('#compare').scrollIntoView({behavior: 'smooth'})"


class HistoryTab:
    """The components of the tab. `run` holds the id of the run that is open, `limit` how many are listed."""

    def __init__(self) -> None:
        self.run = gr.State("")
        self.limit = gr.State(PAGE)
        with gr.Row(elem_classes=["history"]):
            with gr.Column(scale=4, min_width=320, elem_classes=["listed"]):
                self.search = gr.Textbox(
                    label=locale.SEARCH, placeholder=locale.SEARCH_HINT, show_label=False, elem_id="search"
                )
                self._filters()
                with controls.folded(locale.WHAT_PEOPLE_SAY, "said"):
                    self.counted = controls.markup(name="counted")
                self.list = live("", "opened", "more", elem_id="runs")
            with gr.Column(scale=7, min_width=320, elem_classes=["sheet", "run-sheet", "opened-run"]):
                self.head = controls.markup(name="run-head")
                with gr.Row(visible=False, elem_classes=["run-buttons"]) as self.buttons:
                    self.use = gr.Button(locale.USE, variant="primary", elem_id="use", min_width=150)
                    self.replay = gr.Button(locale.REPLAY, elem_id="replay", min_width=150)
                    self.link = gr.Button(locale.LINK, visible=review.is_on(), elem_id="link", min_width=150)
                    self.delete = gr.Button(locale.DELETE, elem_id="delete", min_width=90)
                with gr.Row(visible=False, elem_classes=["run-buttons"]) as self.sure:
                    self.really = gr.Button(locale.DELETE_SURE, variant="stop", elem_id="really", min_width=120)
                    self.rather_not = gr.Button(locale.DELETE_KEEP, min_width=120)
                self.replayed, self.replaying = controls.markup(name="replayed"), gr.State(None)
                self.stop_replay = controls.stop_button("replay-stop")
                self.details = live(_nothing_open(), *reuse.EVENTS, EVENT, elem_id="details")
                self.other = gr.Dropdown(
                    [], value=None, label=locale.COMPARE_WITH, visible=False, elem_id="compare", filterable=True
                )
                self.compared = controls.markup(name="compared-runs")
                self.job, self.as_made = gr.State(None), gr.State(None)
                self.stop = controls.stop_button("past-stop")
                self.exporting = ExportBar("past-")
        self.choice = Choice()

    def _filters(self) -> None:
        with controls.folded(locale.FILTERS, "filters"):
            with gr.Row(elem_classes=["fields"]):
                made_with = [(locale.FILTER_ANY, EVERY), *((name, name) for name in recipes.paths())]
                self.kept = controls.one_of(locale.FILTER_KEPT, locale.KEPT, None, "filter-kept", min_width=140)
                self.pipeline = controls.one_of(
                    made_with, *controls.option("pipeline", "filter-pipeline"), min_width=140
                )
                self.decided = controls.one_of(
                    locale.FILTER_DECIDED, locale.DECIDE_LABEL, None, "filter-decided", min_width=140
                )
            with gr.Row(elem_classes=["fields"]):
                day: dict[str, Any] = {"placeholder": "2026-01-31", "max_lines": 1, "min_width": 140}
                self.since = controls.text(locale.SINCE, None, "filter-since", **day)
                self.until = controls.text(locale.UNTIL, None, "filter-until", **day)

    @property
    def requested(self) -> list[Any]:
        """What the list depends on."""
        return [self.limit, self.search, self.kept, self.pipeline, self.decided, self.since, self.until]

    @property
    def opened(self) -> list[Any]:
        """What a run that is opened fills."""
        return [self.exporting.row if name == "export_row" else getattr(self, name) for name in OPENED]

    def opens(self, clicked: Any, tabs: gr.Tabs) -> None:
        """Where `clicked` names a run, go to it."""
        clicked(open_run, self.requested, self.opened, **PRIVATE).success(
            lambda: gr.update(selected="history"), None, [tabs], **PRIVATE
        )

    def lists_after(self, decided: Any) -> None:
        """The list, which says what was decided of each run, follows a decision made beside it."""
        listed = [self.run, *self.requested]
        decided.success(list_runs, listed, [self.list], trigger_mode="multiple", **PRIVATE)

    def wire(self, tab: gr.Tab, form: Form) -> None:
        """Connect the events; the settings of a run fill the form."""
        listed = [self.run, *self.requested]
        opened = self.opened
        tab.select(enter, listed, opened, trigger_mode="multiple", **PRIVATE)
        for event in (one.change for one in self.requested[1:]):
            event(list_runs, listed, [self.list], trigger_mode="multiple", **PRIVATE)
        self.list.more(lambda limit: limit + PAGE, [self.limit], [self.limit], **PRIVATE).then(
            list_runs, listed, [self.list], **PRIVATE
        )
        self.list.opened(open_run, self.requested, opened, **PRIVATE)
        self.list.opened(None, None, None, js=SHOW_RUN, **PRIVATE)
        self.replay.click(replay, [self.run], [self.replaying, self.stop_replay, self.replayed], **LONG)
        stops(self.stop_replay, self.replaying, self.replayed, stopping)
        stops(self.stop, self.job, self.replayed, stopping)
        self.exporting.wire(self.run, self.as_made, [self.job, self.stop, self.replayed])
        self.link.click(link, [self.run], [self.replayed], **PRIVATE)
        chosen = self.other.input(compare, [self.run, self.other], [self.compared], **PRIVATE)
        chosen.success(None, None, None, js=SHOW_COMPARED, **PRIVATE)
        asking = [self.buttons, self.sure]
        self.delete.click(lambda: (gr.update(visible=False), gr.update(visible=True)), None, asking, **PRIVATE)
        self.rather_not.click(lambda: (gr.update(visible=True), gr.update(visible=False)), None, asking, **PRIVATE)
        self.really.click(delete, listed, opened, **PRIVATE)
        self.choice.wire()
        self.choice.bar.forgotten(delete_chosen, listed, opened, **PRIVATE).success(
            None, None, None, js="unchoose", **PRIVATE
        )
        form.fills(self.use.click, use, [self.run])


def _nothing_open() -> str:
    return f'<div class="empty small"><p>{locale.CHOOSE_RUN}</p></div>'


@spoken
def list_runs(web: gr.Request, current: str, *requested: Any) -> Any:
    """The runs that are asked for; nothing where something newer was asked meanwhile."""
    is_latest = listings.take_over(web.session_hash or "", lambda: None)
    listing = _listing(web, current, *requested)
    return listing if is_latest() else gr.skip()


@spoken
def enter(web: gr.Request, current: str, *requested: Any) -> list[Any]:
    """The list, beside the run that is open, or the newest of the list that is finished."""
    finished = (row for row in runs_of(person(web), _which(*requested[1:]), PAGE) if row.status != "running")
    if not current and (newest := next(finished, None)):
        return _opened(web, newest.run_id, *requested)
    return filling(OPENED, {"list": _listing(web, current, *requested)})


def _listing(web: gr.Request, current: str, limit: int, *requested: Any) -> str:
    which = _which(*requested)
    rows = runs_of(person(web), which, limit + 1)
    return markup.runs(rows[:limit], current, len(rows) > limit, which)


def _which(text: str, kept: str, pipeline: str, decided: Any, since: str, until: str) -> RunFilter:
    return RunFilter(
        text=(text or "").strip(),
        kept={"kept": True, "none": False}.get(kept),
        pipeline="" if pipeline == EVERY else pipeline,
        decided="" if decided == EVERY else decided,
        since=(since or "").strip(),
        until=(until or "").strip(),
    )


@spoken
def open_run(web: gr.Request, evt: gr.EventData, *requested: Any) -> list[Any]:
    """Show one run."""
    return _opened(web, str(evt.value), *requested)


def _opened(web: gr.Request, run: str, *requested: Any) -> list[Any]:
    record, folder = run_of(person(web), run)
    run_id = record.run_id
    choices = _others(web, run_id)
    told = {
        "run": run_id,
        "head": markup.head(run_log().find(run_id), record),
        "details": markup.details(record, folder, run_log().said(run_id=run_id)),
        "replayed": "",
        "compared": "",
        "list": _listing(web, run_id, *requested),
        "buttons": gr.update(visible=True),
        "sure": gr.update(visible=False),
        "other": gr.update(choices=choices, value=None, visible=bool(choices)),
        "export_row": gr.update(visible=True),
    }
    return filling(OPENED, told)


def _others(web: gr.Request, run_id: str) -> list[tuple[str, str]]:
    """Runs to compare with, newest first."""
    rows = runs_of(person(web), RunFilter(), 4 * PAGE)
    return [(markup.named(row), row.run_id) for row in rows if row.run_id != run_id]


@spoken
def compare(web: gr.Request, run: str, other: str | None) -> str:
    """Two runs side by side, with what differs between them."""
    if not run or not other:
        return ""
    who = person(web)
    return markup.compared(run_of(who, run), run_of(who, other))


@spoken
def use(web: gr.Request, run: str) -> list[Any]:
    """Fill the form with a run's photos and settings, and go to it."""
    return reuse.settings_of(web, run_of(person(web), run)[0])


@spoken
def link(web: gr.Request, run: str) -> str:
    """A link for reviewers of the open run, to be copied."""
    record, _ = run_of(person(web), run)
    made = review.link(record.run_id)
    asked: Any = web.request
    origin = asked.headers.get("origin")
    root = origin + asked.scope.get("root_path", "") if origin else str(asked.base_url)
    return linked(f"{root.rstrip('/')}/review/{made.token}", made.until)


@spoken
def replay(web: gr.Request, run: str) -> Iterator[tuple[Any, ...]]:
    """Make a run again, only to compare it. Fills the job that can be stopped, the stop button, and what is told."""
    from ecomgen.workflows.replay import replay as once_more

    count = len(run_of(person(web), run)[0].candidates)
    job = lane.start(person(web).name, "replay", lambda report, _: once_more(run, report=report))
    kept, hidden = gr.skip(), gr.update(visible=False)
    yield job, gr.update(visible=True), kept
    for view in job.watch():
        yield kept, kept, message(locale.REPLAYING, "plain") + progress(view, count)
    error = job.view.error
    yield kept, hidden, "" if error else markup.replayed(job.view.result)
    if error is not None and not isinstance(error, Cancelled):
        raise error


@spoken
def delete(web: gr.Request, run: str, limit: int, *requested: Any) -> list[Any]:
    """Forget a run, with its pictures and the photos that no other run uses."""
    record, _ = run_of(person(web), run)
    retention.forget(record.run_id)
    gr.Info(locale.DELETED)
    return _closed(_listing(web, "", limit, *requested))


@spoken
def delete_chosen(web: gr.Request, evt: gr.EventData, run: str, limit: int, *requested: Any) -> list[Any]:
    """Forget the chosen runs; the open `run` stays open where it is none of them."""
    gone = history_choice.forget(person(web), str(evt.value).partition("|")[2])
    if gone:
        gr.Info(locale.DELETED_CHOSEN.format(count=len(gone)))
    if run in gone:
        return _closed(_listing(web, "", limit, *requested))
    return filling(OPENED, {"list": _listing(web, run, limit, *requested)})


def _closed(listing: str) -> list[Any]:
    """What is shown where no run is open: the list."""
    hidden = dict.fromkeys(("buttons", "sure", "other", "export_row"), gr.update(visible=False))
    empty = dict.fromkeys(("run", *TOLD), "") | {"details": _nothing_open()}
    return filling(OPENED, empty | {"list": listing} | hidden)
