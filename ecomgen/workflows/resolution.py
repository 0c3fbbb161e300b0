"""What a request comes to: its recipe, its parameters, and what of it has no effect."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ecomgen import models, options, placement, recipes, scenes
from ecomgen.errors import UsageError
from ecomgen.export.run_folder import CONTENTS, refuse_replacing, refuse_unwritable
from ecomgen.messages import Message
from ecomgen.options.declared import REPAINTED
from ecomgen.recipes import Recipe
from ecomgen.request import FILES, Request, file_hashes, recorded
from ecomgen.types import Mode
from ecomgen.workflows import given_files, own_backdrop, position
from ecomgen.workflows.recorder import Plan
from ecomgen.workflows.scene_lock import locked

MOST_ADDED = 0.1  # of the product's area, that the scene may paint on to it
OLDER = {"set_ideas": 0}  # what a record means that does not say it: seeds did not take turns
MODES_OF = {"keep": ("keep",), "placed": ("keep", "redraw")}  # in which an option of such a scope has an effect
# what "auto" prefers, by mode, where there is a GPU and the weights are here; no plain inpainting to keep: it extends
GPU_FIRST: dict[str, tuple[str, ...]] = {
    "keep": ("photographic-sdxl", "photographic", "sdxl-background", "sd2-background"),
    "replace": ("sdxl-inpaint", "sd15-inpaint"),
}
UNREAD = Message(
    "nothing of the prompt was understood, so no picture was made: name a place, a surface, a colour or a light, "
    "or ask for a podium"
)


def choose_recipe(name: str, mode: Mode = "keep") -> Recipe:
    """The recipe called `name`; "auto" is one of `GPU_FIRST` where there is a GPU with its weights, else the studio.

    Of several the first that the GPU's memory holds whole, if there is one.

    Raises:
        UsageError: there is none of that name.
        BadRecipe: its file is wrong.
    """
    if name != "auto":
        return recipes.get(name)
    if models.device() == "cpu":
        return recipes.get("studio")
    here = [recipe for recipe in map(recipes.get, GPU_FIRST.get(mode, ())) if models.recipe_is_here(recipe)]
    fitting = [recipe for recipe in here if (recipe.memory.vram_gib or 0) * 2**30 <= models.total_memory()]
    return next(iter(fitting or here), recipes.get("studio"))


def accepted(request: Request) -> tuple[Request, Recipe]:
    """The request, in the set that it names, and its recipe; what needs no photo to be refused is refused here.

    Raises:
        UsageError: the pipeline, the size, the channel, the mode or the set cannot be had.
        BadRecipe: the recipe's file is wrong.
        BadPhoto, BadInput: a file that it names beside its photos cannot be read.
        CannotWrite: the folder cannot be written.
    """
    request = locked(request)
    given_files.refuse_unreadable(request)
    name = "studio" if request.backdrop and request.pipeline == "auto" else request.pipeline
    recipe = recipes.with_lora(choose_recipe(name, request.mode), request.lora)
    own_backdrop.refuse_where_it_cannot_be(request, recipe)
    position.canvas_of(request, recipe, (placement.MAX_SIDE, placement.MAX_SIDE))
    if request.out:
        refuse_unwritable(request.out)
        if not (request.out / "run.json").exists():  # an earlier run is moved, and nothing of it replaced
            beside = (photo for one in request.with_ for photo in one.photos)
            given = filter(None, (getattr(request, name) for name in FILES))
            refuse_replacing((request.out / name for name in CONTENTS), (*request.photos, *beside, *given))
    if request.mode in scenes.modes_of(recipe):
        return request, recipe
    fitting = [one.name for one in recipes.readable() if request.mode in scenes.modes_of(one)]
    raise UsageError(
        "The pipeline {recipe} cannot do {--mode} {mode}: choose {--pipeline} {fitting}.",
        recipe=recipe.name,
        mode=request.mode,
        fitting=" or ".join(fitting),
    )


def resolved(plan: Plan, threshold: float) -> Plan:
    """The plan with every parameter settled, and with what has no effect among its notes."""
    request, recipe = plan.request, plan.recipe
    told = {**request.held, **request.replayed}
    sized = position.size_facts(request, plan.placed)
    known = sized | (OLDER | told if told else told)
    known |= {} if "set_standing" in told else sized  # a set's scale holds for the canvas that it was built for
    stated = plan.backend.resolved() | _hyperparameters(request, recipe)
    first_look = replace(plan, parameters=stated | known).scene_request(())
    settings = stated | plan.backend.settled(first_look)
    settings |= {name: value for name, value in known.items() if name in settings}
    parameters = settings | {
        **position.canvas_facts(plan.placed.canvas),
        **recorded(request),
        **position.place_facts(request, plan.placed),
        "contact_shadow": _lays_shadow(request, recipe),
        "seed": secrets.randbelow(2**31) if request.seed is None else request.seed,
        "threshold": threshold,
        "threshold_level": request.threshold if isinstance(request.threshold, str) else None,
        "extension": _most_added(request, recipe),
        "scene_from": request.scene_from or request.replayed.get("scene_from") or None,
        "look": request.look or request.replayed.get("look") or None,
        **file_hashes(request),
        "repair_settings": plan.prepared.repair and plan.prepared.repair.settings,
    }
    notes = (*plan.notes, *_without_effect(request, recipe, parameters), *([UNREAD] if plan.unread else []))
    return replace(plan, parameters=parameters, notes=notes)


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
    if unseen and request.init in REPAINTED:
        yield Message("{--init} {init} has no effect with {--strength} 1: give less", init=request.init)
