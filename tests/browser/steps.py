"""What a person does in the app, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

QUICK = "64x64"


def upload(page: Any, photo: Path) -> None:
    """Drop one photo and wait until it is looked at."""
    page.set_input_files("#drop input[type=file]", photo)
    page.wait_for_selector("#photos .photo:only-child[title^=mug] .badge")


def fill_in(page: Any, photo: Path, *, prompt: str, count: int, size: str = QUICK, steps: str = "4") -> None:
    """Upload a photo and fill the form with something small."""
    upload(page, photo)
    page.fill("#prompt textarea", prompt)
    page.fill("#count input[type=number]", str(count))
    page.press("#count input[type=number]", "Enter")
    page.click("#shape input")
    page.get_by_role("option", name="My own size").click()
    page.fill("#own-size textarea, #own-size input", size)
    page.click("#advanced > button")
    page.fill("#steps textarea, #steps input", steps)


def more(page: Any) -> None:
    """See all that can be done with each picture."""
    page.wait_for_selector("#grid .more summary")
    page.eval_on_selector_all("#grid .more", "all => all.forEach(one => (one.open = true))")


def touched(page: Any, *moments: list[tuple[float, float]]) -> None:
    """Fingers on the page: at each moment where they are, in CSS pixels; then they are lifted."""
    touch = page.context.new_cdp_session(page)
    down = 0
    for fingers in (*moments, []):
        kind = "touchEnd" if not fingers else "touchStart" if len(fingers) > down else "touchMove"
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        down = len(fingers)


def generate(page: Any) -> None:
    """Have the pictures of the form made, and wait until they stand where those before stood."""
    before = run_of(page)
    page.click("#generate")
    finished(page, before)


def run_of(page: Any) -> str:
    """The finished run whose pictures are seen; empty where there is none."""
    bars = page.locator("#grid .decision")
    return bars.first.get_attribute("data-picture").partition(":")[0] if bars.count() else ""


def begun(page: Any, before: str = "") -> None:
    """Wait until another run than `before` is at work; a quick machine may have finished it by then."""
    page.wait_for_selector(f"#stop:visible, {_other(before)}")


def finished(page: Any, before: str = "") -> None:
    """Wait until another run than `before` is finished and seen."""
    page.wait_for_selector(_other(before))
    page.wait_for_selector("#export", state="visible")


def _other(before: str) -> str:
    return f"#grid .decision:not([data-picture^='{before}:'])"


def field(page: Any, name: str) -> Any:
    """The place of a text field where a person types."""
    return page.locator(f"{name} textarea, {name} input").first


def to_the_middle(page: Any, place: str) -> None:
    """Scroll until a place is in the middle of the window, where nothing covers it."""
    page.locator(place).evaluate("node => node.scrollIntoView({ block: 'center' })")


def reload(page: Any, tab: str) -> None:
    """Load the page anew; the tab that was in front is so again."""
    page.reload()
    expect(page.get_by_role("tab", name=tab, exact=True)).to_have_attribute("aria-selected", "true")


def go_to(page: Any, name: str) -> None:
    """Open a tab; where the page is narrow, the last ones are in a menu."""
    tab = page.get_by_role("tab", name=name)
    if not tab.is_visible():
        page.click(".overflow-menu > button")
        tab = page.locator(".overflow-dropdown button", has_text=name)
    tab.click()
