"""Before the app: every browser gets a name of its own and its language, and a run's files go to its owner only."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs

from starlette._utils import get_route_path  # how the router itself takes the root path away
from starlette.datastructures import MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ecomgen.settings import settings
from ecomgen.web import locale
from ecomgen.web.files import uploads
from ecomgen.web.people import access
from ecomgen.web.security.doors import requested_file, user_of

YEAR = 365 * 24 * 3600
SERVED = ("runs", "catalogues", "labs")  # of the home


class Visitors:
    """An ASGI middleware; it notes the `Person` in the request's state.

    On a `private_machine` nobody logs in, and only this machine can call.
    """

    def __init__(self, app: ASGIApp, private_machine: bool) -> None:
        self.app, self.private_machine = app, private_machine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = MutableHeaders(scope=scope)
        cookies = cookie_parser(headers.get("cookie", ""))
        requested = parse_qs(scope["query_string"].decode("latin-1")).get("language", [""])[0]
        if get_route_path(scope) == "/" and requested in locale.LANGUAGES:
            answer = RedirectResponse("./", 303)
            answer.set_cookie(locale.COOKIE, requested, max_age=YEAR, samesite="lax")
            await answer(scope, receive, send)
            return
        if not _may_have(scope, self._person(scope, cookies)):
            await JSONResponse({"detail": "Not found"}, 404)(scope, receive, send)
            return
        locale.spoken_here.set(locale.preferred(headers.get("cookie"), headers.get("accept-language")))
        send = send if cookies.get(access.VISITOR) else _naming(scope, headers, send)
        scope.setdefault("state", {})["person"] = self._person(scope, cookie_parser(headers["cookie"]))
        await self.app(scope, receive, send)

    def _person(self, scope: Scope, cookies: Mapping[str, str]) -> access.Person:
        user, browser = user_of(scope["app"], cookies), cookies.get(access.VISITOR, "").replace("/", "")
        name = f"user:{user}" if user else f"visitor:{browser}"
        return access.Person(name=name, private_machine=self.private_machine)


def _naming(scope: Scope, headers: MutableHeaders, send: Send) -> Send:
    """Name a browser that has no name: in this request already, and in its answer."""
    name = secrets.token_urlsafe(24)
    known = headers.get("cookie")
    headers["cookie"] = f"{known}; {access.VISITOR}={name}" if known else f"{access.VISITOR}={name}"
    secure = "; Secure" if scope["scheme"] == "https" else ""
    cookie = f"{access.VISITOR}={name}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}"

    async def named(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return named


def _may_have(scope: Scope, who: access.Person) -> bool:
    """Whether who asks may have the file, where one of the home is asked for; the app decides on all others."""
    asked = requested_file(get_route_path(scope))
    place = access.place_of(Path(asked)) if asked else ""
    if not place or Path(asked).resolve().is_relative_to(uploads().resolve()):
        return True
    return place.partition("/")[0] in SERVED and access.may_see(who, settings().home / place)
