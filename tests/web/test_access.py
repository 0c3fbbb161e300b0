"""Whose pictures are whose, and who gets a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import gradio as gr
import pytest
from logged import record
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ecomgen.errors import UsageError
from ecomgen.runlog import RunFilter, RunLog
from ecomgen.web import locale
from ecomgen.web.people import access
from ecomgen.web.people.visitors import Visitors


def log_run(home: Path, prompt: str, *, created: str = "") -> Path:
    """A finished run in the home of this test; returns its folder."""
    run_id = f"run-{prompt.replace(' ', '-')}"
    folder = home / "runs" / run_id
    (folder / "candidates").mkdir(parents=True)
    (folder / "candidates" / "01-1.png").write_bytes(b"x")
    made = record(run_id, prompt, created=created or datetime.now(UTC).isoformat())
    log = RunLog(home / "runs.sqlite")
    log.begin(made, folder)
    log.finish(made)
    return folder


@pytest.fixture(params=[True, False], ids=["private", "public"])
def private(request: pytest.FixtureRequest) -> bool:
    return request.param


def named(name: str, private: bool = True) -> access.Person:
    return access.Person(name=name, private_machine=private)


def test_a_run_is_shown_to_its_owner_only(home: Path, private: bool) -> None:
    mine, theirs, command = (log_run(home, name) for name in ("mine", "theirs", "command"))
    anna, bert = named("visitor:a", private), named("visitor:b", private)
    access.claim(anna, mine / "candidates" / "01-1.png")
    access.claim(bert, theirs)
    listed = {row.prompt for row in access.runs_of(anna, RunFilter(), 10)}
    assert listed == ({"mine", "command"} if private else {"mine"}), "what the command line made is of this machine"
    assert access.run_of(anna, mine.name)[1] == mine
    with pytest.raises(UsageError, match="no pictures"):
        access.run_of(anna, theirs.name)
    assert access.may_see(bert, command) is private


def test_a_run_that_is_claimed_stays_with_whoever_claimed_it_first(home: Path) -> None:
    run = log_run(home, "one")
    access.claim(named("visitor:a"), run)
    access.claim(named("visitor:b"), run)
    assert access.may_see(named("visitor:a"), run) and not access.may_see(named("visitor:b"), run)


def test_a_log_can_be_shared_on_purpose(home: Path, private: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    run = log_run(home, "one")
    access.claim(named("visitor:a"), run)
    monkeypatch.setenv("ECOMGEN_SHARED_LOG", "true")
    assert access.may_see(named("visitor:b", private), run)


def test_many_runs_of_others_do_not_hide_one_s_own(home: Path) -> None:
    mine = log_run(home, "mine")
    access.claim(named("visitor:a"), mine)
    for number in range(12):
        access.claim(named("visitor:b"), log_run(home, f"other {number}"))
    assert [row.prompt for row in access.runs_of(named("visitor:a"), RunFilter(), 3)] == ["mine"]


def app(private: bool) -> TestClient:
    """The middleware before an app that tells what reaches it."""

    async def tell(request: Request) -> JSONResponse:
        who = access.person(gr.Request(request))
        known = {"name": who.name, "private": who.private_machine, "may_pull": who.may_pull}
        return JSONResponse({"cookies": request.cookies, "language": locale.spoken_here.get(), "person": known})

    app = Starlette(routes=[Route("/{rest:path}", tell)], middleware=[Middleware(Visitors, private)])
    app.cookie_id, app.tokens = "x", {"token": "anna"}  # type: ignore[attr-defined]
    return TestClient(app, follow_redirects=False)


@pytest.fixture
def client(private: bool) -> Iterator[TestClient]:
    with app(private) as client:
        yield client


def test_two_apps_in_one_process_may_differ(home: Path) -> None:
    command = log_run(home, "command")
    picture = f"/gradio_api/file={command}/candidates/01-1.png"
    with app(True) as at_home, app(False) as public:
        assert (at_home.get(picture).status_code, public.get(picture).status_code) == (200, 404)
        told = [client.get("/").json()["person"] for client in (at_home, public)]
        assert [(person["private"], person["may_pull"]) for person in told] == [(True, True), (False, False)]
        public.cookies.set("access-token-x", "token")
        assert public.get("/").json()["person"] == {"name": "user:anna", "private": False, "may_pull": True}


def test_a_request_that_did_not_pass_the_middleware_is_a_stranger_s() -> None:
    assert access.person(gr.Request(session_hash="s")) == access.Person(name="session:s", private_machine=False)


def test_a_browser_gets_a_name_and_keeps_it(client: TestClient) -> None:
    first = client.get("/")
    name = first.json()["cookies"][access.VISITOR]
    assert len(name) >= 32
    assert "httponly" in first.headers["set-cookie"].lower() and "samesite=lax" in first.headers["set-cookie"].lower()
    again = client.get("/")
    assert again.json()["cookies"][access.VISITOR] == name
    assert "set-cookie" not in again.headers


def test_a_language_is_chosen_by_a_link_or_by_the_browser(client: TestClient) -> None:
    assert client.get("/", headers={"accept-language": "de"}).json()["language"] == "de"
    assert client.get("/?language=de").status_code == 303
    assert client.get("/").json()["language"] == "de"
    assert client.get("/?language=xx").json()["language"] == "de"


def test_files_of_a_run_go_to_its_owner_only(client: TestClient, home: Path) -> None:
    run = log_run(home, "mine")
    picture = run / "candidates" / "01-1.png"
    name = client.get("/").json()["cookies"][access.VISITOR]
    access.claim(named(f"visitor:{name}"), run)
    ask = f"/gradio_api/file={picture}"
    assert client.get(ask).status_code == 200
    client.cookies.clear()
    roundabout = f"/gradio_api/file={home}/labs/../runs/x/../{run.name}/candidates/01-1.png"
    for path in (ask, roundabout, ask.replace("candidates", "%63andidates")):
        assert client.get(path).status_code == 404
    assert client.get("/gradio_api/file=/usr/share/x.png").status_code == 200, "that the app itself decides"


@pytest.mark.usefixtures("private")
def test_so_they_do_below_a_path_of_a_proxy(client: TestClient, home: Path) -> None:
    run = log_run(home, "mine")
    access.claim(named("visitor:somebody"), run)
    below = TestClient(client.app, root_path="/ecomgen")
    for route in ("file=", "file/"):
        assert below.get(f"/ecomgen/gradio_api/{route}{run}/candidates/01-1.png").status_code == 404


def test_a_user_who_logged_in_is_one_person_on_every_browser(client: TestClient, home: Path) -> None:
    run = log_run(home, "mine")
    access.claim(named("user:anna"), run)
    ask = f"/gradio_api/file={run}/candidates/01-1.png"
    assert client.get(ask).status_code == 404
    client.cookies.set("access-token-x", "token")
    assert client.get(ask).status_code == 200


def test_runs_uploads_and_folders_are_removed_after_their_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    from ecomgen.web.people import retention

    uploads = home / "cache" / "uploads"
    (uploads / "new").mkdir(parents=True)
    (uploads / "new" / "photo.png").write_bytes(b"x")
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(uploads))
    monkeypatch.setenv("ECOMGEN_RESULTS_DAYS", "2")
    long_ago = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    old, fresh = log_run(home, "old", created=long_ago), log_run(home, "fresh")
    retention.clean()
    assert not old.exists() and fresh.exists()
    assert [row.prompt for row in access.run_log().recent()] == ["fresh"]
    assert (uploads / "new" / "photo.png").exists()

    later = time.time() + 25 * 3600
    monkeypatch.setattr(retention.time, "time", lambda: later)
    retention.clean_uploads(uploads, 24 * 3600)
    assert list(uploads.iterdir()) == []
