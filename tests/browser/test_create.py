"""From photo to zip in a real browser, and what a person does on the way."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from browser.serving import Served
from browser.steps import field, fill_in, generate, go_to, upload
from PIL import Image
from playwright.sync_api import expect

from ecomgen.web import locale

pytestmark = pytest.mark.browser


def test_a_sample_is_there_at_the_start_and_all_of_it_in_the_first_window(open_page: Any) -> None:
    page = open_page()
    page.wait_for_selector("#stage .checker:not(.busy) img")
    in_the_first_window(page)
    results_stay_beside_a_long_form(page)
    wide_steps_stand_beside_one_another(page)
    understood(page)


def understood(page: Any) -> None:
    """The sample comes with its cut-out and what was understood of its setting; another one takes its place."""
    expect(page.locator("#photos .photo").first).to_be_visible()
    expect(page.locator("#prompt textarea")).not_to_have_value("")
    page.wait_for_selector("#meaning .badge.ok")
    expect(page.locator("#samples .chip.on")).to_have_count(1)
    page.click("#samples [data-value=mug]")
    page.wait_for_selector("#samples .chip.on[data-value=mug]")
    page.wait_for_selector("#meaning .badge.ok:has-text('linen')")
    expect(page.locator("#samples .chip.on")).to_have_count(1)


def in_the_first_window(page: Any) -> None:
    """Photo, cut-out, description and button are seen without scrolling."""
    ends = ("#stage [data-edit]", "#stage .checker", "#prompt textarea")
    for width, height in ((1440, 900), (1366, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        top_of_button = page.locator("#generate").bounding_box()["y"]
        lowest = max(box["y"] + box["height"] for box in (page.locator(one).bounding_box() for one in ends))
        assert lowest < top_of_button, (width, height)


def results_stay_beside_a_long_form(page: Any) -> None:
    """Whoever scrolls down the settings still sees the results."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.click("#advanced > button")
    page.locator("#steps").scroll_into_view_if_needed()
    assert page.evaluate("scrollY") > 900
    expect(page.locator(".create > .results h2").first).to_be_in_viewport()
    page.click("#advanced > button")
    page.evaluate("scrollTo(0, 0)")


def wide_steps_stand_beside_one_another(page: Any) -> None:
    """Where there is room for three columns there are three, and all of them are used."""
    page.set_viewport_size({"width": 2560, "height": 1440})
    product, scene, results = (one.bounding_box() for one in page.locator(".create .sheet").all())
    assert product["y"] == scene["y"] == results["y"]
    assert product["x"] + product["width"] <= scene["x"] and scene["x"] + scene["width"] <= results["x"]
    assert round(product["width"]) == round(scene["width"]) < results["width"]
    assert results["x"] + results["width"] > 0.9 * 2560
    below = page.locator("#generate").bounding_box()
    assert below["y"] + below["height"] <= 1440, "it is in view"


def test_a_channel_of_ones_own_is_there_without_a_restart(open_page: Any, served: Served, cut_photo: Path) -> None:
    own = served.home / "channels.toml"
    before = own.read_text("utf-8")
    own.write_text(f'{before}[label]\ntitle = "Our labels"\nwidth = 96\nheight = 64\n', "utf-8")
    page = open_page()
    page.click("#also input")
    expect(page.get_by_role("option", name="Our labels")).to_be_visible()
    page.keyboard.press("Escape")
    fill_in(page, cut_photo, prompt="on pink paper", count=1)
    page.click("#shape input")
    page.get_by_role("option", name="Our labels").click()
    generate(page)
    page.wait_for_function("document.querySelector('#grid img').naturalHeight === 64")
    saved_in_setup(page, "Our cards", "120x80")
    own.write_text(before, "utf-8")


def saved_in_setup(page: Any, title: str, size: str) -> None:
    """A channel that the form in Setup saves is offered at once."""
    go_to(page, "Setup")
    page.click("#own-channels > button")
    field(page, "#own-title").fill(title)
    field(page, "#own-channel-size").fill(size)
    page.click("#own-channel-save")
    expect(page.locator("#own-channel-delete"), "it is the one that is changed now").to_be_visible()
    go_to(page, "Create")
    page.click("#also input")
    expect(page.get_by_role("option", name=title)).to_be_visible()
    page.keyboard.press("Escape")


def test_from_photo_to_zip_and_from_the_history_back(
    open_page: Any, served: Served, plain_photo: Path, tmp_path: Path
) -> None:
    page = open_page()
    fill_in(page, plain_photo, prompt="on a marble slab {a|b} <b>bright</b>", count=2, size="128x96")
    generate(page)

    cards = page.locator("#grid .card")
    expect(cards).to_have_count(2)
    page.wait_for_function("[...document.querySelectorAll('#grid img')].every(image => image.naturalWidth === 128)")
    link = cards.first.locator("a[download]")
    with page.expect_download() as saved:
        link.click()
    run = max((served.home / "runs").iterdir())
    assert saved.value.suggested_filename.endswith(".png")
    assert Path(saved.value.path()).read_bytes() in [file.read_bytes() for file in run.glob("candidates/*.png")]

    page.click("#strictness > button")
    page.fill("#threshold input[type=number]", "0")
    page.press("#threshold input[type=number]", "Enter")
    page.wait_for_selector("#summary:has-text('2 of 2 passed')")
    page.click("#kind input")
    page.get_by_role("option", name="JPEG", exact=True).click()
    expect(page.locator(".results .export")).to_contain_text("what you rejected stays out")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download pictures").click()
    target = tmp_path / "best.zip"
    download.value.save_as(target)
    with zipfile.ZipFile(target) as archive:
        names = sorted(archive.namelist())
        assert [Path(name).suffix for name in names] == [".jpg", ".jpg", ".json"]
        with archive.open(names[0]) as file, Image.open(file) as picture:
            assert picture.size == (128, 96)
        assert json.loads(archive.read("run.json"))["prompt"] == "on a marble slab {a|b} <b>bright</b>"

    page.reload()
    page.wait_for_selector("#generate")

    page.get_by_role("tab", name="History").click()
    page.wait_for_selector("#runs .run")
    page.fill("#search textarea, #search input", "marble")
    page.wait_for_selector("#runs .run-row:only-child:has-text('{a|b} <b>bright</b>')")
    page.click("#runs .run")
    page.wait_for_selector("#details .card img")
    page.click("#replay")
    page.wait_for_selector("#replayed .message.ok")
    page.click("#use")
    page.wait_for_selector("#prompt textarea", state="visible")
    expect(page.locator("#prompt textarea")).to_have_value("on a marble slab {a|b} <b>bright</b>")
    expect(field(page, "#own-size")).to_have_value("128x96")
    page.click("#advanced > button")
    record = json.loads(max((served.home / "runs").glob("*/run.json")).read_text("utf-8"))
    expect(field(page, "#seed")).to_have_value(str(record["parameters"]["seed"]))
    page.wait_for_selector("#photos .photo:only-child:not([title^='01']) .badge")
    expect(page.locator("#samples .on"), "the photos are those of the run").to_have_count(0)

    page.get_by_role("tab", name="History").click()
    page.click("#delete")
    page.click("#really")
    page.wait_for_selector("#runs .message:has-text('marble')")
    assert not (served.home / "runs" / record["run_id"]).exists()


def test_a_mistake_is_one_sentence_that_loses_nothing_and_stop_keeps_what_is_finished(
    open_page: Any, cut_photo: Path, tmp_path: Path
) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="", count=12)
    page.click("#generate")
    said = page.locator(".toast-body").inner_text()
    assert "describe the scene" in said
    assert "Traceback" not in said
    for width in (390, 1000, 1440, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"innerWidth === {width}")
        page.locator(".results").evaluate("step => step.scrollIntoView()")
        toast, head = (page.locator(one).first.bounding_box() for one in (".toast-body", ".results h2"))
        is_beside, is_below = head["x"] + head["width"] <= toast["x"], head["y"] + head["height"] <= toast["y"]
        is_above = toast["y"] + toast["height"] <= head["y"]
        assert is_beside or is_below or is_above, f"at {width} it leaves the head of the results free"
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".toast-close").click()

    broken = tmp_path / "<i>broken<i>.jpg"
    broken.write_bytes(b"not a picture")
    page.set_input_files("#drop input[type=file]", broken)
    page.wait_for_selector(".toast-body:has-text('broken')")
    expect(page.locator("#photos .photo")).to_have_count(1)

    page.fill("#own-size textarea, #own-size input", "10000000x3")
    page.fill("#prompt textarea", "on grass in a sunny garden")
    page.click("#generate")
    page.wait_for_selector(".toast-body:has-text('choose another size')")

    page.fill("#own-size textarea, #own-size input", "192x192")
    page.click("#generate")
    page.wait_for_selector("#grid .card[data-status]")
    page.click("#stop")
    page.wait_for_selector(f"#progress:has-text('{locale.STOPPING}'), #summary:has-text('stopped early')")
    made = page.locator("#grid .card[data-status]").count()
    page.wait_for_selector("#summary:has-text('stopped early')")
    assert 1 <= page.locator("#grid .card").count() <= made + 2 < 12, "no further picture begins"
    expect(page.locator("#export")).to_be_visible()


def test_a_drawn_box_and_another_suggestion_change_the_cutout(open_page: Any, plain_photo: Path) -> None:
    page = open_page()
    upload(page, plain_photo)
    page.wait_for_selector("#stage .checker:not(.busy) img")
    before = page.get_attribute("#stage .checker img", "src")
    page.click("#stage [data-edit]")
    page.click("[data-tool=box]")
    frame = page.locator("[data-part=layer]").bounding_box()
    corners = [(0.2, 0.2), (0.85, 0.9)]
    (x0, y0), (x1, y1) = [(frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in corners]
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move(x1, y1, steps=4)
    page.mouse.up()
    page.wait_for_selector(".editor .status.ok")
    page.keyboard.press("Escape")
    page.click("#fix-cutout > button")
    box = [int(side) for side in field(page, "#box").input_value().split(",")]
    with Image.open(plain_photo) as picture:
        width, height = picture.size
    wanted = [share * side for share, side in zip((0.2, 0.2, 0.85, 0.9), (width, height) * 2, strict=True)]
    assert all(abs(found - right) <= 3 for found, right in zip(box, wanted, strict=True))

    page.click("#stage [data-edit]")
    page.click("[data-part=restart]")
    page.wait_for_selector(".editor .status.ok")
    page.keyboard.press("Escape")
    expect(page.locator("#stage .checker img").first).to_have_attribute("src", before)
    others = page.locator("#suggestions .suggestion")
    if others.count() > 1:
        others.nth(1).click()
        page.wait_for_selector("#suggestions .suggestion[aria-pressed=true]:nth-child(2)")
        expect(page.locator("#stage .checker img").first).not_to_have_attribute("src", before)


def test_nothing_sticks_out_sideways(open_page: Any, cut_photo: Path) -> None:
    widths = (1440, 820, 390)

    def fits() -> None:
        for width in widths:
            page.set_viewport_size({"width": width, "height": 844})
            page.wait_for_function(f"innerWidth === {width} && document.documentElement.scrollWidth <= {width}")

    page = open_page(widths[-1], 844)
    fill_in(page, cut_photo, prompt="on a pale pink backdrop " + "x" * 120, count=1)
    generate(page)
    fits()
    go_to(page, "History")
    page.locator("#runs .run").first.click()
    page.wait_for_selector("#details .card")
    fits()
    go_to(page, "Setup")
    page.wait_for_selector("#findings li")
    fits()


def test_a_list_of_choices_is_left_by_tab_and_kept_by_enter(open_page: Any) -> None:
    page = open_page()
    shape = page.locator("#shape input")
    shape.focus()
    for name in ("#also", "#pipeline"):
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.locator(f"{name} input")).to_be_focused()
        expect(page.locator("[role=combobox][aria-expanded=true]"), "its own list alone").to_have_count(1)
    shape.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(shape).to_have_value(re.compile("Amazon"))
    expect(page.locator("[role=combobox][aria-expanded=true]")).to_have_count(0)
    expect(shape).to_be_focused()


def test_what_is_said_of_pictures_is_seen_wherever_they_are_asked_for(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="on blue paper", count=4, size="256x256")
    generate(page)
    page.locator("#steps").scroll_into_view_if_needed()
    page.fill("#prompt textarea", "qwerty zxcvb asdfgh")
    page.click("#generate")
    expect(page.locator("#progress .message")).to_be_in_viewport()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.eval_on_selector("#progress .chip", "chip => chip.click()")
    expect(page.locator("#progress .progress")).to_be_in_viewport()
    page.click("#stop")
