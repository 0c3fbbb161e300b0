"""The form: what the screen holds, as a request; and a logged run, as what the screen should hold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ecomgen.captions import WordsRequest, read_attributes
from ecomgen.errors import BadPhoto, UsageError
from ecomgen.request import DIFFUSION_FIELDS, Request
from ecomgen.types import Box, Point
from ecomgen.web import locale
from ecomgen.web.create import marks
from ecomgen.workflows.replay import request_of

STANDARD, OWN = "standard", "own"

PRODUCT_FIELDS = ("photos", "chosen", "product", "masker", "box", "mask", "marks")
SCENE_FIELDS = (
    "prompt",
    "shape",
    "own_size",
    "count",
    "pipeline",
    "negative_prompt",
    "seed",
    "steps",
    "guidance_scale",
    "strength",
    "camera_elevation",
    "scene_from",
    "threshold",
    "keep",
    "mode",
    "harmonise",
    "contact_shadow",
    "writer",
    "languages",
    "attributes",
)
FIELDS = (*PRODUCT_FIELDS, *SCENE_FIELDS, *DIFFUSION_FIELDS)


def read_box(text: str) -> Box | None:
    """X0,Y0,X1,Y1 in pixels; nothing means no box.

    Raises:
        UsageError: it is not four whole numbers, or the box is empty.
    """
    if not text.strip():
        return None
    try:
        box = Box(*(int(part) for part in text.replace(";", ",").split(",")))
    except (ValueError, TypeError):
        raise UsageError(f"--box {text!r} is not a box: give left, top, right, bottom in whole pixels.") from None
    if min(box) < 0 or box.width < 1 or box.height < 1:
        raise UsageError(f"--box {text!r} is empty: right must be more than left, and bottom more than top.")
    return box


def read_points(entries: Sequence[Sequence[float]] | None) -> tuple[Point, ...]:
    """Clicks as [x, y] or [x, y, inside] in pixels of the first photo.

    Raises:
        UsageError: one of them is neither.
    """
    try:
        return tuple(Point(int(x), int(y), bool(side[0]) if side else True) for x, y, *side in entries or ())
    except (ValueError, TypeError):
        raise UsageError("--point wants [x, y] or [x, y, inside] for each click, in pixels.") from None


def read_size(text: str) -> tuple[int, int] | None:
    """WxH in pixels; nothing means the recipe's own size.

    Raises:
        UsageError: it is not two whole numbers.
    """
    if not text.strip():
        return None
    try:
        width, height = (int(part) for part in text.lower().replace("×", "x").split("x"))
    except ValueError:
        raise UsageError(f"--size {text!r} is not a size: give width and height, for example 1080x1350.") from None
    return width, height


def read_threshold(value: str | float) -> float | str:
    """A level by name or a number."""
    try:
        return float(value)
    except ValueError:
        return value


def read_number(option: str, value: str | float | None) -> float | None:
    """A number as typed or as sent; nothing means the default.

    Raises:
        UsageError: it is no number.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        raise UsageError(f"--{option} {value!r} is not a number: give one, or leave it empty.") from None


def read_whole(option: str, value: str | float | None) -> int | None:
    """The same for a whole number.

    Raises:
        UsageError: it is no number, or has a fraction.
    """
    number = read_number(option, value)
    if number is None:
        return None
    if not math.isfinite(number) or number != int(number):
        raise UsageError(f"--{option} {value} is not a whole number: give one, or leave it empty.")
    return int(number)


def read_run(text: str | None) -> str:
    """The id of a run; nothing means none.

    Raises:
        UsageError: it is a path, which only the command line takes.
    """
    run = (text or "").strip()
    if set(run) & set("/\\"):
        raise UsageError(f"--scene-from {run!r} is no run: give its id as the history shows it.")
    return run


def read_words(writer: str | None, languages: Sequence[str], attributes: str) -> WordsRequest | None:
    """The words that are wanted, with facts in lines such as "material: oak"; without a writer none are.

    Raises:
        UsageError: a language is not known, or a line cannot be read.
    """
    if not writer:
        return None
    facts = read_attributes(attributes.splitlines())
    return WordsRequest(writer=writer, languages=tuple(languages), attributes=facts)


def request_from(values: Mapping[str, Any]) -> Request:
    """The request that a filled form means.

    Raises:
        BadPhoto, BadPrompt, UsageError: with the field to correct.
    """
    if not values["photos"]:
        raise BadPhoto(locale.NO_PHOTO)
    shape = values["shape"]
    points, strokes = marks.read(values["marks"])
    return Request(
        photos=tuple(Path(photo) for photo in values["photos"]),
        prompt=values["prompt"] or "",
        negative_prompt=values["negative_prompt"] or "",
        pipeline=values["pipeline"],
        product=values["product"] or "",
        masker=values["masker"],
        box=read_box(values["box"] or ""),
        mask=Path(values["mask"]) if values["mask"] else None,
        chosen=values["chosen"],
        points=points,
        strokes=strokes,
        mode=values["mode"],
        count=read_whole("count", values["count"]) or 0,
        keep=read_whole("keep", values["keep"]),
        threshold=read_threshold(values["threshold"]),
        seed=read_whole("seed", values["seed"]),
        size=read_size(values["own_size"] or "") if shape == OWN else None,
        channel=shape if shape not in (STANDARD, OWN) else None,
        steps=read_whole("steps", values["steps"]),
        guidance_scale=read_number("guidance-scale", values["guidance_scale"]),
        strength=read_number("strength", values["strength"]),
        camera_elevation=read_number("camera-elevation", values["camera_elevation"]) or None,
        scene_from=read_run(values["scene_from"]),
        harmonise=values["harmonise"],
        contact_shadow=bool(values["contact_shadow"]),
        words=read_words(values["writer"], values["languages"] or (), values["attributes"] or ""),
        **_diffusion(values),
    )


def _diffusion(values: Mapping[str, Any]) -> dict[str, Any]:
    """What only Stable Diffusion listens to; an empty field leaves it to the recipe."""
    shares = ("border_strength", "reference_scale", "control_scale")
    return (
        {name: values[name] or None for name in ("init", "framing", "compile")}
        | {name: read_whole(name.replace("_", "-"), values[name]) for name in ("mask_grow", "mask_feather")}
        | {name: read_number(name.replace("_", "-"), values[name]) for name in shares}
    )


def values_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """What the form must hold to make a logged run again.

    Raises:
        BadPhoto: a photo of the run is gone.
    """
    request, parameters = request_of(record), record["parameters"]
    return {
        "photos": [str(photo) for photo in request.photos],
        "chosen": request.chosen,
        "product": request.product,
        "masker": parameters["masker"],
        "box": ",".join(str(side) for side in request.box) if request.box else "",
        "mask": str(request.mask) if request.mask else None,
        "marks": marks.written(request.points, request.strokes),
        "prompt": request.prompt,
        "shape": request.channel or OWN,
        "own_size": f"{parameters['width']}x{parameters['height']}",
        "count": parameters["count"],
        "pipeline": request.pipeline,
        "negative_prompt": request.negative_prompt,
        "seed": str(parameters["seed"]),
        "steps": _typed(parameters.get("num_inference_steps", parameters.get("samples_per_pixel"))),
        "guidance_scale": _typed(parameters.get("guidance_scale")),
        "strength": _typed(parameters.get("strength")),
        "camera_elevation": parameters["camera_elevation"] if parameters.get("camera_elevation_spread") == 0 else 0,
        "scene_from": record["run_id"] if parameters.get("scene_from") else "",
        "threshold": parameters.get("threshold_level") or str(parameters["threshold"]),
        "keep": _typed(parameters["keep"]),
        "mode": parameters["mode"],
        "harmonise": request.harmonise,
        "contact_shadow": request.contact_shadow,
        **_words_of(record),
        **{name: getattr(request, name) or "" for name in ("init", "framing")},
        **{name: _typed(getattr(request, name)) for name in DIFFUSION_FIELDS[2:-1]},
        "compile": bool(request.compile),
    }


def _words_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """What the form must hold for the words that a run has: their writer may be gone, so that another may do it."""
    written = record.get("words") or []
    facts = written[0]["attributes"] if written else {}
    return {
        "writer": "auto" if written else "",
        "languages": [one["language"] for one in written] or [locale.language()],
        "attributes": "\n".join(f"{name}: {value}" for name, value in facts.items()),
    }


def _typed(value: float | None) -> str:
    return "" if value is None else str(value)
