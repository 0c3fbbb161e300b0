"""Several products in one picture: added, corrected, placed, removed, and found again with the settings of a run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from browser.serving import Served
from browser.steps import field, fill_in, finished, generate, run_of
from browser.test_accessible import serious
from browser.test_editor import painted, settled
from browser.test_placing import drafted
from PIL import Image
from playwright.sync_api import expect

from ecomgen.record import read_file

pytestmark = pytest.mark.browser
AT_ONCE = """async (typed) => {
  for (const [name, text] of Object.entries(typed)) {
    const field = document.querySelector(`#other-products [data-value=${name}]`);
    field.value = text;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await new Promise((done) => setTimeout(done, 10));
  }
}"""  # the second before the first is answered


@pytest.fixture
def bowl(tmp_path: Path) -> Path:
    """A red bowl, already cut out."""
    picture = Image.new("RGBA", (120, 80), (0, 0, 0, 0))
    picture.paste((200, 60, 40, 255), (20, 10, 100, 70))
    picture.save(tmp_path / "bowl.png")
    return tmp_path / "bowl.png"


def test_a_further_product_stands_in_the_picture_and_comes_back_with_its_settings(
    open_page: Any, cut_photo: Path, bowl: Path
) -> None:
    page = open_page(390, 844)
    fill_in(page, cut_photo, prompt="on blue paper", count=1, size="96x96")
    page.click("#others > button")
    others = page.locator("#other-products li")
    for _ in range(2):
        before = others.count()
        page.set_input_files("#other-drop input[type=file]", bowl)
        expect(others).to_have_count(before + 1)
    others.last.locator("[data-trigger=parted]").hover()
    page.mouse.down()
    page.evaluate("document.querySelector('#other-products ul').innerHTML += ''")  # as while a cut-out is being made
    page.mouse.up()
    expect(others, "what is shown anew while it is pressed is pressed").to_have_count(1)
    place = others.locator("[data-value=place]")
    place.fill("nowhere")
    place.press("Enter")
    page.wait_for_selector(".toast-body")
    page.locator(".toast-close").click()
    height = others.locator("[data-value=height]")
    height.fill("tall")
    height.press("Enter")
    page.wait_for_selector(".toast-body:has-text('is no height')")
    page.locator(".toast-close").click()
    page.evaluate(AT_ONCE, {"place": "0.7,0.9,0.2", "height": "9,5"})
    expect(place).to_have_attribute("value", "0.7,0.9,0.2")
    expect(height, "none is lost").to_have_attribute("value", "9,5")
    page.click("#generate")
    page.wait_for_selector(".toast-body:has-text('main product')")
    page.locator(".toast-close").click()
    field(page, "#height-cm").fill("20")
    assert serious(page) == []

    page.click("#generate")
    page.wait_for_selector("#export", state="visible")
    page.wait_for_selector("#grid [data-trigger=alike]")
    expect(page.locator("#grid .card")).to_have_count(1)
    others.locator(".remove").click()
    expect(others).to_have_count(0)
    page.locator("#grid [data-trigger=alike]").click()
    expect(others).to_have_count(1)
    expect(others.locator("[data-value=place]")).to_have_value("0.7,0.9,0.2")
    expect(field(page, "#height-cm")).to_have_value("20")
    expect(others.locator("[data-value=height]")).to_have_value("9.5")
    page.wait_for_selector("#earlier .look")
    page.wait_for_selector("#export", state="visible")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for shown in (others, others.locator(".remove")):
        box = shown.bounding_box()
        assert box["x"] + box["width"] <= 390 - 20, "nothing is cut off"


def test_a_further_product_is_corrected_in_the_editor_and_stays_so(
    open_page: Any, served: Served, cut_photo: Path, plain_photo: Path, bowl: Path
) -> None:
    page = open_page(390, 844)
    fill_in(page, cut_photo, prompt="on blue paper", count=1, size="96x96")
    page.click("#others > button")
    others, seen = page.locator("#other-products li"), "#other-products li:nth-child({}) .checker:not(.busy) img"
    for number, photo in enumerate((bowl, plain_photo), 1):
        page.set_input_files("#other-drop input[type=file]", photo)
        page.wait_for_selector(seen.format(number))
    before = page.get_attribute(seen.format(2), "src")
    main = page.get_attribute("#stage [data-edit]", "data-marks")

    others.last.locator("[data-edit]").click()
    page.wait_for_selector(".editor .layer:not(.bare)")
    page.click("[data-tool=erase]")
    painted(page, (0.3, 0.5), (0.6, 0.5))
    settled(page)
    assert serious(page) == []
    page.click(".editor [data-part=done]")
    expect(page.locator(seen.format(2))).not_to_have_attribute("src", before)
    others.first.locator(".remove").click()
    expect(others).to_have_count(1)
    stroke = marks_of(others.first)
    assert [list(one) for one in stroke] == [["stroke"]]
    assert page.get_attribute("#stage [data-edit]", "data-marks") == main, "the first product's are its own"

    generate(page)
    (folder,) = (one for one in (served.home / "runs").rglob(f"*{run_of(page)}*") if one.is_dir())
    first, second = read_file(folder).products
    assert not first.correction.strokes and [list(second.correction.strokes[0])] == [
        [tuple(map(tuple, stroke[0]["stroke"][0])), *stroke[0]["stroke"][1:]]
    ]
    others.locator(".remove").click()
    expect(others).to_have_count(0)
    page.set_input_files("#other-drop input[type=file]", plain_photo)
    page.wait_for_selector(seen.format(1))
    assert marks_of(others.first) == [], "what was removed is forgotten"
    run = run_of(page)
    page.locator("#grid [data-trigger=alike]").click()
    expect(others.first.locator("[data-edit]")).to_have_attribute("data-marks", re.compile("stroke"))
    finished(page, run)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_further_product_is_found_as_the_first_one_can_be(
    open_page: Any, served: Served, cut_photo: Path, plain_photo: Path, tmp_path: Path
) -> None:
    page = open_page(390, 844)
    fill_in(page, cut_photo, prompt="on blue paper", count=1, size="96x96")
    page.click("#others > button")
    other = page.locator("#other-products li")
    page.set_input_files("#other-drop input[type=file]", plain_photo)
    cut = page.locator("#other-products .checker:not(.busy) img")
    network = cut.get_attribute("src")
    other.locator("summary").click()
    words, masker = other.locator("[data-value=product]"), other.locator("select")
    words.fill("a mug")
    masker.select_option("grabcut")
    expect(cut).not_to_have_attribute("src", network)
    expect(other.locator(".more"), "what was unfolded stays so").to_be_visible()
    expect(words, "what is half typed stays so").to_have_value("a mug")
    words.press("Tab")
    expect(masker, "the cursor stays where it is").to_be_focused()
    with Image.open(plain_photo) as photo:
        mask = Image.new("L", photo.size)
    mask.paste(255, (100, 100, 200, 220))
    mask.save(tmp_path / "white.png")
    by_colour = cut.get_attribute("src")
    with page.expect_file_chooser() as asked:
        other.get_by_role("button", name="A mask made elsewhere").press("Enter")
    masker.select_option("lite")
    expect(cut).not_to_have_attribute("src", by_colour)
    asked.value.set_files(tmp_path / "white.png")
    expect(other.locator(".more .name span")).to_have_text("white.png")
    expect(masker, "it is as chosen").to_have_value("lite")
    assert serious(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= 390
    generate(page)
    (folder,) = (one for one in (served.home / "runs").rglob(f"*{run_of(page)}*") if one.is_dir())
    _, second = read_file(folder).products
    assert second.mask.masker == "file" and second.correction.mask and second.correction.product == "a mug"
    other.locator(".more .remove").click()
    expect(other.locator(".more .name")).to_have_count(0)


def numbers(place: str) -> list[float]:
    """Of a place as it is shown, which tells a turn only where there is one."""
    return [float(part) for part in place.split(",")]


def marks_of(other: Any) -> list[Any]:
    """What the server holds of a further product."""
    return json.loads(other.locator("[data-edit]").get_attribute("data-marks"))


def test_each_of_several_products_is_placed_by_hand(
    open_page: Any, served: Served, cut_photo: Path, bowl: Path
) -> None:
    page = open_page(390, 844)
    fill_in(page, cut_photo, prompt="on blue paper", count=1, size="128x96")
    page.click("#others > button")
    page.set_input_files("#other-drop input[type=file]", bowl)
    expect(page.locator("#other-products li")).to_have_count(1)
    page.click("#generate")
    page.wait_for_selector("#grid [data-place]").click()
    products = page.locator(".placing .product")
    page.wait_for_selector(".placing .product:not([hidden])")
    expect(products).to_have_count(2)
    main, beside = (one.get_attribute("data-place") for one in products.all())
    assert numbers(main)[0] < numbers(beside)[0], "in a row, as in the picture"

    start = products.last.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] / 2 + 12, start["y"] + start["height"] / 2 + 26, steps=4)
    page.mouse.up()
    expect(products.last).to_have_class("product chosen")
    expect(page.locator(".placing .chosen [data-grip=scale]").first, "with handles of its own").to_be_visible()
    assert page.locator(".placing [data-grip=scale]:visible").count() == 4
    moved = products.last.get_attribute("data-place")
    assert moved != beside and products.first.get_attribute("data-place") == main
    drafted(page)
    products.first.focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("ArrowLeft")
    drafted(page)
    places = [one.get_attribute("data-place") for one in products.all()]
    assert numbers(places[0])[0] == pytest.approx(numbers(main)[0] - 0.055, abs=2e-3)
    assert places[1] == moved and serious(page) == []
    page.keyboard.press("Control+z")
    assert products.first.get_attribute("data-place") == main
    page.keyboard.press("Control+Shift+z")

    run = run_of(page)
    page.click(".placing [data-part=make]")
    expect(page.locator("#other-products [data-value=place]")).to_have_value(moved)
    finished(page, run)
    (folder,) = (one for one in (served.home / "runs").rglob(f"*{run_of(page)}*") if one.is_dir())
    made = [one.place for one in read_file(folder).products]
    assert [one[:3] for one in made] == [pytest.approx(numbers(place)[:3], abs=1e-3) for place in places]
