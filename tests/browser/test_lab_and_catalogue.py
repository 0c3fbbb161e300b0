"""Many pictures at once, in a real browser: combinations side by side, and a catalogue from a table."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from browser.serving import Served
from browser.steps import go_to, reload
from browser.test_accessible import serious
from browser.test_editor import painted, settled
from playwright.sync_api import expect

from ecomgen.record import read_file
from ecomgen.web.locale import english
from ecomgen.workflows.replay import request_of

pytestmark = pytest.mark.browser


def test_combinations_side_by_side_and_each_opens_its_run(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    page.set_input_files("#drop input[type=file]", cut_photo)
    page.wait_for_selector("#photos .photo:only-child[title^=mug] .badge")
    page.click("#advanced > button")
    page.fill("#steps textarea, #steps input", "1")
    page.get_by_role("tab", name="Lab").click()
    page.wait_for_selector("#lab-start", state="visible")
    page.fill("#lab-side textarea, #lab-side input", "64")
    page.fill("#lab-prompt textarea", "on {paper|marble")
    page.click("#lab-start")
    page.wait_for_selector("text=brace of the prompt is not closed")
    page.fill("#lab-prompt textarea", "on {paper|<b>marble</b>}")
    page.press("#lab-prompt textarea", "Tab")  # what was typed is taken when the field is left
    page.click("#lab-start")
    page.wait_for_selector("#lab-sheet .lab")
    named = [text.strip() for text in page.locator("#lab-sheet thead th").all_inner_texts()]
    assert named == ["paper", "<b>marble</b>"]
    expect(page.locator("#lab-sheet .picture img")).to_have_count(2)
    for one in page.locator("#lab-sheet .picture img").all():
        assert one.evaluate("image => image.complete && image.clientWidth <= image.naturalWidth"), "nothing is enlarged"
    expect(page.locator("#lab-sheet .part + ul li"), "one choice").to_have_count(1)
    page.locator("#lab-sheet .picture").last.click()
    page.wait_for_selector("#run-head h2")
    expect(page.locator("#run-head h2")).to_contain_text("on <b>marble</b>")


def test_a_table_with_photos_becomes_pictures_and_is_found_again(
    open_page: Any, served: Served, cut_photo: Path, tmp_path: Path
) -> None:
    shutil.copy(cut_photo, tmp_path / "mug.png")
    table = tmp_path / "autumn.csv"
    table.write_text(
        "product,photos,prompt,size,steps,count\nMug,mug.png,on marble,64x64,1,1\n"
        "Ghost,gone.png,on marble,64x64,1,1\nSpy,/etc/hostname,on marble,64x64,1,1\n"
        "<b>Thief</b>,../../../etc/passwd,on marble,64x64,1,1\n",
        "utf-8",
    )
    page = open_page()
    page.get_by_role("tab", name="Catalogue").click()
    expect(page.locator("#catalogue-earlier"), "there is none yet").to_be_hidden()
    (tmp_path / "wrong.csv").write_text("name,price\nMug,4\n", "utf-8")
    page.set_input_files("#catalogue-drop input[type=file]", tmp_path / "wrong.csv")
    expect(page.locator(".toast-body")).to_contain_text("no column photos")
    expect(page.locator("#catalogue-drop"), "what is refused does not stay").not_to_contain_text("wrong")
    page.set_input_files("#catalogue-drop input[type=file]", [table, tmp_path / "mug.png"])
    page.wait_for_selector("#catalogue-table .plan tbody tr >> nth=3")
    rows = page.locator("#catalogue-table tbody tr")
    expect(rows.nth(0)).to_contain_text("Not made yet")
    expect(rows.nth(1)).to_contain_text("gone.png")
    for row, file in ((rows.nth(2), "hostname"), (rows.nth(3), "passwd")):
        expect(row, "a table may not name files of the server").to_contain_text(f"There is no photo {file}")
    expect(page.locator("#catalogue-table b")).to_have_count(0)
    page.click("#catalogue-start")
    page.wait_for_selector("#catalogue-download", state="visible")
    expect(rows.nth(0)).to_contain_text("of 1 passed")
    with page.expect_download() as download:
        page.click("#catalogue-download")
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "report.csv" in archive.namelist() and any(name.endswith(".png") for name in archive.namelist())

    page.reload()
    page.get_by_role("tab", name="Catalogue").click()
    page.click("#catalogue-earlier input")
    page.get_by_role("option", name="autumn").click()
    page.wait_for_selector("#catalogue-download", state="visible")
    assert (served.home / "catalogues").is_dir()


def test_a_catalogue_that_was_stopped_simply_goes_on(open_page: Any, cut_photo: Path, tmp_path: Path) -> None:
    shutil.copy(cut_photo, tmp_path / "mug.png")
    rows = "".join(f"Mug {number},mug.png,{size}x{size},1\n" for number, size in enumerate((64, 2000, 2000)))
    (tmp_path / "winter.csv").write_text(f"product,photos,size,steps\n{rows}", "utf-8")
    page = open_page()
    page.get_by_role("tab", name="Catalogue").click()
    page.set_input_files("#catalogue-drop input[type=file]", [tmp_path / "winter.csv", tmp_path / "mug.png"])
    page.wait_for_selector("#catalogue-table .plan tbody tr >> nth=2")
    expect(page.locator("#catalogue-table .message", has_text="Click a look")).to_have_count(1)
    expect(page.locator("#catalogue-table .badge.fail"), "what all lack is told once").to_have_count(0)
    page.fill("#catalogue-prompt textarea", "on oak")
    page.press("#catalogue-prompt textarea", "Tab")
    expect(page.locator("#catalogue-table td .badge", has_text="Not made yet")).to_have_count(3)
    expect(page.locator("#catalogue-table tbody img")).to_have_count(3)
    page.click("#catalogue-start")
    page.wait_for_selector("#catalogue-table td .badge:has-text('passed')")
    page.click("#catalogue-stop")
    expect(page.locator("#catalogue-start")).to_have_text("Go on")

    page.reload()
    page.get_by_role("tab", name="Catalogue").click()
    expect(page.locator("#catalogue-prompt textarea"), "the form comes back with it").to_have_value("on oak")
    expect(page.locator("#catalogue-start")).to_have_text("Go on")
    page.click("#catalogue-earlier input")
    page.get_by_role("option", name="winter.csv").click()
    expect(page.locator("#catalogue-start")).to_have_text("Go on")
    expect(page.locator("#catalogue-table td .badge", has_text="passed")).to_have_count(1)


def test_pictures_of_a_catalogue_are_decided_one_by_one_and_those_approved_are_downloaded(
    open_page: Any, cut_photo: Path, tmp_path: Path
) -> None:
    for name in ("mug.png", "cup.png"):
        shutil.copy(cut_photo, tmp_path / name)
    table = "photos,prompt,size,steps,count,threshold\ncup.png,on paper,64x64,1,1,0\nmug.png,on paper,64x64,1,1,0\n"
    (tmp_path / "both.csv").write_text(table, "utf-8")
    page = open_page()
    page.get_by_role("tab", name="Catalogue").click()
    files = [tmp_path / name for name in ("both.csv", "mug.png", "cup.png")]
    page.set_input_files("#catalogue-drop input[type=file]", files)
    page.wait_for_selector("#catalogue-table .plan tbody tr >> nth=1")
    page.click("#catalogue-start")
    page.wait_for_selector("#catalogue-download", state="visible")
    pictures, only = page.locator("#catalogue-table .made .picture"), page.locator("#catalogue-approved")
    expect(pictures).to_have_count(2)
    expect(only, "nothing is approved yet").to_be_hidden()
    pictures.first.click()
    page.wait_for_selector("dialog .decision")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("a")
    page.wait_for_selector("dialog [data-act=approve][aria-pressed=true]")
    page.keyboard.press("Escape")
    assert serious(page) == []
    only.locator("input").check()
    with page.expect_download() as download:
        page.click("#catalogue-download")
    with zipfile.ZipFile(download.value.path()) as archive:
        assert sorted(archive.namelist()) == ["pictures/mug-1.png", "report.csv"]
    page.locator("#catalogue-table [data-packs]").click()  # the history was never opened yet
    expect(page.locator("#chosen-export"), "all of it is chosen, and the channels are next").to_be_visible()
    expect(page.locator("#runs [data-choose]:checked")).to_have_count(2)
    page.get_by_role("tab", name="Catalogue").click()
    page.locator("#catalogue-table th [data-trigger=opened]", has_text="mug").click()
    approve = page.locator("#details [data-act=approve]")
    expect(approve, "it is known there, too").to_have_attribute("aria-pressed", "true")
    expect(approve, "the history comes to the front after it is filled").to_be_visible()
    page.get_by_role("tab", name="Catalogue").click()
    page.set_input_files("#catalogue-drop input[type=file]", files)
    told = page.locator("#catalogue-table .message", has_text=re.compile(r"About \d+ s on this machine"))
    expect(told, "as long as it took before").to_have_count(1)
    page.click("#catalogue-earlier input")
    expect(page.get_by_role("option", name="both.csv"), "the one before, and this one").to_have_count(2)


def test_a_look_makes_a_range_of_which_one_hears_how_alike_it_is(
    open_page: Any, cut_photo: Path, tmp_path: Path
) -> None:
    shutil.copy(cut_photo, tmp_path / "mug.png")
    places = ("0.5,0.8,0.5", "0.5,0.8,0.5", "0.5,0.6,0.3")
    rows = "".join(f'Mug {number},mug.png,64x64,1,1,"{place}"\n' for number, place in enumerate(places))
    (tmp_path / "range.csv").write_text(f"product,photos,size,steps,count,place\n{rows}", "utf-8")
    page = open_page()
    page.get_by_role("tab", name="Catalogue").click()
    shutil.copy(cut_photo, tmp_path / "cup.png")
    (tmp_path / "other").mkdir()
    shutil.copy(cut_photo, tmp_path / "other" / "mug.png")
    photos = [tmp_path / "mug.png", tmp_path / "cup.png", tmp_path / "other" / "mug.png"]
    page.set_input_files("#catalogue-drop input[type=file]", photos)
    expect(page.locator("#catalogue-table tbody th"), "photos alone are a product each").to_have_text(
        [re.compile("^cup"), re.compile("^mug-2"), re.compile("^mug")]
    )
    page.set_input_files("#catalogue-drop input[type=file]", [tmp_path / "range.csv", tmp_path / "mug.png"])
    expect(page.locator("#catalogue-table tbody th").first, "the table, no more the photos").to_have_text(
        re.compile("^Mug")
    )
    expect(page.locator("#catalogue-table .message", has_text="Click a look")).to_have_count(1)
    tile = page.locator("#catalogue-looks .look").first
    tile.click()
    expect(tile).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#catalogue-look input")).to_have_value(tile.inner_text())
    expect(page.locator("#catalogue-table td .badge", has_text="Not made yet")).to_have_count(3)
    page.click("#catalogue-start")
    page.wait_for_selector("#catalogue-download", state="visible")
    expect(page.locator("#catalogue-download"), "what comes next").to_have_class(re.compile(r"\bprimary\b"))
    expect(page.locator("#catalogue-start"), "nothing is left to make").to_have_text(english.CATALOGUE_AGAIN)
    expect(page.locator(".ranges h2")).to_contain_text("2 of 3 products are alike")
    expect(page.locator(".ranges li")).to_contain_text(
        "Mug 2: it stands higher (at 60% of the picture; the others at 80%)"
    )
    expect(page.locator(".ranges .hint"), "what nobody looked at").to_contain_text("not compared")
    chosen = page.locator("#catalogue-look input").input_value()
    page.reload()
    page.get_by_role("tab", name="Catalogue").click()
    expect(page.locator("#catalogue-look input"), "the form comes back with it").to_have_value(chosen)
    page.click("header .language[hreflang=de]")
    page.get_by_role("tab", name="Katalog").click()
    rows = page.locator("#catalogue-table tbody tr")
    expect(rows.first).to_contain_text("Zeile 2")
    expect(rows.first).to_contain_text("1 von 1 bestanden")
    german = page.locator("#catalogue-look input").input_value()
    assert german != chosen
    expect(rows.first, "the look by its German name").to_contain_text(german)
    expect(page.locator(".ranges h2")).to_contain_text(f"„{german}“: 2 von 3 Produkten")


def test_a_cut_out_is_seen_and_corrected_before_the_pictures_are_made_and_they_keep_to_it(
    open_page: Any, served: Served, cut_photo: Path, plain_photo: Path, tmp_path: Path
) -> None:
    for photo, name in ((cut_photo, "cup.png"), (plain_photo, "mug.jpg")):
        shutil.copy(photo, tmp_path / name)
    rows = "cup.png,64x64,1,1,0\nmug.jpg,64x64,1,1,0\n"
    (tmp_path / "both.csv").write_text(f"photos,size,steps,count,threshold\n{rows}", "utf-8")
    page = open_page(390, 844)
    go_to(page, "Catalogue")
    files = [tmp_path / name for name in ("both.csv", "mug.jpg", "cup.png")]
    page.set_input_files("#catalogue-drop input[type=file]", files)
    page.click("#catalogue-cut")
    cards, one = page.locator("#catalogue-cutouts .cutout"), "#catalogue-product"
    expect(cards, "before anything is said of the scene").to_have_count(2)
    expect(page.locator("#catalogue-cut")).to_be_hidden()
    mug = cards.filter(has_text="mug")
    before = mug.locator("img").get_attribute("src")
    assert serious(page) == []
    mug.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{one} .checker:not(.busy) img")
    expect(page.locator(f"{one} h2")).to_be_in_viewport()
    assert serious(page) == []
    page.locator(f"{one} [data-edit]").click()
    page.wait_for_selector(".editor .layer:not(.bare)")
    page.click(".editor [data-tool=erase]")
    painted(page, (0.3, 0.5), (0.6, 0.5))
    settled(page)
    page.click(".editor [data-part=done]")
    expect(mug.locator(".badge.ok")).to_have_text("Corrected")
    expect(mug.locator("img")).not_to_have_attribute("src", before)
    (stroke,) = (mark["stroke"] for mark in json.loads(page.get_attribute(f"{one} [data-edit]", "data-marks")))
    page.click(f"{one} [data-trigger=another]")
    expect(page.locator(f"{one} h2")).to_have_text("cup")
    page.click(f"{one} [data-trigger=closed]")
    expect(page.locator(f"{one} h2")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    reload(page, "Catalogue")
    expect(mug.locator(".badge.ok"), "it outlives the page").to_have_text("Corrected")
    page.fill("#catalogue-prompt textarea", "on paper")
    page.click("#catalogue-start")
    page.wait_for_selector("#catalogue-download", state="visible")
    page.locator("#catalogue-table [data-trigger=opened]", has_text="mug").click()
    page.wait_for_selector("#run-head h2")
    made = (served.home / "catalogues").rglob("runs/mug/run.json")
    folder = max(made, key=lambda file: file.stat().st_mtime).parent  # others in this file have a mug, too
    record = read_file(folder)
    assert [[list(map(list, line)), *rest] for line, *rest in request_of(record).stroke] == [stroke]
    assert not request_of(read_file(folder.parent / "cup")).stroke
