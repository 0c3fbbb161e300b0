"""Which requests the app answers: to whom, from where, how often, how much; and what its answers tell a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ecomgen.web.people import accounts
from ecomgen.web.security import limits
from ecomgen.web.security.answers import PagePolicy
from ecomgen.web.security.doors import around, is_open, requested_file
from ecomgen.web.security.origins import Hosts

HERE = {"host": "localhost:7860"}


async def _page(_: Request) -> Response:
    return HTMLResponse("<head><script>one()</script></head><script type='module' src='./assets/x.js'></script>")


async def _script(_: Request) -> Response:
    return Response("one(); " * 500, media_type="text/javascript")


async def _login(request: Request) -> Response:
    good = b"right" in await request.body()
    answer = JSONResponse({}, 200 if good else 400)
    answer.set_cookie("access-token-x", "t", httponly=True, samesite="none", secure=True)
    answer.set_cookie("access-token-unsecure-x", "t")
    return answer


async def _length(request: Request) -> Response:
    return JSONResponse(len(await request.body()))


async def _user(_: Request) -> Response:
    return JSONResponse("went")


ROUTES = [
    Route("/", _page),
    Route("/login", _login, methods=["POST"]),
    Route("/logout", _user, methods=["GET"]),
    Route("/gradio_api/upload", _length, methods=["POST"]),
    Route("/gradio_api/queue/join", _length, methods=["POST"]),
    Route("/gradio_api/token", _user),
    Route("/assets/index-1a2b3c4d.js", _script),
]


def app(bound: str) -> Starlette:
    made = Starlette(routes=ROUTES, middleware=[Middleware(PagePolicy, scripts=("two()",))], lifespan=around(bound))
    made.cookie_id, made.tokens = "x", {"anna": "anna", "ben": "ben"}  # type: ignore[attr-defined]
    return made


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    with TestClient(app("127.0.0.1"), base_url="http://localhost:7860", client=("127.0.0.1", 1)) as client:
        yield client


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:7860", "127.0.0.1:7860", "127.0.0.2", "[::1]:7860", "LOCALHOST."]
)
def test_this_machine_may_always_be_asked(host: str) -> None:
    assert all(Hosts(bound).answers_to(host) for bound in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "192.168.1.5"))


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "192.168.1.5", "localhost.evil.example", "", "[", "@"]
)
def test_on_one_machine_no_other_name_is_answered(host: str) -> None:
    assert not Hosts("127.0.0.1").answers_to(host)


def test_a_network_address_is_answered_where_it_was_opened_on_purpose() -> None:
    assert Hosts("192.168.1.5").answers_to("192.168.1.5:7860")
    assert Hosts("fd00::5").answers_to("[fd00::5]:7860")
    assert Hosts("studio.lan").answers_to("studio.lan:7860")
    assert not Hosts("192.168.1.5").answers_to("192.168.1.6:7860")
    assert all(Hosts(every).answers_to("192.168.1.5:7860") for every in ("0.0.0.0", "::"))
    assert not any(Hosts(bound).answers_to("evil.example") for bound in ("0.0.0.0", "::", "192.168.1.5"))


def test_further_names_are_allowed_by_the_setting_or_the_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_ALLOWED_HOSTS", "shop.example, *.studio.example")
    answers = Hosts("127.0.0.1").answers_to
    assert answers("shop.example") and answers("SHOP.example:443") and answers("a.b.studio.example")
    assert not answers("studio.example") and not answers("notshop.example")
    monkeypatch.setenv("GRADIO_ROOT_PATH", "https://public.example/ecomgen")
    assert answers("public.example")


def test_another_name_is_told_what_would_allow_it(client: TestClient) -> None:
    refused = client.get("/", headers={"host": "evil.example:7860"})
    assert refused.status_code == 421 and "ECOMGEN_ALLOWED_HOSTS=evil.example" in refused.text
    german = client.get("/", headers={"host": "evil.example", "accept-language": "de"})
    assert "antwortet nicht" in german.text


FOREIGN: list[dict[str, str]] = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://localhost:3000"},
    {"origin": "http://localhost.evil.example:7860"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
    {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
    {"sec-fetch-site": "cross-site", "origin": "http://localhost:7860"},
]
OWN: list[dict[str, str]] = [
    {},
    {"origin": "http://localhost:7860"},
    {"sec-fetch-site": "same-origin", "origin": "https://shop.example"},  # through a proxy that says Host: localhost
    {"sec-fetch-site": "none"},
    {"origin": "https://shop.example", "x-forwarded-host": "shop.example"},
]


@pytest.mark.parametrize("path", ["/login", "/logout", "/gradio_api/upload", "/gradio_api/queue/join"])
@pytest.mark.parametrize("headers", FOREIGN)
def test_nothing_is_changed_at_another_site_s_wish(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, headers=headers, content=b"right").status_code == 403


@pytest.mark.parametrize("path", ["/login", "/logout", "/gradio_api/upload", "/gradio_api/queue/join"])
@pytest.mark.parametrize("headers", OWN)
def test_pages_of_ours_and_programs_are_served(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, headers=headers, content=b"right").status_code == 200


def test_another_site_reads_nothing_but_may_link_here(client: TestClient) -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    frame = link | {"sec-fetch-dest": "iframe"}
    assert client.get("/", headers=link).status_code == 200
    for headers in (*FOREIGN[:-2], frame):
        assert client.get("/", headers=headers).status_code == 403


def test_a_login_ends_by_a_post_only(client: TestClient) -> None:
    assert client.get("/logout").status_code == 405
    assert client.post("/logout").json() == "went"


def test_routes_without_a_use_are_closed(client: TestClient) -> None:
    assert client.get("/gradio_api/token").status_code == 404
    for path in (
        "/gradio_api/proxy=https://x.hf.space",
        "/gradio_api/dev/reload",
        "/gradio_api/stream/a/b/1/playlist-file",
    ):
        assert not is_open(path)
    for path in ("https://a.example/x.png", " http:/a.example", "ftp://x", "/home/x\0.png"):
        assert not is_open(f"/gradio_api/file={path}")
    assert is_open("/gradio_api/file=C:\\photos\\x.png") and is_open("/gradio_api/file=/a/b.png")
    assert requested_file("/gradio_api/file//a/b.png") == "/a/b.png" == requested_file("/gradio_api/file=/a/b.png")


def test_below_a_path_of_a_proxy_the_same_holds(client: TestClient) -> None:
    below = TestClient(client.app, base_url="http://localhost:7860", root_path="/ecomgen")
    assert below.get("/ecomgen/").status_code == 200
    assert below.get("/ecomgen/gradio_api/token").status_code == 404
    assert below.get("/ecomgen/logout").status_code == 405 and below.post("/ecomgen/logout").status_code == 200


def test_every_answer_is_guarded(client: TestClient) -> None:
    for answer in (client.get("/"), client.get("/nowhere"), client.get("/", headers={"host": "evil.example"})):
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_page_runs_its_own_scripts_only(client: TestClient) -> None:
    first, second = client.get("/"), client.get("/")
    rules = dict(rule.split(" ", 1) for rule in first.headers["content-security-policy"].split("; "))
    nonce = rules["script-src"].split("'nonce-")[1].partition("'")[0]
    assert first.text.count(f'nonce="{nonce}"') == 2 and f'nonce="{nonce}"' not in second.text
    assert "'sha256-" in rules["script-src"] and "'unsafe-inline'" not in rules["script-src"]


def test_the_app_may_stand_in_a_frame_where_that_is_wanted(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_FRAME_ANCESTORS", "https://shop.example")
    framed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
    answer = client.get("/", headers=framed)
    assert answer.status_code == 200 and "x-frame-options" not in answer.headers
    assert "frame-ancestors https://shop.example" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_login_s_cookies_stay_with_this_site(client: TestClient, scheme: str) -> None:
    answer = client.post(f"{scheme}://localhost:7860/login", content=b"right")
    cookies = answer.headers.get_list("set-cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        morsel = next(iter(SimpleCookie(cookie).values()))
        assert morsel["samesite"] == "Lax" and morsel["httponly"]
        assert morsel["secure"] or scheme == "http"


def test_passwords_cannot_be_tried_for_ever(client: TestClient) -> None:
    tries = [client.post("/login", content=b"wrong").status_code for _ in range(limits.TRIES + 2)]
    assert tries == [400] * limits.TRIES + [429] * 2
    refused = client.post("/login", content=b"right")
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0


def test_who_shares_an_address_does_not_lock_another_out_by_logging_in(client: TestClient) -> None:
    assert all(client.post("/login", content=b"right").status_code == 200 for _ in range(3 * limits.TRIES))


def test_one_s_own_login_does_not_pay_for_guesses() -> None:
    attempts = limits.Attempts()
    for _ in range(limits.TRIES - 1):
        assert attempts.begin("192.0.2.1"), "a guess"
        assert attempts.begin("192.0.2.1"), "one's own login"
        attempts.succeed("192.0.2.1")
    assert attempts.begin("192.0.2.1"), "the last guess"
    assert not attempts.begin("192.0.2.1"), "after which there is no login, either"
    assert attempts.begin("192.0.2.2")
    addresses = [f"2001:db8::{number:x}" for number in range(2 * limits.TRIES)]
    assert sum(map(attempts.begin, addresses)) == limits.TRIES, "a household has as many addresses as it likes"


def test_a_wrong_password_keeps_nobody_else_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "PATIENCE", 0.3)
    accounts.add(tmp_path / "users", "anna", "correct horse")
    check = accounts.checker(tmp_path / "users")
    went_on, usual = threading.Event(), accounts.matches

    def waiting(password: str, stored: str) -> bool:
        assert went_on.wait(60), "while a password is looked at, the loop stands still"
        return usual(password, stored)

    monkeypatch.setattr(accounts, "matches", waiting)

    async def others() -> None:
        await anyio.sleep(0.05)
        went_on.set()

    async def all_of_them() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(check, "anna", "wrong horse")
            group.start_soon(others)

    with start_blocking_portal() as portal:
        portal.call(all_of_them)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_UPLOADS_GIB_PER_PERSON", str(1000 / limits.GIB))
    monkeypatch.setenv("ECOMGEN_UPLOADS_GIB", str(2000 / limits.GIB))


def _upload(client: TestClient, size: int, **more: Any) -> int:
    return client.post("/gradio_api/upload", content=b"x" * size, **more).status_code


@pytest.mark.usefixtures("small")
def test_one_visitor_uploads_so_much_and_no_more(client: TestClient) -> None:
    assert [_upload(client, 400) for _ in range(4)] == [200, 200, 413, 413]
    client.cookies.clear()
    assert _upload(client, 400) == 413, "not even with a new cookie"
    assert _upload(client, 400, headers={"cookie": "access-token-x=anna"}) == 200
    assert _upload(client, 700, headers={"cookie": "access-token-unsecure-x=anna"}) == 413
    assert _upload(client, 100) == 200, "what still fits is taken"


@pytest.mark.usefixtures("small")
def test_an_upload_that_does_not_tell_its_length_is_measured(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield from [b"x" * 300] * 4

    assert client.post("/gradio_api/upload", content=pieces()).status_code == 413
    assert _upload(client, 10) == 413, "what came is counted"


@pytest.mark.usefixtures("small")
def test_all_uploads_together_have_a_limit(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "photo.png").write_bytes(b"x" * 1800)
    assert _upload(client, 300) == 413
    assert _upload(client, 100) == 200


def test_a_full_disk_takes_no_upload(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.disk_cache, "free_beside", lambda _: limits.SPARE + 50)
    assert _upload(client, 51) == 413 and _upload(client, 50) == 200


@pytest.mark.parametrize("told", ["9" * 30, str(2**40)])
def test_a_call_that_is_no_upload_is_small(client: TestClient, told: str) -> None:
    assert client.post("/gradio_api/queue/join", content=b"x", headers={"content-length": told}).status_code == 413


def test_what_leaves_is_compressed_and_scripts_are_fetched_once(client: TestClient) -> None:
    script, page = client.get("/assets/index-1a2b3c4d.js"), client.get("/")
    assert script.headers["content-encoding"] == "gzip" and script.text == "one(); " * 500
    assert int(script.headers["content-length"]) < 200
    assert "immutable" in script.headers["cache-control"] and "cache-control" not in page.headers
    assert "cache-control" not in client.get("/assets/other.js").headers
