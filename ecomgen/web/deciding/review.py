"""A link for reviewers: whoever holds it sees one run's pictures and what was decided, and changes nothing, until it
expires. Off unless `ECOMGEN_REVIEW_SECRET` is set."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from ecomgen.errors import EcomgenError, UsageError
from ecomgen.record import CandidateEntry, RunRecord
from ecomgen.runlog import Decision, run_log
from ecomgen.settings import settings
from ecomgen.web import locale
from ecomgen.web.create.results.markup import found
from ecomgen.web.deciding.markup import told
from ecomgen.web.markup import ASSETS, badge, esc

DAY = 24 * 3600
LONGEST = 90.0  # days
CLOSED = {"x-robots-tag": "noindex, nofollow", "cache-control": "no-store", "referrer-policy": "no-referrer"}


@dataclass(frozen=True, kw_only=True)
class Link:
    """A run that may be looked at until a time in seconds since 1970."""

    run_id: str
    until: int

    @property
    def token(self) -> str:
        return f"{self.run_id}.{self.until}.{_signature(self.run_id, self.until)}"


def is_on() -> bool:
    """Whether links are given and answered here."""
    return settings().review_secret is not None


def link(run_id: str, days: float | None = None) -> Link:
    """A link to a run for so many days from now on, by default `ECOMGEN_REVIEW_DAYS`.

    Raises:
        UsageError: links are off, or it would be open for too long.
    """
    if not is_on():
        raise UsageError("Links for reviewers are off: set ECOMGEN_REVIEW_SECRET to 16 characters or more.")
    days = settings().review_days if days is None else days
    if not 0 < days <= LONGEST:
        raise UsageError("A link is open for more than 0 and at most {most:g} days.", most=LONGEST)
    return Link(run_id=run_id, until=int(time.time() + days * DAY))


def read(token: str) -> Link | None:
    """What a token opens, if it is one of ours; also where its time is over."""
    run_id, _, rest = token.partition(".")
    until, _, signature = rest.partition(".")
    if not is_on() or not until.isascii() or not until.isdigit() or len(until) > 12:
        return None
    good = hmac.compare_digest(signature.encode(), _signature(run_id, int(until)).encode())
    return Link(run_id=run_id, until=int(until)) if good else None


def routes() -> list[Route]:
    """The page behind a link, and its pictures."""
    return [Route("/review/{token}", _page), Route("/review/{token}/{index:int}", _picture)]


def _signature(run_id: str, until: int) -> str:
    secret = settings().review_secret
    key = secret.get_secret_value().encode() if secret else b""
    mac = hmac.new(key, f"review:{run_id}:{until}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def _found(web: Request) -> tuple[Link, RunRecord, Path] | Response:
    """The run behind a request's token; an answer where there is none."""
    opened = read(web.path_params["token"])
    if opened is None:
        return _refused(locale.LINK_WRONG, 404)
    if time.time() > opened.until:
        return _refused(locale.LINK_OVER, 410)
    try:
        return opened, *run_log().show(opened.run_id)
    except EcomgenError:
        return _refused(locale.LINK_GONE, 410)


def _picture(web: Request) -> Response:
    found = _found(web)
    if isinstance(found, Response):
        return found
    _, record, folder = found
    path = next((folder / one.path for one in record.candidates if one.index == web.path_params["index"]), None)
    if path is None or not path.is_file():
        return _refused(locale.LINK_GONE, 404)
    return FileResponse(path, headers=CLOSED)


def _page(web: Request) -> Response:
    found = _found(web)
    if isinstance(found, Response):
        return found
    opened, record, _ = found
    decided = run_log().decisions(record.run_id)
    entries = sorted(record.candidates, key=lambda entry: entry.turn)
    cards = "".join(_card(opened.token, entry, decided.get(entry.index, Decision())) for entry in entries)
    until = locale.LINK_UNTIL.format(day=locale.moment(opened.until))
    title = esc(record.prompt or record.parameters.product)
    return _html(f"<h1>{title}</h1><p>{esc(until)}</p><div>{cards}</div>")


def _refused(sentence: str, status: int) -> Response:
    return _html(f"<p>{esc(sentence)}</p>", status)


def _html(inside: str, status: int = 200) -> Response:
    style = (ASSETS / "review.css").read_text("utf-8")
    head = '<meta charset="utf-8"><title>ecomgen</title><meta name="viewport" content="width=device-width">'
    body = f"<head>{head}<style>{style}</style></head><body><main>{inside}</main></body>"
    return HTMLResponse(f'<!doctype html><html lang="{locale.language()}">{body}</html>', status, CLOSED)


def _card(token: str, entry: CandidateEntry, decision: Decision) -> str:
    name = esc(locale.NUMBERED.format(number=entry.index + 1).capitalize())
    state = badge(locale.KEPT, "ok") if entry.kept else badge(locale.FILTERED, "warn")
    state += badge(locale.VERDICTS[decision.verdict]) if decision.verdict else ""
    state += badge("★") if decision.starred else ""
    return (
        f'<article><img src="{esc(token)}/{entry.index}" alt="{name}"><h2>{name}</h2><p>{state}</p>'
        f"{found(entry)}{told(decision)}</article>"
    )
