"""For gradio_client: a run's record must reach it as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

AGENT = b"gradio_client"
MARKED = "sse_v2.1"  # the protocol with which the client takes for a file only what is marked as one


class MarkedFiles:
    """Tells gradio_client, when it asks for the app's configuration, that files are marked.

    Otherwise it takes every object with a "path", such as a candidate of a run, for a file, and puts the name of its
    download in place of the object. Browsers are told nothing else than before.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_config(scope):
            await self.app(scope, receive, send)
            return
        start: list[Message] = []
        body = bytearray()

        async def change(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                await _answer(send, start[0], bytes(body))

        await self.app(scope, receive, change)


def _is_config(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["path"].rstrip("/") not in ("/config", "/gradio_api/config"):
        return False
    return any(name == b"user-agent" and AGENT in value for name, value in scope["headers"])


async def _answer(send: Send, start: Message, body: bytes) -> None:
    if start["status"] == 200:
        body = json.dumps(json.loads(body) | {"protocol": MARKED}).encode()
    kept = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
    await send(start | {"headers": [*kept, (b"content-length", str(len(body)).encode())]})  # type: ignore[operator]
    await send({"type": "http.response.body", "body": body})
