"""Several products in one picture: added, placed, removed, and found again with the settings of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.steps import fill_in
from browser.test_accessible import serious
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def bowl(tmp_path: Path) -> Path:
    """A red bowl, already cut out."""
    picture = Image.new("RGBA", (120, 80), (0, 0, 0, 0))
    picture.paste((200, 60, 40, 255), (20, 10, 100, 70))
    picture.save(tmp_path / "bowl.png")
    return tmp_path / "bowl.png"


def test_a_further_product_stands_in_the_picture_and_comes_back_with_its_settings(
    open_page: Any, cut_photo: Path, bowl: Path
) -> None:
    page = open_page(390, 844)
    fill_in(page, cut_photo, prompt="on a wooden table", count=1, size="96x96")
    page.click("#others > button")
    others = page.locator("#other-products li")
    for _ in range(2):
        before = others.count()
        page.set_input_files("#other-drop input[type=file]", bowl)
        expect(others).to_have_count(before + 1)
    others.last.locator(".remove").click()
    expect(others).to_have_count(1)
    place = others.locator("input")
    place.fill("nowhere")
    place.press("Enter")
    page.wait_for_selector(".toast-body")
    page.locator(".toast-close").click()
    place.fill("0.7,0.9,0.2")
    place.press("Enter")
    assert serious(page) == []

    page.click("#generate")
    page.wait_for_selector("#export", state="visible")
    page.wait_for_selector("#grid [data-trigger=alike]")
    expect(page.locator("#grid .card")).to_have_count(1)
    others.locator(".remove").click()
    expect(others).to_have_count(0)
    page.locator("#grid [data-trigger=alike]").click()
    expect(others).to_have_count(1)
    expect(others.locator("input")).to_have_value("0.7,0.9,0.2,0.0")
    page.wait_for_selector("#earlier .look")
    page.wait_for_selector("#export", state="visible")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for shown in (others, others.locator(".remove")):
        box = shown.bounding_box()
        assert box["x"] + box["width"] <= 390 - 20, "nothing is cut off"
