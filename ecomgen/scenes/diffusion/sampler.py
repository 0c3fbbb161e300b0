"""One call of the pipeline: several pictures side by side, each as if it were alone."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from ecomgen.scenes.diffusion.regions import Size, over, resized
from ecomgen.types import Progress, drafts_wanted

if TYPE_CHECKING:
    from ecomgen.scenes.diffusion.loader import Loaded
    from ecomgen.scenes.diffusion.settings import DiffusionSettings
    from ecomgen.types import Pixels, Report

_LOOKS = 6  # previews a call, at most: each costs a little of a step
_SMALL = 384  # pixels of a preview's longer side


@dataclass(frozen=True, kw_only=True, eq=False)
class Guidance:
    """What a request says to the model, encoded once for all its pictures."""

    words: dict[str, Any]  # the prompts' tensors, by the pipeline's names, for one picture
    references: list[Any] | None = None  # the IP-Adapter's view of the photos, for one picture


@dataclass(frozen=True, kw_only=True, eq=False)
class Draw:
    """One window of one or several pictures."""

    images: Sequence[Pixels]  # each HxWx3: what the model starts from
    known: Sequence[Pixels]  # each HxWx4: what is kept
    mask: Image.Image | None  # mode L, white where the model paints; None: everywhere
    control: Image.Image | None
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
        draft = self._draft(pipe, values["latents"]) if wanted else None
        self.journey.step(step + 1, pipe.num_timesteps, draft)
        return {}

    def _draft(self, pipe: Any, latents: Any) -> Pixels:
        """The first picture as it is now, with what is kept over it, made small."""
        size = self.draw.size
        if latents.ndim == 3:  # FLUX packs them in patches
            latents = pipe._unpack_latents(latents, size.height, size.width, pipe.vae_scale_factor)
        rough = resized(self.loaded.look(latents[0]), size)
        scale = min(1.0, _SMALL / max(size))
        return resized(over(self.draw.known[0], rough), Size(round(size.width * scale), round(size.height * scale)))


def sample(
    loaded: Loaded,
    pipe: Any,
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
    output = pipe(
        **_words(guidance.words, count),
        **_references(loaded, guidance, settings),
        **_pictures(draw, count),
        **_control(pipe, draw, settings, count),
        num_inference_steps=settings.num_inference_steps,
        guidance_scale=settings.guidance_scale,
        strength=draw.strength,
        generator=list(generators),
        callback_on_step_end=_Steps(loaded=loaded, draw=draw, journey=journey),
        output_type="np",
    )
    journey.call += 1
    flagged = getattr(output, "nsfw_content_detected", None) or [False] * count
    return Sampled(
        pictures=[(np.nan_to_num(one).clip(0, 1) * 255).round().astype(np.uint8) for one in output.images],
        withheld=[bool(flag) for flag in flagged],
        overflowed=not np.isfinite(output.images).all(),
    )


def _words(words: dict[str, Any], count: int) -> dict[str, Any]:
    return {name: tensor.repeat(count, *[1] * (tensor.ndim - 1)) for name, tensor in words.items()}


def _references(loaded: Loaded, guidance: Guidance, settings: DiffusionSettings) -> dict[str, Any]:
    if guidance.references is None:
        return {}
    loaded.pipe.set_ip_adapter_scale(settings.reference_scale)
    return {"ip_adapter_image_embeds": guidance.references}


def _pictures(draw: Draw, count: int) -> dict[str, Any]:
    """Inpainting takes mask and size by name, image to image the size from its picture."""
    images = [Image.fromarray(picture) for picture in draw.images]
    if draw.mask is None:
        return {"image": images}
    return {"image": images, "mask_image": [draw.mask] * count, "width": draw.size.width, "height": draw.size.height}


def _control(pipe: Any, draw: Draw, settings: DiffusionSettings, count: int) -> dict[str, Any]:
    if draw.control is None or not hasattr(pipe, "controlnet"):
        return {}
    options = {"control_image": [draw.control] * count, "controlnet_conditioning_scale": settings.control_scale}
    return options if draw.mask is not None else {**options, "width": draw.size.width, "height": draw.size.height}
