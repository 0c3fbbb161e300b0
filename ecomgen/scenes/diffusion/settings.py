"""What can be set on a diffusion run: a recipe's [defaults], and a request's values over them."""

from __future__ import annotations

from pydantic import Field, ValidationError

from ecomgen.errors import BadRecipe, UsageError
from ecomgen.messages import Message
from ecomgen.options import declared
from ecomgen.recipes import Recipe
from ecomgen.toml_table import Table, wrong
from ecomgen.types import Parameters


class DiffusionSettings(Table, allow_inf_nan=False):
    """One diffusion run's settings. Where scheduler, width or height is None, the checkpoint's own is taken."""

    scheduler: str | None = None
    num_inference_steps: declared.Steps = 30
    guidance_scale: declared.GuidanceScale = 7.5
    strength: declared.Strength = 1.0
    width: int | None = Field(default=None, ge=64, le=4096, multiple_of=8)  # native: what the model was trained on
    height: int | None = Field(default=None, ge=64, le=4096, multiple_of=8)
    negative_prompt: declared.NegativePrompt = ""
    init: declared.FirstImage = "auto"  # a plain corner round the product, or the surroundings' colours in the hole
    framing: declared.CanvasFraming = "auto"
    mask_grow: declared.MaskGrow = 0
    mask_feather: declared.MaskFeather = 1
    border_strength: declared.BorderStrength = 0.0
    reference_scale: declared.ReferenceScale = 0.5
    control_scale: declared.ControlScale = 0.6
    compile: declared.Compile = False
    clip_skip: int = Field(default=0, ge=0, le=11)  # the last layers of CLIP that are left out
    refine_strength: float = Field(default=0.3, ge=0, le=1)  # of the tiles that sharpen a canvas over the model's size
    seeds_a_set: int = Field(default=1, ge=1, le=64)  # of a studio's first image: so many seeds share its set


_OF_THE_CANVAS = {"width", "height"}
_ASKED = tuple(name for name in DiffusionSettings.model_fields if name not in _OF_THE_CANVAS)


def of_recipe(recipe: Recipe, *, strength: float) -> DiffusionSettings:
    """The recipe's defaults, `strength` where it names none.

    Raises:
        BadRecipe: a key is unknown or its value out of range, or the scheduler does not exist.
    """
    with wrong(BadRecipe, f"{recipe.name}.toml", "defaults"):
        settings = DiffusionSettings.model_validate({"strength": strength, **recipe.defaults})
    _require_scheduler(settings.scheduler, f"The recipe {recipe.name}")
    return settings


def of_request(defaults: DiffusionSettings, requested: Parameters) -> DiffusionSettings:
    """The request's values over the recipe's. A canvas's width and height are not the model's, and are left alone.

    Raises:
        UsageError: a value is out of range, or so small that no step would be taken.
        BadRecipe: the scheduler does not exist.
    """
    given = {name: requested[name] for name in _ASKED if requested.get(name) is not None}
    try:
        settings = DiffusionSettings.model_validate({**defaults.model_dump(), **given})
    except ValidationError as error:
        raise UsageError("The value of {fault}. Give another.", fault=_first(error)) from error
    _require_a_step(Message("strength"), settings.strength, settings.num_inference_steps)
    if settings.border_strength:
        _require_a_step(Message("border strength"), settings.border_strength, settings.num_inference_steps)
    _require_scheduler(settings.scheduler, "The request")
    return settings


def _require_a_step(what: str, strength: float, steps: int) -> None:
    if int(steps * strength) < 1:
        raise UsageError(
            "A {what} of {value:g} leaves no step of {steps}: use {needed} steps.",
            what=what,
            value=strength,
            steps=steps,
            needed=int(1 / strength) + 1,
        )


FLOW = "FlowMatchEulerDiscreteScheduler"  # of models that learnt flows: FLUX, Stable Diffusion 3, and what came after


def scheduler_names() -> tuple[str, ...]:
    """The diffusers schedulers that a recipe may name: those whose pictures a seed alone determines."""
    from diffusers.schedulers.scheduling_utils import KarrasDiffusionSchedulers

    unfit = {"DPMSolverSDEScheduler", "EDMEulerScheduler"}  # noise of its own seed; another noise schedule
    return (*sorted({one.name for one in KarrasDiffusionSchedulers} - unfit), "LCMScheduler", "TCDScheduler")


def _require_scheduler(name: str | None, who: str) -> None:
    if name is not None and name not in (*scheduler_names(), FLOW):
        names = ", ".join(scheduler_names())
        raise BadRecipe(
            "{who} asks for the scheduler {scheduler!r}, which does not exist. Choose one of: {known}.",
            who=who,
            scheduler=name,
            known=names,
        )


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])} is {first['input']!r}: {first['msg']}"
