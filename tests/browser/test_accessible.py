"""Every tab, light and dark: axe-core finds nothing serious; the keyboard reaches everything; two languages."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.steps import begun, fill_in, go_to, more
from playwright.sync_api import expect

from ecomgen.web import locale
from ecomgen.web.locale.english import HEAT_NONE

pytestmark = pytest.mark.browser
EVERY_RULE = {"resultTypes": ["violations"]}
COLOURS = {**EVERY_RULE, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
TABS = {
    "Create": "#stage .checker:not(.busy) img",
    "Lab": "#lab-start",
    "Catalogue": "#catalogue-drop",
    "History": "#runs .run, #runs .message",
    "Setup": "#storage .facts",
}

PASSING = 2000  # milliseconds: what moves longer is no fading of colours
SETTLED = f"""document.getAnimations().every(
    each => each.effect.getComputedTiming().endTime > {PASSING} || each.playState === 'finished'
)"""


def serious(page: Any) -> list[str]:
    """What axe-core calls serious or critical, with the first place of each; of the dark theme, what colours decide."""
    found = []
    for theme, options in (("light", EVERY_RULE), ("dark", COLOURS)):
        page.evaluate("dark => document.body.classList.toggle('dark', dark)", theme == "dark")
        page.wait_for_function(SETTLED)
        found += [
            f"{theme}, {one['id']}: {one['nodes'][0]['html'][:160]} ({one['nodes'][0].get('failureSummary', '')[:200]})"
            for one in Axe().run(page, options=options).response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
    page.evaluate("document.body.classList.remove('dark')")
    return found


def test_no_state_of_create_has_a_serious_violation(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    page.wait_for_selector(TABS["Create"])
    found = {"start": serious(page)}
    page.click("#stage [data-edit]")
    page.click("[data-tool=erase]")
    found["the editor"] = serious(page)
    page.keyboard.press("Escape")
    fill_in(page, cut_photo, prompt="", count=2, steps="1")
    page.click("#texts > button")
    page.click("#generate")
    page.wait_for_selector(".toast-body")
    found["a mistake, and everything unfolded"] = serious(page)
    page.locator(".toast-close").click()
    page.fill("#prompt textarea", "on oak, purple zebra")
    page.wait_for_selector("#meaning .struck")
    page.click("#generate")
    begun(page)
    found["at work"] = serious(page)
    page.wait_for_selector("#export", state="visible")
    more(page)
    page.locator("#grid [data-heat]").first.click()
    page.wait_for_selector("#grid [data-heated]")
    legend = page.locator("#grid .card", has=page.locator("[data-heated]")).first.locator(".heat-legend")
    expect(legend, "the product is exact").to_have_text(HEAT_NONE)
    found["results, with differences shown"] = serious(page)
    page.locator("#grid [data-full]").last.click()
    page.wait_for_selector("dialog .shown input")
    found["before and after"] = serious(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_every_tab_fits_a_phone_and_no_other_has_a_serious_violation(
    open_page: Any, cut_photo: Path, tmp_path: Path
) -> None:
    page = open_page(390, 844)
    every_tab_fits_a_phone(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    go_to(page, "Create")
    fill_in(page, cut_photo, prompt="on paper", count=1, steps="1")
    found = {}
    for name in ("Lab", "Catalogue", "History", "Setup"):
        go_to(page, name)
        page.wait_for_selector(TABS[name])
        found[f"{name}, empty"] = serious(page)
    go_to(page, "Lab")
    page.fill("#lab-prompt textarea", "on {pink|blue} paper")
    page.fill("#lab-side textarea, #lab-side input", "64")
    page.click("#lab-start")
    page.wait_for_selector("#lab-sheet .lab")
    found["a comparison"] = serious(page)
    table = tmp_path / "spring.csv"
    table.write_text("product,photos,prompt\nMug,mug.png,on paper\nGhost,gone.png,on paper\n", "utf-8")
    shutil.copy(cut_photo, tmp_path / "mug.png")
    go_to(page, "Catalogue")
    page.set_input_files("#catalogue-drop input[type=file]", [table, tmp_path / "mug.png"])
    page.wait_for_selector("#catalogue-table .badge.fail")
    found["a catalogue with a mistake"] = serious(page)
    go_to(page, "History")
    page.locator("#runs .run").first.click()
    page.wait_for_selector("#details .card")
    page.click("#compare input")
    page.get_by_role("option").first.click()
    page.wait_for_selector("#compared-runs .comparison .changed")
    found["two runs beside each other"] = serious(page)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#compared-runs .changed").first.locator("td").first, "of both").to_be_visible()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_browser_s_language_and_the_switch(open_page: Any, tmp_path: Path) -> None:
    page = open_page(locale="de-AT")
    expect(page.locator("#generate")).to_have_text("Bilder erstellen")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    zone = page.locator("#drop .upload-container")
    expect(zone).to_have_attribute("aria-label", locale.text("DROP_LABEL", "de"))
    page.wait_for_selector("#meaning :text('Verstanden')")
    page.wait_for_selector("#photos .badge:has-text('Gutes Foto')")
    letter = tmp_path / "brief.pdf"
    letter.write_bytes(b"%PDF-1.4")
    page.set_input_files("#drop input[type=file]", letter)
    page.wait_for_selector(".toast-body:has-text('brief.pdf geht hier nicht')")
    page.locator(".toast-close").click()
    page.click("header .language[hreflang=en]")
    page.wait_for_selector("#generate:has-text('Generate')")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    page.wait_for_selector("#generate:has-text('Generate')")


def every_tab_fits_a_phone(page: Any) -> None:
    """On a page that was opened on one."""
    page.wait_for_selector(TABS["Create"])
    for name, ready in TABS.items():
        go_to(page, name)
        page.wait_for_selector(ready)
        page.wait_for_function("document.documentElement.scrollWidth <= 390")
