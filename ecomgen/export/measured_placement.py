"""Where the product stands in a finished picture, measured from the picture alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.messages import Message
from ecomgen.types import BoolMask, Box, Pixels

WORKING = 1024  # pixels of the longer side on which a plain background is searched
BORDER = 0.01  # the outermost share of each side, which is background
PLAIN = 24  # of 255: how far most of a plain background's border may be from its own colour
VISIBLE = 12  # of 255: what differs from the background at all
TINTED = 20  # of 255: spread of the channels, which no shadow has
DEEPER = 100  # of 255: darker than any shadow of ours
STEEP = 24  # of 255 per pixel: an edge too sharp for a shadow
PART = 0.1  # of the largest patch: smaller ones that lie apart are no part of the product
SPECK = 0.003  # of the largest patch: smaller ones are noise, wherever they lie


@dataclass(frozen=True, kw_only=True, eq=False)
class Standing:
    """The product and its shadow, bool HxW, and how the product was found, in words."""

    product: BoolMask
    shadow: BoolMask
    how: str

    @property
    def box(self) -> Box | None:
        """Of the product; None where there is none."""
        return Box.of(self.product) if self.product.any() else None

    @property
    def hull(self) -> BoolMask:
        """The convex outline round the product, bool HxW: pale parts inside it are the product's own."""
        import cv2

        solid = self.product.astype(np.uint8)
        outlines, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        if not outlines:
            return self.product
        hull = cv2.convexHull(np.concatenate([np.asarray(outline) for outline in outlines]))
        return cv2.fillConvexPoly(solid, np.asarray(hull), 1).astype(bool)


def border(height: int, width: int) -> BoolMask:
    """The outermost rim of a picture, bool HxW."""
    margin = max(1, round(BORDER * min(height, width)))
    rim = np.ones((height, width), bool)
    rim[margin:-margin, margin:-margin] = False
    return rim


def plain_background(pixels: Pixels) -> tuple[int, int, int] | None:
    """The colour of a plain background (the median of the border), or None where the border is not plain."""
    rim = pixels[border(*pixels.shape[:2])].astype(np.int16)
    colour = np.median(rim, axis=0)
    if (np.abs(rim - colour).max(1) > PLAIN).mean() > 0.1:
        return None
    return int(colour[0]), int(colour[1]), int(colour[2])


def on_plain(pixels: Pixels, background: tuple[int, int, int]) -> Standing:
    """The product before a plain background: what is tinted, dark or sharp-edged; the soft grey beside it is shadow.

    A grey product with soft edges cannot be told from its shadow like this; give its mask where it is known.
    """
    import cv2

    from ecomgen.morphology import stretched

    height, width = pixels.shape[:2]
    small, _ = shrunk(pixels, WORKING)
    away = small.astype(np.int16) - np.array(background, np.int16)
    visible = np.abs(away).max(2) > VISIBLE
    luma = cv2.GaussianBlur(small.mean(2).astype(np.float32), (3, 3), 0)
    slope = np.hypot(cv2.Sobel(luma, cv2.CV_32F, 1, 0), cv2.Sobel(luma, cv2.CV_32F, 0, 1)) / 8
    certain = (np.ptp(away, axis=2) > TINTED) | (np.abs(away).max(2) > DEEPER) | (slope > STEEP)
    product = _whole(certain & visible, visible)
    shadow = _shadow_of(_grey(away) & ~product, product)
    return Standing(
        product=stretched(product, (width, height)),
        shadow=stretched(shadow, (width, height)),
        how=Message("by its difference from the plain background"),
    )


def shrunk(pixels: Pixels, longest: int) -> tuple[Pixels, float]:
    """The picture with sides of at most `longest`, and by what it was scaled; a side keeps one pixel at least."""
    import cv2

    height, width = pixels.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return pixels, 1.0
    across, down = max(scale, 1 / width), max(scale, 1 / height)
    return np.asarray(cv2.resize(pixels, None, fx=across, fy=down, interpolation=cv2.INTER_AREA), np.uint8), scale


def by_mask(pixels: Pixels, product: BoolMask, how: str) -> Standing:
    """The product where a mask of the picture's size says; what else differs from a plain background and touches it
    is its shadow."""
    background = plain_background(pixels)
    if background is None:
        return Standing(product=product, shadow=np.zeros_like(product), how=how)
    away = pixels.astype(np.int16) - np.array(background, np.int16)
    return Standing(product=product, shadow=_shadow_of(_grey(away) & ~product, product), how=how)


def _grey(away: NDArray[np.int16]) -> BoolMask:
    """Not the background, but without a tint of its own, as a shadow is."""
    return (away.min(2) < 0) & (np.ptp(away, axis=2) <= TINTED)


def _whole(certain: BoolMask, visible: BoolMask) -> BoolMask:
    """Patches with their gaps closed and their insides filled; of small ones those that hang together with a large one
    through what is visible, as the inside of a cup does."""
    import cv2

    from ecomgen.morphology import disc, touching

    closed = cv2.morphologyEx(np.pad(certain, 8).astype(np.uint8), cv2.MORPH_CLOSE, disc(4))[8:-8, 8:-8]
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    areas = [cv2.contourArea(outline) for outline in outlines]
    most = max(areas, default=0.0)
    sized = list(zip(outlines, areas, strict=True))
    large = _filled(certain.shape, [outline for outline, area in sized if area >= PART * most > 0])
    parts = _filled(certain.shape, [outline for outline, area in sized if area >= SPECK * most > 0])
    return parts & touching(visible | parts, large)


def _filled(shape: tuple[int, ...], outlines: Sequence[Any]) -> BoolMask:
    import cv2

    return np.asarray(cv2.drawContours(np.zeros(shape, np.uint8), list(outlines), -1, 1, cv2.FILLED)).astype(bool)


def _shadow_of(candidates: BoolMask, product: BoolMask) -> BoolMask:
    """The patches of `candidates` that lie at the product and end before the border, as a shadow does."""
    from ecomgen.morphology import dilated, touching

    near = touching(candidates, dilated(product, 3))
    return near & ~touching(near, border(*near.shape))
