"""Every tab, light and dark: axe-core finds nothing serious; the keyboard reaches everything; two languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.steps import fill_in, go_to

pytestmark = pytest.mark.browser
TABS = {
    "Create": "#stage .checker:not(.busy) img",
    "Lab": "#lab-start",
    "Catalogue": "#catalogue-drop",
    "History": "#runs .run, #runs .message",
    "Setup": "#weights table",
}


def serious(page: Any) -> list[str]:
    """What axe-core calls serious or critical, with the first place of each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]} ({one['nodes'][0].get('failureSummary', '')[:200]})"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_tab_has_a_serious_violation(open_page: Any, cut_photo: Path, theme: str) -> None:
    page = open_page(path=f"?__theme={theme}")
    page.wait_for_selector(TABS["Create"])
    found = {"start": serious(page)}
    if theme == "light":
        fill_in(page, cut_photo, prompt="on oak", count=1, steps="1")
        page.click("#generate")
        page.wait_for_selector("#export", state="visible")
        found["results"] = serious(page)
    for name, ready in TABS.items():
        go_to(page, name)
        page.wait_for_selector(ready)
        page.wait_for_timeout(300)
        found[name] = serious(page)
    if theme == "light":
        go_to(page, "History")
        page.locator("#runs .run").first.click()
        page.wait_for_selector("#details .card")
        found["run"] = serious(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_browser_s_language_and_the_switch(open_page: Any) -> None:
    page = open_page(locale="de-AT")
    assert page.inner_text("#generate") == "Bilder erstellen"
    assert page.get_attribute("html", "lang") == "de"
    page.wait_for_selector("#meaning :text('Verstanden')")
    page.wait_for_selector("#photos .badge:has-text('Gutes Foto')")
    page.click("header .language")
    page.wait_for_selector("#generate:has-text('Generate')")
    assert page.get_attribute("html", "lang") == "en"
    page.reload()
    page.wait_for_selector("#generate:has-text('Generate')")


def test_a_phone_reaches_every_tab_by_keyboard(open_page: Any) -> None:
    page = open_page(390, 844)
    page.wait_for_selector(TABS["Create"])
    for name, ready in TABS.items():
        go_to(page, name)
        page.wait_for_selector(ready)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
