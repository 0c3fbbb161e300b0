"""The app's own pages keep to their Content-Security-Policy, and what somebody smuggled into them does not run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import PATIENCE, running
from browser.serving import Served

from ecomgen.web.people import accounts

pytestmark = pytest.mark.browser

HEAR = "addEventListener('securitypolicyviolation', event => console.error('REFUSED ' + event.violatedDirective))"
SMUGGLE = """() => {
    const place = document.body.appendChild(document.createElement('div'));
    place.innerHTML = '<img src="data:," onerror="window.smuggled = 1">';
    const script = document.createElement('script');
    script.textContent = 'window.smuggled = 2';
    place.append(script);
}"""


@pytest.fixture
def heard(browser: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page of a fresh browser, and what its console said of refusals and errors."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page, said = context.new_page(), []
    page.add_init_script(HEAR)
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    yield page, said
    context.close()


def test_every_tab_keeps_to_the_policy_and_what_was_smuggled_in_does_not_run(
    served: Served, heard: tuple[Any, list[str]], cut_photo: Path
) -> None:
    page, said = heard
    page.goto(served.url)
    page.wait_for_selector("#generate")
    page.set_input_files("input[type=file]", str(cut_photo))
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(1500)
    assert said == []
    with page.expect_console_message(lambda message: "REFUSED script-src" in message.text):
        page.evaluate(SMUGGLE)
    page.wait_for_timeout(500)
    assert page.evaluate("window.smuggled") is None


def test_a_login_works_in_a_browser_and_ends_by_a_post(
    tmp_path_factory: pytest.TempPathFactory, heard: tuple[Any, list[str]]
) -> None:
    page, said = heard
    home = tmp_path_factory.mktemp("policy")
    accounts.add(home / "users", "anna", "anna's password")
    with running(home, ECOMGEN_AUTH_FILE=str(home / "users")) as app:
        page.goto(app.url)
        page.locator("input").nth(0).fill("anna")
        page.locator("input[type=password]").fill("anna's password")
        page.get_by_role("button").first.click()
        page.wait_for_selector("#generate")
        assert page.evaluate("fetch('logout').then(answer => answer.status)") == 405
        assert page.evaluate("fetch('config').then(answer => answer.status)") == 200
        assert page.evaluate("fetch('logout', {method: 'POST', redirect: 'manual'}).then(answer => answer.type)")
        assert page.evaluate("fetch('config').then(answer => answer.status)") == 401
        page.reload()
        page.locator("input").nth(0).fill("anna")
        page.locator("input[type=password]").fill("anna's password")
        page.get_by_role("button").first.click()
        page.click("#log-out button")
        page.wait_for_selector("input[type=password]")
        assert page.evaluate("fetch('config').then(answer => answer.status)") == 401
    assert not [text for text in said if "REFUSED" in text]
