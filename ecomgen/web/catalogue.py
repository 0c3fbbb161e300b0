"""The catalogue: a table or a zip of products is checked, made one by one, stopped, and gone on with later."""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from ecomgen import channels
from ecomgen.errors import Cancelled, UsageError
from ecomgen.settings import settings
from ecomgen.web import catalogue_markup as markup
from ecomgen.web import words
from ecomgen.web.lane import Job, lane
from ecomgen.web.markup import message
from ecomgen.web.results import CLICK_DOWNLOAD, upload_folder
from ecomgen.web.saying import spoken
from ecomgen.web.wiring import PRIVATE, SWIFT

if TYPE_CHECKING:
    from ecomgen.catalogue import Catalogue, Outcome

DONE_DOWNLOAD = CLICK_DOWNLOAD.replace("zip-file", "catalogue-file")


class CatalogueTab:
    """The components of the tab. `folder` holds the catalogue that is open."""

    def __init__(self) -> None:
        self.folder = gr.State("")
        with gr.Row(elem_classes=["history"]):
            with gr.Column(scale=4, min_width=320, elem_classes=["sheet"]):
                gr.HTML(f'<p class="hint">{words.CATALOGUE_HINT}</p>', apply_default_css=False)
                self.drop = gr.File(
                    file_count="multiple",
                    label=words.CATALOGUE_DROP,
                    height=64,
                    elem_id="catalogue-drop",
                    elem_classes=["drop"],
                )
                self.prompt = gr.Textbox(
                    label=words.PROMPT, info=words.CATALOGUE_DEFAULT, lines=2, elem_id="catalogue-prompt"
                )
                self.channels = gr.Dropdown(
                    [(one.title, one.name) for one in channels.every()],
                    label=words.CHANNELS,
                    info=words.CATALOGUE_DEFAULT,
                    multiselect=True,
                    elem_id="catalogue-channels",
                )
                self.count = gr.Slider(1, 12, value=4, step=1, label=words.COUNT, buttons=[])
                self.earlier = gr.Dropdown([], label=words.CATALOGUE_EARLIER, elem_id="catalogue-earlier")
            with gr.Column(scale=7, min_width=320, elem_classes=["sheet", "run-sheet"]):
                with gr.Row(visible=False, elem_classes=["run-buttons"]) as self.buttons:
                    self.start = gr.Button(words.CATALOGUE_START, variant="primary", elem_id="catalogue-start")
                    self.stop = gr.Button(words.CANCEL, elem_id="catalogue-stop", visible=False)
                    self.download = gr.Button(words.CATALOGUE_DOWNLOAD, elem_id="catalogue-download", visible=False)
                self.progress = gr.HTML("", apply_default_css=False)
                self.table = gr.HTML(markup.empty(), apply_default_css=False, elem_id="catalogue-table")
        self.file = gr.DownloadButton("zip", visible="hidden", elem_id="catalogue-file")

    def wire(self, tab: gr.Tab) -> None:
        """Connect the events."""
        defaults = [self.prompt, self.channels, self.count]
        opened = [self.folder, self.table, self.buttons, self.download, self.progress]
        shown = [self.progress, self.table, self.start, self.stop, self.download]
        tab.select(earlier, None, [self.earlier], **PRIVATE)
        self.drop.upload(take_in, [self.drop, *defaults], opened, **PRIVATE)
        for change in (self.prompt.blur, self.channels.change, self.count.release):
            change(look_again, [self.folder, *defaults], opened, **PRIVATE)
        self.earlier.input(look_again, [self.earlier, *defaults], opened, **PRIVATE)
        self.start.click(make, [self.folder, *defaults], shown, concurrency_limit=None, **PRIVATE)
        self.stop.click(stop, None, [self.progress], **SWIFT)
        self.download.click(pack, [self.folder], [self.file], **PRIVATE).success(
            None, None, None, js=DONE_DOWNLOAD, **PRIVATE
        )


def earlier() -> Any:
    """The catalogues of this machine, newest first."""
    home = settings().catalogues_folder
    found = sorted((place.name for place in home.iterdir() if place.is_dir()), reverse=True) if home.is_dir() else []
    return gr.update(choices=found, value=None)


@spoken
def take_in(files: list[str] | None, prompt: str, wanted: list[str], count: int) -> list[Any]:
    """Keep what was dropped in a folder of its own, and tell what it holds."""
    sources = [Path(file) for file in files or []]
    lists = [file for file in sources if file.suffix.lower() in (".csv", ".zip")]
    if len(lists) != 1:
        raise UsageError(words.CATALOGUE_ONE)
    stem = re.sub(r"[^\w-]+", "-", lists[0].stem).strip("-")[:40] or "catalogue"
    folder = settings().catalogues_folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{stem}"
    (folder / "source").mkdir(parents=True)
    for file in sources:
        shutil.copy(file, folder / "source" / file.name)
    return look_again(folder.name, prompt, wanted, count)


@spoken
def look_again(name: str, prompt: str, wanted: list[str] | None, count: int) -> list[Any]:
    """What would be made of an open catalogue, and what is wrong with it."""
    if not name:
        return [gr.skip()] * 5
    catalogue = _read(name, prompt, wanted or [], count)
    packed = gr.update(visible=(_folder(name) / "report.csv").exists())
    return [name, markup.plan(catalogue), gr.update(visible=True), packed, ""]


@spoken
def make(web: gr.Request, name: str, prompt: str, wanted: list[str] | None, count: int) -> Iterator[list[Any]]:
    """Make what is not made yet, telling of each product as it is finished."""
    catalogue = _read(name, prompt, wanted or [], count)
    outcomes: dict[str, Outcome] = {}
    known = threading.Lock()

    def heard(outcome: Outcome) -> None:
        with known:
            outcomes[outcome.name] = outcome

    job = lane.start(_owner(web), _work(catalogue, _folder(name), heard))
    for view in job.watch():
        with known:
            so_far = dict(outcomes)
        table = markup.plan(catalogue, so_far)
        yield [markup.progress(view, len(so_far), len(catalogue.items)), table, *_buttons(working=not view.ended)]
    yield _ended(job, catalogue, outcomes)


def _work(catalogue: Catalogue, folder: Path, heard: Any) -> Any:
    from ecomgen.catalogue import run

    return lambda report, _: run(catalogue.items, folder, report=report, on_outcome=heard)


def _ended(job: Job, catalogue: Catalogue, outcomes: dict[str, Outcome]) -> list[Any]:
    error = job.view.error
    if error is not None and not isinstance(error, Cancelled):
        raise error
    said = message(words.CATALOGUE_STOPPED if error else markup.summary(catalogue, outcomes), "plain")
    return [said, markup.plan(catalogue, outcomes), *_buttons(working=False)]


def stop(web: gr.Request) -> str:
    """Stop this browser's catalogue after the product that is being made."""
    lane.cancel(_owner(web))
    return message(words.CATALOGUE_STOPPING, "plain")


@spoken
def pack(name: str) -> str:
    """Every finished picture and the report as one zip."""
    folder = _folder(name)
    target = Path(tempfile.mkdtemp(prefix="catalogue-", dir=upload_folder())) / f"{name}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in (*sorted((folder / "pictures").glob("*")), folder / "report.csv"):
            archive.write(file, file.relative_to(folder))
    return str(target)


def _buttons(*, working: bool) -> tuple[Any, Any, Any]:
    shown, hidden = gr.update(visible=True), gr.update(visible=False)
    return (hidden, shown, hidden) if working else (shown, hidden, shown)


def _owner(web: gr.Request) -> str:
    return f"{web.session_hash}/catalogue"


def _folder(name: str) -> Path:
    """The catalogue's folder; a name from the browser leads nowhere else."""
    home = settings().catalogues_folder
    folder = home / Path(name).name
    if not name or not folder.is_dir():
        raise UsageError(words.CATALOGUE_GONE)
    return folder


def _read(name: str, prompt: str, wanted: list[str], count: int) -> Catalogue:
    from ecomgen.catalogue import read

    folder = _folder(name)
    (source,) = (file for file in (folder / "source").iterdir() if file.suffix.lower() in (".csv", ".zip"))
    given = {"prompt": (prompt or "").strip(), "channels": ";".join(wanted), "count": str(int(count))}
    return read(source, folder / "unpacked", {name: text for name, text in given.items() if text}, enclosed=True)
