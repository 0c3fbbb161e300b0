"""A finished picture in motion: chosen on its card, made, playing in the page and saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import pytest
from browser.steps import fill_in
from browser.test_accessible import serious
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MADE = 120_000  # milliseconds


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_clip_is_made_and_plays(size: tuple[int, int], open_page: Any, cut_photo: Path, tmp_path: Path) -> None:
    page = open_page(*size)
    fill_in(page, cut_photo, prompt=f"on blue paper {size[0]}", count=1)
    page.click("#generate")
    page.wait_for_selector("#grid [data-trigger=filmed]").click()
    expect(page.locator("#film")).to_be_in_viewport()
    assert serious(page) == []
    page.locator("#film-seconds input[type=number]").fill("2")
    page.locator("#film-seconds input[type=number]").press("Tab")
    page.click("#film")
    video = page.locator("#film-shown video")
    expect(video).to_be_visible(timeout=MADE)
    page.wait_for_function("document.querySelector('#film-shown video').videoWidth == 64")
    box = video.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= size[0]
    with page.expect_download() as saving:
        page.locator("#film-shown a[download$='.mp4']").click()
    saving.value.save_as(tmp_path / "clip.mp4")
    with av.open(str(tmp_path / "clip.mp4")) as film:
        assert film.streams.video[0].frames == 2 * 25
    assert serious(page) == []
