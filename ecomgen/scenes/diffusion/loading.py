"""A checkpoint as a diffusers pipeline on this machine's device, loaded once and used by one request at a time."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from ecomgen.errors import BackendMissing, BadRecipe, WeightsCorrupt
from ecomgen.models import device, load_once
from ecomgen.recipes import Recipe
from ecomgen.scenes.diffusion.checkpoint import Checkpoint

Task = Literal["inpaint", "img2img"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Loaded:
    """A pipeline, and the lock that whoever calls it holds: a pipeline keeps the state of its call in itself."""

    pipe: Any
    scheduler: dict[str, Any]  # the checkpoint's own configuration of it
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def components(self) -> dict[str, Any]:
        """The networks, so that `load_once` can weigh them."""
        return self.pipe.components

    def with_scheduler(self, name: str) -> Any:
        """The pipeline with a scheduler of its own for this call, configured as the checkpoint says.

        Call it with the lock held.
        """
        import diffusers

        self.pipe.scheduler = getattr(diffusers, name).from_config(self.scheduler)
        return self.pipe


def dtype_of(recipe: Recipe) -> str:
    """The recipe's dtype; float32 on a CPU, where half precision is slow and incomplete."""
    return "float32" if device() == "cpu" or recipe.model is None else recipe.model.dtype


def load(checkpoint: Checkpoint, task: Task, recipe: Recipe) -> Loaded:
    """The pipeline, from memory where it is loaded already.

    Raises:
        WeightsCorrupt: the files are there, but diffusers cannot make a pipeline of them.
        BackendMissing: the device has too little memory.
        BadRecipe: the checkpoint cannot do the task.
    """
    if task == "img2img" and checkpoint.channels != 4:
        raise BadRecipe(f'{recipe.name}: its model was trained to inpaint only. Set backend = "inpaint".')
    dtype = dtype_of(recipe)
    key = f"{task}:{checkpoint.weights}:{recipe.model and recipe.model.variant}:{device()}:{dtype}"
    return load_once(key, lambda: _load(checkpoint, task, recipe, dtype))


def _load(checkpoint: Checkpoint, task: Task, recipe: Recipe, dtype: str) -> Loaded:
    import torch

    options = {"dtype": getattr(torch, dtype), "local_files_only": True}
    try:
        with quiet():
            if checkpoint.is_single_file:
                pipe = _from_file(checkpoint, task, options)
            else:
                pipe = _from_folder(checkpoint, task, recipe, options)
            pipe.to(device())
    except torch.OutOfMemoryError as error:
        raise too_little_memory(recipe) from error
    except _unloadable() as error:
        where = f"{recipe.title} at {checkpoint.weights}"
        why = " ".join(str(error).split())[:200].rstrip(".")
        raise WeightsCorrupt(f"{where} cannot be loaded: {why}. Fetch or copy the model again.") from error
    pipe.set_progress_bar_config(disable=True)
    return Loaded(pipe=pipe, scheduler=dict(pipe.scheduler.config))


def _unloadable() -> tuple[type[Exception], ...]:
    """What the libraries raise when files do not make a pipeline."""
    from pickle import UnpicklingError

    from diffusers.loaders.single_file_utils import SingleFileComponentError
    from safetensors import SafetensorError

    ours = (OSError, ValueError, RuntimeError, KeyError, AttributeError, TypeError)
    return (*ours, UnpicklingError, SafetensorError, SingleFileComponentError)


def _from_folder(checkpoint: Checkpoint, task: Task, recipe: Recipe, options: dict[str, Any]) -> Any:
    import diffusers

    variant = recipe.model.variant if recipe.model else None
    if variant and any(checkpoint.weights.glob(f"unet/*.{variant}*")):
        options = {**options, "variant": variant}
    auto = "AutoPipelineForInpainting" if task == "inpaint" else "AutoPipelineForImage2Image"
    return getattr(diffusers, auto).from_pretrained(checkpoint.weights, **options)


def _from_file(checkpoint: Checkpoint, task: Task, options: dict[str, Any]) -> Any:
    import diffusers

    name = f"StableDiffusion{'XL' if checkpoint.is_xl else ''}{'Inpaint' if task == 'inpaint' else 'Img2Img'}Pipeline"
    load_file = getattr(diffusers, name).from_single_file
    return load_file(str(checkpoint.weights), config=str(checkpoint.layout), **options)


def too_little_memory(recipe: Recipe) -> BackendMissing:
    """The error for a device that has run out of memory."""
    need = f" (it asks for {recipe.memory.vram_gib:g} GiB)" if recipe.memory.vram_gib else ""
    return BackendMissing(
        f"{recipe.title} does not fit into the memory of {device()}{need}. "
        "Close what else uses it, choose a smaller pipeline, or set ECOMGEN_DEVICE=cpu."
    )


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the libraries' progress bars and advice to programmers from the user's terminal."""
    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    libraries = (diffusers_logging, transformers_logging)
    before = [(library.get_verbosity(), library.is_progress_bar_enabled()) for library in libraries]
    for library in libraries:
        library.set_verbosity_error()
        library.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            # several schedulers hand tensors to NumPy, which wants of them what torch does not have yet
            warnings.filterwarnings("ignore", message="__array(_wrap)?__ ", category=DeprecationWarning)
            yield
    finally:
        for library, (verbosity, bars) in zip(libraries, before, strict=True):
            library.set_verbosity(verbosity)
            if bars:
                library.enable_progress_bar()
