"""Pictures are starred, approved, rejected and commented, one at a time by keyboard; exports take what was approved."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import PATIENCE
from browser.serving import Served
from browser.steps import fill_in, generate, go_to
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page: Any, cut_photo: Path) -> Any:
    """Two pictures of a mug."""
    page = open_page()
    fill_in(page, cut_photo, prompt="on blue paper", count=2)
    generate(page)
    return page


def approve_all(page: Any) -> None:
    """Both at once, faster than the first is answered."""
    page.evaluate("document.querySelectorAll('#grid .card [data-act=approve]').forEach(chip => chip.click())")
    expect(page.locator("#grid .card [data-act=approve][aria-pressed=true]")).to_have_count(2)


@pytest.fixture
def reviewer(browser: Any) -> Iterator[Any]:
    """A page of somebody who never used the app."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_pictures_are_decided_by_keyboard_and_the_history_and_a_reviewer_know(
    page: Any, reviewer: Any, tmp_path: Path
) -> None:
    page.locator("#grid .card .picture").first.click()
    page.wait_for_selector("dialog .decision")
    page.keyboard.press("a")
    page.wait_for_selector("dialog [data-act=approve][aria-pressed=true]")
    page.keyboard.press("s")
    page.wait_for_selector("dialog [data-act=star][aria-pressed=true]")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("dialog [data-act=approve][aria-pressed=false]")
    buttons = page.locator("dialog .decision [data-act=approve], dialog .decision summary")
    before = [one.bounding_box() for one in buttons.all()]
    page.keyboard.press("r")
    assert [one.bounding_box() for one in buttons.all()] == before  # the reasons open without moving the row
    page.keyboard.press("Escape")
    expect(page.locator("dialog .decision details[open]"), "Escape closes the reasons alone").to_have_count(0)
    page.keyboard.press("r")
    page.keyboard.press("3")
    page.wait_for_selector("dialog .said:has-text('Rejected: Light')")
    page.keyboard.press("c")
    page.keyboard.type("too <b>dark</b>, sad")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog .said:has-text('too <b>dark</b>, sad')")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("dialog [data-act=approve][aria-pressed=true]")
    page.click("dialog [data-act=star]")
    page.wait_for_selector("dialog [data-act=star][aria-pressed=false]")
    for _ in range(2):  # pictures, so that the first comes again: the mouse takes the keys away from nobody
        page.keyboard.press("ArrowRight")
    page.wait_for_selector("dialog [data-act=approve][aria-pressed=true]")
    page.keyboard.press("Escape")
    rejected = page.locator("#grid .card:has([data-act=reject].on)")
    expect(rejected.locator(".badge.accent"), "it is no best one").to_be_hidden()
    unfolding = rejected.locator(".decision .reject, .next .more")
    for part in unfolding.all():
        part.locator("summary").click()
        page.keyboard.press("Escape")
    expect(page.locator("#grid .card details[open]")).to_have_count(0)
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
    assert page.locator("#details .notes li", has_text="picture").count() == 5
    page.click("#said > button")
    page.wait_for_selector("#counted th:has-text('Light')")

    page.click("#link")
    reviewer.goto(page.locator(".linked a").get_attribute("href"))
    told = reviewer.inner_text("body")
    assert "Approved" in told and "Rejected: Light" in told
    assert reviewer.evaluate("document.querySelector('article img').naturalWidth") == 64
    assert reviewer.locator("button, input, form, script").count() == 0


def test_a_comment_decides_nothing_a_verdict_is_taken_back_and_a_threshold_that_fits_is_offered(
    page: Any, served: Served
) -> None:
    typed_at_once(page)
    taken_back(page)
    a_threshold_that_fits(page, served)


def typed_at_once(page: Any) -> None:
    """A comment that is opened by a click is typed at once, and decides nothing."""
    page.locator("#grid .card .picture").first.click()
    page.locator("dialog [data-act=comment]").click()
    expect(page.locator("dialog .comment input")).to_be_focused()
    page.keyboard.type("sad, a rather red one")
    expect(page.locator("dialog .comment input")).to_have_value("sad, a rather red one")
    bar, typed = (page.locator(f"dialog {part}").bounding_box() for part in (".deciding", ".comment input"))
    assert typed["x"] + typed["width"] <= bar["x"] + bar["width"]
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog .said:has-text('sad, a rather red one')")
    expect(page.locator("dialog [aria-pressed=true]")).to_have_count(0)
    page.keyboard.press("Escape")


def taken_back(page: Any) -> None:
    """A second click takes a verdict back, and the chip keeps the focus."""
    chip = "#grid .card:first-child [data-act=approve]"
    page.click(chip)
    page.wait_for_selector(f"{chip}[aria-pressed=true]")
    page.click(chip)
    page.wait_for_selector(f"{chip}[aria-pressed=false]")
    assert page.evaluate("document.activeElement.dataset.act") == "approve"


def a_threshold_that_fits(page: Any, served: Served) -> None:
    """Where people keep what the threshold would not, another one is offered."""
    run = page.locator("#grid .decision").first.get_attribute("data-picture").partition(":")[0]
    with sqlite3.connect(served.home / "runs.sqlite") as log:
        log.execute("DELETE FROM decisions")
        log.execute("UPDATE candidates SET identity = 0.4 WHERE run_id = ?", (run,))
    page.click("#strictness > button")
    approve_all(page)
    page.click("#agreement [data-trigger=fitted]")
    page.wait_for_function("document.querySelector('#threshold input[type=number]').value === '0.4'")
    page.wait_for_selector("#agreement [data-trigger=fitted]", state="detached")
