"""Photos and a prompt in, ranked pictures out: the one place where the steps meet.

The references are loaded, masked and checked, and the best is cut out and placed on the canvas. A back end makes a
scene around it, the product's own pixels go back on top, every picture is scored, the best are kept, and all of it is
written down.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecomgen import captions, models, options, placement, recipes, scenes, scoring
from ecomgen.cancellation import attended
from ecomgen.compositing import Composed, compose
from ecomgen.compositing.put_back import put_back
from ecomgen.compositing.relight import in_scene
from ecomgen.errors import UsageError
from ecomgen.export.run_folder import refuse_unwritable
from ecomgen.messages import Message
from ecomgen.models.upscaler import opened
from ecomgen.options.declared import REPAINTED
from ecomgen.request import Request, recorded
from ecomgen.types import (
    Box,
    Candidate,
    Canvas,
    Cutout,
    MaskRequest,
    Placement,
    Progress,
    Report,
    Scene,
    SceneRequest,
    silent,
)
from ecomgen.workflows import own_backdrop
from ecomgen.workflows.captioned_run import add_words_or_say_why
from ecomgen.workflows.preparation import Prepared, prepare
from ecomgen.workflows.recorder import Plan, Recording
from ecomgen.workflows.scene_lock import locked

if TYPE_CHECKING:
    from ecomgen.recipes import Recipe
    from ecomgen.record import RunRecord
    from ecomgen.scenes import Backend
    from ecomgen.types import Composition, Mode, Place, Scores, Understanding

CANVAS = ("fill", "background", "safe_area")  # of a channel, as they were: its rules may change before a replay
MOST_ADDED = 0.1  # of the product's area, that the scene may paint on to it
REROLL = 3  # an explicit --keep may make up to this many times --count
MODES_OF = {"keep": ("keep",), "placed": ("keep", "redraw")}  # in which an option of such a scope has an effect
GPU_FIRST: dict[str, tuple[str, ...]] = {  # what "auto" prefers, by mode, where there is a GPU and the weights are here
    "keep": (
        "photographic-sdxl",
        "photographic",
        "sdxl-background",
        "sd2-background",
    ),  # no plain inpainting: it extends
    "replace": ("sdxl-inpaint", "sd15-inpaint"),
}
OnCandidate = Callable[[Candidate, Path], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class Run:
    """A finished run: `record` is run.json (`record.as_json()` its values), `folder` where its files are."""

    record: RunRecord
    folder: Path

    @property
    def run_id(self) -> str:
        return self.record.run_id

    @property
    def kept(self) -> list[Path]:
        """The kept pictures' files, best first."""
        return sorted((self.folder / "kept").glob("*.png"))


def generate(
    request: Request,
    report: Report = silent,
    on_candidate: OnCandidate | None = None,
    *,
    logged: bool = True,
) -> Run:
    """Make the pictures of one request.

    Args:
        request: what is asked for.
        report: receives progress; where it raises `Cancelled`, the run ends and keeps what is done.
        on_candidate: receives each picture as soon as it is scored and written, with its file.
        logged: whether the run log hears of it.

    Raises:
        UsageError, BadInput, Unavailable: before anything is written.
        CannotWrite: the folder or the log cannot be written.
        Cancelled: before the first picture was done.
    """
    clock = _Stopwatch()
    request, recipe = accepted(request)
    with clock("load"):
        backend = scenes.open_backend(recipe)
        writer = captions.open_writer(request.words) if request.words else None
    with clock("mask"):
        prepared = attended(lambda alert: _prepared(request, alert), report, Progress(step="load"))
    with clock("place"):
        laid_out = attended(lambda _: _laid_out(request, recipe, backend, prepared), report, Progress(step="place"))
    plan, subject = laid_out
    seen = placement.apart(plan.placed)

    with Recording(plan, logged=logged, timings=clock.seconds) as recording:
        for scene in _scenes(plan, recording, clock, report):
            with clock("composite"):
                composed = _composed(plan, scene)
            with clock("score"):
                scores, *apart = attended(
                    lambda _, composed=composed: _scored(plan, composed, subject, seen),
                    report,
                    _progress("score", len(recording.candidates), request),
                )
            candidate = Candidate(
                index=len(recording.candidates),
                seed=scene.seed,
                pixels=composed.pixels,
                scores=scores,
                steps=scene.steps,
                sampler=scene.sampler,
                relit=composed.relit,
                notes=(*scene.notes, *composed.notes),
                withheld=scene.withheld,
                apart=tuple(apart),
            )
            with clock("write"):
                path = recording.add(candidate)
            if on_candidate:
                on_candidate(candidate, path)
    record, folder = recording.record, recording.folder.folder
    if request.words_request and writer:
        record = add_words_or_say_why(record, folder, request.words_request, writer, report, logged=logged)
    return Run(record=record, folder=folder)


def _laid_out(request: Request, recipe: Recipe, backend: Backend, prepared: Prepared) -> tuple[Plan, scoring.Subject]:
    """The product placed and the prompt read: everything that is settled before the first picture."""
    understanding = own_backdrop.understanding(request, backend.understand(request.prompt, request.product))
    placed = _place(request, recipe, prepared, understanding.composition)
    subject = _subject(request, prepared, placed)
    threshold = scoring.threshold(request.threshold, subject, placed=request.mode != "redraw")
    return _plan(request, recipe, backend, prepared, placed, threshold, understanding), subject


def _prepared(request: Request, alert: Report) -> Prepared:
    """The main product, with those beside it, each found by itself."""
    main = prepare(request.photos, request.mask_request, alert)
    how = MaskRequest(masker=request.masker, matting=request.matting)
    beside = [prepare(one.photos, replace(how, masker=one.masker or how.masker), alert) for one in request.with_]
    notes = (*main.notes, *(note for other in beside for note in other.notes if note not in main.notes))
    return replace(main, beside=tuple(beside), style=own_backdrop.style_of(request), notes=notes)


def _scored(plan: Plan, composed: Composed, subject: scoring.Subject, seen: Sequence[Placement]) -> tuple[Scores, ...]:
    """Of the picture; and of several products each by itself, the least true of which is the picture's identity."""
    redrawn, placed = plan.request.mode == "redraw", composed.shown(plan.placed)
    whole = scoring.judge(composed.pixels, subject, placement=placed, remask=plan.remask, redrawn=redrawn)
    if redrawn:
        whole = scoring.read_again(whole, composed.pixels, subject)
    if not seen:
        return (whole,)
    products = zip((plan.prepared, *plan.prepared.beside), map(composed.shown, seen), strict=True)
    found = [
        scoring.judge(
            composed.pixels, replace(subject, cutouts=one.cutouts, confidence=one.mask.confidence), placement=part
        )
        for one, part in products
    ]
    return scoring.least(whole, found, plan.prepared.confidence), *found


def _progress(step: str, done: int, request: Request) -> Progress:
    """Pictures that are done with, of those that are asked for."""
    return Progress(step=step, done=done, total=max(request.count, done))


def _composed(plan: Plan, scene: Scene) -> Composed:
    """The finished picture; what may be done for its light and shadow is done where the product alone is kept."""
    request, placed = plan.request, plan.placed
    if request.mode == "redraw":
        return _redrawn(plan, scene)
    if request.mode == "replace":
        return compose(placed.product, scene.pixels)
    wanted = plan.parameters["contact_shadow"] and scene.cover is None
    grounded = partial(scoring.grounded, placement=placed) if wanted else None
    product, relit = in_scene(placed.product, placed.box, scene, request.relight)
    composed = compose(product, scene.pixels, harmonise=request.harmonise, grounded=grounded)
    return replace(composed, relit=relit, cover=scene.cover)


def _redrawn(plan: Plan, scene: Scene) -> Composed:
    """As the model drew it; the true pixels go back where an edited picture shows the product as it is in its photo."""
    onto = scoring.refound(scene.pixels, plan.placed) if scene.edited else None
    return Composed(pixels=scene.pixels) if onto is None else put_back(plan.placed.product, scene.pixels, onto)


def choose_recipe(name: str, mode: Mode = "keep") -> Recipe:
    """The recipe called `name`; "auto" is one of `GPU_FIRST` where there is a GPU with its weights, else the studio.

    Raises:
        UsageError: there is none of that name.
        BadRecipe: its file is wrong.
    """
    if name != "auto":
        return recipes.get(name)
    if models.device() in ("cuda", "mps"):
        for candidate in GPU_FIRST.get(mode, ()):
            if models.recipe_is_here(recipes.get(candidate)):
                return recipes.get(candidate)
    return recipes.get("studio")


def accepted(request: Request) -> tuple[Request, Recipe]:
    """The request, in the set that it names, and its recipe; what needs no photo to be refused is refused here.

    Raises:
        UsageError: the pipeline, the size, the channel, the mode or the set cannot be had.
        BadRecipe: the recipe's file is wrong.
        CannotWrite: the folder cannot be written.
    """
    request = locked(request)
    recipe = recipes.with_lora(choose_recipe(own_backdrop.pipeline(request), request.mode), request.lora)
    own_backdrop.refuse_where_it_cannot_be(request, recipe)
    _canvas(request, recipe, (placement.MAX_SIDE, placement.MAX_SIDE))
    if request.out:
        refuse_unwritable(request.out)
    if request.mode in scenes.modes_of(recipe):
        return request, recipe
    fitting = [name for name in recipes.paths() if request.mode in scenes.modes_of(recipes.get(name))]
    raise UsageError(
        "The pipeline {recipe} cannot do {--mode} {mode}: choose {--pipeline} {fitting}.",
        recipe=recipe.name,
        mode=request.mode,
        fitting=" or ".join(fitting),
    )


def _place(request: Request, recipe: Recipe, prepared: Prepared, composition: Composition) -> Placement:
    canvas = _canvas(request, recipe, (prepared.hero.width, prepared.hero.height))
    if request.mode == "replace":
        return placement.place_surroundings(prepared.hero, prepared.mask, canvas)
    backdrop, composition = own_backdrop.standing(request, canvas, composition)
    placed = own_backdrop.stood(_stood(request, prepared, canvas, composition), backdrop)
    if not request.upscale:
        return placed
    upscaler = opened(request.upscale)
    if max(part.scale for part in (placed, *placed.parts)) <= 1:
        note = Message("{--upscale} has no effect: the photo is large enough")
        return replace(placed, notes=(*placed.notes, note))
    larger = _stood(request, prepared.enlarged(upscaler.cut_out), canvas, composition)
    larger = replace(
        larger, scale=larger.scale * upscaler.scale, models=(upscaler.used,), notes=(upscaler.note, *larger.notes)
    )
    return own_backdrop.stood(larger, backdrop)


def _stood(request: Request, prepared: Prepared, canvas: Canvas, composition: Composition) -> Placement:
    """The products on the canvas, where they are asked to stand."""
    if prepared.beside:
        cutouts = [prepared.cutout, *(one.cutout for one in prepared.beside)]
        places = [request.place, *(one.place for one in request.with_)]
        return placement.place_together(cutouts, canvas, places)
    where = _placed_at(request, prepared.cutout, canvas)
    return placement.place_product(prepared.cutout, canvas, composition, where)


def _placed_at(request: Request, cutout: Cutout, canvas: Canvas) -> Place | None:
    """As asked for; else by a look's rule, or as near as may be to where it was put by hand on another canvas."""
    if request.place is None and (box := request.held.get("place_within")):
        return placement.within(cutout, canvas, box)
    if request.place is None and (wished := request.held.get("place")):
        return placement.fitted(cutout, canvas, wished)
    return request.place


def _canvas(request: Request, recipe: Recipe, photo_size: tuple[int, int]) -> Canvas:
    """As asked for; else the recipe's size, or the photo's own where its surroundings are kept."""
    native = int(recipe.defaults.get("width", 1024)), int(recipe.defaults.get("height", 1024))
    canvas = placement.canvas_for(request.size, request.channel, photo_size if request.mode == "replace" else native)
    then = {name: request.replayed[f"canvas_{name}"] for name in CANVAS if f"canvas_{name}" in request.replayed}
    return replace(canvas, **{name: tuple(fact) if isinstance(fact, list) else fact for name, fact in then.items()})


def _subject(request: Request, prepared: Prepared, placed: Placement) -> scoring.Subject:
    """What a picture must stay true to: the product, or with mode "replace" its surroundings."""
    cutouts = prepared.cutouts
    if request.mode == "replace":
        cutouts = (Cutout(rgba=placed.product, box=Box(0, 0, placed.canvas.width, placed.canvas.height)),)
    prompt = "" if placed.backdrop is not None else request.prompt
    return scoring.Subject(cutouts=cutouts, prompt=prompt, product=request.product, confidence=prepared.confidence)


def _plan(
    request: Request,
    recipe: Recipe,
    backend: Backend,
    prepared: Prepared,
    placed: Placement,
    threshold: float,
    understanding: Understanding,
) -> Plan:
    known = {**request.held, **request.replayed}
    stated = backend.resolved() | _hyperparameters(request, recipe)
    resolved = stated | backend.settled(_first_look(request, prepared, placed, stated | known))
    resolved |= {name: value for name, value in known.items() if name in resolved}
    parameters = resolved | {
        "width": placed.canvas.width,
        "height": placed.canvas.height,
        "channel": placed.canvas.channel,
        **{f"canvas_{name}": _plain(getattr(placed.canvas, name)) for name in CANVAS},
        **recorded(request),
        **_places(request, placed),
        "contact_shadow": _lays_shadow(request, recipe),
        "seed": secrets.randbelow(2**31) if request.seed is None else request.seed,
        "threshold": threshold,
        "threshold_level": request.threshold if isinstance(request.threshold, str) else None,
        "extension": _most_added(request, recipe),
        "scene_from": request.scene_from or request.replayed.get("scene_from") or None,
        "look": request.look or request.replayed.get("look") or None,
        **own_backdrop.hashes(request),
    }
    plan = Plan(
        request=request,
        recipe=recipe,
        backend=backend,
        prepared=prepared,
        placed=placed,
        parameters=parameters,
        negative_prompt=str(parameters.get("negative_prompt", "")),
        understanding=understanding,
        notes=(*understanding.notes, *_without_effect(request, recipe, parameters)),
    )
    unread = Message(
        "nothing of the prompt was understood, so no picture was made: name a place, a surface, a colour or a light, "
        "or ask for a podium"
    )
    return replace(plan, notes=(*plan.notes, unread)) if plan.unread else plan


def _first_look(request: Request, prepared: Prepared, placed: Placement, parameters: dict[str, Any]) -> SceneRequest:
    """What a back end may look at to settle its parameters, before any seed."""
    return SceneRequest(
        prompt=request.prompt,
        product=request.product,
        placement=placed,
        seeds=(),
        mode=request.mode,
        parameters=parameters,
        views=prepared.views,
        style=prepared.style,
    )


def _hyperparameters(request: Request, recipe: Recipe) -> dict[str, Any]:
    """The recipe's defaults, with what the request says otherwise."""
    requested = {
        _setting(recipe, one): getattr(request, name)
        for name, one in options.of(Request).items()
        if one.option.setting and getattr(request, name) != one.default and _takes(recipe, one)
    }
    strength = REPAINTED.get(requested.get("init", "auto"))
    if strength and "strength" not in requested and requested["init"] != recipe.defaults.get("init"):
        requested["strength"] = strength
    return dict(recipe.defaults) | requested


def _lays_shadow(request: Request, recipe: Recipe) -> bool | None:
    """The studio renders one; diffusion forgets it now and then."""
    if request.contact_shadow is None and recipe.backend != "studio" and request.mode == "keep":
        return True
    return request.contact_shadow


def _most_added(request: Request, recipe: Recipe) -> float | str | None:
    """Only a model that paints round a kept product can paint on to it."""
    if recipe.backend == "studio" or request.mode != "keep":
        return None
    return MOST_ADDED if request.extension is None else request.extension


def _setting(recipe: Recipe, one: options.Declared) -> str:
    return "samples_per_pixel" if one.name == "steps" and recipe.backend == "studio" else one.option.setting


def _takes(recipe: Recipe, one: options.Declared) -> bool:
    match one.option.scope:
        case "studio":
            return recipe.backend == "studio"
        case "style":
            return recipe.backend == "studio" or recipe.reference is not None or recipe.defaults.get("init") == "studio"
        case "inpaint":
            return recipe.backend == "inpaint"
        case "reference":
            return recipe.reference is not None
        case "control":
            return bool(recipe.control)
        case "diffusion":
            return recipe.backend != "studio" or one.option.setting in recipe.defaults
    return True


def _without_effect(request: Request, recipe: Recipe, parameters: Mapping[str, Any]) -> Iterator[str]:
    """Nothing is silent: the options that this recipe has no use for."""
    for name, one in options.of(Request).items():
        if getattr(request, name) == one.default:
            continue
        if not _takes(recipe, one):
            yield Message("{option} has no effect with the pipeline {recipe}", option=one.flag, recipe=recipe.name)
        elif request.mode not in MODES_OF.get(one.option.scope, (request.mode,)):
            yield Message("{option} has no effect with {--mode} {mode}", option=one.flag, mode=request.mode)
    if request.lora and recipe.model and request.lora not in request.prompt:
        yield Message("{--lora}: the prompt does not name {name}, so little of it will be seen", name=request.lora)
    unseen = recipe.backend == "inpaint" and parameters.get("strength") == 1 and not recipe.follows(request.init)
    if unseen and REPAINTED.get(request.init or "auto", 1) < 1:
        yield Message("{--init} {init} has no effect with {--strength} 1: give less", init=request.init)


def _scenes(plan: Plan, recording: Recording, clock: _Stopwatch, report: Report) -> Iterator[Scene]:
    """One scene per seed, none of an unread prompt; an explicit --keep goes on while too few pass."""
    if plan.unread:
        return
    request, first = plan.request, recording.record.parameters.seed
    budget = request.count if request.keep is None else REROLL * request.count
    wanted = request.count
    while wanted > 0:
        start = first + len(recording.candidates)
        made = plan.backend.make(_scene_request(plan, range(start, start + wanted)), report)
        for _ in range(wanted):
            with clock("scene"):
                scene = next(made)
            yield scene
            done = len(recording.candidates)
            report(_progress("picture", done, request))
        wanted = min((request.keep or 0) - recording.passed, budget - len(recording.candidates))


def _scene_request(plan: Plan, seeds: range) -> SceneRequest:
    return SceneRequest(
        prompt=plan.request.prompt,
        negative_prompt=plan.negative_prompt,
        product=plan.request.product,
        placement=plan.placed,
        seeds=tuple(seeds),
        mode=plan.request.mode,
        parameters=plan.parameters,
        views=plan.prepared.views,
        style=plan.prepared.style,
    )


def _places(request: Request, placed: Placement) -> dict[str, Any]:
    """Where the product stands, and that again where it is not there by the rule for every canvas."""
    used = placed.place and list(placed.place)
    given = request.place or request.held.get("place") or request.held.get("place_within") or request.with_
    return {"place": used, "place_asked": used if given else None}


def _plain(fact: Any) -> Any:
    """As JSON gives it back."""
    return list(fact) if isinstance(fact, tuple) else fact


@dataclass(eq=False)
class _Stopwatch:
    """Seconds spent in each step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] = round(self.seconds.get(step, 0.0) + time.perf_counter() - start, 4)
