"""What is logged of requests: enough to find one again, and nothing that is secret."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from rest_calls import calling

from ecomgen.web.rest import tokens
from ecomgen.web.security.request_log import shown, write_lines


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that is written, on a logger that is as it was afterwards."""
    stream, ours = io.StringIO(), logging.getLogger("ecomgen")
    before = ours.handlers, ours.propagate, ours.level
    monkeypatch.setattr("sys.stderr", stream)
    write_lines()
    yield stream
    ours.handlers, ours.propagate = before[:2]
    ours.setLevel(before[2])


def test_a_request_is_found_again_by_its_id(
    lines: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    file = tmp_path / "tokens"
    token = tokens.add(file, "shop")
    monkeypatch.setenv("ECOMGEN_TOKENS_FILE", str(file))
    with calling(Authorization=f"Bearer {token}") as client:
        mine = client.get("/v1/jobs/none?signature=hidden", headers={"X-Request-Id": "order-7"})
        other = client.get("/healthz", headers={"X-Request-Id": "no\tid of ours {}"})
    assert mine.headers["x-request-id"] == "order-7" and other.headers["x-request-id"].isalnum()
    first, second = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert first["request"] == "order-7" and first["program"] == "program:shop" and first["level"] == "info"
    assert (first["method"], first["path"], first["status"]) == ("GET", "/v1/jobs/none", 404)
    assert second["request"] == other.headers["x-request-id"] and second["status"] == 200
    assert token not in lines.getvalue() and "hidden" not in lines.getvalue()


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/gradio_api/file=/home/uploads/9a3f/a.png", "/gradio_api/file"),
        ("/gradio_api/heartbeat/9a3f", "/gradio_api/heartbeat"),
        ("/v1/jobs/7/pictures/1", "/v1/jobs/7/pictures/1"),
        ("/v1/a\nb", "/v1/a b"),
    ],
)
def test_secret_parts_of_addresses_stay_out(path: str, logged: str) -> None:
    assert shown(path) == logged
