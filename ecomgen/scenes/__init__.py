"""Scenes: the surroundings of the product. The back end that makes them is named in the recipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Protocol

from ecomgen.recipes import Recipe
from ecomgen.types import Mode, ModelUsed, Report, Scene, SceneRequest, Understanding

MODES: Mapping[str, frozenset[Mode]] = {
    "studio": frozenset({"keep"}),
    "inpaint": frozenset({"keep", "replace"}),
    "img2img": frozenset({"keep", "redraw"}),
}


class Backend(Protocol):
    """What every back end offers."""

    models: tuple[ModelUsed, ...]
    device: str

    def understand(self, prompt: str, product: str = "") -> Understanding:
        """What this back end makes of the prompt, word for word."""
        ...

    def resolved(self) -> dict[str, Any]:
        """Parameters that the back end chose itself and that a replay needs."""
        ...

    def settled(self, request: SceneRequest) -> dict[str, Any]:
        """Parameters that the back end reads from the product and its photos, and that a replay needs."""
        ...

    def make(self, request: SceneRequest, report: Report) -> Iterator[Scene]:
        """One scene per seed, in order, each as soon as it is ready."""
        ...


def open_backend(recipe: Recipe) -> Backend:
    """The back end that `recipe` names, with its weights found.

    Raises:
        BadRecipe, WeightsMissing, WeightsCorrupt: as `DiffusionBackend`.
        BackendMissing: a library or a device is not here.
    """
    package, backend = ("studio", "StudioBackend") if recipe.backend == "studio" else ("diffusion", "DiffusionBackend")
    return getattr(import_module(f"ecomgen.scenes.{package}.backend"), backend)(recipe)


def modes_of(recipe: Recipe) -> frozenset[Mode]:
    """What `--mode` this recipe's back end can do; needs no weights."""
    return MODES[recipe.backend]
