"""Inpainting: the background is generated around the kept product, or the masked region replaced."""

from __future__ import annotations

from ecomgen.recipes import Recipe
from ecomgen.scenes.diffusion.backend import DiffusionBackend, TaskKind
from ecomgen.types import Mode

MODES: frozenset[Mode] = frozenset(("keep", "replace"))


def open_backend(recipe: Recipe) -> DiffusionBackend:
    """The inpainting back end for `recipe`: checkpoints with 9 input channels, plain ones with 4, FLUX.1 Fill.

    Raises:
        BadRecipe, WeightsMissing, WeightsCorrupt: as `DiffusionBackend`.
    """
    return DiffusionBackend(TaskKind(task="inpaint", modes=MODES, strength=1.0, names_product=False), recipe)
