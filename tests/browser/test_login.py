"""An app with users: nobody gets in without a password, and each sees only what is theirs."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from browser.conftest import running
from browser.serving import Served

from ecomgen.web.people import accounts

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An app with two users, each of whom may have one run at a time."""
    home = tmp_path_factory.mktemp("house")
    for name in ("anna", "ben"):
        accounts.add(home / "users", name, f"{name}'s password")
    with running(home, ECOMGEN_AUTH_FILE=str(home / "users"), ECOMGEN_RUNS_PER_PERSON="1") as app:
        yield app


def client(house: Served, name: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of gradio_client's own imports
        from gradio_client import Client
    return Client(house.url, auth=(name, f"{name}'s password"), verbose=False)


def test_without_a_password_there_is_nothing(house: Served) -> None:
    assert httpx.get(f"{house.url}config").status_code == 401
    assert httpx.get(f"{house.url}gradio_api/info").status_code == 401
    assert httpx.post(f"{house.url}login", data={"username": "anna", "password": "guess"}).status_code == 400
    joined = httpx.post(f"{house.url}gradio_api/call/history", json={"data": []})
    assert joined.status_code == 401


def test_each_user_sees_their_own_runs_on_every_machine(house: Served, cut_photo: Path) -> None:
    from gradio_client import handle_file
    from gradio_client.exceptions import AppError

    anna, ben = client(house, "anna"), client(house, "ben")
    small = {"photos": [handle_file(str(cut_photo))], "count": 1, "size": "64x64", "steps": 1, "threshold": 0}
    job = anna.submit(**small, prompt="on oak", api_name="/generate")
    run = job.result()
    assert [row["run_id"] for row in client(house, "anna").predict(api_name="/history")] == [run["run_id"]]
    assert ben.predict(api_name="/history") == []
    with pytest.raises(AppError, match="no pictures"):
        ben.predict(run=run["run_id"], api_name="/export")
    assert Path(anna.predict(run=run["run_id"], api_name="/export")).suffix == ".zip"


def test_who_has_too_many_runs_is_told_to_wait(house: Served, cut_photo: Path) -> None:
    from gradio_client import handle_file
    from gradio_client.exceptions import AppError

    anna = client(house, "anna")
    small = {"photos": [handle_file(str(cut_photo))], "prompt": "on oak", "count": 3, "size": "128x128", "steps": 4}
    jobs = [anna.submit(**small, api_name="/generate") for _ in range(3)]
    ended = [job.exception() for job in jobs]
    assert any(isinstance(error, AppError) and "already being made" in str(error) for error in ended)
    assert any(error is None for error in ended)


def test_a_login_works_in_a_browser_and_ends_by_a_post(house: Served, heard: tuple[Any, list[str]]) -> None:
    page, said = heard
    page.goto(house.url)
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
