"""One call of the pipeline: several pictures side by side, each as if it were alone."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image

from ecomgen.color import to_bytes
from ecomgen.recipes import Recipe
from ecomgen.scenes.diffusion.additions import style_layers
from ecomgen.scenes.diffusion.call import arguments
from ecomgen.scenes.diffusion.loader import Loaded
from ecomgen.scenes.diffusion.regions import Size, over, resized
from ecomgen.scenes.diffusion.settings import DiffusionSettings
from ecomgen.types import Pixels, Progress, Report, drafts_wanted

_LOOKS = 6  # previews a call, at most: each costs a little of a step
_SMALL = 384  # pixels of a preview's longer side


@dataclass(frozen=True, kw_only=True, eq=False)
class Guidance:
    """What a request says to the model, encoded once for all its pictures."""

    words: dict[str, Any]  # the prompts' tensors, by the pipeline's names, for one picture
    references: list[Any] | None = None  # the IP-Adapter's view of the photos, for one picture
    styled: bool = False  # that is of a picture whose style alone counts


@dataclass(frozen=True, kw_only=True, eq=False)
class Draw:
    """One window of one or several pictures."""

    images: Sequence[Pixels]  # each HxWx3: what the model starts from
    known: Sequence[Pixels]  # each HxWx4: what is kept
    mask: Image.Image | None  # mode L, white where the model paints; None: everywhere
    controls: Sequence[Sequence[Any]]  # what each ControlNet follows in each picture: an image, or HxWx3 of numbers
    strength: float

    @property
    def size(self) -> Size:
        height, width = self.images[0].shape[:2]
        return Size(width, height)


@dataclass(frozen=True, kw_only=True, eq=False)
class Sampled:
    """What came of a call."""

    pictures: list[Pixels]  # each HxWx3; black where the model's arithmetic overflowed
    withheld: list[bool]  # by the safety checker
    overflowed: bool


@dataclass(kw_only=True)
class Journey:
    """How far a batch is in its windows and passes, told step by step; it asks whether to stop as often."""

    report: Report
    batch: int
    before: int  # pictures finished earlier
    pictures: int  # of the request
    calls: int  # of the pipeline, for each picture
    call: int = 0
    unit: int = 0  # steps of the first call, in which all calls are counted
    steps: list[float] = field(default_factory=list)  # when each step of the call in hand ended

    def step(self, number: int, of: int, draft: Pixels | None) -> None:
        """Tell that a step is done.

        Raises:
            Cancelled: the report asks to stop.
        """
        self.steps.append(time.perf_counter())
        self.unit = self.unit or of
        here = self.call * self.unit + number * self.unit // of
        done = self.before * self.unit * self.calls + here * self.batch
        total = self.pictures * self.unit * self.calls
        self.report(Progress(step="scene", done=done, total=total, message="Sampling", draft=draft))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Steps:
    """The pipeline's `callback_on_step_end`."""

    loaded: Loaded
    draw: Draw
    journey: Journey

    def __call__(self, pipe: Any, step: int, timestep: Any, values: dict[str, Any]) -> dict[str, Any]:
        del timestep
        every = max(pipe.num_timesteps // _LOOKS, 1)
        wanted = drafts_wanted(self.journey.report) and (step + 1) % every == 0 and step + 1 < pipe.num_timesteps
        draft = self._draft(pipe, values["latents"]) if wanted and self._can_look(pipe, values["latents"]) else None
        self.journey.step(step + 1, pipe.num_timesteps, draft)
        return {}

    def _can_look(self, pipe: Any, latents: Any) -> bool:
        """Whether latents are a picture's, one after another, or packed in patches as FLUX's, of the size asked for."""
        if type(pipe.vae).__name__ != "AutoencoderKL":
            return False
        patches = self.draw.size.width * self.draw.size.height // (2 * pipe.vae_scale_factor) ** 2
        return latents.ndim == 4 or (hasattr(pipe, "_unpack_latents") and latents.shape[1] == patches)

    def _draft(self, pipe: Any, latents: Any) -> Pixels:
        """The first picture as it is now, with what is kept over it, made small."""
        size = self.draw.size
        if latents.ndim == 3:  # FLUX packs them in patches
            latents = pipe._unpack_latents(latents, size.height, size.width, pipe.vae_scale_factor)
        rough = resized(self.loaded.look(latents[0]), size)
        scale = min(1.0, _SMALL / max(size))
        return resized(over(self.draw.known[0], rough), Size(round(size.width * scale), round(size.height * scale)))


@dataclass(frozen=True, eq=False)
class Caller:
    """The pipeline that is called, and the recipe that says by which names."""

    loaded: Loaded
    pipe: Any
    recipe: Recipe


def sample(
    caller: Caller,
    guidance: Guidance,
    settings: DiffusionSettings,
    draw: Draw,
    generators: Sequence[Any],
    journey: Journey,
) -> Sampled:
    """Call the pipeline, with the lock held.

    Every input is given once per picture: from one shared image, diffusers would draw its noise from the first
    picture's generator only, and a seed would make another picture in a batch than alone.
    """
    count = len(draw.images)
    journey.steps = [time.perf_counter()]
    ours = {
        **_words(guidance.words, count),
        **_references(caller.loaded, guidance, settings),
        **_pictures(caller, draw, settings, count),
        "num_inference_steps": settings.num_inference_steps,
        "guidance_scale": settings.guidance_scale,
        "strength": draw.strength,
        "generator": _one_or_all(list(generators)),
        "callback_on_step_end": _Steps(loaded=caller.loaded, draw=draw, journey=journey),
        "output_type": "np",
    }
    try:
        output = caller.pipe(**arguments(type(caller.pipe), caller.recipe, ours))
    except BaseException:
        caller.pipe.maybe_free_model_hooks()  # what came to the card for its work leaves it
        raise
    journey.call += 1
    images = np.asarray(output.images)
    flagged = getattr(output, "nsfw_content_detected", None) or [False] * count
    return Sampled(
        pictures=[resized(to_bytes(np.nan_to_num(one)), draw.size) for one in images],
        withheld=[bool(flag) for flag in flagged],
        overflowed=not np.isfinite(images).all(),
    )


def _one_or_all(values: list[Any]) -> Any:
    """A single value by itself: to some pipelines a list means several pictures for one prompt."""
    return values[0] if len(values) == 1 else values


def _words(words: dict[str, Any], count: int) -> dict[str, Any]:
    return {
        name: _one_or_all([one] * count) if isinstance(one, str) else one.repeat(count, *[1] * (one.ndim - 1))
        for name, one in words.items()
    }


def _references(loaded: Loaded, guidance: Guidance, settings: DiffusionSettings) -> dict[str, Any]:
    if guidance.references is None:
        return {}
    scale = settings.reference_scale
    loaded.pipe.set_ip_adapter_scale(style_layers(loaded.pipe.unet, scale) if guidance.styled else scale)
    return {"ip_adapter_image_embeds": guidance.references}


def _pictures(caller: Caller, draw: Draw, settings: DiffusionSettings, count: int) -> dict[str, Any]:
    pictures = {"image": _one_or_all([Image.fromarray(picture) for picture in draw.images]), **draw.size._asdict()}
    if draw.mask is not None:
        pictures["mask_image"] = _one_or_all([draw.mask] * count)
    return pictures | (_steering(caller.recipe, draw, settings) if hasattr(caller.pipe, "controlnet") else {})


def _steering(recipe: Recipe, draw: Draw, settings: DiffusionSettings) -> dict[str, Any]:
    """What the ControlNets follow, how closely, and when."""
    if not recipe.control:
        return {}
    images = [_as_one(list(followed), several=len(draw.controls) > 1) for followed in draw.controls]
    return {
        "control_image": _one_or_all(images),
        "controlnet_conditioning_scale": _one_or_all([settings.control_scale * one.scale for one in recipe.control]),
        "control_guidance_start": _one_or_all([one.start for one in recipe.control]),
        "control_guidance_end": _one_or_all([one.end for one in recipe.control]),
    }


def _as_one(followed: list[Any], *, several: bool) -> Any:
    """Images as they are; as one tensor for several ControlNets, which take no lists, and where they are numbers."""
    import torch

    if not several and all(isinstance(one, Image.Image) for one in followed):
        return _one_or_all(followed)
    arrays = [np.asarray(one, np.float32) / (255 if isinstance(one, Image.Image) else 1) for one in followed]
    return torch.from_numpy(np.stack(arrays)).permute(0, 3, 1, 2)
