"""The product over the scene, blended in linear light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.color import to_bytes, to_linear, to_srgb

if TYPE_CHECKING:
    from ecomgen.types import Pixels


def composite(product: Pixels, scene: Pixels) -> Pixels:
    """Lay `product` (HxWx4, straight alpha) over `scene` (HxWx3), both sRGB uint8 of one size.

    Where alpha is 255 the result has exactly the product's values, where it is 0 exactly the scene's; between them the
    two are mixed in linear light (Porter & Duff, 1984), since mixing sRGB values darkens soft edges.
    """
    picture = scene.copy()
    alpha = product[..., 3]
    opaque = alpha == 255
    picture[opaque] = product[opaque, :3]
    soft = (alpha > 0) & ~opaque
    weight = alpha[soft, None].astype(np.float32) / 255
    mixed = weight * to_linear(product[soft, :3]) + (1 - weight) * to_linear(scene[soft])
    picture[soft] = to_bytes(to_srgb(mixed))
    return picture
