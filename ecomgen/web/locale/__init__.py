"""Every text of the screen in the language of whoever looks: `words.GENERATE` is “Generate” or “Erzeugen”.

A language is a module of constants beside this one. To add one, translate `english` and name it in `LANGUAGES`; a test
holds every language to the same names and the same placeholders.
"""

from __future__ import annotations

from contextvars import ContextVar
from types import ModuleType
from typing import Any

from gradio.context import LocalContext
from starlette.requests import cookie_parser

from ecomgen.web.locale import english, german

LANGUAGES: dict[str, ModuleType] = {"en": english, "de": german}
USUAL = "en"
COOKIE = "ecomgen_language"
spoken_here: ContextVar[str] = ContextVar("language", default=USUAL)  # of a page that is being built or sent


def __getattr__(name: str) -> Any:
    if name.isupper():
        return getattr(LANGUAGES[language()], name)
    raise AttributeError(name)


def language() -> str:
    """The language of the event that is being handled, otherwise of the page that is being made."""
    request = LocalContext.request.get(None)
    headers = getattr(request, "headers", None)
    return spoken_here.get() if headers is None else preferred(headers.get("cookie"), headers.get("accept-language"))


def preferred(cookies: str | None, accepted: str | None) -> str:
    """The language that was chosen, else the first of the browser's that we speak, else English."""
    chosen = cookie_parser(cookies or "").get(COOKIE, "")
    asked = [part.partition(";")[0].strip().lower()[:2] for part in (accepted or "").split(",")]
    return next((code for code in (chosen, *asked) if code in LANGUAGES), USUAL)
