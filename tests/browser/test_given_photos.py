"""Photos from the clipboard and the camera."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PASTE = """async ([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const parcel = new DataTransfer();
  parcel.items.add(new File([bytes], name, { type: 'image/png' }));
  document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: parcel, bubbles: true }));
}"""


def test_photos_come_by_file_clipboard_and_camera(
    open_page: Any, cut_photo: Path, plain_photo: Path, tmp_path: Path
) -> None:
    page = open_page()
    page.wait_for_selector("#stage .checker:not(.busy) img")
    advice_moves_nothing(page, plain_photo, tmp_path)
    a_sample_in_their_place(page)
    the_next_product_has_no_tool_in_the_hand(page, cut_photo)
    a_sample_in_their_place(page)
    pasted_and_from_the_camera(page, cut_photo)


def a_sample_in_their_place(page: Any) -> None:
    """What is given next is another product."""
    stage = page.locator("#stage [data-edit]")
    before = str(stage.get_attribute("data-key"))
    page.click("#samples [data-value=mug]")
    expect(page.locator("#samples .on")).to_have_count(1)
    expect(stage, "the next is on the stage").not_to_have_attribute("data-key", before)
    page.wait_for_selector("#stage .checker:not(.busy) img")


def advice_moves_nothing(page: Any, photo: Path, folder: Path) -> None:
    """A dark photo is told of, and what is below the photo stands where it stood."""
    with Image.open(photo) as light:
        Image.fromarray(np.asarray(light.resize((150, 150))) // 5).save(folder / "mug dark.png")
    page.evaluate(FOLLOWED)
    page.set_input_files("#drop input[type=file]", folder / "mug dark.png")
    page.wait_for_selector("#stage .advice")
    page.wait_for_selector("#stage .checker:not(.busy) img")
    assert len(page.evaluate("tops")) == 1, "where the photo stands, from its first moment on the page"
    prompt, button = (page.locator(one).bounding_box() for one in ("#prompt textarea", "#generate"))
    assert prompt["y"] + prompt["height"] < button["y"], "what is to be described is still in the first window"


def the_next_product_has_no_tool_in_the_hand(page: Any, photo: Path) -> None:
    """What was chosen for one product is not chosen for the next."""
    page.click("#stage [data-edit]")
    page.click("[data-tool=away]")
    page.keyboard.press("Escape")
    page.click("#stage [data-edit]")
    expect(page.locator("[data-tool=away]"), "it stays for this one").to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    page.set_input_files("#drop input[type=file]", photo)
    page.wait_for_selector("#photos .photo:only-child[title^='mug &'] .badge")
    page.wait_for_selector("#stage .checker:not(.busy) img")
    page.click("#stage [data-edit]")
    expect(page.locator("[data-tool=point]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")


def pasted_and_from_the_camera(page: Any, photo: Path) -> None:
    """From the clipboard comes another product, and from the camera a further photo of it."""
    page.evaluate(PASTE, ["mug pasted.png", base64.b64encode(photo.read_bytes()).decode()])
    page.wait_for_selector("#photos .photo:only-child[title^='mug pasted']")
    page.click("[data-camera]")
    page.wait_for_function("document.querySelector('.camera video').videoWidth > 0")
    page.click(".camera .chip.on")
    page.wait_for_selector("#photos .photo[title^=photo-]")
    expect(page.locator("#photos .photo")).to_have_count(2)
    expect(page.locator("dialog")).to_have_count(0)


FOLLOWED = """() => {
  window.tops = [];
  const look = () => {
    if (document.querySelector('#photos .photo[title^="mug dark"]') && document.querySelector('#stage .stage')) {
      const top = Math.round(document.querySelector('#stage .stage').getBoundingClientRect().top + scrollY);
      if (tops.at(-1) !== top) tops.push(top);
    }
    requestAnimationFrame(look);
  };
  look();
}"""
