"""Whoever refuses a request: a sentence, never an empty error, a list of faults, or what was sent."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from anyio.from_thread import start_blocking_portal
from gradio.route_utils import FnIndexInferError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ecomgen.errors import BadPhoto, UsageError
from ecomgen.options.reading import read_points
from ecomgen.runlog import RunFilter, RunLog
from ecomgen.web import api
from ecomgen.web.create.form import read_run
from ecomgen.web.messages import Spoken, Told
from ecomgen.web.security.doors import around
from ecomgen.web.security.refusals import STATUS
from ecomgen.workflows.evaluation import score

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from hostile_requests import drawn, run, served, whole_payloads

HOSTILE = "\x1b[31m\u202e" + "x" * 9000


async def _answer(request: Request) -> Response:
    kind = request.query_params["session_hash"]
    if kind == "raises":
        raise KeyError(HOSTILE)
    if kind == "nowhere":
        raise FnIndexInferError
    if kind == "breaks":
        raise ZeroDivisionError
    answers: dict[str, Response] = {
        "null": JSONResponse({"error": None}, 500),
        "list": JSONResponse(
            {"detail": [{"loc": ["body", "data"], "msg": "Input should be a list", "input": "s3"}]}, 422
        ),
        "long": JSONResponse({"detail": HOSTILE}, 404),
        "text": PlainTextResponse("Method Not Allowed", 405),
        "silent": PlainTextResponse("Internal Server Error", 500),
        "fine": PlainTextResponse(HOSTILE),
    }
    if kind == "told":
        request.scope["state"][STATUS] = 422
        return JSONResponse({"error": "Give a photo."}, 500)
    return answers[kind]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = Starlette(routes=[Route("/gradio_api/queue/data", _answer)], lifespan=around("127.0.0.1"))
    app.cookie_id, app.tokens = "x", {}  # type: ignore[attr-defined]
    with TestClient(app, base_url="http://localhost:7860", raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("kind", "status", "said"),
    [
        ("raises", 400, "(KeyError)"),
        ("nowhere", 400, "(FnIndexInferError)"),
        ("breaks", 500, "(ZeroDivisionError)"),
        ("null", 500, "This request cannot be read"),
        ("list", 422, "(body.data: Input should be a list)"),
        ("long", 404, "xxx…xxx"),
        ("text", 405, "Method Not Allowed"),
        ("silent", 500, "omething unexpected"),
        ("told", 422, "Give a photo."),
    ],
)
def test_a_refusal_is_a_sentence(client: TestClient, kind: str, status: int, said: str) -> None:
    answer = client.get("/gradio_api/queue/data", params={"session_hash": kind})
    assert answer.status_code == status
    (text,) = (one for one in answer.json().values() if isinstance(one, str))
    assert said in text and len(text) < 600 and not set(text) & set("\x1b\u202e") and "7" not in text


def test_what_is_no_refusal_is_left_alone(client: TestClient) -> None:
    assert client.get("/gradio_api/queue/data", params={"session_hash": "fine"}).text == HOSTILE


@pytest.mark.parametrize(
    ("error", "status"),
    [(TypeError("no number"), 422), (gr.Error(HOSTILE), 422), (ZeroDivisionError(), 500), (BadPhoto("No photo."), 422)],
)
def test_what_gradio_raises_is_told_by_the_page(monkeypatch: pytest.MonkeyPatch, error: Exception, status: int) -> None:
    async def read(*_: Any) -> None:
        raise error

    async def processed(page: Any, *_: Any, **__: Any) -> None:
        if isinstance(error, TypeError):
            await page.preprocess_data(None, [])
        raise error

    monkeypatch.setattr(gr.Blocks, "preprocess_data", read)
    monkeypatch.setattr(gr.Blocks, "process_api", processed)
    page, asked = Spoken.__new__(Spoken), SimpleNamespace(request=SimpleNamespace(scope={}))
    with start_blocking_portal() as portal, pytest.raises(Told) as caught:
        portal.call(partial(page.process_api, None, [], request=asked))
    assert caught.value.message and len(caught.value.message) < 600 and "\x1b" not in caught.value.message
    assert asked.request.scope["state"][STATUS] == status


@pytest.mark.parametrize("run_id", [7, ["a"], {"path": "x"}, True, "a/b"])
def test_a_run_whose_id_is_no_text(run_id: Any) -> None:
    with pytest.raises(UsageError, match="is no run"):
        read_run(run_id)


@pytest.mark.parametrize(
    "files", [None, "x", 7, [None], [7], [{"path": 7}], [{"path": "a\0b"}], [{"path": "/etc/passwd"}]]
)
def test_photos_that_are_none(files: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    with pytest.raises(BadPhoto, match="must be uploaded"):
        api.uploaded(files)


def test_a_score_without_a_reference(photo: Path) -> None:
    with pytest.raises(BadPhoto, match="no photo"):
        score([photo], [])


def two_texts(run: str, format: str = "png") -> tuple[str, str]:
    return run, format


def test_a_text_that_is_none() -> None:
    assert api._texts_checked(two_texts)(None, None) == ("", "png")
    with pytest.raises(gr.Error, match="is not a text"):
        api._texts_checked(api.export)("web", run=[["a"]])


@pytest.mark.parametrize("text", ["a\0b", '"', "*", "a" * 100_000, "NEAR(", "\0" * 5])
def test_a_search_for_anything(home: Path, text: str) -> None:
    assert RunLog(home / "runs.sqlite").recent(limit=1, which=RunFilter(text=text, prompt=text, product=text)) == []


@pytest.mark.parametrize("value", [[{}], [[]], [[float("inf"), 1]], [7]])
def test_points_that_are_none(value: Any) -> None:
    with pytest.raises(UsageError, match="--point"):
        read_points(value)


def test_a_few_hostile_requests(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (96, 96), (200, 200, 200)).save(tmp_path / "a.png")
    chance = random.Random(20)
    with served(tmp_path / "home") as port:
        payloads = whole_payloads(port, tmp_path / "a.png")
        outcomes = [run(port, number, drawn(payloads, chance)) for number in range(60)]
    assert [one for one in outcomes if one.through] == []
