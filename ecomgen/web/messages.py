"""Errors on the screen: one sentence in the screen's own words, never a traceback."""

from __future__ import annotations

import functools
import inspect
import logging
import re
from collections.abc import Callable
from typing import Any

import gradio as gr

from ecomgen.errors import Cancelled, EcomgenError
from ecomgen.web import locale
from ecomgen.web.markup import esc

log = logging.getLogger("ecomgen.web")

PULLING = re.compile(r'([Rr])un "ecomgen models pull ([^"]+)"')
OPTION = re.compile(r"--([a-z-]+)(?: (?:X0,Y0,X1,Y1|WxH|FILE|DIR|NAME)\b)?")
LABELS = {
    "box": "BOX",
    "point": "TOOLS",
    "mask": "MASK_FILE",
    "masker": "MASKER",
    "size": "SHAPE",
    "channel": "SHAPE",
    "count": "COUNT",
    "keep": "KEEP",
    "seed": "SEED",
    "steps": "STEPS",
    "guidance-scale": "GUIDANCE",
    "strength": "STRENGTH",
    "camera-elevation": "CAMERA",
    "scene-from": "SAME_SET",
    "threshold": "LEVEL",
    "mode": "MODE",
    "harmonise": "HARMONISE_LABEL",
    "contact-shadow": "CONTACT_SHADOW",
    "words": "WRITER",
    "pipeline": "PIPELINE",
    "prompt": "PROMPT",
    "negative-prompt": "NEGATIVE",
}  # options of the command line, and the names of their labels in `words`


def in_screen_words(message: str) -> str:
    """The message in the language of the screen, with the command line's options replaced by the labels of the form."""
    spoken = PULLING.sub(_fetched, locale.told(message))
    return OPTION.sub(
        lambda match: locale.QUOTED.format(text=getattr(locale, LABELS[match[1]])) if match[1] in LABELS else match[0],
        spoken,
    )


def _fetched(found: re.Match[str]) -> str:
    """A command that fetches weights is a button of the screen."""
    told_here = locale.FETCH_IN_SETUP.format(names=found[2], setup=locale.TAB_MACHINE)
    return told_here[:1].upper() + told_here[1:] if found[1].isupper() else told_here


def sentence(error: BaseException) -> str:
    """What to tell the user; an unexpected error goes into the server's log."""
    if isinstance(error, EcomgenError):
        return in_screen_words(error.message)
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
