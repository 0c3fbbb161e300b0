"""The product in the scene: its own pixels, multiplied in linear light by gains as coarse as its shape, and without
what stands before its base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_bytes, to_lab, to_linear, to_srgb, uncovered
from ecomgen.types import Box, Covered, Float, Instance, Pixels, Relit, Scene

KNEE = 0.7  # of full light: above, what is made brighter is pressed rather than burnt out
CELLS = 48  # a side, at most, of what a record tells of what is covered
OPAQUE = 127  # of 255: what counts as the product when its change is told
TURN = 3.0  # degrees in CIELAB, by which a vivid colour's hue may turn: yellow in blue light is no olive
SEEN = 1.0  # CIELAB, by which a colour may leave what the screen can show
PALER = 0.9, 20  # what of its chroma is left in each step back, and how many there are at most
PALE, VIVID = 15.0, 45.0  # chroma in CIELAB, up to which a colour takes any tint, and from which none beyond


def in_scene(product: Pixels, instances: Sequence[Instance], scene: Scene, share: float) -> tuple[Pixels, Relit | None]:
    """`product` (HxWx4) in the scene's light by that `share`, behind what covers it; and what that changed.

    `instances` are those of the products in it, the main one first.
    """
    relit = None
    if scene.gains and share:
        product, relit = relight(product, scene.gains, instances, share)
    if scene.cover is None:
        return product, relit
    shown, own = uncovered(product, scene.cover), product[..., 3].astype(np.float64)
    covered = 1 - float(shown[..., 3].sum(dtype=np.float64) / max(own.sum(), 1))
    where = told(scene.cover) if covered else None
    apart = tuple(_covered(instances, (relit or Relit()).apart, scene.cover))
    return shown, replace(relit or Relit(), covered_fraction=round(covered, 4), covered=where, apart=apart)


def _covered(instances: Sequence[Instance], apart: Sequence[Relit], cover: Float) -> Iterator[Relit]:
    """What changed each of several products, with how much of it is covered."""
    for number, instance in enumerate(instances):
        if instance.share is not None:
            share = float((instance.share * cover).sum() / max(instance.share.sum(), 1))
            yield replace(apart[number] if apart else Relit(), covered_fraction=round(share, 4))


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


def relight(
    product: Pixels, gains: Sequence[Float], instances: Sequence[Instance], share: float
) -> tuple[Pixels, Relit]:
    """`product` (HxWx4) in another light, and how much that changed it.

    Args:
        gains: of each product in it, RxCx3 over its box, of any resolution.
        instances: of each product in it.
        share: of the change, in the logarithm: 0 is none, 1 all.
    """
    box = Box.around(instance.box for instance in instances)
    factors = np.exp(share * _logarithms(gains, instances, box)).astype(np.float32)
    own, lit = product[box.slices], product.copy()
    changed = to_srgb(_pressed(to_linear(own[..., :3]), factors))
    lit[box.slices][..., :3] = to_bytes(_of_its_hue(own[..., :3], changed))
    shown = own[..., 3] > OPAQUE
    each = [shown & (instance.share[box.slices] > 0.5) for instance in instances if instance.share is not None]
    whole, *apart = (_changed(own, lit[box.slices], factors, there) for there in (shown, *each))
    return lit if shown.any() else product, replace(whole, apart=tuple(apart))


def _logarithms(gains: Sequence[Float], instances: Sequence[Instance], within: Box) -> NDArray[Any]:
    """Of the gains over the box, HxWx3; where soft edges of several products overlap, in between."""
    import cv2

    found = np.zeros((within.height, within.width, 3), np.float32)
    for gain, instance in zip(gains, instances, strict=True):
        box = instance.box
        whole = cv2.resize(np.log(gain), (box.width, box.height), interpolation=cv2.INTER_CUBIC)
        if instance.share is None:
            return whole
        found[box.within(within).slices] += instance.share[box.slices][..., None] * whole
    total = sum(instance.share[within.slices] for instance in instances if instance.share is not None)
    return found / np.maximum(total, 1e-3)[..., None]


def _changed(own: Pixels, lit: Pixels, factors: NDArray[np.float32], shown: NDArray[np.bool_]) -> Relit:
    """How much was changed where something is `shown`, HxW."""
    if not shown.any():
        return Relit()
    most = float(np.exp(np.abs(np.log(factors[shown])).max()))
    before, after = (to_lab(pixels[shown][None, :, :3]) for pixels in (own, lit))
    difference = float(np.linalg.norm(before - after, axis=-1).mean())  # CIE 1976
    return Relit(mean_delta_e=round(difference, 3), max_gain=round(most, 3))


def _pressed(light: NDArray[np.float32], factors: NDArray[Any]) -> NDArray[np.float32]:
    """`light` times `factors`; what would leave the range comes near its end, as on film, and hues stay."""
    lit = light * factors
    before, after = light.max(-1, keepdims=True), lit.max(-1, keepdims=True)
    room = 1 - KNEE
    bent = KNEE + room * (1 - np.exp(-np.maximum(after - KNEE, 0) / room))
    pressed = np.where(after > KNEE, np.maximum(bent, np.minimum(before, after)), after)
    return np.minimum(lit * (pressed / np.maximum(after, 1e-6)), 1)


def _of_its_hue(own: Pixels, lit: Float) -> Float:
    """`lit` (HxWx3, sRGB in [0, 1]) with vivid colours turned back to within `TURN` of the hue that they have in `own`:
    the eye sees through the light's tint, and takes the rest for another colour of the product."""

    before, after = to_lab(own), to_lab(lit)
    (a, b), (u, v) = np.moveaxis(before[..., 1:], -1, 0), np.moveaxis(after[..., 1:], -1, 0)
    turned = np.arctan2(a * v - b * u, a * u + b * v)
    beyond = turned - np.clip(turned, -np.radians(TURN), np.radians(TURN))
    back = beyond * np.clip((np.hypot(a, b) - PALE) / (VIVID - PALE), 0, 1)
    after[..., 1], after[..., 2] = u * np.cos(back) + v * np.sin(back), v * np.cos(back) - u * np.sin(back)
    return _within_gamut(after)


def _within_gamut(lab: Float) -> Float:
    """CIELAB (HxWx3) as sRGB in [0, 1]; what the screen cannot show is paler, of the same hue and lightness."""
    import cv2

    colours = np.ascontiguousarray(lab.reshape(1, -1, 3))
    shown = np.clip(cv2.cvtColor(colours, cv2.COLOR_LAB2RGB), 0, 1)
    left = np.arange(colours.shape[1])
    for _ in range(PALER[1]):
        seen = cv2.cvtColor(shown[:, left], cv2.COLOR_RGB2LAB)
        left = left[np.linalg.norm(seen - colours[:, left], axis=-1)[0] > SEEN]
        if not left.size:
            break
        colours[:, left, 1:] *= PALER[0]
        shown[:, left] = np.clip(cv2.cvtColor(colours[:, left], cv2.COLOR_LAB2RGB), 0, 1)
    return shown.reshape(lab.shape)
