"""The catalogue: a table or a zip of products is checked, made one by one, stopped, and gone on with later."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen.errors import UsageError
from ecomgen.options.reading import read_heights
from ecomgen.runlog import Decision, run_log
from ecomgen.settings import settings
from ecomgen.types import Report
from ecomgen.web import controls, locale, titles
from ecomgen.web.create.setting import own_looks
from ecomgen.web.create.setting.step import channel_choices
from ecomgen.web.deciding.events import EVENT
from ecomgen.web.events import LONG, PRIVATE, filling, hidden_button, stops, then_saved, watching_again
from ecomgen.web.files import zipped
from ecomgen.web.jobs.backlog import Asked
from ecomgen.web.jobs.scheduler import Job, lane
from ecomgen.web.markup import esc, hint, live, message
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import Person, may_see, person
from ecomgen.web.tabs.catalogue import cutouts, dropped, markup
from ecomgen.web.tabs.catalogue.cutouts import CutOutsStep
from ecomgen.web.tabs.catalogue.folder import HEIGHTS, catalogue_of, folder_of, form_of, fresh, keep
from ecomgen.web.tabs.catalogue.making import COUNT, Chosen, Cutting, Making
from ecomgen.web.titles import STAMP

FILE = "catalogue-file"
CHOSEN = ("prompt", "look", "channels", "count")
OPENED = ("folder", "table", "buttons", "start", "download", "progress")
SHOWN = ("folder", "job", "progress", "table", "cutouts", "buttons", "start", "cut", "stop", "download")
KEPT = ("prompt", "look", "wanted", "count")  # what it holds of what is chosen


class CatalogueTab:
    """The components of the tab. `folder` holds the catalogue that is open."""

    def __init__(self) -> None:
        self.folder = gr.State("")
        self.job = gr.State(None)
        with gr.Row(elem_classes=["history"]):
            with gr.Column(scale=4, min_width=320, elem_classes=["sheet"]):
                controls.markup(hint(locale.CATALOGUE_HINT))
                any_file: dict[str, Any] = {"file_count": "multiple", "file_types": None}
                self.drop = controls.drop(locale.CATALOGUE_DROP, "catalogue-drop", **any_file)
                unsaid = locale.CATALOGUE_DEFAULT
                self.prompt = controls.text(locale.PROMPT, unsaid, "catalogue-prompt", lines=2)
                self.look = controls.one_of(own_looks.choices(), locale.LOOK, locale.LOOK_HINT, "catalogue-look")
                self.tiles = live(own_looks.shipped(""), "looked", elem_id="catalogue-looks")
                self.channels = controls.several_of(channel_choices(), locale.CHANNELS, unsaid, "catalogue-channels")
                self.count = controls.slider((1, 12, 1), locale.OPTIONS["count"], value=COUNT)
                self.earlier = controls.one_of([], locale.CATALOGUE_EARLIER, None, "catalogue-earlier", visible=False)
            with gr.Column(scale=7, min_width=320, elem_classes=["sheet", "run-sheet"]):
                with gr.Row(visible=False, elem_classes=["run-buttons"]) as self.buttons:
                    self.start = gr.Button(locale.CATALOGUE_START, variant="primary", elem_id="catalogue-start")
                    self.cut = gr.Button(locale.CUTOUTS_START, elem_id="catalogue-cut")
                    self.stop = gr.Button(locale.CANCEL, elem_id="catalogue-stop", visible=False)
                    self.download = gr.Button(locale.CATALOGUE_DOWNLOAD, elem_id="catalogue-download", visible=False)
                    self.approved = gr.Checkbox(
                        label=locale.EXPORT_APPROVED, elem_id="catalogue-approved", elem_classes=["approved"]
                    )
                self.progress = controls.markup()
                self.cutouts = CutOutsStep()
                self.table = live(
                    markup.empty(), "opened", "sized", EVENT, script="others.js", elem_id="catalogue-table"
                )
        self.file = hidden_button(FILE)

    def wire(self, app: gr.Blocks, notice: Any, tab: gr.Tab, tabs: gr.Tabs, history: Any) -> None:
        """Connect the events; a product that is clicked opens its run in the history."""
        defaults, opened = ([getattr(self, name) for name in names] for names in (CHOSEN, OPENED))
        shown = [self.cutouts.all if name == "cutouts" else getattr(self, name) for name in SHOWN]
        tab.select(known, None, [self.earlier, self.look], **PRIVATE)
        self.folder.change(listed, None, [self.earlier], **PRIVATE)
        taken = self.drop.upload(take_in, [self.folder, self.drop, *defaults], [*opened, self.drop], **PRIVATE)
        taken.failure(lambda: None, None, [self.drop], **PRIVATE)  # what was refused does not stay
        self.cutouts.shows_after(taken, self.folder, self.cut)  # what joins the open one is not cut out yet
        for change in (self.prompt.blur, self.look.input, self.channels.change, self.count.change):
            change(look_again, [self.folder, *defaults], opened, **PRIVATE)
        self.table.sized(size, [self.folder, *defaults], opened, trigger_mode="multiple", **PRIVATE)
        self.look.change(own_looks.shipped, [self.look], [self.tiles], **PRIVATE)
        self.tiles.looked(take_look, [self.look], [self.look], **PRIVATE).then(
            look_again, [self.folder, *defaults], opened, **PRIVATE
        )
        self.earlier.input(open_earlier, [self.earlier], [*defaults, *opened], **PRIVATE)
        self.start.click(make, [self.folder, *defaults], shown, **LONG)
        self.cut.click(cut_out, [self.folder, *defaults], shown, **LONG)
        self.cutouts.wire(self.folder, self.cut).then(look_again, [self.folder, *defaults], opened, **PRIVATE)
        left = [*defaults, *shown]
        for seen in (app.load, notice.returned):
            seen(watching_again("catalogue", _as_left), [self.job, self.folder], left, **LONG)
        stops(self.stop, self.job, self.progress, lambda: message(locale.CATALOGUE_STOPPING, "plain"))
        then_saved(self.download.click(pack, [self.folder, self.approved], [self.file], **PRIVATE), FILE)
        history.opens(self.table.opened, tabs)


def known(web: gr.Request) -> tuple[Any, Any]:
    """The catalogues of whoever asks, of which none is chosen, and the looks there are."""
    return listed(web) | {"value": None}, gr.update(choices=own_looks.choices())


def listed(web: gr.Request) -> Any:
    """The catalogues of whoever asks, if there are any; the one that is chosen stays so."""
    found = _earlier(person(web))
    return gr.update(choices=found, visible=bool(found))


def _earlier(who: Person) -> list[tuple[str, str]]:
    """Somebody's catalogues, newest first."""
    home = settings().catalogues_folder
    places = [place for place in home.iterdir() if place.is_dir() and may_see(who, place)] if home.is_dir() else []
    found = sorted(places, key=lambda place: place.name, reverse=True)
    return [(_titled(place), place.name) for place in found]


def _titled(folder: Path) -> str:
    """What was dropped, when, and how much of it is made."""
    made = ""
    with suppress(OSError, ValueError, KeyError):
        report = json.loads((folder / "report.json").read_text("utf-8"))
        done = sum(one["status"] != "failed" for one in report["items"])
        made = locale.CATALOGUE_MADE.format(done=done, total=report["total"])
    with suppress(ValueError):  # a folder that somebody laid there has a name of its own
        when = locale.moment(datetime.strptime(folder.name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC))
        return ", ".join(filter(None, (titles.of_catalogue(folder), when, made)))
    return folder.name


def _chosen(folder: Path) -> Chosen:
    """What was chosen for a catalogue."""
    form = form_of(folder)
    return Chosen.of(*(form.get(name) for name in KEPT))


@spoken
def take_in(web: gr.Request, opened: str, files: list[str] | None, *chosen: Any) -> list[Any]:
    """Keep what was dropped, with the open catalogue where it belongs to that, and tell what it holds."""
    who = person(web)
    folder, file = dropped.keep(who, at_rest(who, opened) if opened else None, [*map(Path, files or [])])
    keep(folder, {"file": file})
    if opened and folder.name != opened:
        gr.Info(locale.CATALOGUE_KEPT)
    return filling((*OPENED, "drop"), _opened(web, folder.name, *chosen) | {"drop": None})


def at_rest(who: Person, name: str) -> Path | None:
    """A catalogue of which nothing is in work; None where it is gone, or is not theirs."""
    job = lane.current(who.name, "catalogue")
    in_work = job is not None and not job.view.ended and job.requested.folder.name == name
    with suppress(UsageError):
        return None if in_work else folder_of(who, name)
    return None


def take_look(chosen: str, evt: gr.EventData) -> str:
    """The look that was clicked; clicked again, none."""
    return "" if evt.value == chosen else str(evt.value)


@spoken
def open_earlier(web: gr.Request, name: str | None) -> Any:
    """An earlier catalogue with what was chosen for it, so that it can go on; nothing where the list was only left."""
    if not name:
        return gr.skip()
    chosen = _chosen(folder_of(person(web), name))
    return filling((*CHOSEN, *OPENED), _shown_again(chosen) | _opened(web, name, *chosen))


def _shown_again(chosen: Chosen) -> dict[str, Any]:
    """In the form, where a look that is gone leaves nothing chosen."""
    gone = chosen.look not in {name for _, name in own_looks.choices()}
    look = "" if gone else chosen.look
    return {"prompt": chosen.prompt, "look": look, "channels": list(chosen.channels), "count": chosen.pictures}


@spoken
def look_again(web: gr.Request, name: str, *chosen: Any) -> list[Any]:
    """What would be made of an open catalogue, and what is wrong with it: nothing of it where work on it goes on."""
    return filling(OPENED, _opened(web, name, *chosen) if name else {})


@spoken
def size(web: gr.Request, evt: gr.EventData, name: str, *chosen: Any) -> list[Any]:
    """How high a product is in truth; what is no height is told, and not taken."""
    folder, (product, _, height) = folder_of(person(web), name), str(evt.value).split(":", 2)
    read_heights(height)
    before = form_of(folder).get(HEIGHTS, {})
    keep(folder, {HEIGHTS: before | {product: height}})  # at once, for *Make* may follow right away
    try:
        items = catalogue_of(folder, Chosen.of(*chosen).as_columns()).items
        _ = [item.request for item in items if item.product == product]
    except UsageError:
        keep(folder, {HEIGHTS: before})
        raise
    return filling(OPENED, _opened(web, name, *chosen))


def _opened(web: gr.Request, name: str, *chosen: Any) -> dict[str, Any]:
    who, wanted = person(web), Chosen.of(*chosen)
    folder, before = folder_of(who, name), lane.current(who.name, "catalogue")
    keep(folder, dict(zip(KEPT, wanted, strict=True)))
    making = _made_so_far(folder, wanted)
    told = {"folder": name, "table": making.table(), "buttons": gr.update(visible=True), "progress": ""}
    told |= {"start": _to_begin(making), "download": _to_fetch(making)}
    job = lane.current(who.name, "catalogue")  # a press on *Make* leaves the field: both are answered at once
    in_work = job is not None and job.requested.folder == folder and (job is not before or not job.view.ended)
    return {} if in_work else told


def _made_so_far(folder: Path, chosen: Chosen) -> Making:
    """A catalogue with what is finished of it."""
    from ecomgen.catalogue.journal import Journal

    making, journal = Making(folder, catalogue_of(folder, chosen.as_columns())), Journal(folder)
    for item in making.catalogue.items:
        if (outcome := journal.finished(item)) is not None:
            making.record(outcome)
    return making


def _to_begin(making: Making) -> Any:
    """The button with which a catalogue is made, goes on, or is made once more where nothing is left to make."""
    if making.is_made:
        return gr.update(value=locale.CATALOGUE_AGAIN, visible=True, variant="secondary")
    title = locale.CATALOGUE_GO_ON if making.so_far else locale.CATALOGUE_START
    return gr.update(value=title, visible=True, variant="primary")


def _to_fetch(making: Making) -> Any:
    """The button that saves the pictures where there are any, the first to press once all are made."""
    pictures = any(one.pictures for one in making.so_far.values())
    is_there = pictures and (making.folder / "report.csv").exists()
    return gr.update(visible=is_there, variant="primary" if making.is_whole else "secondary")


@spoken
def make(web: gr.Request, name: str, *chosen: Any) -> Iterator[list[Any]]:
    """Make what is not made yet, or all once more, telling of each product as it is finished."""
    job = begin(person(web), {"name": name, "chosen": chosen})
    if job.requested.folder.name != name:
        gr.Info(locale.CATALOGUE_KEPT)
    yield from _watched(job)


def begin(who: Person, values: Mapping[str, Any]) -> Job:
    """Have an open catalogue made: its `name`, and what the form says, `chosen`.

    Raises:
        UsageError: it is gone, or nothing of it can be made.
    """
    from ecomgen.catalogue import run

    name, chosen = values["name"], Chosen.of(*values["chosen"])
    folder = folder_of(who, name)
    if _made_so_far(folder, chosen).is_made:
        folder = _once_more(who, folder)
    keep(folder, dict(zip(KEPT, chosen, strict=True)))
    making = Making(folder, catalogue_of(folder, chosen.as_columns()))
    items = making.catalogue.items
    if making.catalogue.problems and making.catalogue.problems == items:
        raise UsageError(items[0].problem)

    def work(report: Report, _: Any) -> Any:
        return run(items, folder, report=report, on_outcome=making.record)

    asked = Asked(title=folder.name, values={**values, "name": folder.name})
    return lane.start(who.name, "catalogue", work, making, asked)


def _once_more(who: Person, folder: Path) -> Path:
    """The same catalogue in another folder, with its cut-outs as they are: what is made stays as it is."""
    from ecomgen.catalogue.cutouts import FOLDER, carry_over

    another = fresh(who, folder.name[STAMP:] or folder.name)
    for part in ("source", FOLDER):
        if (folder / part).is_dir():
            shutil.copytree(folder / part, another / part, dirs_exist_ok=True)
    if (folder / FOLDER).is_dir():
        carry_over(cutouts.seen(folder), cutouts.seen(another).items, another)
    keep(another, form_of(folder))
    return another


@spoken
def cut_out(web: gr.Request, name: str, *chosen: Any) -> Iterator[list[Any]]:
    """Cut out what is not cut out yet, showing each as it is finished."""
    from ecomgen.catalogue import run
    from ecomgen.catalogue.cutouts import FOLDER, cut

    who, wanted = person(web), Chosen.of(*chosen)
    folder = folder_of(who, name)
    keep(folder, dict(zip(KEPT, wanted, strict=True)))
    cutting = Cutting(_made_so_far(folder, wanted), cutouts.seen(folder))

    def work(report: Report, _: Any) -> Any:
        return run(cutting.cut.items, folder / FOLDER, work=cut, report=report, on_outcome=cutting.cut.record)

    yield from _watched(lane.start(who.name, "catalogue", work, cutting, is_short=True))


def _as_left(job: Job) -> Iterator[list[Any]]:
    """What was chosen for a catalogue, and how far it is."""
    form = _shown_again(_chosen(job.requested.folder))
    for told in _told(job):
        yield filling((*CHOSEN, *SHOWN), form | told)
        form = {}  # from now on it holds what is typed


def _watched(job: Job) -> Iterator[list[Any]]:
    return (filling(SHOWN, told) for told in _told(job))


def _told(job: Job) -> Iterator[dict[str, Any]]:
    making: Making = job.requested
    for view in job.watch():
        yield _shown(job, making, making.progress(view), working=not view.ended)
    if isinstance(making, Cutting):  # what is to be made of them may have been chosen anew meanwhile
        making = Cutting(_made_so_far(making.folder, _chosen(making.folder)), making.cut)
    yield _shown(job, making, making.ended(job.view.error), working=False)


def _shown(job: Job, making: Making, state: str, *, working: bool) -> dict[str, Any]:
    shown, hidden = gr.update(visible=True), gr.update(visible=False)
    at_rest = {"start": _to_begin(making), "cut": gr.update(visible=not making.is_cut_out), "stop": hidden}
    at_rest |= {"download": _to_fetch(making)}
    at_work = {"start": hidden, "cut": hidden, "stop": shown, "download": hidden}
    return {
        "folder": making.folder.name,
        "job": job,
        "progress": state,
        "table": making.table(working=working and making.makes_pictures and job.view.started is not None),
        **({"cutouts": making.cutouts(working=working)} if isinstance(making, Cutting) else {}),
        "buttons": shown,
        **(at_work if working else at_rest),
    }


@spoken
def pack(web: gr.Request, name: str, only_approved: bool) -> str:
    """Every finished picture, or every one that people approved, and the report as one zip.

    Raises:
        UsageError: nothing is approved.
    """
    folder = folder_of(person(web), name)
    files = _finished(folder, only_approved=only_approved)
    if not files:
        raise UsageError(locale.CATALOGUE_UNAPPROVED)
    held = (*files, folder / "report.csv")
    return str(zipped("catalogue", f"{name}.zip", {str(file.relative_to(folder)): file for file in held}))


def _finished(folder: Path, *, only_approved: bool) -> list[Path]:
    """The finished pictures that nobody rejected; of a doubtful cut-out, or where only these are wanted, those that are
    approved."""
    making, log, found, held_back = _made_so_far(folder, _chosen(folder)), run_log(), [], 0
    pairs = [(item, one) for item in making.catalogue.items if (one := making.so_far.get(item.name))]
    for item, one in pairs:
        decided = log.decisions(one.run_id)
        unsure = only_approved or markup.is_doubtful(item, one)
        for index, file in markup.pictured(one, folder):
            verdict = decided.get(index, Decision()).verdict
            if verdict == "approved" or not (verdict or unsure):
                found.append(folder / file)
            held_back += unsure and not (verdict or only_approved)
    if held_back:
        gr.Warning(esc(locale.CATALOGUE_HELD_BACK.format(count=held_back)), duration=12)
    return found
