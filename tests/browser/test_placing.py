"""The stage: a product is placed by mouse, fingers, keys and numbers; drafts follow, and the form says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from browser.serving import Served
from browser.steps import field, fill_in, finished, generate, run_of, touched
from browser.test_accessible import serious
from playwright.sync_api import expect
from tiny_models import save_sd

pytestmark = pytest.mark.browser
PRODUCT = ".placing .product"


def standing(page: Any) -> list[float]:
    """Where the product stands on the stage, and its turn."""
    place = page.locator(PRODUCT).get_attribute("data-place").split(",")
    return [float(part) for part in [*place, "0"][:4]]


def drafted(page: Any) -> None:
    """Wait until the draft of the last place is seen."""
    page.wait_for_function(
        "places => document.querySelector('#drafted [data-places]')?.dataset.places === places"
        " && document.querySelector('#drafted [data-places]').dataset.picture"
        " && document.querySelector('.placing [data-part=shade]').hidden",
        arg=";".join(one.get_attribute("data-place") for one in page.locator(PRODUCT).all()),
    )


def test_a_product_is_placed_by_hand_and_the_form_and_the_pictures_follow(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="on blue paper", count=1, size="256x256")
    page.click("#generate")
    page.wait_for_selector("#grid [data-place]").click()
    page.wait_for_selector(f"{PRODUCT}:not([hidden])")
    x, y, height, turn = standing(page)
    assert abs(x - 0.5) < 0.02 and turn == 0

    box = page.locator(PRODUCT).bounding_box()
    layer = page.locator(".placing .layer").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    third = layer["x"] + layer["width"] / 3 + 5 - (x - 0.5) * layer["width"]
    page.mouse.move(third, middle[1] + 2, steps=6)
    expect(page.locator(".placing .caught"), "lines that catch the product are seen").to_have_count(2)
    expect(page.locator(".placing [data-part=shade]"), "a soft shadow at once").to_be_visible()
    page.mouse.up()
    assert standing(page)[:2] == [pytest.approx(1 / 3, abs=1e-3), pytest.approx(y, abs=2e-3)]
    drawn(page, layer["width"] / 6 + 3)
    assert standing(page)[0] == 0.5, "the centre line catches it"
    drawn(page, -layer["width"] / 6 + 3)
    assert standing(page)[0] == pytest.approx(1 / 3, abs=1e-3)
    drafted(page)

    corner = page.locator(".placing .se").bounding_box()
    page.mouse.move(corner["x"] + 22, corner["y"] + 22)
    page.mouse.down()
    page.mouse.move(corner["x"] - 8, corner["y"] - 8, steps=4)
    page.mouse.up()
    assert standing(page)[2] < height - 0.02, "a corner scales it"
    assert standing(page)[:2] == [pytest.approx(1 / 3, abs=1e-3), pytest.approx(y, abs=2e-3)], "on its base"
    page.keyboard.press("Control+z")
    assert standing(page)[2] == pytest.approx(height, abs=1e-3)

    page.locator(PRODUCT).focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+>")
    page.fill(".placing [data-part=height]", "40")
    page.locator(PRODUCT).focus()
    assert standing(page) == [pytest.approx(1 / 3 + 0.05, abs=1e-3), pytest.approx(y, abs=2e-3), 0.4, 15]
    drafted(page)
    assert serious(page) == []

    asked, run = page.locator(PRODUCT).get_attribute("data-place"), run_of(page)
    page.click(".placing [data-part=make]")
    expect(page.locator("dialog")).to_have_count(0)
    expect(field(page, "#place")).to_have_value(asked)
    finished(page, run)
    page.wait_for_selector("#grid [data-place]").click()
    page.wait_for_selector(f"{PRODUCT}:not([hidden])")
    assert page.locator(PRODUCT).get_attribute("data-place") == asked, "the picture was made there"
    page.click(".placing [data-part=done]")
    held = page.locator("#held .chip")
    expect(held, "what the next pictures keep is said beside their words").to_have_count(3)
    held.first.click()
    expect(field(page, "#place")).to_have_value("")
    expect(held).to_have_count(2)


def leave(page: Any) -> None:
    """Escape, once more since something was changed."""
    page.keyboard.press("Escape")
    expect(page.locator(".placing [data-part=status]")).to_contain_text("once more")
    page.keyboard.press("Escape")


def test_escape_leaves_the_form_as_it_was_and_other_words_have_another_scene(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="on blue paper", count=1)
    generate(page)
    page.fill("#prompt textarea", "on red paper")
    held = page.locator("#held .chip")
    for left_by, kept in (("Escape", 0), ("done", 3)):
        page.locator("#grid [data-place]").click()
        page.wait_for_selector(f"{PRODUCT}:not([hidden])")
        page.locator(PRODUCT).focus()
        page.keyboard.press("Shift+ArrowRight")
        leave(page) if left_by == "Escape" else page.click(".placing [data-part=done]")
        expect(page.locator("#grid [data-place]")).to_be_focused()
        expect(held).to_have_count(kept)
        expect(page.locator("#prompt textarea")).to_have_value("on blue paper" if kept else "on red paper")
    scene = held.nth(1)
    expect(scene).to_contain_text("Scene of earlier pictures")
    page.fill("#prompt textarea", "qwerty zxcvb asdfgh")
    expect(scene).to_contain_text("Camera, light and colours of earlier pictures")
    page.click("#generate")
    expect(page.locator("#progress .message")).to_contain_text("Nothing of your description was understood")


def made_by(page: Any, pipeline: str) -> None:
    """Choose who makes the pictures."""
    if not page.locator("#pipeline input").is_visible():
        page.click("#advanced > button")
    page.click("#pipeline input")
    page.get_by_role("option", name=pipeline).first.click()


def test_a_picture_of_diffusion_is_placed_by_hand_and_one_of_the_studio_is_left_to_it(
    open_page: Any, served: Served, cut_photo: Path
) -> None:
    save_sd(served.home / "tiny", channels=9, checker="passes")
    page = open_page()
    fill_in(page, cut_photo, prompt="on blue paper", count=1, steps="1")
    made_by(page, "Tiny inpaint")
    generate(page)
    page.locator("#grid [data-place]").click()
    page.wait_for_selector(f"{PRODUCT}:not([hidden])")
    before = standing(page)
    page.locator(PRODUCT).focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator(".placing .status")).to_contain_text("make pictures to see it")
    expect(page.locator(".placing .knob:visible"), "nothing is lit").to_have_count(0)
    asked, run = page.locator(PRODUCT).get_attribute("data-place"), run_of(page)
    assert standing(page)[0] == pytest.approx(before[0] - 0.05, abs=2e-3)
    page.click(".placing [data-part=make]")
    finished(page, run)
    page.locator("#grid [data-place]").click()
    page.wait_for_selector(f"{PRODUCT}:not([hidden])")
    assert page.locator(PRODUCT).get_attribute("data-place") == asked, "the picture was made there"
    page.click(".placing [data-part=done]")

    made_by(page, "Automatic")
    generate(page)
    page.locator("#grid [data-place]").click()
    page.wait_for_selector(f"{PRODUCT}:not([hidden])")
    page.locator(PRODUCT).focus()
    page.keyboard.press("Shift+ArrowRight")
    asked = page.locator(PRODUCT).get_attribute("data-place")
    expect(page.locator(".placing [data-part=done]")).to_have_text("Keep for later")
    page.click(".placing [data-part=done]")
    expect(field(page, "#scene-from")).not_to_have_value("")
    expect(page.locator(".toast-body"), "what comes next is said").to_contain_text("Press Generate")
    made_by(page, "Tiny inpaint")
    expect(field(page, "#scene-from"), "which diffusion cannot keep").to_have_value("")
    expect(field(page, "#place")).to_have_value(asked)
    generate(page)


def drag(page: Any, part: str, across: float, down: float) -> None:
    """Drag a handle to a place on the layer, in shares of it, and hold it there."""
    box, layer = (page.locator(one).bounding_box() for one in (f".placing [data-part={part}]", ".placing .layer"))
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(layer["x"] + across * layer["width"], layer["y"] + down * layer["height"], steps=4)


def test_the_lights_side_and_the_shadows_strength_are_handles(open_page: Any, cut_photo: Path) -> None:
    page = open_page(390, 844)
    fill_in(page, cut_photo, prompt="on blue paper", count=1, size="128x128")
    page.click("#generate")
    page.wait_for_selector("#grid [data-place]").click()
    sun, dark = (page.locator(f".placing [data-part={part}]") for part in ("sun", "dark"))
    page.wait_for_selector(f"{PRODUCT}:not([hidden])")
    expect(page.locator(".placing [data-part=shadow]")).to_have_value("100")

    shade = page.locator(".placing [data-part=shade]")
    for side, name in ((0.05, "left"), (0.95, "right")):
        drag(page, "sun", side, 0.5)
        expect(page.locator(".placing [data-part=light]")).to_have_value(name)
        middle, product = (one.bounding_box() for one in (shade, page.locator(PRODUCT)))
        away = middle["x"] + middle["width"] / 2 - product["x"] - product["width"] / 2
        assert away * (0.5 - side) > 1, "the shadow falls away from the light at once"
        page.mouse.up()
    drafted(page)
    light, stood = (page.locator(one).bounding_box() for one in (".placing .sun", PRODUCT))
    assert light["x"] >= stood["x"] + stood["width"] or light["y"] >= stood["y"] + stood["height"], (
        "the sun is clear of it"
    )
    assert page.locator("#drafted [data-light]").get_attribute("data-light") == "right"
    sun.focus()
    page.keyboard.press("ArrowLeft")
    expect(sun).to_have_attribute("aria-valuetext", "The left")
    box, layer = dark.bounding_box(), page.locator(".placing .layer").bounding_box()
    start = (box["x"] + box["width"] / 2 - layer["x"]) / layer["width"]
    drag(page, "dark", start + float(dark.get_attribute("data-out")) * 30 / layer["width"], 0.6)
    page.mouse.up()
    expect(page.locator(".placing [data-part=shadow]")).to_have_value("150")
    page.keyboard.press("ArrowUp")
    expect(dark).to_have_attribute("aria-valuenow", "160")
    page.keyboard.press("Control+z")
    expect(dark).to_have_attribute("aria-valuenow", "150")
    page.fill(".placing [data-part=shadow]", "30")
    drafted(page)
    for part in (sun, dark, page.locator(".placing [data-part=make]")):
        seen = part.bounding_box()
        assert seen["x"] >= 0 and seen["x"] + seen["width"] <= 390 and seen["y"] + seen["height"] <= 844
    assert serious(page) == []

    run = run_of(page)
    page.click(".placing [data-part=make]")
    finished(page, run)
    expect(field(page, "#shadow-strength")).to_have_value("0.3")
    page.wait_for_selector("#grid [data-place]").click()
    page.wait_for_selector(f"{PRODUCT}:not([hidden])")
    expect(page.locator(".placing [data-part=shadow]")).to_have_value("30")
    expect(page.locator(".placing [data-part=light]"), "the picture was so lit").to_have_value("left")


def drawn(page: Any, by: float) -> None:
    """Drag the product to the side, by so many CSS pixels."""
    box = page.locator(PRODUCT).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=6)
    page.mouse.up()


def test_two_fingers_scale_and_a_channels_rules_are_outlined(open_page: Any, cut_photo: Path) -> None:
    page = open_page(390, 844, has_touch=True)
    fill_in(page, cut_photo, prompt="on blue paper", count=1, size="256x256")
    page.click("#generate")
    page.wait_for_selector("#export", state="visible")
    page.click("#export-channels input")
    page.get_by_role("option", name="Shopify").first.click()
    page.keyboard.press("Escape")
    page.locator("#grid [data-place]").click()
    page.wait_for_selector(f"{PRODUCT}:not([hidden])")
    before, box = standing(page), page.locator(".placing .field").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touched(page, *([(x, y), (x + apart, y)] for apart in (40, 60, 80)))
    assert standing(page)[2] == pytest.approx(2 * before[2], rel=0.02)
    facts = json.loads(page.locator("#placed [data-key]").get_attribute("data-facts"))
    shown = page.locator(".placing .marks .fill")
    expect(shown).to_have_count(len(facts["guides"]))
    assert facts["guides"]
    expect(page.locator(".placing [data-part=told]")).to_contain_text("Shopify")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
