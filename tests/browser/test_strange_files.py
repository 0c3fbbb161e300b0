"""Photos that are larger, stranger or worse meant than usual."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser.serving import Served
from PIL import Image

pytestmark = pytest.mark.browser


def large_photo(folder: Path) -> Path:
    """A photo of 25 megapixels."""
    shade = np.linspace(200, 230, 6144, dtype=np.uint8)[None, :, None].repeat(4096, 0).repeat(3, 2).copy()
    shade[1200:3600, 2400:3700] = (170, 30, 40)
    photo = folder / "mug large.jpg"
    Image.fromarray(shade).save(photo, quality=88)
    return photo


def hostile_files(folder: Path) -> list[Path]:
    """A picture that claims to be huge, a script called a picture, and a picture with a script for a name."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    bomb = folder / "bomb.png"
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    script = folder / "page.jpg"
    script.write_text("<html><script>window.harmed = 1</script></html>")
    named = folder / "<img src=x onerror=window.harmed=1>.png"
    Image.new("RGB", (40, 40), "white").save(named)
    return [bomb, script, named]


def test_hostile_files_do_nothing_but_be_refused_and_a_large_one_is_cut_out(
    open_page: Any, served: Served, tmp_path: Path
) -> None:
    page = open_page()
    refused(page, served, tmp_path)
    cut_out(page, large_photo(tmp_path))


def refused(page: Any, served: Served, folder: Path) -> None:
    """What is no picture, or claims to be a huge one, is told of and does nothing."""
    page.wait_for_selector("#stage .checker img")
    page.set_input_files("#drop input[type=file]", hostile_files(folder))
    page.wait_for_selector(".toast-body:has-text('bomb')")
    page.wait_for_selector(".toast-body:has-text('page')")
    page.wait_for_timeout(1000)
    assert page.evaluate("window.harmed") is None
    assert "Traceback" not in page.inner_text("body")
    page.click("#samples [data-value=mug]")
    page.wait_for_selector("#stage .checker:not(.busy) img")
    for path in ("/etc/passwd", str(served.home / "runs.sqlite"), str(served.home / "app.sqlite")):
        assert page.request.get(f"{served.url}gradio_api/file={path}").status in (403, 404)


def cut_out(page: Any, photo: Path) -> None:
    """A photo of many pixels is cut out like any other, and says how many it has."""
    page.set_input_files("#drop input[type=file]", photo)
    page.wait_for_selector("#photos .photo:only-child[title^='mug large'] .badge")
    page.wait_for_selector("#stage .checker:not(.busy) img")
    assert "6144 × 4096" in page.get_attribute("#photos .photo", "title")
