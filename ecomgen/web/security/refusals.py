"""What is said where a request goes wrong, whoever refused it: one sentence, and little of what was sent."""

from __future__ import annotations

import json
import logging
from typing import Any

from gradio.route_utils import FnIndexInferError  # of an endpoint that is not there
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import Message, Scope, Send

from ecomgen.messages import legible
from ecomgen.web import locale
from ecomgen.web.security.answers import HeldBack, send_whole

log = logging.getLogger("ecomgen.web")
TOLD = ("application/json", "text/plain")  # in which Gradio and Starlette refuse
SENT_WRONG = (
    FnIndexInferError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    OverflowError,
    RecursionError,
    OSError,
)
STATUS = "refused"  # in the request's state: the status for an error that the app told


def refusal(status: int, scope: Scope, text: str, **values: object) -> JSONResponse:
    """A text of the screen as an answer, in the language of the browser."""
    return JSONResponse({"detail": _text(scope, text).format(**values)}, status)


def _text(scope: Scope, name: str) -> str:
    headers = Headers(scope=scope)
    return locale.text(name, locale.preferred(headers.get("cookie"), headers.get("accept-language")))


class Sentences:
    """The way of one answer: one that refuses is held back until it is whole, and then says why in a sentence."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self._held = HeldBack(self._pass, _refuses, self._whole)
        self.send = self._held.send
        self.begun = False

    async def _pass(self, message: Message) -> None:
        self.begun = True
        await self._send(message)

    async def failed(self, error: Exception) -> None:
        """Answer in place of an app that raised `error`.

        Raises:
            Exception: that error, where an answer has begun that is no refusal.
        """
        if self.begun and self._held.start is None:
            raise error
        wrong = isinstance(error, SENT_WRONG)
        log.error("A request could not be answered", exc_info=error)
        kind = type(error).__name__
        answer = (
            refusal(400, self._scope, "UNREADABLE", reason=kind)
            if wrong
            else refusal(500, self._scope, "UNEXPECTED", kind=kind)
        )
        if not self.begun:
            self.begun = True
            await answer(self._scope, _nothing, self._send)

    async def ended(self) -> None:
        """Answer for an app that held back why it could not, and raised nothing."""
        if self._held.start is not None and not self.begun:
            self.begun = True
            await refusal(500, self._scope, "UNEXPECTED", kind="500")(self._scope, _nothing, self._send)

    async def _whole(self, start: Message, sent: bytes) -> None:
        if self.begun or (start["status"] == 500 and not _is_json(start)):
            return  # of an error that is raised in a moment
        self.begun = True
        state = self._scope.get("state") or {}
        status = state.get(STATUS, start["status"]) if start["status"] == 500 else start["status"]
        MutableHeaders(scope=start)["content-type"] = "application/json"
        body = json.dumps(self._told(sent), ensure_ascii=False).encode()
        await send_whole(self._send, {**start, "status": status}, body)

    def _told(self, body: bytes) -> dict[str, Any]:
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            found = {"detail": body.decode("utf-8", "replace")}
        if not isinstance(found, dict):
            found = {"detail": found}
        if "errors" in found:  # as remove.bg tells them
            return found
        if "error" in found:
            return found | {"error": legible(str(found["error"] or self._unreadable("")))}
        detail = found.get("detail")
        return {"detail": legible(detail) if isinstance(detail, str) and detail else self._unreadable(_reason(detail))}

    def _unreadable(self, reason: str) -> str:
        return _text(self._scope, "UNREADABLE").format(reason=legible(reason, 200) or "?")


def _reason(detail: Any) -> str:
    """What FastAPI's validation found first, without what was sent."""
    first = detail[0] if isinstance(detail, list) and detail else detail
    if not isinstance(first, dict):
        return ""
    place = ".".join(str(part) for part in first.get("loc") or ())
    return f"{place}: {first.get('msg', '')}"


def _refuses(start: Message) -> bool:
    return start["status"] >= 400 and _type(start).startswith(TOLD)


def _is_json(start: Message) -> bool:
    return _type(start).startswith("application/json")


def _type(start: Message) -> str:
    return MutableHeaders(scope=start).get("content-type", "")


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
