"""The set's light on a finished picture's product: seen at once beside it as it was, and kept as a run of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.serving import Served
from browser.steps import fill_in, more
from browser.test_accessible import serious
from playwright.sync_api import expect

from ecomgen.record import read_file

pytestmark = pytest.mark.browser

SIZES = ((1440, 900), (390, 844))


def drawn(page: Any) -> tuple[str, str]:
    """How much of the lit picture is covered, and how strong it is."""
    style = page.locator(".matching [data-part=lit]").evaluate("one => [one.style.clipPath, one.style.opacity]")
    return style[0], style[1]


def records(served: Served) -> list[Any]:
    """Of the runs in neon, the earlier one first."""
    found = [read_file(file.parent) for file in served.home.glob("runs/**/run.json")]
    return sorted((one for one in found if "neon" in one.prompt), key=lambda one: one.run_id)


def test_the_light_is_compared_and_kept(open_page: Any, served: Served, cut_photo: Path) -> None:
    page = open_page(*SIZES[0])
    fill_in(page, cut_photo, prompt="neon at night", count=1, size="128x128")
    page.click("#generate")
    more(page)
    page.click("#grid [data-match]")
    keep = page.locator(".matching [data-part=keep]")
    expect(keep).to_be_enabled()
    assert drawn(page) == ("inset(0px 0px 0px 50%)", "0.6"), "half of it is as it was"
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert serious(page) == [], width
        for part in (".over", ".tools", "[data-part=keep]"):
            box = page.locator(f".matching {part}").bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height, part
    page.locator(".matching [data-part=split]").fill("20")
    page.locator(".matching [data-part=share]").fill("0.8")
    assert drawn(page) == ("inset(0px 0px 0px 20%)", "0.8")
    expect(page.locator(".matching output")).to_have_text("80 %")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)

    page.click("#grid [data-match]")
    expect(keep).to_be_enabled()
    page.locator(".matching [data-part=share]").fill("0.8")
    first = page.locator("#grid [data-match]").get_attribute("data-match")
    keep.click()
    expect(page.locator("#grid [data-match]")).not_to_have_attribute("data-match", first)
    before, after = records(served)
    assert (before.parameters.relight, after.parameters.relight) == (0.0, 0.8)
    assert after.candidates[0].seed == before.candidates[0].seed and after.candidates[0].relit.mean_delta_e > 1
    more(page)
    page.click("#grid [data-match]")
    expect(keep).to_be_enabled()
    assert drawn(page)[1] == "0.8", "it can be changed again"
