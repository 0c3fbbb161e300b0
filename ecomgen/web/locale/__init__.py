"""Every text of the screen in the language of whoever looks: `locale.GENERATE` is “Generate” or “Erzeugen”.

The texts stand in English in `english`, each under a name. Every other language is one file,
`ecomgen/locale/LANG/LC_MESSAGES/ecomgen.po`: its msgids are these English texts and those of the core's messages.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from typing import Any

from gradio.context import LocalContext
from starlette.requests import cookie_parser

from ecomgen.messages import Message, told
from ecomgen.web.locale import catalogue, english, stored

LANGUAGES = catalogue.languages()
USUAL = catalogue.SOURCE
COOKIE = "ecomgen_language"
spoken_here: ContextVar[str] = ContextVar("language", default=USUAL)  # of a page that is being built or sent
native_name = catalogue.native_name


def __getattr__(name: str) -> Any:
    if name.isupper():
        return text(name, language())
    raise AttributeError(name)


def text(name: str, code: str) -> Any:
    """A text of `english`, or a table of texts, in the language. Keys of a table are never translated."""
    return _leaves(getattr(english, name), code)


def _leaves(value: Any, code: str) -> Any:
    if isinstance(value, dict):
        return {key: _leaves(one, code) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_leaves(one, code) for one in value)
    return replace(value, code=code) if isinstance(value, catalogue.Plural) else catalogue.translated(value, code)


def labelled(option: str) -> str:
    """How the form calls an option; what it lacks stays as it is typed."""
    known = text("OPTIONS", language())
    name = option.replace("-", "_")
    return text("QUOTED", language()).format(text=known[name]) if name in known else f"--{option}"


def translated(message: str, label: Callable[[str], str] = labelled) -> str:
    """What the core says, in the language of the screen: a message with its values, and a stored text whose message is
    known by its form. Values that are messages are translated likewise; names and what people wrote stay as they are.
    `label` says how options are called."""
    if not isinstance(message, Message):
        return stored.retold(message, language(), label)
    return told(message, label, lambda template: catalogue.translated(template, language()), number)


def number(value: float) -> catalogue.Figure:
    """A number, to be formatted: `f"{locale.number(0.5):.2f}"` is 0.50 or 0,50."""
    return catalogue.Figure(value, language())


def moment(at: datetime | float) -> str:
    """A day and a time of day here, of a moment or of seconds since 1970."""
    known = at if isinstance(at, datetime) else datetime.fromtimestamp(at)
    return known.astimezone().strftime(text("MOMENT", language()))


def language() -> str:
    """The language of the event that is being handled, otherwise of the page that is being made."""
    request = LocalContext.request.get(None)
    headers = getattr(request, "headers", None)
    return spoken_here.get() if headers is None else preferred(headers.get("cookie"), headers.get("accept-language"))


def preferred(cookies: str | None, accepted: str | None) -> str:
    """The language that was chosen, else the first of the browser's that we speak, else English."""
    chosen = cookie_parser(cookies or "").get(COOKIE, "")
    requested = [part.partition(";")[0].strip().lower()[:2] for part in (accepted or "").split(",")]
    return next((code for code in (chosen, *requested) if code in LANGUAGES), USUAL)
