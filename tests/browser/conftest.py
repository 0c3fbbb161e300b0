"""The real app as a server of its own, the system's Chromium, and a proxy that hears of every call to the outside."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser.serving import Listener, Served
from PIL import Image
from tiny_models import write_recipe

from ecomgen import system

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, system.CHROMIUM)), None)
INSTALL = system.line("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
HEAR = "addEventListener('securitypolicyviolation', event => console.error('REFUSED ' + event.violatedDirective))"
START = 150  # seconds that a busy machine may take to start the app, or to end it
PATIENCE = 150_000  # milliseconds that a busy machine may take for a picture


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say which tests were left out, also where reasons of skips are not shown."""
    left_out = [
        report.nodeid for report in terminalreporter.stats.get("skipped", []) if "tests/browser" in report.nodeid
    ]
    if left_out and not CHROMIUM:
        terminalreporter.write_line(f"Left out, for want of Chromium: {', '.join(left_out)}. To install it: {INSTALL}")


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app with a home of its own, as it starts on somebody's laptop who sends links to reviewers, and has a recipe
    of their own, whose weights are not there yet, and a channel of their own, whose pictures are small."""
    home = tmp_path_factory.mktemp("app-home")
    (home / "channels.toml").write_text('[stamp]\ntitle = "Our stamps"\nwidth = 96\nheight = 128\n', "utf-8")
    recipes = write_recipe(home / "pipelines", "tiny", home / "tiny", "inpaint").parent
    with running(home, ECOMGEN_REVIEW_SECRET="a secret of sixteen", ECOMGEN_PIPELINES=str(recipes)) as app:
        yield app


@contextmanager
def running(home: Path, **more: str) -> Iterator[Served]:
    """The app on a free port; whatever it sends to the outside ends in the listener. `more` is for its environment."""
    listener = Listener(socket.create_server(("127.0.0.1", 0)))
    threading.Thread(target=listener.listen, daemon=True).start()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), listener.url)
    local = {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}
    own = {"ECOMGEN_HOME": str(home), "ECOMGEN_WEIGHTS": str(home / "weights"), "GRADIO_SERVER_PORT": str(port)}
    environment = {**os.environ, **proxies, **local, **own, **more}
    for name in ("GRADIO_ANALYTICS_ENABLED", "HF_HUB_OFFLINE", "GRADIO_TEMP_DIR"):
        environment.pop(name, None)
    output = (home / "server.txt").open("w+")
    process = subprocess.Popen([sys.executable, str(ROOT / "app.py")], env=environment, stdout=output, stderr=output)
    try:
        url = f"http://127.0.0.1:{port}/"
        _wait_for(url, process, home / "server.txt")
        yield Served(url=url, home=home, listener=listener)
    finally:
        process.terminate()
        process.wait(START)
        output.close()
        listener.socket.close()


def _wait_for(url: str, process: subprocess.Popen[bytes], output: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        try:
            with opener.open(url, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"The app did not start:\n{output.read_text()}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """The system's Chromium, headless."""
    if not CHROMIUM:
        pytest.skip(f"there is no Chromium on this machine: {INSTALL}")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), timeout=PATIENCE)
        yield chromium
        chromium.close()


CALM: Any = {"reduced_motion": "reduce", "accept_downloads": True}  # drawing what moves costs more than the app itself


@pytest.fixture(scope="package")
def returning(browser: Any) -> Iterator[Any]:
    """A browser that has loaded the app's files before: from test to test it keeps these, and nothing else."""
    context = browser.new_context(**CALM)
    yield context
    context.close()


@pytest.fixture
def open_page(browser: Any, returning: Any, served: Served) -> Iterator[Any]:
    """Opens the app at a given width; a test's first page in a browser that has its files, further ones and those with
    options in one of their own. The test fails on a request to another host and on an error of the page."""
    contexts, foreign, broken = [], [], []
    returning.clear_cookies()

    def listen(request: Any) -> None:
        if not request.url.startswith((served.url, "data:", "blob:")):
            foreign.append(request.url)

    def opened(width: int = 1440, height: int = 900, path: str = "", **options: Any) -> Any:
        context = browser.new_context(**CALM, **options) if options or returning.pages else returning
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on("request", listen)
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(served.url + path)
        page.wait_for_selector("#generate")
        return page

    yield opened
    for page in returning.pages:
        page.evaluate("localStorage.clear()")
        page.close()
    for context in contexts:
        if context is not returning:
            context.close()
    assert foreign == []
    assert broken == []


@pytest.fixture
def heard(browser: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page of a fresh browser, and what its console said of refusals and errors."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page, said = context.new_page(), []
    page.add_init_script(HEAR)
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    yield page, said
    context.close()


@pytest.fixture(scope="session")
def cut_photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample product as a small PNG with its exact transparency: its mask costs nothing."""
    from ecomgen.samples import get

    sample = get("mug")
    rgb = Image.open(sample.photos[0]).convert("RGB")
    matte = Image.open(sample.mattes[0]).convert("L").resize(rgb.size)
    rgba = Image.fromarray(np.dstack([np.asarray(rgb), np.asarray(matte)]))
    path = tmp_path_factory.mktemp("photos") / "mug & <cup>.png"
    rgba.resize((384, round(384 * rgb.height / rgb.width))).save(path)
    return path


@pytest.fixture(scope="session")
def plain_photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample photo as a small JPEG, as a camera would give it."""
    from ecomgen.samples import get

    path = tmp_path_factory.mktemp("photos") / "mug.jpg"
    picture = Image.open(get("mug").photos[0]).convert("RGB")
    picture.thumbnail((320, 320))
    picture.save(path, quality=92)
    return path
