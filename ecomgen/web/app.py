"""The app: its tabs, built and launched."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from ecomgen.errors import UsageError
from ecomgen.settings import open_home, settings
from ecomgen.web import api, controls, left_over, locale, theme
from ecomgen.web.create import unsent
from ecomgen.web.create.finished import reuse
from ecomgen.web.create.form import Form
from ecomgen.web.create.product.intake import prompt_for, sample_folders, samples
from ecomgen.web.create.product.looking import leave
from ecomgen.web.create.product.step import ProductStep
from ecomgen.web.create.results import work
from ecomgen.web.create.results.step import ResultsStep
from ecomgen.web.create.setting import presets
from ecomgen.web.create.setting.meaning import meaning
from ecomgen.web.create.setting.step import SceneStep, about, keep_up, leave_place
from ecomgen.web.deciding import review
from ecomgen.web.deciding.events import Deciding
from ecomgen.web.events import PRIVATE, SWIFT
from ecomgen.web.files import VARIABLE, uploads
from ecomgen.web.markup import ASSETS, esc, hint, live
from ecomgen.web.messages import Spoken
from ecomgen.web.people import accounts, retention
from ecomgen.web.people.visitors import Visitors
from ecomgen.web.rest import jobs, webhooks
from ecomgen.web.rest.app import routes as programs
from ecomgen.web.security.answers import MarkedFiles, PagePolicy
from ecomgen.web.security.doors import around
from ecomgen.web.security.request_log import write_lines
from ecomgen.web.tabs import lab
from ecomgen.web.tabs.catalogue import tab as catalogue
from ecomgen.web.tabs.catalogue.tab import CatalogueTab
from ecomgen.web.tabs.history import HistoryTab
from ecomgen.web.tabs.lab import LabTab
from ecomgen.web.tabs.machine import MachineTab

MAX_UPLOAD = "200mb"
PAGE: dict[str, Any] = {"title": "ecomgen", "analytics_enabled": False, "fill_width": True}
BEGINS = {"create": work.begin, "lab": lab.begin, "catalogue": catalogue.begin}  # by the places of the screen
UNCOUNTED = {  # else Gradio sums up all events after each, for a page of statistics that is not served
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
}
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def build() -> Screen:
    """The app, ready to be launched."""
    os.environ.setdefault(VARIABLE, str(uploads()))
    os.environ |= UNCOUNTED
    app = _filled(Screen(**PAGE))
    app.another = lambda: _filled(gr.Blocks(**PAGE))
    return app


def _filled(app: Any) -> Any:
    """The page with everything that stands on it, in the language that is spoken now."""
    with app:
        api.endpoints()  # first, so that no handler of the screen takes one of their names
        controls.markup(_header())
        notice, deciding = _notice(), Deciding()
        with gr.Tabs(selected="create", overflow_behavior="wrap") as tabs:
            with gr.Tab(locale.TAB_CREATE, id="create"):
                product, scene, generate, results = _create()
            with gr.Tab(locale.TAB_LAB, id="lab"):
                lab = LabTab()
            with gr.Tab(locale.TAB_CATALOGUE, id="catalogue") as catalogue_tab:
                catalogue = CatalogueTab()
            with gr.Tab(locale.TAB_HISTORY, id="history") as history_tab:
                history = HistoryTab()
            with gr.Tab(locale.TAB_MACHINE, id="machine") as machine_tab:
                machine = MachineTab()
        form = Form(fields=product.fields | scene.fields, product=product, tabs=tabs)
        product.wire(scene.prompt)
        scene.wire(app, product.product, results.run)
        product.strip.removed(leave_place, [product.photos], [scene.place], **SWIFT)
        scene.own_backdrop.wire(form)
        scene.also.change(lambda also: also, [scene.also], [results.exporting.channels], **SWIFT)
        results.wire(generate, form, product.doubtful)
        history.wire(history_tab, form)
        lab.wire(app, notice, form, history)
        catalogue.wire(app, notice, catalogue_tab, tabs, history)
        for grid in (results.grid, history.details, lab.sheet):
            reuse.wire(grid, form, results)
        reuse.recall(form)
        unsent.wire(form)
        deciding.wire([results.grid, catalogue.table], results, history, history_tab)
        results.placing.wire(form, results)
        results.matching.wire(tabs)
        machine.wire(machine_tab)
        left_over.wire(notice, BEGINS)
        bars = [one.exporting.channels for one in (results, history, history.choice)]
        changes = [app.load, *machine.own_channels.wire(machine_tab)]
        keep_up(changes, scene, [scene.also, catalogue.channels, *bars])
        _first_look(app, form, scene, results, notice)
    return app


def _notice() -> Any:
    """What a restart left over; it hears, too, when somebody comes back to the page."""
    return live("", "again", "dismissed", "returned", script="returned.js", elem_id="left-over")


def _header() -> str:
    here = locale.language()
    others = "".join(
        f'<a class="language" href="?language={code}" hreflang="{code}" lang="{code}">'
        f"{esc(locale.native_name(code))}</a>"
        for code in locale.LANGUAGES
        if code != here
    )
    return (
        f'<header lang="{here}" data-wrong-kind="{esc(locale.WRONG_KIND)}">'
        f"<h1>{esc(locale.TITLE)}</h1>{hint(locale.TAGLINE)}"
        f'<nav aria-label="{esc(locale.LANGUAGE_LABEL)}">{others}</nav>{_log_out()}</header>'
    )


def _log_out() -> str:
    """A button, where people log in."""
    if settings().auth_file is None:
        return ""
    button = f'<button type="submit" class="chip">{esc(locale.LOG_OUT)}</button>'
    return f'<form method="post" action="logout" id="log-out">{button}</form>'


def _create() -> tuple[ProductStep, SceneStep, gr.Button, ResultsStep]:
    with gr.Row(elem_classes=["create"]):
        with gr.Column(scale=5, min_width=320, elem_classes=["controls"]):
            with gr.Column(elem_classes=["sheet"]):
                product = ProductStep()
            with gr.Column(elem_classes=["sheet"]):
                scene = SceneStep(prompt_for(samples()[0]), product.companions.fold)
            generate = gr.Button(locale.GENERATE, variant="primary", size="lg", elem_id="generate", elem_classes=["go"])
        with gr.Column(scale=7, min_width=320, elem_classes=["sheet", "results"]):
            results = ResultsStep()
    return product, scene, generate, results


def _first_look(app: gr.Blocks, form: Form, scene: SceneStep, results: ResultsStep, notice: Any) -> None:
    """What a fresh page shows: the sample that is loaded, or the run that went on while the page was away."""
    form.product.then_look(results.back(app, form, notice))
    app.unload(leave)
    app.load(meaning, [scene.prompt, form.product.product, scene.pipeline], [scene.meaning], **PRIVATE)
    app.load(about, [scene.pipeline], [scene.about], **PRIVATE)


def launch(host: str = "127.0.0.1", port: int | None = None) -> None:
    """Serve the app until it is stopped; the port is the one given, GRADIO_SERVER_PORT, or 7860.

    Raises:
        UsageError: the port cannot be had, or the file of users cannot be used.
    """
    home, port = settings(), _free_port(host, port)
    login = accounts.checker(home.auth_file) if home.auth_file else None
    routes = [*programs(), *review.routes()]
    os.umask(0o077)  # whatever the app writes is its owner's
    open_home()
    served = (home.runs_folder, home.catalogues_folder, home.labs_folder)
    for folder in served:
        folder.mkdir(parents=True, exist_ok=True)
    private_machine = login is None and host in LOOPBACK
    api.take_uploads_only()
    app = build()
    retention.begin()
    webhooks.resume(jobs.lost)
    if settings().log == "json":
        write_lines()
    app.queue(default_concurrency_limit=8).launch(
        server_name=host,
        server_port=port,
        share=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        run_history=False,
        enable_monitoring=False,
        footer_links=["api"],
        quiet=True,
        prevent_thread_lock=True,
        max_file_size=MAX_UPLOAD,
        allowed_paths=[*(str(folder.absolute()) for folder in (*served, presets.PICTURES)), *sample_folders()],
        app_kwargs={"middleware": _middleware(private_machine), "lifespan": around(host, routes)},
        auth=login,  # type: ignore[arg-type]  # Gradio awaits what is a coroutine, but does not say so
        auth_message=theme.login() if login else None,
        favicon_path=ASSETS / "favicon.png",
        theme=theme.theme(),
        css=theme.css(),
        head=theme.head(),
    )
    print(f"ecomgen is open at {app.local_url} until Ctrl-C.", flush=True)
    app.block_thread()


def _middleware(private_machine: bool) -> list[Middleware]:
    policy = Middleware(PagePolicy, scripts=theme.scripts())
    return [Middleware(Visitors, private_machine), policy, Middleware(MarkedFiles)]


def _free_port(host: str, port: int | None) -> int:
    wanted = str(port or os.environ.get("GRADIO_SERVER_PORT") or 7860)
    try:
        with socket.create_server((host, int(wanted))):
            return int(wanted)
    except (OSError, ValueError, OverflowError) as error:
        raise UsageError(
            "Port {port} of {host} cannot be had ({error}): choose another with --port.",
            port=wanted,
            host=host,
            error=error,
        ) from error


class Screen(Spoken):
    """Blocks whose page is sent in the language of the browser.

    The page is built once more for each further language when it is first asked for. Only what its components show is
    taken from that; ids and events stay those of the app that runs.
    """

    another: Callable[[], gr.Blocks]  # builds the same page in the language that is spoken then
    _built: dict[str, Any]
    _lock = threading.Lock()

    @property
    def config(self) -> Any:
        code = locale.spoken_here.get()
        return self._built[locale.USUAL] if code == locale.USUAL else self._translated(code)

    @config.setter
    def config(self, built: Any) -> None:
        """The page is spared what only endpoints have: a browser would build it, and search it at each event."""
        unseen = {one["id"] for one in built["components"] if one["type"] == "api"}
        for page in built["page"].values():
            page["components"] = [number for number in page["components"] if number not in unseen]
            children = page["layout"]["children"]
            page["layout"] = page["layout"] | {"children": [one for one in children if one["id"] not in unseen]}
        self._built = {locale.USUAL: built}

    def _translated(self, code: str) -> Any:
        with self._lock:
            if code not in self._built:
                usual = self._built[locale.USUAL]
                theirs: Any = self.another().config
                self._built[code] = {**usual, "components": _shown(usual["components"], theirs["components"])}
            return self._built[code]


def _shown(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Our components with the texts of theirs: both pages are built alike, in the same order."""
    return [our | {"props": their["props"]} for our, their in zip(ours, theirs, strict=True)]
