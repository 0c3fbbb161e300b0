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


def test_advice_on_a_photo_moves_nothing(open_page: Any, plain_photo: Path, tmp_path: Path) -> None:
    page = open_page()
    page.wait_for_selector("#stage .checker:not(.busy) img")
    with Image.open(plain_photo) as photo:
        Image.fromarray(np.asarray(photo.resize((150, 150))) // 5).save(tmp_path / "mug dark.png")
    page.evaluate(FOLLOWED)
    page.set_input_files("#drop input[type=file]", tmp_path / "mug dark.png")
    page.wait_for_selector("#stage .advice")
    page.wait_for_selector("#stage .checker:not(.busy) img")
    assert len(page.evaluate("tops")) == 1, "where the photo stands, from its first moment on the page"
    prompt, button = (page.locator(one).bounding_box() for one in ("#prompt textarea", "#generate"))
    assert prompt["y"] + prompt["height"] < button["y"], "what is to be described is still in the first window"


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


def test_the_tool_of_one_product_is_not_in_the_hand_for_the_next(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    page.wait_for_selector("#stage .checker:not(.busy) img")
    page.click("#stage [data-edit]")
    page.click("[data-tool=away]")
    page.keyboard.press("Escape")
    page.click("#stage [data-edit]")
    expect(page.locator("[data-tool=away]"), "it stays for this one").to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    page.set_input_files("#drop input[type=file]", cut_photo)
    page.wait_for_selector("#photos .photo:only-child[title^=mug] .badge")
    page.wait_for_selector("#stage .checker:not(.busy) img")
    page.click("#stage [data-edit]")
    expect(page.locator("[data-tool=point]")).to_have_attribute("aria-pressed", "true")
