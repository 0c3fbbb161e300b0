"""A text for the user that can be told in another language: English, and the template and values it was made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

FLAG = re.compile(r"\{--([a-z0-9-]+)\}")
LONGEST = 400  # characters of a value that are told
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Message(str):
    """A filled template. As a string it is the English text; `template` and `values` are what a catalogue translates.

    `Message("{file} is empty.", file=name)`: values are numbers, texts, and messages, which are translated in their
    turn. Without values the text is taken as it is, braces and all. `{--mask}` names an option of the command line,
    which a form calls by its label and a program by its field.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Message:
        if isinstance(template, Message) and not values:
            return template
        plain = {name: _plain(value) for name, value in values.items()}
        message = super().__new__(cls, filled(template, plain))
        message.template = str(template)
        message.values = plain
        return message

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.template, self.values)


def filled(template: str, values: Mapping[str, Any], label: Callable[[str], str] = "--{}".format) -> str:
    """The template with its values; `label` tells how an option is called, here "mask"."""
    text = FLAG.sub(lambda found: label(found[1]), template)
    return text.format(**values) if values else text


def told(
    message: str,
    label: Callable[[str], str],
    translated: Callable[[str], str] = lambda template: template,
    number: Callable[[float], Any] = lambda value: value,
) -> str:
    """A text with its values, those that are messages likewise; `label` as above, `translated` takes each template,
    `number` each number."""
    if not isinstance(message, Message):
        message = Message(message)
    values = {
        name: told(one, label, translated, number)
        if isinstance(one, Message)
        else number(one)
        if isinstance(one, (int, float))
        else one
        for name, one in message.values.items()
    }
    return filled(translated(message.template), values, label)


def field(option: str) -> str:
    """How a program that sends options calls one: `guidance_scale`, with the marks of a word that is code."""
    return f"`{option.replace('-', '_')}`"


def flag(option: str) -> Message:
    """An option as a value: `--edge-shift` for `edge_shift`, `--with` for `with_`, on a form its label."""
    return Message(f"{{--{option.rstrip('_').replace('_', '-')}}}")


def _made(template: str, values: dict[str, Any]) -> Message:
    return Message(template, **values)


def legible(text: str, longest: int = LONGEST) -> str:
    """A text that was given, as it may be shown: what controls a terminal, turns the line about or is no character at
    all is marked, and of a long one beginning and end are left."""
    if len(text) > longest:
        text = f"{text[: longest * 2 // 3]}…{text[-(longest // 3) :]}"
    return UNSEEN.sub(lambda found: " " if found[0] in "\t\r\n" else "\ufffd", text)


def _plain(value: Any) -> Any:
    """What can be told, stored and sent: messages, legible texts, numbers; of an error its message, else the text."""
    if isinstance(value, Exception):
        value = getattr(value, "message", str(value))
    elif hasattr(value, "item"):
        value = value.item()
    if value is None or isinstance(value, (Message, float)):
        return value
    if isinstance(value, int):
        return value if value.bit_length() < 128 else legible(hex(value))
    return legible(str(value))


Packed = list[Any]  # a message in JSON: its template, and its values, in which messages are packed, too


def collected(record: Any) -> dict[str, Packed]:
    """The messages that stand anywhere in a record and are more than their text, packed under that English text."""
    if isinstance(record, Message):
        return {str(record): _packed(record)} if record.template != record else {}
    if isinstance(record, Mapping):
        record = list(record.values())
    found: dict[str, Packed] = {}
    for one in record if isinstance(record, (list, tuple)) else ():
        found |= collected(one)
    return found


def restored(record: Any, packed: Mapping[str, Packed]) -> Any:
    """A record that was read from JSON, with the texts in `packed` as the messages that they were."""
    if isinstance(record, str):
        return _unpacked(packed[record]) if record in packed else record
    if isinstance(record, list):
        return [restored(one, packed) for one in record]
    return {name: restored(one, packed) for name, one in record.items()} if isinstance(record, dict) else record


def _packed(value: Any) -> Any:
    if not isinstance(value, Message):
        return value
    return [value.template, {name: _packed(one) for name, one in value.values.items()}]


def _unpacked(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    template, values = value
    return Message(template, **{name: _unpacked(one) for name, one in values.items()})
