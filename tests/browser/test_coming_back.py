"""What is on the page outlives a reload, and the browser's Back does not leave it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browser.steps import field, fill_in, generate, upload
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def selected(page: Any, tab: str) -> Any:
    return page.locator(f"[role=tab][data-tab-id={tab}][aria-selected=true]")


def test_what_was_not_made_yet_is_there_after_a_reload(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    upload(page, cut_photo)
    page.fill("#prompt textarea", "on slate with lemons")
    page.locator("#prompt textarea").blur()
    page.wait_for_timeout(600)  # nothing on the page says that it was noted
    page.reload()
    expect(page.locator("#prompt textarea")).to_have_value("on slate with lemons")
    expect(page.locator("#photos .photo")).to_have_attribute("title", re.compile("^mug"))
    expect(page.locator("#grid .empty"), "nothing was made").to_be_visible()

    page.click("#advanced > button")
    field(page, "#place").fill("0.3,0.9,0.4")
    page.locator("#photos .remove").click()
    expect(field(page, "#place"), "the place goes with the product").to_have_value("")


def test_back_closes_what_lies_over_the_page_and_returns_to_the_tab_before(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="on blue paper", count=1)
    generate(page)
    page.click("#grid .picture")
    expect(page.locator("dialog.lightbox")).to_be_visible()
    page.go_back()
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#grid .picture")).to_be_focused()

    page.locator("#grid [data-place]").click()
    page.wait_for_selector(".placing .product:not([hidden])")
    page.locator(".placing .product").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.go_back()
    expect(page.locator(".placing [data-part=status]")).to_contain_text("once more")
    page.go_back()
    expect(page.locator("dialog")).to_have_count(0)
    expect(field(page, "#place"), "as Escape does").to_have_value("")

    page.click("[role=tab][data-tab-id=history]")
    page.click("[role=tab][data-tab-id=machine]")
    page.go_back()
    expect(selected(page, "history")).to_be_visible()
    page.go_back()
    expect(selected(page, "create")).to_be_visible()
    expect(page.locator("#prompt textarea")).to_have_value("on blue paper")
    page.go_forward()
    expect(selected(page, "history")).to_be_visible()

    page.click("[role=tab][data-tab-id=create]")
    page.click("#grid .picture")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    page.go_back()
    expect(selected(page, "history"), "what was closed is no stop any more").to_be_visible()
