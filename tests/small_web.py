"""A real web server on the loopback, from which pictures may be fetched."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from PIL import Image

Answering = Callable[[Any], None]


def picture_bytes(colour: str = "red", side: int = 64) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(data, "PNG")
    return data.getvalue()


@dataclass
class Web:
    """A real server on the loopback: `pages` answer by path, `seen` holds the path and Host of every request."""

    port: int = 0
    pages: dict[str, Answering] = field(default_factory=dict)
    seen: list[tuple[str, str]] = field(default_factory=list)
    posted: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, data: bytes, status: int = 200, **headers: str) -> str:
        self.pages[path] = lambda handler: self._send(handler, data, status, headers)
        return self.at(path)

    @staticmethod
    def _send(handler: Any, data: bytes, status: int, headers: dict[str, str]) -> None:
        handler.send_response(status)
        for name, value in {"content_length": str(len(data)), **headers}.items():
            if value:
                handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """The server; loopback and the host 127.0.0.1 are allowed."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.seen.append((self.path, self.headers["host"]))
            with suppress(OSError):  # whoever asked may leave
                web.pages[self.path.partition("?")[0]](self)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            web.posted.append((dict(self.headers), body))
            with suppress(OSError):
                web.pages[self.path](self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    monkeypatch.setenv("ECOMGEN_FETCH_LOOPBACK", "true")
    monkeypatch.setenv("ECOMGEN_FETCH_HOSTS", "127.0.0.1")
    yield web
    server.shutdown()
    server.server_close()
    thread.join()
