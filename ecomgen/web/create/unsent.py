"""What the form holds before anything is made of it: who reloads the page finds it again, as long as the app runs, and
who fills it with a picture's settings has it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr
from cachetools import LRUCache

from ecomgen.web.create.form import FIELDS, Form, by_field
from ecomgen.web.events import SWIFT
from ecomgen.web.people.access import person

PEOPLE = 1000
_held: LRUCache[str, tuple[Any, ...]] = LRUCache(PEOPLE)


def wire(form: Form) -> None:
    """Note whatever is typed, chosen or dropped."""
    changes: list[Any] = [field.change for field in form.inputs]
    gr.on(changes, remember, form.inputs, trigger_mode="always_last", **SWIFT)


def remember(web: gr.Request, *values: Any) -> None:
    """What the form of this browser's page holds now."""
    _held[person(web).name] = values


def of(web: gr.Request) -> dict[str, Any] | None:
    """What it held last, by field; None where that is not known, or a file of it is gone."""
    values = _held.get(person(web).name)
    if values is None:
        return None
    held = by_field(values)
    files = [*held["photos"], *(held[name] for name in FIELDS if name in ("mask", "backdrop", "style"))]
    beside = [photo for one in held["with_"] or () for photo in one["photos"]]
    return held if all(Path(file).exists() for file in (*files, *beside) if file) else None
