"""A finished picture in motion: chosen on its card, made, playing in the page and saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import pytest
from browser.steps import fill_in, more
from browser.test_accessible import serious
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MADE = 120_000  # milliseconds


SIZES = ((1440, 900), (390, 844))


def test_a_clip_is_made_and_plays(open_page: Any, cut_photo: Path, tmp_path: Path) -> None:
    page = open_page(*SIZES[0])
    fill_in(page, cut_photo, prompt="on blue paper", count=1)
    page.click("#generate")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        more(page)
        page.click("#grid [data-trigger=filmed]")
        expect(page.locator("#film")).to_be_in_viewport()
        assert serious(page) == [], width
    page.locator("#film-seconds input[type=number]").fill("2")
    page.locator("#film-seconds input[type=number]").press("Tab")
    page.click("#film")
    video = page.locator("#film-shown video")
    expect(video).to_be_visible(timeout=MADE)
    page.wait_for_function("document.querySelector('#film-shown video').videoWidth == 64")
    for width, height in reversed(SIZES):
        page.set_viewport_size({"width": width, "height": height})
        box = video.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert serious(page) == [], width
    with page.expect_download() as saving:
        page.locator("#film-shown a[download$='.mp4']").click()
    saving.value.save_as(tmp_path / "clip.mp4")
    with av.open(str(tmp_path / "clip.mp4")) as film:
        assert film.streams.video[0].frames == 2 * 25
    page.click("#generate")
    expect(page.locator("#filming"), "its picture is not shown any more").to_be_hidden()
