"""The set of an earlier run or of a look for another product: camera, light, colours and arrangement, seed by seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ecomgen import looks, options, recipes
from ecomgen.errors import BadInput, UsageError
from ecomgen.looks import Look
from ecomgen.options.reading import read_set
from ecomgen.record import CandidateEntry, NoRecord, Parameters, RunRecord, read_file
from ecomgen.request import Request, requested
from ecomgen.runlog import originals, run_log

CAMERA = ("camera_elevation", "camera_elevation_spread")
LIGHT = ("light_side", "light_softness", "light_kelvin", "light_level")
IDEA = "set_idea_seed"  # the seed whose idea every picture has
SET = ("set_palette", "set_metres")
OPTIONS = tuple(name for name, one in options.of(Request).items() if one.option.in_look)  # that a look keeps
ARRANGED = "set_light_from"  # the side from which the set was lit when what stands in it was arranged
TURNS = ("set_ideas", IDEA, "camera_distance")  # how seeds take turns
STYLE = ("style_tones", "style_colours")  # of a run that was to look like a picture
OF_A_STYLE = frozenset({"light_softness", "light_kelvin", "set_palette", *STYLE})  # what such a picture says
STANDING = ("set_standing",)  # shares of the canvas, so that it holds for this canvas only
BUILT = frozenset({*CAMERA, *LIGHT, *SET, *STANDING})  # what every set of this version's studio tells
FEET = "set_feet"  # for which the set was built
SHARED = {"set_shared": True}  # rendered once without a product, and for each only where it changes the light


def locked(request: Request) -> Request:
    """`request` in the set of the run that its `scene_from` names, or of its `look`; without, `request` itself.

    The earlier run's pipeline, prompt, seed, size, camera, light and colours are taken over unless given again. Of one
    of its pictures, RUN:SEED, every new one has the idea: its light, its distance and what stands in it.

    Raises:
        UsageError: there is no such run, it has no set that could be kept, or another pipeline is asked for.
    """
    if request.backdrop and (request.look or request.scene_from):
        raise UsageError(
            "{--backdrop} excludes {--look} and {--scene-from}: each brings what the product stands in. Give one of "
            "them."
        )
    if request.look:
        return _in_look(request, looks.get(request.look))
    if not request.scene_from:
        return request
    run, seed = read_set(request.scene_from)
    record = _record(run)
    known = record.parameters.as_json()
    if seed is not None:
        known = {IDEA: record.of_seed(seed).seed} | known
    if not known.keys() >= BUILT or recipes.get(record.pipeline).backend != "studio":
        raise UsageError(
            "The run {run} has no set that could be kept: choose one that this version's studio made.",
            run=record.run_id,
        )
    if request.pipeline not in ("auto", record.pipeline):
        raise UsageError(
            "{--scene-from} needs the pipeline {pipeline} of that run: leave {--pipeline} out.",
            pipeline=record.pipeline,
        )
    return replace(
        request,
        pipeline=record.pipeline,
        prompt=request.prompt.strip() or record.prompt,
        seed=(record.parameters.seed if seed is None else seed) if request.seed is None else request.seed,
        **({} if request.size or request.channel else _canvas(record.parameters)),
        scene_from=record.run_id,
        **_backdrop(request, record.parameters),
        held=_held(request, known),
    )


def _in_look(request: Request, look: Look) -> Request:
    """What the request says itself is not taken over."""
    declared = options.of(Request)
    unknown = [name for name in look.options if name not in OPTIONS]
    if unknown:
        raise BadInput(
            "The look {look} has options that no look has: {unknown}. Correct the file.",
            look=look.name,
            unknown=", ".join(unknown),
        )
    unsaid = {name: value for name, value in look.options.items() if getattr(request, name) == declared[name].default}
    if request.size or request.channel:
        unsaid = {name: value for name, value in unsaid.items() if name not in ("size", "channel")}
    known = look.held()
    if request.camera_elevation is not None:
        known = {name: value for name, value in known.items() if name not in CAMERA}
    if request.style:
        known = {name: value for name, value in known.items() if name not in OF_A_STYLE}
    return replace(
        request,
        **unsaid,
        pipeline=look.pipeline if request.pipeline == "auto" else request.pipeline,
        prompt=request.prompt.strip() or look.prompt,
        seed=look.seed if request.seed is None else request.seed,
        held=known
        | (SHARED if look.whole and not _set_apart(request) else {})
        | ({"place_within": look.placement.model_dump()} if look.placement and not look.placement.size else {}),
    )


def look_of(run: str, name: str, title: str = "") -> Look:
    """The look of a run, under a name: what another product can take over. Of one of its pictures, RUN:SEED, the set;
    without a seed that of the picture which people chose, else of its best.

    Raises:
        UsageError: there is no such run or picture, or it makes no scene of its own.
    """
    run, seed = read_set(run)
    record = _record(run)
    picture = picture_of(record) if seed is None else record.of_seed(seed)
    known = {IDEA: picture.seed} | record.parameters.as_json()
    if known.get("mode", "keep") == "replace":
        raise UsageError("The run {run} kept its photo's surroundings, which is no look.", run=record.run_id)
    if known.get("backdrop"):
        raise UsageError("The run {run} stands in a backdrop of its own, which no look holds.", run=record.run_id)
    return looks.Look.model_validate(
        {
            "name": name,
            "title": title,
            "prompt": record.prompt,
            "pipeline": record.pipeline,
            "seed": picture.seed,
            "options": _options(record),
            **(_built(known) if known.keys() >= BUILT else {}),
        }
    )


def picture_of(record: RunRecord) -> CandidateEntry:
    """The picture of a run whose set is kept: one that is starred or approved, else the best."""
    decisions = run_log().decisions(record.run_id)
    chosen = [one for one in record.candidates if one.index in decisions and decisions[one.index].liked]
    return min(chosen or record.candidates, key=lambda one: one.turn)


def look_of_picture(picture: Path, name: str, prompt: str, title: str = "") -> Look:
    """The look of a picture of anybody's: palette, warmth, contrast and softness of light, and words for the set.

    Raises:
        BadPhoto: it cannot be read.
    """
    from ecomgen.references import load
    from ecomgen.scenes.studio.estimation.style import measured

    read = measured(load(picture).pixels)
    light = {"kelvin": read.kelvin, "softness": read.softness}
    style = {"tones": tuple(read.style.tones), "colours": read.style.colours}
    return looks.Look.model_validate({"name": name, "title": title, "prompt": prompt, "light": light, "style": style})


def _options(record: RunRecord) -> dict[str, Any]:
    """Those of its options that are the scene's, where they are not what every request has."""
    known = record.parameters.as_json()
    given = requested(known) | {
        one.name: known.get(one.option.setting) for one in options.of(Request).values() if one.option.setting
    }
    given |= {"steps": record.parameters.num_inference_steps or record.parameters.samples_per_pixel}
    given |= _canvas(record.parameters)
    declared = options.of(Request)
    return {name: given[name] for name in OPTIONS if given.get(name) not in (None, "", declared[name].default)}


def _rule(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The rule of the look in which a run was made, by which its product stands where it has no place of its own."""
    given = parameters.get("place_given") or parameters.get("place_by_height")
    ruled = parameters.get("look") and parameters.get("place_asked") and not given
    return {"place_within": _standing(parameters)} if ruled else {}


def _standing(known: Mapping[str, Any]) -> dict[str, float]:
    """The box in which the product stands, in shares of the canvas, as a look tells it."""
    x0, y0, x1, _, ground = known["set_standing"]
    box = {"across": (x0 + x1) / 2, "base": ground, "width": x1 - x0, "height": ground - y0}
    return {name: round(value, 6) for name, value in box.items()}


def _built(known: Mapping[str, Any]) -> dict[str, Any]:
    boxed = known.get("place_asked") and not known.get("place_by_height")  # by hand, or by the rule of another look
    rule = {} if boxed else {"size": "usual"}
    return {
        "camera": _camera(known),
        "light": {name.removeprefix("light_"): known[name] for name in LIGHT},
        "set": {name.removeprefix("set_"): known[name] for name in (*SET, "set_ideas", IDEA) if name in known},
        "placement": _standing(known) | rule,
        **({"style": {name.removeprefix("style_"): known[name] for name in STYLE}} if known.get(STYLE[0]) else {}),
    }


def _camera(known: Mapping[str, Any]) -> dict[str, float]:
    """As it stood in the picture whose idea is kept: one range has one horizon."""
    from ecomgen.scenes.studio.stage.shot import camera_distance

    told = {"elevation": known["camera_elevation"], "spread": known["camera_elevation_spread"]}
    if not known.get("set_ideas"):
        return told
    return told | {"distance": known.get("camera_distance", round(camera_distance(known.get(IDEA, known["seed"])), 6))}


def _backdrop(request: Request, parameters: Parameters) -> dict[str, Any]:
    """The photo that the run stood in, as the log keeps it, and how glossy its ground is."""
    if not parameters.backdrop:
        return {}
    photo = originals().find(parameters.backdrop)
    return {"backdrop": photo, "ground_gloss": request.ground_gloss or parameters.ground_gloss}


def _canvas(parameters: Parameters) -> dict[str, Any]:
    return {"channel": parameters.channel} if parameters.channel else {"size": parameters.size}


def _held(request: Request, parameters: Mapping[str, Any]) -> dict[str, Any]:
    names = [*LIGHT, *SET]
    if request.camera_elevation is None:
        names += CAMERA
    if parameters.get("backdrop"):
        names = [name for name in names if name not in CAMERA]  # another product stands on another row
    if _same_canvas(request, parameters):
        names += [*STANDING, *(name for name in parameters if name.startswith("backdrop_"))]
    names += [name for name in (*STYLE, *TURNS) if name in parameters]
    held = {name: parameters[name] for name in names if not (request.style and name in OF_A_STYLE)} | _rule(parameters)
    if ARRANGED in parameters or request.light_from != parameters.get("light_from"):
        held |= arranged(parameters)
    if FEET not in parameters or STANDING[0] not in held or _set_apart(request):
        return held
    return held | {FEET: parameters[FEET]} | SHARED


def arranged(parameters: Mapping[str, Any]) -> dict[str, str]:
    """What keeps things where they stand in a run's set while its light is turned; "" where no side was asked for."""
    return {ARRANGED: parameters.get(ARRANGED, parameters.get("light_from") or "")}


def _set_apart(request: Request) -> bool:
    """Whether the product stands elsewhere than others of a range, or not alone: the ground then gives way to it."""
    return request.place is not None or bool(request.with_)


def _same_canvas(request: Request, parameters: Mapping[str, Any]) -> bool:
    """Whether the request is for the earlier run's canvas, said or unsaid."""
    if request.channel:
        return request.channel == parameters.get("channel")
    size = parameters["width"], parameters["height"]
    return request.size is None or (request.size == size and parameters.get("channel") is None)


def _record(run: str) -> RunRecord:
    """run.json of a folder, or of a run in the log by the start of its id."""
    given = Path(run).expanduser()
    folder = given.parent if given.name == "run.json" else given
    if not (folder / "run.json").is_file():
        return run_log().show(run)[0]
    try:
        return read_file(folder)
    except NoRecord as error:
        raise UsageError(
            "{--scene-from} {run}: the folder's run.json is not that of a run. Choose another run.", run=run
        ) from error
    except (OSError, ValueError) as error:
        raise UsageError(
            "{--scene-from} {run}: the folder's run.json cannot be read. Choose another run.", run=run
        ) from error
