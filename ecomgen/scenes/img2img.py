"""Image to image: the whole picture is imagined anew at a strength; the product is put back, or asked to be redrawn."""

from __future__ import annotations

from ecomgen.recipes import Recipe
from ecomgen.scenes.diffusion.backend import DiffusionBackend, TaskKind
from ecomgen.types import Mode

MODES: frozenset[Mode] = frozenset(("keep", "redraw"))


def open_backend(recipe: Recipe) -> DiffusionBackend:
    """The image-to-image back end for `recipe`. Only checkpoints with 4 input channels serve.

    Raises:
        BadRecipe, WeightsMissing, WeightsCorrupt: as `DiffusionBackend`.
    """
    return DiffusionBackend(TaskKind(task="img2img", modes=MODES, strength=0.75, names_product=True), recipe)
