"""The stage: the products of a finished picture are placed by hand; drafts follow, and what is done is in the form.

`assets/placing.js` opens the dialog, and reads each answer from where the page holds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from ecomgen.errors import Cancelled, EcomgenError
from ecomgen.options.reading import read_place
from ecomgen.types import Pixels, Report
from ecomgen.web import locale
from ecomgen.web.create.finished import placing_markup as markup
from ecomgen.web.create.finished.reuse import filled_form, same_set
from ecomgen.web.create.finished.spot import LARGEST, Spot, alone, drafted, ground, guides, keep
from ecomgen.web.create.form import Form, shown, values_of
from ecomgen.web.events import MANY
from ecomgen.web.jobs.scheduler import Latest, drafting, lane
from ecomgen.web.markup import live
from ecomgen.web.messages import sentence, spoken
from ecomgen.web.people.access import Person, person, picture_of
from ecomgen.web.pictures import data_uri

TOLD = ("place", "light_from", "shadow_strength")  # fields of the form that the stage begins with
drafts = Latest()


class Placing:
    """The dialog, and where the server answers it."""

    def __init__(self) -> None:
        self.dialog = live(
            markup.dialog(),
            "opened",
            "moved",
            "made",
            "kept",
            script="placing.js",
            elem_id="placing",
            padding=False,
        )
        self.placed = live("", elem_id="placed")
        self.drafted = live("", elem_id="drafted")

    def wire(self, form: Form, results: Any) -> None:
        """Connect the events; what is placed fills the form."""
        chosen = [form.fields["scene_from"], results.exporting.channels, *(form.fields[name] for name in TOLD)]
        self.dialog.opened(opened, chosen, [self.placed], **MANY)
        self.dialog.moved(moved, None, [self.drafted], **MANY)
        form.fills(self.dialog.kept, kept)
        results.generates(form.fills(self.dialog.made, taken).success)


@spoken
def opened(
    web: gr.Request, scene_from: str, wanted: list[str] | None, place: str, light: str, shadow: float, evt: gr.EventData
) -> Iterator[str]:
    """What the stage begins with: the product, the scene at first without it as it is guessed, then as it is."""
    from ecomgen.workflows.placed_by_hand import cleared, painted_over

    who, key = person(web), str(evt.value)
    spot = _spot(who, key)
    named = dict.fromkeys(filter(None, (spot.record.parameters.channel, *(wanted or ()))))
    form = (place, light, shadow) if scene_from in (spot.record.run_id, key) else None
    facts = {"guides": guides(list(named), spot.record), "products": alone(spot), "lit": spot.is_built}
    facts |= {"ground": ground(spot.record)} | _standing(spot, form)
    picture, product = spot.picture, spot.product
    empty = spot.empty if spot.is_built else None
    if empty is None:
        yield markup.answer(
            key, facts | {"base": data_uri(cleared(picture, product, painted_over(picture, product)), LARGEST)}
        )
    if empty is None and spot.is_built:
        empty = _rendered(who, spot)
    if empty is not None:
        yield markup.answer(key, facts | {"base": data_uri(cleared(picture, product, empty), LARGEST)})


@spoken
def taken(web: gr.Request, evt: gr.EventData) -> list[Any]:
    """The form as it made that run, with the new place, for one picture: what was placed in its set."""
    who, spot = person(web), _told(web, evt)
    job = lane.current(who.name, "create")
    run = job.view.result if job else None
    as_asked = bool(job and run and run.record.run_id == spot.record.run_id)
    values = dict(job.requested) if job and as_asked else values_of(spot.record)
    told = {"seed": str(spot.seed), "count": 1, "place": shown(spot.places[0])}
    told |= {"light_from": spot.light or "", "shadow_strength": spot.shadow}
    told |= {"with_": _standing_at(values.get("with_") or [], [shown(place) for place in spot.places[1:]])}
    return filled_form(web, values | same_set(spot.record, spot.seed) | told)


@spoken
def kept(web: gr.Request, evt: gr.EventData) -> list[Any]:
    """The same, with nothing made yet."""
    filled = taken(web, evt)
    gr.Info(locale.STAGE_KEPT)
    return filled


def _standing_at(others: list[dict[str, Any]], places: Sequence[str]) -> list[dict[str, Any]]:
    """The further products of the form at other places, as long as they are those of the picture."""
    if len(others) != len(places):
        return others
    return [one | {"place": place} for one, place in zip(others, places, strict=True)]


@spoken
def moved(web: gr.Request, evt: gr.EventData) -> Iterator[str]:
    """A draft of the picture with the product at its new place; one that is asked for later takes over."""
    spot, said = _told(web, evt), _said(evt)
    if not spot.is_built:
        yield markup.draft_answer(said, text=locale.NO_DRAFT)
        return
    job = lane.start(person(web).name, "draft", lambda report, _: drafted(spot, report), is_draft=True)
    for view in drafts.watch(web.session_hash or "", job):
        if view.result is not None:
            yield markup.draft_answer(said | view.result)
        elif isinstance(view.error, Cancelled):
            yield markup.draft_answer(said, text=locale.STAGE_READY)
        elif view.error is not None:
            yield markup.draft_answer(said, text=sentence(view.error), tone="fail")
        elif not view.ended:
            yield markup.draft_answer(said, text=drafting(view), tone="busy")


def _rendered(who: Person, spot: Spot) -> Pixels | None:
    """The set without the product, in its turn; nothing where it cannot be had."""
    from ecomgen.workflows.placed_by_hand import empty_set

    def work(report: Report, _: Any) -> Pixels:
        return empty_set(spot.lit, spot.folder, spot.seed, report)

    job = lane.start(who.name, "draft", work, is_draft=True)
    try:
        return keep(spot, job.wait())
    except EcomgenError:  # the guess stays
        return None


def _spot(who: Person, key: str) -> Spot:
    record, folder, seed = picture_of(who, key)
    return Spot(
        record=record,
        folder=folder,
        seed=seed,
        key=key,
        light=record.parameters.as_json().get("light_from"),
        shadow=record.parameters.shadow_strength,
    )


def _told(web: gr.Request, evt: gr.EventData) -> Spot:
    """What the page says: which picture, the place, the light's side and the shadow's strength."""
    said = _said(evt)
    spot = _spot(person(web), said["key"])
    places = tuple(read_place(place) for place in said["places"].split(";"))
    return replace(spot, places=places, light=said["light"] or None, shadow=float(said["shadow"]))


def _said(evt: gr.EventData) -> dict[str, str]:
    told = json.loads(str(evt.value))
    return {name: str(told[name]) for name in ("key", "places", "light", "shadow")}


def _standing(spot: Spot, form: tuple[str, str, float] | None) -> dict[str, Any]:
    """How the product stands at first: as the `form` says, where it speaks of this set, else as in the picture."""
    places = [one.place for one in spot.record.products] or [spot.record.parameters.place]
    own = {"places": [list(one or ()) for one in places], "light": spot.light or "", "shadow": spot.shadow}
    if form is None or len(places) > 1:
        return own
    place, light, shadow = form
    try:
        said = read_place(place)
    except EcomgenError:
        return own
    return (own | {"light": light or "", "shadow": shadow}) | ({"places": [list(said)]} if said else {})
