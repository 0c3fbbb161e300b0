"""Errors on the screen: one sentence in the screen's own words, never a traceback."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from ecomgen.errors import Cancelled, EcomgenError
from ecomgen.web import locale
from ecomgen.web.markup import esc

log = logging.getLogger("ecomgen.web")


def sentence(error: BaseException) -> str:
    """What to tell the user; an unexpected error goes into the server's log."""
    if isinstance(error, EcomgenError):
        return locale.translated(error.message)
    log.error("Unexpected error", exc_info=error)
    return locale.UNEXPECTED.format(kind=type(error).__name__)


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


def as_message(error: Exception) -> gr.Error:
    """The error as gradio's message box."""
    if isinstance(error, gr.Error):
        return error
    title = locale.CANCEL if isinstance(error, Cancelled) else locale.UNEXPECTED_TITLE
    return gr.Error(esc(sentence(error)), duration=12, title=title, print_exception=False)
