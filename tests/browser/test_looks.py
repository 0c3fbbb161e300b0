"""A run's look is kept under a name, used, downloaded, deleted and taken from its file again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.steps import field, fill_in
from browser.test_accessible import serious
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_look_is_kept_used_sent_and_deleted(open_page: Any, cut_photo: Path, tmp_path: Path) -> None:
    page = open_page()
    taken_by_key_and_click(page)
    fill_in(page, cut_photo, prompt="on slate, hard light", count=1)
    page.click("#keep-look > button")
    page.click("#look-save")
    page.wait_for_selector(".toast-body")
    page.locator(".toast-close").click()
    page.click("#generate")
    page.wait_for_selector("#export", state="visible")
    field(page, "#look-name").fill("Our Slate, 2027")
    page.click("#look-save")
    cards = page.locator("#own-looks li")
    expect(cards).to_have_count(1)
    expect(cards.locator("img")).to_have_count(1)
    expect(field(page, "#look-name")).to_have_value("")
    field(page, "#prompt").fill("")
    field(page, "#scene-from").fill("of-this-run")
    cards.locator("[data-trigger=looked]").click()
    expect(page.locator("#look input")).to_have_value("Our Slate, 2027")
    expect(field(page, "#prompt")).to_have_value("on slate, hard light")
    expect(field(page, "#scene-from"), "a look brings a set of its own").to_have_value("")
    assert serious(page) == []

    with page.expect_download() as sent:
        cards.locator("a").click()
    file = tmp_path / sent.value.suggested_filename
    sent.value.save_as(file)
    assert file.name == "our-slate-2027.toml"
    assert 'prompt = "on slate, hard light"' in file.read_text()
    cards.locator(".delete summary").click()
    cards.locator("[data-trigger=unlooked]").click()
    expect(cards).to_have_count(0)
    expect(page.locator("#look input")).to_have_value("No look")
    page.set_input_files("#keep-look input[type=file]", file)
    expect(cards).to_have_count(1)
    page.reload()
    page.click("#keep-look > button")
    expect(cards, "the list is that of now, not of the app's start").to_have_count(1)


def taken_by_key_and_click(page: Any) -> None:
    """Settings are one stop of the Tab key, and a look that ships is taken and left at a click."""
    page.wait_for_selector("#looks .look")
    stops = page.locator("#looks .look:not([tabindex='-1'])")
    expect(stops).to_have_count(1)
    stops.focus()
    page.keyboard.press("End")
    last = page.locator("#looks .look").last
    expect(last).to_be_focused()
    expect(last).to_have_attribute("tabindex", "0")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#looks .look").first).to_be_focused()

    shipped = page.locator("#own-looks .look").first
    expect(shipped, "one gallery is seen at first").to_be_hidden()
    page.click("#keep-look > button")
    shipped.click()
    expect(shipped).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#look input")).to_have_value(shipped.inner_text())
    expect(field(page, "#prompt")).to_have_value(shipped.get_attribute("title"))
    shipped.click()
    expect(shipped).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#look input")).to_have_value("No look")
    page.click("#keep-look > button")
