"""The history: every run with its pictures, to be found, used again, made again, or deleted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import gradio as gr

from ecomgen.runlog import Originals
from ecomgen.settings import settings
from ecomgen.web import history_markup as markup
from ecomgen.web import results_markup, words
from ecomgen.web.form import FIELDS, values_of
from ecomgen.web.lane import Latest, lane
from ecomgen.web.markup import live, message
from ecomgen.web.results import run_log
from ecomgen.web.saying import spoken
from ecomgen.web.wiring import PRIVATE, scroll_to

PAGE = 24
listings = Latest()
SHOW_RUN = scroll_to(".run-sheet")


class HistoryTab:
    """The components of the tab. `run` holds the id of the run that is open, `limit` how many are listed."""

    def __init__(self) -> None:
        self.run = gr.State("")
        self.limit = gr.State(PAGE)
        with gr.Row(elem_classes=["history"]):
            with gr.Column(scale=4, min_width=320):
                self.search = gr.Textbox(
                    label=words.SEARCH, placeholder=words.SEARCH_HINT, show_label=False, elem_id="search"
                )
                self.list = live("", "opened", "more", elem_id="runs")
            with gr.Column(scale=7, min_width=320, elem_classes=["sheet", "run-sheet"]):
                with gr.Row(visible=False, elem_classes=["run-buttons"]) as self.buttons:
                    self.use = gr.Button(words.USE, variant="primary", elem_id="use", min_width=150)
                    self.replay = gr.Button(words.REPLAY, elem_id="replay", min_width=150)
                    self.delete = gr.Button(words.DELETE, elem_id="delete", min_width=90)
                with gr.Row(visible=False, elem_classes=["run-buttons"]) as self.sure:
                    self.really = gr.Button(words.DELETE_SURE, variant="stop", elem_id="really", min_width=120)
                    self.rather_not = gr.Button(words.DELETE_KEEP, min_width=120)
                self.replayed = gr.HTML("", apply_default_css=False, elem_id="replayed")
                self.details = gr.HTML(_nothing_open(), apply_default_css=False, elem_id="details")

    @property
    def opened(self) -> list[Any]:
        """What a run that is opened fills."""
        return [self.run, self.details, self.buttons, self.sure, self.replayed, self.list]

    def opens(self, clicked: Any, tabs: gr.Tabs) -> None:
        """Where `clicked` names a run, go to it."""
        clicked(open_run, [self.search, self.limit], self.opened, **PRIVATE).success(
            lambda: gr.update(selected="history"), None, [tabs], **PRIVATE
        )

    def wire(self, tab: gr.Tab, tabs: gr.Tabs, fields: dict[str, Any]) -> Any:
        """Connect the events; returns the one that fills the form, so that step 1 can look at the photos."""
        listed = [self.search, self.run, self.limit]
        opened = self.opened
        tab.select(list_runs, listed, [self.list], trigger_mode="multiple", **PRIVATE)
        self.search.change(list_runs, listed, [self.list], trigger_mode="multiple", **PRIVATE)
        self.list.more(lambda limit: limit + PAGE, [self.limit], [self.limit], **PRIVATE).then(
            list_runs, listed, [self.list], **PRIVATE
        )
        self.list.opened(open_run, [self.search, self.limit], opened, **PRIVATE)
        self.list.opened(None, None, None, js=SHOW_RUN, **PRIVATE)
        self.replay.click(replay, [self.run], [self.replayed], concurrency_limit=None, **PRIVATE)
        asking = [self.buttons, self.sure]
        self.delete.click(lambda: (gr.update(visible=False), gr.update(visible=True)), None, asking, **PRIVATE)
        self.rather_not.click(lambda: (gr.update(visible=True), gr.update(visible=False)), None, asking, **PRIVATE)
        self.really.click(delete, [self.run, self.search, self.limit], opened, **PRIVATE)
        filled = [fields[name] for name in FIELDS]
        return self.use.click(use, [self.run], [tabs, *filled], **PRIVATE)


def _nothing_open() -> str:
    return f'<div class="empty small"><p>{words.CHOOSE_RUN}</p></div>'


@spoken
def list_runs(web: gr.Request, text: str, current: str, limit: int) -> Any:
    """The runs whose prompt or pipeline holds the text; nothing where something newer was asked meanwhile."""
    is_latest = listings.take_over(web.session_hash or "", lambda: None)
    listing = _listing(text, current, limit)
    return listing if is_latest() else gr.skip()


def _listing(text: str, current: str, limit: int) -> str:
    rows = run_log().recent(limit=limit + 1, text=(text or "").strip())
    return markup.runs(rows[:limit], current, len(rows) > limit, text)


@spoken
def open_run(text: str, limit: int, evt: gr.EventData) -> list[Any]:
    """Show one run."""
    record, folder = run_log().show(str(evt.value))
    run_id = record["run_id"]
    shown, hidden = gr.update(visible=True), gr.update(visible=False)
    return [run_id, markup.details(record, folder), shown, hidden, "", _listing(text, run_id, limit)]


@spoken
def use(run: str) -> list[Any]:
    """Fill the form with a run's photos and settings, and go to it."""
    record, _ = run_log().show(run)
    values = values_of(record)
    gr.Info(words.FILLED, title=words.USE)
    return [gr.update(selected="create"), *(values[name] for name in FIELDS)]


@spoken
def replay(web: gr.Request, run: str) -> Iterator[str]:
    """Make a run again, only to compare it."""
    from ecomgen.replaying import replay as again

    count = len(run_log().show(run)[0]["candidates"])
    job = lane.start(f"{web.session_hash}/replay", lambda report, _: again(run, report=report))
    for view in job.watch():
        yield message(words.REPLAYING, "plain") + results_markup.progress(view, count)
    if job.view.error is not None:
        yield ""
        raise job.view.error
    yield markup.replayed(job.view.result)


@spoken
def delete(run: str, text: str, limit: int) -> list[Any]:
    """Forget a run, with its pictures and the photos that no other run uses."""
    home = settings()
    record, folder = run_log().show(run)
    originals = Originals(home.home / "originals")
    for sha256 in run_log().delete(record["run_id"]):
        originals.forget(sha256)
    if folder.is_relative_to(home.runs_folder):
        shutil.rmtree(folder, ignore_errors=True)
    gr.Info(words.DELETED, title=words.DELETE)
    hidden = gr.update(visible=False)
    return ["", _nothing_open(), hidden, hidden, "", _listing(text, "", limit)]
