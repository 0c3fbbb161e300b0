"""What /v1/openapi.json says is so: schemathesis sends what the description allows, and what it does not."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from rest_calls import HERE, calling
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

TRIES = 12
CHECKS = [not_a_server_error, content_type_conformance, status_code_conformance, response_schema_conformance]


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The routes behind the doors, as a program of this machine calls them."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    with calling() as client:

        async def app(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                scope["client"] = HERE
                kept = [(name, value) for name, value in scope["headers"] if name != b"host"]
                scope["headers"] = [*kept, (b"host", b"127.0.0.1")]
            await client.app(scope, receive, send)

        yield app


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("POST", path) for path in ("/check", "/cutout", "/score", "/jobs")),
        *(
            ("GET", path)
            for path in ("/jobs/{job}", "/jobs/{job}/pictures/{n}", "/jobs/{job}/export", "/jobs/{job}/clip")
        ),
        *(("GET", "/jobs/{job}/events"), ("DELETE", "/jobs/{job}")),
    ],
)
def test_whatever_is_sent_is_answered_as_described(served: Any, method: str, path: str) -> None:
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", served)
    operation = schema[path][method]
    statuses: set[int] = set()
    before = threading.active_count()  # those of other tests too

    @seed(7)
    @settings(
        max_examples=TRIES,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def try_it(case: Any) -> None:
        answer = case.call()
        statuses.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    try_it()
    assert statuses and threading.active_count() < before + TRIES / 2, "an answer leaves no thread behind"
