"""Pictures are starred, approved, rejected and commented, one at a time by keyboard; exports take what was approved."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import PATIENCE, running
from browser.serving import Served
from browser.steps import fill_in, go_to
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page: Any, cut_photo: Path) -> Any:
    """Two pictures of a mug."""
    page = open_page()
    fill_in(page, cut_photo, prompt="on oak", count=2)
    page.click("#generate")
    page.wait_for_selector("#stop", state="visible")
    page.wait_for_selector("#export", state="visible")
    return page


def approve_all(page: Any) -> None:
    """Both at once, faster than the first is answered."""
    page.evaluate("document.querySelectorAll('#grid .card [data-act=approve]').forEach(chip => chip.click())")
    expect(page.locator("#grid .card [data-act=approve][aria-pressed=true]")).to_have_count(2)


def test_pictures_are_decided_by_keyboard_and_the_history_knows(page: Any, tmp_path: Path) -> None:
    page.locator("#grid .card .picture").first.click()
    page.wait_for_selector("dialog .decision")
    page.keyboard.press("a")
    page.wait_for_selector("dialog [data-act=approve][aria-pressed=true]")
    page.keyboard.press("s")
    page.wait_for_selector("dialog [data-act=star][aria-pressed=true]")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("dialog [data-act=approve][aria-pressed=false]")
    page.keyboard.press("r")
    page.keyboard.press("3")
    page.wait_for_selector("dialog .said:has-text('Rejected: Light')")
    page.keyboard.press("c")
    page.keyboard.type("too <b>dark</b>, sad")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog .said:has-text('too <b>dark</b>, sad')")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("dialog [data-act=approve][aria-pressed=true]")
    page.keyboard.press("Escape")
    page.locator("#approved input").check()
    with page.expect_download() as download:
        page.click("#export")
    download.value.save_as(tmp_path / "best.zip")
    with zipfile.ZipFile(tmp_path / "best.zip") as archive:
        assert len([name for name in archive.namelist() if name.endswith(".png")]) == 1
    go_to(page, "History")
    page.locator("#runs .run").first.click()
    page.wait_for_selector("#details .decision .said:has-text('Rejected: Light')")
    assert page.locator("#details [data-act=approve][aria-pressed=true]").count() == 1
    assert page.locator("#details .notes li", has_text="picture").count() == 4
    page.click("#said > button")
    page.wait_for_selector("#counted th:has-text('Light')")


def test_a_verdict_is_taken_back_and_a_threshold_that_fits_is_offered(page: Any, served: Served) -> None:
    chip = "#grid .card:first-child [data-act=approve]"
    page.click(chip)
    page.wait_for_selector(f"{chip}[aria-pressed=true]")
    page.click(chip)
    page.wait_for_selector(f"{chip}[aria-pressed=false]")
    assert page.evaluate("document.activeElement.dataset.act") == "approve"

    run = page.locator("#grid .decision").first.get_attribute("data-picture").partition(":")[0]
    with sqlite3.connect(served.home / "runs.sqlite") as log:
        log.execute("DELETE FROM decisions")
        log.execute("UPDATE candidates SET identity = 0.4 WHERE run_id = ?", (run,))
    approve_all(page)
    page.click("#agreement [data-trigger=fitted]")
    page.wait_for_function("document.querySelector('#threshold input[type=number]').value === '0.4'")
    page.wait_for_selector("#agreement [data-trigger=fitted]", state="detached")


def test_a_reviewer_follows_the_link_of_the_history(browser: Any, cut_photo: Path, tmp_path: Path) -> None:
    with running(tmp_path, ECOMGEN_REVIEW_SECRET="a secret of sixteen") as app:
        maker, reviewer = browser.new_context(), browser.new_context()
        for person in (maker, reviewer):
            person.set_default_timeout(PATIENCE)
        page = maker.new_page()
        page.goto(app.url)
        page.wait_for_selector("#generate")
        fill_in(page, cut_photo, prompt="on oak", count=1)
        page.click("#generate")
        page.wait_for_selector("#grid .card [data-act=approve]").click()
        page.wait_for_selector("#grid .said")
        go_to(page, "History")
        page.locator("#runs .run").first.click()
        page.click("#link")
        theirs = reviewer.new_page()
        theirs.goto(page.locator(".linked a").get_attribute("href"))
        assert "Approved" in theirs.inner_text("article")
        assert theirs.evaluate("document.querySelector('article img').naturalWidth") == 64
        assert theirs.locator("button, input, form, script").count() == 0
        maker.close()
        reviewer.close()
