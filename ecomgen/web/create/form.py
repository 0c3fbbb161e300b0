"""The form: its components, what they hold as a request, and a logged run as what they should hold."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen import looks, recipes
from ecomgen.errors import BadPhoto, UsageError
from ecomgen.options import given, on
from ecomgen.options.reading import read_box, read_masker, read_place, read_points
from ecomgen.record import Parameters, RunRecord
from ecomgen.request import Request
from ecomgen.types import Companion, Place
from ecomgen.web import locale
from ecomgen.web.create.product import marks
from ecomgen.web.events import PRIVATE
from ecomgen.web.files import fresh_folder
from ecomgen.workflows.replay import request_of

STANDARD, OWN = "standard", "own"

MARKED = ("point", "stroke")  # what the page holds as marks
NO_PRODUCT: dict[str, Any] = {
    "photos": [],
    "product": "",
    "masker": "auto",
    "box": "",
    "mask": None,
    "mask_candidate": 0,
    "marks": "",
    "confirmed": False,
    "first_photo": False,
    "with_": [],
    "height_cm": "",
}
PRODUCT_FIELDS = tuple(NO_PRODUCT)
OF_THE_PRODUCT = (*PRODUCT_FIELDS, *MARKED)
SHAPED = {"size": "own_size", "channel": "shape"}  # options, and the fields that hold them
SCENE_FIELDS = ("shape", "own_size", *(name for name in on("app", Request) if name not in (*OF_THE_PRODUCT, *SHAPED)))
FIELDS = (*PRODUCT_FIELDS, *SCENE_FIELDS)
FILLED = ("tabs", "sampled", "before", *FIELDS)  # what an event fills that fills the form


@dataclass(frozen=True, kw_only=True, eq=False)
class Form:
    """Its components by field, the step that looks at its photos, and the tabs in which it stands."""

    fields: Mapping[str, Any]
    product: Any  # a ProductStep
    tabs: gr.Tabs

    @property
    def inputs(self) -> list[Any]:
        """The components in the order of `FIELDS`."""
        return [self.fields[name] for name in FIELDS]

    def fills(self, event: Any, handler: Callable[..., Any], asked: list[Any] | None = None) -> Any:
        """At an event `handler` fills the form as `reuse.filled_form` does, then its photos are looked at."""
        filled = event(handler, asked, [self.tabs, self.product.sampled, self.product.before, *self.inputs], **PRIVATE)
        self.product.then_look(filled)
        return filled


def read_run(text: str | None) -> str:
    """The id of a run; nothing means none.

    Raises:
        UsageError: it is a path, which only the command line takes, or no text.
    """
    run = text.strip() if isinstance(text, str) else text or ""
    if not isinstance(run, str) or set(run) & set("/\\"):
        raise UsageError("{--scene-from} {run!r} is no run: give its id as the history shows it.", run=run)
    return run


def by_field(values: Iterable[Any]) -> dict[str, Any]:
    """What the form holds, as it was sent in the order of its fields."""
    return dict(zip(FIELDS, values, strict=True))


def request_from(values: Mapping[str, Any]) -> Request:
    """The request that a filled form means.

    Raises:
        BadPhoto, BadPrompt, UsageError: with the field to correct.
    """
    if not values["photos"]:
        raise BadPhoto(locale.NO_PHOTO)
    filled = given({name: value for name, value in values.items() if name in on("app", Request)})
    if not filled.get("words"):
        filled = {name: value for name, value in filled.items() if name not in ("language", "attribute")}
    resting = [name for name, value in filled.items() if not value and on("app", Request)[name].default is None]
    filled = {name: value for name, value in filled.items() if name not in resting}  # a slider at 0, an empty box
    shape = values["shape"]
    points, strokes = marks.read(values["marks"])
    beside = values.get("with_") or ()
    return Request(
        **{"count": 0, **filled}
        | {
            "photos": values["photos"],
            "point": points,
            "stroke": strokes,
            "with_": [companion(one["photos"], one) for one in beside],
            "height_cm": [one or "" for one in (values["height_cm"], *(each.get("height") for each in beside))],
            "size": (values["own_size"] or None) if shape == OWN else None,
            "channel": shape if shape not in (STANDARD, OWN) else None,
            "scene_from": read_run(values["scene_from"]),
        }
    )


def values_of(record: RunRecord) -> dict[str, Any]:
    """What the form must hold to make a logged run again.

    Raises:
        BadPhoto: a photo of the run is gone.
    """
    request, parameters = request_of(record), record.parameters
    listed, known = on("app", Request), parameters.as_json()
    heights = [f"{height:g}" for height in request.height_cm] + [""] * (1 + len(request.with_))
    settings = {name: known.get(one.option.setting) for name, one in listed.items() if one.option.setting}
    return {
        **{name: shown(getattr(request, name)) for name in listed if name in FIELDS},
        **{name: getattr(request, name) for name, one in listed.items() if isinstance(one.default, float)},  # sliders
        **{name: shown(value) for name, value in settings.items()},
        **_words_of(record),
        "photos": [
            _named(photo, Path(entry.path).stem) if photo.stem == entry.sha256 else str(photo)
            for photo, entry in zip(request.photos, record.references, strict=True)
        ],
        "mask_candidate": request.mask_candidate,
        "masker": parameters.masker,
        "mask": _named(request.mask, locale.MASK),
        "backdrop": _named(request.backdrop, locale.BACKDROP),
        "style": _named(request.style, locale.OPTIONS["style"]),
        "with_": [_held(one) | {"height": high} for one, high in zip(request.with_, heights[1:], strict=False)],
        "height_cm": heights[0],
        "marks": marks.written(request.point, request.stroke),
        "shape": request.channel or (STANDARD if _is_usual(record) else OWN),
        "own_size": f"{parameters.width}x{parameters.height}",
        "count": parameters.count,
        "seed": str(parameters.seed),
        "steps": shown(parameters.num_inference_steps or parameters.samples_per_pixel),
        "camera_elevation": parameters.camera_elevation if parameters.camera_elevation_spread == 0 else 0,
        "scene_from": record.run_id if parameters.scene_from and not parameters.backdrop else "",
        "look": parameters.look if parameters.look in looks.paths() else "",
        **({"place": ""} if _stands_by_rule(parameters) else {}),
        "threshold": parameters.threshold_level or str(parameters.threshold),
        "keep": shown(parameters.keep),
        "compile": bool(known.get("compile")),
    }


def _stands_by_rule(parameters: Parameters) -> bool:
    """Whether its place is that of a look's own rule, or of its true height."""
    return bool(parameters.place_by_height or (parameters.look and not parameters.place_given))


def _is_usual(record: RunRecord) -> bool:
    """Whether a run's canvas is what its recipe makes where nothing is said."""
    usual = recipes.get(record.pipeline).defaults
    return record.parameters.size == (usual.get("width"), usual.get("height"))


def companion(photos: Iterable[str | Path], told: Mapping[str, Any]) -> Companion:
    """A further product, of which is told what the form holds of the first.

    Raises:
        UsageError: its place, masker, box or a point cannot be read.
    """
    points, strokes = marks.read(told.get("marks") or "")
    return Companion(
        photos=tuple(Path(photo) for photo in photos),
        place=read_place(told.get("place")),
        product=told.get("product") or "",
        masker=read_masker(told.get("masker")),
        box=read_box(told.get("box")),
        point=(*points, *read_points(told.get("point"))),
        stroke=strokes,
        mask=Path(told["mask"]) if told.get("mask") else None,
        mask_candidate=told.get("mask_candidate") or 0,
        confirmed=bool(told.get("confirmed")),
        first_photo=bool(told.get("first_photo")),
    )


def _held(one: Companion) -> dict[str, Any]:
    """A further product, as the form holds it."""
    return {
        "photos": [str(photo) for photo in one.photos],
        "place": shown(one.place),
        "product": one.product,
        "masker": one.masker,
        "box": shown(one.box),
        "mask": _named(one.mask, locale.MASK),
        "mask_candidate": one.mask_candidate,
        "confirmed": one.confirmed,
        "first_photo": one.first_photo,
        "marks": marks.written(one.point, one.stroke),
    }


def _named(file: Path | None, name: str) -> str | None:
    """A copy of a file that the log keeps under its hash, under a name that can be read."""
    if file is None:
        return None
    return str(shutil.copyfile(file, fresh_folder("kept") / f"{name}{file.suffix}"))


def _words_of(record: RunRecord) -> dict[str, Any]:
    """What the form must hold for the words that a run has: their writer may be gone, so that another may do it."""
    written = record.words
    facts = written[0].attributes if written else {}
    return {
        "words": "auto" if written else "",
        "language": [one.language for one in written] or [locale.language()],
        "attribute": "\n".join(f"{name}: {value}" for name, value in facts.items()),
    }


def shown(value: Any) -> Any:
    """As a field holds it: flags and lists as they are, everything else as text, nothing for no value."""
    if isinstance(value, (bool, list)):
        return value
    if isinstance(value, Place):
        return ",".join(f"{part:g}" for part in (value if value.turn else value[:3]))
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)
    return "" if value is None else str(value)
