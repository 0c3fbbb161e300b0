"""A backdrop is dropped beside the scene's fields, seen, and stood in; what is none is told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser.steps import fill_in
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_dropped_backdrop_is_seen_and_the_product_stands_in_it(
    open_page: Any, cut_photo: Path, tmp_path: Path
) -> None:
    pixels = np.full((120, 160, 3), (150, 120, 90), np.uint8)
    pixels[:50] = (190, 200, 215)
    Image.fromarray(pixels).save(tmp_path / "table.png")
    (tmp_path / "notes.png").write_text("no picture")
    page = open_page()
    fill_in(page, cut_photo, prompt="", count=1, size="160x120")
    page.set_input_files("#backdrop input[type=file]", tmp_path / "notes.png")
    expect(page.locator("#backdrop-seen")).to_contain_text("not a photo")
    page.get_by_role("button", name="Clear").last.click()
    page.set_input_files("#backdrop input[type=file]", tmp_path / "table.png")
    expect(page.locator("#backdrop-seen img")).to_be_visible()
    page.click("#generate")
    page.wait_for_selector("#grid .card img")
