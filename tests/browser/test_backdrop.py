"""A backdrop is dropped beside the scene's fields, seen, corrected and stood in; what is none is told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser.serving import Served
from browser.steps import field, fill_in, finished, run_of, to_the_middle, touched
from browser.test_accessible import serious
from PIL import Image
from playwright.sync_api import expect

from ecomgen.record import read_file

pytestmark = pytest.mark.browser


HORIZON = ".ground .horizon"


def middle_of(page: Any, place: str) -> dict[str, float]:
    """The middle of what is seen there."""
    box = page.locator(place).bounding_box()
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def level_line(page: Any) -> float:
    """Where in the picture the grid begins, as a share of its height."""
    starts = page.locator(".ground-lines line").evaluate_all(
        "lines => lines.map(line => Number(line.getAttribute('y1')))"
    )
    return min(starts)


def drafted(page: Any, before: str = "") -> str:
    """Wait until the backdrop shows another draft than `before`."""
    page.wait_for_function(
        "before => { const drawn = document.querySelector('#backdrop-draft i')?.dataset.picture;"
        " return drawn && drawn !== before && document.querySelector('.ground img').src === drawn }",
        arg=before,
    )
    return page.locator(".ground img").get_attribute("src")


def test_a_dropped_backdrop_is_seen_and_the_product_stands_in_it(
    open_page: Any, served: Served, cut_photo: Path, tmp_path: Path
) -> None:
    pixels = np.full((120, 160, 3), (150, 120, 90), np.uint8)
    pixels[:80] = (190, 200, 215)
    Image.fromarray(pixels).save(tmp_path / "table.png")
    (tmp_path / "notes.png").write_text("no picture")
    page = open_page(390, 844, has_touch=True)
    fill_in(page, cut_photo, prompt="on white marble", count=1, size="160x120")
    page.set_input_files("#backdrop input[type=file]", tmp_path / "notes.png")
    expect(page.locator("#backdrop-seen")).to_contain_text("not a photo")
    page.get_by_role("button", name="Clear").last.click()
    page.set_input_files("#backdrop input[type=file]", tmp_path / "table.png")
    horizon, camera = page.locator(HORIZON), page.locator("#camera-elevation input[type=number]")
    expect(horizon).to_be_visible()
    first, read, high = drafted(page), float(horizon.get_attribute("aria-valuenow")), level_line(page)

    to_the_middle(page, HORIZON)
    start = middle_of(page, HORIZON)
    touched(page, *([(start["x"], start["y"] - up)] for up in (0, 12, 30)))
    dragged = float(horizon.get_attribute("aria-valuenow"))
    assert dragged > read + 2 and level_line(page) < high - 0.05, "the grid follows the finger"
    assert middle_of(page, HORIZON)["y"] == pytest.approx(start["y"] - 30, abs=3)
    expect(camera).to_have_value(f"{dragged:g}")
    second = drafted(page, first)
    horizon.press("ArrowDown")
    horizon.press("ArrowDown")
    expect(camera).to_have_value(f"{dragged - 1:g}")
    drafted(page, second)
    assert serious(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= 390

    page.fill("#ground-gloss input[type=number]", "0.5")
    page.press("#ground-gloss input[type=number]", "Enter")
    run = run_of(page)
    page.click("#generate")
    finished(page, run)
    (folder,) = (one for one in (served.home / "runs").rglob(f"*{run_of(page)}*") if one.is_dir())
    known = read_file(folder).parameters
    assert read_file(folder).prompt == "", "the backdrop took the place of the words"
    assert (known.camera_elevation, known.ground_gloss) == (dragged - 1, 0.5)
    page.click(".ground [data-part=again]")
    expect(camera).to_have_value("0")
    assert float(horizon.get_attribute("aria-valuenow")) == read
    camera.fill("30")
    camera.press("Enter")
    expect(horizon, "the form's field moves the horizon, too").to_have_attribute("aria-valuenow", "30")
    field(page, "#own-size").fill("120x160")
    field(page, "#own-size").press("Tab")
    expect(page.locator(".ground[data-ratio='0.75'] line").first, "the grid of another shape").to_be_attached()
