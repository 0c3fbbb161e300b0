"""A sample's click can be taken back, and the last photo takes the product's name with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.steps import field, upload
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_what_a_sample_replaced_comes_back(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    upload(page, cut_photo)
    page.fill("#prompt textarea", "on slate, hard light")
    page.locator("#samples [data-value=mug]").click()
    expect(page.locator("#samples .on")).to_have_count(1)
    expect(field(page, "#prompt")).not_to_have_value("on slate, hard light")
    page.locator("#samples [data-trigger=unsampled]").click()
    expect(field(page, "#prompt")).to_have_value("on slate, hard light")
    page.wait_for_selector(f"#photos .photo:only-child[title^='{cut_photo.name[:3]}'] .badge")
    expect(page.locator("#samples .on, #samples [data-trigger=unsampled]")).to_have_count(0)

    page.click("text=More about the cut-out")
    field(page, "#product").fill("mug")
    page.locator("#photos .remove").click()
    expect(field(page, "#product"), "it was the name of what is gone").to_have_value("")
