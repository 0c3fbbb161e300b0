"""The doors of the app: every request passes here first, every answer last.

Only routes of Gradio that the app has a use for are open; all others are closed, also those of a newer Gradio.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode

from starlette._utils import get_route_path  # how the router itself takes the root path away
from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ecomgen.web import locale
from ecomgen.web.rest.tokens import program
from ecomgen.web.security.answers import guarded
from ecomgen.web.security.limits import REST, Attempts, Budget
from ecomgen.web.security.origins import Hosts, host_name, is_foreign
from ecomgen.web.security.refusals import Sentences, refusal
from ecomgen.web.security.request_log import Watched

LARGEST_CALL = 64 * 2**20  # bytes of a request that is no upload
UPLOAD = "/gradio_api/upload"
LASTING = "/assets/"  # Gradio's own scripts and styles, with a hash in each name
FILES = re.compile(r"/gradio_api/file[=/](.*)", re.DOTALL)  # the only routes that serve a file by its path
PAGE = ("/?", "/config/?", "/theme\\.css", "/favicon\\.ico", "/robots\\.txt", "/manifest\\.json", "/pwa_icon(/\\d+)?")
PARTS = ("/assets/.+", "/static/.+", "/svelte/.+")
LOGIN = ("/login/?", "/logout")
API = (
    *("info/?", "openapi\\.json", "theme\\.css", "app_id/?", "user/?", "login_check/?", "startup-events"),
    *("upload", "upload_progress", "component_server/?", "custom_component/.+"),
    *("queue/join/?", "queue/data", "queue/status", "heartbeat/[^/]+", "cancel", "reset/?"),
    *("(call|call/v2|run|api)/[^/]+/?", "call/(v2/)?[^/]+/[^/]+"),
)
HEALTH = "/healthz"
REVIEW = "/review/[\\w.-]+(/\\d{1,4})?"  # what a signed link opens
PROGRAMS = re.compile(r"/v1(\.0)?/.*|/metrics", re.DOTALL)  # which programs call, by a token or on this machine
OPEN = re.compile(
    "|".join(
        (HEALTH, REVIEW, PROGRAMS.pattern, *PAGE, *PARTS, *LOGIN, FILES.pattern, *(f"/gradio_api/{one}" for one in API))
    ),
    re.DOTALL,
)
WEB = re.compile(r"\s*\w+:/{1,2}")  # an address that Gradio would fetch for whoever asks


class Doors:
    """An ASGI middleware around all others, for an app that listens on `bound`."""

    def __init__(self, app: ASGIApp, bound: str) -> None:
        self.app, self.hosts = app, Hosts(bound)
        self.attempts, self.budget = Attempts(), Budget()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        secure = scope["scheme"] == "https"

        watched = Watched(scope)

        async def last(message: Message) -> None:
            begins = message["type"] == "http.response.start"
            if begins:
                lasting = get_route_path(scope).startswith(LASTING)
                message = watched.noted(guarded(message, secure=secure, lasting=lasting))
            await send(message)

        scope.setdefault("state", {})
        sentences = Sentences(scope, last)
        try:
            await self._answered(scope, receive, sentences.send)
            await sentences.ended()
        except Exception as error:
            await sentences.failed(error)
        finally:
            watched.ended()

    async def _answered(self, scope: Scope, receive: Receive, last: Send) -> None:
        refused = self._refused(scope, Headers(scope=scope))
        if refused is not None:
            await _Flow(receive, 0).drain()
            await refused(scope, receive, last)
        elif get_route_path(scope) in ("/login", "/login/") and scope["method"] == "POST":
            await self._log_in(scope, receive, last)
        else:
            if get_route_path(scope) in ("", "/"):
                scope["query_string"] = _language(scope)
            await self._let_in(scope, receive, last)

    def _refused(self, scope: Scope, headers: Headers) -> JSONResponse | None:
        host = headers.get("host", "")
        if not self.hosts.answers_to(host):
            return refusal(421, scope, "WRONG_HOST", host=host_name(host)[:100])
        if is_foreign(scope["method"], headers, self.hosts):
            return refusal(403, scope, "WRONG_SITE")
        if not is_open(get_route_path(scope)):
            return JSONResponse({"detail": "Not found"}, 404)
        if PROGRAMS.fullmatch(get_route_path(scope)):
            return _admitted(scope, headers)
        if get_route_path(scope) == "/logout":
            if scope["method"] != "POST":
                return JSONResponse({"detail": "Method not allowed"}, 405, {"allow": "POST"})
            scope["method"] = "GET"  # by which Gradio knows it; a link or a picture on another site sends no POST
        return None

    async def _log_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = _address(scope)
        if not self.attempts.begin(address):
            answer = refusal(429, scope, "TOO_MANY_TRIES", minutes=REST // 60)
            answer.headers["retry-after"] = str(REST)
            await _Flow(receive, 0).drain()
            await answer(scope, receive, send)
            return

        async def heard(message: Message) -> None:
            if message.get("status") == 200:
                self.attempts.succeed(address)
            await send(message)

        await self._let_in(scope, receive, heard)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        upload = get_route_path(scope) == UPLOAD or "program" in scope["state"]
        who = _payer(scope)
        flow = _Flow(receive, self.budget.left(who) if upload else LARGEST_CALL)
        if flow.fits(Headers(scope=scope).get("content-length", "")):
            await self._served(scope, flow, send)
        if upload:
            self.budget.add(who, flow.size + scope["state"].get("fetched", 0))
        if flow.over:
            await flow.drain()
            await refusal(413, scope, "TOO_MUCH")(scope, receive, send)

    async def _served(self, scope: Scope, flow: _Flow, send: Send) -> None:
        """Pass the request on; of one that turns out too large nothing is answered here."""

        async def unless_over(message: Message) -> None:
            if not flow.over:
                await send(message)

        try:
            await self.app(scope, flow.receive, unless_over)
        except Exception:
            if not flow.over:
                raise


class _Flow:
    """The body of a request, until it exceeds `limit` bytes; then it looks as if the client had gone."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._limit = receive, limit
        self.size, self.over, self._more = 0, False, True

    def fits(self, told: str) -> bool:
        """Whether a body of the told length, in decimal digits, may come; one that tells none is measured."""
        self.over = told.isascii() and told.isdigit() and (len(told) > 18 or int(told) > self._limit)
        return not self.over

    async def receive(self) -> Message:
        message = await self._receive()
        self.size += len(message.get("body", b""))
        self.over = self.over or self.size > self._limit
        self._more = message.get("more_body", False)
        return {"type": "http.disconnect"} if self.over else message

    async def drain(self) -> None:
        """Read what is still sent, within reason: many clients look for an answer only afterwards."""
        began = self.size
        while self._more and self.size - began < LARGEST_CALL:
            await self.receive()


def around(bound: str, first: Sequence[BaseRoute] = ()) -> Any:
    """A lifespan of the app that puts the doors around everything that the app is made of by then, and further routes
    first of all; what leaves is compressed."""

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        app.router.routes[:0] = first
        app.middleware_stack = GZipMiddleware(Doors(app.middleware_stack, bound), compresslevel=5)
        yield

    return lifespan


def _language(scope: Scope) -> bytes:
    """Of a page's query what the app reads of it; Gradio would look for whole pages by what else stands there."""
    known = parse_qs(scope["query_string"].decode("latin-1")).get("language", ())
    return urlencode([("language", one) for one in known]).encode()


def _admitted(scope: Scope, headers: Headers) -> JSONResponse | None:
    """Note which program asks; one that may not is told so."""
    who = program(headers, _address(scope), headers.get("host", ""))
    if who is not None:
        scope["state"]["program"] = who
        return None
    answer = refusal(401, scope, "NO_TOKEN")
    if get_route_path(scope).startswith("/v1.0/"):
        answer = JSONResponse({"errors": [{"title": locale.NO_TOKEN, "code": "auth_failed"}]}, 403)
    answer.headers["www-authenticate"] = "Bearer"
    return answer


def _address(scope: Scope) -> str:
    return (scope.get("client") or ("",))[0]


def _payer(scope: Scope) -> str:
    """On whose account an upload goes: a program, who logged in, else the address; a new cookie is too easily had."""
    if "program" in scope["state"]:
        return scope["state"]["program"].name
    user = user_of(scope["app"], cookie_parser(Headers(scope=scope).get("cookie", "")))
    return f"user:{user}" if user else _address(scope)


def user_of(app: Any, cookies: Mapping[str, str]) -> str | None:
    """The user whom Gradio knows by one of its cookies."""
    tokens = (cookies.get(f"access-token-{kind}{app.cookie_id}") for kind in ("", "unsecure-"))
    return next((app.tokens[token] for token in tokens if token in app.tokens), None)


def is_open(path: str) -> bool:
    """Whether the app has something to say at a path (decoded, below the root path)."""
    asked = requested_file(path)
    return OPEN.fullmatch(path) is not None and "\0" not in path and not (asked and WEB.match(asked))


def requested_file(path: str) -> str:
    """The file that is asked for by its path; nothing where none is."""
    found = FILES.fullmatch(path)
    return found[1] if found else ""
