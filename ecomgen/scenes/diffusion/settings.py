"""What can be set on a diffusion run: a recipe's [defaults], and a request's values over them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ecomgen.errors import BadRecipe, UsageError
from ecomgen.recipes import Recipe
from ecomgen.types import Parameters

Init = Literal["auto", "studio", "photo", "blur", "noise"]
Framing = Literal["auto", "whole", "crop", "windows"]


class Knobs(BaseModel):
    """One diffusion run's settings. Where scheduler, width or height is None, the checkpoint's own is taken."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    scheduler: str | None = None
    num_inference_steps: int = Field(default=30, ge=1, le=1000)
    guidance_scale: float = Field(default=7.5, ge=0, le=100)
    strength: float = Field(default=1.0, gt=0, le=1)
    width: int | None = Field(default=None, ge=64, le=4096, multiple_of=8)  # native: what the model was trained on
    height: int | None = Field(default=None, ge=64, le=4096, multiple_of=8)
    negative_prompt: str = ""
    init: Init = "auto"  # the first image: a plain corner round the product, or the surroundings' colours in the hole
    framing: Framing = "auto"  # how a canvas that is not the model's size and shape is made
    mask_grow: int = Field(default=0, ge=0, le=16)  # latent cells, into what is kept
    mask_feather: int = Field(default=1, ge=0, le=16)  # latent cells; for models that blend at each step
    border_strength: float = Field(default=0.0, ge=0, le=1)  # of the second pass over the product's border; 0: none
    reference_scale: float = Field(default=0.5, ge=0, le=2)  # of the IP-Adapter
    control_scale: float = Field(default=0.6, ge=0, le=2)  # of the ControlNet
    compile: bool = False  # torch.compile: minutes once, then faster steps


_OF_THE_CANVAS = {"width", "height"}
_ASKED = tuple(name for name in Knobs.model_fields if name not in _OF_THE_CANVAS)


def of_recipe(recipe: Recipe, *, strength: float) -> Knobs:
    """The recipe's defaults, `strength` where it names none.

    Raises:
        BadRecipe: a key is unknown or its value out of range, or the scheduler does not exist.
    """
    try:
        knobs = Knobs.model_validate({"strength": strength, **recipe.defaults})
    except ValidationError as error:
        raise BadRecipe(f"The recipe {recipe.name} is wrong at defaults.{_first(error)}. Correct the file.") from error
    _require_scheduler(knobs.scheduler, f"The recipe {recipe.name}")
    return knobs


def of_request(defaults: Knobs, asked: Parameters) -> Knobs:
    """The request's values over the recipe's. A canvas's width and height are not the model's, and are left alone.

    Raises:
        UsageError: a value is out of range, or so small that no step would be taken.
        BadRecipe: the scheduler does not exist.
    """
    given = {name: asked[name] for name in _ASKED if asked.get(name) is not None}
    try:
        knobs = Knobs.model_validate({**defaults.model_dump(), **given})
    except ValidationError as error:
        raise UsageError(f"The value of {_first(error)}. Give another.") from error
    _require_a_step("strength", knobs.strength, knobs.num_inference_steps)
    if knobs.border_strength:
        _require_a_step("border strength", knobs.border_strength, knobs.num_inference_steps)
    _require_scheduler(knobs.scheduler, "The request")
    return knobs


def _require_a_step(what: str, strength: float, steps: int) -> None:
    if int(steps * strength) < 1:
        raise UsageError(f"A {what} of {strength:g} leaves no step of {steps}: use {int(1 / strength) + 1} steps.")


FLOW = "FlowMatchEulerDiscreteScheduler"  # of FLUX, and of nothing else here


def scheduler_names() -> tuple[str, ...]:
    """The diffusers schedulers that a recipe may name: those whose pictures a seed alone determines."""
    from diffusers.schedulers.scheduling_utils import KarrasDiffusionSchedulers

    unfit = {"DPMSolverSDEScheduler", "EDMEulerScheduler"}  # noise of its own seed; another noise schedule
    return (*sorted({one.name for one in KarrasDiffusionSchedulers} - unfit), "LCMScheduler", "TCDScheduler")


def _require_scheduler(name: str | None, who: str) -> None:
    if name is not None and name not in (*scheduler_names(), FLOW):
        names = ", ".join(scheduler_names())
        raise BadRecipe(f"{who} asks for the scheduler {name!r}, which does not exist. Choose one of: {names}.")


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])} is {first['input']!r}: {first['msg']}"
