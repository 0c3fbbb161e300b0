"""A running app, and a proxy that hears of every call to the outside."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from pathlib import Path


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
