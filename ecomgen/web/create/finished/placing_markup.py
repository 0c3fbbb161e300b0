"""The stage as HTML: the dialog in which a product is placed, what opens it, and what the server answers to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ecomgen.record import RunRecord
from ecomgen.web import locale
from ecomgen.web.create.product.editor import button, icon
from ecomgen.web.markup import chip, data, esc, heard


def offered(record: RunRecord) -> bool:
    """Whether the products of a run can be placed by hand here: those that are kept."""
    return record.parameters.mode == "keep" and record.parameters.place is not None


def opener(record: RunRecord, seed: int) -> str:
    """The button on a picture that opens the stage."""
    if not offered(record):
        return ""
    width, height = record.parameters.size
    title, hint = locale.PLACING
    return chip(title, title=hint, place=f"{record.run_id}:{seed}", width=width, height=height)


def dialog() -> str:
    """The stage, as a template: nothing of it stands on the page until it is opened."""
    texts = {"opening": locale.STAGE_OPENING, "ready": locale.STAGE_READY, "looking": locale.STAGE_DRAFTING}
    texts |= {"drafted": locale.STAGE_DRAFTED, "keep": locale.STAGE_KEEP, "share": locale.STAGE_SHARE}
    texts |= {"several": locale.STAGE_SEVERAL, "close": locale.CLOSE, "leave": locale.STAGE_LEAVE}
    done = chip(locale.CLOSE, kind="done quiet", part="done")
    steps = button("undo", locale.UNDO, "Control+Z") + button("redo", locale.REDO, "Control+Shift+Z")
    return (
        f'<template><dialog class="editor placing" aria-label="{esc(locale.PLACING[0])}"{data(texts)}>'
        f'<div class="head">{steps}{button("restart", locale.START_OVER)}<i></i>{done}</div>'
        f'<div class="room">{_field()}<p class="pill status" role="status" data-part="status"></p>'
        f'<p class="pill told" data-part="told"></p></div>{_numbers()}</dialog></template>'
    )


def _field() -> str:
    grips = "".join(f'<i data-grip="scale" class="{corner}"></i>' for corner in ("nw", "ne", "sw", "se"))
    return (
        '<div class="field" data-part="field"><div class="layer" data-part="layer">'
        '<img data-part="scene" alt="" draggable="false"><i class="shade" data-part="shade" hidden></i>'
        '<svg class="marks" data-part="above" aria-hidden="true"></svg>'
        f'<div class="product" data-part="product" data-grip="drag" tabindex="0" role="application" hidden'
        f' aria-label="{esc(locale.STAGE_KEYS)}"><img data-part="cutout" alt="" draggable="false">'
        f'{grips}<i data-grip="turn" class="turn"></i></div>{_handle("sun", "light", 4, locale.STAGE_SUN)}'
        f"{_handle('dark', 'shadow', 200, locale.STAGE_SHADOW)}</div></div>"
    )


def _handle(part: str, grip: str, most: int, title: str) -> str:
    """A handle beside the product."""
    return (
        f'<div class="knob {part}" data-part="{part}" data-grip="{grip}" tabindex="0" role="slider" hidden'
        f' aria-valuemin="0" aria-valuemax="{most}" aria-valuenow="0" aria-label="{esc(title)}" title="{esc(title)}">'
        f"{icon(part)}</div>"
    )


def _numbers() -> str:
    """The place in figures, and the button that makes the pictures there."""
    fields = "".join(
        f'<label><span>{esc(title)}</span><input type="number" step="{step}" data-part="{name}"></label>'
        for (name, title), step in zip(locale.STAGE_NUMBERS.items(), (0.5, 0.5, 1, 1, 5), strict=True)
    )
    sides = "".join(f'<option value="{side}">{esc(title)}</option>' for side, title in locale.STAGE_SIDES.items())
    fields += (
        f'<label><span>{esc(locale.OPTIONS["light_from"])}</span><select data-part="light">{sides}</select></label>'
    )
    make = chip(locale.STAGE_MAKE, kind="done", part="make")
    return f'<div class="tools">{fields}{make}</div>'


def answer(key: str, facts: Mapping[str, Any]) -> str:
    """What the stage hears of a picture."""
    return heard({"key": key, "facts": json.dumps(facts)})


def draft_answer(told: Mapping[str, Any], *, text: str = "", tone: str = "") -> str:
    """What the stage hears of the draft for a place, a light and a shadow."""
    return heard({"picture": "", "base": "", "text": text, "tone": tone, **told})
