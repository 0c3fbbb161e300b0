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
    from ecomgen.types import Understanding


def understand(prompt: str, product: str = "") -> Understanding:
    """What the studio makes of a prompt; where CLIP is here, unknown words are read as the nearest concepts."""
    from ecomgen.scenes.studio.prompt.nearest_concept import substitutes_for

    return parse(prompt, product, substitutes_for(prompt, product)[0])
