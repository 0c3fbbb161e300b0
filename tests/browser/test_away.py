"""What happens to a run when the page is left, the network fails, or others come."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from browser.serving import Served
from browser.steps import QUICK, begun, field, fill_in, finished, generate, go_to, reload, run_of, upload
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MODEM = {"offline": False, "latency": 400, "downloadThroughput": 60_000, "uploadThroughput": 40_000}


def test_neither_a_reload_nor_a_lost_or_slow_connection_loses_the_run_or_the_form(
    open_page: Any, cut_photo: Path
) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="on a marble slab, bright", count=2, size="128x128")
    page.click("#generate")
    begun(page)
    page.reload()
    begun(page)
    page.wait_for_selector("#photos .photo:only-child[title^=mug]")
    expect(field(page, "#prompt")).to_have_value("on a marble slab, bright")
    finished(page)
    expect(page.locator("#grid .card")).to_have_count(2)
    page.reload()
    finished(page)
    expect(page.locator("#grid .card"), "what is finished is found again, too").to_have_count(2)

    run = run_of(page)
    page.fill("#prompt textarea", "on a walnut table")
    page.click("#generate")
    begun(page, run)
    page.context.set_offline(True)
    page.wait_for_timeout(1500)
    page.context.set_offline(False)
    page.goto(page.url)
    finished(page, run)
    expect(page.locator("#grid .card")).to_have_count(2)
    expect(field(page, "#prompt")).to_have_value("on a walnut table")

    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", MODEM)
    generate(page)
    assert page.evaluate("document.querySelector('#grid img').decode().then(() => true)")
    expect(page.locator(".toast-body")).to_have_count(0)


def test_lab_and_catalogue_are_found_again_after_a_reload(open_page: Any, cut_photo: Path, tmp_path: Path) -> None:
    page = open_page()
    upload(page, cut_photo)
    go_to(page, "Lab")
    page.fill("#lab-prompt textarea", "on {pink|blue} paper")
    page.fill("#lab-side textarea, #lab-side input", "64")
    page.click("#lab-start")
    page.wait_for_selector("#lab-stop:visible, #lab-sheet .lab")
    reload(page, "Lab")
    page.wait_for_selector("#lab-sheet .lab")
    expect(field(page, "#lab-prompt")).to_have_value("on {pink|blue} paper")
    expect(page.locator("#lab-sheet .picture")).to_have_count(2)
    page.click("#lab-sheet [data-trigger=used]")
    page.wait_for_selector("#prompt textarea", state="visible")
    expect(field(page, "#prompt")).to_have_value(re.compile("on (pink|blue) paper"))

    shutil.copy(cut_photo, tmp_path / "mug.png")
    table = tmp_path / "spring.csv"
    table.write_text(f"product,photos,prompt,size,steps,count\nMug,mug.png,on blue paper,{QUICK},1,1\n", "utf-8")
    go_to(page, "Catalogue")
    page.set_input_files("#catalogue-drop input[type=file]", [table, tmp_path / "mug.png"])
    page.wait_for_selector("#catalogue-table tbody tr")
    page.click("#catalogue-start")
    page.wait_for_selector("#catalogue-stop:visible, #catalogue-download:visible")
    reload(page, "Catalogue")
    page.wait_for_selector("#catalogue-download", state="visible")
    expect(page.locator("#catalogue-table tbody tr").first).to_contain_text("of 1 passed")


def test_two_browsers_wait_for_each_other_and_see_nothing_of_each_other(
    open_page: Any, served: Served, cut_photo: Path
) -> None:
    anna, ben = open_page(), open_page()
    fill_in(anna, cut_photo, prompt="on a terracotta podium", count=12, size="128x128")
    fill_in(ben, cut_photo, prompt="on a sage backdrop", count=1)
    anna.click("#generate")
    begun(anna)
    ben.click("#generate")
    ben.wait_for_selector("#progress :text('before this')")
    anna.wait_for_selector("#grid .card[data-status]")
    anna.click("#stop")
    for page, mine, others in ((anna, "terracotta", "sage"), (ben, "sage", "terracotta")):
        finished(page)
        go_to(page, "History")
        page.wait_for_selector(f"#runs .run:has-text('{mine}')")
        expect(page.locator(f"#runs .run:has-text('{others}')")).to_have_count(0)
    source = anna.locator("#grid .picture img").first.get_attribute("src")
    assert anna.request.get(served.url + source).status == 200
    assert ben.request.get(served.url + source).status == 404


def test_another_window_of_the_same_visitor_shows_what_was_begun_and_nobody_else_does(
    open_page: Any, cut_photo: Path
) -> None:
    page, stranger = open_page(), open_page()
    window = page.context.new_page()
    window.goto(page.url)
    window.wait_for_selector("#generate")
    window.fill("#prompt textarea", "on a sheet of cork")
    fill_in(page, cut_photo, prompt="on a marble slab, bright", count=3, size="256x256")
    page.click("#generate")
    begun(page)
    for other in (window, stranger):
        other.evaluate("dispatchEvent(new Event('focus'))")
    begun(window)
    finished(window)
    expect(window.locator("#grid .card")).to_have_count(3)
    expect(field(window, "#prompt"), "the form stays as it is").to_have_value("on a sheet of cork")
    finished(page)
    assert run_of(window) == run_of(page) and run_of(stranger) == ""
    expect(stranger.locator("#stop")).to_be_hidden()
