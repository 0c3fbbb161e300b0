"""From the first page to a picture at one click; pictures and cut-outs are looked at closely and saved."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browser.steps import field, fill_in, to_the_middle
from PIL import Image
from playwright.sync_api import expect

from ecomgen.web.locale import english

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
    expect(field(page, "#prompt")).to_have_value(re.compile("|".join(map(re.escape, english.LOOKS))))
    page.wait_for_selector("#export", state="visible")
    expect(page.locator("#grid .starters")).to_have_count(0)

    page.wait_for_selector("#grid [data-before]")
    page.locator("#grid [data-full]").first.click()
    shown = page.locator("dialog .shown img").first
    first = shown.get_attribute("src")
    page.wait_for_selector("dialog .compare input")
    page.keyboard.press("ArrowRight")
    expect(shown).not_to_have_attribute("src", first)
    with page.expect_download() as saved:
        page.click("dialog .save")
    assert saved.value.suggested_filename.endswith(".png")
    page.click("dialog .later")
    expect(shown, "after the last comes the first").to_have_attribute("src", first)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    page.wait_for_function("document.activeElement.hasAttribute('data-full')")
