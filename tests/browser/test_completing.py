"""While a setting is described, known words and earlier descriptions are offered below it, by keyboard too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.steps import fill_in, generate
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
TOP = "document.querySelector('{}').getBoundingClientRect().top"
LOW = f"{TOP.format('#looks')} - {TOP.format('#prompt')}"


def typed(field: Any, text: str) -> None:
    """As a person types over what was there."""
    field.press("Control+a")
    field.press_sequentially(text)


def test_words_and_earlier_descriptions_are_offered_and_taken(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    fill_in(page, cut_photo, prompt="on slate, <b>calm</b>", count=1)
    generate(page)
    field = page.locator("#prompt textarea")
    offered = page.locator("#completions .offered button")
    typed(field, "on marb")
    expect(offered.first).to_have_text("on marble")
    expect(page.locator("#meaning")).to_contain_text("marb")
    below = page.evaluate(LOW)
    field.press("Escape")
    expect(offered.first).to_be_hidden()
    assert page.evaluate(LOW) == below, "nothing moves for it"
    field.fill("on marb")
    expect(offered.first, "the same words, told once more").to_be_visible()
    field.press("ArrowDown")
    expect(offered.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value("on marble")
    expect(field).to_be_focused()
    expect(offered).to_have_count(0)
    typed(field, "calm")
    expect(offered, "what is told for all that was typed").to_have_count(1)
    offered.filter(has_text="on slate, <b>calm</b>").click()
    expect(field).to_have_value("on slate, <b>calm</b>")
    typed(field, "on oa")
    expect(offered.first).to_be_visible()
    field.press("Escape")
    expect(offered.first).to_be_hidden()
    typed(field, "on wal")
    expect(offered.first).to_be_visible()
    field.press("Tab")
    expect(page.locator("#completions .offered"), "seen only while one types").to_have_css("opacity", "0")


def test_words_are_offered_in_the_language_that_is_written(open_page: Any) -> None:
    page = open_page(locale="de-DE")
    field, offered = page.locator("#prompt textarea"), page.locator("#completions .offered button").first
    typed(field, "auf Marm")
    expect(offered).to_have_text("auf Marmor")
    typed(field, "dans une biblio")
    expect(offered).to_have_text("dans une bibliothèque")


def test_on_a_phone_what_is_offered_stands_above_the_button_that_stays_in_sight(open_page: Any) -> None:
    page = open_page(390, 844)
    field = page.locator("#prompt textarea")
    typed(field, "on a wal")
    page.wait_for_selector(".offered button:has-text('on a walnut')")
    above = (
        "() => document.querySelector('.offered').getBoundingClientRect().bottom"
        " < document.querySelector('#generate').getBoundingClientRect().top"
    )
    page.wait_for_function(above)
    page.evaluate("() => { document.querySelector('#samples').style.paddingTop = '600px' }")  # what comes late
    page.wait_for_function(above)
