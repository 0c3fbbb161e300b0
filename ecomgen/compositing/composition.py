"""From product and scene to a finished picture: one light, a shadow to stand on, the product's own pixels on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_bytes, to_lab, to_linear, to_srgb, uncovered
from ecomgen.compositing import tone
from ecomgen.messages import Message
from ecomgen.types import Box, Float, Harmonise, Pixels, Placement, Relit, Transform

Grounded = Callable[[np.ndarray], float | None]
FLOATING = 0.5  # of being grounded, below which a shadow is laid
REACH = 0.10  # of the product's height: what hangs higher than this above the ground casts no contact shadow
CORE, VEIL = 0.55, 0.30  # light taken away where the product touches, and around it
SMALL = 512  # pixels of the longer side at which a shadow this soft is painted
FITS, MISSES = 10.0, 20.0  # CIE 1976 between picture and product, softened: up to which it fits, from which it does not
SOFT = 0.012  # of the product's longer side: over which differences are softened, and true pixels fade in
CLEAR = 2.0  # of that: how far from what does not fit nothing is put back, so that no letter's rim stays of it
LEAST = 0.05  # of the product: with less there is nothing to put back

SHADOW_LAID = Message("the scene had no contact shadow under the product, so a soft one was laid")


@dataclass(frozen=True, kw_only=True, eq=False)
class Composed:
    """A picture (HxWx3) and what was done for it, in words."""

    pixels: Pixels
    notes: tuple[str, ...] = ()
    relit: Relit | None = None
    cover: Float | None = None  # HxW in [0, 1]: what of the product the scene covers
    onto: Transform | None = None  # from the canvas to where the product was found again in this picture

    def shown(self, placed: Placement) -> Placement:
        """A product as it is seen in this picture: where it is now, and without what the scene covers of it."""
        if self.onto is not None:
            return _moved(placed, self.onto)
        if self.cover is None:
            return placed
        return replace(placed, product=uncovered(placed.product, self.cover), sunk=True)


def compose(
    product: Pixels,
    scene: Pixels,
    *,
    harmonise: Harmonise = "off",
    grounded: Grounded | None = None,
) -> Composed:
    """`product` (HxWx4) over `scene` (HxWx3).

    Args:
        harmonise: whose tone may change. With "product" the picture no longer has the product's exact values.
        grounded: tells of a finished picture whether the product stands on its ground, in [0, 1], None where nothing
            can be told; where it does not, a soft contact shadow is laid under it. None lays none.
    """
    notes: list[str] = []
    change = tone.Tone() if harmonise == "off" else tone.between(product, scene)
    if not change.is_none:
        change = change if harmonise == "scene" else tone.inverse(change)
        product, scene = (product, change.on(scene)) if harmonise == "scene" else (change.on(product), scene)
        notes.append(change.told(harmonise))
    picture = composite(product, scene)
    standing = None if grounded is None else grounded(picture)
    if standing is not None and standing < FLOATING:
        picture = composite(product, shaded(scene, product))
        notes.append(SHADOW_LAID)
    return Composed(pixels=picture, notes=tuple(notes))


def shaded(scene: Pixels, product: Pixels) -> Pixels:
    """The scene with the product's contact shadow on it, darkened in linear light."""
    left = 1 - contact_shadow(product)[..., None]
    return to_bytes(to_srgb(to_linear(scene) * left))


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


def contact_shadow(product: Pixels) -> NDArray[np.float32]:
    """How much light the product takes from the ground it stands on, HxW float32 in [0, 1].

    `product` is HxWx4. Each column's lowest opaque pixel darkens the ground below it, the more the nearer it is to the
    lowest one of all: a narrow core under what touches, a wide veil around it.
    """
    import cv2

    height, width = product.shape[:2]
    scale = min(1.0, SMALL / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    alpha = cv2.resize(product[..., 3], size, interpolation=cv2.INTER_AREA)
    touched = _touched(alpha)
    span = max(2.0, float(np.ptp(np.nonzero((alpha > 127).any(0))[0])) if (alpha > 127).any() else 2.0)
    core = cv2.GaussianBlur(touched, (0, 0), sigmaX=0.025 * span + 0.5, sigmaY=0.010 * span + 0.5)
    veil = cv2.GaussianBlur(touched, (0, 0), sigmaX=0.10 * span + 0.5, sigmaY=0.035 * span + 0.5)
    taken = CORE * _scaled(core) + VEIL * _scaled(veil)
    return np.clip(cv2.resize(taken, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1).astype(np.float32)


def _touched(alpha: NDArray[Any]) -> NDArray[np.float32]:
    """The pixels at which the product meets the ground, weighted by how near they are to its lowest row."""
    opaque = alpha > 127
    found = np.zeros(alpha.shape, np.float32)
    if not opaque.any():
        return found
    rows = np.nonzero(opaque.any(1))[0]
    columns = np.nonzero(opaque.any(0))[0]
    lowest = alpha.shape[0] - 1 - np.argmax(opaque[::-1, columns], axis=0)
    reach = max(2.0, REACH * (rows[-1] - rows[0]))
    found[lowest, columns] = np.clip(1 - (rows[-1] - lowest) / reach, 0, 1) ** 2
    return found


def _scaled(blurred: NDArray[Any]) -> NDArray[Any]:
    most = float(blurred.max())
    return blurred / most if most > 0 else blurred


def put_back(product: Pixels, picture: Pixels, onto: Transform) -> Composed:
    """The picture (HxWx3) with the true pixels of `product` (RGBA, canvas) where they fit; `onto` maps canvas to it."""
    import cv2

    size = picture.shape[1::-1]
    layer = product.astype(np.float32) / 255
    layer[..., :3] = to_linear(product[..., :3]) * layer[..., 3:]
    laid = cv2.warpAffine(layer, onto, size, flags=cv2.INTER_CUBIC)
    alpha = np.clip(laid[..., 3], 0, 1)
    true = to_srgb(np.clip(laid[..., :3] / np.maximum(alpha, 1e-3)[..., None], 0, 1))
    weight = alpha * _fitting(true, picture, alpha)
    share = float(weight.sum() / max(alpha.sum(), 1.0))
    if share < LEAST:
        return Composed(pixels=picture, onto=onto)
    mixed = to_linear(picture) * (1 - weight[..., None]) + to_linear(true) * weight[..., None]
    note = Message("the product was found again in the picture, and {share:.0%} of it has its true pixels", share=share)
    pixels = np.where(weight[..., None] > 0, to_bytes(to_srgb(mixed)), picture)
    return Composed(pixels=pixels, notes=(note,), onto=onto)


def _moved(placed: Placement, onto: Transform) -> Placement:
    """The product where the map takes it; as it is where that is out of the picture."""
    import cv2

    product = cv2.warpAffine(placed.product, onto, placed.product.shape[1::-1], flags=cv2.INTER_LINEAR)
    there = product[..., 3] > 127
    if not there.any():
        return placed
    box = Box.of(there)
    return replace(placed, product=product, box=box, contact_y=box.y1)


def _fitting(true: Float, picture: Pixels, alpha: Float) -> Float:
    """HxW: 1 where the picture shows nearly what the photo does, 0 where it does not; soft between, and at the edge."""
    import cv2

    rows, columns = np.nonzero(alpha > 0.5)
    sigma = max(SOFT * max(np.ptp(rows), np.ptp(columns), 1), 1.0) if len(rows) else 1.0
    there, own = (to_lab(one) for one in (picture, true))
    away = np.linalg.norm(there - own, axis=-1).astype(np.float32) * alpha
    near = cv2.GaussianBlur(away, (0, 0), sigma) / np.maximum(cv2.GaussianBlur(alpha, (0, 0), sigma), 1e-3)
    fits = np.clip((MISSES - near) / (MISSES - FITS), 0, 1).astype(np.float32)
    from_misses = cv2.distanceTransform((near < MISSES).astype(np.uint8), cv2.DIST_L2, 5)
    fits = np.minimum(fits, np.clip(from_misses / sigma - CLEAR, 0, 1))
    inside = cv2.erode((alpha > 0.98).astype(np.float32), np.ones((3, 3)), iterations=max(round(sigma), 1))
    return np.minimum(cv2.GaussianBlur(fits, (0, 0), sigma), cv2.GaussianBlur(inside, (0, 0), sigma))
