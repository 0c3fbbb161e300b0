"""Two people with a login: whatever one asks of any route or event of the app, it tells nothing of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from browser.conftest import running
from browser.serving import Page, every_route, logged_in

from ecomgen.web.people import accounts

MARKS = {"anna": "zafaran", "ben": "quillaja"}  # words that stand in everything that one made, and nowhere else
KINDS = ("runs", "labs", "catalogues")
FOR_THE_NETWORK = ("pull", "ask_sizes")


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Somebody with a run and a catalogue, Anna with a comparison too: what others could name of them."""

    name: str
    page: Page
    run: str
    places: tuple[Path, ...]
    files: tuple[Path, ...]

    def is_told_by(self, answer: str, asked: str) -> bool:
        """Whether an answer tells of what is theirs, other than by saying again what it was asked."""
        rest = answer.replace(asked, "")
        return MARKS[self.name] in rest or any(str(place) in rest for place in self.places)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Owner]]:
    """Anna and Ben on browsers that the other one had used before."""
    home = tmp_path_factory.mktemp("two-people")
    for name in MARKS:
        accounts.add(home / "users", name, f"{name}'s password")
    with running(home, ECOMGEN_AUTH_FILE=str(home / "users")) as app:
        first, second = logged_in(app.url, "ben"), logged_in(app.url, "anna")
        with closing(first), closing(second):
            for client in (first, second):
                assert client.post("/logout").status_code in (200, 302)
            anna = _owner("anna", Page(logged_in(app.url, "anna", first)), home)
            yield {"anna": anna, "ben": _owner("ben", Page(logged_in(app.url, "ben", second)), home)}


def _owner(name: str, page: Page, home: Path) -> Owner:
    before = set(home.glob("*/*"))
    mark = MARKS[name]
    small = {"prompt": f"{mark} on paper", "count": 1, "shape": "own", "own-size": "64x64", "steps": "1"}
    _done(page, "generate_1", small)
    if name == "anna":
        _done(page, "compare_1", {"lab-prompt": f"{mark} on {{paper}}", "lab-side": "64", "steps": "1"})
    table = {"files": ("spring.csv", f"product,photos,prompt\n{mark},mug.png,on {mark}\n".encode())}
    (path,) = page.client.post("/gradio_api/upload", files=table).json()
    file = {"path": path, "orig_name": "spring.csv", "meta": {"_type": "gradio.FileData"}}
    event = page.named("take_in")
    opened, _, *chosen = page.held(event)
    assert mark in page.event(event, [opened, [file], *chosen])
    places = [place for kind in KINDS for place in (home / kind).iterdir() if place not in before]
    assert {place.parent.name for place in places} >= {"runs", "catalogues"}
    (run,) = (place.name for place in places if place.parent.name == "runs")
    files = tuple(file for place in places for file in place.rglob("*") if file.is_file())
    return Owner(name=name, page=page, run=run, places=tuple(places), files=files)


def _done(page: Page, name: str, filled: dict[str, Any]) -> None:
    """Let an event happen with fields of the page filled, by their `elem_id`."""
    event = page.named(name)
    ids = [page.parts[number]["props"].get("elem_id") for number in event["inputs"]]
    said = page.event(event, [filled.get(one, held) for one, held in zip(ids, page.held(event), strict=True)])
    assert '"success": true' in said or '"success":true' in said, said[-2000:]


def walked(page: Page) -> list[dict[str, Any]]:
    """Each function behind the page's events, once for each set of fields that it reads."""
    found = {}
    for event in page.config["dependencies"]:
        name = re.sub(r"_\d+$", "", str(event["api_name"]))
        if event["backend_fn"] and name not in FOR_THE_NETWORK:
            found.setdefault((name, len(event["inputs"]), len(event["outputs"])), event)
    return list(found.values())


def told(who: Page, other: Owner, left_out: str = "", values: tuple[str, ...] = ()) -> list[str]:
    """The events that tell `who` something of the other's, where they are asked with what is known of the other, or
    with `values` of it."""
    known = (*(place.name for place in other.places), f"{other.run}:1", str(other.files[0]))
    return [
        event["api_name"]
        for value in values or known
        for event in walked(who)
        if event["api_name"] != left_out and other.is_told_by(who.event(event, who.held(event, value), value), value)
    ]


@pytest.mark.parametrize(("one", "other"), [("anna", "ben"), ("ben", "anna")])
def test_no_event_tells_one_of_the_other(people: dict[str, Owner], one: str, other: str) -> None:
    page = Page(people[one].page.client)
    assert len(walked(page)) > 50
    assert told(page, people[other]) == []


def test_the_same_events_tell_their_owner(people: dict[str, Owner]) -> None:
    anna = people["anna"]
    said = told(Page(anna.page.client), anna, "delete", (anna.run, f"{anna.run}:1"))
    found = {re.sub(r"_\d+$", "", name) for name in said}
    assert {"history", "open_run", "use", "same_settings", "same_scene"} <= found


@pytest.mark.parametrize(("one", "other"), [("anna", "ben"), ("ben", "anna")])
def test_no_route_tells_one_of_the_other(people: dict[str, Owner], one: str, other: str) -> None:
    client, theirs = people[one].page.client, people[other]
    secrets = {content for file in theirs.files if (content := file.read_bytes())}
    names = (*(place.name for place in theirs.places), *map(str, theirs.files))
    given = []
    for path in sorted({path for method, path in every_route() if method == "GET" and path != "/logout"}):
        for named in names if "{" in path else names[:1]:
            way = re.sub(r"\{[^}]*\}", lambda _, named=named: quote(named), path)
            body = _body(client, way, {"path": named, "file": named, "run": named, "deep_link": named})
            if body in secrets or MARKS[other].encode() in body:
                given.append(way)
    assert given == []


def _body(client: httpx.Client, way: str, asked: dict[str, str]) -> bytes:
    """As much as comes: a route that is asked for nonsense may end its answer in the middle."""
    came = bytearray()
    with client.stream("GET", way, params=asked) as answer, suppress(httpx.RemoteProtocolError):
        for part in answer.iter_bytes():
            came.extend(part)
    return bytes(came)


def test_a_file_goes_to_its_owner_only(people: dict[str, Owner]) -> None:
    for one, other in (("anna", "ben"), ("ben", "anna")):
        for file in people[other].files:
            assert people[one].page.client.get(f"/gradio_api/file={file}").status_code in (403, 404)
        pictures = [file for file in people[one].files if file.suffix == ".png"]
        assert pictures
        assert all(people[one].page.client.get(f"/gradio_api/file={file}").status_code == 200 for file in pictures)
