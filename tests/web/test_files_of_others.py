"""The served app, asked by two people on every route that it has, also on those that are closed."""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from browser.conftest import running
from browser.serving import every_route, logged_in

from ecomgen.web.people import accounts

SECRET = b"\x89PNG, seen by Anna alone"
FIELDS = ("path", "file", "url", "deep_link", "page")


@dataclass(frozen=True, kw_only=True)
class House:
    """An app at `url`, where only Anna may have `picture`."""

    url: str
    picture: Path
    anna: httpx.Client
    ben: httpx.Client


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("house")
    for name in ("anna", "ben"):
        accounts.add(home / "users", name, f"{name}'s password")
    picture = home / "runs" / "hers" / "candidates" / "01-1.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(SECRET)
    (home / "settings.txt").write_bytes(SECRET)
    with closing(sqlite3.connect(home / "app.sqlite")) as base, base:
        base.execute("CREATE TABLE places (place TEXT PRIMARY KEY, person TEXT NOT NULL)")
        base.execute("INSERT INTO places VALUES ('runs/hers', 'user:anna')")
    with (
        running(home, ECOMGEN_AUTH_FILE=str(home / "users")) as app,
        closing(logged_in(app.url, "anna")) as anna,
        closing(logged_in(app.url, "ben")) as ben,
    ):
        yield House(url=app.url, picture=picture, anna=anna, ben=ben)


@pytest.fixture(scope="module", name="every_route")
def all_routes() -> list[tuple[str, str]]:
    return every_route()


def ways(path: str, picture: Path) -> Iterator[str]:
    """A route's path with the picture in place of each of its parameters, and in the query."""
    names = {"plain": str(picture), "without a slash": str(picture)[1:], "coded": quote(str(picture), safe="")}
    names["about"] = f"{picture.parents[2]}/x/../{picture.parents[1].name}/candidates/./{picture.name}"
    for name in names.values():
        filled = re.sub(r"\{[^}]*\}", lambda _, name=name: name, path)
        yield filled
        yield f"{filled}?{'&'.join(f'{field}={quote(name)}' for field in FIELDS)}"


def test_no_route_gives_one_person_another_s_picture(house: House, every_route: list[tuple[str, str]]) -> None:
    assert len(every_route) > 60
    given = []
    for method, path in every_route:
        for way in ways(path, house.picture):
            body = {"json": {"path": str(house.picture)}} if method == "POST" else {}
            answer = house.ben.request(method, way, **body)
            if SECRET in answer.content:
                given.append((method, way))
    assert given == []


def test_the_owner_gets_the_picture_by_either_route(house: House) -> None:
    for route in ("file=", "file/"):
        assert house.anna.get(f"/gradio_api/{route}{house.picture}").content == SECRET
        assert house.anna.head(f"/gradio_api/{route}{house.picture}").status_code in (200, 405)


@pytest.mark.parametrize("route", ["file=", "file/"])
def test_what_is_no_file_of_ours_is_not_there(house: House, route: str) -> None:
    home = house.picture.parents[3]
    kept = ("settings.txt", "app.sqlite", "users", "runs/../users", "runs", "cache/x.png")
    strange = ("%00", f"{house.picture}%00", f"{house.picture}%00.png", "%ff", "//", "https://a.example/x.png", "~/x")
    for path in (*(f"{home}/{name}" for name in kept), *strange):
        answer = house.anna.get(f"/gradio_api/{route}{path}")
        assert answer.status_code in (403, 404), path
        assert SECRET not in answer.content
        assert "\0" not in path and (answer.status_code == 404 or "%00" not in path)


def test_a_page_that_is_not_there_is_the_page(house: House) -> None:
    for query in ("page=nowhere", "deep_link=../x", "page=%00&language=xx"):
        assert house.anna.get(f"/?{query}").status_code == 200
    assert house.anna.get("/?language=de").status_code == 303


def test_what_gradio_adds_is_closed_until_it_has_a_use(every_route: list[tuple[str, str]]) -> None:
    from ecomgen.web.security.doors import is_open

    closed = {path for _, path in every_route if not is_open(re.sub(r"\{[^}]*\}", "7", path))}
    for path in ("token", "proxy={url_path:path}", "process_recording", "vibe-code", "stream/{event_id}", "deep_link"):
        assert f"/gradio_api/{path}" in closed
    assert {"/", "/config", "/login", "/gradio_api/upload"} <= {path for _, path in every_route} - closed


def test_a_link_in_a_run_s_folder_leads_nowhere_else(house: House) -> None:
    link = house.picture.parents[2] / "bens" / "link.png"
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(house.picture)
    for route, name in itertools.product(("file=", "file/"), (link, f"{link.parent}/../bens/link.png")):
        assert SECRET not in house.ben.get(f"/gradio_api/{route}{name}").content
