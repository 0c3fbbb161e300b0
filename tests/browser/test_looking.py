"""From the first page to a picture at one click; pictures and cut-outs are looked at closely and saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.steps import fill_in, to_the_middle, typed
from PIL import Image

from ecomgen.web.words import english

pytestmark = pytest.mark.browser


def test_one_click_on_a_setting_makes_pictures_to_leaf_through_and_to_save(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="", count=2)
    page.wait_for_selector("#stage .checker:not(.busy) img")
    to_the_middle(page, "#stage")
    with page.expect_download() as cutout:
        page.click("#stage [data-trigger=saved]")
    with Image.open(cutout.value.path()) as alone:
        assert alone.mode == "RGBA" and alone.width == 384
        assert alone.getchannel("A").getextrema() == (0, 255)

    page.locator("#grid .starters .look").nth(1).click()
    page.wait_for_selector("#stop", state="visible")
    assert typed(page, "#prompt") in english.LOOKS.values()
    page.wait_for_selector("#export", state="visible")
    assert page.locator("#grid .starters").count() == 0

    page.locator("#grid [data-full]").first.click()
    shown = page.locator("dialog .shown img").first
    first = shown.get_attribute("src")
    page.wait_for_selector("dialog .compare input")
    page.keyboard.press("ArrowRight")
    assert shown.get_attribute("src") != first
    with page.expect_download() as saved:
        page.click("dialog .save")
    assert saved.value.suggested_filename.endswith(".png")
    page.click("dialog .later")
    assert shown.get_attribute("src") == first, "after the last comes the first"
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0
    assert page.evaluate("document.activeElement.hasAttribute('data-full')")
