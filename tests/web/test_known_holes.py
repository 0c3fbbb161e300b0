"""Holes that other servers of pictures had, tried on the served app. Each test names the report of the hole."""

from __future__ import annotations

import io
import json
import os
import pickle
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from browser.conftest import running
from browser.serving import Listener
from drawn_photo import draw_photo

from ecomgen.errors import WeightsCorrupt
from ecomgen.masking import cache
from ecomgen.masking.sam import segmenter
from ecomgen.web.people import accounts

SECRET = "seen by nobody but the owner of the house"
PASSWORD = "anna's password"
EVIL = "https://evil.example"


@dataclass(frozen=True, kw_only=True)
class House:
    """An app where Anna may log in, and what it must not give away: `secret`, a file in its home."""

    url: str
    home: Path
    secret: Path
    anna: httpx.Client
    stranger: httpx.Client

    def call(self, name: str, **values: Any) -> str:
        """What Anna is told by an endpoint, as it comes."""
        joined = self.anna.post(f"/gradio_api/call/v2/{name}", json=values)
        assert joined.status_code == 200, joined.text
        return self.anna.get(f"/gradio_api/call/v2/{name}/{joined.json()['event_id']}").text

    def uploaded(self, name: str, content: bytes) -> str:
        """Where the app keeps what Anna uploads."""
        (path,) = self.anna.post("/gradio_api/upload", files={"files": (name, content)}).json()
        return path


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("known-holes")
    accounts.add(home / "users", "anna", PASSWORD)
    secret = home / "secret-folder" / "secret.txt"
    secret.parent.mkdir()
    secret.write_text(SECRET)
    with (
        running(home, ECOMGEN_AUTH_FILE=str(home / "users")) as app,
        closing(_client(app.url)) as anna,
        closing(_client(app.url)) as stranger,
    ):
        assert anna.post("/login", data={"username": "anna", "password": PASSWORD}).status_code == 200
        yield House(url=app.url, home=home, secret=secret, anna=anna, stranger=stranger)


def _client(url: str) -> httpx.Client:
    return httpx.Client(
        base_url=url, timeout=60, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
    )  # the server ends a connection that had an error


@pytest.fixture
def canary() -> Iterator[Listener]:
    """A server of the inner network that nobody but the app could reach."""
    listener = Listener(socket.create_server(("127.0.0.1", 0)))
    threading.Thread(target=listener.listen, daemon=True).start()
    yield listener
    listener.socket.close()


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return draw_photo(tmp_path_factory.mktemp("picture") / "small.png", size=(120, 160)).read_bytes()


class Mischief:
    """Makes a folder when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.mark),)


def _file(path: str, **more: Any) -> dict[str, Any]:
    return {"path": path, "meta": {"_type": "gradio.FileData"}, **more}


@pytest.mark.parametrize("up", ["../", "..\\", "%2e%2e%2f", "....//"])
def test_a_bulk_download_leads_to_no_other_file(house: House, up: str) -> None:
    """InvokeAI: the name of a bulk download held a path (CVE-2025-6237)."""
    for depth in range(1, 5):
        for name in ("secret-folder/secret.txt", "secret-folder", "users"):
            said = house.call("export", run=up * depth + name)
            assert "event: error" in said and SECRET not in said


@pytest.mark.parametrize("way", ["/../", "/%2e%2e/", "/./../", "//..//", "/x/../../"])
def test_a_path_through_the_uploads_leads_nowhere_else(house: House, picture: bytes, way: str) -> None:
    """Gradio, and with it AUTOMATIC1111 and Fooocus: /file= followed ".." out of a folder that it may serve
    (CVE-2023-51449, CVE-2024-47164)."""
    inside = Path(house.uploaded("mug.png", picture)).parent
    assert house.anna.get(f"/gradio_api/file={inside}/mug.png").content == picture
    for depth in range(1, 6):
        for route in ("file=", "file/"):
            answer = house.anna.get(f"/gradio_api/{route}{inside}{way * depth}secret-folder/secret.txt")
            assert answer.status_code in (403, 404) and SECRET not in answer.text


def test_nobody_lists_a_folder_without_a_login(house: House) -> None:
    """InvokeAI: /models/scan_folder told anybody the files of any folder (invoke-ai/InvokeAI#9365)."""
    folder = str(house.secret.parent)
    asked: dict[str, str] = dict.fromkeys(("path", "scan_path", "folder", "dir", "root", "file"), folder)
    places = (
        "",
        "models/scan_folder",
        "file_explorer/list",
        "list",
        "ls",
        "models",
        f"file={folder}",
        f"file/{folder}",
    )
    for place in (*places, "component_server", "info", "startup-events", "queue/status", "upload_progress"):
        for client, path in ((house.stranger, f"/gradio_api/{place}"), (house.stranger, f"/{place}")):
            for answer in (client.get(path, params=asked), client.post(path, json=asked)):
                assert house.secret.name not in answer.text, (place, answer.status_code)
    inner = house.anna.get(f"/gradio_api/file={folder}")
    assert inner.status_code in (403, 404) and house.secret.name not in inner.text


def test_no_function_of_a_component_can_be_called_from_outside(house: House) -> None:
    """Gradio: /component_server called any method of a component, one of which copies a file (CVE-2024-1561)."""
    components = [one["id"] for one in house.anna.get("/config").json()["components"]]
    for number in components:
        body = {
            "session_hash": "x",
            "component_id": number,
            "fn_name": "move_resource_to_block_cache",
            "data": str(house.secret),
        }
        answer = house.anna.post("/gradio_api/component_server", json=body)
        assert answer.status_code >= 400 and house.secret.name not in answer.text
    assert list((house.home / "cache").rglob(house.secret.name)) == []


def test_a_model_file_of_a_stranger_runs_nothing(tmp_path: Path) -> None:
    """InvokeAI: an installed model was read by torch.load, which runs what a pickle says (CVE-2024-12029)."""
    import torch

    mark = tmp_path / "ran"
    torch.save({"weight": Mischief(mark)}, tmp_path / "zipped.pth")
    (tmp_path / "plain.pth").write_bytes(pickle.dumps(Mischief(mark), protocol=2))
    tiny = {"encoder_embed_dim": 8, "encoder_depth": 1, "encoder_num_heads": 1, "encoder_global_attn_indexes": [0]}
    for name in ("zipped.pth", "plain.pth"):
        with pytest.raises(WeightsCorrupt):
            segmenter._build(tmp_path / name, tiny)
        assert not mark.exists()


def test_a_pickle_that_is_uploaded_runs_nothing(house: House, picture: bytes, tmp_path: Path) -> None:
    """The same hole (CVE-2024-12029) by the ways on which files come into the app."""
    mark, photo = tmp_path / "ran", house.uploaded("mug.png", picture)
    for name in ("model.ckpt", "mug.png", "mug.npy", "mug.pt"):
        path = house.uploaded(name, pickle.dumps(Mischief(mark)))
        house.call("check", photos=[_file(path)])
        house.call("cutout", photos=[_file(photo)], mask=_file(path))
        assert not mark.exists()


def test_a_cache_that_somebody_wrote_into_runs_nothing(tmp_path: Path) -> None:
    """DiskCache: kept values are pickles, run by whoever reads them (CVE-2025-69872)."""
    mark = tmp_path / "ran"
    cache.remembered("key", lambda: {"mask": np.ones(3)})
    (kept,) = cache.folder().iterdir()
    inside = io.BytesIO()
    np.savez(inside, mask=np.array([Mischief(mark)], dtype=object))
    for planted in (pickle.dumps(Mischief(mark)), inside.getvalue()):
        kept.write_bytes(planted)
        cache.forget()
        assert cache.remembered("key", lambda: {"mask": np.zeros(3)})["mask"].sum() == 0
        assert not mark.exists()


FORMS = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")


@pytest.mark.parametrize("origin", [EVIL, "null"])
@pytest.mark.parametrize("kind", FORMS)
def test_a_form_on_another_site_starts_nothing(house: House, origin: str, kind: str) -> None:
    """ComfyUI-Manager: a form on any site could have code installed (Comfy-Org/ComfyUI-Manager#2818). Gradio: a site
    could upload in a visitor's name (CVE-2024-1727); "null" is what a sandboxed frame sends (CVE-2024-47165)."""
    before = sorted(house.home.rglob("*.png"))
    headers = {"origin": origin, "content-type": kind}
    call = json.dumps({"data": [], "fn_index": 0, "session_hash": "x"})
    part = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\nx\r\n--x--\r\n'
    for path in ("queue/join", "call/history", "run/history", "upload", "cancel", "reset", "component_server"):
        for content in (call, part):
            answer = house.anna.post(f"/gradio_api/{path}", content=content, headers=headers)
            assert answer.status_code == 403, (path, answer.text)
    assert house.anna.post("/logout", headers=headers).status_code == 403
    assert house.anna.get("/config").status_code == 200
    assert sorted(house.home.rglob("*.png")) == before


@pytest.mark.parametrize("origin", [EVIL, "null", "http://localhost.evil.example", "http://127.0.0.1.evil.example"])
def test_no_other_site_reads_an_answer(house: House, origin: str) -> None:
    """Gradio: an answer allowed any origin where a cookie came along (CVE-2024-47084), and "null" anywhere
    (CVE-2024-47165)."""
    port = httpx.URL(house.url).port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
        for method, path in (("GET", "/config"), ("GET", "/gradio_api/info"), ("OPTIONS", "/gradio_api/queue/join")):
            headers = {"origin": origin, "host": host, "access-control-request-method": "POST"}
            answer = house.anna.request(method, path, headers=headers)
            assert answer.status_code >= 400 and "components" not in answer.text
            assert answer.headers.get("access-control-allow-origin") not in (origin, "*")


def test_a_borrowed_name_opens_nothing(house: House) -> None:
    """Gradio: a request that named another host was taken for one of a public server (gradio-app/gradio#13594)."""
    for host in ("spoofed.example.com", "evil.example:7860", "127.0.0.1.evil.example"):
        for origin in ({}, {"origin": f"http://{host}"}):
            answer = house.anna.get("/config", headers={"host": host, **origin})
            assert answer.status_code in (403, 421) and "components" not in answer.text
            assert "access-control-allow-origin" not in answer.headers


def test_a_picture_s_address_is_not_fetched(house: House, canary: Listener) -> None:
    """Gradio: a file that was given by its address was fetched by the server (CVE-2024-4325, CVE-2024-47167)."""
    port = canary.socket.getsockname()[1]
    hosts = ("127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433", "127.1")
    for number, host in enumerate(hosts):
        address = f"http://{host}:{port}/{number}.png"
        for file in (_file(address), _file(address, url=address), _file("x.png", url=address)):
            assert "event: error" in house.call("check", photos=[file])
    assert canary.heard == []


def test_nothing_is_asked_of_the_outside_for_a_picture(house: House) -> None:
    """The same of an address that is open to all: nothing leaves this machine unasked, no look-up of a name either."""
    for address in ("http://a.invalid/mug.png", "https://a.invalid/mug.png"):
        said = house.call("check", photos=[_file(address)])
        assert "event: error" in said and "uploaded" in said


@pytest.mark.parametrize("route", ["file=", "file/", "proxy=", "stream/x/y/1/"])
def test_no_route_fetches_or_passes_on_an_address(house: House, canary: Listener, route: str) -> None:
    """Gradio 3, and with it Fooocus: /file= asked the address that it was given, and led there (CVE-2024-4940,
    lllyasviel/Fooocus#4197); /proxy= fetched it (CVE-2024-2206, CVE-2026-28416)."""
    for address in (canary.url, canary.url.replace("//", "/"), canary.url.replace("http:", "HTTP:"), EVIL):
        for client in (house.anna, house.stranger):
            answer = client.get(f"/gradio_api/{route}{address}/x.png")
            assert answer.status_code in (401, 403, 404)
            assert "location" not in answer.headers
    assert canary.heard == []


NAMES = (
    "../../../mischief.py",
    "/tmp/../mischief.py",
    "..\\..\\mischief.py",
    "a/../../../../mischief.py",
    "....//m.py",
)


@pytest.mark.parametrize("name", NAMES)
def test_an_upload_s_name_leads_nowhere_else(house: House, name: str) -> None:
    """XAgent: the path in an upload's name was written to (CVE-2026-3954)."""
    before = set(house.home.rglob("*"))
    answer = house.anna.post("/gradio_api/upload", files={"files": (name, b"x = 1")})
    fresh = {file for file in house.home.rglob("*") if file.is_file()} - before
    uploads = house.home / "cache" / "uploads"
    assert all(file.is_relative_to(uploads) for file in fresh), fresh
    assert answer.status_code >= 400 or Path(answer.json()[0]).resolve().is_relative_to(uploads.resolve())


def test_only_what_was_uploaded_is_taken_for_a_photo(house: House) -> None:
    """Gradio: a path of the server was read as if it had been uploaded (CVE-2024-1728, CVE-2024-51751)."""
    uploads = house.home / "cache" / "uploads"
    paths = (house.secret, house.home / "users", uploads / ".." / ".." / "users", Path("/proc/self/environ"))
    for path in (*map(str, paths), f"file://{house.secret}"):
        for file in (_file(path), _file(path, url=f"{house.url}gradio_api/file={path}"), {"path": path}):
            for values in ({"photos": [file]}, {"photos": [], "mask": file}):
                said = house.call("cutout", **values)
                assert "event: error" in said and SECRET not in said
    assert list(uploads.rglob("secret.txt")) == list(uploads.rglob("users")) == []


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "script.js", "page.xhtml", "page.png.html"])
def test_an_uploaded_page_is_no_page_of_the_app(house: House, name: str) -> None:
    """Gradio and ComfyUI: an uploaded page ran its scripts as a page of the app (CVE-2024-47872, CVE-2024-10099)."""
    script = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    answer = house.anna.get(f"/gradio_api/file={house.uploaded(name, script)}")
    rules = answer.headers["content-security-policy"]
    scripts = re.search(r"(?:script-src|default-src) ([^;]*)", rules)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "attachment" in answer.headers.get("content-disposition", "") or (scripts and scripts[1] == "'none'")


def test_nobody_watches_the_others(house: House) -> None:
    """Gradio: /monitoring answered although it was not enabled (CVE-2024-47168)."""
    for path in ("monitoring", "monitoring/summary", "monitoring/x", "gradio_api/monitoring"):
        for client in (house.anna, house.stranger):
            assert client.get(f"/{path}").status_code == 404
