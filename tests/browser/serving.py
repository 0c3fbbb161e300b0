"""A running app with its routes and events, and a proxy that hears of every call to the outside."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx

ROUTES = """
import json
from gradio.routes import App
from ecomgen.web.app import build

def routes(app):
    for route in app.routes:
        if hasattr(route, "original_router"):
            yield from routes(route.original_router)
        else:
            yield from ((method, route.path) for method in getattr(route, "methods", None) or ("GET",))

print(json.dumps(sorted(set(routes(App.create_app(build()))))))
"""
LONGEST = 120  # seconds that an event may take
TEXTS = ("textbox", "api")
ENDLESS = ("/gradio_api/heartbeat/", "/gradio_api/dev/reload")  # answer as long as the page is open, with no file


@dataclass
class Listener:
    """A proxy that passes nothing on and remembers who called."""

    socket: socket.socket
    heard: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def listen(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(5)
                self.heard.append(caller.recv(200).decode("latin-1").split("\r\n")[0])


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running app."""

    url: str
    home: Path
    listener: Listener


@cache
def every_route() -> list[tuple[str, str]]:
    """Each route of the app as (method, path), read in a process of its own; without those that never end."""
    done = subprocess.run([sys.executable, "-c", ROUTES], capture_output=True, text=True, check=True)
    return [(method, path) for method, path in json.loads(done.stdout) if not path.startswith(ENDLESS)]


def logged_in(url: str, name: str, client: httpx.Client | None = None) -> httpx.Client:
    """A browser that logged in; over plain HTTP it keeps the cookie that is not marked as secure."""
    one_each = httpx.Limits(max_keepalive_connections=0)  # the server ends a connection that had an error
    client = client or httpx.Client(base_url=url, timeout=60, trust_env=False, limits=one_each)
    assert client.post("/login", data={"username": name, "password": f"{name}'s password"}).status_code == 200
    return client


class Page:
    """The app's page without a screen: its events with what the page holds, as a browser would send them."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.config = client.get("/config").json()
        self.session = secrets.token_hex(8)
        self.parts = {part["id"]: part for part in self.config["components"]}

    def event(self, event: dict[str, Any], data: list[Any], value: Any = None) -> str:
        """Everything that the app says until the event is over."""
        body = {"data": data, "fn_index": event["id"], "session_hash": self.session, "event_data": {"value": value}}
        if event["queue"] is False:
            return self.client.post("/gradio_api/run/predict", json=body).text
        joined = self.client.post("/gradio_api/queue/join", json=body)
        if joined.status_code != 200:
            return joined.text
        said, end = [], time.monotonic() + LONGEST
        with self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session}) as stream:
            for line in stream.iter_lines():
                said.append(line)
                if "process_completed" in line or "close_stream" in line:
                    break
                assert time.monotonic() < end, f"{event['api_name']} is not over after {LONGEST} seconds"
        return "\n".join(said)

    def held(self, event: dict[str, Any], text: str = "") -> list[Any]:
        """What the page holds for an event; `text` in each of its text fields that is empty."""
        parts = [self.parts[number] for number in event["inputs"]]
        return [
            (part["type"] in TEXTS and part["props"].get("value") in ("", None) and text) or part["props"].get("value")
            for part in parts
        ]

    def named(self, name: str) -> dict[str, Any]:
        """The event of an `api_name`."""
        (found,) = (event for event in self.config["dependencies"] if event["api_name"] == name)
        return found
