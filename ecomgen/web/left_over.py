"""What was waiting or in work when the app was restarted: its owner is told, and may ask for it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr

from ecomgen.errors import UsageError
from ecomgen.web import locale
from ecomgen.web.events import SWIFT
from ecomgen.web.jobs import backlog
from ecomgen.web.markup import chip, esc
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import Person, person

Begin = Callable[[Person, Mapping[str, Any]], Any]  # starts the work of a place of the screen from what was noted


def wire(place: Any, begins: Mapping[str, Begin]) -> None:
    """Connect its buttons. What is asked for again shows as after any reload."""

    @spoken
    def again(web: gr.Request, evt: gr.EventData) -> str:
        who = person(web)
        entry = _entry(who, str(evt.value))
        begins[entry.place](who, entry.asked.values)
        backlog.forget(entry.name)
        return notice(who)

    place.again(again, None, [place], **SWIFT).success(None, None, None, js="() => location.reload()")
    place.dismissed(dismiss, None, [place], **SWIFT)


@spoken
def dismiss(web: gr.Request, evt: gr.EventData) -> str:
    """Nobody wants it any more."""
    who = person(web)
    backlog.forget(_entry(who, str(evt.value)).name)
    return notice(who)


def notice(who: Person) -> str:
    """What is to be told; nothing where nothing was left."""
    lines = "".join(_line(entry) for entry in backlog.left(who.name))
    told = f"<p>{esc(locale.LEFT_OVER)}</p><ul>{lines}</ul>"
    return f'<section class="message plain left-over" role="status">{told}</section>' if lines else ""


def _entry(who: Person, name: str) -> backlog.Entry:
    found = next((entry for entry in backlog.left(who.name) if entry.name == name), None)
    if found is None:
        raise UsageError(locale.LEFT_OVER_GONE)
    return found


def _line(entry: backlog.Entry) -> str:
    at = f"{locale.PLACES[entry.place]}, {locale.moment(entry.at)}"
    buttons = chip(locale.ASK_AGAIN, "again", entry.name) + chip(locale.DISMISS, "dismissed", entry.name)
    return f'<li><strong>{esc(entry.asked.title)}</strong> <span class="hint">{esc(at)}</span> {buttons}</li>'
