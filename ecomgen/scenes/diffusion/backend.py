"""The diffusion back end: recipe and request in, one scene per seed out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from ecomgen.errors import UsageError
from ecomgen.models import device, used_by_recipe
from ecomgen.scenes.diffusion import checkpoint as checkpoints
from ecomgen.scenes.diffusion import knobs as settings_of
from ecomgen.scenes.diffusion.checkpoint import Checkpoint
from ecomgen.scenes.diffusion.knobs import Knobs
from ecomgen.scenes.diffusion.loading import Loaded, Task, dtype_of, load, quiet, too_little_memory
from ecomgen.scenes.diffusion.pictures import Size, working_size
from ecomgen.types import Progress, Scene, Understanding

if TYPE_CHECKING:
    from ecomgen.recipes import Recipe
    from ecomgen.types import Mode, ModelUsed, Pixels, Report, SceneRequest

_BATCH = 4  # pictures at a time on a graphics card; one on the CPU, whose batched kernels do not promise equal bits
Pictures = dict[str, Image.Image]  # what the pipeline is called with: image, and for inpainting mask_image


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What tells inpaint from img2img."""

    task: Task
    modes: frozenset[Mode]
    strength: float  # where a recipe names none
    pictures: Callable[[SceneRequest, Size], Pictures]
    prompt: Callable[[SceneRequest], str]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Call:
    """One request, ready for the pipeline."""

    loaded: Loaded
    knobs: Knobs
    scheduler: str
    prompt: str
    negative: str
    pictures: Pictures
    size: Size


class DiffusionBackend:
    """Stable Diffusion 1.x, 2.x or XL through diffusers, for one recipe."""

    def __init__(self, kind: Kind, recipe: Recipe) -> None:
        """Find the weights and check the recipe; nothing is loaded yet.

        Raises:
            BadRecipe, WeightsMissing, WeightsCorrupt: as `knobs.of_recipe` and `checkpoint.of_recipe`.
        """
        self._kind, self._recipe = kind, recipe
        self._defaults = settings_of.of_recipe(recipe, strength=kind.strength)
        self._checkpoint: Checkpoint = checkpoints.of_recipe(recipe)
        self.modes = kind.modes
        self.device = device()
        self.batch = 1 if self.device == "cpu" else _BATCH

    @cached_property
    def models(self) -> tuple[ModelUsed, ...]:
        """The weights, hashed at the first look."""
        return used_by_recipe(self._recipe)

    def understand(self, prompt: str, product: str = "") -> Understanding:
        """Nothing: a diffusion model takes the prompt as it is."""
        del prompt, product
        return Understanding()

    def resolved(self) -> dict[str, Any]:
        """Every setting that the recipe leaves to us, as this machine and the checkpoint decide it."""
        settings = self._defaults.model_dump(exclude={"width", "height"})
        scheduler = self._defaults.scheduler or self._checkpoint.scheduler
        return {**settings, "scheduler": scheduler, "dtype": dtype_of(self._recipe)}

    def settled(self, request: SceneRequest) -> dict[str, Any]:
        """Nothing: diffusion looks at the placed product alone."""
        del request
        return {}

    def make(self, request: SceneRequest, report: Report) -> Iterator[Scene]:
        """One scene per seed, in order. A picture depends on its seed and the request, not on its neighbours.

        Raises:
            UsageError: the mode or a parameter does not fit.
            Cancelled: from `report`, between two steps; the pipeline stays fit for use.
            WeightsCorrupt, BackendMissing, BadRecipe: as `loading.load`.
        """
        if request.mode not in self.modes:
            others = " or ".join(sorted(self.modes))
            raise UsageError(f"The pipeline {self._recipe.name} cannot do --mode {request.mode}. Choose {others}.")
        call = self._prepare(request, report)
        for start in range(0, len(request.seeds), self.batch):
            seeds = request.seeds[start : start + self.batch]
            yield from self._batch(call, request, seeds, _Steps(report, start, len(seeds), len(request.seeds)))

    def _prepare(self, request: SceneRequest, report: Report) -> _Call:
        knobs = settings_of.of_request(self._defaults, request.parameters)
        native = Size(knobs.width or self._checkpoint.native, knobs.height or self._checkpoint.native)
        size = working_size(request.placement.canvas, native)
        total = len(request.seeds)
        report(Progress(step="scene", done=0, total=total, message=f"Loading {self._recipe.title}"))
        loaded = load(self._checkpoint, self._kind.task, self._recipe)
        report(Progress(step="scene", done=0, total=total, message="Sampling"))
        return _Call(
            loaded=loaded,
            knobs=knobs,
            scheduler=knobs.scheduler or self._checkpoint.scheduler,
            prompt=self._kind.prompt(request),
            negative=request.negative_prompt or knobs.negative_prompt,
            pictures=self._kind.pictures(request, size),
            size=size,
        )

    def _batch(self, call: _Call, request: SceneRequest, seeds: tuple[int, ...], steps: _Steps) -> list[Scene]:
        """The pictures of `seeds`, sampled side by side. The pipeline is ours for so long, and no longer."""
        import torch

        try:
            with call.loaded.lock, quiet():
                notes = _cut_words(call)
                output = _sample(call, seeds, steps)
        except torch.OutOfMemoryError as error:
            raise too_little_memory(self._recipe) from error
        flagged = getattr(output, "nsfw_content_detected", None) or [False] * len(seeds)
        return [
            _scene(call, request, seed, picture, notes, withheld=bool(flag))
            for seed, picture, flag in zip(seeds, output.images, flagged, strict=True)
        ]


@dataclass(frozen=True)
class _Steps:
    """Tells how far the request is, step by step: the pipeline's `callback_on_step_end`."""

    report: Report
    before: int  # pictures finished earlier
    batch: int
    pictures: int

    def __call__(self, pipe: Any, step: int, timestep: Any, values: dict[str, Any]) -> dict[str, Any]:
        del timestep, values
        each = pipe.num_timesteps
        done = self.before * each + (step + 1) * self.batch
        self.report(Progress(step="scene", done=done, total=self.pictures * each, message="Sampling"))
        return {}


def _sample(call: _Call, seeds: tuple[int, ...], steps: _Steps) -> Any:
    """Call the pipeline, with the lock held.

    Every input is given once per picture: from one shared image, diffusers would draw its noise from the first
    picture's generator only, and a seed would make another picture in a batch than alone.
    """
    import torch

    count = len(seeds)
    return call.loaded.with_scheduler(call.scheduler)(
        prompt=[call.prompt] * count,
        negative_prompt=[call.negative] * count,
        **{name: [picture] * count for name, picture in call.pictures.items()},
        **_size_options(call),
        num_inference_steps=call.knobs.num_inference_steps,
        guidance_scale=call.knobs.guidance_scale,
        strength=call.knobs.strength,
        generator=[torch.Generator("cpu").manual_seed(seed) for seed in seeds],
        callback_on_step_end=steps,
        output_type="np",
    )


def _size_options(call: _Call) -> dict[str, int]:
    """Inpainting takes the size by name, img2img from its image."""
    return {"width": call.size.width, "height": call.size.height} if "mask_image" in call.pictures else {}


def _scene(
    call: _Call, request: SceneRequest, seed: int, picture: Any, notes: tuple[str, ...], *, withheld: bool
) -> Scene:
    if not np.isfinite(picture).all():
        notes = (*notes, 'the model\'s arithmetic overflowed and parts are black: set dtype = "float32" in the recipe')
    pixels = (np.nan_to_num(picture).clip(0, 1) * 255).round().astype(np.uint8)
    canvas = request.placement.canvas
    return Scene(
        seed=seed,
        pixels=_to_canvas(pixels, Size(canvas.width, canvas.height)),
        steps=call.knobs.num_inference_steps,
        sampler=call.scheduler,
        notes=(*notes, *_resized(call.size, Size(canvas.width, canvas.height))),
        withheld="The checkpoint's safety checker withheld this scene: it is black" if withheld else "",
    )


def _to_canvas(pixels: Pixels, size: Size) -> Pixels:
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))


def _resized(made: Size, wanted: Size) -> tuple[str, ...]:
    if made == wanted:
        return ()
    return (f"generated at {made.width}x{made.height}, resized to {wanted.width}x{wanted.height}",)


def _cut_words(call: _Call) -> tuple[str, ...]:
    """A note on the part of the prompt that is past what the text encoder reads."""
    tokenizer = call.loaded.pipe.tokenizer
    tokens = tokenizer(call.prompt, truncation=False).input_ids
    room = tokenizer.model_max_length
    if len(tokens) <= room:
        return ()
    lost = tokenizer.decode(tokens[room - 1 : -1]).strip()
    return (f"the prompt is longer than the model reads: “{lost}” was left out",)
