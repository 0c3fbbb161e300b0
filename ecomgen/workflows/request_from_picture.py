"""A finished picture turned back into the request that made it: ecomgen's own wholly, A1111's and ComfyUI's in part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ecomgen import picture_file, recipes
from ecomgen.errors import BackendMissing, BadInput, BadPhoto
from ecomgen.export.metadata import damaged, own_record
from ecomgen.placement import MAX_SIDE, MIN_SIDE
from ecomgen.record import RunRecord, file_hash
from ecomgen.request import FILES, MAX_SEED, Request
from ecomgen.workflows.replay import refuse_other_weights, request_of

SCHEDULERS = {
    "euler": "EulerDiscreteScheduler",
    "euler a": "EulerAncestralDiscreteScheduler",
    "euler ancestral": "EulerAncestralDiscreteScheduler",
    "dpm++ 2m": "DPMSolverMultistepScheduler",
    "dpmpp 2m": "DPMSolverMultistepScheduler",
    "dpm2": "KDPM2DiscreteScheduler",
    "dpm 2": "KDPM2DiscreteScheduler",
    "dpm2 a": "KDPM2AncestralDiscreteScheduler",
    "dpm 2 ancestral": "KDPM2AncestralDiscreteScheduler",
    "heun": "HeunDiscreteScheduler",
    "lms": "LMSDiscreteScheduler",
    "ddim": "DDIMScheduler",
    "ddpm": "DDPMScheduler",
    "plms": "PNDMScheduler",
    "unipc": "UniPCMultistepScheduler",
    "uni pc": "UniPCMultistepScheduler",
    "deis": "DEISMultistepScheduler",
    "lcm": "LCMScheduler",
}
"""What A1111 and ComfyUI call a sampler, in lower case with spaces, and the scheduler of diffusers that it is."""

OF_THE_PLACE = ("set_standing", "set_feet", "set_shared")
OF_THE_CANVAS = ("canvas_fill", "canvas_background", "canvas_safe_area", *OF_THE_PLACE)
OF_THE_CAMERA = ("camera_elevation", "camera_elevation_spread", *OF_THE_PLACE)
OF_THE_LIGHT = ("backdrop_azimuth", "backdrop_leaning", "backdrop_kelvin")
OF_THE_BACKDROP = ("backdrop_horizon", "backdrop_ground", "backdrop_spread", "backdrop_focus", *OF_THE_LIGHT)
REPLACED = {
    "steps": ("samples_per_pixel", "num_inference_steps"),
    "guidance_scale": ("guidance_scale",),
    "strength": ("strength",),
    "negative_prompt": ("negative_prompt",),
    "size": OF_THE_CANVAS,
    "channel": OF_THE_CANVAS,
    "place": OF_THE_PLACE,
    "backdrop": (*OF_THE_CAMERA, *OF_THE_BACKDROP),
    "light_from": OF_THE_LIGHT,
    "style": ("style_tones", "style_colours", "set_palette", "light_kelvin", "light_softness"),
}
"""Logged parameters that an option given anew takes the place of."""

OF_THE_PHOTO = ("photo_light", "photo_elevation")  # read anew where photos are given
READ_ANEW = "set_scene"  # from the prompt: what a picture from outside says of it builds nothing
_MALFORMED = (AttributeError, KeyError, TypeError, ValueError, OverflowError)  # what a text from outside brings about


@dataclass(frozen=True, kw_only=True)
class Reread:
    """The request, and what of the picture's settings could not be taken over, in words."""

    request: Request
    notes: tuple[str, ...] = ()


def reread(picture: Path, photos: Sequence[Path] = (), given: Mapping[str, Any] | None = None) -> Reread:
    """The request that makes a picture again.

    Args:
        picture: a file that ecomgen, A1111 or ComfyUI wrote, with its metadata.
        photos: the product's photos; without them those of the picture are taken from the run log, by their hashes.
        given: fields of `Request` that are asked for otherwise than in the picture.

    Raises:
        BadInput: the file cannot be read, or says nothing of how it was made.
        BadPhoto: its photos are not on this machine.
        WeightsCorrupt: a weight here is not the one that made it.
    """
    given = dict(given or {})
    logged = own_record(picture)
    if logged is not None:
        return _own(picture, logged, photos, given)
    return _foreign(picture, photos, given)


def _own(picture: Path, record: RunRecord, photos: Sequence[Path], given: dict[str, Any]) -> Reread:
    try:
        return _as_made(record, photos, given)
    except _MALFORMED as error:
        raise damaged(picture) from error
    except BadPhoto as error:
        raise BadPhoto(
            'What {picture} was made from is not on this machine: give its photos, as in "ecomgen '
            'generate PHOTO... --from {picture}" (and {--mask}, if it was made with one).',
            picture=picture.name,
        ) from error


def _as_made(record: RunRecord, photos: Sequence[Path], given: dict[str, Any]) -> Reread:
    dropped = {READ_ANEW, *(name for option in given for name in REPLACED.get(option, ()))}
    dropped |= set(OF_THE_PHOTO if photos else ())
    parameters = record.parameters.model_copy(update={name: None for name in FILES if name in given})
    if "pipeline" not in given:
        refuse_other_weights(record)
    request = request_of(record.model_copy(update={"parameters": parameters}), photos=photos)
    if {"size", "channel"} & set(given):
        given = {"size": None, "channel": None} | given
    kept = {name: value for name, value in parameters.as_json().items() if name not in dropped}
    notes = _strangers(photos, record) if photos else []
    return Reread(request=replace(request, **({"replayed": kept} | given)), notes=tuple(notes))


def _strangers(photos: Sequence[Path], record: RunRecord) -> list[str]:
    known = {reference.sha256 for reference in record.references}
    strange = [photo.name for photo in photos if photo.is_file() and file_hash(photo) not in known]
    if not strange:
        return []
    return [f"the picture was made from other photos than {', '.join(strange)}, so it will not come out the same"]


def _foreign(picture: Path, photos: Sequence[Path], given: dict[str, Any]) -> Reread:
    """Prompt, seed, steps, sampler, guidance, strength and size from another program's picture."""
    found, notes = _settings(picture)
    if not photos:
        raise BadPhoto(
            "{picture} was not made by ecomgen: give the photos of your product as well.", picture=picture.name
        )
    if {"size", "channel"} & set(given):
        found.pop("size", None)
    return Reread(request=Request(photos=tuple(photos), **(found | given)), notes=tuple(notes))


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What another program wrote into a picture."""

    prompt: str
    negative_prompt: str
    sampler: str
    model: str
    facts: Mapping[str, Any]


def _told(picture: Path) -> _Told | None:
    try:
        from sd_parsers import ParserManager
    except ImportError as error:
        raise BackendMissing('Settings of other programs need sd-parsers: run "pip install sd-parsers".') from error
    _forget_last()
    image = picture_file.opened(picture_file.read(picture), picture)
    try:
        with picture_file.decoding(picture):
            parsed = ParserManager().parse(image)
            if parsed is None or not (parsed.samplers or parsed.full_prompt):
                return None
            sampler = parsed.samplers[0] if parsed.samplers else None
            return _Told(
                prompt=parsed.full_prompt.strip(),
                negative_prompt=parsed.full_negative_prompt.strip(),
                sampler=str(sampler.name) if sampler and sampler.name else "",
                model=str(sampler.model) if sampler and sampler.model else "",
                facts={**parsed.metadata, **(sampler.parameters if sampler else {})},
            )
    except BadPhoto as error:
        raise BadInput(
            "The settings in {picture} cannot be read: give a picture with whole metadata.", picture=picture.name
        ) from error


def _forget_last() -> None:
    """sd-parsers keeps the last picture's text by its id(), which another picture may have after it."""
    from sd_parsers.extractors import _jpeg_usercomment, _png_stenographic_alpha

    for module in (_jpeg_usercomment, _png_stenographic_alpha):
        vars(module)["_image_id"] = None


def _settings(picture: Path) -> tuple[dict[str, Any], list[str]]:
    told = _told(picture)
    if told is None:
        raise BadInput("{picture} says nothing of how it was made: its metadata was removed.", picture=picture.name)
    facts = told.facts
    found: dict[str, Any] = {
        "prompt": told.prompt,
        "negative_prompt": told.negative_prompt,
        "seed": _number(facts, "seed", "noise_seed", whole=True),
        "steps": _number(facts, "steps", whole=True),
        "guidance_scale": _number(facts, "cfg_scale", "cfg"),
        "strength": _number(facts, "denoising_strength", "Denoising strength", "denoise"),
        "count": 1,
    }
    notes = []
    if found["seed"] is not None and not 0 <= found["seed"] <= MAX_SEED:
        notes.append(f"its seed {found['seed']} is larger than ecomgen's seeds: another was chosen")
        found["seed"] = None
    found["size"] = _size(picture)
    notes += _named(told.sampler, found)
    notes += _modelled(told.model, found)
    return {name: value for name, value in found.items() if value is not None}, notes


def _number(facts: Mapping[str, Any], *names: str, whole: bool = False) -> Any:
    for name in names:
        try:
            return int(facts[name]) if whole else float(facts[name])
        except (KeyError, TypeError, ValueError, OverflowError):
            continue
    return None


def _size(picture: Path) -> tuple[int, int] | None:
    width, height = picture_file.size(picture)
    return (width, height) if all(MIN_SIDE <= side <= MAX_SIDE for side in (width, height)) else None


def _named(sampler: str, found: dict[str, Any]) -> list[str]:
    """The sampler as a scheduler, put into `found`; what has no counterpart is said."""
    plain = re.sub(r"[_\s]+", " ", sampler.lower()).strip()
    base = plain.removesuffix(" karras").removesuffix(" exponential").strip()
    scheduler = SCHEDULERS.get(base)
    if scheduler:
        found["replayed"] = {"scheduler": scheduler}
    if (scheduler and base == plain) or not sampler:
        return []
    return [f"its sampler {sampler} has no exact counterpart" + (f": {scheduler} is nearest" if scheduler else "")]


def _modelled(model: str, found: dict[str, Any]) -> list[str]:
    if model in recipes.paths():
        found["pipeline"] = model
        return []
    return [f"it was made with the model {model}: name a pipeline of that model with --pipeline"] if model else []
