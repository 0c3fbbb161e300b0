"""The app is ended while people wait, and started again: each is told what is left over, and may ask for it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import running
from browser.steps import field, fill_in
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[[], Any]]:
    """Opens browsers of different people."""
    contexts = []

    def person() -> Any:
        context = browser.new_context(reduced_motion="reduce")
        context.set_default_timeout(150_000)
        contexts.append(context)
        return context.new_page()

    yield person
    for context in contexts:
        context.close()


def test_who_waited_is_told_and_may_ask_again(
    opened: Callable[[], Any], cut_photo: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("restart")
    anna, ben, stranger = opened(), opened(), opened()
    with running(home) as app:
        for page, prompt, count in ((anna, "on a terracotta podium", 12), (ben, "on a sage backdrop", 1)):
            page.goto(app.url)
            page.wait_for_selector("#generate")
            fill_in(page, cut_photo, prompt=prompt, count=count, size="192x192")
            page.click("#generate")
        ben.wait_for_selector("#progress :text('before this')")
        expect(anna.locator(".left-over")).to_have_count(0)
    with running(home) as app:
        for page in (anna, ben, stranger):
            page.goto(app.url)
            page.wait_for_selector("#generate")
        expect(ben.locator(".left-over li")).to_have_count(1)
        expect(ben.locator(".left-over")).to_contain_text("on a sage backdrop")
        expect(anna.locator(".left-over li")).to_have_count(1)
        expect(anna.locator(".left-over")).to_contain_text("on a terracotta podium")

        ben.click(".left-over [data-trigger=again]")
        ben.wait_for_selector("#export", state="visible")
        expect(ben.locator("#grid .card")).to_have_count(1)
        expect(field(ben, "#prompt")).to_have_value("on a sage backdrop")
        expect(ben.locator(".left-over")).to_have_count(0)

        anna.click(".left-over [data-trigger=dismissed]")
        expect(anna.locator(".left-over")).to_have_count(0)
        anna.reload()
        anna.wait_for_selector("#photos .photo")
        expect(anna.locator(".left-over")).to_have_count(0)
        stranger.wait_for_selector("#photos .photo")
        expect(stranger.locator(".left-over")).to_have_count(0)
        assert list((home / "backlog").iterdir()) == []
