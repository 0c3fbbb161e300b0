"""Makes the app's pictures of itself: `python docs/screens.py`. Needs Chromium and the test extra's Playwright."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
PROMPT = "by the pool in summer"
DESK, PHONE = (1440, 900), (390, 844)
PATIENCE = 600_000  # milliseconds


def main() -> None:
    with serving() as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        photographed(chromium, url, "app", DESK, theme="light", begun=True)
        photographed(chromium, url, "app-dark", DESK, theme="dark", begun=True)
        photographed(chromium, url, "app-phone", PHONE, theme="light", begun=False)
        edited(chromium, url, "app-editor")


@contextmanager
def serving() -> Iterator[str]:
    """The app with an empty home of its own; its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        own = {"ECOMGEN_HOME": home, "ECOMGEN_WEIGHTS": f"{home}/weights", "GRADIO_SERVER_PORT": str(port)}
        app = subprocess.Popen([sys.executable, str(HERE.parent / "app.py")], env=os.environ | own)
        try:
            url = f"http://127.0.0.1:{port}/"
            _wait_for(url)
            yield url
        finally:
            app.terminate()
            app.wait()


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The app did not start.")


def photographed(chromium: Browser, url: str, name: str, size: tuple[int, int], *, theme: str, begun: bool) -> None:
    """One page as a WebP; where `begun`, with four finished pictures."""
    page = opened(chromium, f"{url}?__theme={theme}", size)
    if begun:
        page.fill("#prompt textarea", PROMPT)
        page.click("#generate")
        page.wait_for_selector("#export", state="visible")
        page.wait_for_function("[...document.querySelectorAll('#grid img')].every(image => image.complete)")
    page.evaluate("scrollTo(0, 0)")
    kept(page, name)


def edited(chromium: Browser, url: str, name: str) -> None:
    """The editor as a WebP."""
    page = opened(chromium, f"{url}?__theme=light", DESK)
    page.click("#stage [data-edit]")
    page.click("[data-tool=add]")
    kept(page, name)


def opened(chromium: Browser, url: str, size: tuple[int, int]) -> Page:
    """The app with the sample that is there at the start, cut out."""
    width, height = size
    page = chromium.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce", locale="en-GB")
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    page.wait_for_selector("#stage .checker:not(.busy) img")
    return page


def kept(page: Page, name: str) -> None:
    """What the page shows, in the folder of pictures."""
    page.wait_for_timeout(1000)
    shot = HERE / f"{name}.png"
    page.screenshot(path=shot)
    with Image.open(shot) as picture:
        picture.convert("RGB").save(PICTURES / f"{name}.webp", quality=82, method=6)
    shot.unlink()
    page.context.close()


if __name__ == "__main__":
    main()
