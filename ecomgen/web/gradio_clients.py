"""For gradio_client: a run's record must reach it as it is."""

from __future__ import annotations

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ecomgen.web.security.answers import HeldBack, send_whole

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

        async def told(start: Message, body: bytes) -> None:
            if start["status"] == 200:
                body = json.dumps(json.loads(body) | {"protocol": MARKED}).encode()
            await send_whole(send, start, body)

        await self.app(scope, receive, HeldBack(send, lambda _: True, told).send)


def _is_config(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["path"].rstrip("/") not in ("/config", "/gradio_api/config"):
        return False
    return any(name == b"user-agent" and AGENT in value for name, value in scope["headers"])
