"""A long list of runs: what is opened is seen wherever the list is scrolled to, and downloaded."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from browser.steps import fill_in, generate, go_to, reload
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_run_that_is_opened_far_down_the_list_is_in_view_and_downloaded_for_a_channel_and_as_its_best(
    open_page: Any, cut_photo: Path
) -> None:
    height = 460
    page = open_page(1440, height)
    fill_in(page, cut_photo, prompt="on blue paper", count=2)
    for setting in ("on blue paper", "on pink paper", "on white paper"):
        page.fill("#prompt textarea", setting)
        generate(page)
    for width, tab in ((1440, "Create"), (390, "History")):
        page.set_viewport_size({"width": width, "height": height})
        reload(page, tab)  # the list begins at its top
        go_to(page, "Lab")  # a sheet that stands before the history's on the page
        go_to(page, "History")
        page.locator("#runs .run").nth(2).click()
        page.wait_for_selector("#run-head:has-text('on blue paper')")
        page.wait_for_function(
            "([top, bottom]) => { const y = document.querySelector('#use').getBoundingClientRect().y;"
            " return top <= y && y < bottom; }",
            arg=[0, height],
        )

    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#runs .run").first.click()
    page.wait_for_selector("#run-head:has-text('on white paper')")
    page.fill("#past-top textarea, #past-top input", "1")
    with page.expect_download() as download:
        page.click("#past-export")
    assert len([name for name in names(download) if name.endswith(".png")]) == 1
    page.click("#past-export-channels input")
    page.get_by_role("option", name="Our stamps").first.click()
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.click("#past-export")
    assert any("stamp" in name for name in names(download))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 2560, "height": 1300})
    assert page.locator("#details .card").first.bounding_box()["width"] > 480, "two pictures fill the room of two"


def test_the_history_opens_with_the_newest_pictures_or_says_what_will_be_there(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="on green paper", count=1)
    generate(page)
    go_to(page, "History")
    page.wait_for_selector("#run-head:has-text('on green paper')")
    expect(page.locator("#details .card")).to_have_count(1)
    assert "run" not in page.locator("#runs").inner_text().split()
    page.click("#details [data-act=approve]")
    expect(page.locator("#runs .run").first, "the list follows at once").to_contain_text("1 approved")
    page.fill("#search textarea, #search input", "nowhere to be found")
    page.wait_for_selector("#runs .message:has-text('Nothing with')")
    expect(page.locator("#details .card"), "what is open stays so").to_have_count(1)
    stranger = open_page(color_scheme="light")
    go_to(stranger, "History")
    stranger.wait_for_selector("#runs .message:has-text('will be here')")


def names(download: Any) -> list[str]:
    """What is in a zip that the browser saved."""
    with zipfile.ZipFile(download.value.path()) as packed:
        return packed.namelist()


def test_several_runs_are_decided_downloaded_and_deleted_together(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="on pink paper", count=2)
    for setting in ("on pink paper", "on white paper"):
        page.fill("#prompt textarea", setting)
        generate(page)
    go_to(page, "History")
    page.locator("#runs [data-choose]").first.check()
    page.locator("#runs [data-choose]").nth(1).click(modifiers=["Shift"])
    page.wait_for_selector(".chosen-bar strong:has-text('2 sets of pictures')")
    expect(page.locator("#past-export"), "the bar of what is chosen has its own").to_be_hidden()
    page.click(".chosen-bar [data-act=approve]")
    page.wait_for_selector("#chosen-told:has-text('4 pictures: approved')")
    page.locator("#runs .run").first.click()
    approved = page.locator("#details [data-act=approve][aria-pressed=true]")
    expect(approved).to_have_count(2)
    page.click("#chosen-told [data-trigger=undone]")
    expect(approved).to_have_count(0)
    page.click("[data-packing]")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    own, chosen = (page.locator(place).bounding_box() for place in (".opened-run", ".choice"))
    assert own["y"] + own["height"] <= chosen["y"], "the run's own download stays in sight"
    with page.expect_download() as download:
        page.click("#chosen-export")
    found = names(download)
    assert sorted({name.partition("/")[0] for name in found}) == ["on-pink-paper", "on-white-paper"]
    assert len([name for name in found if name.endswith(".png")]) == 4

    before = page.locator("#runs .run").count()
    page.click(".chosen-bar .delete summary")
    page.click(".chosen-bar .delete [data-trigger=forgotten]")
    page.wait_for_selector(".toast-body:has-text('2 sets of pictures are deleted')")
    expect(page.locator("#runs .run")).to_have_count(before - 2)
    expect(page.locator("#runs .run", has_text="on white paper")).to_have_count(0)


def test_runs_and_pictures_are_chosen_and_decided_by_keyboard(open_page: Any, cut_photo: Path) -> None:
    page = open_page(390, 844)
    fill_in(page, cut_photo, prompt="on blue paper", count=2)
    generate(page)
    page.reload()
    page.wait_for_selector("#generate")
    go_to(page, "History")
    page.wait_for_selector("#runs .run")
    before = page.locator("#runs .run").count()
    page.locator("#runs .run").first.focus()
    page.keyboard.press("Control+a")
    expect(page.locator("#runs :checked")).to_have_count(before)
    page.keyboard.press("Escape")
    expect(page.locator("#runs :checked")).to_have_count(0)
    page.keyboard.press("Enter")
    page.locator("#details [data-choose]").nth(1).focus()
    page.keyboard.press("Space")
    page.wait_for_selector(".chosen-bar strong:has-text('1 picture')")
    assert not page.locator(".chosen-bar .delete").is_visible(), "a picture is part of its run"
    page.keyboard.press("r")
    page.keyboard.press("3")
    page.wait_for_selector("#details .card .said:has-text('Rejected: Light')")
    assert page.locator("#details .said").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Escape")
    page.locator("#runs [data-choose]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    page.wait_for_selector("#details .empty")
    assert page.locator("#runs .run").count() == before - 1
    expect(page.locator(".choice")).to_be_hidden()
