"""Channels of one's own in *Setup*: a form for the file that the command line reads, too."""

from __future__ import annotations

import re
from typing import Any

import gradio as gr
from PIL import ImageColor

from ecomgen import channels
from ecomgen.atomic_file import write_atomically
from ecomgen.errors import UsageError
from ecomgen.options.reading import read_size, within
from ecomgen.settings import open_home
from ecomgen.web import controls, locale
from ecomgen.web.create.setting.own_looks import named
from ecomgen.web.events import PRIVATE, SWIFT
from ecomgen.web.markup import hint
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import trusted

FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WebP", "avif": "AVIF", "tiff": "TIFF"}
NEW = ("", "", "jpeg", 0.66, "")  # what the form holds of a channel that is not there yet
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class OwnChannels:
    """The channel that is changed, what the form holds of it, and the buttons."""

    def __init__(self) -> None:
        line: dict[str, Any] = {"max_lines": 1, "min_width": 160}
        with controls.folded(locale.OWN_CHANNELS, "own-channels"):
            controls.markup(hint(locale.OWN_CHANNELS_HINT))
            with gr.Row(elem_classes=["fields"]):
                self.one = controls.one_of(_choices(()), locale.OWN_CHANNEL, None, "own-channel", min_width=160)
                self.title = controls.text(locale.OWN_CHANNEL_TITLE, None, "own-title", max_length=60, **line)
                self.size = controls.text(*controls.option("size", "own-channel-size"), **line)
            with gr.Row(elem_classes=["fields"]):
                self.format = controls.one_of(
                    FORMATS, locale.OWN_CHANNEL_FORMAT, None, "own-channel-format", min_width=160
                )
                told, like = (locale.OWN_CHANNEL_GROUND, locale.OWN_CHANNEL_GROUND_HINT), {"placeholder": "#FFFFFF"}
                self.ground = controls.text(*told, "own-ground", **line | like)
            reach, told = (0.2, 1, 0.01), (locale.OWN_CHANNEL_FILL, locale.OWN_CHANNEL_FILL_HINT)
            self.fill = controls.slider(reach, *told, "own-fill", value=NEW[3])
            with gr.Row():
                self.save = gr.Button(locale.OWN_CHANNEL_SAVE, variant="primary", elem_id="own-channel-save")
                self.delete = gr.Button(locale.DELETE, elem_id="own-channel-delete", visible=False)

    def wire(self, tab: gr.Tab) -> list[Any]:
        """Connect the events; returns those after which there are other channels."""
        held = [self.title, self.size, self.format, self.fill, self.ground]
        tab.select(listed, None, [self.one], **PRIVATE)
        self.one.input(held_of, [self.one], [*held, self.delete], **SWIFT)
        saved = self.save.click(keep, [self.one, *held], [self.one, self.delete], **PRIVATE)
        deleted = self.delete.click(remove, [self.one], [self.one, *held, self.delete], **PRIVATE)
        return [saved.success, deleted.success]


def _choices(known: tuple[channels.Channel, ...]) -> list[tuple[str, str]]:
    return [(locale.OWN_CHANNEL_NEW, ""), *((one.title, one.name) for one in known)]


@spoken
def listed() -> Any:
    """The channels of now."""
    return gr.update(choices=_choices(channels.own()))


@spoken
def held_of(name: str) -> list[Any]:
    """What the form holds of a channel, and whether it can be deleted."""
    if not name:
        return [*NEW, gr.update(visible=False)]
    one = channels.get(name)
    ground = "#{:02X}{:02X}{:02X}".format(*one.background) if one.background else ""
    return [one.title, f"{one.width}x{one.height}", one.format, one.fill, ground, gr.update(visible=True)]


@spoken
def keep(web: gr.Request, name: str, title: str, size: str, kind: str, fill: float, ground: str) -> list[Any]:
    """Save what the form says, of the channel that is chosen or of a new one."""
    trusted(web, locale.OWN_CHANNEL_FORBIDDEN)
    title = (title or "").strip()
    if not name and (named(title) in {one.name for one in channels.every()}):
        raise UsageError(locale.OWN_CHANNEL_TAKEN.format(name=named(title)))
    name = name or named(title)
    width, height = _sides(size)
    facts = {"title": title or name, "width": width, "height": height, "format": kind, "fill": fill}
    _write(channels.own_text(name, facts | {"background": _colour(ground)}))
    gr.Info(locale.OWN_CHANNEL_SAVED)
    return [gr.update(choices=_choices(channels.own()), value=name), gr.update(visible=True)]


@spoken
def remove(web: gr.Request, name: str) -> list[Any]:
    """A channel is no more."""
    trusted(web, locale.OWN_CHANNEL_FORBIDDEN)
    _write(channels.own_text(name, None))
    gr.Info(locale.OWN_CHANNEL_DELETED)
    return [gr.update(choices=_choices(channels.own()), value=""), *held_of("")]


def _sides(text: str) -> tuple[int, int]:
    sides = read_size(text)
    if sides is None:
        raise UsageError(locale.OWN_CHANNEL_SIZELESS)
    for side in sides:
        within(locale.OPTIONS["size"], side, 64, 8192)
    return sides


def _colour(text: str) -> list[int] | None:
    text = (text or "").strip()
    if text and not COLOUR.fullmatch(text):
        raise UsageError(locale.OWN_CHANNEL_NO_COLOUR.format(text=text))
    return list(ImageColor.getrgb(text)) if text else None


def _write(text: str) -> None:
    open_home()
    write_atomically(channels.own_file(), text.encode())
