"""Correcting the cut-out by clicks, brush and keyboard; photos from the clipboard and the camera."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from browser.steps import to_the_middle, upload
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PASTE = """async ([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const parcel = new DataTransfer();
  parcel.items.add(new File([bytes], name, { type: 'image/png' }));
  document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: parcel, bubbles: true }));
}"""

PATCH = """() => {
  const stage = document.querySelector('#stage');
  stage.querySelector('[data-draw]').style.transform = '';
  stage.querySelector('[data-tool=add]').setAttribute('aria-pressed', 'false');
  for (const one of stage.querySelectorAll('.brush, .cross')) one.hidden = true;
}"""


def at(page: Any, x: float, y: float) -> tuple[float, float]:
    """A place on the photo, in shares of it, as the mouse needs it."""
    frame = page.locator("#stage [data-draw]").bounding_box()
    return frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]


def cutout(page: Any) -> str:
    """The cut-out that is shown, once it is made."""
    page.wait_for_selector("#stage .checker:not(.busy) img")
    return page.get_attribute("#stage .checker img", "src")


def test_clicks_and_strokes_change_the_cutout_and_can_be_taken_back(open_page: Any, plain_photo: Path) -> None:
    page = open_page()
    upload(page, plain_photo)
    before = cutout(page)
    to_the_middle(page, "#stage [data-draw]")
    page.click("[data-tool=erase]")
    page.mouse.move(*at(page, 0.5, 0.3))
    page.mouse.down()
    page.mouse.move(*at(page, 0.6, 0.6), steps=5)
    page.mouse.up()
    page.wait_for_selector("#stage polyline.out:not(.now)")
    erased = cutout(page)
    assert erased != before

    page.click("[data-tool=away]")
    page.wait_for_selector("#photos .advice")
    place = page.locator("#stage [data-draw]").bounding_box()
    page.mouse.click(*at(page, 0.06, 0.06))
    page.wait_for_selector("#stage circle.out")
    assert page.locator("#stage [data-draw]").bounding_box() == place, "the photo stays under the mouse"
    cutout(page)
    page.click("#stage [data-trigger=undone]")
    page.wait_for_selector("#stage:not(:has(circle))")
    assert cutout(page) == erased
    page.click("#stage [data-trigger=cleared]")
    page.wait_for_selector("#stage:not(:has(polyline)):has([data-trigger=cleared]:disabled)")
    assert cutout(page) == before


def test_the_photo_is_enlarged_and_clicked_by_keyboard_alone(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    upload(page, cut_photo)
    cutout(page)
    canvas = page.locator("#stage [data-draw]")
    small = canvas.bounding_box()["width"]
    canvas.focus()
    page.keyboard.press("+")
    assert canvas.bounding_box()["width"] == pytest.approx(1.5 * small, rel=0.02)
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector("#stage circle.in")
    x = float(page.get_attribute("#stage circle", "cx"))
    width = float(page.get_attribute("#stage [data-draw]", "data-width"))
    assert x / width == pytest.approx(0.5 + 12 / (1.5 * small), abs=0.02), "the click knows of the enlargement"
    page.click("#stage [data-zoom='0.667']")
    page.click("#stage [data-zoom='0.667']")
    assert canvas.bounding_box()["width"] == pytest.approx(small, rel=0.02)

    page.click("[data-tool=box]")
    canvas.focus()
    for key in ("Enter", "+", *["ArrowRight", "ArrowDown"] * 5, "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector("#stage rect")
    box = {side: float(page.get_attribute("#stage rect", side)) for side in ("x", "width")}
    assert box["x"] == pytest.approx(x, abs=2), "the first corner stays where it was set while the photo is enlarged"
    assert box["width"] / width == pytest.approx(5 * 12 / (1.5 * small), abs=0.02)


def test_what_the_page_shows_stays_when_an_answer_patches_nothing_but_attributes(
    open_page: Any, cut_photo: Path
) -> None:
    page = open_page()
    upload(page, cut_photo)
    cutout(page)
    page.click("[data-tool=add]")
    page.locator("#stage [data-draw]").focus()
    for key in ("+", "ArrowRight"):
        page.keyboard.press(key)
    near = page.locator("#stage [data-draw]").bounding_box()
    page.evaluate(PATCH)
    assert page.locator("#stage [data-draw]").bounding_box() == near, "still enlarged"
    assert page.get_attribute("[data-tool=add]", "aria-pressed") == "true"
    expect(page.locator("#stage .brush")).to_be_visible()
    expect(page.locator("#stage .cross")).to_be_visible()


def test_a_picture_that_is_pasted_and_one_from_the_camera_become_photos(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    page.wait_for_selector("#photos .photo")
    page.evaluate(PASTE, ["mug pasted.png", base64.b64encode(cut_photo.read_bytes()).decode()])
    page.wait_for_selector("#photos .photo:only-child[title^=mug]")
    page.click("[data-camera]")
    page.wait_for_function("document.querySelector('.camera video').videoWidth > 0")
    page.click(".camera .chip.on")
    page.wait_for_selector("#photos .photo[title^=photo-]")
    expect(page.locator("#photos .photo")).to_have_count(2)
    expect(page.locator("dialog")).to_have_count(0)
