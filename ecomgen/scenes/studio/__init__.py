"""The studio: a set rendered round the product from the prompt, without weights.

    prompt ─▶ wish ─▶ set (things, lamps, backdrop) ─▶ adapted ─▶ render ─▶ denoise ─▶ tone ─▶ scene
    product ─▶ facts (camera height, light side, colours), stand-in ─┘

Importing this package loads neither Mitsuba nor OpenCV.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.prompt import parse
from ecomgen.scenes.studio.rendering.variants import capability, slowness

if TYPE_CHECKING:
    from ecomgen.recipes import Recipe
    from ecomgen.scenes.studio.backend import StudioBackend
    from ecomgen.types import Report, Scene, SceneRequest, Understanding

MODES = frozenset({"keep"})


def open_backend(recipe: Recipe) -> StudioBackend:
    """The studio of `recipe`, on the fastest of Mitsuba's variants that works here."""
    from ecomgen.scenes.studio.backend import StudioBackend

    return StudioBackend(recipe)


def understand(prompt: str, product: str = "") -> Understanding:
    """What the studio makes of a prompt; where CLIP is here, unknown words are read as the nearest concepts."""
    from ecomgen.scenes.studio.prompt.nearest_concept import substitutes_for

    return parse(prompt, product, substitutes_for(prompt, product)[0])


def preview(prompt: str, *, seed: int, width: int, height: int, report: Report) -> Scene:
    """The set that a prompt leads to, without a product, `width` x `height` pixels."""
    from ecomgen.scenes.studio import backend

    return backend.preview(prompt, seed=seed, width=width, height=height, report=report)


def without_product(request: SceneRequest, report: Report) -> Scene:
    """The set of a request's first picture, before the product comes in."""
    from ecomgen.scenes.studio import backend

    return backend.without_product(request, report)
