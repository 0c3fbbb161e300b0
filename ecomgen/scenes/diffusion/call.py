"""What a pipeline is called with: ours by its own names, and what the recipe adds; nothing that it does not take."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, Literal

from ecomgen.errors import BadRecipe
from ecomgen.messages import Message
from ecomgen.models.quiet import quiet
from ecomgen.recipes import Recipe
from ecomgen.toml_table import WRONG

Task = Literal["inpaint", "img2img"]
OURS = frozenset({
    "prompt", "negative_prompt", "image", "mask_image", "control_image", "controlnet_conditioning_scale",
    "control_guidance_start", "control_guidance_end", "width", "height", "num_inference_steps", "guidance_scale",
    "strength",
})  # fmt: skip
_NEEDED: dict[Task, tuple[str, ...]] = {"inpaint": ("image", "mask_image"), "img2img": ("image",)}
_NOT_THEIRS = frozenset({
    "generator", "latents", "output_type", "return_dict", "num_images_per_prompt", "callback_on_step_end",
    "callback_on_step_end_tensor_inputs", "prompt_embeds", "negative_prompt_embeds", "clip_skip",
})  # fmt: skip # what every call sets itself, or what an encoded prompt makes void
_UNSEEDED = frozenset({"stochastic_sampling"})  # options by which a scheduler draws noise that no seed determines


def pipeline_class(recipe: Recipe) -> Any | None:
    """The diffusers class that the recipe names; None where it names none.

    Raises:
        BadRecipe: diffusers has no pipeline of that name.
    """
    name = recipe.model.pipeline if recipe.model else None
    if name is None:
        return None
    with quiet("diffusers"):
        import diffusers
        from diffusers.pipelines.pipeline_utils import DiffusionPipeline

        kind = getattr(diffusers, name, None)
    if not (inspect.isclass(kind) and issubclass(kind, DiffusionPipeline)):
        reason = Message("diffusers {version} has no pipeline {name!r}", version=diffusers.__version__, name=name)
        raise wrong(recipe, "model.pipeline", reason)
    return kind


def takes(kind: Any, recipe: Recipe, name: str) -> bool:
    """Whether the pipeline has an argument for this one of ours."""
    return _theirs(recipe.call, name) in _arguments_of(kind)


def arguments(kind: Any, recipe: Recipe, ours: Mapping[str, Any]) -> dict[str, Any]:
    """Ours by the pipeline's names, and the recipe's constants; what goes over a border may be another pipeline."""
    named = {_theirs(recipe.call, name): value for name, value in ours.items() if takes(kind, recipe, name)}
    known = _arguments_of(kind)
    constants = {key: value for key, value in recipe.call.items() if not _renames(key, value)}
    return {**named, **{key: value for key, value in constants.items() if key in known}}


def require_call(kind: Any, recipe: Recipe, task: Task) -> None:
    """See that the pipeline can do the task, and that it has every argument that the recipe's [call] names.

    Raises:
        BadRecipe: it cannot, or has not.
    """
    known = _arguments_of(kind)
    for key, value in recipe.call.items():
        argument = value if _renames(key, value) else key
        if argument not in known or argument in _NOT_THEIRS:
            reason = Message(
                "{pipeline} takes no argument {name!r} from a recipe", pipeline=kind.__name__, name=argument
            )
            raise wrong(recipe, f"call.{key}", reason)
    absent = next((name for name in _NEEDED[task] if not takes(kind, recipe, name)), None)
    if absent:
        reason = Message(
            "{pipeline} takes no {name}, which {task} needs", pipeline=kind.__name__, name=absent, task=task
        )
        raise wrong(recipe, "model.pipeline", reason)
    if task == "img2img" and takes(kind, recipe, "mask_image"):
        raise inpaints_only(recipe)


def inpaints_only(recipe: Recipe) -> BadRecipe:
    """The error for a recipe that asks a model that inpaints for the whole picture."""
    return BadRecipe('{recipe}: its model was trained to inpaint only. Set backend = "inpaint".', recipe=recipe.name)


def scheduler_options(name: str, recipe: Recipe) -> dict[str, Any]:
    """The recipe's options that the scheduler called `name` has: a request may have chosen another than the recipe."""
    known = _options_of(name)
    return {key: value for key, value in recipe.scheduler.items() if key in known}


def require_scheduler_options(name: str, recipe: Recipe) -> None:
    """See that the recipe's own scheduler has all of its options.

    Raises:
        BadRecipe: it has not, or noise would not follow from the seed.
    """
    for key in recipe.scheduler:
        if key not in _options_of(name) or key in _UNSEEDED:
            reason = Message("{scheduler} has no option {name!r} for a recipe", scheduler=name, name=key)
            raise wrong(recipe, f"scheduler.{key}", reason)


def _renames(key: str, value: Any) -> bool:
    """Whether an entry of [call] tells the pipeline's name for one of ours; otherwise it is a constant."""
    return key in OURS and isinstance(value, str)


def _theirs(call: Mapping[str, Any], name: str) -> str:
    value = call.get(name)
    return value if isinstance(value, str) and name in OURS else name


def _arguments_of(kind: Any) -> frozenset[str]:
    return frozenset(inspect.signature(kind.__call__).parameters) - {"self"}


def _options_of(scheduler: str) -> frozenset[str]:
    import diffusers

    return frozenset(inspect.signature(getattr(diffusers, scheduler).__init__).parameters) - {"self"}


def wrong(recipe: Recipe, key: str, reason: str) -> BadRecipe:
    """The error for a key of a recipe, with its file."""
    return BadRecipe(WRONG, file=f"{recipe.name}.toml", key=key, reason=reason)
