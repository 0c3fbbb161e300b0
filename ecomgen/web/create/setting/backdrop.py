"""One's own backdrop: its ground as a grid under its horizon, which is dragged to where it is seen; a draft follows.

`assets/horizon.js` draws the grid, and reads the draft from where the page holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from ecomgen import placement, recipes
from ecomgen.errors import Cancelled, EcomgenError
from ecomgen.options.reading import read_place, read_size
from ecomgen.request import Request
from ecomgen.types import Canvas
from ecomgen.web import controls, locale
from ecomgen.web.create.form import OWN, STANDARD, Form, by_field, request_from
from ecomgen.web.events import MANY, PRIVATE, SWIFT, told_number
from ecomgen.web.jobs.scheduler import Latest, drafting, lane
from ecomgen.web.markup import data, esc, heard, live
from ecomgen.web.messages import sentence, spoken, wrong
from ecomgen.web.people.access import person
from ecomgen.web.pictures import data_uri

SEEN = 960  # pixels of the backdrop's longer side on the screen
DRAFTED = 512  # pixels of a draft's longer side
TELL = "value => { dispatchEvent(new CustomEvent('camera', { detail: value })); return [] }"
READ = ("photos", "camera_elevation", "shape", "own_size", "place")  # of the form
drafts = Latest()


class OwnBackdrop:
    """The field for the photo, the photo as it will be seen, and how glossy its ground is."""

    def __init__(self) -> None:
        self.file = controls.drop(locale.BACKDROP, "backdrop")
        self.seen = live("", "levelled", script="horizon.js", elem_id="backdrop-seen")
        self.rough = live("", elem_id="backdrop-draft")
        self.gloss = controls.slider_of("ground_gloss", 0.05, visible=False)

    def wire(self, form: Form) -> None:
        """Connect the events; the horizon is the camera's height in the form."""
        photos, camera, *shaping = (form.fields[name] for name in READ)
        changes = [one.change for one in (self.file, photos, *shaping)]
        read = [self.file, *shaping, camera]
        gr.on(changes, seen, read, [self.seen], trigger_mode="always_last", **SWIFT)
        self.file.change(lambda photo: gr.update(visible=bool(photo)), [self.file], [self.gloss], **SWIFT)
        self.file.upload(lambda: 1, None, [form.fields["count"]], **SWIFT)  # all pictures on it are alike
        self.seen.levelled(told_number, None, [camera], trigger_mode="multiple", **SWIFT)  # 0 as it was read
        camera.change(None, [camera], None, js=TELL, **PRIVATE)
        redrawn = [one.change for one in (self.file, camera, self.gloss, *shaping)]
        gr.on(redrawn, drafted, form.inputs, [self.rough], **MANY)


@spoken
def seen(backdrop: str | None, shape: str, own_size: str, place: str, camera: float) -> str:
    """The backdrop as the picture will show it, and what its grid begins with; or what is wrong with it."""
    from ecomgen.workflows.own_backdrop import ground

    if not backdrop:
        return ""
    try:
        canvas, standing = _canvas(shape, own_size), read_place(place)
        found = ground(backdrop, canvas, standing.y if standing else None)
    except EcomgenError as error:
        return wrong(error)
    facts = {"focal": found.focal, "row": found.row, "read": found.elevation, "told": camera or 0}
    as_read = locale.HORIZON_UNSURE if found.unsure else locale.HORIZON_READ
    facts |= {"ratio": canvas.width / canvas.height, "as-read": as_read, "as-told": locale.HORIZON_TOLD}
    return (
        f'<div class="ground" style="--ratio: {facts["ratio"]}"{data(facts)}><div class="layer">'
        f'<img src="{data_uri(found.pixels, SEEN)}" alt="{esc(locale.BACKDROP)}">{_horizon()}</div>'
        '<p class="hint"><span data-part="told"></span>'
        f' <button type="button" class="plain-button" data-part="again" hidden>{esc(locale.HORIZON_AGAIN)}</button></p>'
        f'<p class="hint" role="status" data-part="drafting"></p></div>'
    )


@spoken
def drafted(web: gr.Request, *values: Any) -> Iterator[str]:
    """A draft of the filled form's picture, small; nothing where there is no backdrop or no product."""
    from ecomgen.workflows.placed_by_hand import draft

    filled = by_field(values)
    if not filled["backdrop"] or not filled["photos"]:
        yield ""
        return
    request = _small(request_from(filled))
    name = person(web).name
    job = lane.start(name, "draft", lambda report, _: data_uri(draft(request, report), SEEN, 88), is_draft=True)
    for view in drafts.watch(web.session_hash or "", job):
        if view.result is not None:
            yield heard({"picture": view.result})
        elif view.error is not None:
            yield heard({} if isinstance(view.error, Cancelled) else {"text": sentence(view.error)})
        else:
            yield heard({"text": drafting(view)})


def _canvas(shape: str, own_size: str) -> Canvas:
    defaults = recipes.get("studio").defaults
    size = read_size(own_size) if shape == OWN else None
    channel = None if shape in (STANDARD, OWN) else shape
    return placement.canvas_for(size, channel, (int(defaults["width"]), int(defaults["height"])))


def _small(request: Request) -> Request:
    """The same picture of fewer pixels; a channel's rules need its own size."""
    if request.channel:
        return request
    usual = _canvas(STANDARD, "")
    sides = request.size or (usual.width, usual.height)
    share = min(1.0, DRAFTED / max(sides))
    width, height = (max(placement.MIN_SIDE, round(side * share)) for side in sides)
    return replace(request, size=(width, height))


def _horizon() -> str:
    return (
        '<svg class="ground-lines" aria-hidden="true"></svg>'
        '<div class="horizon" data-part="horizon" tabindex="0" role="slider"'
        f' aria-orientation="vertical" aria-valuemin="1" aria-valuemax="45" aria-label="{esc(locale.HORIZON)}"'
        f' title="{esc(locale.HORIZON)}"><i></i></div>'
    )
