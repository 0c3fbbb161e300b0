"""A server on this machine that speaks enough of the hub's HTTP for huggingface_hub, and can misbehave when told."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

COMMIT = "c0ffee" + "0" * 34


@dataclass
class StandIn:
    """What is served, and what was asked for."""

    files: dict[str, bytes] = field(default_factory=dict)  # path on the server, or file in the repository
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)  # method, path, Range
    cut_after: int | None = None  # bytes after which the next answer breaks off
    url: str = ""
    gated: bool = False
    lies: bool = False  # about the SHA-256 of files
    commit: str = COMMIT  # that its branch is at

    @property
    def ranges(self) -> list[str]:
        return [wanted for _, _, wanted in self.asked if wanted]


class _Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        self.stand_in = StandIn()
        super().__init__(("127.0.0.1", 0), _Handler)
        self.stand_in.url = f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        del format, args

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        stand_in, path = self.server.stand_in, urlsplit(self.path).path
        stand_in.asked.append((self.command, path, self.headers.get("Range")))
        match = re.match(r"/[^/]+/[^/]+/resolve/[^/]+/(.+)", path)
        content = stand_in.files.get(match[1] if match else path.lstrip("/"))
        if path.startswith("/api/models/"):
            self._answer_listing(stand_in, path.rpartition("/revision/")[2])
        elif content is None:
            self._head(404, 0)
        else:
            self._answer_file(content)

    def _answer_listing(self, stand_in: StandIn, revision: str) -> None:
        if stand_in.gated:
            self._head(403, 0, {"X-Error-Code": "GatedRepo"})
            return
        body = json.dumps(_listing(stand_in, revision)).encode()
        self._head(200, len(body), {"Content-Type": "application/json"})
        self.wfile.write(body)

    def _answer_file(self, content: bytes) -> None:
        wanted = re.match(r"bytes=(\d+)-", self.headers.get("Range") or "")
        start = int(wanted[1]) if wanted else 0
        if wanted and start >= len(content):
            self._head(416, 0, {"Content-Range": f"bytes */{len(content)}"})
            return
        extra = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"', "X-Repo-Commit": COMMIT}
        if wanted:
            extra["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self._head(206 if wanted else 200, len(content) - start, extra)
        if self.command == "GET":
            self._send(content[start:])

    def _send(self, body: bytes) -> None:
        stand_in = self.server.stand_in
        cut, stand_in.cut_after = stand_in.cut_after, None
        self.wfile.write(body[:cut])
        if cut is not None:
            self.close_connection = True

    def _head(self, status: int, length: int, extra: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        for name, value in (extra or {}).items():
            self.send_header(name, value)
        self.end_headers()


@contextmanager
def serve() -> Iterator[StandIn]:
    """A server for as long as the context lasts."""
    server = _Server()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _listing(stand_in: StandIn, revision: str) -> dict[str, object]:
    commit = revision if re.fullmatch("[0-9a-f]{40}", revision) else stand_in.commit
    siblings = []
    for name, content in stand_in.files.items():
        true = hashlib.sha256(content).hexdigest()
        about: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": true}
        if name.endswith((".safetensors", ".bin")):
            about["lfs"] = {"size": len(content), "sha256": "0" * 64 if stand_in.lies else true, "pointerSize": 130}
        siblings.append(about)
    return {"id": "someone/something", "modelId": "someone/something", "sha": commit, "siblings": siblings}
