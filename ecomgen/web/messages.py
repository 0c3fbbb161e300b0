"""Errors on the screen: one sentence in the screen's own words, never a traceback."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from ecomgen.errors import Cancelled, EcomgenError, NoProduct, UsageError, in_a_sentence
from ecomgen.messages import field, legible
from ecomgen.web import locale
from ecomgen.web.markup import esc, message
from ecomgen.web.security.refusals import STATUS

log = logging.getLogger("ecomgen.web")


LONGEST = 1500  # characters of a sentence
STATUSES = {2: 422, 3: 422, 4: 503, 5: 422}  # of HTTP, by the kind of an error


class Told(gr.Error):
    """An error that is one sentence already; `status` is that of a plain request."""

    status = 500
    plain = ""  # the sentence for a program


def sentence(error: BaseException, label: Callable[[str], str] | None = None) -> str:
    """What to tell the user, with options as `label` calls them; an unexpected error goes into the server's log."""
    if isinstance(error, EcomgenError):
        usual = _where_drawn if isinstance(error, NoProduct) else locale.labelled
        return legible(locale.translated(error.message, label or usual), LONGEST)
    log.error("Unexpected error", exc_info=error)
    known = in_a_sentence(OSError(error.errno, error.strerror) if isinstance(error, OSError) else error)
    if known is not None:
        return locale.translated(known.message)
    return locale.UNEXPECTED.format(kind=type(error).__name__)


def _where_drawn(option: str) -> str:
    """How the form calls an option where no product was found: a box is drawn where the cut-out is corrected."""
    return locale.QUOTED.format(text=locale.CORRECT) if option == "box" else locale.labelled(option)


def wrong(error: BaseException) -> str:
    """What to tell the user, in a box."""
    return message(sentence(error), "fail")


def ended(error: BaseException, stopped: str) -> str:
    """Why there is no result, in a box: somebody has `stopped` it, or something is wrong."""
    return message(stopped, "plain") if isinstance(error, Cancelled) else wrong(error)


for_programs = functools.partial(sentence, label=field)  # what to tell whoever sends options as fields


def spoken(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap an event handler, plain or a generator, so that every error becomes one sentence in a message box."""
    if inspect.isgeneratorfunction(handler):

        @functools.wraps(handler)
        def stream(*values: Any, **named: Any) -> Any:
            try:
                yield from handler(*values, **named)
            except Exception as error:
                raise as_message(error) from None

        return stream

    @functools.wraps(handler)
    def call(*values: Any, **named: Any) -> Any:
        try:
            return handler(*values, **named)
        except Exception as error:
            raise as_message(error) from None

    return call


def as_message(error: Exception) -> Told:
    """The error as gradio's message box."""
    if isinstance(error, Told):
        return error
    title = locale.CANCEL if isinstance(error, Cancelled) else locale.UNEXPECTED_TITLE
    text = legible(error.message) if isinstance(error, gr.Error) else sentence(error)
    told = Told(esc(text), duration=12, title=title, print_exception=False)
    known = error if isinstance(error, EcomgenError) else in_a_sentence(error)
    told.plain = for_programs(error) if isinstance(error, EcomgenError) else text
    told.status = 422 if isinstance(error, gr.Error) else STATUSES.get(known.exit_code if known else 1, 500)
    return told


class Spoken(gr.Blocks):
    """Blocks in which every error is told: those of handlers, and those of reading what was sent to them."""

    async def preprocess_data(self, block_fn: Any, inputs: list[Any], *rest: Any, **named: Any) -> Any:
        try:
            return await super().preprocess_data(block_fn, inputs, *rest, **named)
        except gr.Error:
            raise
        except Exception as error:
            log.warning("What was sent could not be read", exc_info=error)
            raise UsageError(locale.UNREADABLE.format(reason=type(error).__name__)) from error

    async def process_api(self, block_fn: Any, inputs: list[Any], *rest: Any, **named: Any) -> Any:
        try:
            return await super().process_api(block_fn, inputs, *rest, **named)
        except Exception as error:
            told = as_message(error)
            asked = getattr(named.get("request"), "request", None)
            if asked is not None:
                asked.scope.setdefault("state", {})[STATUS] = told.status
            if getattr(block_fn, "api_visibility", "private") != "private":  # a program shows it as it is
                told.message = told.plain
            raise told from None
