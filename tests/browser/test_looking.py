"""From the first page to a picture at one click; pictures and cut-outs are looked at closely and saved."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browser.steps import field, fill_in, finished, generate, go_to, run_of, to_the_middle, touched
from PIL import Image
from playwright.sync_api import expect

from ecomgen.web.locale import english

pytestmark = pytest.mark.browser


def test_one_click_on_a_setting_makes_pictures_to_leaf_through_and_to_save(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="", count=2, size="64x112")
    page.wait_for_selector("#stage .checker:not(.busy) img")
    to_the_middle(page, "#stage")
    with page.expect_download() as cutout:
        page.click("#stage [data-trigger=saved]")
    with Image.open(cutout.value.path()) as alone:
        assert alone.mode == "RGBA" and alone.width == 384
        assert alone.getchannel("A").getextrema() == (0, 255)

    page.locator("#grid .starters .look").nth(1).click()
    expect(field(page, "#prompt")).to_have_value(re.compile("|".join(map(re.escape, english.LOOKS))))
    page.wait_for_selector("#export", state="visible")
    expect(page.locator("#grid .starters")).to_have_count(0)

    page.wait_for_selector("#grid [data-before]")
    page.locator("#grid [data-full]").first.click()
    shown = page.locator("dialog .shown img").first
    first = shown.get_attribute("src")
    page.wait_for_selector("dialog .shown input")
    for width, height in ((2560, 1440), (1366, 768), (390, 844), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        seen = shown.bounding_box()
        assert seen["width"] / seen["height"] == pytest.approx(64 / 112, abs=0.01), "it keeps its shape"
    page.keyboard.press("+")
    expect(page.locator("dialog .shown input"), "it lies across no product").to_be_hidden()
    page.keyboard.press("0")
    page.keyboard.press("ArrowRight")
    expect(shown).not_to_have_attribute("src", first)
    expect(page.locator("dialog [role=status]")).to_have_text("2 of 2")
    with page.expect_download() as saved:
        page.click("dialog .save")
    assert saved.value.suggested_filename.endswith(".png")
    closely(page)
    page.click("dialog .later")
    expect(page.locator("dialog .near"), "each picture is shown whole at first").to_have_count(0)
    expect(shown, "after the last comes the first").to_have_attribute("src", first)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    page.wait_for_function("document.activeElement.hasAttribute('data-full')")


def closely(page: Any) -> None:
    """Zoom by wheel, drag, key, button, fingers; a drag does not close, and what is under the pointer stays there."""
    percent, layer = page.locator("dialog .percent"), page.locator("dialog .layer")
    whole = layer.bounding_box()
    expect(percent).to_have_text(re.compile(r"\d+ %"))
    page.mouse.move(whole["x"] + whole["width"] / 4, whole["y"] + whole["height"] / 4)
    page.mouse.wheel(0, -200)
    page.wait_for_selector("dialog .near")
    near = layer.bounding_box()
    assert near["width"] > 1.2 * whole["width"]
    grown = near["width"] / whole["width"] - 1
    assert abs(whole["x"] - near["x"] - grown * whole["width"] / 4) < 3

    page.mouse.down()
    page.mouse.move(whole["x"] + whole["width"] / 4 + 30, whole["y"] + whole["height"] / 4, steps=3)
    page.mouse.up()
    assert abs(layer.bounding_box()["x"] - near["x"] - 30) < 3
    page.keyboard.press("0")
    expect(page.locator("dialog .near")).to_have_count(0)
    assert layer.bounding_box() == whole

    x, y = whole["x"] + whole["width"] / 2, whole["y"] + whole["height"] / 2
    touched(page, *([(x - apart, y), (x + apart, y)] for apart in (40, 50, 60)))
    assert layer.bounding_box()["width"] == pytest.approx(1.5 * whole["width"], rel=0.02), "two fingers enlarge it"
    page.keyboard.press("0")
    assert layer.bounding_box() == whole


def test_ctrl_enter_makes_pictures_and_those_before_stay_at_hand(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="on blue paper", count=1, steps="1")
    page.fill("#prompt textarea", "on pink paper")
    page.press("#prompt textarea", "Control+Enter")
    finished(page)

    run = run_of(page)
    first = page.locator("#grid .picture img").first.get_attribute("src")
    page.fill("#prompt textarea", "on blue paper")
    page.press("#prompt textarea", "Control+Enter")
    finished(page, run)
    expect(page.locator("#grid .picture img").first).not_to_have_attribute("src", first)
    page.locator("#earlier .look", has_text="on pink paper").first.click()
    expect(page.locator("#grid .picture img").first).to_have_attribute("src", first)
    expect(page.locator("#earlier .look").first, "what was shown has changed places with it").to_have_text(
        "on blue paper"
    )


@pytest.mark.parametrize("width", [1440, 390])
def test_only_the_page_itself_scrolls_up_and_down(open_page: Any, cut_photo: Path, width: int) -> None:
    page = open_page(width, 700)
    fill_in(page, cut_photo, prompt="on blue paper", count=2)
    generate(page)
    page.wait_for_function("Math.abs(document.querySelector('.results').getBoundingClientRect().top) < 350")
    assert scrollers(page, ".results") == []
    go_to(page, "History")
    page.locator("#runs .run").first.click()
    page.wait_for_selector("#details .decision")
    assert scrollers(page, ".opened-run") == []
    if width == 1440:
        expect(page.locator("#past-export"), "the download stays in sight").to_be_in_viewport()


def scrollers(page: Any, place: str) -> list[str]:
    """What of a place scrolls up and down by itself."""
    return page.locator(place).evaluate(
        "place => [place, ...place.querySelectorAll('*')].filter(one => one.scrollHeight > one.clientHeight + 1"
        " && ['auto', 'scroll'].includes(getComputedStyle(one).overflowY)).map(one => one.className)"
    )
