"""Further products in the picture, each with its photos and, if wanted, its place."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ecomgen.options.reading import read_place
from ecomgen.request import MAX_COMPANIONS
from ecomgen.web import locale
from ecomgen.web.create.product import markup
from ecomgen.web.create.product.intake import PHOTO_LIMIT, drop_field, readable
from ecomgen.web.events import PRIVATE, SWIFT
from ecomgen.web.markup import live
from ecomgen.web.messages import spoken

Fields = dict[str, Any]


class Companions:
    """The further products; `with_` holds them as `form.companion` reads them."""

    def __init__(self) -> None:
        self.with_ = gr.State([])
        with gr.Accordion(locale.OTHERS, open=False, elem_classes=["quiet"], elem_id="others"):
            self.others = live(markup.others([]), "parted", "stood", elem_id="other-products")
            self.drop = drop_field(locale.OTHERS_DROP, "other-drop")
            self.heights = gr.Textbox(
                label=locale.HEIGHTS, info=locale.HEIGHTS_HINT, placeholder="24; 9.5", elem_id="height-cm"
            )

    def wire(self) -> None:
        """Connect the events."""
        self.drop.upload(add, [self.drop, self.with_], [self.with_, self.drop], **PRIVATE)
        self.others.parted(part, [self.with_], [self.with_], **PRIVATE)
        self.others.stood(stand, [self.with_], [self.with_], **PRIVATE)
        self.with_.change(others, [self.with_], [self.others], **SWIFT)


@spoken
def add(files: list[str] | None, others: list[Fields]) -> tuple[Any, ...]:
    """Files that were dropped together are photos of one further product."""
    good = readable(files)
    if not good:
        return gr.skip(), None
    if len(others) >= MAX_COMPANIONS:
        gr.Warning(locale.OTHERS_MANY.format(most=MAX_COMPANIONS), title=locale.OTHERS)
        return gr.skip(), None
    return [*others, {"photos": good[:PHOTO_LIMIT], "place": ""}], None


def part(others: list[Fields], evt: gr.EventData) -> list[Fields]:
    """Take one further product out."""
    return [one for number, one in enumerate(others) if number != int(evt.value)]


@spoken
def stand(others: list[Fields], evt: gr.EventData) -> list[Fields]:
    """Give one further product a place; one that cannot be is told, and not taken."""
    number, _, place = str(evt.value).partition(":")
    read_place(place)
    return [one | ({"place": place} if at == int(number) else {}) for at, one in enumerate(others)]


def others(held: list[Fields]) -> str:
    """The further products, each by its first photo; photos that are gone are named without a picture."""
    return markup.others([(one["photos"], one.get("place") or "") for one in held])
