"""A long list of runs: what is opened is seen wherever the list is scrolled to, and downloaded."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from browser.steps import fill_in, generate, go_to

pytestmark = pytest.mark.browser


def test_a_run_that_is_opened_far_down_the_list_is_in_view_and_downloaded_for_a_channel_and_as_its_best(
    open_page: Any, cut_photo: Path
) -> None:
    height = 460
    page = open_page(1440, height)
    fill_in(page, cut_photo, prompt="on oak", count=2)
    for setting in ("on oak", "on slate", "on linen"):
        page.fill("#prompt textarea", setting)
        generate(page)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": height})
        page.reload()  # nothing is opened yet, and the list begins at its top
        page.wait_for_selector("#generate")
        go_to(page, "Lab")  # a sheet that stands before the history's on the page
        go_to(page, "History")
        page.locator("#runs .run").nth(2).click()
        page.wait_for_selector("#details .run-head:has-text('on oak')")
        page.wait_for_function(
            "([top, bottom]) => { const y = document.querySelector('#use').getBoundingClientRect().y;"
            " return top <= y && y < bottom; }",
            arg=[0, height],
        )

    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#runs .run").first.click()
    page.wait_for_selector("#details .run-head:has-text('on linen')")
    page.fill("#past-top textarea, #past-top input", "1")
    with page.expect_download() as download:
        page.click("#past-export")
    assert len([name for name in names(download) if name.endswith(".png")]) == 1
    page.click("#past-export-channels input")
    page.get_by_role("option", name="Instagram, square post").first.click()
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.click("#past-export")
    assert any(name.startswith("instagram-square") for name in names(download))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 2560, "height": 1300})
    assert page.locator("#details .card").first.bounding_box()["width"] > 480, "two pictures fill the room of two"


def names(download: Any) -> list[str]:
    """What is in a zip that the browser saved."""
    with zipfile.ZipFile(download.value.path()) as packed:
        return packed.namelist()
