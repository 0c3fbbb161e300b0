"""Photos from the clipboard and the camera."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
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
