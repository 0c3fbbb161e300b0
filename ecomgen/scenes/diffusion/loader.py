"""A checkpoint as a diffusers pipeline on this machine's device, loaded once and used by one request at a time."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ecomgen.errors import BackendMissing, UsageError, WeightsCorrupt
from ecomgen.messages import Message
from ecomgen.models import device, load_once, locate_addition
from ecomgen.models.checksums import weight_files
from ecomgen.models.quiet import quiet as silenced
from ecomgen.recipes import Recipe
from ecomgen.scenes.diffusion import additions, call
from ecomgen.scenes.diffusion.call import Task
from ecomgen.scenes.diffusion.checkpoint import Checkpoint
from ecomgen.scenes.diffusion.memory import Economy, out_of_memory
from ecomgen.scenes.diffusion.preview import Look, look_through


@dataclass(frozen=True, kw_only=True, eq=False)
class Loaded:
    """A pipeline, and the lock that whoever calls it holds: a pipeline keeps the state of its call in itself."""

    pipe: Any
    recipe: Recipe
    scheduler: dict[str, Any]  # the checkpoint's own configuration of it
    economy: Economy
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def components(self) -> dict[str, Any]:
        """The networks, so that `load_once` can weigh them."""
        return self.pipe.components

    @property
    def parks(self) -> bool:
        """Whether it can wait in the machine's memory: what comes for its work only is there, what is fixed stays."""
        return self.economy.offloads is None and not self.economy.fixed

    def park(self) -> bool:
        """Leave the device until the next call, whoever still holds it; False while somebody is at work with it."""
        if not self.lock.acquire(blocking=False):
            return False
        try:
            with quiet():
                self.economy.park()
        finally:
            self.lock.release()
        return True

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The pipeline on its device, for the caller alone."""
        with self.lock, quiet():
            self.economy.arrive()
            yield

    @cached_property
    def inpainting(self) -> Any:
        """A pipeline of the same networks that paints inside a mask, for the second pass over the border."""
        from diffusers.pipelines.auto_pipeline import AutoPipelineForInpainting

        if hasattr(self.pipe, "mask_processor"):
            return self.pipe
        try:
            with quiet():
                pipe = AutoPipelineForInpainting.from_pipe(self.pipe)
        except ValueError as error:
            name = type(self.pipe).__name__
            raise UsageError(
                "{pipeline} has nothing that paints inside a mask: leave {--border-strength} out.", pipeline=name
            ) from error
        pipe.set_progress_bar_config(disable=True)
        return _soft_masks(pipe)

    @cached_property
    def look(self) -> Look:
        """How to look at unfinished latents. Call it with the lock held."""
        with quiet():
            return look_through(self.pipe, additions.preview_folder(self.recipe.preview))

    @cached_property
    def compiled(self) -> Any:
        """The denoising network, compiled at its first call (torch.compile); the plain one stays as it is."""
        import torch

        return torch.compile(self.network)

    @cached_property
    def network(self) -> Any:
        """The denoising network."""
        return getattr(self.pipe, "transformer", None) or self.pipe.unet

    def prepared(self, pipe: Any, scheduler: str, recipe: Recipe, *, compiled: bool) -> Any:
        """`pipe` with a scheduler of its own for this call, configured as the checkpoint and the recipe say.

        Call it with the lock held.
        """
        import diffusers

        options = call.scheduler_options(scheduler, recipe)
        pipe.scheduler = getattr(diffusers, scheduler).from_config(self.scheduler, **options)
        setattr(pipe, "unet" if hasattr(pipe, "unet") else "transformer", self.compiled if compiled else self.network)
        return pipe


def dtype_of(recipe: Recipe) -> str:
    """The recipe's dtype; float32 on a CPU, where half precision is slow and incomplete."""
    if recipe.model is None or device() == "cpu":
        return "float32"
    if recipe.model.dtype == "bfloat16" and not _has_bfloat16():
        return "float16"
    return recipe.model.dtype


def _has_bfloat16() -> bool:
    """Whether it is the card's own; before 8.0 it is emulated."""
    import torch

    return not device().startswith("cuda") or torch.cuda.get_device_capability(device()) >= (8, 0)


def load(checkpoint: Checkpoint, task: Task, recipe: Recipe) -> Loaded:
    """The pipeline with what the recipe adds to it, from memory where it is loaded already.

    Raises:
        WeightsCorrupt: the files are there, but diffusers cannot make a pipeline of them.
        BackendMissing: the device has too little memory.
        BadRecipe: the checkpoint cannot do the task.
    """
    if task == "img2img" and not checkpoint.has_transformer and checkpoint.channels != 4:
        raise call.inpaints_only(recipe)
    dtype = dtype_of(recipe)
    added = "|".join(f"{locate_addition(one, recipe)}:{one.model_dump_json()}" for one in recipe.additions)
    how = f"{recipe.model and recipe.model.pipeline}:{recipe.quantize}:{recipe.offload}"
    how += f":{recipe.defaults.get('clip_skip', 0)}"
    key = f"{task}:{checkpoint.weights}:{recipe.model and recipe.model.variant}:{device()}:{dtype}:{how}:{added}"
    size = _bytes_on_disk(checkpoint, recipe)
    loaded = load_once(key, lambda: _load(checkpoint, task, recipe, dtype), size=size)
    call.require_call(type(loaded.pipe), recipe, task)  # of recipes that share what is loaded each has its own [call]
    return loaded


def _bytes_on_disk(checkpoint: Checkpoint, recipe: Recipe) -> int:
    """What the networks take in the dtype of their files, which is the one they are used in or a larger one."""
    places = [checkpoint.weights, *(locate_addition(one, recipe) for one in recipe.additions)]
    files = [file for place in places for file in ([place] if place.is_file() else weight_files(place))]
    return sum(file.stat().st_size for file in files)


def _load(checkpoint: Checkpoint, task: Task, recipe: Recipe, dtype: str) -> Loaded:
    try:
        with quiet():
            return _on_device(assembled(checkpoint, task, recipe, dtype), recipe)
    except _unloadable() as error:
        if out_of_memory(error):
            raise too_little_memory(recipe) from error
        where = Message("{recipe} at {path}", recipe=Message(recipe.title), path=checkpoint.weights)
        why = " ".join(str(error).split())[:200].rstrip(".")
        raise WeightsCorrupt(
            "{where} cannot be loaded: {why}. Fetch or copy the model again.", where=where, why=why
        ) from error


def assembled(checkpoint: Checkpoint, task: Task, recipe: Recipe, dtype: str) -> Any:
    """The pipeline in the machine's memory."""
    import torch

    options: dict[str, Any] = {"dtype": getattr(torch, dtype), "local_files_only": True}
    if recipe.quantize and checkpoint.is_single_file:
        raise call.wrong(recipe, "quantize", Message("it needs a folder in diffusers format"))
    if recipe.transformer is not None and not checkpoint.has_transformer:
        raise call.wrong(recipe, "transformer", Message("its model has none"))
    options |= additions.parts(checkpoint, recipe, options["dtype"])
    if recipe.quantize and recipe.quantize != "gguf":
        options["quantization_config"] = additions.quantization(checkpoint.index, recipe, options["dtype"])
    if checkpoint.is_single_file:
        pipe = _from_file(checkpoint, task, options)
    else:
        pipe = _from_folder(checkpoint, task, recipe, options)
    additions.join(pipe, recipe)
    pipe.set_progress_bar_config(disable=True)
    return _soft_masks(pipe)


def _on_device(pipe: Any, recipe: Recipe) -> Loaded:
    fixed = (recipe.quantize or "").startswith("bitsandbytes")
    economy = Economy(pipe=pipe, asked=recipe.offload, fixed=fixed)
    economy.arrive()
    if device().startswith("cuda"):
        _for_tensor_cores(pipe)
    if hasattr(pipe.vae, "enable_slicing"):
        pipe.vae.enable_slicing()  # pictures of a batch are decoded one by one: less memory, and each as if alone
    return Loaded(pipe=pipe, recipe=recipe, scheduler=dict(pipe.scheduler.config), economy=economy)


def _for_tensor_cores(pipe: Any) -> None:
    """Convolutions read channels-last on CUDA; attention is torch's own (SDPA), which diffusers uses by itself."""
    import torch

    for name in ("unet", "vae", "controlnet"):
        network = getattr(pipe, name, None)
        if network is not None:
            network.to(memory_format=torch.channels_last)


def _soft_masks(pipe: Any) -> Any:
    """Let masks keep their grey levels where the pipeline blends at each step; nine channels were trained on two."""
    unet = getattr(pipe, "unet", None)
    if hasattr(pipe, "mask_processor") and unet is not None and unet.config.in_channels == 4:
        settings = {key: value for key, value in pipe.mask_processor.config.items() if not key.startswith("_")}
        pipe.mask_processor = type(pipe.mask_processor)(**{**settings, "do_binarize": False})
    return pipe


def _unloadable() -> tuple[type[Exception], ...]:
    """What the libraries raise when files do not make a pipeline."""
    from pickle import UnpicklingError

    from diffusers.loaders.single_file_utils import SingleFileComponentError
    from safetensors import SafetensorError

    ours = (OSError, ValueError, RuntimeError, KeyError, AttributeError, TypeError, MemoryError)
    return (*ours, UnpicklingError, SafetensorError, SingleFileComponentError)


def _from_folder(checkpoint: Checkpoint, task: Task, recipe: Recipe, options: dict[str, Any]) -> Any:
    import diffusers

    variant = recipe.model.variant if recipe.model else None
    if variant and any(checkpoint.weights.glob(f"*/*.{variant}*")):
        options = {**options, "variant": variant}
    kind = call.pipeline_class(recipe) or _own_class(checkpoint, task, recipe)
    auto = "AutoPipelineForInpainting" if task == "inpaint" else "AutoPipelineForImage2Image"
    return (kind or getattr(diffusers, auto)).from_pretrained(checkpoint.weights, **options)


def _own_class(checkpoint: Checkpoint, task: Task, recipe: Recipe) -> Any | None:
    """The class that the checkpoint names, where that is one of a transformer that does the task itself."""
    import diffusers

    own = getattr(diffusers, str(checkpoint.index.get("_class_name")), None)
    if own is None or not checkpoint.has_transformer or recipe.control:
        return None
    inpaints = call.takes(own, recipe, "mask_image")
    return own if call.takes(own, recipe, "image") and (inpaints or task == "img2img") else None


def _from_file(checkpoint: Checkpoint, task: Task, options: dict[str, Any]) -> Any:
    import diffusers

    control = "ControlNet" if "controlnet" in options else ""
    family = f"StableDiffusion{'XL' if checkpoint.is_xl else ''}{control}"
    load_file = getattr(diffusers, f"{family}{'Inpaint' if task == 'inpaint' else 'Img2Img'}Pipeline").from_single_file
    return load_file(str(checkpoint.weights), config=str(checkpoint.layout), **options)


def too_little_memory(recipe: Recipe) -> BackendMissing:
    """The error for a device that has run out of memory."""
    need = Message(" (it asks for {gib:g} GiB)", gib=recipe.memory.vram_gib) if recipe.memory.vram_gib else ""
    return BackendMissing(
        "{recipe} does not fit into the memory of {device}{need}. Close what else uses it, choose a "
        "smaller pipeline, or set ECOMGEN_DEVICE=cpu.",
        recipe=Message(recipe.title),
        device=device(),
        need=need,
    )


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the libraries' progress bars and advice to programmers from the user's terminal."""
    with silenced("diffusers", "transformers"), warnings.catch_warnings():
        # several schedulers hand tensors to NumPy, which wants of them what torch does not have yet
        warnings.filterwarnings("ignore", message="__array(_wrap)?__ ", category=DeprecationWarning)
        # diffusers tells its own modules what of it they should no longer import
        warnings.filterwarnings("ignore", message=".* is deprecated and will be removed", category=FutureWarning)
        yield
