"""The stage: the products of a finished picture are placed by hand; drafts follow, and what is done is in the form.

`assets/placing.js` opens the dialog, and reads each answer from where the page holds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np
from PIL import Image

from ecomgen import channels, picture_file, recipes
from ecomgen.errors import Cancelled, CannotWrite, EcomgenError
from ecomgen.export import write_atomically
from ecomgen.options.reading import read_place
from ecomgen.record import Parameters, RunRecord
from ecomgen.request import Request
from ecomgen.types import Pixels, Place
from ecomgen.web import locale
from ecomgen.web.create import placing_markup as markup
from ecomgen.web.create.filling import Form
from ecomgen.web.create.form import shown, values_of
from ecomgen.web.create.reuse import filled_form, same_set
from ecomgen.web.events import MANY, PRIVATE, SWIFT
from ecomgen.web.jobs.scheduler import Latest, lane
from ecomgen.web.markup import live
from ecomgen.web.messages import sentence, spoken
from ecomgen.web.people.access import Person, person, picture_of
from ecomgen.web.pictures import data_uri
from ecomgen.workflows.replay import request_of
from ecomgen.workflows.scene_lock import arranged

LARGEST = 1200  # pixels of what the stage shows
EMPTY = "stage"  # the folder of a run with its sets without the product
TOLD = ("place", "light_from", "shadow_strength")  # fields of the form that the stage fills
drafts = Latest()


class Placing:
    """The dialog, and where the server answers it."""

    def __init__(self) -> None:
        self.dialog = live(
            markup.dialog(),
            "opened",
            "taken",
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
        told, others = [form.fields[name] for name in TOLD], form.fields["with_"]
        chosen = [form.fields["scene_from"], results.exporting.channels, *told]
        self.dialog.opened(opened, chosen, [self.placed], **MANY)
        form.fills(self.dialog.taken, taken)
        self.dialog.moved(written_down, [others], [*told, others], trigger_mode="multiple", **SWIFT)
        self.dialog.moved(moved, None, [self.drafted], **MANY)
        self.dialog.kept(kept, None, None, **PRIVATE)
        results.generates(form.fills(self.dialog.made, taken).success)


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One picture of a run, where its products are to stand, and how light and shadow are to fall there."""

    record: RunRecord
    folder: Path
    seed: int
    key: str
    places: tuple[Place, ...] = ()  # of each product, the main one first
    light: str | None = None  # the side that it comes from
    shadow: float = 1.0

    @property
    def is_turned(self) -> bool:
        """Whether the light comes from another side than in the picture."""
        return self.light != self.record.parameters.as_json().get("light_from")

    @property
    def lit(self) -> RunRecord:
        """The run, had its light come from there."""
        known = self.record.parameters.as_json()
        turned = arranged(known) if self.is_turned else {}
        parameters = Parameters.model_validate(known | turned | {"light_from": self.light})
        return self.record.model_copy(update={"parameters": parameters})

    @property
    def bare(self) -> Path:
        """The file of its set without the product."""
        return self.folder / EMPTY / f"{self.seed}{f'-{self.light}' if self.is_turned else ''}.png"

    @property
    def picture(self) -> Pixels:
        """As the screen shows it."""
        return _shown(picture_file.pixels(self.folder / self.record.of_seed(self.seed).path))

    @property
    def product(self) -> Pixels:
        """The placed product as the run has it, RGBA."""
        return _shown(picture_file.pixels(self.folder / "product.png", "RGBA"))

    def asked(self, request: Request) -> Request:
        """The request of its run with what is placed and lit otherwise."""
        main, *others = self.places
        beside = zip(request.with_, others, strict=True)
        return replace(
            request,
            seed=self.seed,
            place=main,
            with_=tuple(one._replace(place=place) for one, place in beside),
            light_from=self.light,
            shadow_strength=self.shadow,
        )

    @property
    def is_built(self) -> bool:
        """Whether there is a set that can be seen without the product."""
        return recipes.get(self.record.pipeline).backend == "studio"


@spoken
def opened(
    web: gr.Request,
    scene_from: str,
    wanted: list[str] | None,
    place: str,
    light: str,
    shadow: float,
    evt: gr.EventData,
) -> Iterator[str]:
    """What the stage begins with: the product, the scene at first without it as it is guessed, then as it is."""
    from ecomgen.workflows.placing import cleared, painted_over

    who, key = person(web), str(evt.value)
    spot = _spot(who, key)
    named = dict.fromkeys(filter(None, (spot.record.parameters.channel, *(wanted or ()))))
    form = (place, light, shadow) if scene_from == spot.record.run_id else None
    facts = {"guides": _guides(list(named), spot.record), "products": _alone(spot), "lit": spot.is_built}
    facts |= {"ground": _ground(spot.record)} | _standing(spot, form)
    picture, product = spot.picture, spot.product
    empty = picture_file.pixels_if_there(spot.bare) if spot.is_built else None
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
    """The form as it made that run, in the same set, with the new place."""
    who, spot = person(web), _told(web, evt)
    job = lane.current(f"{who.name}/create")
    run = job.view.result if job else None
    as_asked = bool(job and run and run.record.run_id == spot.record.run_id)
    values = dict(job.requested) if job and as_asked else values_of(spot.record)
    told = {"seed": str(spot.seed), "place": shown(spot.places[0])}
    told |= {"light_from": spot.light or "", "shadow_strength": spot.shadow}
    told |= {"with_": _standing_at(values.get("with_") or [], [shown(place) for place in spot.places[1:]])}
    return filled_form(values | same_set(spot.record) | told)


def kept() -> None:
    """Nothing is made yet, and the form holds what was placed."""
    gr.Info(locale.STAGE_KEPT)


def written_down(others: list[dict[str, Any]], evt: gr.EventData) -> list[Any]:
    """The place, the light's side and the shadow's strength, and where the others stand, as the form holds them."""
    said = _said(evt)
    place, *beside = said["places"].split(";")
    return [place, said["light"], float(said["shadow"]), _standing_at(others, beside)]


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
    job = lane.start(f"{person(web).name}/draft", lambda report, _: _drafted(spot, report))
    for view in drafts.watch(web.session_hash or "", job):
        if view.result is not None:
            yield markup.draft_answer(said | view.result)
        elif view.error is not None and not isinstance(view.error, Cancelled):
            yield markup.draft_answer(said, text=sentence(view.error), tone="fail")
        elif view.ahead and not view.ended:
            yield markup.draft_answer(said, text=locale.WAITING.format(ahead=view.ahead), tone="busy")


def _drafted(spot: Spot, report: Any) -> dict[str, str]:
    """The scene with the light and shadow of a draft, and in another light without them; the product is on the page."""
    from ecomgen import placement
    from ecomgen.workflows.placing import cleared, cutouts, draft, empty_set, shaded

    request = spot.asked(request_of(spot.lit))
    if request.backdrop or spot.record.parameters.canvas_background:
        return {"picture": _sent(draft(request, report))}
    empty = picture_file.pixels_if_there(spot.bare)
    empty = _keep(spot, empty_set(spot.lit, spot.folder, spot.seed, report)) if empty is None else empty
    rough, picture = draft(replace(request, shadow_strength=1.0), report), spot.picture
    if rough.shape != empty.shape:
        return {"picture": _sent(rough)}
    size = picture.shape[1], picture.shape[0]
    larger = np.asarray(Image.fromarray(empty).resize(size, Image.Resampling.BICUBIC))
    clear = larger if spot.is_turned else cleared(picture, spot.product, empty)
    canvas = placement.canvas_for(size, None, (1, 1))
    product = placement.place_together(cutouts(request), canvas, spot.places).product
    base = {"base": _sent(clear)} if spot.is_turned else {}
    return base | {"picture": _sent(shaded(clear, product, rough, empty, spot.shadow))}


def _sent(picture: Pixels) -> str:
    return data_uri(picture, LARGEST, 88)


def _rendered(who: Person, spot: Spot) -> Pixels | None:
    """The set without the product, in its turn; nothing where it cannot be had."""
    from ecomgen.workflows.placing import empty_set

    job = lane.start(f"{who.name}/draft", lambda report, _: empty_set(spot.lit, spot.folder, spot.seed, report))
    try:
        return _keep(spot, job.wait())
    except EcomgenError:  # the guess stays
        return None


def _keep(spot: Spot, empty: Pixels) -> Pixels:
    """Beside the run's pictures, so that it is rendered once."""
    try:
        write_atomically(spot.bare, picture_file.encoded(Image.fromarray(empty), "PNG"))
    except CannotWrite:
        return empty
    return empty


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


def _ground(record: RunRecord) -> float:
    """The line on which the product stood."""
    standing, place = record.parameters.as_json().get("set_standing"), record.parameters.place
    return float(standing[4] if standing else place[1] if place else 0.83)


def _guides(names: Sequence[str], record: RunRecord) -> list[dict[str, Any]]:
    """What the chosen channels ask for, of those whose pictures have about this shape."""
    ratio, found = record.parameters.width / record.parameters.height, []
    for one in (channels.get(name) for name in names):
        if abs(one.width / one.height / ratio - 1) < 0.02:
            fact = {"safe": list(one.safe_area), "margin": one.margin, "fill": one.fill}
            found.append(fact | {"title": locale.translated(one.title), "least": one.min_fill, "most": one.max_fill})
    return found


def _alone(spot: Spot) -> list[str]:
    """Each product cut out, without air round it."""
    from ecomgen.workflows.placing import cutouts

    if spot.record.products:
        cuts = [one.rgba for one in cutouts(request_of(spot.record))]
    else:
        cuts = [picture_file.pixels(spot.folder / "cutout.png", "RGBA")]
    return [_tight(Image.fromarray(cut)) for cut in cuts]


def _tight(cut: Image.Image) -> str:
    return data_uri(np.asarray(cut.crop(cut.getchannel("A").getbbox())), LARGEST, 92)


def _shown(pixels: Pixels) -> Pixels:
    """At the size at which the screen shows it."""
    picture = Image.fromarray(pixels)
    picture.thumbnail((LARGEST, LARGEST))
    return np.asarray(picture)
