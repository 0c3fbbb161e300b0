"""A finished picture as a clip: what moves and how long is chosen below the pictures, and the clip is shown there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen.errors import UsageError
from ecomgen.record import CandidateEntry, RunRecord
from ecomgen.request import ClipOptions
from ecomgen.types import Move
from ecomgen.web import controls, locale
from ecomgen.web.create.results.export import told_on_button
from ecomgen.web.events import LONG, PRIVATE
from ecomgen.web.jobs.scheduler import Job, lane
from ecomgen.web.markup import chip, esc, hint, saving
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import Person, person, picture_of
from ecomgen.web.pictures import picture_url
from ecomgen.workflows.clip import Clip, filmed, refusal

SHORTEST, LONGEST = 2, 12  # seconds
EVENT = "filmed"  # of cards; its value is RUN:SEED

INTO_VIEW = "document.querySelector('#filming').scrollIntoView({behavior: 'smooth', block: 'center'})"
SHOW_PANEL = f"() => setTimeout(() => {INTO_VIEW}, 100)"  # once it is shown


class Filming:
    """The panel; hidden until a picture is chosen."""

    def __init__(self) -> None:
        self.picture = gr.State("")
        with gr.Column(visible=False, elem_id="filming") as self.panel:
            with gr.Row(elem_classes=["film"]):
                self.move = controls.one_of(locale.MOVES, locale.FILM_MOVE, None, "film-move", min_width=220)
                reach, own = (SHORTEST, LONGEST, 1), {"value": 6, "buttons": None}
                self.seconds = controls.slider(reach, locale.FILM_SECONDS, None, "film-seconds", **own)
                self.button = gr.Button(locale.FILM_MAKE, variant="primary", elem_id="film", min_width=170)
            self.shown = controls.markup(name="film-shown")

    def opens(self, grid: Any, tabs: gr.Tabs) -> None:
        """Let the cards of a grid open the panel, on the first tab."""
        opened_ = grid.filmed(opened, None, [tabs, self.picture, self.panel, self.shown], **PRIVATE)
        opened_.success(None, None, None, js=SHOW_PANEL, **PRIVATE)

    def wire(self, run: gr.State, job: gr.State, stop: gr.Button, progress: gr.HTML) -> None:
        """Make the clip; it can be stopped as a run can. Once another `run` is shown the panel goes."""
        run.change(left, [run, self.picture], [self.panel], **PRIVATE)
        asked, filled = [self.picture, self.move, self.seconds], [job, stop, progress, self.button, self.shown]
        self.button.click(make, asked, filled, **LONG)


def opener(record: RunRecord, entry: CandidateEntry) -> str:
    """The button on a picture that opens the panel; none where it cannot be moved."""
    if refusal(record):
        return ""
    title, hint = locale.FILMING
    return chip(title, EVENT, f"{record.run_id}:{entry.seed}", title=hint)


@spoken
def opened(web: gr.Request, evt: gr.EventData) -> tuple[Any, ...]:
    """The panel for the picture RUN:SEED."""
    record, _, seed = picture_of(person(web), str(evt.value))
    named = hint(locale.PICTURE.format(number=record.of_seed(seed).index + 1, seed=seed))
    return gr.update(selected="create"), str(evt.value), gr.update(visible=True), named


@spoken
def left(web: gr.Request, run: str, picture: str) -> Any:
    """The panel goes with the run of its picture, unless a clip is being made."""
    job = lane.current(person(web).name, "clip")
    at_work = job is not None and not job.view.ended
    return gr.skip() if at_work or picture.startswith(f"{run}:") else gr.update(visible=False)


@spoken
def make(web: gr.Request, picture: str, move: Move, seconds: float) -> Iterator[tuple[Any, ...]]:
    """Make the clip, telling on the button how far it is.

    Fills the job that can be stopped, the stop button, the progress, the button that was pressed, and what is shown.
    """
    who = person(web)
    record, folder, seed = picture_of(who, picture)
    job = begin_filming(who, record, folder, ClipOptions(move=move, seconds=seconds, seed=seed))
    yield from told_on_button(job, locale.FILM_MAKE, locale.FILM_BUSY, shown, gr.skip())


def begin_filming(who: Person, record: RunRecord, folder: Path, options: ClipOptions, out: Path | None = None) -> Job:
    """Have a clip made in its turn, as `clip.filmed` makes it.

    Raises:
        UsageError: no picture of the run can be moved.
    """
    if sentence := refusal(record):
        raise UsageError(sentence)
    return lane.start(who.name, "clip", lambda report, _: filmed(record, folder, options, out=out, report=report))


def shown(clip: Clip) -> str:
    """The clip, playing, with its files to be saved."""
    files = ((locale.FILM_SAVE, clip.file), (locale.FILM_LOOP, clip.loop))
    links = "".join(saving(picture_url(file), file.name, title) for title, file in files)
    told = " ".join(locale.translated(one) for one in clip.told)
    return (
        f'<video src="{esc(picture_url(clip.file))}" controls autoplay loop muted playsinline'
        f' aria-label="{esc(locale.FILMING[0])}"></video>'
        f'<div class="next">{links}</div>{hint(told)}'
    )
