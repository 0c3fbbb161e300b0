"""Inpainting: the background is generated around the kept product, or the masked region replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.diffusion.backend import DiffusionBackend, Kind, Pictures
from ecomgen.scenes.diffusion.pictures import Size, over_backdrop, over_blur, region

if TYPE_CHECKING:
    from ecomgen.recipes import Recipe
    from ecomgen.types import Mode, SceneRequest

modes: frozenset[Mode] = frozenset(("keep", "replace"))


def open_backend(recipe: Recipe) -> DiffusionBackend:
    """The inpainting back end for `recipe`. Checkpoints with 9 input channels and plain ones with 4 both serve.

    Raises:
        BadRecipe, WeightsMissing, WeightsCorrupt: as `DiffusionBackend`.
    """
    return DiffusionBackend(Kind(task="inpaint", modes=modes, strength=1.0, pictures=_pictures, prompt=_prompt), recipe)


def _pictures(request: SceneRequest, size: Size) -> Pictures:
    first = over_blur if request.mode == "replace" else over_backdrop
    return {"image": first(request.placement, size), "mask_image": region(request.placement, size)}


def _prompt(request: SceneRequest) -> str:
    """The prompt alone: a product that is named is easily painted a second time beside the real one."""
    return request.prompt
