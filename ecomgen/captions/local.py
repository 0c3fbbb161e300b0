"""A vision-language model on this machine, through transformers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from ecomgen import models
from ecomgen.captions.writer import Answer
from ecomgen.errors import BackendMissing, BadRecipe, WeightsCorrupt
from ecomgen.messages import Message
from ecomgen.models.quiet import quiet
from ecomgen.recipes import Recipe
from ecomgen.toml_table import Table, wrong
from ecomgen.types import ModelUsed, Pixels


class Knobs(Table, allow_inf_nan=False):
    """A words recipe's [defaults]. With a temperature of 0 the likeliest word is taken each time, whatever the seed."""

    max_new_tokens: int = Field(default=400, ge=1, le=4096)
    temperature: float = Field(default=0.0, ge=0, le=2)
    longest_side: int = Field(default=896, ge=64, le=4096)  # pixels of the picture that the model is shown


@dataclass(frozen=True, kw_only=True, eq=False)
class _Loaded:
    """A model with its processor, and the lock that whoever asks it holds."""

    model: Any
    processor: Any
    lock: threading.Lock = field(default_factory=threading.Lock)


class LocalWriter:
    """The model of one words recipe, in Hugging Face's own folder format."""

    def __init__(self, recipe: Recipe) -> None:
        """Find the weights and check the recipe; nothing is loaded yet.

        Raises:
            BadRecipe: a key of its defaults is unknown or out of range, or its path is not a folder.
            WeightsMissing, WeightsCorrupt: as `models.locate_recipe`.
        """
        self.name = recipe.name
        self._recipe = recipe
        with wrong(BadRecipe, f"{recipe.name}.toml", "defaults"):
            self._knobs = Knobs.model_validate(dict(recipe.defaults))
        self._folder = models.locate_recipe(recipe)
        if not self._folder.is_dir():
            raise BadRecipe(
                "The recipe {recipe} names the file {folder}: give the model's folder.",
                recipe=recipe.name,
                folder=self._folder,
            )
        self._device = models.device()
        self._dtype = "float32" if self._device == "cpu" or recipe.model is None else recipe.model.dtype

    @property
    def model(self) -> ModelUsed:
        return models.used_by_recipe(self._recipe)[0]

    @property
    def parameters(self) -> Mapping[str, Any]:
        return self._knobs.model_dump() | {"device": self._device, "dtype": self._dtype}

    def answer(self, question: str, picture: Pixels, seed: int) -> Answer:
        """Raises WeightsCorrupt and BackendMissing as well as what `Writer.answer` names."""
        import torch

        key = f"words:{self._folder}:{self._device}:{self._dtype}"
        loaded = models.load_once(key, self._load)
        try:
            with loaded.lock, quiet("transformers"), torch.inference_mode(), _seeded(seed):
                return self._generated(loaded, question, picture)
        except torch.OutOfMemoryError as error:
            raise self._too_large() from error

    def _generated(self, loaded: _Loaded, question: str, picture: Pixels) -> Answer:
        content = [
            {"type": "image", "image": _shown(picture, self._knobs.longest_side)},
            {"type": "text", "text": question},
        ]
        inputs = loaded.processor.apply_chat_template(
            [{"role": "user", "content": content}],
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
        ).to(loaded.model.device, loaded.model.dtype)
        warm = self._knobs.temperature > 0
        chance = {"temperature": self._knobs.temperature} if warm else dict.fromkeys(("temperature", "top_p", "top_k"))
        tokens = loaded.model.generate(**inputs, max_new_tokens=self._knobs.max_new_tokens, do_sample=warm, **chance)
        fresh = tokens[0, inputs["input_ids"].shape[1] :]
        return Answer(
            text=loaded.processor.decode(fresh, skip_special_tokens=True), cut=len(fresh) >= self._knobs.max_new_tokens
        )

    def _load(self) -> _Loaded:
        import torch
        from safetensors import SafetensorError
        from transformers import AutoModelForImageTextToText, AutoProcessor

        options: dict[str, Any] = {"local_files_only": True}
        try:
            with quiet("transformers"):
                processor = AutoProcessor.from_pretrained(self._folder, **options)
                dtype = getattr(torch, self._dtype)
                model: Any = AutoModelForImageTextToText.from_pretrained(self._folder, dtype=dtype, **options)
                model = model.eval().to(self._device)
        except torch.OutOfMemoryError as error:
            raise self._too_large() from error
        except ImportError as error:
            why = " ".join(str(error).split())[:200].rstrip(".")
            raise BackendMissing(
                "{recipe} needs a package that is not here: {why}.", recipe=Message(self._recipe.title), why=why
            ) from error
        except (OSError, ValueError, RuntimeError, KeyError, AttributeError, TypeError, SafetensorError) as error:
            why = " ".join(str(error).split())[:200].rstrip(".")
            raise WeightsCorrupt(
                "{recipe} at {folder} cannot be loaded: {why}. Fetch or copy the model again.",
                recipe=Message(self._recipe.title),
                folder=self._folder,
                why=why,
            ) from error
        if not getattr(processor, "chat_template", None):
            raise BadRecipe(
                "The model of the recipe {recipe} takes no questions: choose one trained to chat.", recipe=self.name
            )
        return _Loaded(model=model, processor=processor)

    def _too_large(self) -> BackendMissing:
        return BackendMissing(
            "{recipe} does not fit into the memory of {device}: close what else uses it, choose a "
            "smaller model, or set ECOMGEN_DEVICE=cpu.",
            recipe=Message(self._recipe.title),
            device=self._device,
        )


def _shown(picture: Pixels, longest: int) -> Any:
    """The picture as the model gets it, reduced to what it can make use of."""
    from PIL import Image

    image = Image.fromarray(picture)
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return image


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """torch's own generators seeded, and as before afterwards."""
    import torch

    with torch.random.fork_rng():
        torch.manual_seed(seed)
        yield
