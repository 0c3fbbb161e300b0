"""From a frame's windows to one picture: each window goes on from what is there, and is laid over it without a seam."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.diffusion.regions import CELL, Size, over, resized, to_size

if TYPE_CHECKING:
    from PIL import Image

    from ecomgen.scenes.diffusion.frames import Frame
    from ecomgen.types import BoolMask, Box, Pixels, Placement

_RAMP = 0.5  # of the overlap, over which the new replaces the old


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """What does not change from picture to picture: the kept layer at the frame's size, and the canvas below."""

    frame: Frame
    kept: Pixels  # HxWx4, the frame's size
    base: Pixels  # HxWx3, the canvas's size: what lies outside the frame


def ground_of(placement: Placement, frame: Frame) -> Ground:
    """The placed product, or with mode "replace" its surroundings, as the frame sees it."""
    box = frame.box
    part = np.ascontiguousarray(placement.product[box.y0 : box.y1, box.x0 : box.x1])
    return Ground(frame=frame, kept=np.asarray(to_size(part, frame.size)), base=placement.product[..., :3])


class Sheet:
    """One picture while it is made, window by window."""

    def __init__(self, ground: Ground, first: Pixels) -> None:
        """`first` is HxWx3, what the model starts from, of the canvas's ratio and whatever size."""
        self._ground = ground
        self._pixels = _framed(first, ground).copy()
        self._done: BoolMask = np.zeros(self._pixels.shape[:2], bool)

    def known(self, window: Box) -> Pixels:
        """HxWx4: what is kept and what earlier windows made."""
        made = np.dstack([self._part(self._pixels, window), self._part(self._done, window).astype(np.uint8) * 255])
        kept = self._part(self._ground.kept, window)
        alpha = np.maximum(kept[..., 3], made[..., 3])
        return np.dstack([np.where(made[..., 3:] > 0, over(kept, made), kept[..., :3]), alpha])

    def image(self, window: Box) -> Pixels:
        """HxWx3: what the model starts from, with what is known over it."""
        return over(self._part(self._ground.kept, window), self._part(self._pixels, window))

    def kept(self, window: Box) -> Pixels:
        """HxWx4: the product alone, or with mode "replace" its surroundings."""
        return self._part(self._ground.kept, window)

    def paste(self, window: Box, made: Pixels) -> None:
        """Lay what was made over the sheet; where it overlaps what is there, the one fades into the other."""
        new = self._weight(window)[..., None]
        part = self._part(self._pixels, window)
        part[...] = (made * new + part * (1 - new)).round().astype(np.uint8)
        self._part(self._done, window)[...] = True

    def repaint(self, window: Box, made: Pixels, mask: Image.Image) -> None:
        """Replace what is there inside the mask (mode L), which fades in over a few pixels."""
        from scipy.ndimage import gaussian_filter

        inside = gaussian_filter(np.asarray(mask, np.float32) / 255, CELL / 2)[..., None]
        part = self._part(self._pixels, window)
        part[...] = (made * inside + part * (1 - inside)).round().astype(np.uint8)

    def finished(self) -> Pixels:
        """HxWx3 of the canvas's size."""
        box = self._ground.frame.box
        canvas = self._ground.base.copy()
        canvas[box.y0 : box.y1, box.x0 : box.x1] = resized(self._pixels, Size(box.width, box.height))
        return canvas

    def _weight(self, window: Box) -> np.ndarray:
        """HxW in [0, 1]: 1 where nothing was made before, falling to 0 inside what was."""
        from scipy.ndimage import distance_transform_edt

        done = self._part(self._done, window)
        if not done.any() or done.all():
            return np.ones(done.shape, np.float32)
        inside = np.asarray(distance_transform_edt(done), np.float32)
        return np.clip(1 - inside / max(float(inside.max()) * _RAMP, 1.0), 0, 1).astype(np.float32)

    @staticmethod
    def _part(layer: np.ndarray, window: Box) -> np.ndarray:
        return layer[window.y0 : window.y1, window.x0 : window.x1]


def _framed(first: Pixels, ground: Ground) -> Pixels:
    """The frame's part of a picture of the whole canvas, at the frame's size."""
    box, height, width = ground.frame.box, *ground.base.shape[:2]
    down, across = first.shape[0] / height, first.shape[1] / width
    rows = slice(round(box.y0 * down), max(round(box.y1 * down), round(box.y0 * down) + 1))
    columns = slice(round(box.x0 * across), max(round(box.x1 * across), round(box.x0 * across) + 1))
    return resized(np.ascontiguousarray(first[rows, columns]), ground.frame.size)
