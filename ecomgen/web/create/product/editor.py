"""The editor as HTML: the dialog in which a cut-out is corrected on the photo, and what the server answers to it.

`assets/editor.js` opens it: it copies the template into a dialog, and reads each answer from where the page holds it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

from ecomgen.types import BoolMask, Doubt, Pixels, ReferenceImage
from ecomgen.web import locale
from ecomgen.web.create.product.marks import Aid
from ecomgen.web.markup import chip, data, esc, heard
from ecomgen.web.pictures import alpha_uri, photo_uri

State = Literal["looking", "mask", "matte", "failed"]

SHARP, MASK = 2560, 1600  # pixels of the photo's and the mask's longer side
ICONS = {  # what SVG draws in a square of 24
    "point": '<circle cx="12" cy="12" r="8"/><path d="M12 8v8M8 12h8"/>',
    "away": '<circle cx="12" cy="12" r="8"/><path d="M8 12h8"/>',
    "add": '<path d="M19.5 4.5a2 2 0 0 0-3 0L9 12l3 3 7.5-7.5a2 2 0 0 0 0-3z"/>'
    '<path d="M8 13c-2 0-3.5 1.5-3.5 3.5 0 1.5-1 2.5-1.5 3 4 .8 8-.5 8-3.5 0-1.7-1.3-3-3-3z"/>',
    "erase": '<path d="M8.5 19.5 4 15a1.5 1.5 0 0 1 0-2L13 4a1.5 1.5 0 0 1 2 0l5 5a1.5 1.5 0 0 1 0 2l-8.5 8.5z"/>'
    '<path d="m8.5 8.5 7 7M8.5 19.5H20"/>',
    "box": '<path d="M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3"/>',
    "move": '<path d="M12 3v18M3 12h18M9.5 5.5 12 3l2.5 2.5M9.5 18.5 12 21l2.5-2.5"/>'
    '<path d="M5.5 9.5 3 12l2.5 2.5M18.5 9.5 21 12l-2.5 2.5"/>',
    "undo": '<path d="M8 5 4 9l4 4"/><path d="M4 9h10a6 6 0 0 1 0 12h-3"/>',
    "redo": '<path d="m16 5 4 4-4 4"/><path d="M20 9H10a6 6 0 0 0 0 12h3"/>',
    "restart": '<path d="M4 4v5h5"/><path d="M4.8 9A8 8 0 1 1 4 13"/>',
    "mask": '<path d="M2.5 12S6 5.5 12 5.5s9.5 6.5 9.5 6.5-3.5 6.5-9.5 6.5S2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="3"/>',
    "farther": '<path d="M5 12h14"/>',
    "nearer": '<path d="M12 5v14M5 12h14"/>',
    "sun": '<circle cx="12" cy="12" r="4.5"/><path d="M12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.8 1.8"/>'
    '<path d="m17.2 17.2 1.8 1.8M19 5l-1.8 1.8M6.8 17.2 5 19"/>',
    "dark": '<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>',
    "fit": '<rect x="4" y="4" width="16" height="16" rx="2"/><path d="M8 11V8h3M16 13v3h-3"/>',
}
KEYS = {"point": "C", "away": "X", "add": "B", "erase": "E", "box": "M", "move": "H"}


def editor() -> str:
    """The dialog, as a template: nothing of it stands on the page until it is opened."""
    texts = {"looking": locale.LOOKING, "ready": locale.EDITOR_READY, "corner": locale.FIRST_CORNER}
    texts |= {"down": locale.BRUSH_DOWN, "many": locale.TOO_MANY_MARKS}
    return (
        f'<template><dialog class="editor" aria-label="{esc(locale.TOOLS)}"{data(texts)}>'
        f"{_head()}<div class='room'>{_field()}{_floating()}</div>{_tools()}</dialog></template>"
    )


def _head() -> str:
    steps = button("undo", locale.UNDO, "Control+Z") + button("redo", locale.REDO, "Control+Shift+Z")
    veil = button("mask", locale.SHOW_MASK, pressed=True)
    done = chip(locale.DONE, kind="done", part="done")
    return f'<div class="head">{steps}{button("restart", locale.START_OVER)}<i></i>{veil}{done}</div>'


def _field() -> str:
    """The photo with the mask over it; `layer` is moved and enlarged, `above` draws at the screen's own size."""
    return (
        f'<div class="field" data-part="field" tabindex="0" role="application" aria-label="{esc(locale.CANVAS_LABEL)}">'
        '<div class="layer" data-part="layer"><img data-part="picture" alt="" draggable="false">'
        '<canvas data-part="veil"></canvas></div><svg class="marks" data-part="above" aria-hidden="true"></svg></div>'
    )


def _floating() -> str:
    """What floats over the field: what is going on, how wide the brush is, how large the photo is shown."""
    size = f'<input type="range" min="4" max="120" data-part="brush" aria-label="{esc(locale.BRUSH)}" title="[ ]">'
    percent = f'<button type="button" data-part="percent" aria-keyshortcuts="1" title="{esc(locale.ZOOM_WHOLE)} (1)">'
    farther, nearer = button("farther", locale.ZOOM_OUT, "-"), button("nearer", locale.ZOOM_IN, "+")
    return (
        '<p class="pill status" role="status" data-part="status"></p><div class="floating">'
        f'<div class="pill size" data-part="size" hidden><i></i>{size}<i></i></div>'
        f'<div class="pill zoom" role="group" aria-label="{esc(locale.ZOOM)}">'
        f"{farther}{percent}</button>{nearer}{button('fit', locale.ZOOM_FIT, '0')}</div></div>"
    )


def _tools() -> str:
    buttons = "".join(
        f'<button type="button" data-tool="{name}" aria-pressed="false" aria-keyshortcuts="{KEYS[name]}"'
        f' title="{esc(hint)} ({KEYS[name]})">{icon(name)}<span>{esc(title)}</span></button>'
        for name, (title, hint) in locale.EDITOR_TOOLS.items()
    )
    return f'<div class="tools" role="group" aria-label="{esc(locale.TOOLS)}">{buttons}</div>'


def button(name: str, title: str, keys: str = "", *, pressed: bool = False) -> str:
    shown = title + (f" ({keys.replace('Control', locale.CONTROL)})" if keys else "")
    about = f' aria-keyshortcuts="{keys}"' if keys else ""
    about += ' aria-pressed="true"' if pressed else ""
    return (
        f'<button type="button" data-part="{name}" aria-label="{esc(title)}" title="{esc(shown)}"{about}>'
        f"{icon(name)}</button>"
    )


def icon(name: str) -> str:
    """What a button shows."""
    return f'<svg viewBox="0 0 24 24" aria-hidden="true">{ICONS[name]}</svg>'


def opener(photo: ReferenceImage, aid: Aid) -> str:
    """What the editor begins with, as attributes of the button that opens it."""
    facts = {"key": photo.sha256, "width": photo.width, "height": photo.height}
    facts |= {"marks": aid.marks or "[]", "box": json.dumps(list(aid.box) if aid.box else None)}
    return f"data-edit{data(facts)}"


def answer(
    photo: ReferenceImage,
    number: int,
    state: State,
    *,
    mask: BoolMask | Pixels | None = None,
    text: str = "",
    doubts: Sequence[Doubt] = (),
) -> str:
    """What the server says to the page's edit of that number; `mask` is bool HxW, or 0 to 255 HxW with a soft edge."""
    facts = {"number": number, "key": photo.sha256, "state": state, "text": text}
    facts |= {"doubts": json.dumps([list(one.box) for one in doubts])}
    facts |= {} if mask is None else {"mask": alpha_uri(mask, MASK)}
    return heard(facts)


def sharp(photo: ReferenceImage) -> str:
    """The photo at more pixels than the page shows, for looking at it closely."""
    return f'<img hidden alt="" data-key="{photo.sha256}" src="{photo_uri(photo, SHARP)}">'
