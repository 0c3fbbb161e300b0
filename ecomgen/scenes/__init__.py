"""Scenes: the surroundings of the product. A back end is a module here, found by the name in the recipe."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any, Protocol

from ecomgen.recipes import Recipe
from ecomgen.types import Mode, ModelUsed, Report, Scene, SceneRequest, Understanding


class Backend(Protocol):
    """What every back end offers."""

    modes: frozenset[Mode]
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
        WeightsMissing: they are not on this machine.
        BackendMissing: a library or a device is not here.
    """
    return import_module(f"ecomgen.scenes.{recipe.backend}").open_backend(recipe)


def modes_of(recipe: Recipe) -> frozenset[Mode]:
    """What `--mode` this recipe's back end can do; needs no weights."""
    return import_module(f"ecomgen.scenes.{recipe.backend}").MODES
