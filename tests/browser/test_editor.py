"""The editor: the cut-out corrected in full screen, by mouse, by fingers and by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browser.steps import field, touched, upload
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
VEILED = """([x, y]) => {
  const veil = document.querySelector('[data-part=veil]');
  const [left, top] = [Math.round(x * veil.width), Math.round(y * veil.height)];
  return veil.getContext('2d').getImageData(left, top, 1, 1).data[3] > 100;
}"""
LISTEN = """() => {
  window.states = [];
  new MutationObserver(() => window.states.push(document.querySelector('#answer [data-number]').dataset.state))
    .observe(document.querySelector('#answer'), { subtree: true, childList: true, attributes: true });
}"""
CORNER, MIDDLE = (0.06, 0.06), (0.5, 0.5)
Place = tuple[float, float]


def opened(page: Any, photo: Path) -> Any:
    """The photo uploaded, cut out, and opened in the editor; returns its dialog."""
    upload(page, photo)
    page.wait_for_selector("#stage .checker:not(.busy) img")
    page.click("#stage [data-edit]")
    dialog = page.locator("dialog.editor")
    expect(dialog).to_be_visible()
    page.wait_for_selector(".editor .layer:not(.bare)")
    return dialog


def at(page: Any, place: Place) -> Place:
    """A place on the photo, in shares of it, as the mouse needs it."""
    frame = page.locator("[data-part=layer]").bounding_box()
    return frame["x"] + place[0] * frame["width"], frame["y"] + place[1] * frame["height"]


def under(page: Any, spot: Place) -> Place:
    """The other way round."""
    frame = page.locator("[data-part=layer]").bounding_box()
    return (spot[0] - frame["x"]) / frame["width"], (spot[1] - frame["y"]) / frame["height"]


def painted(page: Any, *places: Place) -> None:
    page.mouse.move(*at(page, places[0]))
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*at(page, place), steps=5)
    page.mouse.up()


def settled(page: Any) -> None:
    """The server has answered the last edit."""
    page.wait_for_selector(".editor .status.ok")


def marks(page: Any) -> list[Any]:
    """What the server holds."""
    return json.loads(page.get_attribute("#stage [data-edit]", "data-marks"))


@contextmanager
def silent_server(page: Any) -> Iterator[None]:
    """Whatever the page sends is held back meanwhile."""
    held: list[Any] = []
    page.route("**/gradio_api/**", lambda route: held.append(route))
    yield
    for route in held:
        route.continue_()
    page.unroute("**/gradio_api/**")


def test_strokes_are_seen_before_the_server_hears_of_them_and_a_click_is_answered_by_its_mask_first(
    open_page: Any, plain_photo: Path
) -> None:
    page = open_page()
    opened(page, plain_photo)
    strokes_are_seen_at_once_and_none_is_lost(page)
    begun_anew(page)
    a_click_is_answered_by_its_mask_first(page)


def begun_anew(page: Any) -> None:
    """Nothing of what was marked is left, and the editor is closed."""
    page.get_by_role("button", name="Start over").click()
    settled(page)
    page.keyboard.press("Escape")
    expect(page.locator("dialog.editor")).to_have_count(0)


def strokes_are_seen_at_once_and_none_is_lost(page: Any) -> None:
    """The page draws a stroke before the server hears of it, takes it back, and tells the server of each."""
    assert not page.evaluate(VEILED, MIDDLE)
    with silent_server(page):
        page.click("[data-tool=erase]")
        page.mouse.move(*at(page, (0.4, 0.5)))
        page.mouse.down()
        page.mouse.move(*at(page, (0.6, 0.5)), steps=5)
        assert page.evaluate(VEILED, MIDDLE), "while the brush is down"
        page.mouse.up()
        assert page.evaluate(VEILED, MIDDLE)
        page.keyboard.press("Control+z")
        assert not page.evaluate(VEILED, MIDDLE)
        page.keyboard.press("Control+Shift+Z")
        assert page.evaluate(VEILED, MIDDLE)
    settled(page)
    assert page.evaluate(VEILED, MIDDLE), "the server saw the same"
    assert [list(mark) for mark in marks(page)] == [["stroke"]]

    page.keyboard.press("b")
    for row in (0.1, 0.2, 0.3, 0.4):
        painted(page, (0.05, row), (0.2, row))
    settled(page)
    assert len(marks(page)) == 5
    for row in (0.1, 0.2, 0.3, 0.4):
        assert not page.evaluate(VEILED, (0.1, row))


def a_click_is_answered_by_its_mask_first(page: Any) -> None:
    """The mask comes before its soft edge, the photo stays where it is, and what was done is still there later."""
    page.wait_for_selector("#stage .checker:not(.busy) img")
    before = page.get_attribute("#stage .checker img", "src")
    page.click("#stage [data-edit]")
    dialog = page.locator("dialog.editor")
    page.wait_for_selector(".editor .layer:not(.bare)")
    page.click("[data-tool=point]")
    page.evaluate(LISTEN)
    place = page.locator("[data-part=picture]").bounding_box()
    page.mouse.click(*at(page, CORNER))
    page.wait_for_selector(".editor .marks .in")
    settled(page)
    assert page.locator("[data-part=picture]").bounding_box() == place
    assert not page.evaluate(VEILED, CORNER)
    states = page.evaluate("window.states")
    assert "mask" in states and states[-1] == "matte"
    page.get_by_role("button", name="Done").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("#stage .checker img")).not_to_have_attribute("src", before)

    page.click("#stage [data-edit]")
    expect(page.locator(".editor .marks .in"), "what was done is still there").to_have_count(1)
    page.get_by_role("button", name="Start over").click()
    settled(page)
    assert page.evaluate(VEILED, CORNER)
    page.keyboard.press("Escape")
    expect(page.locator("#stage .checker img")).to_have_attribute("src", before)


def test_a_typed_box_the_wheel_and_the_keyboard_alone(open_page: Any, cut_photo: Path) -> None:
    page = open_page()
    upload(page, cut_photo)
    page.wait_for_selector("#stage .checker:not(.busy) img")
    a_typed_box_counts_once_its_field_is_left(page)
    page.click("#stage [data-edit]")
    begun_anew(page)
    page.click("#stage [data-edit]")
    page.wait_for_selector(".editor .layer:not(.bare)")
    the_wheel_enlarges_what_is_under_the_pointer(page)
    page.keyboard.press("Escape")
    all_of_it_by_keyboard_alone(page)


def the_wheel_enlarges_what_is_under_the_pointer(page: Any) -> None:
    """And a held space bar moves it."""
    spot = at(page, (0.3, 0.35))
    page.mouse.move(*spot)
    whole = page.locator("[data-part=layer]").bounding_box()["width"]
    for _ in range(4):
        page.mouse.wheel(0, -200)
    page.wait_for_function(
        "wide => document.querySelector('[data-part=layer]').getBoundingClientRect().width > 3 * wide", arg=whole
    )
    assert under(page, spot) == pytest.approx((0.3, 0.35), abs=0.003)
    page.keyboard.down("Space")
    painted(page, (0.3, 0.35), (0.32, 0.36))
    page.keyboard.up("Space")
    assert under(page, spot) != pytest.approx((0.3, 0.35), abs=0.01)
    assert page.locator(".editor .marks .in").count() == 0, "moving is no click"
    page.keyboard.press("1")
    expect(page.locator("[data-part=percent]")).to_have_text("100 %")
    page.keyboard.press("0")
    assert page.locator("[data-part=layer]").bounding_box()["width"] == pytest.approx(whole, rel=0.01)


def test_two_fingers_on_a_phone_enlarge_the_photo_and_not_the_page(open_page: Any, cut_photo: Path) -> None:
    page = open_page(390, 844, has_touch=True, is_mobile=True)
    dialog = opened(page, cut_photo)
    for button in dialog.locator("button").all():
        size = button.bounding_box()
        assert size["width"] >= 44 and size["height"] >= 44, button.get_attribute("title")
        assert size["x"] >= 0 and size["x"] + size["width"] <= 390
    tools = [button.bounding_box() for button in page.locator("[data-tool]").all()]
    assert min(tool["y"] for tool in tools) > 844 - 80, "within reach of a thumb"

    page.locator("[data-tool=add]").tap()
    middle = at(page, MIDDLE)
    whole = page.locator("[data-part=layer]").bounding_box()["width"]
    x, y = middle
    touched(page, [(x - 30, y)], *([(x - apart, y), (x + apart, y)] for apart in (30, 40, 60, 80, 90)))
    page.wait_for_function(
        "wide => document.querySelector('[data-part=layer]').getBoundingClientRect().width > 2.5 * wide", arg=whole
    )
    assert under(page, middle) == pytest.approx(MIDDLE, abs=0.02)
    assert page.evaluate("visualViewport.scale") == 1
    assert page.get_attribute("[data-part=undo]", "aria-disabled") == "true", "the first finger has painted nothing"

    touched(page, [(x - 30, y)], [(x + 30, y)])
    expect(page.locator("[data-part=undo]")).to_have_attribute("aria-disabled", "false")
    settled(page)
    assert [list(mark) for mark in marks(page)] == [["stroke"]]


def all_of_it_by_keyboard_alone(page: Any) -> None:
    """Opened, painted, framed and left without a mouse; the focus stays within, and goes back."""
    page.focus("#stage [data-edit]")
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.editor")
    expect(dialog).to_be_visible()
    expect(page.locator("[data-part=field]")).to_be_focused()
    for key in ("Tab", "Shift+Tab"):
        for _ in range(18):
            page.keyboard.press(key)
            assert page.evaluate("document.activeElement.closest('dialog.editor') !== null")
    page.focus("[data-part=field]")
    page.keyboard.press("e")
    size = int(page.input_value("[data-part=brush]"))
    page.keyboard.press("]")
    assert int(page.input_value("[data-part=brush]")) > size
    for key in ("Enter", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate(VEILED, MIDDLE)
    settled(page)
    ((places, width, inside),) = (mark["stroke"] for mark in marks(page))
    scale = float(page.get_attribute("[data-part=field]", "data-scale"))
    assert not inside and width == pytest.approx(35 / scale, abs=1)
    assert places[-1][0] - places[0][0] == pytest.approx(36 / scale, abs=2)

    page.keyboard.press("m")
    for key in (
        "Shift+ArrowLeft",
        "Shift+ArrowUp",
        "Enter",
        *["Shift+ArrowRight"] * 3,
        *["Shift+ArrowDown"] * 3,
        "Enter",
    ):
        page.keyboard.press(key)
    page.wait_for_selector(".editor .marks .box:not(.new)")
    settled(page)
    x0, y0, x1, y1 = json.loads(page.get_attribute("#stage [data-edit]", "data-box"))
    assert (x1 - x0, y1 - y0) == pytest.approx((180 / scale, 180 / scale), abs=2)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator("#stage [data-edit]")).to_be_focused()


def a_typed_box_counts_once_its_field_is_left(page: Any) -> None:
    """A box that is typed is drawn on the photo."""
    page.click("#fix-cutout > button")
    page.wait_for_timeout(300)  # what is unfolded takes its values anew, before a person types
    box = field(page, "#box")
    box.fill("20,20,300,300")
    box.press("Tab")
    page.wait_for_selector("#stage .marks rect.box", state="attached")
