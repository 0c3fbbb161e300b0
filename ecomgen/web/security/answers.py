"""What every answer tells the browser: what a page may load and run, who may hold it, and who gets its cookies; and
gradio_client, that a record is no file."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ecomgen.settings import settings

LOGIN_COOKIE = "access-token-"  # how those of Gradio begin
AGENT, MARKED = b"gradio_client", "sse_v2.1"  # the protocol with which it takes for a file only what is marked as one
SCRIPT = re.compile(rb"<script(?=[\s>])")
PLAIN = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class PagePolicy:
    """Lets a page run the scripts that it came with, and no others.

    'unsafe-eval' is Gradio's need: it makes functions of the texts of `js` and `js_on_load`. `scripts` are those that
    Gradio puts into the head of the page later.
    """

    def __init__(self, app: ASGIApp, scripts: tuple[str, ...] = ()) -> None:
        self.app = app
        hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
        self.known = " ".join(f"'sha256-{one}'" for one in hashes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)

        async def told(start: Message, body: bytes) -> None:
            policy = page_policy(f"'nonce-{nonce}' {self.known}".strip())
            MutableHeaders(scope=start)["content-security-policy"] = policy
            await send_whole(send, start, SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), body))

        await self.app(scope, receive, HeldBack(send, _is_page, told).send)


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


class HeldBack:
    """An answer on its way: where `which` says so of its `start`, it is kept until it is whole; `told` sends it."""

    def __init__(
        self, send: Send, which: Callable[[Message], bool], told: Callable[[Message, bytes], Awaitable[None]]
    ) -> None:
        self._send, self._which, self._told = send, which, told
        self._body = bytearray()
        self.start: Message | None = None

    async def send(self, message: Message) -> None:
        """Pass a message on, or keep it."""
        if message["type"] == "http.response.start" and self._which(message):
            self.start = message
        elif self.start is None:
            await self._send(message)
        else:
            self._body.extend(message.get("body", b""))
            if not message.get("more_body"):
                await self._told(self.start, bytes(self._body))


async def send_whole(send: Send, start: Message, body: bytes) -> None:
    """Send an answer whose body is another now; one to HEAD has none, and keeps its length."""
    if body:
        MutableHeaders(scope=start)["content-length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")


def page_policy(scripts: str) -> str:
    """The Content-Security-Policy of a page; `scripts` are its own inline ones."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts} 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'self'",
            _holders(),
        )
    )


def _holders() -> str:
    return "frame-ancestors " + (settings().frame_ancestors or "'none'")


def guarded(start: Message, *, secure: bool, lasting: bool = False) -> Message:
    """The start of an answer with the headers that every answer has, and its cookies for this site only; a file that
    is `lasting`, since its name tells its content, is asked for once by a browser."""
    headers = MutableHeaders(scope=start)
    if lasting and start["status"] == 200:
        headers["cache-control"] = "public, max-age=31536000, immutable"
    for name, value in PLAIN.items():
        headers.setdefault(name, value)
    headers.setdefault("content-security-policy", f"default-src 'none'; {_holders()}")
    if not settings().frame_ancestors:
        headers["x-frame-options"] = "DENY"
    cookies = headers.getlist("set-cookie")
    if cookies:
        del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", own_cookie(cookie, secure=secure))
    return start


def own_cookie(cookie: str, *, secure: bool) -> str:
    """The value of a Set-Cookie header, sent to this site only, and encrypted only where the site is."""
    read = SimpleCookie()
    try:
        read.load(cookie)
    except CookieError:
        return cookie
    for name, morsel in read.items():
        morsel["samesite"] = "Lax"
        morsel["secure"] = morsel["secure"] or secure
        morsel["httponly"] = morsel["httponly"] or name.startswith(LOGIN_COOKIE)
    return read.output(header="", sep="").strip() or cookie
