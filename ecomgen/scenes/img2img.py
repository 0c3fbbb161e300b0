"""Image to image: the whole picture is imagined anew at a strength; the product is put back, or asked to be redrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.diffusion.backend import DiffusionBackend, Kind, Pictures
from ecomgen.scenes.diffusion.pictures import Size, over_backdrop

if TYPE_CHECKING:
    from ecomgen.recipes import Recipe
    from ecomgen.types import Mode, SceneRequest

modes: frozenset[Mode] = frozenset(("keep", "redraw"))


def open_backend(recipe: Recipe) -> DiffusionBackend:
    """The image-to-image back end for `recipe`. Only checkpoints with 4 input channels serve.

    Raises:
        BadRecipe, WeightsMissing, WeightsCorrupt: as `DiffusionBackend`.
    """
    return DiffusionBackend(
        Kind(task="img2img", modes=modes, strength=0.75, pictures=_pictures, prompt=_prompt), recipe
    )


def _pictures(request: SceneRequest, size: Size) -> Pictures:
    """The product on a plain backdrop with a floor and a contact shadow, for the model to dress."""
    return {"image": over_backdrop(request.placement, size)}


def _prompt(request: SceneRequest) -> str:
    """The product is named, so that the model draws that and nothing else where it stands."""
    named = request.product and request.product.lower() not in request.prompt.lower()
    return f"{request.product}, {request.prompt}" if named else request.prompt
