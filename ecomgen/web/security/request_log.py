"""What is logged of requests: a line of JSON each, with an id that the answer carries too, and nothing secret."""

from __future__ import annotations

import json
import logging
import re
import secrets
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Scope

from ecomgen.messages import legible

log = logging.getLogger("ecomgen.requests")
HEADER = "x-request-id"
GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")  # an id that a proxy or a program may give
NAMED = re.compile(r"/v1(\.0)?/[^?]*|/metrics|/healthz")  # whose addresses hold no secret part
current: ContextVar[str] = ContextVar("request", default="")


class Watched:
    """One request on its way; `noted` gives its answer the id, `ended` writes its line."""

    def __init__(self, scope: Scope) -> None:
        given = Headers(scope=scope).get(HEADER, "")
        self.id = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
        self._scope, self._began, self._status = scope, time.monotonic(), 0
        current.set(self.id)

    def noted(self, message: Message) -> Message:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            MutableHeaders(scope=message)[HEADER] = self.id
        return message

    def ended(self) -> None:
        who = self._scope["state"].get("program")
        facts = {
            "method": self._scope["method"],
            "path": shown(self._scope["path"]),
            "status": self._status,
            "seconds": round(time.monotonic() - self._began, 4),
        }
        log.info("request", extra={"facts": facts | ({"program": who.name} if who else {})})


def shown(path: str) -> str:
    """An address without what is somebody's alone: uploads, sessions and events are found by theirs."""
    if path.startswith("/review/"):
        return "/review"
    if NAMED.fullmatch(path):
        return legible(path, 200)
    return legible("/".join(path.partition("=")[0].split("/")[:3]), 60)


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if current.get():
            line["request"] = current.get()
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def write_lines() -> None:
    """Write what ecomgen logs to stderr in this form, requests too."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    ours = logging.getLogger("ecomgen")
    ours.handlers, ours.propagate = [handler], False
    ours.setLevel(logging.INFO)
