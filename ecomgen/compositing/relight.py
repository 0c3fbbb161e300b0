"""The product in the scene: its own pixels, multiplied in linear light by gains as coarse as its shape, and without
what stands before its base."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.compositing.composition import uncovered
from ecomgen.types import Box, Covered, Float, Pixels, Relit, Scene

KNEE = 0.7  # of full light: above, what is made brighter is pressed rather than burnt out
CELLS = 48  # a side, at most, of what a record tells of what is covered
OPAQUE = 127  # of 255: what counts as the product when its change is told


def in_scene(product: Pixels, box: Box, scene: Scene, share: float) -> tuple[Pixels, Relit | None]:
    """`product` (HxWx4) in the scene's light by that `share`, behind what covers it; and what that changed."""
    relit = None
    if scene.gains is not None and share:
        product, relit = relight(product, scene.gains, box, share)
    if scene.cover is None:
        return product, relit
    shown, own = uncovered(product, scene.cover), product[..., 3].astype(np.float64)
    covered = 1 - float(shown[..., 3].sum(dtype=np.float64) / max(own.sum(), 1))
    where = told(scene.cover) if covered else None
    return shown, replace(relit or Relit(), covered_fraction=round(covered, 4), covered=where)


def told(cover: Float) -> Covered | None:
    """What is covered (HxW in [0, 1]) of a picture, for its record; None where nothing is."""
    import cv2

    left, top, wide, high = cv2.boundingRect((cover > 0).astype(np.uint8))
    if not wide:
        return None
    part = np.asarray(cover[top : top + high, left : left + wide], np.float32)
    grid = cv2.resize(part, (min(wide, CELLS), min(high, CELLS)), interpolation=cv2.INTER_AREA)
    height, width = cover.shape
    within = (left / width, top / height, (left + wide) / width, (top + high) / height)
    return Covered(
        within=(round(within[0], 5), round(within[1], 5), round(within[2], 5), round(within[3], 5)),
        grid=tuple(tuple(int(cell) for cell in row) for row in np.round(100 * grid)),
    )


def cover_of(covered: Covered, size: tuple[int, int]) -> Float:
    """What is covered (HxW in [0, 1]) of a picture of that `size`, its width and height first, as its record tells."""
    import cv2

    left, top, right, bottom = (round(share * size[axis % 2]) for axis, share in enumerate(covered.within))
    cover = np.zeros(size[::-1], np.float32)
    if right <= left or bottom <= top:
        return cover
    grid = np.asarray(covered.grid, np.float32) / 100
    cover[top:bottom, left:right] = cv2.resize(grid, (right - left, bottom - top), interpolation=cv2.INTER_LINEAR)
    return cover


def relight(product: Pixels, gains: Float, box: Box, share: float) -> tuple[Pixels, Relit]:
    """`product` (HxWx4) in another light, and how much that changed it.

    Args:
        gains: RxCx3 over `box`, of any resolution.
        box: of the product, within which something of it is opaque.
        share: of the change, in the logarithm: 0 is none, 1 all.
    """
    import cv2

    whole = cv2.resize(np.log(gains), (box.width, box.height), interpolation=cv2.INTER_CUBIC)
    factors = np.exp(share * whole).astype(np.float32)
    own = product[box.slices]
    lit = product.copy()
    lit[box.slices][..., :3] = to_bytes(to_srgb(_pressed(to_linear(own[..., :3]), factors)))
    shown = own[..., 3] > OPAQUE
    if not shown.any():
        return product, Relit(mean_delta_e=0.0, max_gain=1.0)
    most = float(np.exp(np.abs(np.log(factors[shown])).max()))
    difference = _delta_e(own[shown][:, :3], lit[box.slices][shown][:, :3])
    return lit, Relit(mean_delta_e=round(difference, 3), max_gain=round(most, 3))


def _pressed(light: NDArray[np.float32], factors: NDArray[Any]) -> NDArray[np.float32]:
    """`light` times `factors`; what would leave the range comes near its end, as on film, and hues stay."""
    lit = light * factors
    before, after = light.max(-1, keepdims=True), lit.max(-1, keepdims=True)
    room = 1 - KNEE
    bent = KNEE + room * (1 - np.exp(-np.maximum(after - KNEE, 0) / room))
    pressed = np.where(after > KNEE, np.maximum(bent, np.minimum(before, after)), after)
    return np.minimum(lit * (pressed / np.maximum(after, 1e-6)), 1)


def _delta_e(before: Pixels, after: Pixels) -> float:
    """The mean colour difference of Nx3 sRGB, CIE 1976."""
    import cv2

    labs = [cv2.cvtColor((one / np.float32(255))[None], cv2.COLOR_RGB2LAB)[0] for one in (before, after)]
    return float(np.linalg.norm(labs[0] - labs[1], axis=-1).mean())
