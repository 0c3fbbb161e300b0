"""Fields of the screen, each kind built in one way; `name` is an element's id, by which styles and scripts know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

from ecomgen import references
from ecomgen.options import on
from ecomgen.request import Request
from ecomgen.web import locale

NUMBER: dict[str, Any] = {"value": "", "max_lines": 1, "min_width": 140}  # text, since an empty gr.Number arrives as 0
Choices = Mapping[str, str] | Sequence[tuple[str, str]]  # titles by their values, or titles with them


def option(name: str, element: str | None = None) -> tuple[str, str | None, str]:
    """What the field of an option is called, what is said below it, and its element's id."""
    return locale.OPTIONS[name], locale.HINTS.get(name), element or name.replace("_", "-")


def markup(value: str = "", name: str | None = None) -> gr.HTML:
    """HTML that is only looked at."""
    return gr.HTML(value, apply_default_css=False, elem_id=name)


def text(label: str, info: str | None = None, name: str | None = None, **more: Any) -> gr.Textbox:
    """What is typed."""
    return gr.Textbox(label=label, info=info, elem_id=name, **more)


def one_of(choices: Choices, label: str, info: str | None = None, name: str | None = None, **more: Any) -> gr.Dropdown:
    """One of several values, each under its title; at first the first of them."""
    titled = [(title, value) for value, title in choices.items()] if isinstance(choices, Mapping) else list(choices)
    first: dict[str, Any] = {"value": titled[0][1]} if titled and "multiselect" not in more else {}
    return gr.Dropdown(titled, label=label, info=info, elem_id=name, **first | more)


def several_of(choices: Choices, label: str, info: str | None = None, name: str | None = None, **more: Any) -> Any:
    """As many of them as one likes."""
    return one_of(choices, label, info, name, multiselect=True, **more)


def slider(
    reach: tuple[float, float, float], label: str, info: str | None = None, name: str | None = None, **more: Any
) -> gr.Slider:
    """A number between two, in steps; at first the least."""
    least, most, step = reach
    usual: dict[str, Any] = {"value": least, "buttons": []}
    return gr.Slider(least, most, step=step, label=label, info=info, elem_id=name, **usual | more)


def slider_of(name: str, step: float, **more: Any) -> gr.Slider:
    """An option between its bounds; at first as it is where nothing is said."""
    declared = on("app", Request)[name]
    reach = (declared.low or 0, declared.high or 1, step)
    return slider(reach, *option(name), value=declared.default, **more)


def check(label: str, info: str | None = None, name: str | None = None, **more: Any) -> gr.Checkbox:
    """What is so or not; at first not."""
    return gr.Checkbox(False, label=label, info=info, elem_id=name, **more)


def drop(label: str, name: str, value: str | None = None, **more: Any) -> gr.File:
    """Where a picture is dropped."""
    usual: dict[str, Any] = {"file_types": ["image"], "height": 64, "elem_classes": ["drop"]}
    return gr.File(value, label=label, elem_id=name, **usual | more)


def drop_photos(label: str, name: str) -> gr.File:
    """Where photos are dropped, several at once."""
    return drop(label, name, file_count="multiple", file_types=list(references.SUFFIXES))


def stop_button(name: str, **more: Any) -> gr.Button:
    """Stops what is going on; hidden until something is."""
    return gr.Button(locale.CANCEL, visible=False, size="sm", elem_id=name, **more)


def folded(title: str, name: str, **more: Any) -> gr.Accordion:
    """What is folded away at first."""
    return gr.Accordion(title, open=False, elem_classes=["quiet"], elem_id=name, **more)
