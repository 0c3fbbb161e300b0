"""The app's own pages keep to their Content-Security-Policy and call nobody; what was smuggled in does not run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browser.serving import Served

pytestmark = pytest.mark.browser

SMUGGLE = """() => {
    const place = document.body.appendChild(document.createElement('div'));
    place.innerHTML = '<img src="data:," onerror="window.smuggled = 1">';
    const script = document.createElement('script');
    script.textContent = 'window.smuggled = 2';
    place.append(script);
}"""


def test_every_tab_keeps_to_the_policy_and_calls_nobody_and_what_was_smuggled_in_does_not_run(
    served: Served, heard: tuple[Any, list[str]], cut_photo: Path
) -> None:
    page, said = heard
    page.goto(served.url)
    page.wait_for_selector("#generate")
    page.set_input_files("input[type=file]", str(cut_photo))
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(300)
    assert said == []
    page.get_by_role("button", name=re.compile("API")).click()
    page.wait_for_timeout(1500)
    assert not [line for line in said if "REFUSED" in line], "Gradio asks here for pages of its own that are not served"
    assert served.listener.heard == []
    with page.expect_console_message(lambda message: "REFUSED script-src" in message.text):
        page.evaluate(SMUGGLE)
    page.wait_for_timeout(500)
    assert page.evaluate("window.smuggled") is None
