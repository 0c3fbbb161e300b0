"""A picture taken apart into scene, shadow and product, as the layers of a PSD file.

psd-tools (MIT) writes it: it is maintained, writes real transparency, and Photoshop's own structures. pytoshop, the
other writer, has had no release for years.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.errors import BackendMissing
from ecomgen.export.contact_shadow import estimated_shadow
from ecomgen.export.metadata import Provenance, srgb
from ecomgen.morphology import dilated, filled
from ecomgen.types import BoolMask, Pixels

ICC, XMP = 1039, 1060  # image resources of a PSD
ALIKE = 0.06  # of lightness, in the median, between two renders of one scene with and without the product
FAINT = 0.02  # a darkening below this is noise


@dataclass(frozen=True, kw_only=True, eq=False)
class Layers:
    """What a picture is made of: `scene` HxWx3 without product or shadow, `shadow` HxW (0 none to 255 black),
    `product` HxWx4. Black of the shadow's opacity over the scene is the picture, wherever the product is not."""

    scene: Pixels
    shadow: Pixels
    product: Pixels


def take_apart(picture: Pixels, product: Pixels, empty: Pixels | None) -> Layers:
    """Layers of a finished picture.

    Args:
        picture: HxWx3, finished.
        product: HxWx4, the placed product.
        empty: HxWx3, the same scene without the product; None where nobody can make it. Without it, or where it is not
            the same scene after all, the shadow is an estimate from the picture itself, and the scene's place under the
            product is filled from beside it.
    """
    covered = product[..., 3] > 0
    if empty is None or not _same_scene(picture, empty, covered):
        shadow = _kept(estimated_shadow(picture, covered), picture, covered)
        bare = _lit(picture, shadow)
        return Layers(scene=_filled(_whole(bare), covered), shadow=shadow, product=product)
    covered = dilated(covered, 2)  # with the rim on which the product's soft edge still shows
    shadow = _kept(_darkening(picture, empty, covered), picture, covered)
    bare = _lit(picture, shadow)
    scene = np.where(covered[..., None], _matched(empty, bare, covered), bare)
    return Layers(scene=_whole(scene), shadow=shadow, product=product)


def encode_psd(layers: Layers, picture: Pixels, provenance: Provenance | None = None) -> bytes:
    """The bytes of a PSD with the layers "scene", "shadow" and "product", bottom first, and `picture` as its preview.

    Raises:
        BackendMissing: psd-tools is not installed.
    """
    try:
        from psd_tools import PSDImage
        from psd_tools.psd.image_resources import ImageResource
    except ImportError as error:
        raise BackendMissing('PSD needs psd-tools: run "pip install ecomgen[psd]".') from error
    height, width = picture.shape[:2]
    document = PSDImage.new("RGB", (width, height))
    black = np.zeros((height, width, 3), np.uint8)
    opaque = np.full((height, width), 255, np.uint8)
    document.create_pixel_layer_from_array(np.dstack([layers.scene, opaque]), name="scene")
    document.create_pixel_layer_from_array(np.dstack([black, layers.shadow]), name="shadow")
    document.create_pixel_layer_from_array(layers.product, name="product")
    document.image_resources[ICC] = ImageResource(key=ICC, data=srgb())
    if provenance:
        document.image_resources[XMP] = ImageResource(key=XMP, data=provenance.xmp(with_texts=True).encode("utf-8"))
    record = document._record
    record.image_data.set_data([plane.tobytes() for plane in np.moveaxis(picture, 2, 0)], record.header)
    buffer = io.BytesIO()
    record.write(buffer)
    return buffer.getvalue()


def _same_scene(picture: Pixels, empty: Pixels, covered: BoolMask) -> bool:
    """Whether most of two pictures differs by no more than their exposure."""
    free = ~covered
    if not free.any():
        return False
    change = np.log((picture[free].astype(np.float32).mean(1) + 8) / (empty[free].astype(np.float32).mean(1) + 8))
    return bool(np.median(np.abs(change - np.median(change))) < ALIKE)


def _kept(shadow: NDArray[np.float32], picture: Pixels, covered: BoolMask) -> Pixels:
    """As a layer, HxW: at most what leaves the scene, once it is lit again, in range; drawn on under the product."""
    most = 1 - picture.max(2).astype(np.float32) / 255
    return np.floor(255 * _continued(np.minimum(shadow, most).astype(np.float32), covered)).astype(np.uint8)


def _lit(picture: Pixels, shadow: Pixels) -> NDArray[np.floating]:
    """The picture with the light back that its shadow took."""
    return picture / np.maximum(1 - shadow / 255, 1 / 255)[..., None]


def _whole(colours: NDArray[np.floating]) -> Pixels:
    return np.clip(np.round(colours), 0, 255).astype(np.uint8)


def _darkening(picture: Pixels, empty: Pixels, covered: BoolMask) -> NDArray[np.float32]:
    """The share of light that the product takes from the scene, HxW in [0, 1).

    The two renders are exposed each for itself, so that their ratio far from the product counts as no shadow.
    """
    ratio = (picture.astype(np.float32).mean(2) + 1) / (empty.astype(np.float32).mean(2) + 1)
    ratio = cv2.medianBlur(ratio, 5)
    free = ratio[~covered]
    usual = float(np.median(free[free >= np.quantile(free, 0.3)])) if free.size else 1.0
    taken = np.clip(1 - ratio / max(usual, 1e-3), 0, 1)
    return np.clip((cv2.GaussianBlur(taken, (0, 0), 1.0) - FAINT) / (1 - FAINT), 0, 1).astype(np.float32)


def _continued(shadow: NDArray[np.float32], covered: BoolMask) -> NDArray[np.float32]:
    """The shadow drawn on under the product, or the product's soft edge would stand on a bright rim."""
    if covered.all() or not covered.any():
        return np.zeros_like(shadow) if covered.all() else shadow
    return filled(shadow, covered)


def _matched(ground: Pixels, bare: NDArray[np.floating], covered: BoolMask) -> NDArray[np.floating]:
    """The empty scene with the brightness that the picture's scene has beside the product."""
    free = ~covered
    if not free.any():
        return ground.astype(np.float32)
    gain = np.median((bare[free] + 1) / (ground[free].astype(np.float32) + 1), axis=0)
    return ground.astype(np.float32) * gain


def _filled(picture: Pixels, covered: BoolMask) -> Pixels:
    """The picture with what the product covers filled in from beside it (Telea, 2004)."""
    return np.asarray(cv2.inpaint(picture, covered.astype(np.uint8), 5, cv2.INPAINT_TELEA), np.uint8)
